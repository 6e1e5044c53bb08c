//! The error of a call, and the request's known effect.

pub(crate) mod sentence;

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use sentence::{Detail, Sentence};

/// A stable name for the kind of failure: match on this, never on the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorCode {
    /// An argument does not fit the API's schema. Nothing was sent.
    Validation,
    /// The client itself is set up wrongly. Nothing was sent.
    Configuration,
    /// The connection failed, before or after the request got through.
    Network,
    /// No whole response within the time given.
    Timeout,
    /// The caller gave up.
    Aborted,
    /// The server answered with something other than success.
    Http,
    /// The server answered with success, and with a body that is not the JSON it documents.
    Decode,
}

impl ErrorCode {
    /// The name that JavaScript sees.
    pub const fn as_str(self) -> &'static str {
        match self {
            ErrorCode::Validation => "validation",
            ErrorCode::Configuration => "configuration",
            ErrorCode::Network => "network",
            ErrorCode::Timeout => "timeout",
            ErrorCode::Aborted => "aborted",
            ErrorCode::Http => "http",
            ErrorCode::Decode => "decode",
        }
    }
}

/// The known effect of the request, from the least to the most that may have happened.
///
/// ```
/// use botsplash::Delivery;
/// assert!(Delivery::NotSent < Delivery::Rejected);
/// assert!(Delivery::Unknown < Delivery::Accepted);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Delivery {
    /// Nothing left this program.
    NotSent,
    /// The server refused it: nothing was done.
    Rejected,
    /// It may or may not have been processed.
    Unknown,
    /// The server said yes; only its response is missing or unreadable.
    Accepted,
}

impl Delivery {
    /// The name that JavaScript sees.
    pub const fn as_str(self) -> &'static str {
        match self {
            Delivery::NotSent => "not_sent",
            Delivery::Rejected => "rejected",
            Delivery::Unknown => "unknown",
            Delivery::Accepted => "accepted",
        }
    }
}

/// One request that was made, and what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// The HTTP status, if a response began to arrive.
    pub status: Option<u16>,
    /// From the request's start to the response's last byte or the failure.
    pub duration: Duration,
}

/// The failure below ours, as far as it can be told without quoting anything.
///
/// A runtime's own message may quote the URL and with it an API key. So only the two
/// names are kept: the error's class and its system code.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cause {
    /// The class of the failure in JavaScript, such as `TypeError`; elsewhere its message.
    pub name: String,
    /// The system's code for it, such as `ECONNREFUSED` or `ConnectionRefused`.
    pub code: Option<String>,
    #[cfg(not(target_arch = "wasm32"))]
    below: Option<Box<Cause>>,
}

impl Cause {
    /// A failure of this name and code.
    pub fn named(name: impl Into<String>, code: Option<String>) -> Cause {
        Cause {
            name: name.into(),
            code,
            #[cfg(not(target_arch = "wasm32"))]
            below: None,
        }
    }

    /// Another error and those below it, as their messages say. A message that quotes a secret is
    /// scrubbed before anybody sees it, and so is the request's URL.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn of(error: &(dyn std::error::Error + 'static)) -> Cause {
        let code =
            error.downcast_ref::<std::io::Error>().map(|error| format!("{:?}", error.kind()));
        let below = error.source().map(|below| Box::new(Cause::of(below)));
        Cause { name: error.to_string(), code, below }
    }

    /// The same in other words.
    pub(crate) fn map(self, words: &impl Fn(String) -> String) -> Cause {
        Cause {
            name: words(self.name),
            code: self.code.map(words),
            #[cfg(not(target_arch = "wasm32"))]
            below: self.below.map(|below| Box::new(below.map(words))),
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        match &self.code {
            Some(code) => write!(f, " ({code})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Cause {
    #[cfg(not(target_arch = "wasm32"))]
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.below.as_deref().map(|below| below as _)
    }
}

/// A call that did not end with an answer.
///
/// `Display` and `Debug` are safe to log: neither prints a credential, a phone number or a body.
#[derive(Clone, PartialEq)]
pub struct Error(Box<Facts>);

/// All that is known. The message is not among it: it is composed when it is read.
#[derive(Clone, PartialEq)]
pub(crate) struct Facts {
    pub code: ErrorCode,
    pub delivery: Delivery,
    pub operation: Option<&'static str>,
    pub attempts: Vec<Attempt>,
    pub status: Option<u16>,
    pub field: Option<String>,
    pub request_id: Option<String>,
    pub retry_after: Option<Duration>,
    pub body: Option<String>,
    pub cause: Option<Cause>,
    /// The event, or the fault in the field.
    pub problem: Problem,
    /// The known effect.
    pub known: Sentence,
    /// The next step for the reader. Its `{}` stands for the operation.
    pub hint: Sentence,
}

/// The event, or the fault.
#[derive(Clone, PartialEq)]
pub(crate) enum Problem {
    /// In words of ours.
    Known(Sentence, Detail),
    /// In words of a transport's.
    Told(String),
}

impl From<Sentence> for Problem {
    fn from(sentence: Sentence) -> Problem {
        Problem::Known(sentence, Detail::None)
    }
}

/// A result whose error is [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn of(facts: Facts) -> Error {
        Error(Box::new(facts))
    }

    /// An error about a field, before anything was sent.
    fn about(
        code: ErrorCode,
        operation: Option<&'static str>,
        field: String,
        problem: Problem,
    ) -> Error {
        Error::of(Facts {
            code,
            delivery: Delivery::NotSent,
            operation,
            attempts: Vec::new(),
            status: None,
            field: Some(field),
            request_id: None,
            retry_after: None,
            body: None,
            cause: None,
            problem,
            known: Sentence::NothingSent,
            hint: Sentence::Nothing,
        })
    }

    /// A client that is set up wrongly; `field` names the option.
    pub(crate) fn configuration(field: &str, problem: impl Into<Problem>) -> Error {
        Error::about(ErrorCode::Configuration, None, field.into(), problem.into())
    }

    /// An argument that does not fit the schema; `field` is its path.
    pub(crate) fn validation(
        operation: &'static str,
        field: String,
        problem: impl Into<Problem>,
    ) -> Error {
        Error::about(ErrorCode::Validation, Some(operation), field, problem.into())
    }

    /// An error as a call might have ended with it, for tests of code that handles errors.
    ///
    /// ```
    /// use botsplash::{Delivery, Error, ErrorCode};
    /// let error = Error::mock(ErrorCode::Http, Delivery::Unknown).with_status(500);
    /// assert_eq!(error.to_string(), "mock: the server answered 500.");
    /// ```
    #[must_use]
    pub fn mock(code: ErrorCode, delivery: Delivery) -> Error {
        Error::of(Facts {
            code,
            delivery,
            operation: Some("mock"),
            attempts: Vec::new(),
            status: None,
            field: None,
            request_id: None,
            retry_after: None,
            body: None,
            cause: None,
            problem: Problem::Told(code.as_str().into()),
            known: Sentence::Nothing,
            hint: Sentence::Nothing,
        })
    }

    /// The same with this status, for tests.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Error {
        self.0.status = Some(status);
        self.0.problem = Problem::Known(Sentence::Answered, Detail::Number(status.into()));
        self
    }

    /// The same with this text of the server's, for tests.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<String>) -> Error {
        self.0.body = Some(body.into());
        self
    }

    /// The same with this time that the server asked to wait, for tests.
    #[must_use]
    pub fn with_retry_after(mut self, time: Duration) -> Error {
        self.0.retry_after = Some(time);
        self
    }

    pub(crate) fn facts_mut(&mut self) -> &mut Facts {
        &mut self.0
    }

    /// The kind of failure.
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }

    /// The known effect of the request: the most that any attempt may have done.
    pub fn delivery(&self) -> Delivery {
        self.0.delivery
    }

    /// The operation's name (its `operationId`); `None` while a client is being set up.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// Every request that was made, in order.
    pub fn attempts(&self) -> &[Attempt] {
        &self.0.attempts
    }

    /// The HTTP status of the last attempt, where it was answered.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The path of the argument or setting that is wrong, such as `visitor.email`.
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref().map(sentence::setting)
    }

    /// The server's id for the request, from its `x-request-id` header.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// How long the server asked to wait (`Retry-After`).
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The beginning of the response's text, credentials scrubbed. It may hold personal data.
    pub fn body(&self) -> Option<&str> {
        self.0.body.as_deref()
    }

    /// The next step for the reader.
    pub fn hint(&self) -> Option<Cow<'static, str>> {
        self.hint_in(Sentence::rust)
    }

    fn hint_in(&self, words: Words) -> Option<Cow<'static, str>> {
        let text = words(self.0.hint);
        match text.strip_suffix("{}") {
            _ if text.is_empty() => None,
            Some(start) => Some((start.to_owned() + self.0.operation.unwrap_or_default()).into()),
            None => Some(text.into()),
        }
    }

    /// The failure below, such as a refused connection.
    pub fn cause(&self) -> Option<&Cause> {
        self.0.cause.as_ref()
    }
}

/// The text of a sentence, for this reader.
type Words = fn(Sentence) -> &'static str;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, self.field(), Sentence::rust)
    }
}

impl Error {
    /// In the same order as `message` in pkg-template/src/error.ts.
    fn write(&self, f: &mut impl fmt::Write, field: Option<&str>, words: Words) -> fmt::Result {
        let facts = &*self.0;
        let is_option = facts.code == ErrorCode::Configuration && facts.field.is_some();
        let operation = facts.operation.filter(|_| !is_option);
        for name in [operation, field].into_iter().flatten() {
            f.write_str(name)?;
            f.write_str(": ")?;
        }
        match &facts.problem {
            Problem::Told(text) => f.write_str(text)?,
            Problem::Known(sentence, detail) => {
                let text = words(*sentence);
                let gap = text.as_bytes().windows(2).position(|two| two == b"{}");
                f.write_str(text.get(..gap.unwrap_or(text.len())).unwrap_or_default())?;
                match detail {
                    Detail::None => {}
                    Detail::Number(number) => write!(f, "{number}")?,
                    Detail::Text(text) => f.write_str(text)?,
                }
                f.write_str(gap.and_then(|at| text.get(at + 2..)).unwrap_or_default())?;
            }
        }
        if is_option {
            return Ok(());
        }
        let hint = self.hint_in(words).unwrap_or_default();
        for sentence in [words(facts.known), &hint] {
            if !sentence.is_empty() {
                f.write_str(". ")?;
                f.write_str(sentence)?;
            }
        }
        f.write_str(".")
    }

    /// The field, the hint and the message as the npm package has them, for the test that holds both
    /// clients to one description.
    pub(crate) fn in_javascript(&self) -> (Option<&str>, Option<String>, String) {
        let field = self.0.field.as_deref();
        let mut message = String::new();
        let _ = self.write(&mut message, field, Sentence::text);
        (field, self.hint_in(Sentence::text).map(Cow::into_owned), message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The body stays out: it is the server's, and may quote what was sent.
        f.debug_struct("Error")
            .field("code", &self.0.code)
            .field("delivery", &self.0.delivery)
            .field("operation", &self.0.operation)
            .field("status", &self.0.status)
            .field("attempts", &self.0.attempts)
            .field("message", &self.to_string())
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.cause.as_ref().map(|cause| cause as _)
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
