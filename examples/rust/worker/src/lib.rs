//! A Worker that takes a lead as JSON and submits it.

use std::sync::OnceLock;

use botsplash::{
    BASE_URL, Client, Config, Credentials, Delivery, Fetch, ListenerSubmit, NewVisitor,
    SubmitListener,
};
use send_wrapper::SendWrapper;
use worker::{Context, Env, Request, Response, Result, event};

/// As a router's state is, it has to be `Send` and `Sync`, which nothing in WebAssembly is. The
/// wrapper panics on another thread than its own; a Worker has one.
static CLIENT: OnceLock<SendWrapper<Client<Fetch>>> = OnceLock::new();

/// The fields that a visitor may set.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Lead {
    first_name: String,
    phone_number: String,
}

fn client(env: &Env) -> Result<Client<Fetch>> {
    let text = |name| env.var(name).map(|value| value.to_string());
    let base_url = text("API_URL").unwrap_or_else(|_| BASE_URL.into());
    let credentials =
        Credentials::basic(text("API_USERNAME")?, env.secret("API_PASSWORD")?.to_string());
    Config::new(&base_url, "demo")
        .and_then(|config| config.credentials(credentials))
        .and_then(|config| Client::new(config, Fetch::new()))
        .map_err(|error| error.to_string().into())
}

#[event(fetch)]
async fn fetch(mut request: Request, env: Env, _context: Context) -> Result<Response> {
    let client = match CLIENT.get() {
        Some(client) => client,
        None => {
            let client = SendWrapper::new(client(&env)?);
            CLIENT.get_or_init(|| client)
        }
    };
    let lead: Lead = request.json().await?;
    let visitor = NewVisitor::new().first_name(lead.first_name).phone_number(lead.phone_number);
    let submit = SubmitListener::new("welcome", ListenerSubmit::new(visitor));
    match client.call(&submit).await {
        Ok(answer) => Response::from_json(&answer),
        Err(error) if error.delivery() <= Delivery::Rejected => {
            Ok(Response::error(error.to_string(), 502)?)
        }
        // Sent again, it might text the person twice: somebody has to look.
        Err(error) => Ok(Response::ok(error.to_string())?.with_status(202)),
    }
}
