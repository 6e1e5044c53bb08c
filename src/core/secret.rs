//! Credentials, and keeping them out of everything that is printed.

use std::fmt;

use super::text::base64;

/// A text that never prints itself.
///
/// ```
/// use botsplash::Secret;
/// assert_eq!(format!("{:?}", Secret::from("hunter2")), "[redacted]");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text in the clear. Whoever calls this answers for where it goes.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl<S: Into<String>> From<S> for Secret {
    fn from(text: S) -> Secret {
        Secret(text.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

const REDACTED: &str = "[redacted]";

/// Where an API key travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeyPlacement {
    /// In the URL, as `?api_key=`. Servers and proxies on the way may log URLs.
    #[default]
    Query,
    /// In the JSON body or as a multipart field. Operations without a body send it in the query.
    Body,
}

/// What proves to the API who is calling. It takes either form on every call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// HTTP Basic authentication.
    Basic {
        /// The user's name, without a colon.
        username: String,
        /// The password.
        password: Secret,
    },
    /// An API key.
    ApiKey {
        /// The key.
        key: Secret,
        /// Where it travels.
        placement: KeyPlacement,
    },
}

impl Credentials {
    /// The value of the `Authorization` header, for Basic authentication.
    pub(crate) fn authorization(&self) -> Option<Secret> {
        match self {
            Credentials::Basic { username, password } => {
                let pair = [username.as_str(), ":", password.expose()].concat();
                Some(Secret(["Basic ", &base64(pair.as_bytes())].concat()))
            }
            Credentials::ApiKey { .. } => None,
        }
    }

    /// The text without the secret, however it is written there: plain, percent-encoded,
    /// escaped as in JSON, base64, alone or with the username.
    pub(crate) fn scrub(&self, text: String) -> String {
        let secret = match self {
            Credentials::Basic { password, .. } => password,
            Credentials::ApiKey { key, .. } => key,
        };
        let encoded = base64(secret.0.as_bytes());
        let header = self.authorization().map_or(String::new(), |header| header.0);
        let pair = header.strip_prefix("Basic ").unwrap_or_default();
        // The padding may be left out, or be encoded itself.
        let needles =
            [secret.expose(), encoded.trim_end_matches(['=']), pair.trim_end_matches(['='])];
        let bytes = text.as_bytes();
        let mut kept = String::with_capacity(text.len());
        let (mut from, mut at) = (0, 0);
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let longest = needles.iter().filter_map(|needle| matched(rest, needle)).max();
            match longest {
                Some(len @ 1..) => {
                    kept.push_str(text.get(from..at).unwrap_or_default());
                    kept.push_str(REDACTED);
                    at += len;
                    from = at;
                }
                _ => at += 1,
            }
        }
        kept.push_str(text.get(from..).unwrap_or_default());
        kept
    }
}

/// How many bytes at the start of the text spell the needle, each letter in any encoding.
fn matched(text: &[u8], needle: &str) -> Option<usize> {
    // Every place that the letters so far may end at: a letter can be spelt in more ways than
    // one, and going back for each would take forever on a text made to that end.
    let mut ends = vec![0];
    for letter in needle.chars() {
        let mut next = Vec::new();
        for end in ends {
            for len in spelt(text.get(end..)?, letter).into_iter().flatten() {
                if !next.contains(&(end + len)) {
                    next.push(end + len);
                }
            }
        }
        ends = next;
    }
    ends.into_iter().max()
}

/// The lengths of a letter's spellings at the start of the text: as it is (or as its stand-in in
/// forms and in URL-safe base64), percent-encoded, escaped as in JSON.
fn spelt(text: &[u8], letter: char) -> [Option<usize>; 3] {
    let mut buffer = [0; 4];
    let bytes = letter.encode_utf8(&mut buffer).as_bytes();
    let stand_in = match letter {
        ' ' => b'+',
        '+' => b'-',
        '/' => b'_',
        _ => 0,
    };
    let hex = |digits: &[u8]| {
        digits.iter().try_fold(0, |value, digit| Some(value * 16 + (*digit as char).to_digit(16)?))
    };
    let percent = |at: usize| match text.get(3 * at..3 * at + 3) {
        Some([b'%', digits @ ..]) => hex(digits) == bytes.get(at).map(|byte| u32::from(*byte)),
        _ => false,
    };
    let plain = text.starts_with(bytes) || text.first() == Some(&stand_in);
    let escaped = match text {
        [b'\\', b'u', digits @ ..] => {
            (digits.get(..4).and_then(hex) == Some(u32::from(letter))).then_some(6)
        }
        [b'\\', rest @ ..] if rest.starts_with(bytes) => Some(1 + bytes.len()),
        _ => None,
    };
    [
        plain.then_some(bytes.len()),
        (0..bytes.len()).all(percent).then_some(3 * bytes.len()),
        escaped,
    ]
}

#[cfg(test)]
mod tests {
    use super::super::text::percent_encode;
    use super::*;

    #[test]
    fn basic_credentials_are_the_pair_in_utf_8() {
        let credentials =
            Credentials::Basic { username: "Aladdin".into(), password: "open sesame".into() };
        let header = credentials.authorization().map(|secret| secret.expose().to_owned());
        assert_eq!(header.as_deref(), Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    }

    #[test]
    fn every_form_of_a_secret_is_scrubbed() {
        let secret = "p@ss%w/rd+ \"1\"!\\é";
        let credentials = Credentials::Basic { username: "jane".into(), password: secret.into() };
        let encoded = percent_encode(secret);
        let seen = [
            secret.to_owned(),
            encoded.to_lowercase(),
            encoded.replace("%20", "+").replace("%21", "!"),
            encoded,
            serde_json::to_string(secret).expect("a string has JSON").trim_matches('"').to_owned(),
            secret.replace('\\', "\\\\").replace('"', "\\\"").replace('é', "\\u00e9"),
            base64(secret.as_bytes()),
            base64(format!("jane:{secret}").as_bytes()),
            base64(format!("jane:{secret}").as_bytes()).replace('+', "-").replace('/', "_"),
        ];
        for form in seen {
            let text = credentials.scrub(format!("before é {form} after"));
            let rest = text.replace(REDACTED, "").replace('=', "");
            assert_eq!(rest, "before é  after", "{form} left something behind");
        }
    }

    #[test]
    fn a_text_made_to_confuse_takes_no_longer() {
        let secret = "\\".repeat(64) + "x";
        let credentials =
            Credentials::ApiKey { key: secret.into(), placement: KeyPlacement::Query };
        let text = "\\".repeat(512);
        assert_eq!(credentials.scrub(text.clone()), text);
    }

    #[test]
    fn what_is_no_secret_stays() {
        let credentials =
            Credentials::ApiKey { key: "k-123".into(), placement: KeyPlacement::Query };
        for text in ["", "k-12", "k-1234".get(1..).unwrap_or_default(), "%", "\\u00", "é\\"] {
            assert_eq!(credentials.scrub(text.into()), text);
        }
    }

    #[test]
    fn debug_prints_no_secret() {
        let credentials =
            Credentials::ApiKey { key: "k-123".into(), placement: KeyPlacement::Body };
        assert_eq!(format!("{credentials:?}"), "ApiKey { key: [redacted], placement: Body }");
    }
}
