//! Sends a message and waits for it, on a client that blocks.
//!
//! ```sh
//! API_USERNAME=acme-crm API_PASSWORD=… cargo run -p ureq-message -- 12345 3334445555 'Welcome!'
//! ```

use std::env;
use std::io::ErrorKind;
use std::thread::sleep;
use std::time::Instant;

use botsplash::{
    BASE_URL, Cause, Config, Credentials, Exchange, Failure, MessageSend, Request, Response,
    SendMessage, Step, VisitorInfo,
};
use ureq::{Agent, RequestExt, http};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let [_, id, phone_number, text] = &*env::args().collect::<Vec<_>>() else {
        return Err("expected a visitor's id in the CRM, a phone number and a text".into());
    };
    let credentials = Credentials::basic(env::var("API_USERNAME")?, env::var("API_PASSWORD")?);
    let base_url = env::var("API_URL").unwrap_or_else(|_| BASE_URL.into());
    let config = Config::new(&base_url, "demo")?.credentials(credentials)?;
    let visitor =
        VisitorInfo::new().client_visitor_id(id.as_str()).phone_number(phone_number.as_str());
    let operation = SendMessage::new(MessageSend::new(text.as_str()).visitor(visitor));

    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        // A redirect would drop the body, or carry the credentials elsewhere.
        .max_redirects(0)
        .build()
        .into();
    let mut exchange = Exchange::new(config, &operation)?;
    let visitor = loop {
        let started = Instant::now();
        let result = send(&agent, &exchange.request());
        match exchange.receive(result, started.elapsed()) {
            Step::Done(result) => break result?,
            Step::Wait(time) => sleep(time),
        }
    };
    println!("{}", visitor.id.unwrap_or_default());
    Ok(())
}

fn send(agent: &Agent, request: &Request<'_>) -> Result<Response, Failure> {
    let mut builder = http::Request::builder().method(request.method.as_str()).uri(request.url);
    for (name, value) in request.headers() {
        builder = builder.header(name, value);
    }
    let body = request.body.unwrap_or_default();
    let prepared = builder.body(body).map_err(|_| Failure::Unsendable)?;
    let prepared = prepared.with_agent(agent).configure().timeout_global(Some(request.timeout));
    let mut answer = prepared.build().run().map_err(failure)?;

    let mut response = Response::new(answer.status().as_u16(), request.url);
    for (name, value) in answer.headers() {
        response = response.header(name.as_str(), value.to_str().unwrap_or_default());
    }
    match answer.body_mut().read_to_vec() {
        Ok(body) => Ok(response.body(body)),
        Err(error) => Ok(response.cut_off(failure(error))),
    }
}

fn failure(error: ureq::Error) -> Failure {
    match &error {
        ureq::Error::Timeout(_) => Failure::TimedOut,
        // These come before the first byte.
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => {
            Failure::NotSent(Cause::of(&error))
        }
        ureq::Error::Io(io) if io.kind() == ErrorKind::ConnectionRefused => {
            Failure::NotSent(Cause::of(&error))
        }
        _ => Failure::Lost(Cause::of(&error)),
    }
}
