//! A request and what came of it, as plain data.

use std::fmt;
use std::time::Duration;

use crate::error::Cause;

/// The HTTP methods that a route can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Method {
    /// Reads.
    Get,
    /// Creates or starts something.
    Post,
    /// Replaces.
    Put,
    /// Changes.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// All of them.
    pub const ALL: [Method; 5] =
        [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete];

    /// As HTTP writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }
}

/// A request for a transport, without the body, which the transport itself encoded.
///
/// It holds credentials in the clear; `Debug` prints only the method.
pub struct Request<'a> {
    /// The method.
    pub method: Method,
    /// The whole URL, with the query.
    pub url: &'a str,
    /// The `Authorization` header.
    pub authorization: Option<&'a str>,
    /// An API key that goes into the body: the JSON member or the form field `api_key`.
    pub body_key: Option<&'a str>,
}

impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("method", &self.method).finish_non_exhaustive()
    }
}

/// How much of an unsuccessful response is kept, in UTF-16 units.
pub const KEPT: usize = 8192;

/// A transport's report of one attempt; `V` is its form of a JSON object.
pub struct Outcome<V> {
    /// The status, once the response's head has arrived.
    pub status: Option<u16>,
    /// The `Retry-After` header.
    pub retry_after: Option<String>,
    /// The `x-request-id` header.
    pub request_id: Option<String>,
    /// How it ended.
    pub end: End<V>,
    /// From the request's start to the response's last byte or the failure.
    pub duration: Duration,
}

impl<V> Outcome<V> {
    /// An attempt that ended before any response.
    pub fn unanswered(end: End<V>) -> Outcome<V> {
        Outcome { status: None, retry_after: None, request_id: None, end, duration: Duration::ZERO }
    }

    /// Whether there was an attempt at all.
    pub fn was_tried(&self) -> bool {
        !matches!(self.end, End::NotStarted | End::Unsendable)
    }
}

/// How an attempt ended.
pub enum End<V> {
    /// The whole body arrived and is a JSON object. Only read for a 2xx.
    Json(V),
    /// The whole body arrived: its beginning, as text.
    Text(String),
    /// A redirect whose status the platform hides. It was not followed.
    Redirect,
    /// The connection failed, the response's head or body was lost.
    Lost(Cause),
    /// Nothing was sent: the platform proves that no connection was made.
    NotConnected(Cause),
    /// The time ran out.
    TimedOut,
    /// The caller gave up.
    Aborted,
    /// Nothing was sent: the caller had given up before.
    NotStarted,
    /// Nothing was sent: the platform refused to make such a request.
    Unsendable,
}

impl<V> fmt::Debug for Outcome<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outcome").field("status", &self.status).finish_non_exhaustive()
    }
}
