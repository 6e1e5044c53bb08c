//! The trait of a transport: bytes go in, and bytes come out.

use std::future::Future;
use std::time::Duration;

use crate::core::call::Moment;
use crate::core::http::{KEPT, Method};
use crate::core::threads::{MaybeSend, MaybeSync};
use crate::error::Cause;

/// The transport of requests: an HTTP client, and a timer.
///
/// The crate brings `Fetch` for WebAssembly and, with the feature `reqwest`, `Reqwest` for all
/// else. To write one for another HTTP client:
///
/// ```
/// # #[cfg(not(target_arch = "wasm32"))] {
/// use botsplash::{Failure, Request, Response, Transport};
/// use std::time::Duration;
///
/// struct Mine;
///
/// impl Transport for Mine {
///     async fn send(&self, request: &Request<'_>) -> Result<Response, Failure> {
///         // Send request.method, url, headers and body as they are, and follow no redirect.
/// #       let (status, headers, body) = (200, [("x-request-id", "r-1")], b"{}");
///         let mut response = Response::new(status, request.url);
///         for (name, value) in headers {
///             response = response.header(name, value);
///         }
///         Ok(response.body(body))
///     }
///
///     async fn sleep(&self, time: Duration) {
/// #       let _ = time;
///         // tokio::time::sleep(time).await
///     }
/// }
/// # }
/// ```
///
/// The client does the rest: it writes and reads the bodies, and cuts and scrubs what an error quotes.
/// It ends a request that takes too long by dropping its future; in WebAssembly, that is for the
/// transport to do.
pub trait Transport: MaybeSend + MaybeSync {
    /// Makes one request and reads the whole response.
    ///
    /// It sends what the request says and nothing else, and it follows no redirect. With other
    /// credentials, another method or without its body, a request is not the same. Where the
    /// future is dropped, the request ends.
    ///
    /// # Errors
    /// The known effect of a request without a response.
    fn send(
        &self,
        request: &Request<'_>,
    ) -> impl Future<Output = Result<Response, Failure>> + MaybeSend;

    /// Waits.
    fn sleep(&self, time: Duration) -> impl Future<Output = ()> + MaybeSend;

    /// The time of day, and a random number: asked for after a failure.
    #[cfg(not(target_arch = "wasm32"))]
    fn moment(&self) -> Moment {
        super::clock::moment()
    }

    /// The time of day, and a random number: asked for after a failure.
    #[cfg(target_arch = "wasm32")]
    fn moment(&self) -> Moment;

    /// The time since a moment that stays the same. It never goes back.
    #[cfg(not(target_arch = "wasm32"))]
    fn elapsed(&self) -> Duration {
        super::clock::elapsed()
    }

    /// The time since a moment that stays the same. It never goes back.
    #[cfg(target_arch = "wasm32")]
    fn elapsed(&self) -> Duration;

    /// Whether the program's user can read its secrets, as in a web page.
    fn is_browser(&self) -> bool {
        false
    }
}

/// One request, as it is to be sent.
///
/// It holds credentials in the clear; `Debug` prints only the method.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Request<'a> {
    /// The method.
    pub method: Method,
    /// The whole URL, with the query.
    pub url: &'a str,
    /// The `Authorization` header.
    pub authorization: Option<&'a str>,
    /// The `Content-Type` header of the body.
    pub content_type: Option<&'a str>,
    /// The body. An API key that belongs into it is there already.
    pub body: Option<&'a [u8]>,
    /// How long the whole exchange may take, up to the response's last byte.
    pub timeout: Duration,
}

impl<'a> Request<'a> {
    /// All headers that are to be sent, beside those that HTTP itself wants.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &'a str)> + use<'a> {
        [
            ("accept", Some("application/json")),
            ("authorization", self.authorization),
            ("content-type", self.content_type),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
    }
}

impl std::fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request").field("method", &self.method).finish_non_exhaustive()
    }
}

/// A response, or as much of it as arrived. `Debug` prints only the status.
#[derive(Clone)]
#[must_use]
pub struct Response {
    pub(crate) status: u16,
    pub(crate) url: String,
    pub(crate) retry_after: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) body: Result<Vec<u8>, Failure>,
}

impl Response {
    /// The most bytes of a response that is not a success that can matter: a transport may stop
    /// reading then.
    pub const MOST_OF_FAILURE: usize = 4 * KEPT;

    /// A response without headers and body. `url` is the one that was answered: where it is not the
    /// request's, a redirect was followed, and the call fails with `unknown`.
    pub fn new(status: u16, url: impl Into<String>) -> Response {
        Response {
            status,
            url: url.into(),
            retry_after: None,
            request_id: None,
            body: Ok(Vec::new()),
        }
    }

    /// The same with this header. Those that say nothing to the client are left out.
    pub fn header(mut self, name: &str, value: &str) -> Response {
        if name.eq_ignore_ascii_case("retry-after") {
            self.retry_after = Some(value.into());
        } else if name.eq_ignore_ascii_case("x-request-id") {
            self.request_id = Some(value.into());
        }
        self
    }

    /// The same with this body.
    pub fn body(self, body: impl Into<Vec<u8>>) -> Response {
        Response { body: Ok(body.into()), ..self }
    }

    /// The same, whose body did not arrive whole.
    pub fn cut_off(self, failure: Failure) -> Response {
        Response { body: Err(failure), ..self }
    }
}

impl std::fmt::Debug for Response {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Response").field("status", &self.status).finish_non_exhaustive()
    }
}

/// Why a request was not answered.
///
/// [`NotSent`](Failure::NotSent) is a promise of the transport. A refused
/// connection, a name that is not found and a failed TLS handshake are such. A connection that was
/// lost later is not, whatever had been sent.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Failure {
    /// No byte of the request has left this program, and none will.
    NotSent(Cause),
    /// The connection was lost, or something else went wrong that leaves it open.
    Lost(Cause),
    /// The time ran out.
    TimedOut,
    /// The caller gave up while the request was in flight.
    Aborted,
    /// Nothing was sent, since the caller had given up before.
    NotBegun,
    /// Nothing was sent, and never will be: the HTTP client refuses such a URL or header.
    Unsendable,
}
