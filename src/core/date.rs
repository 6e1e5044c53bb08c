//! The two date forms that HTTP and the API speak.

/// Milliseconds since the epoch for an HTTP date (`Sun, 06 Nov 1994 08:49:37 GMT`).
///
/// The two obsolete forms of RFC 9110 are not read: no server we know sends them.
pub fn http_date(text: &str) -> Option<i64> {
    let (_, rest) = text.split_once([','])?;
    let mut parts = rest.strip_prefix(' ')?.split([' ']);
    let day = digits(parts.next()?, 2)?;
    const MONTHS: &[u8] = b"JanFebMarAprMayJunJulAugSepOctNovDec";
    let month = parts.next()?.as_bytes();
    let month = MONTHS.chunks(3).position(|name| name == month)? as i64 + 1;
    let year = digits(parts.next()?, 4)?;
    let seconds = clock(parts.next()?)?;
    if parts.next()? != "GMT" || parts.next().is_some() || !is_day(year, month, day) {
        return None;
    }
    Some((days_since_epoch(year, month, day) * 86_400 + seconds) * 1000)
}

/// Whether the text is an ISO 8601 date and time with its offset, as RFC 3339 narrows it.
///
/// A time without an offset means another moment to every reader, so it does not pass.
pub fn is_date_time(text: &str) -> bool {
    parse_date_time(text).is_some()
}

fn parse_date_time(text: &str) -> Option<()> {
    let (date, time) = text.split_once(['T', 't'])?;
    let mut parts = date.split(['-']);
    let (year, month, day) =
        (digits(parts.next()?, 4)?, digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    if parts.next().is_some() || !is_day(year, month, day) {
        return None;
    }
    let offset_at = time.find(['Z', 'z', '+', '-'])?;
    let (time, offset) = time.split_at_checked(offset_at)?;
    let time = match time.split_once(['.']) {
        Some((time, fraction)) => {
            let all_digits = fraction.bytes().all(|byte| byte.is_ascii_digit());
            (!fraction.is_empty() && all_digits).then_some(time)?
        }
        None => time,
    };
    clock(time)?;
    if offset.eq_ignore_ascii_case("z") {
        return Some(());
    }
    let (hours, minutes) = offset.get(1..)?.split_once([':'])?;
    (digits(hours, 2)? < 24 && digits(minutes, 2)? < 60).then_some(())
}

/// `hh:mm:ss` as seconds. A leap second is one that exists.
fn clock(text: &str) -> Option<i64> {
    let mut parts = text.split([':']);
    let (hours, minutes, seconds) =
        (digits(parts.next()?, 2)?, digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    let fits = hours < 24 && minutes < 60 && seconds <= 60 && parts.next().is_none();
    fits.then_some(hours * 3600 + minutes * 60 + seconds)
}

fn digits(text: &str, len: usize) -> Option<i64> {
    let plain = text.len() == len && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.bytes().fold(0, |value, byte| value * 10 + i64::from(byte - b'0')))
}

fn is_day(year: i64, month: i64, day: i64) -> bool {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=last).contains(&day)
}

/// Days from 1970-01-01, counting years from March so that the leap day comes last.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let month = (month + 9) % 12;
    year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_http_date_is_a_moment() {
        assert_eq!(http_date("Thu, 01 Jan 1970 00:00:00 GMT"), Some(0));
        assert_eq!(http_date("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777_000));
        assert_eq!(http_date("Thu, 29 Feb 2024 23:59:59 GMT"), Some(1_709_251_199_000));
        assert_eq!(http_date("Mon, 01 Mar 2100 00:00:00 GMT"), Some(4_107_542_400_000));
    }

    #[test]
    fn what_is_no_http_date_is_refused() {
        for text in [
            "",
            "soon",
            "1994-11-06T08:49:37Z",
            "Sun, 31 Feb 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 UTC",
            "Sun, 06 Nov 1994 24:49:37 GMT",
            "Sun, 06 ovD 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 GMT GMT",
            "Sun, 06 Nov +994 08:49:37 GMT",
        ] {
            assert_eq!(http_date(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_time_has_a_day_that_exists_a_time_and_an_offset() {
        for text in [
            "2019-08-24T14:15:22Z",
            "2024-02-29T00:00:00.123456Z",
            "2030-12-31T23:59:60+05:30",
            "2030-01-01t00:00:00-00:00",
        ] {
            assert!(is_date_time(text), "{text}");
        }
        for text in [
            "",
            "tomorrow",
            "2019-08-24",
            "2019-08-24T14:15:22",
            "2019-08-24T14:15Z",
            "2019-08-24 14:15:22Z",
            "2023-02-29T00:00:00Z",
            "2019-13-01T00:00:00Z",
            "2019-08-24T24:00:00Z",
            "2019-08-24T14:15:22.Z",
            "2019-08-24T14:15:22+5:30",
            "2019-08-24T14:15:22+24:00",
            "2019-08-24T14:15:22Zé",
            "+019-08-24T14:15:22Z",
        ] {
            assert!(!is_date_time(text), "{text}");
        }
    }
}
