//! A page with a lead form. It has no credentials: a relay on the page's own host has them.
// cspell:ignore onsubmit

use botsplash::{Client, Config, Error, Fetch, ListenerSubmit, NewVisitor, SubmitListener};
use web_sys::{FormData, HtmlFormElement, SubmitEvent};
use yew::prelude::*;

async fn submit(first_name: String, phone_number: String) -> Result<(), Error> {
    let client = Client::new(Config::new("/relay", "demo")?, Fetch::new())?;
    let visitor = NewVisitor::new().first_name(first_name).phone_number(phone_number);
    client.call(&SubmitListener::new("welcome", ListenerSubmit::new(visitor))).await?;
    Ok(())
}

#[component]
fn Form() -> Html {
    let status = use_state(String::new);
    let onsubmit = {
        let status = status.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let form: HtmlFormElement = event.target_unchecked_into();
            let Ok(data) = FormData::new_with_form(&form) else { return };
            let field = |name| data.get(name).as_string().unwrap_or_default();
            let (first_name, phone_number) = (field("firstName"), field("phoneNumber"));
            let status = status.clone();
            status.set("Sending…".into());
            wasm_bindgen_futures::spawn_local(async move {
                status.set(match submit(first_name, phone_number).await {
                    Ok(()) => "Thank you.".into(),
                    Err(error) => format!("{}: {error}", error.delivery()),
                });
            });
        })
    };
    html! {
        <form {onsubmit}>
            <input name="firstName" required=true />
            <input name="phoneNumber" type="tel" required=true />
            <button>{ "Text me" }</button>
            <output>{ (*status).clone() }</output>
        </form>
    }
}

fn main() {
    yew::Renderer::<Form>::new().render();
}
