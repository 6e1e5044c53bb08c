//! One call, from its first request to the last word about it, with no network and no clock.

use std::time::Duration;

use botsplash::core::call::{Call, CallOptions, Step};
use botsplash::core::http::{End, Method, Outcome};
use botsplash::core::operation::{Operation, PathArg, Repeat, Route};
use botsplash::{
    Attempt, BASE_URL, CallVisitorAction, Cause, Config, Credentials, Delivery, Error, ErrorCode,
    KeyPlacement, ListMeetings, ROUTES, ScheduleMeeting, SendMessage, SubmitListener,
    TriggerSequence, UpdateVisitor, UploadFile,
};

use Delivery::{Accepted, NotSent, Rejected, Unknown};

// One route of each kind.
const READ: &Route = &ListMeetings::ROUTE;
const IDEMPOTENT: &Route = &UpdateVisitor::ROUTE;
const SEND: &Route = &SubmitListener::ROUTE;
const EACH: [&Route; 3] = [READ, IDEMPOTENT, SEND];

/// 6 November 1994, 08:49:37 GMT.
const NOW_MS: f64 = 784_111_777_000.0;

// --- scenarios ---------------------------------------------------------------------------------

/// A call before it begins. The client has credentials and retries twice unless told otherwise.
struct Scenario {
    config: Config,
    route: &'static Route,
    args: Vec<PathArg>,
    options: CallOptions,
    dice: f64,
}

/// What became of it.
struct Played {
    requests: usize,
    waits: Vec<Duration>,
    result: Result<&'static str, Error>,
    /// From the first request to the end, waits included.
    total: Duration,
}

fn call(route: &'static Route) -> Scenario {
    let args = route.path.matches('{').skip(1).map(|_| PathArg { name: "id", value: "7".into() });
    let basic = Credentials::Basic { username: "acme-crm".into(), password: "hunter2".into() };
    Scenario {
        config: config().credentials(basic).expect("the credentials are good"),
        route,
        args: args.collect(),
        options: CallOptions::default(),
        dice: 0.5,
    }
}

fn config() -> Config {
    Config::new(BASE_URL, "acme").expect("the configuration is good")
}

impl Scenario {
    fn configured(self, change: impl FnOnce(Config) -> Result<Config, Error>) -> Scenario {
        Scenario { config: change(self.config).expect("the configuration is good"), ..self }
    }

    fn anonymous(self) -> Scenario {
        Scenario { config: config(), ..self }
    }

    fn retries(mut self, retries: u32) -> Scenario {
        self.options.retries = Some(retries);
        self
    }

    fn timeout(mut self, millis: u64) -> Scenario {
        self.options.timeout = Some(Duration::from_millis(millis));
        self
    }

    fn args<const N: usize>(mut self, values: [&'static str; N]) -> Scenario {
        self.args = values.map(|value| PathArg { name: "id", value: value.into() }).into();
        self
    }

    fn dice(self, dice: f64) -> Scenario {
        Scenario { dice, ..self }
    }

    fn begin(&self) -> Result<Call, Error> {
        Call::new(&self.config.clone().into(), self.route, &self.args, &self.options)
    }

    /// The error of a call that never began.
    fn refused(&self) -> Error {
        self.begin().expect_err("the call begins")
    }

    /// The first request: method, URL, `Authorization`, key for the body.
    fn request(&self) -> (Method, String, Option<String>, Option<String>) {
        let call = self.begin().expect("the call begins");
        let request = call.request();
        let own = |text: Option<&str>| text.map(str::to_owned);
        (request.method, request.url.to_owned(), own(request.authorization), own(request.body_key))
    }

    fn url(&self) -> String {
        self.request().1
    }

    /// Answers each request in turn until the call is over.
    fn play(&self, answers: impl IntoIterator<Item = Answer>) -> Played {
        self.walk(answers, false)
    }

    /// The same, but the caller gives up while the call waits after the last answer.
    fn abandon_after(&self, answers: impl IntoIterator<Item = Answer>) -> Played {
        self.walk(answers, true)
    }

    fn walk(&self, answers: impl IntoIterator<Item = Answer>, abandon: bool) -> Played {
        let mut call = self.begin().expect("the call begins");
        let (mut requests, mut waits, mut total) = (0, Vec::new(), Duration::ZERO);
        let mut answers = answers.into_iter().peekable();
        let result = loop {
            let answer = answers.next().expect("the call goes on after the scenario's last answer");
            let limit = call.limit();
            assert!(limit > Duration::ZERO, "an attempt that cannot succeed");
            let took = answer.took.unwrap_or(limit).min(limit);
            requests += 1;
            total += took;
            let outcome = Outcome { duration: took, ..answer.outcome };
            match call.receive(outcome, || (NOW_MS, self.dice)) {
                Step::Done(result) => break result,
                Step::Wait(time) => {
                    waits.push(time);
                    total += time;
                }
            }
            if abandon && answers.peek().is_none() {
                break Err(call.abandon());
            }
        };
        Played { requests, waits, result, total }
    }

    /// The error after these answers.
    fn fails(&self, answers: impl IntoIterator<Item = Answer>) -> Error {
        self.play(answers).result.expect_err("the call fails")
    }
}

/// What came of one request, and how long it took; without a time, as long as it may.
struct Answer {
    outcome: Outcome<&'static str>,
    took: Option<Duration>,
}

fn ends(end: End<&'static str>) -> Answer {
    Answer { outcome: Outcome::unanswered(end), took: Some(Duration::from_millis(80)) }
}

fn answered(status: u16, end: End<&'static str>) -> Answer {
    let mut answer = ends(end);
    answer.outcome.status = Some(status);
    answer
}

fn status(status: u16) -> Answer {
    answered(status, End::Text("sorry".into()))
}

fn json(status: u16) -> Answer {
    answered(status, End::Json("answer"))
}

fn ok() -> Answer {
    json(200)
}

fn page(status: u16) -> Answer {
    answered(status, End::Text("<html>".into()))
}

/// The head arrived and the body was lost.
fn cut(status: u16) -> Answer {
    answered(status, End::Lost(cause()))
}

fn lost() -> Answer {
    ends(End::Lost(cause()))
}

fn hangs() -> Answer {
    Answer { took: None, ..ends(End::TimedOut) }
}

fn aborted() -> Answer {
    ends(End::Aborted)
}

fn cause() -> Cause {
    Cause { name: "TypeError".into(), code: Some("ECONNRESET".into()) }
}

impl Answer {
    fn retry_after(mut self, value: &str) -> Answer {
        self.outcome.retry_after = Some(value.into());
        self
    }

    fn request_id(mut self, id: &str) -> Answer {
        self.outcome.request_id = Some(id.into());
        self
    }

    fn text(mut self, text: &str) -> Answer {
        self.outcome.end = End::Text(text.into());
        self
    }

    fn took(mut self, millis: u64) -> Answer {
        self.took = Some(Duration::from_millis(millis));
        self
    }
}

fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

// --- how often, and what is known --------------------------------------------------------------

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
        ("no answer in time", hangs, [3, 3, 1], Timeout, Unknown),
        ("a page with 200", || page(200), [1, 1, 1], Decode, Accepted),
        ("an abort under way", aborted, [1, 1, 1], Aborted, Unknown),
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
    for route in ROUTES {
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
    let attempt = |status, millis| Attempt { status, duration: Duration::from_millis(millis) };
    let attempts = [attempt(Some(503), 1200), attempt(None, 30), attempt(Some(404), 70)];
    assert_eq!(error.attempts(), attempts);
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

// --- time --------------------------------------------------------------------------------------

#[test]
fn waits_grow_and_are_jittered() {
    let waits = |dice| call(READ).retries(3).dice(dice).play((0..4).map(|_| status(500))).waits;
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
    let step = call.receive(status(429).retry_after("1").outcome, || (NOW_MS, 0.0));
    assert!(matches!(step, Step::Wait(_)));
    assert!(call.overslept(Duration::from_millis(400)).is_ok());
    assert_eq!(call.limit(), Duration::from_millis(600));
    let error = call.overslept(secs(60)).expect_err("the call's time is over");
    assert_eq!((error.code(), error.delivery()), (ErrorCode::Timeout, Delivery::Rejected));
}

#[test]
fn an_attempt_gets_its_timeout_or_what_the_waits_left_of_the_call() {
    let scenario = call(READ).timeout(1000).retries(1).dice(0.8);
    let mut call = scenario.begin().expect("the call begins");
    assert_eq!(call.limit(), secs(1));
    let outcome = Outcome { duration: secs(1), ..hangs().outcome };
    let step = call.receive(outcome, || (NOW_MS, scenario.dice));
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
                    for dice in [0.0, 0.5, 0.999_999] {
                        let scenario = call(route).timeout(timeout).retries(retries).dice(dice);
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
        assert_eq!((error.code(), error.field()), (ErrorCode::Configuration, Some("timeoutMs")));
        let error = call(READ).timeout(millis).refused();
        assert_eq!((error.code(), error.field()), (ErrorCode::Configuration, Some("timeoutMs")));
        assert_eq!(error.delivery(), NotSent);
    }
    for error in
        [config().retries(11).expect_err("it is out of range"), call(READ).retries(11).refused()]
    {
        assert_eq!((error.code(), error.field()), (ErrorCode::Configuration, Some("retries")));
    }
    assert_eq!(call(READ).timeout(longest).retries(10).play([ok()]).requests, 1);
}

// --- credentials -------------------------------------------------------------------------------

fn with_key(route: &'static Route, key: &str, placement: KeyPlacement) -> Scenario {
    let credentials = Credentials::ApiKey { key: key.into(), placement };
    call(route).anonymous().configured(|config| config.credentials(credentials))
}

#[test]
fn a_username_and_password_travel_in_the_header_alone() {
    for route in ROUTES {
        let (_, url, authorization, body_key) = call(route).request();
        assert_eq!(authorization.as_deref(), Some("Basic YWNtZS1jcm06aHVudGVyMg=="));
        assert!(!url.contains('?') && body_key.is_none(), "{}", route.name);
    }
}

#[test]
fn a_key_travels_in_the_query_encoded() {
    for route in ROUTES {
        let (_, url, authorization, body_key) =
            with_key(route, "k&y=1+ä", KeyPlacement::Query).request();
        assert!(url.ends_with("?api_key=k%26y%3D1%2B%C3%A4"), "{url}");
        assert_eq!((authorization, body_key), (None, None));
    }
}

#[test]
fn a_key_for_the_body_travels_there_where_there_is_one() {
    for route in ROUTES {
        let (_, url, authorization, body_key) =
            with_key(route, "k-1", KeyPlacement::Body).request();
        assert_eq!(authorization, None);
        if [CallVisitorAction::ROUTE.name, ListMeetings::ROUTE.name].contains(&route.name) {
            assert!(url.ends_with("?api_key=k-1") && body_key.is_none(), "{}", route.name);
        } else {
            assert!(!url.contains('?'), "{}", route.name);
            assert_eq!(body_key.as_deref(), Some("k-1"), "{}", route.name);
        }
    }
    assert!(with_key(&UploadFile::ROUTE, "k-1", KeyPlacement::Body).request().3.is_some());
}

#[test]
fn without_credentials_none_are_sent() {
    for route in ROUTES {
        let (_, url, authorization, body_key) = call(route).anonymous().request();
        assert!(!url.contains('?') && authorization.is_none() && body_key.is_none());
    }
}

#[test]
fn credentials_that_cannot_work_are_refused() {
    let basic = |username: &str, password: &str| Credentials::Basic {
        username: username.into(),
        password: password.into(),
    };
    let key = |key: &str| Credentials::ApiKey { key: key.into(), placement: KeyPlacement::Query };
    for (credentials, field) in [
        (basic("", "hunter2"), "auth.username"),
        (basic("acme:crm", "hunter2"), "auth.username"),
        (basic("acme-crm", ""), "auth.password"),
        (key(""), "auth.apiKey"),
    ] {
        let error = config().credentials(credentials).expect_err("they cannot work");
        assert_eq!((error.code(), error.field()), (ErrorCode::Configuration, Some(field)));
        assert!(!error.to_string().contains("hunter2"));
    }
}

// --- URLs --------------------------------------------------------------------------------------

#[test]
fn a_path_argument_is_one_encoded_segment() {
    for (id, segment) in [
        ("plain-_.~1", "plain-_.~1"),
        ("a/b", "a%2Fb"),
        ("a\\b", "a%5Cb"),
        ("%2F", "%252F"),
        ("%2e%2e", "%252e%252e"),
        ("...", "..."),
        ("a?b#c", "a%3Fb%23c"),
        ("{appId}", "%7BappId%7D"),
        ("ä 日", "%C3%A4%20%E6%97%A5"),
        ("a\nb\0", "a%0Ab%00"),
        ("@:;,=+&$!*'()", "%40%3A%3B%2C%3D%2B%26%24%21%2A%27%28%29"),
    ] {
        let url = call(SEND).args([id]).url();
        assert_eq!(url, format!("{BASE_URL}/acme/listener/botsplash/{segment}"));
    }
}

#[test]
fn an_argument_that_cannot_be_a_segment_is_refused_before_anything_is_sent() {
    for id in ["", ".", ".."] {
        let error = call(SEND).args([id]).refused();
        assert_eq!((error.code(), error.field()), (ErrorCode::Validation, Some("id")));
        assert_eq!((error.operation(), error.delivery()), (Some(SEND.name), NotSent));
        assert!(error.to_string().contains("Nothing was sent"), "{error}");

        let error = Config::new(BASE_URL, id).expect_err("it is no segment");
        assert_eq!((error.code(), error.field()), (ErrorCode::Configuration, Some("appId")));
    }
}

#[test]
fn the_app_id_is_encoded_too() {
    let config = Config::new(BASE_URL, "my app/1").expect("it can be encoded");
    let url = Scenario { config, ..call(&SendMessage::ROUTE) }.url();
    assert_eq!(url, format!("{BASE_URL}/my%20app%2F1/message"));
}

#[test]
fn a_base_url_is_absolute_or_a_path() {
    for (base, expected) in [
        ("https://relay.example", "https://relay.example/acme/message"),
        ("https://relay.example/", "https://relay.example/acme/message"),
        ("http://127.0.0.1:8787/open/v1//", "http://127.0.0.1:8787/open/v1/acme/message"),
        ("/relay", "/relay/acme/message"),
        ("/", "/acme/message"),
    ] {
        let config = Config::new(base, "acme").expect(base);
        assert_eq!(Scenario { config, ..call(&SendMessage::ROUTE) }.url(), expected);
    }
}

#[test]
fn a_base_url_that_would_lead_elsewhere_is_refused() {
    for base in [
        "",
        "relay",
        "relay.example/open",
        "//evil.example",
        "https://",
        "https:///path",
        "ftp://relay.example",
        "javascript:alert(1)",
        "https:\\\\relay.example",
        "/\\evil.example",
        "https://user:hunter2@relay.example",
        "https://relay.example/?key=hunter2",
        "https://relay.example/#top",
        "https://relay .example",
        " https://relay.example",
        "https://relay.example\n",
    ] {
        let error = Config::new(base, "acme").expect_err(base);
        assert_eq!((error.code(), error.field()), (ErrorCode::Configuration, Some("baseUrl")));
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}

// --- routes ------------------------------------------------------------------------------------

#[test]
fn a_route_can_be_replaced_and_the_last_word_counts() {
    let replaced =
        call(&ScheduleMeeting::ROUTE).args(["clientAppId", "a/1"]).configured(|config| {
            config
                .route(&ScheduleMeeting::ROUTE, "POST /{appId}/{idType}/{idValue}/once")?
                .route(&ScheduleMeeting::ROUTE, "PUT /v2/{idValue}/of/{idType}/{appId}")
        });
    let (method, url, ..) = replaced.request();
    assert_eq!(method, Method::Put);
    // Each value goes where its placeholder went.
    assert_eq!(url, format!("{BASE_URL}/v2/a%2F1/of/clientAppId/acme"));
}

#[test]
fn a_route_replaces_no_other() {
    let config = config().route(&SendMessage::ROUTE, "POST /{appId}/messages").expect("it fits");
    let url = |route| Scenario { config: config.clone(), ..call(route) }.url();
    assert_eq!(url(&SendMessage::ROUTE), format!("{BASE_URL}/acme/messages"));
    assert_eq!(url(&TriggerSequence::ROUTE), format!("{BASE_URL}/acme/sequence/7"));
}

#[test]
fn a_route_that_does_not_fit_is_refused() {
    for replacement in [
        "",
        "/{appId}/sequence/{id}",
        "POST",
        "POST ",
        "POST {appId}/sequence/{id}",
        "post /{appId}/sequence/{id}",
        "HEAD /{appId}/sequence/{id}",
        "POST  /{appId}/sequence/{id}",
        "POST https://evil.example/{appId}/{id}",
        "POST //evil.example/{appId}/{id}",
        "POST /{appId}/sequence",
        "POST /{appId}/{appId}/{id}",
        "POST /{appId}/{id}/{id}",
        "POST /{appId}/{id}/{more}",
        "POST /{appid}/{id}",
        "POST /{appId}/x{id}",
        "POST /{appId}/{id}/",
        "POST /{appId}/../{id}",
        "POST /{appId}/./{id}",
        "POST /{appId}/%2e%2e/{id}",
        "POST /{appId}/a b/{id}",
        "POST /{appId}/{id}?force=1",
        "POST /{appId}/{id}#top",
        "POST /{appId}\\{id}",
        "GET /{appId}/sequence/{id}",
    ] {
        let error = config().route(&TriggerSequence::ROUTE, replacement).expect_err(replacement);
        assert_eq!(error.code(), ErrorCode::Configuration, "{replacement}");
        assert_eq!(error.field(), Some("routes.triggerSequence"), "{replacement}");
        assert_eq!(error.delivery(), NotSent, "{replacement}");
    }
    // Without a body, GET is as good as POST.
    let action = "GET /{appId}/{idType}/{idValue}/{actionId}";
    assert!(config().route(&CallVisitorAction::ROUTE, action).is_ok());
}

// --- what people read --------------------------------------------------------------------------

#[test]
fn every_message_names_the_operation_and_what_is_known() {
    let known = |route, answer: Answer| call(route).retries(0).fails([answer]).to_string();
    let cases = [
        (known(SEND, status(400)), "the server answered 400", "nothing was done"),
        (known(SEND, status(500)), "the server answered 500", "may do it twice"),
        (known(SEND, lost()), "the connection failed", "may do it twice"),
        (known(SEND, hangs()), "no whole answer within 30000 ms", "may do it twice"),
        (known(SEND, aborted()), "the caller aborted", "may do it twice"),
        (known(SEND, cut(200)), "lost before the answer's end", "do not send it again"),
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
    for route in ROUTES {
        let message = call(route).retries(0).fails([status(500)]).to_string();
        assert!(message.starts_with(&format!("{}: ", route.name)), "{message}");
    }
}

#[test]
fn an_error_leads_to_what_the_server_said_where_it_said_something() {
    for code in [400, 409, 422, 429, 500] {
        let hint = |answer| call(SEND).retries(0).fails([answer]).hint().map(str::to_owned);
        assert_eq!(hint(status(code)).as_deref(), Some("See error.body"), "{code}");
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
        assert!(error.to_string().contains(hint), "{error}");

        let error = call(SEND).anonymous().fails([status(code)]);
        let hint = error.hint().expect("there is something to do");
        assert!(hint.contains("set auth") && hint.contains("relay"), "{hint}");
    }
}

#[test]
fn a_missing_assumed_route_says_that_it_is_assumed_and_what_replaces_it() {
    for route in ROUTES {
        for code in [404, 405] {
            let hint = |scenario: Scenario| {
                scenario.fails([status(code)]).hint().expect("there is something to do").to_owned()
            };
            let assumed = route.origin == botsplash::core::operation::Origin::Assumed;
            let said = hint(call(route));
            assert_eq!(said.contains("assumed"), assumed, "{said}");
            assert_eq!(said.contains(&format!("routes.{}", route.name)), assumed, "{said}");

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

// --- what nobody may read ----------------------------------------------------------------------

#[test]
fn no_error_repeats_a_secret_that_the_server_or_the_runtime_quotes() {
    let secrets = ["hunter2", "aHVudGVyMg", "YWNtZS1jcm06aHVudGVyMg"];
    let quote = "you sent hunter2, aHVudGVyMg==, Basic YWNtZS1jcm06aHVudGVyMg== and %68unter2";
    let leak = || Cause { name: quote.into(), code: Some(quote.into()) };
    let scenarios = [
        call(READ),
        with_key(READ, "hunter2", KeyPlacement::Query),
        with_key(IDEMPOTENT, "hunter2", KeyPlacement::Body),
    ];
    for scenario in scenarios.map(|scenario| scenario.retries(0)) {
        let basic = scenario.request().2.is_some();
        for error in [
            scenario.fails([status(500).text(quote).request_id(quote)]),
            scenario.fails([page(200).text(quote).request_id(quote)]),
            scenario.fails([ends(End::Lost(leak())).request_id(quote)]),
        ] {
            let parts = [
                error.to_string(),
                format!("{error:?} {error:#?}"),
                error.body().unwrap_or_default().to_owned(),
                error.request_id().unwrap_or_default().to_owned(),
                error.hint().unwrap_or_default().to_owned(),
                format!("{:?}", error.cause()),
            ];
            for part in parts {
                for secret in &secrets[..if basic { 3 } else { 2 }] {
                    assert!(!part.contains(secret), "{secret} in {part}");
                }
                assert!(!part.contains("%68unter2"), "{part}");
            }
        }
    }
}

#[test]
fn an_error_prints_neither_the_body_nor_the_arguments() {
    let quote = "Jane Doe, 3334445555";
    let scenario = call(SEND).args(["secret-listener"]);
    for error in [
        scenario.fails([status(422).text(quote)]),
        scenario.fails([page(200).text(quote)]),
        scenario.fails([lost()]),
    ] {
        for printed in [error.to_string(), format!("{error:?}"), format!("{error:#?}")] {
            assert!(!printed.contains("3334445555"), "{printed}");
            assert!(!printed.contains("secret-listener"), "{printed}");
            assert!(!printed.contains(BASE_URL), "{printed}");
        }
    }
}
