//! The only exit for errors, and for what an observer is told.

use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::client::AttemptEvent;
use crate::core::time::millis;
use crate::error::Error;

#[wasm_bindgen(module = "/src/js/error.js")]
extern "C" {
    #[wasm_bindgen(js_name = toError)]
    #[allow(clippy::too_many_arguments)]
    fn to_error(
        message: &str,
        code: &str,
        operation: Option<&str>,
        delivery: &str,
        tries: &[f64],
        status: Option<u16>,
        field: Option<&str>,
        request_id: Option<&str>,
        retry_after_ms: Option<u32>,
        hint: Option<&str>,
        text: Option<&str>,
        cause_name: Option<&str>,
        cause_code: Option<&str>,
    ) -> Function;

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
    maker(error).call0(&JsValue::UNDEFINED).unwrap_or_else(|thrown| thrown)
}

/// What makes the error as a `BotsplashError`, once wasm is not on the stack any more.
pub fn maker(mut error: Error) -> Function {
    let facts = error.facts_mut();
    let mut tries = Vec::new();
    for attempt in &facts.attempts {
        tries.push(f64::from(attempt.status.unwrap_or(0)));
        tries.push(millis(attempt.duration));
    }
    let cause = facts.cause.as_ref();
    to_error(
        &facts.message,
        facts.code.as_str(),
        facts.operation,
        facts.delivery.as_str(),
        &tries,
        facts.status,
        facts.field.as_deref(),
        facts.request_id.as_deref(),
        facts.retry_after.map(|wait| millis(wait) as u32),
        facts.hint.as_deref(),
        facts.body.as_deref(),
        cause.map(|cause| cause.name.as_str()),
        cause.and_then(|cause| cause.code.as_deref()),
    )
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
