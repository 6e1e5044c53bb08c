//! The transport for WebAssembly: the platform's `fetch`, or one that the caller brings.
//!
//! A request has gloo-net's headers. The fetch is called, and its answer read, by platform.js,
//! since either may be the caller's own: gloo-net's `send` does not survive a rejection that is
//! no `Error`, nor its `Response` a getter that throws.

pub(crate) mod platform;

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use gloo_net::http::Headers;
use js_sys::{Array, Function, JsString, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag};

use crate::client::Transport;
use crate::core::call::Moment;
use crate::core::credentials::Secret;
use crate::core::http::{End, KEPT, Outcome, Request};
use crate::core::operation::File;
use crate::core::time::{duration, millis};
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
        let text = platform::to_json(value);
        (!text.is_undefined()).then(|| FetchBody::Json(text.unchecked_into()))
    }
}

/// What an attempt came to, as platform.js tells it.
#[derive(Clone, Copy)]
struct Ended {
    end: u8,
    status: u16,
    ms: f64,
}

/// The transport on `fetch`.
///
/// A call whose future is dropped is aborted.
#[derive(Clone)]
pub struct Fetch {
    shared: Rc<Shared>,
    signal: JsValue,
}

/// What all calls have in common.
struct Shared {
    function: Option<Function>,
    /// The last request's.
    headers: Cell<Option<Made>>,
}

impl std::fmt::Debug for Fetch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fetch(..)")
    }
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

impl Fetch {
    fn calling(function: Option<Function>) -> Fetch {
        let shared = Rc::new(Shared { function, headers: Cell::default() });
        Fetch { shared, signal: JsValue::UNDEFINED }
    }

    /// The same, ending its calls when the `AbortSignal` aborts; `undefined` is none.
    pub fn with_signal(&self, signal: JsValue) -> Fetch {
        Fetch { shared: Rc::clone(&self.shared), signal }
    }

    /// The request's headers, which are most often those of the request before.
    fn headers(&self, authorization: Option<&str>, is_json: bool) -> Option<JsValue> {
        // Taken out meanwhile: what stands in the place of the platform's Headers may make a call.
        let last = self.shared.headers.take().filter(|last| {
            last.authorization.expose() == authorization.unwrap_or_default()
                && last.is_json == is_json
        });
        let made = match last {
            Some(last) => last,
            None => Made::new(authorization, is_json)?,
        };
        let headers = made.headers.clone();
        self.shared.headers.set(Some(made));
        Some(headers)
    }
}

/// Headers, and what decides them: the credentials, and whether the body is JSON.
struct Made {
    /// Empty where there are none.
    authorization: Secret,
    is_json: bool,
    headers: JsValue,
}

impl Made {
    fn new(authorization: Option<&str>, is_json: bool) -> Option<Made> {
        // A header beyond these would need another answer to the preflight.
        let headers = platform::empty_headers();
        if headers.is_undefined() {
            return None;
        }
        let headers = Headers::from_raw(headers.unchecked_into());
        headers.set("Accept", "application/json");
        if let Some(authorization) = authorization {
            headers.set("Authorization", authorization);
        }
        if is_json {
            headers.set("Content-Type", "application/json");
        }
        let headers = platform::to_object(&headers.into_raw());
        let authorization = authorization.unwrap_or_default().into();
        (!headers.is_undefined()).then_some(Made { authorization, is_json, headers })
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
        Ok(FetchBody::File(blob, Some(file.name.clone())))
    }

    fn decode<R: DeserializeOwned>(&self, value: JsValue) -> Result<R, String> {
        serde_wasm_bindgen::from_value(value.clone()).map_err(|_| {
            let text = platform::to_json(&value).as_string();
            text.unwrap_or_default().chars().take(KEPT).collect()
        })
    }

    async fn attempt(
        &self,
        request: &Request<'_>,
        body: Option<&FetchBody>,
        limit: Duration,
    ) -> Outcome<JsValue> {
        let (body, json, file_name) = match body {
            None => (&JsValue::UNDEFINED, false, None),
            Some(FetchBody::Json(text)) => (text.as_ref(), true, None),
            // The platform sets the content type, which names the boundary.
            Some(FetchBody::File(blob, name)) => (blob.as_ref(), false, name.as_deref()),
        };
        let Some(headers) = self.headers(request.authorization, json) else {
            return Outcome::unanswered(End::Unsendable);
        };
        let mut attempt = Attempt::of(platform::send(
            &self.signal,
            millis(limit) as u32,
            self.shared.function.as_ref(),
            &[request.method.as_str(), " ", request.url].concat(),
            &headers,
            body,
            request.body_key,
            file_name,
        ));
        let ended = wait(&attempt.inner).await;
        outcome(attempt.over(), ended)
    }

    async fn sleep(&self, time: Duration) -> Option<Duration> {
        let mut sleep = Attempt::of(platform::pause(&self.signal, millis(time) as u32));
        let ended = wait(&sleep.inner).await;
        let Outcome { end, duration, .. } = outcome(sleep.over(), ended);
        matches!(end, End::TimedOut).then_some(duration)
    }

    fn moment(&self) -> Moment {
        Moment { now_ms: platform::wall_clock(), jitter: platform::dice() }
    }

    fn is_browser(&self) -> bool {
        platform::is_browser()
    }
}

/// One attempt or wait. Dropping it before it is over takes the timer and the listener away, and
/// aborts the request.
struct Attempt {
    inner: platform::Attempt,
    is_over: bool,
}

impl Attempt {
    fn of(inner: platform::Attempt) -> Attempt {
        Attempt { inner, is_over: false }
    }

    fn over(&mut self) -> &platform::Attempt {
        self.is_over = true;
        &self.inner
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        if !self.is_over {
            self.inner.close();
        }
    }
}

fn outcome(attempt: &platform::Attempt, ended: Ended) -> Outcome<JsValue> {
    let text = || attempt.text(0).unwrap_or_default();
    let end = match ended.end {
        1 => End::Json(attempt.value()),
        2 => End::Text(text()),
        4 => End::TimedOut,
        5 => End::Aborted,
        6 => End::Redirect,
        7 => End::NotStarted,
        8 => End::Unsendable,
        _ => End::Lost(Cause { name: text(), code: attempt.text(1) }),
    };
    let status = Some(ended.status).filter(|status| *status > 0);
    let duration = duration(ended.ms);
    if let End::Json(_) = end {
        return Outcome { status, duration, ..Outcome::unanswered(end) };
    }
    let (retry_after, request_id) = (attempt.text(2), attempt.text(3));
    Outcome { status, retry_after, request_id, end, duration }
}

async fn wait(attempt: &platform::Attempt) -> Ended {
    // It does not reject.
    let _ = JsFuture::from(attempt.ended()).await;
    Ended { end: attempt.end(), status: attempt.status(), ms: attempt.ms() }
}
