//! The URL of a call.

use crate::core::config::{Config, placeholder, placeholders, segments};
use crate::core::credentials::Credentials;
use crate::core::operation::{BodyKind, Endpoint, PathArg};
use crate::core::text::{is_unreserved, percent_encode};
use crate::error::sentence::Sentence;

/// The option, and the name in the query.
pub(super) const KEY: &str = "submissionKey";

/// Why the call cannot take this submission key.
pub(super) fn key_problem(key: &str, endpoint: &Endpoint, config: &Config) -> Option<Sentence> {
    if !endpoint.takes_submission_key || config.credentials.is_some() {
        Some(Sentence::KeyWithoutRelay)
    } else if !(1..65).contains(&key.len()) || !key.bytes().all(is_unreserved) {
        Some(Sentence::KeyCharacters)
    } else {
        None
    }
}

/// Whether an API key goes into the body rather than into the URL.
pub(super) fn is_key_in_body(config: &Config, endpoint: &Endpoint) -> bool {
    config.body_key().is_some() && !matches!(endpoint.body, BodyKind::Empty)
}

/// The whole URL, with the query.
pub(super) fn write(
    config: &Config,
    endpoint: &Endpoint,
    path: &str,
    args: &[PathArg],
    submission_key: Option<&str>,
    key_in_body: bool,
) -> String {
    // Room for most of what follows.
    let mut url = String::with_capacity(config.base_url.len() + 80);
    url.push_str(&config.base_url);
    for segment in segments(path) {
        // The caller's path may name the placeholders in another order than the values come in.
        let value = match placeholder(segment) {
            None => segment,
            Some(name) => match placeholders(endpoint.path).position(|known| known == name) {
                Some(at @ 1..) => {
                    args.get(at - 1).map_or(b"".as_slice(), |arg| arg.value.as_bytes())
                }
                _ => config.app_id.as_bytes(),
            },
        };
        url.push('/');
        percent_encode(value, &mut url);
    }
    if let Some(Credentials::ApiKey { key, .. }) = &config.credentials
        && !key_in_body
    {
        url.push_str("?api_key=");
        percent_encode(key.expose().as_bytes(), &mut url);
    }
    if let Some(key) = submission_key {
        for part in ["?", KEY, "=", key] {
            url.push_str(part);
        }
    }
    url
}
