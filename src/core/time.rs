//! Time as it is reckoned inside: in milliseconds, with a fraction.
//!
//! `Duration` is for those who use the crate; its arithmetic, in two integers, takes several times
//! the bytes.

use std::time::Duration;

pub(crate) fn millis(time: Duration) -> f64 {
    time.as_secs() as f64 * 1000.0 + f64::from(time.subsec_nanos()) / 1e6
}

/// The time to the microsecond; none for what is negative or no number.
pub(crate) fn duration(millis: f64) -> Duration {
    Duration::from_micros((millis * 1000.0).round_ties_even() as u64)
}
