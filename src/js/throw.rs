//! The only exit for errors, and for what an observer is told.

use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::client::AttemptEvent;
use crate::core::text::decimal;
use crate::core::time::millis;
use crate::error::Error;

#[wasm_bindgen(module = "/src/js/error.js")]
extern "C" {
    /// What makes the error: see error.js. What is the server's may hold lines of its own.
    #[wasm_bindgen(js_name = toError)]
    fn to_error(lines: &str, request_id: Option<&str>, body: Option<&str>) -> Function;

    /// What is made.
    fn made(maker: &Function) -> JsValue;

    #[wasm_bindgen(js_name = notify)]
    fn notify_js(
        observer: &Function,
        operation: &str,
        attempt: u32,
        status: Option<u16>,
        duration_ms: f64,
        delivery: &str,
    );
}

/// The error as a `BotsplashError`.
pub fn throw(error: Error) -> JsValue {
    made(&maker(error))
}

/// What makes the error as a `BotsplashError`, once wasm is not on the stack any more.
pub fn maker(mut error: Error) -> Function {
    let facts = error.facts_mut();
    let mut lines = std::mem::take(&mut facts.message);
    let mut line = |text: &str| lines = [&lines, "\n", text].concat();
    line(facts.code.as_str());
    line(facts.operation.unwrap_or_default());
    line(facts.delivery.as_str());
    line(facts.field.as_deref().unwrap_or_default());
    line(facts.hint.as_deref().unwrap_or_default());
    line(facts.cause.as_ref().map_or("", |cause| &cause.name));
    let code = facts.cause.as_ref().and_then(|cause| cause.code.as_deref());
    line(code.unwrap_or_default());
    let mut number = |number: Option<u32>| line(&number.map_or(String::new(), decimal));
    number(facts.status.map(u32::from));
    number(facts.retry_after.map(|wait| millis(wait) as u32));
    for attempt in &facts.attempts {
        number(attempt.status.map(u32::from));
        number(Some(millis(attempt.duration) as u32));
    }
    to_error(&lines, facts.request_id.as_deref(), facts.body.as_deref())
}

/// Tells an observer of an attempt.
pub fn notify(observer: &Function, event: &AttemptEvent) {
    notify_js(
        observer,
        event.operation,
        event.attempt,
        event.status,
        millis(event.duration),
        event.delivery.as_str(),
    );
}
