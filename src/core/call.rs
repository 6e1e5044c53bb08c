//! One call, from its first request to the last word about it.

mod url;
mod words;

use std::sync::Arc;
use std::time::Duration;

use super::config::{Config, checked_retries, checked_timeout, segment_problem};
use super::http::{End, Method, Outcome, Request};
use super::operation::{Endpoint, PathArg, Source};
use super::retry::{self, Failed};
use super::time::{duration, millis};
use crate::error::sentence::Sentence;
use crate::error::{Attempt, Cause, Delivery, Error, ErrorCode, Facts, Result};

/// A request that has fewer milliseconds than this, or than half its timeout, if that is less, is not
/// made. It would most likely turn "refused" into "unknown".
const WORTH_TRYING: f64 = 1000.0;

/// The settings of one call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallOptions {
    /// In place of the client's timeout.
    pub timeout: Option<Duration>,
    /// In place of the client's retries. `Some(0)` is absolute.
    pub retries: Option<u32>,
    /// For a relay: what it takes for one submission, however often it is sent. 1 to 64
    /// of `A-Za-z0-9-._~`. The API itself has no such key.
    pub submission_key: Option<String>,
}

impl CallOptions {
    /// The client's own.
    pub fn new() -> CallOptions {
        CallOptions::default()
    }

    /// The same with this timeout.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> CallOptions {
        self.timeout = Some(timeout);
        self
    }

    /// The same with so many retries.
    #[must_use]
    pub fn retries(mut self, retries: u32) -> CallOptions {
        self.retries = Some(retries);
        self
    }

    /// The same with this submission key.
    #[must_use]
    pub fn submission_key(mut self, key: impl Into<String>) -> CallOptions {
        self.submission_key = Some(key.into());
        self
    }
}

/// The next step of a call.
#[derive(Debug)]
pub enum Step<V> {
    /// Wait this long, then ask for the next request.
    Wait(Duration),
    /// It is over.
    Done(Result<V>),
}

/// The facts about the world that a call may ask for after a failure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// Milliseconds since the epoch, since a `Retry-After` can be a date; NaN where no clock tells.
    pub now_ms: f64,
    /// A random number in 0..1: which part of the longest wait the call waits.
    pub jitter: f64,
}

/// One call. It makes no request by itself: it says which one to make, is told what came of
/// it, and says what next.
///
/// ```
/// use botsplash::internals::Call;
/// use botsplash::internals::http::{End, Outcome};
/// use botsplash::{BASE_URL, CallOptions, Config, Moment, Operation, PathArg, Step, SubmitListener};
/// use std::sync::Arc;
///
/// let config = Arc::new(Config::new(BASE_URL, "acme")?);
/// let args = [PathArg::new("listenerId", "spring sale")];
/// let mut call = Call::new(&config, &SubmitListener::ENDPOINT, &args, &CallOptions::default())?;
///
/// let request = call.request();
/// assert_eq!(
///     request.url,
///     "https://api.botsplash.com/open/v1/acme/listener/botsplash/spring%20sale"
/// );
///
/// let answer = Outcome { status: Some(200), ..Outcome::unanswered(End::Json(())) };
/// let step = call.receive(answer, || Moment { now_ms: 0.0, jitter: 0.5 });
/// assert!(matches!(step, Step::Done(Ok(()))));
/// # Ok::<(), botsplash::Error>(())
/// ```
pub struct Call {
    config: Arc<Config>,
    endpoint: &'static Endpoint,
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
    last: LastResponse,
}

/// The server's last response, for a caller who gives up before another one comes.
#[derive(Default)]
struct LastResponse {
    failed: Failed,
    request_id: Option<String>,
    body: Option<String>,
}

impl Call {
    /// A call of the operation with these values for its path.
    ///
    /// # Errors
    /// `validation` where a value cannot be one segment of a path, `configuration` where an
    /// option is out of its range.
    pub fn new(
        config: &Arc<Config>,
        endpoint: &'static Endpoint,
        args: &[PathArg],
        options: &CallOptions,
    ) -> Result<Call> {
        Call::prepare(config, endpoint, args, options).map_err(|mut error| {
            error.facts_mut().operation = Some(endpoint.name);
            error
        })
    }

    fn prepare(
        config: &Arc<Config>,
        endpoint: &'static Endpoint,
        args: &[PathArg],
        options: &CallOptions,
    ) -> Result<Call> {
        for arg in args {
            if let Some(problem) = segment_problem(arg.value.as_bytes()) {
                return Err(Error::validation(endpoint.name, arg.name.to_owned(), problem));
            }
        }
        #[cfg(not(target_arch = "wasm32"))]
        if super::config::placeholders(endpoint.path).count() != args.len() + 1 {
            let problem = "expected a value for each placeholder of the path after {appId}";
            let problem = crate::error::Problem::Told(problem.into());
            return Err(Error::validation(endpoint.name, "args".into(), problem));
        }
        let key = options.submission_key.as_deref();
        if let Some(problem) = key.and_then(|key| url::key_problem(key, endpoint, config)) {
            return Err(Error::configuration(url::KEY, problem));
        }
        let (method, path, _) = config.target(endpoint);
        let key_in_body = url::is_key_in_body(config, endpoint);
        Ok(Call {
            url: url::write(config, endpoint, path, args, key, key_in_body),
            config: Arc::clone(config),
            endpoint,
            method,
            key_in_body,
            timeout: millis(options.timeout.map_or(Ok(config.timeout), checked_timeout)?),
            retries: options.retries.map_or(Ok(config.retries), checked_retries)?,
            attempts: Vec::new(),
            waited: 0.0,
            worst: Delivery::NotSent,
            last: LastResponse::default(),
        })
    }

    /// The operation's name.
    pub fn operation(&self) -> &'static str {
        self.endpoint.name
    }

    /// The request to make now.
    pub fn request(&self) -> Request<'_> {
        let body_key = self.config.body_key().filter(|_| self.key_in_body);
        let authorization = self.config.authorization.as_ref().map(|secret| secret.expose());
        Request { method: self.method, url: &self.url, authorization, body_key }
    }

    /// How long the attempt may take, up to the response's last byte.
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
    pub fn overrun(&mut self, by: Duration) -> Result<()> {
        self.waited += millis(by);
        if self.left() <= 0.0 { Err(self.end(ErrorCode::Timeout)) } else { Ok(()) }
    }

    /// Takes what came of the request and says what next.
    ///
    /// `moment` is asked for where the call may have to wait.
    pub fn receive<V>(&mut self, outcome: Outcome<V>, moment: impl FnOnce() -> Moment) -> Step<V> {
        let (tried, delivery) = (outcome.was_tried(), retry::effect(&outcome));
        let Outcome { status, retry_after, request_id, end, duration } = outcome;
        if tried {
            self.attempts.push(Attempt { status, duration });
            self.worst = self.worst.max(delivery);
        }
        let success = status.is_some_and(|status| (200..300).contains(&status));
        let end = match end {
            End::Json(value) if success => return Step::Done(Ok(value)),
            end => end,
        };
        let Moment { now_ms, jitter } = moment();
        let failed = Failed {
            status,
            retry_after: retry_after.and_then(|value| retry::retry_after(&value, now_ms)),
            not_sent: tried && delivery == Delivery::NotSent,
        };

        let failure = match end {
            End::NotStarted | End::Aborted => Failure::of(ErrorCode::Aborted),
            End::Unsendable => Failure::of(ErrorCode::Configuration),
            End::Text(text) if success => Failure::of(ErrorCode::Decode).with_body(text),
            End::Text(text) => Failure::of(ErrorCode::Http).again().with_body(text),
            // A status other than success settles the matter, even if the body is lost.
            _ if status.is_some() && !success => Failure::of(ErrorCode::Http).again(),
            End::Json(_) | End::Redirect => Failure::of(ErrorCode::Http),
            End::TimedOut => Failure::of(ErrorCode::Timeout).again(),
            End::Lost(cause) | End::NotConnected(cause) => {
                Failure::of(ErrorCode::Network).again().with_cause(cause)
            }
        };

        if failure.again
            && self.attempts.len() <= self.retries as usize
            && retry::may_repeat(self.endpoint.repeat, failed)
            && let Some(wait) = retry::wait(self.attempts.len() as u32, failed, jitter)
            && self.left() - millis(wait) >= (self.timeout / 2.0).min(WORTH_TRYING)
        {
            self.waited += millis(wait);
            self.last = LastResponse { failed, request_id, body: failure.body };
            return Step::Wait(wait);
        }
        Step::Done(Err(self.report(failure, failed, request_id)))
    }

    /// The error for a caller who gave up while the call was waiting.
    pub fn abandon(&mut self) -> Error {
        self.end(ErrorCode::Aborted)
    }

    fn end(&mut self, code: ErrorCode) -> Error {
        let LastResponse { failed, request_id, body } = std::mem::take(&mut self.last);
        self.report(Failure { body, ..Failure::of(code) }, failed, request_id)
    }

    fn report(&mut self, failure: Failure, failed: Failed, request_id: Option<String>) -> Error {
        let scrub = |text: String| match &self.config.credentials {
            Some(credentials) => credentials.scrub(text),
            None => text,
        };
        Error::of(Facts {
            code: failure.code,
            delivery: self.worst,
            operation: Some(self.endpoint.name),
            status: failed.status,
            field: None,
            problem: words::happened(failure.code, failed.status, self.timeout),
            known: words::known(self.worst, self.endpoint.repeat),
            hint: self.hint(&failure, failed),
            request_id: request_id.map(scrub),
            retry_after: failed.retry_after,
            body: failure.body.map(scrub),
            cause: failure
                .cause
                .map(|cause| cause.map(&|text| scrub(without_url(text, &self.url)))),
            attempts: std::mem::take(&mut self.attempts),
        })
    }

    fn hint(&self, failure: &Failure, failed: Failed) -> Sentence {
        let (.., is_replaced) = self.config.target(self.endpoint);
        words::hint(words::Facts {
            code: failure.code,
            status: failed.status,
            is_not_sent: failed.not_sent,
            says_something: failure.body.as_ref().is_some_and(|body| !body.is_empty()),
            has_credentials: self.config.credentials.is_some(),
            is_browser: self.config.is_browser,
            is_assumed: self.endpoint.source == Source::Assumed && !is_replaced,
        })
    }
}

/// A runtime's words without the URL, which may name a person. In JavaScript, only names are kept.
fn without_url(text: String, url: &str) -> String {
    if cfg!(target_arch = "wasm32") { text } else { text.replace(url, "(the URL)") }
}

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.endpoint.name)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

/// The outcome of one attempt that did not succeed.
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
