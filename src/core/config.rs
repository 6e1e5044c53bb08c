//! How a client is set up. Everything is checked here, before the first call.
// cspell:ignore hexdigit

use std::time::Duration;

use super::credentials::{Credentials, KeyPlacement, Secret};
use super::http::Method;
use super::operation::{BodyKind, Endpoint};
use super::text::is_unreserved;
use crate::error::sentence::{Detail, Sentence};
use crate::error::{Error, Problem, Result};

/// The time that one attempt gets unless told otherwise.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
/// How often a call is tried again unless told otherwise.
pub const DEFAULT_RETRIES: u32 = 2;
/// The most retries that can be asked for.
pub const MOST_RETRIES: u32 = 10;
/// The longest time that one attempt can be given: what a timer can be set for, 24.8 days.
pub const LONGEST_TIMEOUT: Duration = Duration::from_millis(i32::MAX as u64);

/// A client's settings. `Debug` prints no secret.
///
/// ```
/// use botsplash::{BASE_URL, Config, Credentials};
/// use std::time::Duration;
///
/// let config = Config::new(BASE_URL, "acme")?
///     .credentials(Credentials::Basic { username: "acme-crm".into(), password: "…".into() })?
///     .timeout(Duration::from_secs(10))?
///     .retries(1)?;
/// # Ok::<(), botsplash::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Config {
    pub(crate) base_url: String,
    pub(crate) app_id: String,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) authorization: Option<Secret>,
    pub(crate) timeout: Duration,
    pub(crate) retries: u32,
    pub(crate) routes: Vec<(&'static str, Method, String)>,
    pub(crate) allow_browser_credentials: bool,
    /// Whether the program runs in a page, where other things go wrong.
    pub(crate) is_browser: bool,
}

impl Config {
    /// Settings for an account's App Name or ID, without credentials.
    ///
    /// `base_url` is an absolute `http` or `https` URL without user, query and fragment. In
    /// WebAssembly it may be a path such as `/relay`, which a page resolves.
    ///
    /// # Errors
    /// `configuration` where either cannot be part of a URL.
    pub fn new(base_url: &str, app_id: &str) -> Result<Config> {
        if !is_base(base_url.as_bytes()) || base_url.bytes().any(|byte| byte == b'\\') {
            return Err(Error::configuration("baseUrl", Sentence::UrlOrPath));
        }
        if base_url.bytes().any(|byte| byte <= b' ' || b"?#@".contains(&byte)) {
            return Err(Error::configuration("baseUrl", Sentence::PlainUrl));
        }
        let mut trimmed = base_url;
        while let Some(shorter) = trimmed.strip_suffix("/") {
            trimmed = shorter;
        }
        if let Some(problem) = segment_problem(app_id.as_bytes()) {
            return Err(Error::configuration("appId", problem));
        }
        Ok(Config {
            base_url: trimmed.to_owned(),
            app_id: app_id.to_owned(),
            credentials: None,
            authorization: None,
            timeout: DEFAULT_TIMEOUT,
            retries: DEFAULT_RETRIES,
            routes: Vec::new(),
            allow_browser_credentials: false,
            is_browser: false,
        })
    }

    /// Sends these credentials with every call.
    ///
    /// # Errors
    /// `configuration` where a part is empty; most often, a secret was not set. The same where the
    /// username holds a colon, which Basic authentication cannot carry.
    pub fn credentials(mut self, credentials: Credentials) -> Result<Config> {
        self.set_credentials(credentials)?;
        Ok(self)
    }

    // The setters are there for the JavaScript class: what is not moved costs no bytes.
    pub(crate) fn set_credentials(&mut self, credentials: Credentials) -> Result<()> {
        let problem = |field| Err(Error::configuration(field, Sentence::NotEmpty));
        match &credentials {
            Credentials::Basic { username, .. } if username.is_empty() => {
                return problem("auth.username");
            }
            Credentials::Basic { username, .. } if username.bytes().any(|byte| byte == b':') => {
                return Err(Error::configuration("auth.username", Sentence::NoColon));
            }
            Credentials::Basic { password: secret, .. } if secret.expose().is_empty() => {
                return problem("auth.password");
            }
            Credentials::ApiKey { key: secret, .. } if secret.expose().is_empty() => {
                return problem("auth.apiKey");
            }
            // Most often, a newline from the file that it was read from. A server would strip it,
            // and no scrubbing would know what is left again.
            Credentials::Basic { password: secret, .. } if is_padded(secret.expose()) => {
                return Err(Error::configuration("auth.password", Sentence::NotPadded));
            }
            Credentials::ApiKey { key: secret, .. } if is_padded(secret.expose()) => {
                return Err(Error::configuration("auth.apiKey", Sentence::NotPadded));
            }
            _ => {}
        }
        self.authorization = credentials.authorization();
        self.credentials = Some(credentials);
        Ok(())
    }

    /// Lets credentials be used in a browser, where every visitor can read them.
    pub fn allow_browser_credentials(mut self, allow: bool) -> Config {
        self.allow_browser_credentials = allow;
        self
    }

    /// Gives each attempt this long, up to the response's last byte. Default: 30 seconds.
    ///
    /// A whole call, waits included, never takes longer than this times the number of attempts
    /// that it may make.
    ///
    /// # Errors
    /// `configuration` for nothing, or for more than 24.8 days.
    pub fn timeout(mut self, timeout: Duration) -> Result<Config> {
        self.timeout = checked_timeout(timeout)?;
        Ok(self)
    }

    /// Tries at most this often again, where the operation allows it. Default: 2.
    ///
    /// # Errors
    /// `configuration` for more than 10.
    pub fn retries(mut self, retries: u32) -> Result<Config> {
        self.retries = checked_retries(retries)?;
        Ok(self)
    }

    /// Replaces an operation's method and path: `"POST /{appId}/message"`.
    ///
    /// # Errors
    /// `configuration` unless it is a method and a path with the same placeholders, once each.
    ///
    /// ```
    /// # use botsplash::{BASE_URL, Config, Operation, SendMessage};
    /// let config = Config::new(BASE_URL, "acme")?
    ///     .route(&SendMessage::ENDPOINT, "POST /{appId}/messages")?;
    /// # Ok::<(), botsplash::Error>(())
    /// ```
    pub fn route(mut self, route: &Endpoint, replacement: &str) -> Result<Config> {
        self.set_route(route, replacement)?;
        Ok(self)
    }

    pub(crate) fn set_route(&mut self, route: &Endpoint, replacement: &str) -> Result<()> {
        let field = ["routes.", route.name].concat();
        let fail = |problem: Sentence| Err(Error::configuration(&field, problem));
        let split = Method::ALL.into_iter().find_map(|method| {
            let path = replacement.strip_prefix(method.as_str())?.strip_prefix(" ")?;
            Some((method, path))
        });
        let Some((method, path)) = split.filter(|(_, path)| path.starts_with('/')) else {
            return fail(Sentence::MethodAndPath);
        };
        if method == Method::Get && !matches!(route.body, BodyKind::Empty) {
            return fail(Sentence::GetWithBody);
        }
        let (mut literal, mut given) = (true, Vec::new());
        for segment in segments(path) {
            match placeholder(segment) {
                Some(name) => given.push(name),
                None => {
                    literal &= segment_problem(segment).is_none()
                        && segment.iter().copied().all(is_unreserved);
                }
            }
        }
        if !literal {
            return fail(Sentence::PathSegments);
        }
        let wanted = placeholders(route.path);
        if wanted.clone().count() != given.len()
            || !wanted.into_iter().all(|name| given.contains(&name))
        {
            let problem = Problem::Known(Sentence::Placeholders, Detail::Text(route.path));
            return Err(Error::configuration(&field, problem));
        }
        self.routes.push((route.name, method, path.to_owned()));
        Ok(())
    }

    /// The API key that goes into bodies.
    pub(crate) fn body_key(&self) -> Option<&str> {
        match &self.credentials {
            Some(Credentials::ApiKey { key, placement: KeyPlacement::Body }) => Some(key.expose()),
            _ => None,
        }
    }

    /// Keeps credentials out of pages, where every visitor can read them.
    ///
    /// # Errors
    /// `configuration` where there are credentials in a page, and the settings do not allow it.
    pub(crate) fn guard(&self) -> Result<()> {
        if self.is_browser && self.credentials.is_some() && !self.allow_browser_credentials {
            return Err(Error::configuration("auth", Sentence::BrowserCredentials));
        }
        Ok(())
    }

    /// The method and path for an operation, and whether the caller replaced them.
    pub(crate) fn target<'a>(&'a self, route: &'a Endpoint) -> (Method, &'a str, bool) {
        // The last word counts.
        match self.routes.iter().rev().find(|(name, ..)| *name == route.name) {
            Some((_, method, path)) => (*method, path, true),
            None => (route.method, route.path, false),
        }
    }
}

pub(crate) fn checked_timeout(timeout: Duration) -> Result<Duration> {
    if timeout < Duration::from_millis(1) || timeout > LONGEST_TIMEOUT {
        return Err(Error::configuration("timeoutMs", Sentence::TimeoutRange));
    }
    Ok(timeout)
}

pub(crate) fn checked_retries(retries: u32) -> Result<u32> {
    if retries > MOST_RETRIES {
        return Err(Error::configuration("retries", Sentence::RetriesRange));
    }
    Ok(retries)
}

/// Whether requests can go there: a scheme and a host, or a path that a page resolves.
fn is_base(url: &[u8]) -> bool {
    let rest = [b"https://".as_slice(), b"http://"].into_iter().find_map(|scheme| {
        let (start, rest) = url.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    });
    match rest {
        #[cfg(target_arch = "wasm32")]
        Some(rest) => has_host(rest),
        #[cfg(not(target_arch = "wasm32"))]
        Some(rest) => is_host_and_path(rest),
        // A path stays on the page's own host: `//host` would not.
        None => {
            cfg!(target_arch = "wasm32") && url.first() == Some(&b'/') && url.get(1) != Some(&b'/')
        }
    }
}

/// Whether there is a host. A platform that has `fetch` parses the rest itself, before it sends
/// anything, and the call says so.
#[cfg(target_arch = "wasm32")]
fn has_host(rest: &[u8]) -> bool {
    rest.first().is_some_and(|byte| *byte != b'/')
}

/// Whether it is a host, a port if one is named, and a path whose escapes are whole.
#[cfg(not(target_arch = "wasm32"))]
fn is_host_and_path(rest: &[u8]) -> bool {
    let is_whole = |escape: &[u8]| {
        escape.get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    rest.split(|byte| *byte == b'/').next().is_some_and(is_authority)
        && rest.split(|byte| *byte == b'%').skip(1).all(is_whole)
}

#[cfg(not(target_arch = "wasm32"))]
fn is_authority(authority: &[u8]) -> bool {
    let ends_host = |byte: &u8| *byte == if authority.starts_with(b"[") { b']' } else { b':' };
    let end = authority.iter().position(ends_host).unwrap_or(authority.len());
    let (host, port) = authority.split_at(end);
    let (is_host, port) = match host.strip_prefix(b"[") {
        Some(address) => (
            address.contains(&b':')
                && address.iter().all(|byte| byte.is_ascii_hexdigit() || b":.".contains(byte)),
            port.get(1..),
        ),
        None => (
            host.first().is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())
                && host.iter().all(|byte| is_unreserved(*byte) || !byte.is_ascii()),
            Some(port),
        ),
    };
    is_host
        && port.is_some_and(|port| match port {
            [] => true,
            [b':', digits @ ..] => {
                (1..6).contains(&digits.len())
                    && digits.iter().all(u8::is_ascii_digit)
                    && digits.iter().fold(0, |port, digit| port * 10 + u32::from(digit - b'0'))
                        < 65536
            }
            _ => false,
        })
}

fn is_padded(secret: &str) -> bool {
    let bytes = secret.as_bytes();
    [bytes.first(), bytes.last()].into_iter().flatten().any(|byte| *byte <= b' ')
}

/// The name in a segment that is a placeholder.
pub(crate) fn placeholder(segment: &[u8]) -> Option<&[u8]> {
    segment.strip_prefix(b"{")?.strip_suffix(b"}")
}

/// The segments after each slash of a path, which begins with one.
pub(crate) fn segments(path: &str) -> impl Iterator<Item = &[u8]> + Clone {
    path.as_bytes().get(1..).unwrap_or_default().split(|byte| *byte == b'/')
}

/// The names of a path's placeholders, in their order.
pub(crate) fn placeholders(path: &str) -> impl Iterator<Item = &[u8]> + Clone {
    segments(path).filter_map(placeholder)
}

/// Why a value cannot be one segment of a path, even when encoded.
pub(crate) fn segment_problem(value: &[u8]) -> Option<Sentence> {
    match value {
        b"" => Some(Sentence::NotEmpty),
        // However they are written, URL parsers take them for steps.
        b"." | b".." => Some(Sentence::NoDotSegment),
        _ => None,
    }
}
