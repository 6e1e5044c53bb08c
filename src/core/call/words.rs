//! An error's words: which sentences, by the known facts.

use crate::core::operation::Repeat;
use crate::error::sentence::{Detail, Sentence};
use crate::error::{Delivery, ErrorCode, Problem};

/// The last request's end.
pub(super) fn happened(code: ErrorCode, status: Option<u16>, timeout_ms: f64) -> Problem {
    let sentence = match (code, status) {
        (ErrorCode::Http, Some(status)) => {
            return Problem::Known(Sentence::Answered, Detail::Number(status.into()));
        }
        (ErrorCode::Timeout, _) => {
            return Problem::Known(Sentence::TimedOut, Detail::Number(timeout_ms as u32));
        }
        (ErrorCode::Http, None) => Sentence::AnsweredRedirect,
        (ErrorCode::Decode, _) => Sentence::NotTheJson,
        (ErrorCode::Aborted, _) => Sentence::Aborted,
        (ErrorCode::Configuration, _) => Sentence::Unsendable,
        (_, Some(_)) => Sentence::ResponseLost,
        (_, None) => Sentence::ConnectionFailed,
    };
    sentence.into()
}

/// The known effect of all requests.
pub(super) fn known(delivery: Delivery, repeat: Repeat) -> Sentence {
    match (delivery, repeat) {
        (Delivery::NotSent, _) => Sentence::NothingSent,
        (_, Repeat::Read) => Sentence::Nothing,
        (Delivery::Rejected, _) => Sentence::NothingDone,
        (Delivery::Accepted, _) => Sentence::Accepted,
        (Delivery::Unknown, Repeat::Idempotent) => Sentence::MayBeProcessed,
        (Delivery::Unknown, Repeat::Send) => Sentence::MayDoItTwice,
    }
}

/// The facts that a hint depends on.
pub(super) struct Facts {
    pub code: ErrorCode,
    pub status: Option<u16>,
    /// Whether no connection was made.
    pub is_not_sent: bool,
    /// Whether the server's response has a text.
    pub says_something: bool,
    pub has_credentials: bool,
    pub is_browser: bool,
    /// Whether the endpoint is our assumption, which the caller has not replaced.
    pub is_assumed: bool,
}

/// The next step for the reader.
pub(super) fn hint(facts: Facts) -> Sentence {
    match (facts.code, facts.status) {
        (ErrorCode::Http, Some(401 | 403)) if !facts.has_credentials => Sentence::GiveCredentials,
        (ErrorCode::Http, Some(401 | 403)) => Sentence::CheckCredentials,
        (ErrorCode::Http, Some(404 | 405)) if facts.is_assumed => Sentence::RouteIsAssumed,
        (ErrorCode::Http, Some(404 | 405)) => Sentence::CheckIds,
        (ErrorCode::Http, None | Some(300..=399)) => Sentence::RedirectNotFollowed,
        (ErrorCode::Decode, _) => Sentence::CheckResponse,
        (ErrorCode::Http, _) if facts.says_something => Sentence::SeeBody,
        (ErrorCode::Configuration, _) => Sentence::CheckFetch,
        (ErrorCode::Network, None) if facts.is_not_sent => Sentence::CheckConnection,
        (ErrorCode::Network, None) if facts.is_browser && !facts.has_credentials => {
            Sentence::CheckRelay
        }
        (ErrorCode::Network, None) if facts.is_browser => Sentence::UseRelay,
        _ => Sentence::Nothing,
    }
}
