//! What went wrong, and what is known about the request all the same.

use std::fmt;
use std::time::Duration;

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
    pub hint: Option<String>,
    pub cause: Option<Cause>,
    pub message: String,
}

/// A result whose error is [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error about which nothing but its kind and its text is known yet.
    pub(crate) fn new(code: ErrorCode, message: String) -> Error {
        Error::of(Facts {
            code,
            delivery: Delivery::NotSent,
            operation: None,
            attempts: Vec::new(),
            status: None,
            field: None,
            request_id: None,
            retry_after: None,
            body: None,
            hint: None,
            cause: None,
            message,
        })
    }

    pub(crate) fn of(facts: Facts) -> Error {
        Error(Box::new(facts))
    }

    /// A client that is set up wrongly; `field` names the option.
    pub(crate) fn configuration(field: &str, problem: &str) -> Error {
        let message = [field, ": ", problem].concat();
        let mut error = Error::new(ErrorCode::Configuration, message);
        error.facts_mut().field = Some(field.into());
        error
    }

    /// An argument that does not fit the schema; `field` is its path.
    pub(crate) fn validation(operation: &'static str, field: String, problem: &str) -> Error {
        // A problem may end in a question of its own.
        let stop = if problem.ends_with('?') { " " } else { ". " };
        let message = [operation, ": ", &field, ": ", problem, stop, "Nothing was sent."].concat();
        let mut error = Error::new(ErrorCode::Validation, message);
        let facts = error.facts_mut();
        facts.operation = Some(operation);
        facts.field = Some(field);
        error
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
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// The failure below, such as a refused connection.
    pub fn cause(&self) -> Option<&Cause> {
        self.0.cause.as_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
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
            .field("message", &self.0.message)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {}
