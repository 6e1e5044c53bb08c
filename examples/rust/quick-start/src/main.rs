use botsplash::{
    Client, Config, Credentials, Delivery, ListenerArgs, ListenerSubmit, NewVisitor, Reqwest,
    SubmitListener,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The sandbox's address. For the API: BASE_URL, and your credentials.
    let base_url = std::env::args().nth(1).ok_or("expected the address of a sandbox")?;
    let config =
        Config::new(&base_url, "acme")?.credentials(Credentials::basic("demo", "demo-password"))?;
    let client = Client::new(config, Reqwest::new()?)?;

    let visitor = NewVisitor::new().first_name("Jane").phone_number("3334445555");
    let submission = ListenerSubmit::new(visitor).args(ListenerArgs::new().message("Welcome!"));
    match client.call(&SubmitListener::new("welcome", submission)).await {
        Ok(answer) => println!("{}", answer.request_id.unwrap_or_default()),
        Err(error) if error.delivery() <= Delivery::Rejected => {
            println!("nothing was done: {error}")
        }
        Err(error) => println!("look before you send it again: {error}"),
    }
    Ok(())
}
