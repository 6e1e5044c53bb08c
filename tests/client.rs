//! The loop: a client on a transport that plays a script, with a clock that only the script moves.
// cspell:ignore nobodys

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use botsplash::core::call::{CallOptions, Moment};
use botsplash::core::http::{End, Outcome, Request};
use botsplash::{
    AttemptEvent, BASE_URL, Cause, Client, Config, Credentials, Delivery, Error, ErrorCode, File,
    Json, KeyPlacement, ListMeetings, MessageSend, Operation, SendMessage, Transport, UploadFile,
    VisitorRef,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

// --- the transport -----------------------------------------------------------------------------

/// Answers from a script and keeps what it was asked for.
#[derive(Clone, Default)]
struct Script(Rc<Inner>);

#[derive(Default)]
struct Inner {
    answers: RefCell<VecDeque<Outcome<Value>>>,
    sent: RefCell<Vec<Sent>>,
    sleeps: RefCell<Vec<Duration>>,
    overruns: Cell<Duration>,
    browser: Cell<bool>,
    gives_up: Cell<bool>,
}

/// One request as it was asked for.
struct Sent {
    line: String,
    body: Option<String>,
    limit: Duration,
}

/// How long every answer takes.
const MILLIS: u64 = 80;

impl Transport for Script {
    type Body = String;
    type Value = Value;

    fn json<B: Serialize>(&self, body: &B) -> Result<String, String> {
        serde_json::to_string(body).map_err(|_| "it is no JSON".to_owned())
    }

    fn file(&self, file: &File) -> Result<String, String> {
        if file.bytes.is_empty() { Err("it is empty".into()) } else { Ok(file.name.clone()) }
    }

    fn decode<R: DeserializeOwned>(&self, value: Value) -> Result<R, String> {
        serde_json::from_value(value.clone()).map_err(|_| value.to_string())
    }

    async fn attempt(
        &self,
        request: &Request<'_>,
        body: Option<&String>,
        limit: Duration,
    ) -> Outcome<Value> {
        let line = format!("{} {}", request.method.as_str(), request.url);
        self.0.sent.borrow_mut().push(Sent { line, body: body.cloned(), limit });
        let answer = self.0.answers.borrow_mut().pop_front();
        let answer = answer.expect("a request more than the script answers");
        Outcome { duration: Duration::from_millis(MILLIS), ..answer }
    }

    async fn sleep(&self, time: Duration) -> Option<Duration> {
        self.0.sleeps.borrow_mut().push(time);
        (!self.0.gives_up.get()).then_some(time + self.0.overruns.get())
    }

    fn moment(&self) -> Moment {
        Moment { now_ms: 784_111_777_000.0, jitter: 0.5 }
    }

    fn is_browser(&self) -> bool {
        self.0.browser.get()
    }
}

impl Script {
    fn of(answers: impl IntoIterator<Item = Outcome<Value>>) -> Script {
        let script = Script::default();
        script.0.answers.borrow_mut().extend(answers);
        script
    }

    fn client(&self) -> Client<Script> {
        Client::new(config(), self.clone()).expect("the configuration is good")
    }

    fn requests(&self) -> usize {
        self.0.sent.borrow().len()
    }

    fn lines(&self) -> Vec<String> {
        self.0.sent.borrow().iter().map(|sent| sent.line.clone()).collect()
    }

    /// Makes the call on a client of its own.
    fn call<O: Operation>(&self, operation: &O) -> Result<O::Response, Error> {
        block_on(self.client().call(operation))
    }
}

fn config() -> Config {
    Config::new(BASE_URL, "acme").expect("the configuration is good")
}

fn answered(status: u16, end: End<Value>) -> Outcome<Value> {
    Outcome { status: Some(status), ..Outcome::unanswered(end) }
}

fn ok(value: Value) -> Outcome<Value> {
    answered(200, End::Json(value))
}

fn refused(status: u16) -> Outcome<Value> {
    answered(status, End::Text("sorry".into()))
}

fn lost() -> Outcome<Value> {
    Outcome::unanswered(End::Lost(Cause { name: "TypeError".into(), code: None }))
}

/// Nothing in these tests waits for anything, so a future is ready sooner or later.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..1000 {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
    panic!("the future waits for something that never comes");
}

fn message() -> SendMessage {
    SendMessage { message: MessageSend { text: "Welcome!".into(), visitor: None } }
}

fn meetings() -> ListMeetings {
    ListMeetings { who: VisitorRef::ClientVisitorId("12345".into()) }
}

fn upload(bytes: &[u8]) -> UploadFile {
    UploadFile {
        file: File {
            name: "jane.png".into(),
            content_type: "image/png".into(),
            bytes: bytes.to_vec(),
        },
    }
}

// --- one call ----------------------------------------------------------------------------------

#[test]
fn a_call_is_one_request_and_its_typed_answer() {
    let script = Script::of([ok(json!({ "firstName": "Jane", "tier": "gold" }))]);
    let visitor = script.call(&message()).expect("the script says yes");
    assert_eq!(visitor.first_name.as_deref(), Some("Jane"));
    assert_eq!(visitor.extra.get("tier").and_then(Json::as_str), Some("gold"));

    let sent = script.0.sent.borrow();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].line, format!("POST {BASE_URL}/acme/message"));
    assert_eq!(sent[0].body.as_deref(), Some(r#"{"text":"Welcome!"}"#));
    assert_eq!(sent[0].limit, Duration::from_secs(30));
}

#[test]
fn a_call_sends_the_body_that_its_operation_has() {
    let script = Script::of([ok(json!({ "key": "k-1" })), ok(json!({ "count": 0 }))]);
    assert_eq!(script.call(&upload(b"png")).expect("yes").key.as_deref(), Some("k-1"));
    assert_eq!(script.call(&meetings()).expect("yes").count, Some(0));
    let bodies: Vec<_> = script.0.sent.borrow().iter().map(|sent| sent.body.clone()).collect();
    assert_eq!(bodies, [Some("jane.png".into()), None]);
}

#[test]
fn a_body_that_cannot_be_built_is_not_sent() {
    let script = Script::of([]);
    let error = script.call(&upload(b"")).expect_err("the transport refuses it");
    assert_eq!((error.code(), error.delivery()), (ErrorCode::Validation, Delivery::NotSent));
    assert_eq!((error.operation(), error.field()), (Some("uploadFile"), Some("body")));
    assert!(error.to_string().contains("it is empty"), "{error}");
    assert_eq!(script.requests(), 0);
}

#[test]
fn an_argument_that_cannot_be_a_segment_is_not_sent() {
    let script = Script::of([]);
    let nobody = ListMeetings { who: VisitorRef::ClientAppId(String::new()) };
    let error = script.call(&nobody).expect_err("an empty id is no segment");
    assert_eq!(error.field(), Some("who.clientAppId"));
    assert_eq!((error.delivery(), script.requests()), (Delivery::NotSent, 0));
}

#[test]
fn an_answer_with_a_field_of_another_type_is_accepted_all_the_same() {
    let script = Script::of([ok(json!({ "firstName": 7 }))]);
    let visitor = script.call(&message()).expect("the server said yes");
    assert_eq!(visitor.first_name, None);
    assert_eq!(visitor.extra.get("firstName").and_then(Json::as_f64), Some(7.0), "it is not lost");
    assert_eq!(script.requests(), 1, "it was accepted: it must not be sent again");
}

#[test]
fn an_answer_that_is_no_json_object_is_accepted_and_not_asked_for_again() {
    for (status, text) in [(200, "<html>"), (200, ""), (204, ""), (201, "[1]")] {
        let script = Script::of([answered(status, End::Text(text.into()))]);
        let error = script.call(&meetings()).expect_err("it is no object");
        assert_eq!((error.code(), error.delivery()), (ErrorCode::Decode, Delivery::Accepted));
        assert_eq!((error.status(), error.body()), (Some(status), Some(text)));
        assert_eq!(error.attempts().len(), 1);
    }
}

// --- again -------------------------------------------------------------------------------------

#[test]
fn what_may_go_again_does_with_the_same_request_after_its_wait() {
    let mut busy = refused(429);
    busy.retry_after = Some("Sun, 06 Nov 1994 08:49:40 GMT".into());
    let script = Script::of([busy, refused(429), ok(json!({}))]);
    script.call(&message()).expect("the third one says yes");

    let sent = script.0.sent.borrow();
    assert!(sent.iter().all(|one| one.line == sent[0].line && one.body == sent[0].body));
    let sleeps = [Duration::from_secs(3), Duration::from_millis(500)];
    assert_eq!(*script.0.sleeps.borrow(), sleeps, "by the wall clock, then by the jitter");
}

#[test]
fn a_message_that_may_have_been_sent_is_not_sent_again() {
    for answer in [lost(), refused(500), refused(503), Outcome::unanswered(End::TimedOut)] {
        let script = Script::of([answer]);
        let error = script.call(&message()).expect_err("it failed");
        assert_eq!((error.delivery(), script.requests()), (Delivery::Unknown, 1));
    }
}

#[test]
fn a_call_may_set_its_own_time_and_retries() {
    let script = Script::of([lost(), lost()]);
    let options = CallOptions {
        timeout: Some(Duration::from_millis(700)),
        retries: Some(1),
        ..CallOptions::default()
    };
    let result = block_on(script.client().call_with(&meetings(), options));
    assert_eq!(result.expect_err("both failed").attempts().len(), 2);
    let limits: Vec<_> = script.0.sent.borrow().iter().map(|sent| sent.limit).collect();
    assert_eq!(limits, [Duration::from_millis(700); 2]);
}

#[test]
fn giving_up_during_a_wait_ends_the_call() {
    let script = Script::of([refused(503)]);
    script.0.gives_up.set(true);
    let error = script.call(&meetings()).expect_err("the caller gave up");
    assert_eq!((error.code(), error.delivery()), (ErrorCode::Aborted, Delivery::Unknown));
    assert_eq!((error.status(), script.requests()), (Some(503), 1));
}

#[test]
fn giving_up_during_a_wait_keeps_what_the_server_said() {
    let mut answer = refused(429);
    answer.retry_after = Some("7".into());
    answer.request_id = Some("r-1".into());
    let script = Script::of([answer]);
    script.0.gives_up.set(true);
    let error = script.call(&meetings()).expect_err("the caller gave up");
    assert_eq!(error.code(), ErrorCode::Aborted);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!((error.request_id(), error.body()), (Some("r-1"), Some("sorry")));
}

#[test]
fn a_wait_that_took_all_the_time_of_the_call_ends_it() {
    let script = Script::of([refused(503)]);
    script.0.overruns.set(Duration::from_secs(3600));
    let error = script.call(&meetings()).expect_err("the machine slept");
    assert_eq!((error.code(), script.requests()), (ErrorCode::Timeout, 1));
}

#[test]
fn a_lost_connection_speaks_of_a_relay_in_a_page_only() {
    for browser in [true, false] {
        let script = Script::of([lost()]);
        script.0.browser.set(browser);
        let error = script.call(&message()).expect_err("it was lost");
        assert_eq!(error.hint().is_some_and(|hint| hint.contains("relay")), browser, "{error}");
    }
}

#[test]
fn attempts_take_as_long_as_the_transport_says() {
    let script = Script::of([lost(), refused(404)]);
    let error = script.call(&meetings()).expect_err("both failed");
    let durations: Vec<_> = error.attempts().iter().map(|attempt| attempt.duration).collect();
    assert_eq!(durations, [Duration::from_millis(MILLIS); 2]);
}

// --- who watches -------------------------------------------------------------------------------

fn watched(script: &Script) -> (Client<Script>, Rc<RefCell<Vec<AttemptEvent>>>) {
    let events = Rc::new(RefCell::new(Vec::new()));
    let seen = Rc::clone(&events);
    let client = script.client().on_attempt(move |event| seen.borrow_mut().push(*event));
    (client, events)
}

#[test]
fn an_observer_is_told_of_every_attempt_by_itself() {
    let script = Script::of([lost(), refused(503), refused(401)]);
    let (client, events) = watched(&script);
    block_on(client.call(&meetings())).expect_err("all failed");

    let events: Vec<_> = events
        .borrow()
        .iter()
        .map(|event| (event.operation, event.attempt, event.status, event.delivery, event.duration))
        .collect();
    let took = Duration::from_millis(MILLIS);
    assert_eq!(
        events,
        [
            ("listMeetings", 1, None, Delivery::Unknown, took),
            ("listMeetings", 2, Some(503), Delivery::Unknown, took),
            ("listMeetings", 3, Some(401), Delivery::Rejected, took),
        ]
    );
}

#[test]
fn an_observer_is_told_of_success_and_not_of_what_was_never_sent() {
    let script = Script::of([
        ok(json!({})),
        Outcome::unanswered(End::NotStarted),
        Outcome::unanswered(End::Unsendable),
    ]);
    let (client, events) = watched(&script);
    block_on(client.call(&message())).expect("the first one says yes");
    block_on(client.call(&message())).expect_err("the caller had given up");
    block_on(client.call(&message())).expect_err("the platform refused");
    let events = events.borrow();
    assert_eq!(events.len(), 1);
    assert_eq!((events[0].status, events[0].delivery), (Some(200), Delivery::Accepted));
}

#[test]
fn an_event_holds_nobodys_data() {
    let script = Script::of([ok(json!({ "firstName": "Jane" }))]);
    let (client, events) = watched(&script);
    block_on(client.call(&meetings())).expect("the script says yes");
    let printed = format!("{:?}", events.borrow());
    for private in ["Jane", "12345", "http"] {
        assert!(!printed.contains(private), "{printed}");
    }
}

// --- where it runs -----------------------------------------------------------------------------

fn with_key() -> Config {
    let key = Credentials::ApiKey { key: "hunter2".into(), placement: KeyPlacement::Query };
    config().credentials(key).expect("it is a key")
}

#[test]
fn a_page_keeps_no_credentials_unless_it_insists() {
    let script = Script::of([ok(json!({}))]);
    script.0.browser.set(true);
    let error = Client::new(with_key(), script.clone()).expect_err("every visitor could read it");
    assert_eq!((error.code(), error.field()), (ErrorCode::Configuration, Some("auth")));
    assert!(error.to_string().contains("relay"), "{error}");
    assert!(!error.to_string().contains("hunter2"), "{error}");

    assert!(Client::new(config(), script.clone()).is_ok(), "without credentials there is no harm");
    let insisting = with_key().allow_browser_credentials(true);
    let client = Client::new(insisting, script.clone()).expect("it insists");
    block_on(client.call(&message())).expect("the script says yes");
    assert_eq!(script.lines(), [format!("POST {BASE_URL}/acme/message?api_key=hunter2")]);
}

#[test]
fn a_server_keeps_credentials() {
    assert!(Client::new(with_key(), Script::default()).is_ok());
}

#[test]
fn a_client_can_be_moved_to_another_transport() {
    let (first, second) = (Script::of([]), Script::of([ok(json!({}))]));
    let (client, events) = watched(&first);
    block_on(client.with_transport(second.clone()).call(&message())).expect("yes");
    assert_eq!((first.requests(), second.requests()), (0, 1));
    assert_eq!(events.borrow().len(), 1, "its observer goes with it");
}

#[test]
fn a_client_prints_no_secret() {
    let client = Client::new(with_key(), Script::default()).expect("no page");
    let printed = format!("{client:?} {client:#?}");
    assert!(!printed.contains("hunter2"), "{printed}");
}
