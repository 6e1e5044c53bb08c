//! The transport of Rust programs in WebAssembly: the platform's `fetch`, or one that the caller
//! brings.
//!
//! gloo-net builds the requests and reads the heads of responses. The exchange in between is
//! JavaScript's, in `platform.js`: gloo-net's `send` ends in `unreachable!` where a fetch rejects with
//! something that is not an `Error`.

mod deadline;
mod platform;

use std::time::Duration;

use gloo_net::http::{Method as Verb, RequestBuilder};
use js_sys::{Array, Function, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestRedirect};

use crate::client::{Failure, Request, Response, Transport};
use crate::core::call::Moment;
use crate::core::http::Method;
use crate::core::time::millis;
use crate::error::Cause;
use deadline::Deadline;

/// The transport on `fetch`.
///
/// A call whose future is dropped is aborted. Nothing in WebAssembly is `Send`. A framework may ask
/// for it all the same, as a Rust Worker's router does of its state. There, wrap the client in a
/// [`SendWrapper`](https://docs.rs/send_wrapper), which panics on another thread than its own.
#[derive(Clone, Default)]
pub struct Fetch {
    /// The caller's own, or `undefined`.
    function: JsValue,
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
        Fetch { function: function.into(), signal: JsValue::UNDEFINED }
    }

    /// The same, ending its calls when the `AbortSignal` aborts; `undefined` is none.
    pub fn with_signal(&self, signal: JsValue) -> Fetch {
        Fetch { function: self.function.clone(), signal }
    }

    /// The request, as fetch takes it. `None` where the platform cannot make it.
    fn request(
        &self,
        request: &Request<'_>,
        controller: &AbortController,
    ) -> Option<web_sys::Request> {
        // gloo-net takes it for granted that there are headers, and that only an `Error` is thrown.
        Headers::new().ok()?;
        web_sys::Request::new_with_str(request.url).ok()?;
        let method = match request.method {
            Method::Get => Verb::GET,
            Method::Post => Verb::POST,
            Method::Put => Verb::PUT,
            Method::Patch => Verb::PATCH,
            Method::Delete => Verb::DELETE,
        };
        // A header beyond these would need another response to the preflight.
        let mut builder = RequestBuilder::new(request.url)
            .method(method)
            .redirect(RequestRedirect::Manual)
            .abort_signal(Some(&controller.signal()));
        for (name, value) in request.headers() {
            builder = builder.header(name, value);
        }
        let built = match request.body {
            None => builder.build(),
            Some(body) => builder.body(Uint8Array::from(body)),
        };
        Some(built.ok()?.into())
    }

    /// Where the caller has not given up.
    fn deadline(&self, time: Duration) -> Result<Deadline, Failure> {
        match platform::has_aborted(&self.signal) {
            true => Err(Failure::NotBegun),
            false => Deadline::begin(&self.signal, millis(time)).ok_or(Failure::Unsendable),
        }
    }
}

impl Transport for Fetch {
    async fn send(&self, request: &Request<'_>) -> Result<Response, Failure> {
        let deadline = self.deadline(request.timeout)?;
        let controller = AbortController::new().map_err(|_| Failure::Unsendable)?;
        let prepared = self.request(request, &controller).ok_or(Failure::Unsendable)?;
        let end = platform::exchange(&self.function, &prepared, &deadline.ended);
        let end = end.ok_or(Failure::Unsendable)?;
        let mut aborts = Aborts(Some(controller));
        // It does not reject.
        let end = JsFuture::from(end).await.map_err(|_| Failure::Lost(Cause::named("", None)))?;
        let end: Array = end.unchecked_into();
        let text = |at| end.get(at).as_string();
        let failure = match end.get(0).as_f64().unwrap_or_default() as u32 {
            // Where it leads, not every platform tells.
            platform::REDIRECTED => return Ok(Response::new(0, "")),
            platform::ANSWERED => None,
            platform::LOST => {
                Some(Failure::Lost(Cause::named(text(2).unwrap_or_default(), text(3))))
            }
            platform::TIMED_OUT => Some(Failure::TimedOut),
            _ => Some(Failure::Aborted),
        };
        let head = end.get(1);
        match failure {
            Some(failure) if head.is_undefined() => Err(failure),
            Some(failure) => Ok(self::head(head, request.url).cut_off(failure)),
            None => {
                aborts.0 = None;
                Ok(self::head(head, request.url).body(text(2).unwrap_or_default()))
            }
        }
    }

    async fn sleep(&self, time: Duration) {
        // Where the caller has given up, the next request is not begun.
        if let Ok(deadline) = self.deadline(time) {
            let _ = JsFuture::from(deadline.ended.clone()).await;
        }
    }

    fn moment(&self) -> Moment {
        Moment { now_ms: platform::time_of_day(), jitter: platform::random() }
    }

    fn elapsed(&self) -> Duration {
        // A negative time becomes zero, and so does one that no clock tells.
        Duration::from_micros((platform::now() * 1000.0) as u64)
    }

    fn is_browser(&self) -> bool {
        platform::is_browser()
    }
}

/// Aborts a fetch when it is dropped: with the call, or when nobody waits for its response any more.
struct Aborts(Option<AbortController>);

impl Drop for Aborts {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// The response without its body. The URL is that of the request, since doubles of a fetch have none.
fn head(response: JsValue, url: &str) -> Response {
    let response: gloo_net::http::Response = response.unchecked_into::<web_sys::Response>().into();
    let headers = response.headers();
    let mut head = Response::new(response.status(), url);
    for name in ["retry-after", "x-request-id"] {
        if let Some(value) = headers.get(name) {
            head = head.header(name, &value);
        }
    }
    head
}
