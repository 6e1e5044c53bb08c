//! Credentials, and keeping them out of everything that is printed.
// cspell:ignore Rpbjpvc

use std::fmt;

use super::http::KEPT;
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
///
/// `Debug` prints neither the secret nor the username, which may be somebody's email address.
#[derive(Clone, PartialEq, Eq)]
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

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Credentials::Basic { .. } => "Basic([redacted])",
            Credentials::ApiKey { .. } => "ApiKey([redacted])",
        })
    }
}

impl Credentials {
    /// The value of the `Authorization` header, for Basic authentication.
    pub(crate) fn authorization(&self) -> Option<Secret> {
        let mut digits = self.pair()?;
        while digits.len() % 4 != 0 {
            digits.push('=');
        }
        Some(Secret(["Basic ", &digits].concat()))
    }

    /// Username and password in base64, which may also stand without padding.
    fn pair(&self) -> Option<String> {
        match self {
            Credentials::Basic { username, password } => {
                Some(base64([username.as_str(), ":", password.expose()].concat().as_bytes()))
            }
            Credentials::ApiKey { .. } => None,
        }
    }

    /// The text without the secret, however it is written there: plain, percent-encoded,
    /// escaped as in JSON or HTML, several times over, base64, alone or with the username.
    pub(crate) fn scrub(&self, text: String) -> String {
        let secret = match self {
            Credentials::Basic { password, .. } => password,
            Credentials::ApiKey { key, .. } => key,
        };
        // Padding may be left out, or be encoded itself.
        let encoded = base64(secret.0.as_bytes());
        let pair = self.pair().unwrap_or_default();
        let needles = [secret.expose(), &encoded, &pair];
        let cut = text.len() >= KEPT;
        let mut hidden = vec![false; text.len()];
        let mut letters: Vec<Letter> = text.bytes().zip(0..).collect();
        let mut layers = LAYERS.iter();
        loop {
            for needle in needles {
                for start in 0..letters.len() {
                    let rest = letters.get(start..).unwrap_or_default();
                    let len = spelt(rest, needle.as_bytes(), cut);
                    if len == 0 {
                        continue;
                    }
                    let at =
                        |index: usize| letters.get(index).map_or(text.len(), |letter| letter.1);
                    if let Some(range) = hidden.get_mut(at(start)..at(start + len)) {
                        range.fill(true);
                    }
                }
            }
            // Most texts have none of them.
            let there = |layer: &&u8| letters.iter().any(|letter| letter.0 == **layer);
            let Some(layer) = layers.find(there) else { break };
            letters = unwrapped(&letters, *layer);
        }
        let (mut kept, mut at) = (String::new(), 0);
        for run in hidden.chunk_by(|one, next| one == next) {
            let end = at + run.len();
            let shown = text.get(at..end).unwrap_or_default();
            kept.push_str(if run.contains(&true) { REDACTED } else { shown });
            at = end;
        }
        kept
    }
}

/// What begins an encoded letter, in the order in which the encodings are taken off: a page that
/// quotes JSON that quotes JSON that quotes a URL that holds JSON.
const LAYERS: &[u8] = b"&\\\\%\\";

/// The longest spelling of a letter, which may be cut off with the text.
const LONGEST_LETTER: usize = 8;

/// A byte of the text, and where it was written. It ends where the next one begins.
type Letter = (u8, usize);

/// How many of the letters spell the needle, or, where the text was cut off, its beginning.
fn spelt(letters: &[Letter], needle: &[u8], cut: bool) -> usize {
    let mut len = 0;
    while let Some((letter, _)) = letters.get(len)
        && let Some(wanted) = needle.get(len)
        // What stands for it in forms and in URL-safe base64.
        && (letter == wanted
            || matches!((*wanted, *letter), (b' ', b'+') | (b'+', b'-') | (b'/', b'_')))
    {
        len += 1;
    }
    match len {
        0 => 0,
        _ if len == needle.len() => len,
        _ if cut && len + LONGEST_LETTER > letters.len() => letters.len(),
        _ => 0,
    }
}

/// What a letter after a backslash stands for.
fn control(escaped: u8) -> u8 {
    match escaped {
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'b' => 8,
        b'f' => 12,
        other => other,
    }
}

/// As many digits as there are, up to `most`: the number, and where they end.
// Drawn into each of its four callers, it weighs more.
#[inline(never)]
fn number(letters: &[Letter], from: usize, most: usize, radix: u32) -> (u32, usize) {
    let (mut value, mut at) = (0, from);
    while at < from + most
        && let Some(letter) = letters.get(at)
        && let Some(digit) = char::from(letter.0).to_digit(radix)
    {
        value = value * radix + digit;
        at += 1;
    }
    (value, at)
}

/// The text with one encoding taken off.
fn unwrapped(letters: &[Letter], layer: u8) -> Vec<Letter> {
    let mut out = Vec::with_capacity(letters.len());
    let mut start = 0;
    while let Some(first) = letters.get(start) {
        let byte = |at: usize| letters.get(start + at).map_or(0, |letter| letter.0);
        let number = |from, most, radix| number(&letters[start..], from, most, radix);
        let (code, end) = match (first.0, byte(1), byte(2)) {
            (first, ..) if first != layer => (0, 0),
            (b'%', ..) => number(1, 2, 16),
            (b'\\', b'u', _) => match number(2, 4, 16) {
                // What JSON writes as two halves.
                (high @ 0xd800..0xdc00, 6) if byte(7) == b'u' => {
                    let (low, end) = number(8, 4, 16);
                    (0x1_0000 + ((high & 0x3ff) << 10) + (low & 0x3ff), end)
                }
                other => other,
            },
            (b'\\', escaped, _) => (u32::from(control(escaped)), 2),
            (_, b'#', b'x') => number(3, 6, 16),
            (_, b'#', _) => number(2, 7, 10),
            (_, b'a', b'p') => (39, 5),
            (_, b'a', _) => (38, 4),
            (_, b'q', _) => (34, 5),
            (_, b'l', _) => (60, 3),
            (_, b'g', _) => (62, 3),
            _ => (0, 0),
        };
        let end = if layer == b'&' && end > 0 { end + 1 } else { end };
        start += end.max(1);
        // The short ones stand for a byte, the others for a letter.
        if end == 0 || code == 0 {
            out.push(*first);
        } else if end < 4 {
            out.push((code as u8, first.1));
        } else {
            let letter = char::from_u32(code).unwrap_or_default();
            out.extend(letter.encode_utf8(&mut [0; 4]).bytes().map(|byte| (byte, first.1)));
        }
    }
    out
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
        let mut encoded = String::new();
        percent_encode(secret.as_bytes(), &mut encoded);
        let seen = [
            secret.to_owned(),
            encoded.to_lowercase(),
            encoded.replace("%20", "+").replace("%21", "!"),
            encoded,
            serde_json::to_string(secret).expect("a string has JSON").trim_matches('"').to_owned(),
            secret.replace('\\', "\\\\").replace('"', "\\\"").replace('é', "\\u00e9"),
            serde_json::to_string(&serde_json::to_string(secret).expect("JSON"))
                .expect("JSON")
                .trim_matches(['"', '\\'])
                .to_owned(),
            secret.replace('"', "&quot;").replace('%', "&#37;").replace('/', "&#x2F;"),
            secret.replace('\\', "\\\\").replace('"', "\\&quot;"),
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
    fn a_letter_that_json_writes_in_two_halves_is_scrubbed() {
        let credentials =
            Credentials::ApiKey { key: "k😀1".into(), placement: KeyPlacement::Query };
        for form in ["k\\ud83d\\ude001", "k\\uD83D\\uDE001", "k&#128512;1", "k&#x1F600;1"] {
            assert_eq!(credentials.scrub(["<", form, ">"].concat()), "<[redacted]>", "{form}");
        }
        let halves = "\\ud83d \\ud83d\\n \\ude00";
        assert_eq!(credentials.scrub(halves.into()), halves);
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
    fn a_secret_that_is_cut_off_with_its_text_is_scrubbed() {
        let credentials =
            Credentials::ApiKey { key: "k-12/345".into(), placement: KeyPlacement::Query };
        for tail in ["k-", "k-12", "k-12%2", "k-12%2F34", "ay0xMi8"] {
            let text = credentials.scrub("-".repeat(KEPT) + tail);
            assert_eq!(text.trim_start_matches('-'), REDACTED, "{tail}");
        }
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
        assert_eq!(format!("{credentials:?}"), "ApiKey([redacted])");
    }
}
