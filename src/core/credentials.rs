//! Who is calling: what proves it, and where that travels.
// cspell:ignore Rpbjpvc

use std::fmt;

use super::scrub::{REDACTED, scrub};
use super::text::{base64, joined};

/// A text that never prints itself.
///
/// ```
/// use botsplash::Secret;
/// assert_eq!(format!("{:?}", Secret::from("hunter2")), "[redacted]");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text in the clear. The caller is responsible for where it goes.
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

/// Where an API key travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyPlacement {
    /// In the URL, as `?api_key=`. Servers and proxies on the way may log URLs.
    #[default]
    Query,
    /// In the JSON body or as a multipart field. Operations without a body send it in the query.
    Body,
}

/// The caller's proof of identity. The API takes either form on every call.
///
/// `Debug` prints neither the secret nor the username, which may be somebody's email address.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
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
    /// A username and a password.
    pub fn basic(username: impl Into<String>, password: impl Into<Secret>) -> Credentials {
        Credentials::Basic { username: username.into(), password: password.into() }
    }

    /// An API key, which travels in the URL.
    pub fn api_key(key: impl Into<Secret>) -> Credentials {
        Credentials::ApiKey { key: key.into(), placement: KeyPlacement::Query }
    }

    /// An API key, which travels in the body where there is one.
    pub fn api_key_in_body(key: impl Into<Secret>) -> Credentials {
        Credentials::ApiKey { key: key.into(), placement: KeyPlacement::Body }
    }

    /// The value of the `Authorization` header, for Basic authentication.
    pub(crate) fn authorization(&self) -> Option<Secret> {
        let Credentials::Basic { username, password } = self else { return None };
        let mut digits = base64(joined(&[username, ":", password.expose()]).as_bytes());
        while !digits.len().is_multiple_of(4) {
            digits.push('=');
        }
        Some(Secret(joined(&["Basic ", &digits])))
    }

    /// The text without the secret and without the username, however they are written there.
    pub(crate) fn scrub(&self, text: String) -> String {
        match self {
            Credentials::Basic { username, password } => {
                scrub(text, &[password.expose(), username])
            }
            Credentials::ApiKey { key, .. } => scrub(text, &[key.expose()]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_credentials_are_the_pair_in_utf_8() {
        let credentials =
            Credentials::Basic { username: "Aladdin".into(), password: "open sesame".into() };
        let header = credentials.authorization().map(|secret| secret.expose().to_owned());
        assert_eq!(header.as_deref(), Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    }

    #[test]
    fn debug_prints_no_secret() {
        let credentials =
            Credentials::ApiKey { key: "k-123".into(), placement: KeyPlacement::Body };
        assert_eq!(format!("{credentials:?}"), "ApiKey([redacted])");
    }
}
