//! Submits a lead, and says in a sentence what became of it. Without a feature: says a sentence alone.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
pub async fn submit(base_url: String, first_name: String, phone_number: String) -> String {
    call::submit(base_url, first_name, phone_number).await
}

#[cfg(not(any(feature = "client", feature = "reqwest")))]
mod call {
    pub async fn submit(base_url: String, first_name: String, phone_number: String) -> String {
        format!("{base_url}: {first_name}, {phone_number}")
    }
}

#[cfg(feature = "client")]
mod call {
    use botsplash::{Client, Config, Error, Fetch, ListenerSubmit, NewVisitor, SubmitListener};

    pub async fn submit(base_url: String, first_name: String, phone_number: String) -> String {
        match send(base_url, first_name, phone_number).await {
            Ok(id) => format!("Thank you: {id}"),
            Err(error) => format!("{}: {error}", error.delivery()),
        }
    }

    async fn send(base_url: String, name: String, phone: String) -> Result<String, Error> {
        let client = Client::new(Config::new(&base_url, "acme")?, Fetch::new())?;
        let visitor = NewVisitor::new().first_name(name).phone_number(phone);
        let call = SubmitListener::new("welcome", ListenerSubmit::new(visitor));
        Ok(client.call(&call).await?.request_id.unwrap_or_default())
    }
}

#[cfg(feature = "reqwest")]
mod call {
    use serde::{Deserialize, Serialize};

    #[derive(Serialize)]
    struct Submission {
        visitor: Visitor,
    }

    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Visitor {
        first_name: String,
        phone_number: String,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Answer {
        request_id: Option<String>,
    }

    pub async fn submit(base_url: String, first_name: String, phone_number: String) -> String {
        match send(base_url, Visitor { first_name, phone_number }).await {
            Ok(id) => format!("Thank you: {id}"),
            Err(error) => format!("{error}"),
        }
    }

    async fn send(base_url: String, visitor: Visitor) -> Result<String, reqwest::Error> {
        let request = reqwest::Client::new()
            .post(format!("{base_url}/acme/listener/botsplash/welcome"))
            .json(&Submission { visitor });
        let answer: Answer = request.send().await?.error_for_status()?.json().await?;
        Ok(answer.request_id.unwrap_or_default())
    }
}
