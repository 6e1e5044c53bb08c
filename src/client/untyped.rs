//! The requests of one call, whatever it asks for.
// cspell:ignore FFFD

use std::time::Duration;

use super::transport::{Failure, Request, Response};
use crate::core::call::Call;
use crate::core::http::{End, KEPT, Outcome};

/// A call with its body. It knows nothing of the operation's types: what is made for each of them
/// weighs as much again for each.
pub(crate) struct Untyped {
    pub call: Call,
    pub content_type: Option<String>,
    pub body: Option<Vec<u8>>,
}

/// Reads the body of a success; `false` where it is not JSON of the operation's type.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) type Read<'a> = dyn FnMut(&[u8]) -> bool + Send + 'a;
/// Reads the body of a success; `false` where it is not JSON of the operation's type.
#[cfg(target_arch = "wasm32")]
pub(crate) type Read<'a> = dyn FnMut(&[u8]) -> bool + 'a;

impl Untyped {
    /// The request to make now.
    pub fn request(&self) -> Request<'_> {
        let request = self.call.request();
        Request {
            method: request.method,
            url: request.url,
            authorization: request.authorization,
            content_type: self.content_type.as_deref(),
            body: self.body.as_deref(),
            timeout: self.call.limit(),
        }
    }

    /// The outcome of a request, with the answer read.
    pub fn outcome(
        &self,
        result: Result<Response, Failure>,
        took: Duration,
        read: &mut Read<'_>,
    ) -> Outcome<()> {
        let response = match result {
            Ok(response) => response,
            Err(failure) => {
                let end = match failure {
                    Failure::NotSent(cause) => End::NotConnected(cause),
                    Failure::Lost(cause) => End::Lost(cause),
                    Failure::TimedOut => End::TimedOut,
                    Failure::Aborted => End::Aborted,
                    Failure::NotBegun => End::NotStarted,
                    Failure::Unsendable => End::Unsendable,
                };
                return Outcome { duration: took, ..Outcome::unanswered(end) };
            }
        };
        if !is_same(self.call.request().url, &response.url) {
            return Outcome { duration: took, ..Outcome::unanswered(End::Redirect) };
        }
        let is_success = (200..300).contains(&response.status);
        let end = match response.body {
            Ok(body) if is_success && read(&body) => End::Json(()),
            Ok(body) => End::Text(beginning(&body)),
            // The head has said that the request was sent.
            Err(Failure::NotSent(cause) | Failure::Lost(cause)) => End::Lost(cause),
            Err(Failure::Aborted | Failure::NotBegun) => End::Aborted,
            Err(Failure::TimedOut | Failure::Unsendable) => End::TimedOut,
        };
        Outcome {
            status: Some(response.status),
            retry_after: response.retry_after,
            request_id: response.request_id,
            end,
            duration: took,
        }
    }
}

/// Whether the URL that was answered is the one that was asked. HTTP clients may write scheme and
/// host in lower case, and leave out a port that says nothing.
fn is_same(asked: &str, answered: &str) -> bool {
    let (asked, answered) = (parts(asked.as_bytes()), parts(answered.as_bytes()));
    // A host in other letters than these has two spellings; a path of the page's has no host.
    let is_host_known = asked.0.is_ascii() && !asked.0.is_empty();
    asked.1 == answered.1 && (asked.0.eq_ignore_ascii_case(answered.0) || !is_host_known)
}

/// A URL's scheme and host, without a port that says nothing; and the rest.
#[inline(never)]
fn parts(url: &[u8]) -> (&[u8], &[u8]) {
    let start = url.windows(3).position(|three| three == b"://").map_or(0, |at| at + 3);
    let end = url.iter().skip(start).position(|byte| *byte == b'/');
    let end = end.map_or(url.len(), |at| start + at);
    let (origin, rest) = url.split_at_checked(end).unwrap_or_default();
    let is_secure = origin.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"https"));
    let default_port = if is_secure { b":443".as_slice() } else { b":80" };
    (origin.strip_suffix(default_port).unwrap_or(origin), rest)
}

/// As much of a text as an error keeps.
fn beginning(body: &[u8]) -> String {
    // A letter has at most four bytes, and one that was cut in two is none.
    let text = String::from_utf8_lossy(body.get(..4 * KEPT).unwrap_or(body));
    let mut units = 0;
    let fits = |letter: &char| {
        units += letter.len_utf16();
        units <= KEPT
    };
    text.chars().take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_the_same_however_its_host_is_written() {
        for (asked, answered) in [
            ("https://h/a?b", "https://h/a?b"),
            ("HTTPS://H:443/a", "https://h/a"),
            ("http://h:80/a", "http://h/a"),
            ("https://bücher/a", "https://xn--bcher-kva/a"),
            ("/relay/a", "https://h/relay/a"),
        ] {
            assert!(is_same(asked, answered), "{asked}");
        }
        for (asked, answered) in [
            ("https://h/a", "https://h/b"),
            ("https://h/a", "http://h/a"),
            ("https://h/a", "https://evil/a"),
            ("https://h/a", "https://h:8443/a"),
            ("https://h/a?k=1", "https://h/a"),
            ("https://h/a", ""),
        ] {
            assert!(!is_same(asked, answered), "{asked}");
        }
    }

    #[test]
    fn a_long_text_is_cut_between_letters() {
        assert_eq!(beginning(&[b'a'; 3 * KEPT]).len(), KEPT);
        assert_eq!(beginning("😀".repeat(KEPT).as_bytes()).chars().count(), KEPT / 2);
        assert_eq!(beginning(b"caf\xe9"), "caf\u{FFFD}");
    }
}
