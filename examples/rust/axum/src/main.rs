//! A server that takes a lead form and submits the lead.
//!
//! ```sh
//! API_USERNAME=acme-crm API_PASSWORD=… cargo run -p axum-form
//! curl -d firstName=Jane -d phoneNumber=3334445555 http://127.0.0.1:8080/lead
//! ```

use std::env;

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Router, serve};
use botsplash::{
    BASE_URL, Client, Config, Credentials, Delivery, ListenerSubmit, NewVisitor, Reqwest,
    SubmitListener,
};
use tokio::net::TcpListener;

/// The fields that a visitor may set. A form that took all of the API's would let anybody text
/// anybody anything.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Lead {
    first_name: String,
    phone_number: String,
}

async fn submit(
    State(client): State<Client<Reqwest>>,
    Form(lead): Form<Lead>,
) -> (StatusCode, &'static str) {
    let visitor = NewVisitor::new().first_name(lead.first_name).phone_number(lead.phone_number);
    let submit = SubmitListener::new("welcome", ListenerSubmit::new(visitor));
    // In a task of its own, so that a visitor who leaves does not cut the call off.
    let call = tokio::spawn(async move { client.call(&submit).await });
    match call.await {
        Ok(Ok(answer)) if answer.success == Some(true) => (StatusCode::OK, "Thank you.\n"),
        Ok(Err(error)) => {
            eprintln!("{error}");
            match error.delivery() {
                Delivery::NotSent | Delivery::Rejected => {
                    (StatusCode::BAD_GATEWAY, "It did not arrive. Please try again.\n")
                }
                // Sent again, it might text the person twice: somebody has to look.
                _ => (StatusCode::ACCEPTED, "It may have arrived. We look into it.\n"),
            }
        }
        _ => (StatusCode::ACCEPTED, "It may have arrived. We look into it.\n"),
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let credentials = Credentials::basic(env::var("API_USERNAME")?, env::var("API_PASSWORD")?);
    let base_url = env::var("API_URL").unwrap_or_else(|_| BASE_URL.into());
    let config = Config::new(&base_url, "demo")?.credentials(credentials)?;
    let client = Client::new(config, Reqwest::new()?)?
        .on_attempt(|attempt| eprintln!("{} took {:?}", attempt.operation, attempt.duration));

    let port = env::var("PORT").unwrap_or_else(|_| "8080".into());
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    println!("http://{}", listener.local_addr()?);
    serve(listener, Router::new().route("/lead", post(submit)).with_state(client)).await?;
    Ok(())
}
