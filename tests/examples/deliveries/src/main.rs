//! `deliveries URL TIMEOUT_MS CALLS` submits a lead as often, and prints a line for each.

use std::error::Error;
use std::time::Duration;

use botsplash::{Client, Config, ListenerSubmit, NewVisitor, Reqwest, SubmitListener};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [url, timeout_ms, calls] = args.as_slice() else {
        return Err("expected URL, TIMEOUT_MS and CALLS".into());
    };
    let timeout = Duration::from_millis(timeout_ms.parse()?);
    let config = Config::new(url, "acme")?.timeout(timeout)?.retries(0)?;
    let client = Client::new(config, Reqwest::new()?)?;
    let submission = ListenerSubmit::new(NewVisitor::new().phone_number("3334445555"));
    for _ in 0..calls.parse::<usize>()? {
        match client.call(&SubmitListener::new("welcome", submission.clone())).await {
            Ok(_) => println!("answered"),
            Err(error) => println!("{}", error.delivery()),
        }
    }
    Ok(())
}
