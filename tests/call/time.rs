//! How long an attempt and a call may take.

use super::*;

#[test]
fn waits_grow_and_are_jittered() {
    let waits =
        |jitter| call(READ).retries(3).jitter(jitter).play((0..4).map(|_| status(500))).waits;
    let millis = |list: [u64; 3]| list.map(Duration::from_millis).to_vec();
    assert_eq!(waits(0.0), millis([0, 0, 0]));
    assert_eq!(waits(0.5), millis([250, 500, 1000]));
    assert_eq!(waits(0.999), millis([499, 999, 1998]));
}

#[test]
fn retry_after_is_waited_for_to_the_second() {
    let waits = |value: &str| call(SEND).play([status(429).retry_after(value), ok()]).waits;
    assert_eq!(waits("7"), [secs(7)]);
    assert_eq!(waits("0"), [secs(0)]);
    assert_eq!(waits("Sun, 06 Nov 1994 08:49:57 GMT"), [secs(20)]);
    assert_eq!(waits("Sun, 06 Nov 1994 08:00:00 GMT"), [secs(0)], "it has passed");
}

#[test]
fn a_server_that_asks_for_too_long_a_wait_is_not_tried_earlier() {
    for value in ["31", "86400", "99999999999999999999", "Mon, 07 Nov 1994 00:00:00 GMT"] {
        for route in EACH {
            let played = call(route).play([status(503).retry_after(value)]);
            let error = played.result.expect_err("it was a 503");
            assert!(error.retry_after() > Some(secs(30)), "{value}");
        }
    }
    let error = call(SEND).fails([status(429).retry_after("120")]);
    assert_eq!(error.retry_after(), Some(secs(120)));
}

#[test]
fn a_wait_that_would_outlast_the_call_is_not_begun() {
    // Two attempts of a second each: the first took it all, and 2 s more are asked for.
    let error =
        call(SEND).timeout(1000).retries(1).fails([status(429).retry_after("2").took(1000)]);
    assert_eq!((error.attempts().len(), error.retry_after()), (1, Some(secs(2))));
}

#[test]
fn a_request_that_would_have_next_to_no_time_is_not_made() {
    // After the wait, 5 ms would be left of the call.
    let error = call(SEND).timeout(505).retries(1).fails([status(429).retry_after("1").took(5)]);
    assert_eq!(error.delivery(), Delivery::Rejected);
    assert_eq!(error.attempts().len(), 1);
}

#[test]
fn a_wait_that_takes_longer_than_it_was_to_comes_out_of_the_calls_time() {
    let scenario = call(SEND).timeout(1000).retries(1);
    let mut call = scenario.begin().expect("the call begins");
    let step = call
        .receive(status(429).retry_after("1").outcome, || Moment { now_ms: NOW_MS, jitter: 0.0 });
    assert!(matches!(step, Step::Wait(_)));
    assert!(call.overrun(Duration::from_millis(400)).is_ok());
    assert_eq!(call.limit(), Duration::from_millis(600));
    let error = call.overrun(secs(60)).expect_err("the call's time is over");
    assert_eq!((error.code(), error.delivery()), (ErrorCode::Timeout, Delivery::Rejected));
}

#[test]
fn an_attempt_gets_its_timeout_or_what_the_waits_left_of_the_call() {
    let scenario = call(READ).timeout(1000).retries(1).jitter(0.8);
    let mut call = scenario.begin().expect("the call begins");
    assert_eq!(call.limit(), secs(1));
    let outcome = Outcome { duration: secs(1), ..hangs().outcome };
    let step = call.receive(outcome, || Moment { now_ms: NOW_MS, jitter: scenario.jitter });
    assert!(matches!(step, Step::Wait(time) if time == Duration::from_millis(400)));
    assert_eq!(call.limit(), Duration::from_millis(600));
}

#[test]
fn no_call_outlasts_its_timeout_times_its_attempts() {
    let answers: [fn() -> Answer; 7] = [
        hangs,
        || lost().took(1),
        || Answer { took: None, ..status(500) },
        || status(429).retry_after("1").took(999),
        || status(503).retry_after("0"),
        || status(503).retry_after("30"),
        || cut(200).took(400),
    ];
    for route in EACH {
        for retries in [0, 1, 2, 5, 10] {
            for timeout in [1, 250, 1000, 20_000] {
                for (first, then) in answers.iter().flat_map(|a| answers.map(|b| (*a, b))) {
                    for jitter in [0.0, 0.5, 0.999_999] {
                        let scenario = call(route).timeout(timeout).retries(retries).jitter(jitter);
                        let played =
                            scenario.play((0..).map(|n| if n % 2 == 0 { first() } else { then() }));
                        let most = Duration::from_millis(timeout) * (retries + 1);
                        assert!(played.total <= most, "{:?} > {most:?}", played.total);
                        assert!(played.requests <= retries as usize + 1);
                    }
                }
            }
        }
    }
}

#[test]
fn times_and_retries_out_of_range_are_refused() {
    let longest = i32::MAX as u64;
    for millis in [0, longest + 1] {
        let time = Duration::from_millis(millis);
        let error = config().timeout(time).expect_err("it is out of range");
        assert_eq!((error.code(), error.field()), (ErrorCode::Configuration, Some("timeout")));
        let error = call(READ).timeout(millis).refused();
        assert_eq!((error.code(), error.field()), (ErrorCode::Configuration, Some("timeout")));
        assert_eq!(error.delivery(), NotSent);
    }
    for error in
        [config().retries(11).expect_err("it is out of range"), call(READ).retries(11).refused()]
    {
        assert_eq!((error.code(), error.field()), (ErrorCode::Configuration, Some("retries")));
    }
    assert_eq!(call(READ).timeout(longest).retries(10).play([ok()]).requests, 1);
}
