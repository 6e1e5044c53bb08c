//! The transport for WebAssembly: the platform's `fetch`, or one that the caller brings.
//!
//! A request has gloo-net's headers. The fetch is called, and its answer read, by platform.js,
//! since either may be the caller's own: gloo-net's `send` does not survive a rejection that is
//! no `Error`, nor its `Response` a getter that throws.

pub(crate) mod platform;

use std::marker::PhantomData;
use std::time::Duration;

use gloo_net::http::Headers;
use js_sys::{Array, Function, JsString, Promise, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag};

use crate::client::Transport;
use crate::core::http::{End, KEPT, Outcome, Request};
use crate::core::operation::File;
use crate::core::time::millis;
use crate::error::Cause;

/// A body as `fetch` takes it. `Debug` does not print it, since it is somebody's data.
#[derive(Clone)]
pub enum FetchBody {
    /// JSON text.
    Json(JsString),
    /// A file, and its name if it has one.
    File(Blob, Option<String>),
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

/// How a future waits for a promise that does not reject.
pub trait Wait {
    /// What the promise came to.
    fn wait(promise: Promise) -> impl Future<Output = JsValue>;
}

/// Waits as futures do that `wasm_bindgen_futures` runs.
#[derive(Clone, Debug)]
pub struct Woken;

impl Wait for Woken {
    async fn wait(promise: Promise) -> JsValue {
        JsFuture::from(promise).await.unwrap_or_default()
    }
}

/// The transport on `fetch`.
///
/// A call whose future is dropped is aborted.
#[derive(Clone, Debug)]
pub struct Fetch<W = Woken> {
    function: Option<Function>,
    signal: JsValue,
    wait: PhantomData<W>,
}

impl Fetch {
    /// The platform's own `fetch`.
    pub fn new() -> Fetch {
        Fetch::calling(None)
    }

    /// A function of fetch's shape: a service binding, a test double.
    pub fn with_function(function: Function) -> Fetch {
        Fetch::calling(Some(function))
    }
}

impl Default for Fetch {
    fn default() -> Fetch {
        Fetch::new()
    }
}

impl<W> Fetch<W> {
    pub(crate) fn calling(function: Option<Function>) -> Fetch<W> {
        Fetch { function, signal: JsValue::UNDEFINED, wait: PhantomData }
    }

    /// The same, ending its calls when the `AbortSignal` aborts; `undefined` is none.
    pub fn with_signal(&self, signal: JsValue) -> Fetch<W> {
        Fetch { function: self.function.clone(), signal, wait: PhantomData }
    }
}

impl<W: Wait> Transport for Fetch<W> {
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
        Ok(FetchBody::File(blob, Some(file.name.clone())))
    }

    fn decode<R: DeserializeOwned>(&self, value: JsValue) -> Result<R, String> {
        serde_wasm_bindgen::from_value(value.clone()).map_err(|_| {
            let text = platform::stringify_json(&value).ok().and_then(|text| text.as_string());
            text.unwrap_or_default().chars().take(KEPT).collect()
        })
    }

    async fn attempt(
        &self,
        request: &Request<'_>,
        body: Option<&FetchBody>,
        limit: Duration,
    ) -> Outcome<JsValue> {
        let attempt = Attempt::new(&self.signal, limit);
        let Ok(headers) = web_sys::Headers::new() else {
            return Outcome::unanswered(End::Unsendable);
        };
        // A header beyond these would need another answer to the preflight.
        let headers = Headers::from_raw(headers);
        headers.set("Accept", "application/json");
        if let Some(authorization) = request.authorization {
            headers.set("Authorization", authorization);
        }
        let (body, file_name) = match body {
            None => (&JsValue::UNDEFINED, None),
            Some(FetchBody::Json(text)) => {
                headers.set("Content-Type", "application/json");
                (text.as_ref(), None)
            }
            // The platform sets the content type, which names the boundary.
            Some(FetchBody::File(blob, name)) => (blob.as_ref(), name.as_deref()),
        };
        let ended = attempt.0.send(
            self.function.as_ref(),
            &request.url,
            request.method.as_str(),
            &headers.into_raw(),
            body,
            request.body_key,
            file_name,
        );
        outcome(&W::wait(ended).await.unchecked_into())
    }

    async fn pause(&self, time: Duration) -> bool {
        let attempt = Attempt::new(&self.signal, time);
        matches!(outcome(&W::wait(attempt.0.wait()).await.unchecked_into()).end, End::TimedOut)
    }

    fn wall_clock(&self) -> f64 {
        js_sys::Date::now()
    }

    fn stopwatch(&self) -> f64 {
        platform::now()
    }

    fn dice(&self) -> f64 {
        js_sys::Math::random()
    }

    fn is_browser(&self) -> bool {
        platform::is_browser()
    }
}

/// One attempt or wait. Dropping it takes the timer and the listener away, and aborts a request
/// that is under way.
struct Attempt(platform::Attempt);

impl Attempt {
    fn new(signal: &JsValue, limit: Duration) -> Attempt {
        Attempt(platform::Attempt::new(signal, millis(limit) as u32))
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        self.0.close(false);
    }
}

fn outcome(parts: &Array) -> Outcome<JsValue> {
    let text = |index| parts.get(index).as_string();
    let value = parts.get(1);
    let end = match parts.get(0).as_f64().map(|end| end as u8) {
        Some(0) => End::Json(value),
        Some(1) => End::Text(value.as_string().unwrap_or_default()),
        Some(3) => End::TimedOut,
        Some(4) => End::Aborted,
        Some(5) => End::Redirect,
        Some(6) => End::NotStarted,
        Some(7) => End::Unsendable,
        _ => End::Lost(Cause { name: value.as_string().unwrap_or_default(), code: text(2) }),
    };
    let status = parts.get(3).as_f64().map(|status| status as u16);
    Outcome { status, retry_after: text(4), request_id: text(5), end }
}
