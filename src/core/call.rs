//! One call, from its first request to the last word about it.

use std::sync::Arc;
use std::time::Duration;

use super::config::{
    Config, checked_retries, checked_timeout, placeholder, placeholders, segment_problem, segments,
};
use super::http::{End, Method, Outcome, Request};
use super::operation::{BodyKind, Origin, PathArg, Repeat, Route};
use super::retry::{self, Failed};
use super::secret::{Credentials, KeyPlacement};
use super::text::{decimal, is_unreserved, percent_encode};
use super::time::{duration, millis};
use crate::error::{Attempt, Cause, Delivery, Error, ErrorCode, Facts, Result};

/// A request that has fewer milliseconds than this (or than half its timeout, if that is less) is better
/// not made: it would most likely turn "refused" into "unknown".
const WORTH_TRYING: f64 = 1000.0;

const KEY: &str = "submissionKey";

/// What a call may set for itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallOptions {
    /// In place of the client's timeout.
    pub timeout: Option<Duration>,
    /// In place of the client's retries. `Some(0)` is absolute.
    pub retries: Option<u32>,
    /// For a relay: what it takes for one submission, however often it is sent. 1 to 64
    /// of `A-Za-z0-9-._~`. The API itself has no such key.
    pub submission_key: Option<String>,
}

/// What a call wants next.
#[derive(Debug)]
pub enum Step<V> {
    /// Wait this long, then ask for the next request.
    Wait(Duration),
    /// It is over.
    Done(Result<V>),
}

/// One call. It makes no request by itself: it says which one to make, is told what came of
/// it, and says what next.
///
/// ```
/// use botsplash::core::call::{Call, CallOptions, Step};
/// use botsplash::core::http::{End, Outcome};
/// use botsplash::core::operation::PathArg;
/// use botsplash::{BASE_URL, Config, Operation, SubmitListener};
/// use std::sync::Arc;
///
/// let config = Arc::new(Config::new(BASE_URL, "acme")?);
/// let args = [PathArg { name: "listenerId", value: "spring sale".into() }];
/// let mut call = Call::new(&config, &SubmitListener::ROUTE, &args, &CallOptions::default())?;
///
/// let request = call.request();
/// assert_eq!(
///     request.url,
///     "https://api.botsplash.com/open/v1/acme/listener/botsplash/spring%20sale"
/// );
///
/// let answer = Outcome { status: Some(200), ..Outcome::unanswered(End::Json(())) };
/// let step = call.receive(answer, || (0.0, 0.5));
/// assert!(matches!(step, Step::Done(Ok(()))));
/// # Ok::<(), botsplash::Error>(())
/// ```
pub struct Call {
    config: Arc<Config>,
    route: &'static Route,
    method: Method,
    /// With the query, an API key included.
    url: String,
    key_in_body: bool,
    /// In milliseconds, as is all time in here.
    timeout: f64,
    retries: u32,
    attempts: Vec<Attempt>,
    waited: f64,
    worst: Delivery,
    /// What the last answer said, for a caller who gives up before there is another.
    heard: (Failed, Option<String>, Option<String>),
}

impl Call {
    /// A call of the operation with these values for its path.
    ///
    /// # Errors
    /// `validation` where a value cannot be one segment of a path, `configuration` where an
    /// option is out of its range.
    pub fn new(
        config: &Arc<Config>,
        route: &'static Route,
        args: &[PathArg],
        options: &CallOptions,
    ) -> Result<Call> {
        Call::prepare(config, route, args, options).map_err(|mut error| {
            error.facts_mut().operation = Some(route.name);
            error
        })
    }

    fn prepare(
        config: &Arc<Config>,
        route: &'static Route,
        args: &[PathArg],
        options: &CallOptions,
    ) -> Result<Call> {
        for arg in args {
            if let Some(problem) = segment_problem(arg.value.as_bytes()) {
                return Err(Error::validation(route.name, arg.name.to_owned(), problem));
            }
        }
        let (method, path, _) = config.target(route);
        // Room for most of what follows.
        let mut url = String::with_capacity(config.base_url.len() + 80);
        url.push_str(&config.base_url);
        for segment in segments(path) {
            // The caller's path may name the placeholders in another order than the values come in.
            let value = match placeholder(segment) {
                None => segment,
                Some(name) => match placeholders(route.path).position(|known| known == name) {
                    Some(at @ 1..) => {
                        args.get(at - 1).map_or(b"".as_slice(), |arg| arg.value.as_bytes())
                    }
                    _ => config.app_id.as_bytes(),
                },
            };
            url.push('/');
            percent_encode(value, &mut url);
        }
        let mut key_in_body = false;
        if let Some(Credentials::ApiKey { key, placement }) = &config.credentials {
            key_in_body =
                *placement == KeyPlacement::Body && !matches!(route.body, BodyKind::Empty);
            if !key_in_body {
                url.push_str("?api_key=");
                percent_encode(key.expose().as_bytes(), &mut url);
            }
        }
        if let Some(key) = &options.submission_key {
            let problem = if !route.keyed || config.credentials.is_some() {
                "only a relay takes it, for a listener"
            } else if !(1..65).contains(&key.len()) || !key.bytes().all(is_unreserved) {
                "expected 1 to 64 letters, digits, \"-._~\""
            } else {
                ""
            };
            if !problem.is_empty() {
                return Err(Error::configuration(KEY, problem));
            }
            for part in ["?", KEY, "=", key] {
                url.push_str(part);
            }
        }
        let timeout = options.timeout.map_or(Ok(config.timeout), checked_timeout)?;
        Ok(Call {
            config: Arc::clone(config),
            route,
            method,
            url,
            key_in_body,
            timeout: millis(timeout),
            retries: options.retries.map_or(Ok(config.retries), checked_retries)?,
            attempts: Vec::new(),
            waited: 0.0,
            worst: Delivery::NotSent,
            heard: Default::default(),
        })
    }

    /// The operation's name.
    pub fn operation(&self) -> &'static str {
        self.route.name
    }

    /// The request to make now.
    pub fn request(&self) -> Request<'_> {
        let body_key = match &self.config.credentials {
            Some(Credentials::ApiKey { key, .. }) if self.key_in_body => Some(key.expose()),
            _ => None,
        };
        let authorization = self.config.authorization.as_ref().map(|secret| secret.expose());
        Request { method: self.method, url: &self.url, authorization, body_key }
    }

    /// How long the attempt may take, up to the answer's last byte.
    ///
    /// The waits come out of the attempts' time, so that the whole call ends within
    /// `timeout * (retries + 1)`.
    pub fn limit(&self) -> Duration {
        duration(self.timeout.min(self.left()))
    }

    fn left(&self) -> f64 {
        let spent: f64 = self.attempts.iter().map(|attempt| millis(attempt.duration)).sum();
        self.timeout * f64::from(self.retries + 1) - self.waited - spent
    }

    /// Takes note of a wait that took longer than it was to: a busy program, a sleeping machine.
    ///
    /// # Errors
    /// `timeout` where the call's time is over, so that nothing is sent any more.
    pub fn overslept(&mut self, by: Duration) -> Result<()> {
        self.waited += millis(by);
        if self.left() <= 0.0 { Err(self.end(ErrorCode::Timeout)) } else { Ok(()) }
    }

    /// Takes what came of the request and says what next.
    ///
    /// `chance` is asked where the call may have to wait: for the milliseconds since the epoch,
    /// since a `Retry-After` can be a date, and for a number in 0..1, for the jitter.
    pub fn receive<V>(
        &mut self,
        outcome: Outcome<V>,
        chance: impl FnOnce() -> (f64, f64),
    ) -> Step<V> {
        let sent = outcome.was_sent();
        let Outcome { status, retry_after, request_id, end, duration } = outcome;
        if sent {
            self.attempts.push(Attempt { status, duration });
            let here = status.map_or(Delivery::Unknown, retry::delivery);
            self.worst = self.worst.max(here);
        }
        let success = status.is_some_and(|status| (200..300).contains(&status));
        let end = match end {
            End::Json(value) if success => return Step::Done(Ok(value)),
            end => end,
        };
        let (now_ms, dice) = chance();
        let failed = Failed {
            status,
            retry_after: retry_after.and_then(|value| retry::retry_after(&value, now_ms)),
        };

        let failure = match end {
            End::NotStarted | End::Aborted => Failure::of(ErrorCode::Aborted),
            End::Unsendable => Failure::of(ErrorCode::Configuration),
            End::Text(text) if success => Failure::of(ErrorCode::Decode).with_body(text),
            End::Text(text) => Failure::of(ErrorCode::Http).again().with_body(text),
            // A status that is no success settles the matter, whatever became of the body.
            _ if status.is_some() && !success => Failure::of(ErrorCode::Http).again(),
            End::Json(_) | End::Redirect => Failure::of(ErrorCode::Http),
            End::TimedOut => Failure::of(ErrorCode::Timeout).again(),
            End::Lost(cause) => Failure::of(ErrorCode::Network).again().with_cause(cause),
        };

        if failure.again
            && self.attempts.len() <= self.retries as usize
            && retry::may_repeat(self.route.repeat, failed)
            && let Some(wait) = retry::wait(self.attempts.len() as u32, failed, dice)
            && self.left() - millis(wait) >= (self.timeout / 2.0).min(WORTH_TRYING)
        {
            self.waited += millis(wait);
            self.heard = (failed, request_id, failure.body);
            return Step::Wait(wait);
        }
        Step::Done(Err(self.report(failure, failed, request_id)))
    }

    /// The error for a caller who gave up while the call was waiting.
    pub fn abandon(&mut self) -> Error {
        self.end(ErrorCode::Aborted)
    }

    /// The error for an answer that is a JSON object, with a field of another type than the
    /// documented one. `text` is the answer's.
    pub fn undecodable(&mut self, text: String) -> Error {
        let status = self.attempts.last().and_then(|attempt| attempt.status);
        self.heard = (Failed { status, retry_after: None }, None, Some(text));
        self.end(ErrorCode::Decode)
    }

    fn end(&mut self, code: ErrorCode) -> Error {
        let (failed, request_id, body) = std::mem::take(&mut self.heard);
        self.report(Failure { body, ..Failure::of(code) }, failed, request_id)
    }

    fn report(&mut self, failure: Failure, failed: Failed, request_id: Option<String>) -> Error {
        let scrub = |text: String| match &self.config.credentials {
            Some(credentials) => credentials.scrub(text),
            None => text,
        };
        let hint = self.hint(&failure, failed.status);
        let (text, number, unit) = self.what(failure.code, failed.status);
        let number = number.map_or(String::new(), decimal);
        let mut message = [self.route.name, ": ", text, &number, unit].concat();
        for sentence in [known(self.worst, self.route.repeat), &hint] {
            if !sentence.is_empty() {
                message.push_str(". ");
                message.push_str(sentence);
            }
        }
        message.push('.');
        let cause = failure
            .cause
            .map(|cause| Cause { name: scrub(cause.name), code: cause.code.map(scrub) });
        Error::of(Facts {
            code: failure.code,
            delivery: self.worst,
            operation: Some(self.route.name),
            status: failed.status,
            field: None,
            request_id: request_id.map(scrub),
            retry_after: failed.retry_after,
            body: failure.body.map(scrub),
            hint: (!hint.is_empty()).then_some(hint),
            cause,
            message,
            attempts: std::mem::take(&mut self.attempts),
        })
    }

    /// What happened, for a person: a text, a number where it has one, and the rest of the text.
    fn what(
        &self,
        code: ErrorCode,
        status: Option<u16>,
    ) -> (&'static str, Option<u32>, &'static str) {
        let text = match (code, status) {
            (ErrorCode::Http, Some(status)) => {
                return ("the server answered ", Some(status.into()), "");
            }
            (ErrorCode::Timeout, _) => {
                return ("no whole answer within ", Some(self.timeout as u32), " ms");
            }
            (ErrorCode::Http, None) => "the server answered with a redirect",
            (ErrorCode::Decode, _) => "the server's answer is not the JSON that it documents",
            (ErrorCode::Aborted, _) => "the caller aborted",
            (ErrorCode::Configuration, _) => "this runtime cannot make the request",
            (_, Some(_)) => "the connection was lost before the answer's end",
            (_, None) => "the connection failed",
        };
        (text, None, "")
    }

    fn hint(&self, failure: &Failure, status: Option<u16>) -> String {
        let (_, _, replaced) = self.config.target(self.route);
        let says = failure.body.as_ref().is_some_and(|body| !body.is_empty());
        let text = match (failure.code, status) {
            (ErrorCode::Http, Some(401 | 403)) if self.config.credentials.is_none() => {
                "No credentials were given: set auth, or point baseUrl at a relay that has them"
            }
            (ErrorCode::Http, Some(401 | 403)) => {
                "Check the credentials, and that this machine's IP address is allow-listed"
            }
            (ErrorCode::Http, Some(404 | 405))
                if self.route.origin == Origin::Assumed && !replaced =>
            {
                "The route is assumed, not published: if the API's differs, set routes."
            }
            (ErrorCode::Http, Some(404 | 405)) => "Check appId, the ids and baseUrl",
            (ErrorCode::Http, None | Some(300..=399)) => {
                "Redirects are not followed, since they would drop the body or carry credentials elsewhere: check baseUrl"
            }
            (ErrorCode::Decode, _) => "See error.body, and check that baseUrl leads to the API",
            (ErrorCode::Http, _) if says => "See error.body",
            (ErrorCode::Configuration, _) => "Check baseUrl, and that fetch is there",
            (ErrorCode::Network, None)
                if self.config.is_browser && self.config.credentials.is_none() =>
            {
                "Check baseUrl, and that the relay lists this page's origin"
            }
            (ErrorCode::Network, None) if self.config.is_browser => {
                "A page cannot call the API itself (CORS, IP allow-list): there, point baseUrl at a relay"
            }
            _ => "",
        };
        // The one that ends in a dot wants a name.
        let name = if text.ends_with('.') { self.route.name } else { "" };
        [text, name].concat()
    }
}

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.route.name)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

/// What is known about the effect, for a person.
fn known(delivery: Delivery, repeat: Repeat) -> &'static str {
    match (delivery, repeat) {
        (Delivery::NotSent, _) => "Nothing was sent",
        (_, Repeat::Read) => "",
        (Delivery::Rejected, _) => "The server refused it, so nothing was done",
        (Delivery::Accepted, _) => "The server accepted the request: do not send it again",
        (Delivery::Unknown, Repeat::Idempotent) => "It may or may not have been processed",
        (Delivery::Unknown, Repeat::Send) => {
            "It may or may not have been processed: sending it again may do it twice"
        }
    }
}

/// What one attempt came to, when it was no success.
struct Failure {
    code: ErrorCode,
    /// Whether it is of the kind that may pass.
    again: bool,
    body: Option<String>,
    cause: Option<Cause>,
}

impl Failure {
    fn of(code: ErrorCode) -> Failure {
        Failure { code, again: false, body: None, cause: None }
    }

    fn again(self) -> Failure {
        Failure { again: true, ..self }
    }

    fn with_body(self, text: String) -> Failure {
        Failure { body: Some(text), ..self }
    }

    fn with_cause(self, cause: Cause) -> Failure {
        Failure { cause: Some(cause), ..self }
    }
}
