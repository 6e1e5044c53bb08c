//! The transport for WebAssembly: the platform's `fetch`, or a function of its shape.

use std::future::Future;
use std::time::Duration;

use js_sys::{Array, Date, Function, Math, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::client::transport::{Failure, Request, Response, Transport};
use crate::core::call::Moment;
use crate::core::time::millis;
use crate::error::Cause;

#[wasm_bindgen(module = "/src/fetch/fetch.js")]
extern "C" {
    /// A request or a wait that has begun.
    type Begun;

    #[wasm_bindgen(method, getter)]
    fn ended(this: &Begun) -> Promise;

    #[wasm_bindgen(method)]
    fn close(this: &Begun);

    fn request(
        own: Option<&Function>,
        method: &str,
        url: &str,
        authorization: Option<&str>,
        content_type: Option<&str>,
        body: Option<&[u8]>,
    ) -> Begun;

    fn wait(ms: u32) -> Begun;

    fn elapsed() -> f64;

    #[wasm_bindgen(js_name = isBrowser)]
    fn is_browser() -> bool;
}

/// The transport on `fetch`, for pages, workers, and all else that runs WebAssembly with JavaScript.
///
/// A call whose future is dropped is aborted. Nothing in WebAssembly is `Send`: where a framework
/// asks for it all the same, as a Rust Worker's router does of its state, wrap the client in a
/// [`SendWrapper`](https://docs.rs/send_wrapper), which panics on another thread than its own.
#[derive(Clone, Default)]
pub struct Fetch {
    function: Option<Function>,
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

    /// A function of fetch's shape: a service binding, a test double.
    pub fn with_function(function: Function) -> Fetch {
        Fetch { function: Some(function) }
    }
}

impl Transport for Fetch {
    async fn send(&self, request: &Request<'_>) -> Result<Response, Failure> {
        let begun = self::request(
            self.function.as_ref(),
            request.method.as_str(),
            request.url,
            request.authorization,
            request.content_type,
            request.body,
        );
        let ended = Array::from(&ended(begun).await);
        let text = |at| ended.get(at).as_string();
        let number = |at| ended.get(at).as_f64().unwrap_or_default();
        let cause = || Cause::named(text(4).unwrap_or_default(), text(5));
        let mut response = Response::new(number(1) as u16, request.url);
        for (name, at) in [("retry-after", 2), ("x-request-id", 3)] {
            if let Some(value) = text(at) {
                response = response.header(name, &value);
            }
        }
        match number(0) as u8 {
            0 => Ok(response.body(text(4).unwrap_or_default())),
            1 => Ok(response.cut_off(Failure::Lost(cause()))),
            3 => Err(Failure::Unsendable),
            // Where it leads, no platform tells.
            4 => Ok(Response::new(0, "")),
            _ => Err(Failure::Lost(cause())),
        }
    }

    async fn sleep(&self, time: Duration) {
        ended(wait(millis(time) as u32)).await;
    }

    fn moment(&self) -> Moment {
        Moment { now_ms: Date::now(), jitter: Math::random() }
    }

    fn elapsed(&self) -> Duration {
        Duration::from_micros((elapsed() * 1000.0) as u64)
    }

    fn is_browser(&self) -> bool {
        is_browser()
    }
}

/// What it ended with. Where the future is dropped before, it is closed.
fn ended(begun: Begun) -> impl Future<Output = JsValue> {
    struct Closing(Begun);
    impl Drop for Closing {
        fn drop(&mut self) {
            self.0.close();
        }
    }
    let closing = Closing(begun);
    async move {
        // It does not reject.
        JsFuture::from(closing.0.ended()).await.unwrap_or_default()
    }
}
