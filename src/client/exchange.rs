//! One typed call, step by step, for those who send its requests themselves.
// cspell:ignore FFFD

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use super::transport::{Failure, Request, Response};
use super::{json, multipart};
use crate::core::call::{Call, CallOptions, Moment, Step};
use crate::core::config::Config;
use crate::core::http::{End, KEPT, Outcome};
use crate::core::operation::{Body, Operation};
use crate::error::{Error, Problem, Result};

/// One call of an operation, without any input or output. It says which request to make, is told
/// what came of it, and says what next. A [`Client`](crate::Client) drives it on a
/// [`Transport`](crate::Transport); a program that blocks, or has a runtime of its own, can do the
/// same.
///
/// ```
/// # // In WebAssembly there is no clock of the standard library: see `receive_at`.
/// # #[cfg(not(target_arch = "wasm32"))] {
/// use botsplash::{BASE_URL, Config, Exchange, Failure, Request, Response, Step};
/// use botsplash::{MessageSend, SendMessage};
///
/// # fn send(request: &Request<'_>) -> Result<Response, Failure> {
/// #     Ok(Response::new(200, request.url).body(br#"{"id":"v-1"}"#))
/// # }
/// let config = Config::new(BASE_URL, "acme")?;
/// let operation = SendMessage::new(MessageSend::new("Welcome!"));
/// let mut exchange = Exchange::new(config, &operation)?;
/// let visitor = loop {
///     let started = std::time::Instant::now();
///     let result = send(&exchange.request());
///     match exchange.receive(result, started.elapsed()) {
///         Step::Done(result) => break result?,
///         Step::Wait(time) => std::thread::sleep(time),
///     }
/// };
/// assert_eq!(visitor.id.as_deref(), Some("v-1"));
/// # }
/// # Ok::<(), botsplash::Error>(())
/// ```
#[must_use]
pub struct Exchange<O> {
    call: Call,
    content_type: Option<String>,
    body: Option<Vec<u8>>,
    operation: PhantomData<fn() -> O>,
}

impl<O: Operation> Exchange<O> {
    /// A call of the operation that has made no request yet.
    ///
    /// # Errors
    /// `validation` where an argument cannot be sent.
    pub fn new(config: impl Into<Arc<Config>>, operation: &O) -> Result<Exchange<O>> {
        Exchange::with(config, operation, &CallOptions::default())
    }

    /// The same with options of its own.
    ///
    /// # Errors
    /// As [`new`](Exchange::new), and `configuration` where an option is out of its range.
    pub fn with(
        config: impl Into<Arc<Config>>,
        operation: &O,
        options: &CallOptions,
    ) -> Result<Exchange<O>> {
        let endpoint = &const { O::ENDPOINT };
        let call = Call::new(&config.into(), endpoint, &operation.path_args(), options)?;
        let key = call.request().body_key.map(str::to_owned);
        let (content_type, body) = match operation.body() {
            Body::Empty => (None, None),
            Body::Json(body) => {
                let wrong = |field: &str, problem: &str| {
                    Error::validation(endpoint.name, field.into(), Problem::Told(problem.into()))
                };
                let unwritten = || wrong("body", "cannot be written as a JSON object");
                let extra = operation.extra_fields();
                let json = if extra.is_empty() {
                    json::write(body, key.as_deref())
                } else {
                    let mut body = json::value(body).ok_or_else(unwritten)?;
                    for (path, value) in extra {
                        let leads = json::put(&mut body, path, value);
                        leads.ok_or_else(|| {
                            wrong(path, "expected the path of a field in an object")
                        })?;
                    }
                    json::write(&body, key.as_deref())
                };
                (Some("application/json".into()), Some(json.ok_or_else(unwritten)?))
            }
            Body::File(file) => {
                let (content_type, form) = multipart::form(file, key.as_deref());
                (Some(content_type), Some(form))
            }
        };
        Ok(Exchange { call, content_type, body, operation: PhantomData })
    }

    /// The request to make now.
    pub fn request(&self) -> Request<'_> {
        let request = self.call.request();
        Request {
            method: request.method,
            url: request.url,
            authorization: request.authorization,
            content_type: self.content_type.as_deref(),
            body: self.body.as_deref(),
            timeout: self.call.limit(),
        }
    }

    /// Takes what came of the request, and how long it took, and says what next.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn receive(
        &mut self,
        result: std::result::Result<Response, Failure>,
        took: Duration,
    ) -> Step<O::Response> {
        self.receive_at(result, took, super::clock::moment)
    }

    /// The same, at a moment that the caller knows. It is asked for after a failure.
    pub fn receive_at(
        &mut self,
        result: std::result::Result<Response, Failure>,
        took: Duration,
        moment: impl FnOnce() -> Moment,
    ) -> Step<O::Response> {
        let outcome = self.outcome(result, took);
        self.next(outcome, moment)
    }

    pub(crate) fn next(
        &mut self,
        outcome: Outcome<O::Response>,
        moment: impl FnOnce() -> Moment,
    ) -> Step<O::Response> {
        self.call.receive(outcome, moment)
    }

    /// The outcome of a request that the caller gave up.
    pub(crate) fn aborted(&self, took: Duration) -> Outcome<O::Response> {
        Outcome { duration: took, ..Outcome::unanswered(End::Aborted) }
    }

    /// The operation's name.
    pub fn operation(&self) -> &'static str {
        self.call.operation()
    }

    pub(crate) fn outcome(
        &self,
        result: std::result::Result<Response, Failure>,
        took: Duration,
    ) -> Outcome<O::Response> {
        let response = match result {
            Ok(response) => response,
            Err(failure) => {
                let end = match failure {
                    Failure::NotSent(cause) => End::NotConnected(cause),
                    Failure::Lost(cause) => End::Lost(cause),
                    Failure::TimedOut => End::TimedOut,
                    Failure::Aborted => End::Aborted,
                    Failure::NotBegun => End::NotStarted,
                    Failure::Unsendable => End::Unsendable,
                };
                return Outcome { duration: took, ..Outcome::unanswered(end) };
            }
        };
        if !is_same(self.call.request().url, &response.url) {
            return Outcome { duration: took, ..Outcome::unanswered(End::Redirect) };
        }
        let is_success = (200..300).contains(&response.status);
        let end = match response.body {
            Ok(body) => match json::read(&body).filter(|_| is_success) {
                Some(value) => End::Json(value),
                None => End::Text(beginning(&body)),
            },
            // The head has said that the request was sent.
            Err(Failure::NotSent(cause) | Failure::Lost(cause)) => End::Lost(cause),
            Err(Failure::Aborted | Failure::NotBegun) => End::Aborted,
            Err(Failure::TimedOut | Failure::Unsendable) => End::TimedOut,
        };
        Outcome {
            status: Some(response.status),
            retry_after: response.retry_after,
            request_id: response.request_id,
            end,
            duration: took,
        }
    }

    /// Takes note of a wait that took longer than it was to: a busy program, a sleeping machine.
    ///
    /// # Errors
    /// `timeout` where the call's time is over, so that nothing is sent any more.
    pub fn overrun(&mut self, by: Duration) -> Result<()> {
        self.call.overrun(by)
    }

    /// The error for a caller who gives up between two requests.
    pub fn abandon(mut self) -> Error {
        self.call.abandon()
    }
}

/// Whether the URL that was answered is the one that was asked. HTTP clients may write scheme and
/// host in lower case, and leave out a port that says nothing.
fn is_same(asked: &str, answered: &str) -> bool {
    let (asked, answered) = (parts(asked.as_bytes()), parts(answered.as_bytes()));
    // A host in other letters than these has two spellings; a path of the page's has no host.
    let is_host_known = asked.0.is_ascii() && !asked.0.is_empty();
    asked.1 == answered.1 && (asked.0.eq_ignore_ascii_case(answered.0) || !is_host_known)
}

/// A URL's scheme and host, without a port that says nothing; and the rest.
#[inline(never)]
fn parts(url: &[u8]) -> (&[u8], &[u8]) {
    let start = url.windows(3).position(|three| three == b"://").map_or(0, |at| at + 3);
    let end = url.iter().skip(start).position(|byte| *byte == b'/');
    let end = end.map_or(url.len(), |at| start + at);
    let (origin, rest) = url.split_at_checked(end).unwrap_or_default();
    let is_secure = origin.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"https"));
    let default_port = if is_secure { b":443".as_slice() } else { b":80" };
    (origin.strip_suffix(default_port).unwrap_or(origin), rest)
}

/// As much of a text as an error keeps.
fn beginning(body: &[u8]) -> String {
    // A letter has at most four bytes, and one that was cut in two is none.
    let text = String::from_utf8_lossy(body.get(..4 * KEPT).unwrap_or(body));
    let mut units = 0;
    let fits = |letter: &char| {
        units += letter.len_utf16();
        units <= KEPT
    };
    text.chars().take_while(fits).collect()
}

impl<O> std::fmt::Debug for Exchange<O> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Exchange").field("call", &self.call).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_the_same_however_its_host_is_written() {
        for (asked, answered) in [
            ("https://h/a?b", "https://h/a?b"),
            ("HTTPS://H:443/a", "https://h/a"),
            ("http://h:80/a", "http://h/a"),
            ("https://bücher/a", "https://xn--bcher-kva/a"),
            ("/relay/a", "https://h/relay/a"),
        ] {
            assert!(is_same(asked, answered), "{asked}");
        }
        for (asked, answered) in [
            ("https://h/a", "https://h/b"),
            ("https://h/a", "http://h/a"),
            ("https://h/a", "https://evil/a"),
            ("https://h/a", "https://h:8443/a"),
            ("https://h/a?k=1", "https://h/a"),
            ("https://h/a", ""),
        ] {
            assert!(!is_same(asked, answered), "{asked}");
        }
    }

    #[test]
    fn a_long_text_is_cut_between_letters() {
        assert_eq!(beginning(&[b'a'; 3 * KEPT]).len(), KEPT);
        assert_eq!(beginning("😀".repeat(KEPT).as_bytes()).chars().count(), KEPT / 2);
        assert_eq!(beginning(b"caf\xe9"), "caf\u{FFFD}");
    }
}
