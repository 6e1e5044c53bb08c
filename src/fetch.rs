//! The transport of Rust programs in WebAssembly: the platform's `fetch`, or one that the caller
//! brings.
//!
//! gloo-net builds the requests and reads the responses. The fetch itself is called here, with an
//! `AbortController` of ours: gloo-net's `send` ends in `unreachable!` where a fetch rejects with
//! something that is not an `Error`.

mod deadline;
mod platform;
mod response;

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use gloo_net::http::{Method, RequestBuilder};
use js_sys::{Array, Function, JSON, JsString, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use web_sys::{AbortController, Blob, BlobPropertyBag, FormData, Headers, RequestRedirect};

use crate::client::Transport;
use crate::core::call::Moment;
use crate::core::http::{End, Outcome, Request};
use crate::core::operation::File;
use crate::core::time::{duration, millis};
use deadline::{Deadline, Ended, NotBegun};
use response::{Head, cause, cut, head, is_redirect, not_a_response, response, settled};

/// A body as `fetch` takes it. `Debug` does not print it, since it is somebody's data.
#[derive(Clone)]
pub enum FetchBody {
    /// JSON text.
    Json(JsString),
    /// A file, and its name.
    File(Blob, String),
}

impl std::fmt::Debug for FetchBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FetchBody(..)")
    }
}

/// The transport on `fetch`.
///
/// A call whose future is dropped is aborted.
#[derive(Clone, Default)]
pub struct Fetch {
    function: Option<Function>,
    signal: JsValue,
}

impl std::fmt::Debug for Fetch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fetch(..)")
    }
}

impl Fetch {
    /// The platform's own `fetch`.
    pub fn new() -> Fetch {
        Fetch::default()
    }

    /// A function of fetch's shape: a service binding, a test double. It is given a `Request`, and
    /// resolves with a `Response` of the platform's: any other object is a lost connection.
    pub fn with_function(function: Function) -> Fetch {
        Fetch { function: Some(function), signal: JsValue::UNDEFINED }
    }

    /// The same, ending its calls when the `AbortSignal` aborts; `undefined` is none.
    pub fn with_signal(&self, signal: JsValue) -> Fetch {
        Fetch { function: self.function.clone(), signal }
    }

    /// The request, as fetch takes it. `None` where the platform cannot make it.
    fn request(
        &self,
        request: &Request<'_>,
        body: Option<&FetchBody>,
        controller: &AbortController,
    ) -> Option<web_sys::Request> {
        // gloo-net takes it for granted that there are headers.
        Headers::new().ok()?;
        let method = Method::from_bytes(request.method.as_str().as_bytes()).ok()?;
        // A header beyond these would need another answer to the preflight.
        let mut builder = RequestBuilder::new(request.url)
            .method(method)
            .redirect(RequestRedirect::Manual)
            .abort_signal(Some(&controller.signal()))
            .header("Accept", "application/json");
        if let Some(authorization) = request.authorization {
            builder = builder.header("Authorization", authorization);
        }
        let built = match body {
            None => builder.build(),
            Some(FetchBody::Json(text)) => builder
                .header("Content-Type", "application/json")
                .body(with_key(text, request.body_key)?),
            // The platform sets the content type, which names the boundary.
            Some(FetchBody::File(blob, name)) => {
                let form = FormData::new().ok()?;
                if let Some(key) = request.body_key {
                    form.append_with_str("api_key", key).ok()?;
                }
                form.append_with_blob_and_filename("file", blob, name).ok()?;
                builder.body(form)
            }
        };
        Some(built.ok()?.into())
    }

    /// Makes the request and reads the whole answer. `seen` is told the head when it arrives.
    async fn exchange(
        &self,
        fetch: &Function,
        request: &web_sys::Request,
        seen: &mut Option<Head>,
    ) -> End<JsValue> {
        let answer = match settled(fetch.call1(&JsValue::UNDEFINED, request)).await {
            Ok(answer) => answer,
            Err(error) => return End::Lost(cause(&error)),
        };
        let Some(answer) = response(answer) else { return End::Lost(not_a_response()) };
        if is_redirect(&answer) {
            return End::Redirect;
        }
        let head = head(&answer);
        if head.status == 0 {
            return End::Lost(not_a_response());
        }
        *seen = Some(head);
        response::end(answer).await
    }
}

/// A JSON object's text, with the API key as its first member if there is one.
fn with_key(text: &JsString, key: Option<&str>) -> Option<JsString> {
    let Some(key) = key else { return Some(text.clone()) };
    let key = String::from(JSON::stringify(&key.into()).ok()?);
    let comma = if text.length() > 2 { "," } else { "" };
    let rest = String::from(text.slice(1, text.length()));
    Some([r#"{"api_key":"#, &key, comma, &rest].concat().into())
}

impl Transport for Fetch {
    type Body = FetchBody;
    type Value = JsValue;

    fn json<B: Serialize>(&self, body: &B) -> Result<FetchBody, String> {
        let serializer = serde_wasm_bindgen::Serializer::json_compatible();
        let value = body.serialize(&serializer).map_err(|_| "it cannot be written as JSON")?;
        let text = JSON::stringify(&value).map_err(|_| "it cannot be written as JSON")?;
        Ok(FetchBody::Json(text))
    }

    fn file(&self, file: &File) -> Result<FetchBody, String> {
        let parts = Array::of1(&Uint8Array::from(file.bytes.as_slice()));
        let options = BlobPropertyBag::new();
        options.set_type(&file.content_type);
        let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)
            .map_err(|_| "it cannot be made a Blob")?;
        let name = if file.name.is_empty() { "file" } else { &file.name };
        Ok(FetchBody::File(blob, name.into()))
    }

    fn decode<R: DeserializeOwned>(&self, value: JsValue) -> Result<R, String> {
        serde_wasm_bindgen::from_value(value.clone()).map_err(|_| {
            let text = JSON::stringify(&value).map(String::from);
            cut(text.unwrap_or_default())
        })
    }

    async fn attempt(
        &self,
        request: &Request<'_>,
        body: Option<&FetchBody>,
        limit: Duration,
    ) -> Outcome<JsValue> {
        let deadline = match Deadline::begin(&self.signal, millis(limit)) {
            Ok(deadline) => deadline,
            Err(NotBegun::Aborted) => return Outcome::unanswered(End::NotStarted),
            Err(NotBegun::NoTimer) => return Outcome::unanswered(End::Unsendable),
        };
        let own = || platform::function(&js_sys::global(), "fetch");
        let prepared = (|| {
            let controller = AbortController::new().ok()?;
            let request = self.request(request, body, &controller)?;
            Some((self.function.clone().or_else(own)?, request, controller))
        })();
        let Some((fetch, request, controller)) = prepared else {
            return Outcome::unanswered(End::Unsendable);
        };
        let mut aborts = Aborts(Some(controller));
        let mut seen = None;
        let end = first(deadline.ended(), self.exchange(&fetch, &request, &mut seen)).await;
        let end = match end {
            First::Time(Ended::TimedOut) => End::TimedOut,
            First::Time(Ended::Aborted) => End::Aborted,
            First::Work(end) => end,
        };
        if matches!(end, End::Json(_) | End::Text(_)) {
            aborts.0 = None;
        }
        let duration = duration(deadline.ms());
        match seen {
            Some(Head { status, retry_after, request_id }) => {
                Outcome { status: Some(status), retry_after, request_id, end, duration }
            }
            None => Outcome { duration, ..Outcome::unanswered(end) },
        }
    }

    async fn sleep(&self, time: Duration) -> Option<Duration> {
        let deadline = Deadline::begin(&self.signal, millis(time)).ok()?;
        let ended = deadline.ended().await;
        (ended == Ended::TimedOut).then(|| duration(deadline.ms()))
    }

    fn moment(&self) -> Moment {
        Moment { now_ms: platform::time_of_day(), jitter: platform::random() }
    }

    fn is_browser(&self) -> bool {
        platform::is_browser()
    }
}

/// Aborts a fetch when it is dropped: with the call, or when nobody waits for its answer any more.
struct Aborts(Option<AbortController>);

impl Drop for Aborts {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// Which of two futures was ready first.
enum First<T, W> {
    Time(T),
    Work(W),
}

/// Waits for the first of two futures. Where both are ready, the time is over.
async fn first<T, W>(time: impl Future<Output = T>, work: impl Future<Output = W>) -> First<T, W> {
    let (mut time, mut work) = (pin!(time), pin!(work));
    std::future::poll_fn(|context| {
        if let Poll::Ready(time) = Pin::as_mut(&mut time).poll(context) {
            return Poll::Ready(First::Time(time));
        }
        Pin::as_mut(&mut work).poll(context).map(First::Work)
    })
    .await
}
