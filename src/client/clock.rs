//! The time of day, where the standard library knows it.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::core::call::Moment;

/// Now.
pub(crate) fn moment() -> Moment {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH);
    let now_ms = since_epoch.map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0);
    // Each has other keys. Good enough for a jitter.
    let random = RandomState::new().build_hasher().finish();
    Moment { now_ms, jitter: (random >> 11) as f64 / (1_u64 << 53) as f64 }
}

/// The time since the first call.
pub(crate) fn elapsed() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_today_and_its_jitter_is_below_one() {
        let jitters: Vec<f64> = (0..100).map(|_| moment().jitter).collect();
        assert!(jitters.iter().all(|jitter| (0.0..1.0).contains(jitter)));
        assert!(jitters.iter().any(|jitter| *jitter != jitters[0]));
        assert!(moment().now_ms > 1.7e12);
        assert!(elapsed() <= elapsed());
    }
}
