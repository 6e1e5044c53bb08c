//! The transport for WebAssembly: the platform's `fetch`, or one that the caller brings.
//!
//! Requests are built with gloo-net. The fetch itself is called here, and the answer is read
//! through imports that catch, since either may be the caller's own: gloo-net's `send` does not
//! survive a rejection that is no `Error`, nor its `Response` a getter that throws.

pub(crate) mod platform;
mod stop;

use std::time::Duration;

use gloo_net::http::Headers;
use js_sys::{Array, Function, JsString, Promise, Reflect, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, FormData, RequestInit, RequestRedirect};

use crate::client::Transport;
use crate::core::http::{End, Outcome, Request};
use crate::core::operation::File;
use crate::error::Cause;
use platform::Answer;
use stop::{Stop, Winner};

/// How much of an answer that is no success is kept, in UTF-16 units.
const KEPT: u32 = 8192;

/// A body as `fetch` takes it.
#[derive(Clone, Debug)]
pub enum FetchBody {
    /// JSON text.
    Json(JsString),
    /// A file and its name.
    File(Blob, String),
}

impl FetchBody {
    /// The value's JSON, if it has any.
    pub fn json(value: &JsValue) -> Option<FetchBody> {
        let text = platform::stringify_json(value).ok()?;
        text.dyn_into().ok().map(FetchBody::Json)
    }
}

/// The transport on `fetch`.
///
/// A call whose future is dropped is aborted.
#[derive(Clone, Debug, Default)]
pub struct Fetch {
    function: Option<Function>,
    signal: Option<JsValue>,
}

impl Fetch {
    /// The platform's own `fetch`.
    pub fn new() -> Fetch {
        Fetch::default()
    }

    /// A function of fetch's shape: a service binding, a test double.
    pub fn with_function(function: Function) -> Fetch {
        Fetch { function: Some(function), signal: None }
    }

    /// The same, ending its calls when the `AbortSignal` aborts.
    pub fn with_signal(&self, signal: Option<JsValue>) -> Fetch {
        Fetch { function: self.function.clone(), signal }
    }

    fn build(
        request: &Request<'_>,
        body: Option<&FetchBody>,
        stop: &Stop,
    ) -> Option<web_sys::Request> {
        // Neither `mode` nor `credentials` is set: workerd throws at both. A header beyond
        // these would need another answer to the preflight.
        let headers = Headers::new();
        headers.set("Accept", "application/json");
        if let Some(authorization) = request.authorization {
            headers.set("Authorization", authorization);
        }
        let init = RequestInit::new();
        init.set_method(request.method.as_str());
        init.set_redirect(RequestRedirect::Manual);
        init.set_signal(Some(&stop.signal()));
        match body {
            None => {}
            Some(FetchBody::Json(text)) => {
                headers.set("Content-Type", "application/json");
                init.set_body(&with_key(text, request.body_key));
            }
            Some(FetchBody::File(blob, name)) => {
                let form = FormData::new().ok()?;
                if let Some(key) = request.body_key {
                    form.append_with_str("api_key", key).ok()?;
                }
                form.append_with_blob_and_filename("file", blob, name).ok()?;
                // The platform sets the content type, which names the boundary.
                init.set_body(&form);
            }
        }
        init.set_headers(&headers.into_raw());
        web_sys::Request::new_with_str_and_init(&request.url, &init).ok()
    }

    /// Reads an answer whose head has arrived.
    async fn read(answer: Answer, stop: &Stop) -> Outcome<JsValue> {
        let header = |name| answer.headers().ok()?.get(name).ok()?.as_string();
        let status = answer.status().ok().and_then(|status| status.as_f64());
        let Some(status) = status.filter(|status| *status >= 0.0 && *status < 1000.0) else {
            return Outcome::unanswered(End::Lost(no_response()));
        };
        if status == 0.0 {
            let kind = answer.kind().ok().and_then(|kind| kind.as_string());
            return Outcome::unanswered(match kind.as_deref() {
                Some("opaqueredirect") => End::Redirect,
                _ => End::Lost(no_response()),
            });
        }
        let status = status as u16;
        let mut outcome = Outcome {
            status: Some(status),
            retry_after: header("retry-after"),
            request_id: header("x-request-id"),
            end: End::TimedOut,
        };
        outcome.end = match answer.text() {
            Err(fault) => End::Lost(cause(&fault)),
            Ok(text) => match stop.race(&Promise::resolve(&text)).await {
                Winner::TimedOut => End::TimedOut,
                Winner::Aborted => End::Aborted,
                Winner::Failed(fault) => End::Lost(cause(&fault)),
                Winner::Done(text) => match text.dyn_into::<JsString>() {
                    Err(_) => End::Lost(no_response()),
                    Ok(text) => parse(status, &text),
                },
            },
        };
        outcome
    }
}

impl Transport for Fetch {
    type Body = FetchBody;
    type Value = JsValue;

    fn json<B: Serialize>(&self, body: &B) -> Result<FetchBody, String> {
        let serializer = serde_wasm_bindgen::Serializer::json_compatible();
        let value = body.serialize(&serializer).map_err(|_| "it cannot be written as JSON")?;
        FetchBody::json(&value).ok_or_else(|| "it cannot be written as JSON".into())
    }

    fn file(&self, file: &File) -> Result<FetchBody, String> {
        let parts = Array::of1(&Uint8Array::from(file.bytes.as_slice()));
        let options = BlobPropertyBag::new();
        options.set_type(&file.content_type);
        let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)
            .map_err(|_| "it cannot be made a Blob")?;
        Ok(FetchBody::File(blob, file.name.clone()))
    }

    fn decode<R: DeserializeOwned>(&self, value: JsValue) -> Option<R> {
        serde_wasm_bindgen::from_value(value).ok()
    }

    async fn attempt(
        &self,
        request: &Request<'_>,
        body: Option<&FetchBody>,
        limit: Duration,
    ) -> Outcome<JsValue> {
        if self.signal.as_ref().is_some_and(platform::is_aborted) {
            return Outcome::unanswered(End::NotStarted);
        }
        let Some(mut stop) = Stop::new(self.signal.as_ref(), limit) else {
            return Outcome::unanswered(End::Unsendable);
        };
        let function = match &self.function {
            Some(function) => Some(function.clone()),
            // Looked up at every call, so that a fetch put in its place later counts.
            None => Reflect::get(&js_sys::global(), &"fetch".into())
                .ok()
                .and_then(|fetch| fetch.dyn_into::<Function>().ok()),
        };
        let (Some(function), Some(request)) = (function, Fetch::build(request, body, &stop)) else {
            stop.settle();
            return Outcome::unanswered(End::Unsendable);
        };
        let outcome = match function.call1(&JsValue::UNDEFINED, &request) {
            Err(fault) => Outcome::unanswered(End::Lost(cause(&fault))),
            Ok(promise) => match stop.race(&Promise::resolve(&promise)).await {
                Winner::TimedOut => Outcome::unanswered(End::TimedOut),
                Winner::Aborted => Outcome::unanswered(End::Aborted),
                Winner::Failed(fault) => Outcome::unanswered(End::Lost(cause(&fault))),
                Winner::Done(answer) => Fetch::read(answer.unchecked_into(), &stop).await,
            },
        };
        if matches!(outcome.end, End::Json(_) | End::Text(_)) {
            stop.settle();
        }
        outcome
    }

    async fn pause(&self, time: Duration) -> bool {
        if self.signal.as_ref().is_some_and(platform::is_aborted) {
            return false;
        }
        match Stop::new(self.signal.as_ref(), time) {
            Some(mut stop) => {
                let timed_out = matches!(stop.wait().await, Winner::TimedOut);
                stop.settle();
                timed_out
            }
            None => false,
        }
    }

    fn wall_clock(&self) -> f64 {
        js_sys::Date::now()
    }

    fn stopwatch(&self) -> f64 {
        platform::performance_now().unwrap_or_else(|_| js_sys::Date::now())
    }

    fn dice(&self) -> f64 {
        js_sys::Math::random()
    }

    fn is_browser(&self) -> bool {
        platform::is_browser()
    }
}

/// The JSON text with the API key as its first member.
fn with_key(text: &JsString, key: Option<&str>) -> JsValue {
    let Some(key) = key.and_then(|key| platform::stringify_json(&key.into()).ok()) else {
        return text.into();
    };
    let rest = text.slice(1, text.length());
    let comma = if rest.length() > 1 { "," } else { "" };
    JsString::from("{\"api_key\":").concat(&key).concat(&comma.into()).concat(&rest).into()
}

fn parse(status: u16, text: &JsString) -> End<JsValue> {
    if (200..300).contains(&status)
        && let Ok(value) = platform::parse_json(text)
        && value.is_object()
        && !Array::is_array(&value)
    {
        return End::Json(value);
    }
    End::Text(text.slice(0, KEPT).into())
}

/// The names of a failure. Its message may quote the URL, and with it a key, so it is not read.
fn cause(fault: &JsValue) -> Cause {
    let plain = |value: JsValue| {
        let text = value.as_string()?;
        let fits = text.len() <= 40
            && text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
        fits.then_some(text)
    };
    let get = |target: &JsValue, name: &str| Reflect::get(target, &name.into()).ok();
    let code = |target: &JsValue| get(target, "code").and_then(plain);
    let below = || get(fault, "cause").and_then(|below| code(&below));
    Cause {
        name: get(fault, "name").and_then(plain).unwrap_or_else(|| "Unknown".into()),
        code: code(fault).or_else(below),
    }
}

fn no_response() -> Cause {
    Cause { name: "NotAResponse".into(), code: None }
}
