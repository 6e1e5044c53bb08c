//! What went wrong, and what is known about the request all the same.

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
    /// No whole answer within the time given.
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

/// What is known about the request's effect, from the least to the most that may have happened.
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
    /// The server said yes; only its answer is missing or unreadable.
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
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attempt {
    /// The HTTP status, if an answer began to arrive.
    pub status: Option<u16>,
    /// From the request's start to the answer's last byte or the failure.
    pub duration: Duration,
}

/// The failure below ours, as far as it can be told without quoting anything.
///
/// A runtime's own message may quote the URL and with it an API key, so only the two
/// names are kept: the error's class and its system code.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// The class of the failure, such as `TypeError`.
    pub name: String,
    /// The system's code for it, such as `ECONNREFUSED`.
    pub code: Option<String>,
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
    /// What happened, or what is wrong with the field.
    pub problem: Problem,
    /// What is known about the effect.
    pub known: Sentence,
    /// What to do. Its `{}` stands for the operation.
    pub hint: Sentence,
}

/// What happened, or what is wrong.
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

    pub(crate) fn facts_mut(&mut self) -> &mut Facts {
        &mut self.0
    }

    /// The kind of failure.
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }

    /// What is known about the request's effect: the most that any attempt may have done.
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

    /// The path of the argument or option that is wrong, such as `visitor.email`.
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// The server's id for the request, from its `x-request-id` header.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// How long the server asked to wait (`Retry-After`).
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The beginning of the answer's text, credentials scrubbed. It may hold personal data.
    pub fn body(&self) -> Option<&str> {
        self.0.body.as_deref()
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<Cow<'static, str>> {
        let text = self.0.hint.text();
        match text.strip_suffix("{}") {
            _ if text.is_empty() => None,
            Some(start) => Some([start, self.0.operation.unwrap_or_default()].concat().into()),
            None => Some(text.into()),
        }
    }

    /// The failure below, such as a refused connection.
    pub fn cause(&self) -> Option<&Cause> {
        self.0.cause.as_ref()
    }
}

impl fmt::Display for Error {
    /// The same words in the same order as `message` in pkg-template/src/error.ts.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let facts = &*self.0;
        let is_option = facts.code == ErrorCode::Configuration && facts.field.is_some();
        let operation = facts.operation.filter(|_| !is_option);
        for name in [operation, facts.field.as_deref()].into_iter().flatten() {
            write!(f, "{name}: ")?;
        }
        write!(f, "{}", facts.problem)?;
        if is_option {
            return Ok(());
        }
        let hint = self.hint().unwrap_or_default();
        for sentence in [facts.known.text(), &hint] {
            if !sentence.is_empty() {
                write!(f, ". {sentence}")?;
            }
        }
        f.write_str(".")
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sentence, detail) = match self {
            Problem::Told(text) => return f.write_str(text),
            Problem::Known(sentence, detail) => (sentence.text(), detail),
        };
        let (start, end) = sentence.split_once("{}").unwrap_or((sentence, ""));
        f.write_str(start)?;
        match detail {
            Detail::None => Ok(()),
            Detail::Number(number) => write!(f, "{number}"),
            Detail::Text(text) => f.write_str(text),
        }?;
        f.write_str(end)
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

impl std::error::Error for Error {}
