//! The messages that people read.

use super::*;

#[test]
fn every_message_names_the_operation_and_what_is_known() {
    let known = |route, answer: Answer| call(route).retries(0).fails([answer]).to_string();
    let cases = [
        (known(SEND, status(400)), "the server answered 400", "nothing was done"),
        (known(SEND, status(500)), "the server answered 500", "may do it twice"),
        (known(SEND, lost()), "the connection failed", "may do it twice"),
        (known(SEND, hangs()), "no whole response within 30000 ms", "may do it twice"),
        (known(SEND, aborted()), "the caller aborted", "may do it twice"),
        (known(SEND, cut(200)), "lost before the response's end", "do not send it again"),
        (known(SEND, page(200)), "not the JSON", "do not send it again"),
        (known(SEND, ends(End::NotStarted)), "the caller aborted", "Nothing was sent"),
        (known(SEND, ends(End::Unsendable)), "cannot make the request", "Nothing was sent"),
        (known(SEND, ends(End::Redirect)), "redirect", "may do it twice"),
        (known(IDEMPOTENT, status(500)), "the server answered 500", "may or may not have been"),
    ];
    for (message, what, delivery) in cases {
        assert!(message.contains(what), "{what}: {message}");
        assert!(message.contains(delivery), "{delivery}: {message}");
        assert!(message.ends_with('.'), "{message}");
    }
    for route in ENDPOINTS {
        let message = call(route).retries(0).fails([status(500)]).to_string();
        assert!(message.starts_with(&format!("{}: ", route.name)), "{message}");
    }
}

#[test]
fn an_error_leads_to_what_the_server_said_where_it_said_something() {
    for code in [400, 409, 422, 429, 500] {
        let hint = |answer| call(SEND).retries(0).fails([answer]).hint();
        assert_eq!(hint(status(code)).as_deref(), Some("See Error::body"), "{code}");
        assert_eq!(hint(answered(code, End::Text(String::new()))), None, "{code}");
        assert_eq!(hint(cut(code)), None, "{code}");
    }
}

#[test]
fn a_read_and_an_update_do_not_warn_of_doing_it_twice() {
    for route in [READ, IDEMPOTENT] {
        for answer in [status(500), lost(), hangs()] {
            let message = call(route).retries(0).fails([answer]).to_string();
            assert!(!message.contains("twice"), "{message}");
        }
    }
}

#[test]
fn a_refused_credential_speaks_of_credentials_and_the_ip_list() {
    for code in [401, 403] {
        let error = call(SEND).fails([status(code)]);
        let hint = error.hint().expect("there is something to do");
        assert!(hint.contains("credentials") && hint.contains("IP"), "{hint}");
        assert!(error.to_string().contains(&*hint), "{error}");

        let error = call(SEND).anonymous().fails([status(code)]);
        let hint = error.hint().expect("there is something to do");
        assert!(hint.contains("Config::credentials") && hint.contains("relay"), "{hint}");
    }
}

#[test]
fn a_missing_assumed_route_says_that_it_is_assumed_and_what_replaces_it() {
    for route in ENDPOINTS {
        for code in [404, 405] {
            let hint = |scenario: Scenario| {
                scenario.fails([status(code)]).hint().expect("there is something to do")
            };
            let assumed = route.source == botsplash::internals::operation::Source::Assumed;
            let said = hint(call(route));
            assert_eq!(said.contains("assumed"), assumed, "{said}");
            assert_eq!(
                said.contains(&format!("Config::route with that of {}", route.name)),
                assumed,
                "{said}"
            );

            // Who replaced it knows.
            let same = format!("{} {}", route.method.as_str(), route.path);
            let said = hint(call(route).configured(|config| config.route(route, &same)));
            assert!(!said.contains("assumed"), "{said}");
        }
    }
}

#[test]
fn a_redirect_says_why_it_is_not_followed() {
    for answer in [status(302), status(307), ends(End::Redirect)] {
        let error = call(SEND).fails([answer]);
        assert!(error.hint().is_some_and(|hint| hint.contains("not followed")), "{error}");
    }
}
