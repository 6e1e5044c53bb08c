//! The only exit for errors.

use js_sys::{Array, JsString, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::error::{Attempt, Cause, Error};
use crate::fetch::platform::parse_json;

#[wasm_bindgen(module = "/src/js/error.js")]
extern "C" {
    type BotsplashError;

    #[wasm_bindgen(constructor)]
    fn new(message: &str, fields: &Object, hidden: &Object) -> BotsplashError;
}

/// The error as a `BotsplashError`.
pub fn throw(mut error: Error) -> JsValue {
    let message = error.to_string();
    let facts = error.facts_mut();
    let fields = Object::new();
    set(&fields, "code", facts.code.as_str());
    set(&fields, "delivery", facts.delivery.as_str());
    set(&fields, "attempts", attempts(&facts.attempts));
    set_some(&fields, "operation", facts.operation);
    set_some(&fields, "status", facts.status);
    set_some(&fields, "field", facts.field.as_deref());
    set_some(&fields, "retryAfterMs", facts.retry_after.map(|wait| wait.as_millis() as f64));
    set_some(&fields, "hint", facts.hint.as_deref());

    let hidden = Object::new();
    let mut request_id = facts.request_id.take().map(JsValue::from);
    if let Some(text) = facts.body.take() {
        let text = JsString::from(text);
        let body = parse_json(&text).unwrap_or_else(|_| text.into());
        let in_body = || Reflect::get(&body, &"requestId".into()).ok().filter(JsValue::is_string);
        request_id = request_id.or_else(in_body);
        set(&hidden, "body", body);
    }
    set_some(&fields, "requestId", request_id);
    set_some(&hidden, "cause", facts.cause.as_ref().map(cause));
    BotsplashError::new(&message, &fields, &hidden).into()
}

/// The attempts, as JavaScript sees them.
fn attempts(attempts: &[Attempt]) -> JsValue {
    let list = Array::new();
    for attempt in attempts {
        let fields = Object::new();
        set_some(&fields, "status", attempt.status);
        set(&fields, "durationMs", attempt.duration.as_secs_f64() * 1000.0);
        list.push(&fields);
    }
    list.into()
}

fn cause(cause: &Cause) -> JsValue {
    let error = js_sys::Error::new(cause.code.as_deref().unwrap_or_default());
    error.set_name(&cause.name);
    if let Some(code) = &cause.code {
        set(&error, "code", code.as_str());
    }
    error.into()
}

/// Sets a field of an object that is ours, which cannot fail.
pub fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    let _ = Reflect::set(object, &name.into(), &value.into());
}

/// Sets a field if there is a value.
pub fn set_some(object: &Object, name: &str, value: Option<impl Into<JsValue>>) {
    if let Some(value) = value {
        set(object, name, value);
    }
}
