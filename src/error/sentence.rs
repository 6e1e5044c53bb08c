//! Every sentence of an error, once, by number.
//!
//! `Display` composes them for Rust. In the npm package they stand in the JavaScript, and the wasm
//! knows their numbers alone.

macro_rules! sentences {
    ($($(#[$doc:meta])* $name:ident => $text:literal,)*) => {
        /// A sentence of an error. `{}` in its text stands for a [`Detail`].
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub(crate) enum Sentence {
            $($(#[$doc])* $name,)*
        }

        impl Sentence {
            /// The texts, by number.
            pub(crate) const TEXTS: &[&str] = &[$($text,)*];

            const ALL: &[Sentence] = &[$(Sentence::$name,)*];
        }
    };
}

sentences! {
    /// There is nothing to say.
    #[default]
    Nothing => "",

    // An argument or an option is wrong.
    NotEmpty => "expected a text that is not empty",
    NoDotSegment => "\".\" and \"..\" cannot be part of a path",
    UrlOrPath => "expected an http(s) URL, or a path that starts with one slash",
    PlainUrl => "expected no query, fragment, user or space in it",
    NoColon => "expected no colon in it",
    NotPadded => "expected no white space around it",
    MethodAndPath => "expected a method and a path, such as \"POST /{appId}/message\"",
    GetWithBody => "a GET cannot carry this operation's body",
    PathSegments => "expected segments of letters, digits, \"-._~\", or one placeholder in braces each",
    Placeholders => "expected the placeholders of \"{}\", once each",
    TimeoutRange => "expected a number of milliseconds from 1 to 2147483647",
    RetriesRange => "expected a whole number from 0 to 10",
    KeyWithoutRelay => "only a relay takes it, for a listener",
    KeyCharacters => "expected 1 to 64 letters, digits, \"-._~\"",
    BrowserCredentials => "in a browser every visitor can read the credentials. Point baseUrl at a relay that has them, or set allowBrowserCredentials: true if nobody else sees this page",

    // The request's end.
    Answered => "the server answered {}",
    AnsweredRedirect => "the server answered with a redirect",
    TimedOut => "no whole response within {} ms",
    NotTheJson => "the server's response is not the JSON that it documents",
    Aborted => "the caller aborted",
    Unsendable => "this runtime cannot make the request",
    ResponseLost => "the connection was lost before the response's end",
    ConnectionFailed => "the connection failed",

    // The request's effect.
    NothingSent => "Nothing was sent",
    NothingDone => "The server refused it, so nothing was done",
    Accepted => "The server accepted the request: do not send it again",
    MayBeProcessed => "It may or may not have been processed",
    MayDoItTwice => "It may or may not have been processed: sending it again may do it twice",

    // Hints: the next step for the reader.
    GiveCredentials => "No credentials were given: set auth, or point baseUrl at a relay that has them",
    CheckCredentials => "Check the credentials, and that this machine's IP address is allow-listed",
    RouteIsAssumed => "The route is assumed, not published: `npx botsplash contract` tells the API's own, for routes.{}",
    CheckIds => "Check appId, the ids and baseUrl",
    RedirectNotFollowed => "Redirects are not followed, since they would drop the body or carry credentials elsewhere: check baseUrl",
    CheckResponse => "Check that baseUrl leads to the API: bodyOf(error) has the response",
    SeeBody => "bodyOf(error) has the server's response",
    CheckFetch => "Check baseUrl, and that fetch is there",
    CheckConnection => "No connection was made: check baseUrl, the network, and the server's certificate",
    CheckRelay => "Check baseUrl, that the relay lists this page's origin, and that a Content-Security-Policy's connect-src allows the relay",
    UseRelay => "A page cannot call the API itself (CORS, IP allow-list): there, point baseUrl at a relay",
}

/// Rust's name for a setting of a client, or for an argument that stands in a path.
pub(crate) fn setting(field: &str) -> &str {
    match field {
        "baseUrl" => "base_url",
        "appId" => "app_id",
        "auth" => "credentials",
        "auth.username" => "username",
        "auth.password" => "password",
        "auth.apiKey" => "key",
        "timeoutMs" => "timeout",
        "submissionKey" => "submission_key",
        "listenerId" => "listener_id",
        "sequenceId" => "sequence_id",
        "actionId" => "action_id",
        "who.clientVisitorId" => "who.client_visitor_id",
        "who.clientAppId" => "who.client_app_id",
        route if route.starts_with("routes.") => "route",
        other => other,
    }
}

impl Sentence {
    /// The text for a caller in Rust.
    pub(crate) fn rust(self) -> &'static str {
        // Of the others, a program in Rust holds none.
        const TEXTS: [&str; Sentence::TEXTS.len()] = {
            let (mut texts, mut at) = ([""; Sentence::TEXTS.len()], 0);
            while at < texts.len() {
                texts[at] = Sentence::ALL[at].in_rust(Sentence::TEXTS[at]);
                at += 1;
            }
            texts
        };
        TEXTS.get(self as usize).copied().unwrap_or_default()
    }

    /// The text for a caller in Rust, where it is not the same as for all others.
    const fn in_rust(self, same: &'static str) -> &'static str {
        match self {
            Sentence::UrlOrPath if cfg!(not(target_arch = "wasm32")) => "expected an http(s) URL",
            Sentence::TimeoutRange => "expected a time from 1 ms to 2147483647 ms",
            Sentence::BrowserCredentials => {
                "in a browser every visitor can read the credentials. Point base_url at a relay that has them, or call allow_browser_credentials(true) if nobody else sees this page"
            }
            Sentence::Unsendable => "the transport cannot make the request",
            Sentence::GiveCredentials => {
                "No credentials were given: call Config::credentials, or point base_url at a relay that has them"
            }
            Sentence::RouteIsAssumed => {
                "The route is assumed, not published: if the API's differs, call Config::route with that of {}"
            }
            Sentence::CheckIds => "Check app_id, the ids and base_url",
            Sentence::RedirectNotFollowed => {
                "Redirects are not followed, since they would drop the body or carry credentials elsewhere: check base_url"
            }
            Sentence::CheckResponse => "See Error::body, and check that base_url leads to the API",
            Sentence::SeeBody => "See Error::body",
            Sentence::CheckFetch => "Check base_url",
            Sentence::CheckConnection => {
                "No connection was made: check base_url, the network, and the server's certificate"
            }
            Sentence::CheckRelay => {
                "Check base_url, that the relay lists this page's origin, and that a Content-Security-Policy's connect-src allows the relay"
            }
            Sentence::UseRelay => {
                "A page cannot call the API itself (CORS, IP allow-list): there, point base_url at a relay"
            }
            _ => same,
        }
    }

    /// The text, as it stands in the source.
    pub(crate) fn text(self) -> &'static str {
        Self::TEXTS.get(self as usize).copied().unwrap_or_default()
    }
}

/// A part of a sentence that is not the same each time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Detail {
    /// The sentence has no such part.
    #[default]
    None,
    /// A status, or a number of milliseconds.
    Number(u32),
    /// A path of the API.
    Text(&'static str),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sentence_for_rust_speaks_javascript() {
        for sentence in Sentence::ALL {
            // A placeholder of a route is the same for both.
            let text = sentence.rust().replace("{appId}", "");
            let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let camel = |word: &&str| {
                word.as_bytes()
                    .windows(2)
                    .any(|w| w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase())
            };
            assert_eq!({ words }.find(camel), None, "{text}");
            assert!(!text.contains("fetch is") && !text.contains("auth,"), "{text}");
        }
    }

    #[test]
    fn each_setting_of_a_client_has_a_name_of_rust() {
        let settings = [
            ("baseUrl", "base_url"),
            ("appId", "app_id"),
            ("auth", "credentials"),
            ("auth.username", "username"),
            ("auth.password", "password"),
            ("auth.apiKey", "key"),
            ("timeoutMs", "timeout"),
            ("submissionKey", "submission_key"),
            ("retries", "retries"),
            ("routes.submitListener", "route"),
        ];
        for (field, name) in settings {
            assert_eq!(setting(field), name);
        }
    }
}
