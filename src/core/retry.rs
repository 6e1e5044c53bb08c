//! Whether to try again, and when: pure functions of what is known.

use std::time::Duration;

use super::date::http_date;
use super::http::{End, Outcome};
use super::operation::Repeat;
use crate::error::Delivery;

/// The longest wait between two attempts. A server that asks for more is not tried earlier:
/// the call ends, and its error says how long the server asked for.
pub const LONGEST_WAIT: Duration = Duration::from_secs(30);

const FIRST_BACKOFF_MS: u64 = 500;
const LONGEST_BACKOFF_MS: u64 = 8_000;

// A timer cannot be set for longer than this many milliseconds (24.8 days).
const LONGEST_TIMER_MS: f64 = i32::MAX as f64;

/// The effect that an response's status alone tells.
pub fn delivery(status: u16) -> Delivery {
    match status {
        200..=299 => Delivery::Accepted,
        400 | 401 | 403 | 404 | 405 | 413 | 415 | 421 | 422 | 425 | 429 => Delivery::Rejected,
        _ => Delivery::Unknown,
    }
}

/// The effect that an attempt alone may have had.
pub fn effect<V>(outcome: &Outcome<V>) -> Delivery {
    match (&outcome.end, outcome.status) {
        (End::NotStarted | End::Unsendable | End::NotConnected(_), _) => Delivery::NotSent,
        (_, Some(status)) => delivery(status),
        (_, None) => Delivery::Unknown,
    }
}

/// One failed attempt, as far as retrying goes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Failed {
    /// The status, where a response began to arrive.
    pub status: Option<u16>,
    /// The wait that the server asked for.
    pub retry_after: Option<Duration>,
    /// Whether it is certain that nothing was sent.
    pub not_sent: bool,
}

/// Whether sending the request again keeps the operation's promise.
///
/// A `Send` goes again only where the server said that it did not process it: 429, or 503
/// with `Retry-After`; and where nothing was sent. `None` as a status is a lost connection or a
/// timeout.
pub fn may_repeat(repeat: Repeat, failed: Failed) -> bool {
    match (repeat, failed.status) {
        _ if failed.not_sent => true,
        (_, Some(429)) => true,
        (Repeat::Send, Some(503)) => failed.retry_after.is_some(),
        (Repeat::Send, _) => false,
        (_, None | Some(408 | 500..=599)) => true,
        // The head said yes and the body was lost.
        (_, Some(200..=299)) => true,
        _ => false,
    }
}

/// How long to wait after the attempt numbered `attempt` (the first is 1); `jitter` is in 0..1.
///
/// `None` where the server asks for a longer wait than [`LONGEST_WAIT`].
pub fn wait(attempt: u32, failed: Failed, jitter: f64) -> Option<Duration> {
    match failed.retry_after {
        Some(asked) => (asked <= LONGEST_WAIT).then_some(asked),
        None => {
            // Full jitter: many clients that failed together do not come back together.
            let ceiling = FIRST_BACKOFF_MS << (attempt - 1).min(8);
            let ceiling = ceiling.min(LONGEST_BACKOFF_MS);
            Some(Duration::from_millis((ceiling as f64 * jitter) as u64))
        }
    }
}

/// Reads a `Retry-After` header: whole seconds or an HTTP date; anything else is as if absent.
///
/// `now_ms` is the time since the epoch. A date that has passed means no wait; the result
/// is clamped to what a timer can be set for.
pub fn retry_after(value: &str, now_ms: f64) -> Option<Duration> {
    let value = value.trim_ascii();
    let millis = if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit mean a very long time, not a fault.
        value.bytes().fold(0.0, |sum, byte| sum * 10.0 + f64::from(byte - b'0')) * 1000.0
    } else {
        http_date(value)? - now_ms
    };
    if millis.is_nan() {
        return None;
    }
    Some(Duration::from_millis(millis.clamp(0.0, LONGEST_TIMER_MS) as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LATER: Option<Duration> = Some(Duration::from_secs(1));

    #[test]
    fn a_send_goes_again_only_after_429_or_503_with_retry_after() {
        for status in 100..600 {
            for retry_after in [None, LATER] {
                let failed = Failed { status: Some(status), retry_after, not_sent: false };
                let expected = status == 429 || status == 503 && retry_after.is_some();
                assert_eq!(may_repeat(Repeat::Send, failed), expected, "{failed:?}");
            }
        }
        assert!(!may_repeat(Repeat::Send, Failed::default()));
    }

    #[test]
    fn everything_goes_again_where_nothing_was_sent() {
        for repeat in [Repeat::Read, Repeat::Idempotent, Repeat::Send] {
            assert!(may_repeat(repeat, Failed { not_sent: true, ..Failed::default() }));
        }
    }

    #[test]
    fn reads_and_idempotent_calls_go_again_after_what_may_pass() {
        for repeat in [Repeat::Read, Repeat::Idempotent] {
            for status in [None, Some(200), Some(408), Some(429), Some(500), Some(503), Some(599)] {
                assert!(may_repeat(repeat, Failed { status, ..Failed::default() }), "{status:?}");
            }
            for status in [302, 400, 401, 403, 404, 409, 422] {
                let failed = Failed { status: Some(status), ..Failed::default() };
                assert!(!may_repeat(repeat, failed), "{status}");
            }
        }
    }

    #[test]
    fn backoff_doubles_up_to_its_ceiling_and_is_jittered() {
        let failed = Failed::default();
        let waits =
            |dice| [1, 2, 3, 4, 5, 6, 60].map(|n| wait(n, failed, dice).unwrap_or_default());
        let millis = [500, 1000, 2000, 4000, 8000, 8000, 8000];
        assert_eq!(waits(1.0), millis.map(Duration::from_millis));
        assert_eq!(waits(0.5), millis.map(|ms| Duration::from_millis(ms / 2)));
        assert_eq!(waits(0.0), [Duration::ZERO; 7]);
    }

    #[test]
    fn retry_after_is_honoured_up_to_the_longest_wait_and_never_cut_short() {
        let failed = |seconds| Failed {
            status: Some(429),
            retry_after: Some(Duration::from_secs(seconds)),
            not_sent: false,
        };
        assert_eq!(wait(1, failed(0), 0.5), Some(Duration::ZERO));
        assert_eq!(wait(1, failed(30), 0.5), Some(LONGEST_WAIT));
        assert_eq!(wait(1, failed(31), 0.5), None);
    }

    #[test]
    fn retry_after_takes_seconds_and_http_dates() {
        let now = 784_111_777_000.0; // Sun, 06 Nov 1994 08:49:37 GMT
        let read = |value| retry_after(value, now).map(|wait| wait.as_millis());
        assert_eq!(read("0"), Some(0));
        assert_eq!(read(" 120 "), Some(120_000));
        assert_eq!(read("99999999999999999999999"), Some(2_147_483_647));
        assert_eq!(read("Sun, 06 Nov 1994 08:49:47 GMT"), Some(10_000));
        assert_eq!(read("Sun, 06 Nov 1994 08:00:00 GMT"), Some(0));
        for value in ["", "-1", "1.5", "NaN", "Infinity", "soon", "1e3", "0x10"] {
            assert_eq!(read(value), None, "{value}");
        }
        assert_eq!(retry_after("5", f64::NAN).map(|wait| wait.as_secs()), Some(5));
    }
}
