//! The two date forms that HTTP and the API speak.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::schema::{Schema, Shape};

/// Milliseconds since the epoch for an HTTP date (`Sun, 06 Nov 1994 08:49:37 GMT`).
///
/// The two obsolete forms of RFC 9110 are not read: no server we know sends them.
pub fn http_date(text: &str) -> Option<f64> {
    let [day, year, hours, minutes, seconds, _] = read(text, b"???, 00 ??? 0000 00:00:00 GMT")?;
    let named = |names: &[u8], at: usize| {
        names.chunks(3).position(|name| text.as_bytes().get(at..at + 3) == Some(name))
    };
    let month = named(b"JanFebMarAprMayJunJulAugSepOctNovDec", 8)?;
    let days = day_number(year, month as u32 + 1, day)?;
    // The epoch began on a Thursday.
    let weekday = named(b"ThuFriSatSunMonTueWed", 0)?;
    (is_time(hours, minutes, seconds) && days.rem_euclid(7) as usize == weekday).then_some(())?;
    let seconds = (hours * 60 + minutes) * 60 + seconds;
    Some((f64::from(days) * 86_400.0 + f64::from(seconds)) * 1000.0)
}

/// Whether the text is an ISO 8601 date and time with its offset, as RFC 3339 narrows it.
///
/// A time without an offset means another moment to every reader, so it does not pass.
pub fn is_date_time(text: &str) -> bool {
    parse_date_time(text).is_some()
}

fn parse_date_time(text: &str) -> Option<()> {
    let (moment, mut rest) = text.split_at_checked(19)?;
    let [year, month, day, hours, minutes, seconds] = read(moment, b"0000-00-00T00:00:00")?;
    day_number(year, month, day)?;
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = fraction.trim_start_matches(|letter: char| letter.is_ascii_digit());
        (rest.len() < fraction.len()).then_some(())?;
    }
    if !matches!(rest, "Z" | "z") {
        let [hours, minutes, ..] = read(rest, b"+00:00").or_else(|| read(rest, b"-00:00"))?;
        is_time(hours, minutes, 0).then_some(())?;
    }
    is_time(hours, minutes, seconds).then_some(())
}

/// The numbers in a text of exactly this pattern: `0` is a digit, `?` any byte, all else itself.
fn read(text: &str, pattern: &[u8]) -> Option<[u32; 6]> {
    let mut numbers = [0; 6];
    let mut at = 0;
    let mut inside = false;
    if text.len() != pattern.len() {
        return None;
    }
    for (byte, wanted) in text.bytes().zip(pattern) {
        if *wanted == b'0' {
            if !byte.is_ascii_digit() {
                return None;
            }
            let number = numbers.get_mut(at)?;
            *number = *number * 10 + u32::from(byte - b'0');
            inside = true;
        } else {
            // RFC 3339 takes a small `t` as well.
            if *wanted != b'?' && *wanted != byte && (*wanted != b'T' || byte != b't') {
                return None;
            }
            at += usize::from(inside);
            inside = false;
        }
    }
    Some(numbers)
}

/// Whether there is such a time. A leap second is one that exists.
fn is_time(hours: u32, minutes: u32, seconds: u32) -> bool {
    hours < 24 && minutes < 60 && seconds <= 60
}

/// Days from 1970-01-01 to a day that exists, counting years from March so that the leap day
/// comes last.
fn day_number(year: u32, month: u32, day: u32) -> Option<i32> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    // A year more keeps the year 0 from going below nothing.
    let year = year + 400 - u32::from(month <= 2);
    let month = (month + 9) % 12;
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1;
    (1..=last).contains(&day).then_some(days as i32 - 719_468 - 146_097)
}

/// A moment that the API can read: an ISO 8601 date-time with an offset, as it was written.
///
/// Two of them are equal where their texts are.
///
/// ```
/// use botsplash::DateTime;
/// assert!(DateTime::new("2030-08-24T14:15:22Z").is_some());
/// assert!("next Tuesday".parse::<DateTime>().is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct DateTime(String);

impl DateTime {
    /// The moment that the text names, or `None` where it is not a date-time with an offset.
    pub fn new(text: impl Into<String>) -> Option<DateTime> {
        let text = text.into();
        is_date_time(&text).then_some(DateTime(text))
    }

    /// The text as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for DateTime {
    type Err = NotADateTime;

    fn from_str(text: &str) -> Result<DateTime, NotADateTime> {
        DateTime::new(text).ok_or(NotADateTime)
    }
}

impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<DateTime, D::Error> {
        DateTime::new(String::deserialize(deserializer)?)
            .ok_or_else(|| D::Error::custom(NotADateTime))
    }
}

impl Schema for DateTime {
    const SHAPE: Shape = Shape::DateTime;
}

/// The text is not an ISO 8601 date-time with an offset. The error does not quote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotADateTime;

impl fmt::Display for NotADateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected an ISO 8601 date-time with an offset, such as 2030-08-24T14:15:22Z")
    }
}

impl std::error::Error for NotADateTime {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_http_date_is_a_moment() {
        assert_eq!(http_date("Thu, 01 Jan 1970 00:00:00 GMT"), Some(0.0));
        assert_eq!(http_date("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777_000.0));
        assert_eq!(http_date("Thu, 29 Feb 2024 23:59:59 GMT"), Some(1_709_251_199_000.0));
        assert_eq!(http_date("Mon, 01 Mar 2100 00:00:00 GMT"), Some(4_107_542_400_000.0));
        assert_eq!(http_date("Wed, 31 Dec 1969 23:59:60 GMT"), Some(0.0));
        assert_eq!(http_date("Sat, 01 Jan 0000 00:00:00 GMT"), Some(-62_167_219_200_000.0));
    }

    #[test]
    fn every_day_of_a_year_follows_the_one_before() {
        const NAMES: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
        for (year, first) in
            [(1900, -25_567), (1970, 0), (2000, 10_957), (2023, 19_358), (2024, 19_723)]
        {
            let (mut number, mut length): (i32, i32) = (first, 0);
            for (month, name) in (1..).zip(NAMES) {
                for day in 1..32 {
                    let moment = format!("{year}-{month:02}-{day:02}T23:59:59Z");
                    let weekday = DAYS[number.rem_euclid(7) as usize];
                    let date = format!("{weekday}, {day:02} {name} {year} 00:00:00 GMT");
                    let is_leap = year == 2000 || year == 2024;
                    let last = match name {
                        "Feb" => 28 + i32::from(is_leap),
                        "Apr" | "Jun" | "Sep" | "Nov" => 30,
                        _ => 31,
                    };
                    assert_eq!(is_date_time(&moment), day <= last, "{moment}");
                    if day <= last {
                        assert_eq!(
                            http_date(&date),
                            Some(f64::from(number) * 86_400_000.0),
                            "{date}"
                        );
                        number += 1;
                        length += 1;
                    } else {
                        assert_eq!(http_date(&date), None, "{date}");
                    }
                }
            }
            assert_eq!(length, 365 + i32::from(year == 2000 || year == 2024));
        }
        for none in ["2024-00-01", "2024-01-00", "2024-13-01", "2024-04-31", "2024-06-32"] {
            assert!(!is_date_time(&format!("{none}T00:00:00Z")), "{none}");
        }
    }

    #[test]
    fn a_date_time_is_read_and_written_as_it_was() {
        let text = "2030-08-24T14:15:22+05:30";
        let moment: DateTime = text.parse().expect("it is one");
        assert_eq!((moment.to_string(), format!("{moment:?}")), (text.into(), text.into()));
        let json = serde_json::to_string(&moment).expect("it has JSON");
        assert_eq!(serde_json::from_str::<DateTime>(&json).expect("it was one"), moment);
        let refused = serde_json::from_str::<DateTime>("\"tomorrow\"").expect_err("it is none");
        assert!(refused.to_string().contains("ISO 8601"), "{refused}");
        assert!(!refused.to_string().contains("tomorrow"), "{refused}");
    }

    #[test]
    fn what_is_no_http_date_is_refused() {
        for text in [
            "",
            "soon",
            "1994-11-06T08:49:37Z",
            "Thu, 31 Feb 1994 08:49:37 GMT",
            "Thu, 31 Mar 1994 24:00:00 GMT",
            "Thu, 31 Mar 1994 23:60:00 GMT",
            "Thu, 31 Mar 1994 23:59:61 GMT",
            "Mon, 06 Nov 1994 08:49:37 GMT",
            "Xyz, 06 Nov 1994 08:49:37 GMT",
            "sun, 06 Nov 1994 08:49:37 GMT",
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
            "2019-08-24T23:60:00Z",
            "2019-08-24T23:59:61Z",
            "2019-08-24T23:59:59+23:60",
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
