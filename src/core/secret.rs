//! Credentials, and keeping them out of everything that is printed.

use std::fmt;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

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

    /// Every form in which the secret may come back to us: plain, percent-encoded, escaped
    /// as in JSON, base64.
    fn forms(&self) -> Vec<String> {
        let (secret, basic) = match self {
            Credentials::Basic { username, password } => {
                (password.expose(), Some([username.as_str(), ":", password.expose()].concat()))
            }
            Credentials::ApiKey { key, .. } => (key.expose(), None),
        };
        let everything: String = utf8_percent_encode(secret, NON_ALPHANUMERIC).collect();
        let component = percent_encode(secret);
        let mut forms = vec![
            secret.to_owned(),
            everything.replace("%20", "+"),
            everything.to_lowercase(),
            everything,
            component.replace("%20", "+"),
            component.to_lowercase(),
            // What encodeURIComponent leaves alone beyond RFC 3986.
            component
                .replace("%21", "!")
                .replace("%27", "'")
                .replace("%28", "(")
                .replace("%29", ")")
                .replace("%2A", "*"),
            component,
            secret.replace('\\', "\\\\").replace('"', "\\\""),
        ];
        for text in basic.iter().map(String::as_str).chain([secret]) {
            let encoded = base64(text.as_bytes());
            let bare = encoded.trim_end_matches('=');
            forms.push(bare.replace('+', "-").replace('/', "_"));
            forms.push(percent_encode(bare));
            forms.push(bare.to_owned());
        }
        // The longest first, so that no form leaves the tail of a longer one behind.
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        forms
    }

    /// The text without any form of the secret.
    pub(crate) fn scrub(&self, text: String) -> String {
        self.forms().iter().filter(|form| !form.is_empty()).fold(text, |text, form| {
            if text.contains(form.as_str()) { text.replace(form.as_str(), REDACTED) } else { text }
        })
    }
}

/// The text as one segment of a path or one value of a query.
pub(crate) fn percent_encode(text: &str) -> String {
    const SEGMENT: &percent_encoding::AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    utf8_percent_encode(text, SEGMENT).collect()
}

// A dozen lines against a crate whose engines cost more bytes than this whole file.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for i in 0..4 {
            let letter = ALPHABET[(bits >> (18 - 6 * i)) as usize & 63];
            text.push(if i <= chunk.len() { letter as char } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_matches_the_vectors_of_rfc_4648() {
        let vectors = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, encoded) in vectors {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
    }

    #[test]
    fn basic_credentials_are_the_pair_in_utf_8() {
        let credentials =
            Credentials::Basic { username: "Aladdin".into(), password: "open sesame".into() };
        let header = credentials.authorization().map(|secret| secret.expose().to_owned());
        assert_eq!(header.as_deref(), Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    }

    #[test]
    fn every_form_of_a_secret_is_scrubbed() {
        let secret = "p@ss w/rd+\"1\"!é";
        let credentials = Credentials::Basic { username: "jane".into(), password: secret.into() };
        let seen = [
            secret.to_owned(),
            percent_encode(secret),
            percent_encode(secret).to_lowercase(),
            percent_encode(secret).replace("%20", "+"),
            percent_encode(secret).replace("%21", "!"),
            secret.replace('"', "\\\""),
            base64(secret.as_bytes()),
            base64(format!("jane:{secret}").as_bytes()),
        ];
        for form in seen {
            let text = credentials.scrub(format!("before {form} after"));
            let rest = text.replace(REDACTED, "").replace('=', "");
            assert_eq!(rest, "before  after", "{form} left something behind");
        }
    }

    #[test]
    fn debug_prints_no_secret() {
        let credentials =
            Credentials::ApiKey { key: "k-123".into(), placement: KeyPlacement::Body };
        assert_eq!(format!("{credentials:?}"), "ApiKey { key: [redacted], placement: Body }");
    }
}
