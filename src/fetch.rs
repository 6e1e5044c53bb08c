//! The transport of Rust programs in WebAssembly: the platform's `fetch`, or one that the caller
//! brings.
//!
//! gloo-net builds the requests and reads the responses. The fetch itself is called here, with an
//! `AbortController` of ours. gloo-net's `send` ends in `unreachable!` where a fetch rejects with
//! something that is not an `Error`.

mod deadline;
mod platform;
mod response;

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use gloo_net::http::{Method, RequestBuilder};
use js_sys::{Function, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::{AbortController, Headers, RequestRedirect};

use crate::client::{Failure, Request, Response, Transport};
use crate::core::call::Moment;
use crate::core::time::millis;
use deadline::{Deadline, Ended, NotBegun};
use response::{cause, head, is_redirect, not_a_response, response, settled};

/// The transport on `fetch`.
///
/// A call whose future is dropped is aborted. Nothing in WebAssembly is `Send`. A framework may ask
/// for it all the same, as a Rust Worker's router does of its state. There, wrap the client in a
/// [`SendWrapper`](https://docs.rs/send_wrapper), which panics on another thread than its own.
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
        controller: &AbortController,
    ) -> Option<web_sys::Request> {
        // gloo-net takes it for granted that there are headers.
        Headers::new().ok()?;
        let method = Method::from_bytes(request.method.as_str().as_bytes()).ok()?;
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

    /// Makes the request and reads the whole answer. `seen` is told the head when it arrives.
    async fn exchange(
        &self,
        fetch: &Function,
        request: &web_sys::Request,
        url: &str,
        seen: &mut Option<Response>,
    ) -> Result<Response, Failure> {
        let answer = settled(fetch.call1(&JsValue::UNDEFINED, request)).await;
        let answer = answer.map_err(|error| Failure::Lost(cause(&error)))?;
        let answer = response(answer).ok_or_else(|| Failure::Lost(not_a_response()))?;
        if is_redirect(&answer) {
            // Where it leads, not every platform tells.
            return Ok(Response::new(0, ""));
        }
        let head = head(&answer, url).ok_or_else(|| Failure::Lost(not_a_response()))?;
        *seen = Some(head.clone());
        Ok(match response::text(answer).await {
            Ok(text) => head.body(text),
            Err(cause) => head.cut_off(Failure::Lost(cause)),
        })
    }
}

impl Transport for Fetch {
    async fn send(&self, request: &Request<'_>) -> Result<Response, Failure> {
        let deadline = match Deadline::begin(&self.signal, millis(request.timeout)) {
            Ok(deadline) => deadline,
            Err(NotBegun::Aborted) => return Err(Failure::NotBegun),
            Err(NotBegun::NoTimer) => return Err(Failure::Unsendable),
        };
        let own = || platform::function(&js_sys::global(), "fetch");
        let prepared = (|| {
            let controller = AbortController::new().ok()?;
            let prepared = self.request(request, &controller)?;
            Some((self.function.clone().or_else(own)?, prepared, controller))
        })();
        let Some((fetch, prepared, controller)) = prepared else {
            return Err(Failure::Unsendable);
        };
        let mut aborts = Aborts(Some(controller));
        let mut seen = None;
        let work = self.exchange(&fetch, &prepared, request.url, &mut seen);
        let failure = match first(deadline.ended(), work).await {
            First::Time(Ended::TimedOut) => Failure::TimedOut,
            First::Time(Ended::Aborted) => Failure::Aborted,
            First::Work(end) => {
                if end.as_ref().is_ok_and(|response| response.body.is_ok()) {
                    aborts.0 = None;
                }
                return end;
            }
        };
        match seen {
            Some(head) => Ok(head.cut_off(failure)),
            None => Err(failure),
        }
    }

    async fn sleep(&self, time: Duration) {
        // Where the caller has given up, the next request is not begun.
        if let Ok(deadline) = Deadline::begin(&self.signal, millis(time)) {
            deadline.ended().await;
        }
    }

    fn moment(&self) -> Moment {
        Moment { now_ms: platform::time_of_day(), jitter: platform::random() }
    }

    fn elapsed(&self) -> Duration {
        let ms = platform::now();
        Duration::from_micros(if ms > 0.0 { (ms * 1000.0) as u64 } else { 0 })
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
