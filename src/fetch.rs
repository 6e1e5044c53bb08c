//! The transport for WebAssembly: the platform's `fetch`, or one that the caller brings.
//!
//! A request is built with gloo-net's headers. The fetch is called, and its answer read, by
//! platform.js, since either may be the caller's own: gloo-net's `send` does not survive a
//! rejection that is no `Error`, nor its `Response` a getter that throws.

pub(crate) mod platform;
mod stop;

use std::time::Duration;

use gloo_net::http::Headers;
use js_sys::{Array, Function, JsString, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, FormData, RequestInit, RequestRedirect};

use crate::client::Transport;
use crate::core::http::{End, KEPT, Outcome, Request};
use crate::core::operation::File;
use crate::error::Cause;
use stop::{Stop, Winner};

/// A body as `fetch` takes it. `Debug` does not print it, since it is somebody's data.
#[derive(Clone)]
pub enum FetchBody {
    /// JSON text.
    Json(JsString),
    /// A file and its name.
    File(Blob, String),
}

impl std::fmt::Debug for FetchBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FetchBody(..)")
    }
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
    signal: JsValue,
}

impl Fetch {
    /// The platform's own `fetch`.
    pub fn new() -> Fetch {
        Fetch::default()
    }

    /// A function of fetch's shape: a service binding, a test double.
    pub fn with_function(function: Function) -> Fetch {
        Fetch { function: Some(function), signal: JsValue::UNDEFINED }
    }

    /// The same, ending its calls when the `AbortSignal` aborts; `undefined` is none.
    pub fn with_signal(&self, signal: JsValue) -> Fetch {
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
                match request.body_key {
                    None => init.set_body(text),
                    Some(key) => init.set_body(&platform::with_key(text, key)),
                }
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
    async fn read(answer: &JsValue, stop: &Stop) -> Outcome<JsValue> {
        let head = platform::head(answer);
        let text = |index| head.get(index).as_string();
        let status = match head.get(0).as_f64() {
            // How a platform hides a redirect that it was told not to follow.
            Some(0.0) if text(1).as_deref() == Some("opaqueredirect") => {
                return Outcome::unanswered(End::Redirect);
            }
            None | Some(0.0) => return Outcome::unanswered(End::Lost(no_response())),
            Some(status) => status as u16,
        };
        let end = match stop.text(answer).await {
            Winner::TimedOut => End::TimedOut,
            Winner::Aborted => End::Aborted,
            Winner::Failed(fault) => End::Lost(cause(&fault)),
            Winner::Done(text) => match text.dyn_into::<JsString>() {
                Err(_) => End::Lost(no_response()),
                Ok(text) => parse(status, &text),
            },
        };
        Outcome { status: Some(status), retry_after: text(2), request_id: text(3), end }
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
        if platform::is_aborted(&self.signal) {
            return Outcome::unanswered(End::NotStarted);
        }
        let Some(mut stop) = Stop::new(&self.signal, limit) else {
            return Outcome::unanswered(End::Unsendable);
        };
        let fetch = platform::fetch_or(self.function.as_ref());
        let (Some(fetch), Some(request)) = (fetch, Fetch::build(request, body, &stop)) else {
            stop.settle();
            return Outcome::unanswered(End::Unsendable);
        };
        let outcome = match stop.send(&fetch, &request).await {
            Winner::TimedOut => Outcome::unanswered(End::TimedOut),
            Winner::Aborted => Outcome::unanswered(End::Aborted),
            Winner::Failed(fault) => Outcome::unanswered(End::Lost(cause(&fault))),
            Winner::Done(answer) => Fetch::read(&answer, &stop).await,
        };
        if matches!(outcome.end, End::Json(_) | End::Text(_)) {
            stop.settle();
        }
        outcome
    }

    async fn pause(&self, time: Duration) -> bool {
        if platform::is_aborted(&self.signal) {
            return false;
        }
        let Some(mut stop) = Stop::new(&self.signal, time) else { return false };
        stop.settle();
        matches!(stop.wait().await, Winner::TimedOut)
    }

    fn wall_clock(&self) -> f64 {
        js_sys::Date::now()
    }

    fn stopwatch(&self) -> f64 {
        platform::performance_now()
    }

    fn dice(&self) -> f64 {
        js_sys::Math::random()
    }

    fn is_browser(&self) -> bool {
        platform::is_browser()
    }
}

fn parse(status: u16, text: &JsString) -> End<JsValue> {
    if (200..300).contains(&status)
        && let Ok(value) = platform::parse_json(text)
        && value.is_object()
        && !Array::is_array(&value)
    {
        return End::Json(value);
    }
    End::Text(text.slice(0, KEPT as u32).into())
}

fn cause(fault: &JsValue) -> Cause {
    let names = platform::name_and_code(fault);
    let text = |index| names.get(index).as_string();
    Cause { name: text(0).unwrap_or_else(|| "Unknown".into()), code: text(1) }
}

fn no_response() -> Cause {
    Cause { name: "NotAResponse".into(), code: None }
}
