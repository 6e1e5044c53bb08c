//! How often a request is made, and what is known of its effect.

use super::*;

#[test]
fn a_first_answer_ends_the_call() {
    for route in EACH {
        for status in [200, 201, 202, 299] {
            let played = call(route).play([json(status)]);
            assert_eq!((played.result, played.requests), (Ok("answer"), 1), "{status}");
        }
    }
}

#[test]
fn every_outcome_has_its_requests_its_code_and_its_delivery() {
    use ErrorCode::{Aborted, Configuration, Decode, Http, Network, Timeout};
    type Make = fn() -> Answer;
    // The requests made of a Read, an Idempotent and a Send that may be tried again twice.
    let table: [(&str, Make, [usize; 3], ErrorCode, Delivery); 36] = [
        ("a redirect whose status is hidden", || ends(End::Redirect), [1, 1, 1], Http, Unknown),
        ("300", || status(300), [1, 1, 1], Http, Unknown),
        ("302", || status(302), [1, 1, 1], Http, Unknown),
        ("304", || status(304), [1, 1, 1], Http, Unknown),
        ("400", || status(400), [1, 1, 1], Http, Rejected),
        ("401", || status(401), [1, 1, 1], Http, Rejected),
        ("402", || status(402), [1, 1, 1], Http, Unknown),
        ("403", || status(403), [1, 1, 1], Http, Rejected),
        ("404", || status(404), [1, 1, 1], Http, Rejected),
        ("405", || status(405), [1, 1, 1], Http, Rejected),
        ("408", || status(408), [3, 3, 1], Http, Unknown),
        ("409", || status(409), [1, 1, 1], Http, Unknown),
        ("413", || status(413), [1, 1, 1], Http, Rejected),
        ("415", || status(415), [1, 1, 1], Http, Rejected),
        ("421", || status(421), [1, 1, 1], Http, Rejected),
        ("422", || status(422), [1, 1, 1], Http, Rejected),
        ("425", || status(425), [1, 1, 1], Http, Rejected),
        ("429", || status(429), [3, 3, 3], Http, Rejected),
        ("429, later", || status(429).retry_after("1"), [3, 3, 3], Http, Rejected),
        ("429, much later", || status(429).retry_after("31"), [1, 1, 1], Http, Rejected),
        ("500", || status(500), [3, 3, 1], Http, Unknown),
        ("502", || status(502), [3, 3, 1], Http, Unknown),
        ("503", || status(503), [3, 3, 1], Http, Unknown),
        ("503, later", || status(503).retry_after("1"), [3, 3, 3], Http, Unknown),
        ("503, unreadable", || status(503).retry_after("soon"), [3, 3, 1], Http, Unknown),
        ("504", || status(504), [3, 3, 1], Http, Unknown),
        ("599", || status(599), [3, 3, 1], Http, Unknown),
        ("a lost connection", lost, [3, 3, 1], Network, Unknown),
        ("a lost body after 200", || cut(200), [3, 3, 1], Network, Accepted),
        ("a lost body after 500", || cut(500), [3, 3, 1], Http, Unknown),
        ("a lost body after 404", || cut(404), [1, 1, 1], Http, Rejected),
        ("no response in time", hangs, [3, 3, 1], Timeout, Unknown),
        ("a page with 200", || page(200), [1, 1, 1], Decode, Accepted),
        ("an abort in flight", aborted, [1, 1, 1], Aborted, Unknown),
        ("an abort before", || ends(End::NotStarted), [1, 1, 1], Aborted, NotSent),
        ("a refusal of the runtime", || ends(End::Unsendable), [1, 1, 1], Configuration, NotSent),
    ];
    for (name, answer, requests, code, delivery) in table {
        for (route, requests) in EACH.into_iter().zip(requests) {
            let kind = route.repeat;
            let played = call(route).play((0..requests).map(|_| answer()));
            let error = played.result.expect_err(name);
            assert_eq!(error.code(), code, "{name}, {kind:?}");
            assert_eq!(error.delivery(), delivery, "{name}, {kind:?}");
            assert_eq!(played.requests, requests, "{name}, {kind:?}");
            assert_eq!(error.operation(), Some(route.name));
            let made = if delivery == NotSent { 0 } else { requests };
            assert_eq!(error.attempts().len(), made, "{name}, {kind:?}");
        }
    }
}

#[test]
fn no_retries_means_one_request_whatever_comes_of_it() {
    for route in EACH {
        for answer in [status(429), status(503).retry_after("1"), lost(), hangs(), cut(200)] {
            assert_eq!(call(route).retries(0).play([answer]).requests, 1);
        }
    }
}

#[test]
fn a_call_may_set_its_own_retries_and_a_client_those_of_all_calls() {
    let failures = |n| (0..n).map(|_| status(500));
    assert_eq!(call(READ).play(failures(3)).requests, 3);
    assert_eq!(call(READ).retries(10).play(failures(11)).requests, 11);
    let lasting = || call(READ).configured(|config| config.retries(4));
    assert_eq!(lasting().play(failures(5)).requests, 5);
    assert_eq!(lasting().retries(1).play(failures(2)).requests, 2);
}

#[test]
fn a_retry_that_succeeds_is_a_success() {
    for (route, first) in [(READ, lost()), (IDEMPOTENT, status(500)), (SEND, status(429))] {
        let played = call(route).play([first, ok()]);
        assert_eq!((played.result, played.requests), (Ok("answer"), 2));
    }
}

#[test]
fn a_send_stops_where_it_may_have_been_processed() {
    // The 429 did nothing; the 500 may have.
    let error = call(SEND).fails([status(429), status(500)]);
    assert_eq!((error.delivery(), error.attempts().len()), (Unknown, 2));
}

#[test]
fn an_operation_is_repeated_by_what_it_does_and_not_by_its_method() {
    for route in ENDPOINTS {
        let expected = if route.repeat == Repeat::Send { 1 } else { 2 };
        let played = call(route).retries(1).play((0..expected).map(|_| lost()));
        assert_eq!(played.requests, expected, "{}", route.name);
    }
}

#[test]
fn the_error_tells_the_most_that_any_attempt_may_have_done() {
    let cases = [
        (vec![status(503).retry_after("1"), status(401)], Unknown),
        (vec![status(429), status(401)], Rejected),
        (vec![lost(), status(404)], Unknown),
        (vec![cut(200), status(401)], Accepted),
        (vec![status(429), lost(), status(400)], Unknown),
        (vec![lost(), ends(End::NotStarted)], Unknown),
        (vec![status(429), ends(End::NotStarted)], Rejected),
        (vec![status(429), page(200)], Accepted),
    ];
    for (answers, expected) in cases {
        assert_eq!(call(IDEMPOTENT).fails(answers).delivery(), expected);
    }
}

#[test]
fn the_error_shows_every_attempt_with_its_status_and_time() {
    let error = call(READ).fails([
        status(503).took(1200),
        lost().took(30),
        status(404).took(70).request_id("r-3"),
    ]);
    let attempt = |status, millis| (status, Duration::from_millis(millis));
    let attempts = [attempt(Some(503), 1200), attempt(None, 30), attempt(Some(404), 70)];
    let told: Vec<_> = error.attempts().iter().map(|one| (one.status, one.duration)).collect();
    assert_eq!(told, attempts);
    assert_eq!((error.status(), error.request_id()), (Some(404), Some("r-3")));
}

#[test]
fn the_error_keeps_what_the_server_and_the_runtime_said() {
    let error = call(SEND).fails([status(422).text("phoneNumber: unknown")]);
    assert_eq!(error.body(), Some("phoneNumber: unknown"));
    let error = call(SEND).fails([lost()]);
    assert_eq!((error.cause(), error.status(), error.body()), (Some(&cause()), None, None));
}

#[test]
fn giving_up_during_a_wait_ends_the_call_with_what_is_known_so_far() {
    for (answer, delivery) in
        [(status(429), Rejected), (status(500), Unknown), (cut(200), Accepted)]
    {
        let seen = answer.outcome.status;
        let played = call(READ).abandon_after([answer]);
        let error = played.result.expect_err("the caller gave up");
        assert_eq!((error.code(), error.delivery()), (ErrorCode::Aborted, delivery));
        assert_eq!((error.status(), error.attempts().len()), (seen, 1));
        assert_eq!(error.operation(), Some("listMeetings"));
    }
}

#[test]
fn json_under_a_failure_is_a_failure() {
    for (code, delivery) in [(302, Unknown), (400, Rejected), (500, Unknown)] {
        let error = call(SEND).fails([json(code)]);
        assert_eq!((error.code(), error.status()), (ErrorCode::Http, Some(code)));
        assert_eq!(error.delivery(), delivery);
    }
}
