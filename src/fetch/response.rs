//! Reads a response, as far as an outcome has to know it.

use gloo_net::http::Response;
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::ResponseType;

use super::platform::{function, get, promised};
use crate::client::Response as Answer;
use crate::error::Cause;

/// The value that a fetch resolved with, if it is a response.
///
/// gloo-net reads it, by getters that do not catch. So it must be the platform's own, on which
/// nobody has put others: what only looks like one is refused.
pub fn response(value: JsValue) -> Option<Response> {
    let raw: web_sys::Response = value.dyn_into().ok()?;
    let class = get(&js_sys::global(), "Response");
    let prototype: Object = get(&class, "prototype").dyn_into().ok()?;
    // The platform's own getter throws at what is not of the platform's own making.
    let status = Reflect::get_own_property_descriptor(&prototype, &"status".into()).ok()?;
    function(&status, "get")?.call0(&raw).ok()?;
    let has_fields = Reflect::own_keys(&raw).ok()?.iter().any(|key| key.is_string());
    let is_derived = Reflect::get_prototype_of(&raw).ok()? != prototype;
    (!has_fields && !is_derived).then(|| Response::from(raw))
}

/// Whether the platform hides a redirect that it was told not to follow, or has followed one: then
/// the response is not to this request.
pub fn is_redirect(response: &Response) -> bool {
    response.redirected() || response.type_() == ResponseType::Opaqueredirect
}

/// The head, `None` where it has no status. The URL is that of the request, since doubles of a fetch
/// have none.
pub fn head(response: &Response, url: &str) -> Option<Answer> {
    let headers = response.headers();
    let mut head = Answer::new(response.status(), url);
    for name in ["retry-after", "x-request-id"] {
        if let Some(value) = headers.get(name) {
            head = head.header(name, &value);
        }
    }
    (response.status() > 0).then_some(head)
}

/// Reads the whole body. Not by gloo-net's `text`, which ends in `unreachable!` where a stream fails
/// with something that is not an `Error`.
pub async fn text(response: Response) -> Result<String, Cause> {
    let raw: web_sys::Response = response.into();
    let text = match raw.text() {
        Ok(text) => JsFuture::from(text).await,
        Err(error) => Err(error),
    };
    text.map_err(|error| cause(&error))?.as_string().ok_or_else(not_a_response)
}

/// Waits for a fetch, whatever it answers.
pub async fn settled(answer: Result<JsValue, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(promised(&answer?)).await
}

pub fn not_a_response() -> Cause {
    Cause::named("NotAResponse", None)
}

/// The failure, by name and code alone: its message may quote the URL, and with it a key.
pub fn cause(error: &JsValue) -> Cause {
    let code = name(&get(error, "code")).or_else(|| name(&get(&get(error, "cause"), "code")));
    Cause::named(name(&get(error, "name")).unwrap_or_else(|| "Unknown".into()), code)
}

/// A text that is spelt as a name is, so that it cannot carry anything else.
fn name(value: &JsValue) -> Option<String> {
    let name = value.as_string()?;
    let (first, rest) = name.as_bytes().split_first()?;
    let is_name = first.is_ascii_alphabetic()
        && rest.len() < 40
        && rest.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
    is_name.then_some(name)
}
