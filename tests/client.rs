//! The loop: a client on a transport that plays a script, with a clock that only the script moves.
// cspell:ignore nobodys unter fffd udead ude
#![cfg(not(target_arch = "wasm32"))]

use std::collections::VecDeque;
use std::future::{Future, pending, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use botsplash::{
    AttemptEvent, BASE_URL, CallOptions, CallVisitorAction, Cause, Client, Config, Credentials,
    Delivery, Error, ErrorCode, Failure, File, Json, ListMeetings, ListenerSubmit, MessageSend,
    Moment, NewVisitor, Operation, Request, Response, SendMessage, SequenceTrigger, SubmitListener,
    Transport, TriggerSequence, UpdateVisitor, UploadFile, VisitorInfo, VisitorRef, VisitorUpdate,
};
use serde_json::{Value, json};

// --- the transport -----------------------------------------------------------------------------

/// Answers from a script and keeps what it was asked for.
#[derive(Clone, Default)]
struct Script(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    answers: VecDeque<Answer>,
    sent: Vec<Sent>,
    sleeps: Vec<Duration>,
    overruns: Duration,
    now: Duration,
    browser: bool,
    hangs: bool,
    gives_up: bool,
}

/// One answer: the function makes it of the request's URL.
type Answer = Box<dyn FnOnce(&str) -> Result<Response, Failure> + Send>;

/// One request as it was asked for.
#[derive(Clone)]
struct Sent {
    line: String,
    body: Option<String>,
    timeout: Duration,
}

/// How long every answer takes.
const MILLIS: u64 = 80;

impl Transport for Script {
    async fn send(&self, request: &Request<'_>) -> Result<Response, Failure> {
        if self.with(|script| script.hangs) {
            pending::<()>().await;
        }
        let line = format!("{} {}", request.method.as_str(), request.url);
        let body = request.body.map(|body| String::from_utf8_lossy(body).into_owned());
        let answer = self.with(|script| {
            script.sent.push(Sent { line, body, timeout: request.timeout });
            script.now += Duration::from_millis(MILLIS);
            script.answers.pop_front()
        });
        answer.expect("a request more than the script answers")(request.url)
    }

    async fn sleep(&self, time: Duration) {
        let gives_up = self.with(|script| {
            script.sleeps.push(time);
            script.now += time + script.overruns;
            script.gives_up
        });
        if gives_up {
            pending::<()>().await;
        }
    }

    fn moment(&self) -> Moment {
        Moment { now_ms: 784_111_777_000.0, jitter: 0.5 }
    }

    fn elapsed(&self) -> Duration {
        self.with(|script| script.now)
    }

    fn is_browser(&self) -> bool {
        self.with(|script| script.browser)
    }
}

impl Script {
    fn of(answers: impl IntoIterator<Item = Answer>) -> Script {
        let script = Script::default();
        script.with(|script| script.answers.extend(answers));
        script
    }

    fn with<T>(&self, look: impl FnOnce(&mut Inner) -> T) -> T {
        look(&mut self.0.lock().expect("nobody panicked"))
    }

    fn client(&self) -> Client<Script> {
        Client::new(config(), self.clone()).expect("the configuration is good")
    }

    fn sent(&self) -> Vec<Sent> {
        self.with(|script| script.sent.clone())
    }

    fn requests(&self) -> usize {
        self.sent().len()
    }

    fn lines(&self) -> Vec<String> {
        self.sent().into_iter().map(|sent| sent.line).collect()
    }

    /// Makes the call on a client of its own. Its caller gives up during a wait, if told to.
    fn call<O: Operation>(&self, operation: &O) -> Result<O::Response, Error> {
        let gives_up =
            poll_fn(|_| match self.with(|script| script.gives_up && !script.sleeps.is_empty()) {
                true => Poll::Ready(()),
                false => Poll::Pending,
            });
        let client = self.client();
        block_on(client.call_until(operation, CallOptions::default(), gives_up))
    }
}

fn config() -> Config {
    Config::new(BASE_URL, "acme").expect("the configuration is good")
}

fn answered(status: u16, body: &str) -> Answer {
    let body = body.to_owned();
    Box::new(move |url| Ok(Response::new(status, url).body(body)))
}

fn with_header(answer: Answer, name: &'static str, value: &'static str) -> Answer {
    Box::new(move |url| answer(url).map(|response| response.header(name, value)))
}

fn fails(failure: Failure) -> Answer {
    Box::new(move |_| Err(failure))
}

fn ok(value: Value) -> Answer {
    answered(200, &value.to_string())
}

fn refused(status: u16) -> Answer {
    answered(status, "sorry")
}

fn cause() -> Cause {
    Cause::named("connection reset by peer", Some("ConnectionReset".into()))
}

fn lost() -> Answer {
    fails(Failure::Lost(cause()))
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
    SendMessage::new(MessageSend::new("Welcome!"))
}

fn meetings() -> ListMeetings {
    ListMeetings::new(VisitorRef::ClientVisitorId("12345".into()))
}

fn upload(bytes: &[u8]) -> UploadFile {
    UploadFile::new(File::new("jane.png", "image/png", bytes))
}

// --- one call ----------------------------------------------------------------------------------

#[test]
fn a_call_is_one_request_and_its_typed_answer() {
    let script = Script::of([ok(json!({ "firstName": "Jane", "tier": "gold" }))]);
    let visitor = script.call(&message()).expect("the script says yes");
    assert_eq!(visitor.first_name.as_deref(), Some("Jane"));
    assert_eq!(visitor.extra.get("tier").and_then(Json::as_str), Some("gold"));

    let sent = script.sent();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].line, format!("POST {BASE_URL}/acme/message"));
    assert_eq!(sent[0].body.as_deref(), Some(r#"{"text":"Welcome!"}"#));
    assert_eq!(sent[0].timeout, Duration::from_secs(30));
}

#[test]
fn a_call_sends_the_body_that_its_operation_has() {
    let script = Script::of([ok(json!({ "key": "k-1" })), ok(json!({ "count": 0 }))]);
    assert_eq!(script.call(&upload(b"png")).expect("yes").key.as_deref(), Some("k-1"));
    assert_eq!(script.call(&meetings()).expect("yes").count, Some(0));
    let [upload, list] = &*script.sent() else { panic!("there were two") };
    let form = upload.body.as_deref().expect("an upload has a body");
    assert!(form.contains("filename=\"jane.png\"") && form.contains("\r\n\r\npng\r\n"), "{form}");
    assert_eq!(list.body, None);
}

#[test]
fn an_extra_field_goes_out_with_all_that_its_operation_sends() {
    let script = Script::of([ok(json!({}))]);
    let who = VisitorRef::ClientVisitorId("12345".into());
    let update = UpdateVisitor::new(
        who,
        VisitorUpdate::new().visitor(VisitorInfo::new().first_name("Jane")),
    );
    let call = update.extra_field("visitor.nickname", "JJ").extra_field("source", 7);
    script.call(&call).expect("the script says yes");

    let sent = script.sent();
    assert_eq!(sent[0].line, format!("POST {BASE_URL}/acme/visitor/clientVisitorId/12345"));
    let body: Value =
        serde_json::from_str(sent[0].body.as_deref().unwrap_or_default()).expect("JSON");
    assert_eq!(body, json!({ "visitor": { "firstName": "Jane", "nickname": "JJ" }, "source": 7 }));

    let printed = format!("{call:?}");
    assert!(printed.contains("WithExtra") && printed.contains("visitor.nickname"), "{printed}");
    assert!(!printed.contains("JJ"), "{printed}");
}

#[test]
fn a_key_for_the_body_is_in_it_whoever_sends_it() {
    let script = Script::of([ok(json!({})), ok(json!({}))]);
    let config = config().credentials(Credentials::api_key_in_body("k&1")).expect("it is a key");
    let client = Client::new(config, script.clone()).expect("no page");
    block_on(client.call(&message())).expect("yes");
    block_on(client.call(&upload(b"png"))).expect("yes");
    let [message, upload] = &*script.sent() else { panic!("there were two") };
    assert_eq!(message.body.as_deref(), Some(r#"{"api_key":"k&1","text":"Welcome!"}"#));
    assert!(upload.body.as_deref().is_some_and(|form| form.contains("\"api_key\"\r\n\r\nk&1\r\n")));
    assert!(!message.line.contains("k&1") && !message.line.contains('?'), "{}", message.line);
}

#[test]
fn a_redirect_that_was_followed_is_no_answer() {
    for elsewhere in ["https://elsewhere.example/", "http://api.botsplash.com/open/v1/acme/message"]
    {
        let followed: Answer = Box::new(move |_| Ok(Response::new(200, elsewhere).body("{}")));
        let error = Script::of([followed]).call(&message()).expect_err("it went elsewhere");
        assert_eq!((error.code(), error.delivery()), (ErrorCode::Http, Delivery::Unknown));
        assert!(error.hint().is_some_and(|hint| hint.contains("not followed")), "{error}");
    }
}

#[test]
fn a_connection_that_was_never_made_sent_nothing_and_is_tried_again() {
    let unreached = || fails(Failure::NotSent(cause()));
    let script = Script::of([unreached(), unreached(), unreached()]);
    let error = script.call(&message()).expect_err("nobody listens");
    assert_eq!((error.code(), error.delivery()), (ErrorCode::Network, Delivery::NotSent));
    assert_eq!((error.attempts().len(), script.requests()), (3, 3));
    assert!(error.to_string().contains("Nothing was sent"), "{error}");

    let script = Script::of([unreached(), ok(json!({ "id": "v-1" }))]);
    assert_eq!(script.call(&message()).expect("then it did").id.as_deref(), Some("v-1"));

    let script = Script::of([lost()]);
    assert_eq!(script.call(&message()).expect_err("it was lost").delivery(), Delivery::Unknown);
}

#[test]
fn an_error_has_a_source_that_quotes_nothing() {
    let quoting = || {
        let url = format!("{BASE_URL}/acme/visitor/clientVisitorId/12345/meeting?api_key=hunter2");
        Cause::named(format!("error for {url}: hunter2, %68unter2"), Some("hunter2".into()))
    };
    let script = Script::of([fails(Failure::NotSent(quoting()))]);
    let client =
        Client::new(with_key().retries(0).expect("0 is a number"), script).expect("no page");
    let error = block_on(client.call(&meetings())).expect_err("nobody listens");
    let source = std::error::Error::source(&error).expect("there is one").to_string();
    assert!(source.starts_with("error for (the URL)"), "{source}");
    for private in ["hunter2", "%68unter2", "12345"] {
        assert!(!source.contains(private), "{source}");
    }
}

#[test]
fn a_source_is_as_deep_as_it_was() {
    let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
    let cause = Cause::of(&std::io::Error::other(refused));
    assert_eq!(cause.code.as_deref(), Some("Other"));
    let error = Script::of([lost()]).call(&message()).expect_err("it was lost");
    let source = std::error::Error::source(&error).expect("there is one");
    assert_eq!(source.to_string(), "connection reset by peer (ConnectionReset)");
}

#[test]
fn a_request_that_never_ends_is_dropped_when_its_time_is_over() {
    let script = Script::of([]);
    script.with(|script| script.hangs = true);
    let error = script.call(&message()).expect_err("nobody answers");
    assert_eq!((error.code(), error.delivery()), (ErrorCode::Timeout, Delivery::Unknown));
    assert_eq!(script.with(|script| script.sleeps.clone()), [Duration::from_secs(30)]);
}

#[test]
fn clients_and_their_calls_can_go_to_another_thread_whatever_the_transport() {
    fn sends<T: Send>(value: T) -> T {
        value
    }
    fn spawns<T: Transport + Clone + 'static, O: Operation + Clone + Send + Sync + 'static>(
        client: Client<T>,
        operation: O,
    ) -> impl Future<Output = bool> + Send + 'static {
        sends(async move { client.call(&operation).await.is_ok() })
    }
    let script = Script::of([ok(json!({}))]);
    let call = spawns(script.client().on_attempt(|_| ()), message());
    assert!(std::thread::spawn(|| block_on(call)).join().expect("it ends"));

    fn is_shared<T: Send + Sync>() {}
    is_shared::<Client<Script>>();
    is_shared::<Error>();
    is_shared::<Config>();
}

#[test]
fn an_argument_that_cannot_be_a_segment_is_not_sent() {
    let script = Script::of([]);
    let nobody = ListMeetings::new(VisitorRef::ClientAppId(String::new()));
    let error = script.call(&nobody).expect_err("an empty id is not a segment");
    assert_eq!(error.field(), Some("who.client_app_id"));
    assert_eq!((error.delivery(), script.requests()), (Delivery::NotSent, 0));
}

#[test]
fn an_argument_is_called_as_in_rust() {
    let who = || VisitorRef::ClientVisitorId(String::new());
    let id = || VisitorRef::ClientVisitorId("12345".into());
    let field = |error: Option<Error>| error.and_then(|error| error.field().map(str::to_owned));
    let script = Script::default();
    for (field, name) in [
        (
            field(
                script.call(&SubmitListener::new("", ListenerSubmit::new(NewVisitor::new()))).err(),
            ),
            "listener_id",
        ),
        (
            field(
                script
                    .call(&TriggerSequence::new("", SequenceTrigger::new(VisitorInfo::new())))
                    .err(),
            ),
            "sequence_id",
        ),
        (field(script.call(&CallVisitorAction::new(id(), "")).err()), "action_id"),
        (field(script.call(&ListMeetings::new(who())).err()), "who.client_visitor_id"),
        (field(config().route(&SubmitListener::ENDPOINT, "GET").err()), "route"),
    ] {
        assert_eq!(field.as_deref(), Some(name));
    }
    assert_eq!(script.requests(), 0);
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
fn an_answer_is_read_as_fetch_reads_it() {
    let read = |body: &'static [u8]| {
        let answer: Answer = Box::new(move |url| Ok(Response::new(200, url).body(body)));
        Script::of([answer]).call(&message()).expect("it is an object").first_name
    };
    for (body, name) in [
        (&b"\xef\xbb\xbf{\"firstName\":\"Jane\"}"[..], "Jane"),
        (b"{\"firstName\":\"Ren\xe9\"}", "Ren\u{fffd}"),
        (br#"{"firstName":"J\ud83d","note":"\ude00\ud83d\ud83d\ude00"}"#, "J\u{fffd}"),
        (br#"{"firstName":"\\ud83d \ud83d\ude00\n\ud83d\"\u0041"}"#, "\\ud83d 😀\n\u{fffd}\"A"),
        (br#"{"note":"\udead","firstName":"Zo\u00eb"}"#, "Zoë"),
    ] {
        assert_eq!(read(body).as_deref(), Some(name));
    }
}

#[test]
fn an_answer_that_is_no_json_object_is_accepted_and_not_asked_for_again() {
    for (status, text) in [(200, "<html>"), (200, ""), (204, ""), (201, "[1]")] {
        let script = Script::of([answered(status, text)]);
        let error = script.call(&meetings()).expect_err("it is not an object");
        assert_eq!((error.code(), error.delivery()), (ErrorCode::Decode, Delivery::Accepted));
        assert_eq!((error.status(), error.body()), (Some(status), Some(text)));
        assert_eq!(error.attempts().len(), 1);
    }
}

// --- again -------------------------------------------------------------------------------------

#[test]
fn what_may_go_again_does_with_the_same_request_after_its_wait() {
    let busy = with_header(refused(429), "Retry-After", "Sun, 06 Nov 1994 08:49:40 GMT");
    let script = Script::of([busy, refused(429), ok(json!({}))]);
    script.call(&message()).expect("the third one says yes");

    let sent = script.sent();
    assert!(sent.iter().all(|one| one.line == sent[0].line && one.body == sent[0].body));
    let sleeps = [Duration::from_secs(3), Duration::from_millis(500)];
    assert_eq!(
        script.with(|script| script.sleeps.clone()),
        sleeps,
        "by the wall clock, then by the jitter"
    );
}

#[test]
fn a_message_that_may_have_been_sent_is_not_sent_again() {
    for answer in [lost(), refused(500), refused(503), fails(Failure::TimedOut)] {
        let script = Script::of([answer]);
        let error = script.call(&message()).expect_err("it failed");
        assert_eq!((error.delivery(), script.requests()), (Delivery::Unknown, 1));
    }
}

#[test]
fn a_call_may_set_its_own_time_and_retries() {
    let script = Script::of([lost(), lost()]);
    let options = CallOptions::new().timeout(Duration::from_millis(700)).retries(1);
    let result = block_on(script.client().call_with(&meetings(), options));
    assert_eq!(result.expect_err("both failed").attempts().len(), 2);
    let limits: Vec<_> = script.sent().iter().map(|sent| sent.timeout).collect();
    assert_eq!(limits, [Duration::from_millis(700); 2]);
}

#[test]
fn giving_up_during_a_wait_ends_the_call() {
    let script = Script::of([refused(503)]);
    script.with(|script| script.gives_up = true);
    let error = script.call(&meetings()).expect_err("the caller gave up");
    assert_eq!((error.code(), error.delivery()), (ErrorCode::Aborted, Delivery::Unknown));
    assert_eq!((error.status(), script.requests()), (Some(503), 1));
}

#[test]
fn giving_up_during_a_wait_keeps_what_the_server_said() {
    let answer = with_header(refused(429), "retry-after", "7");
    let answer = with_header(answer, "X-Request-Id", "r-1");
    let script = Script::of([answer]);
    script.with(|script| script.gives_up = true);
    let error = script.call(&meetings()).expect_err("the caller gave up");
    assert_eq!(error.code(), ErrorCode::Aborted);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!((error.request_id(), error.body()), (Some("r-1"), Some("sorry")));
}

#[test]
fn a_wait_that_took_all_the_time_of_the_call_ends_it() {
    let script = Script::of([refused(503)]);
    script.with(|script| script.overruns = Duration::from_secs(3600));
    let error = script.call(&meetings()).expect_err("the machine slept");
    assert_eq!((error.code(), script.requests()), (ErrorCode::Timeout, 1));
}

#[test]
fn a_lost_connection_speaks_of_a_relay_in_a_page_only() {
    for browser in [true, false] {
        let script = Script::of([lost()]);
        script.with(|script| script.browser = browser);
        let error = script.call(&message()).expect_err("it was lost");
        assert_eq!(error.hint().is_some_and(|hint| hint.contains("relay")), browser, "{error}");
    }
}

#[test]
fn the_hint_is_for_what_was_wrong_and_for_who_asks() {
    let hint = |failure: Failure, in_page: Option<Config>| {
        let script = Script::of((0..3).map(|_| fails(failure.clone())));
        script.with(|script| script.browser = in_page.is_some());
        let client = Client::new(in_page.unwrap_or_else(config), script).expect("it is good");
        let error = block_on(client.call(&message())).expect_err("the script says no");
        error.hint().unwrap_or_default().into_owned()
    };
    assert_eq!(hint(Failure::Unsendable, None), "Check base_url");
    assert_eq!(hint(Failure::Lost(cause()), None), "");
    for page in [None, Some(config())] {
        let hint = hint(Failure::NotSent(cause()), page);
        assert!(hint.starts_with("No connection was made: check base_url"), "{hint}");
    }
    let own = config().allow_browser_credentials(true);
    let own = own.credentials(Credentials::basic("acme-crm", "hunter2")).expect("they are good");
    let hints =
        [hint(Failure::Lost(cause()), Some(config())), hint(Failure::Lost(cause()), Some(own))];
    assert!(hints[0].contains("connect-src allows the relay"), "{hints:?}");
    assert!(hints[1].contains("there, point base_url at a relay"), "{hints:?}");
}

#[test]
fn attempts_take_as_long_as_the_transport_says() {
    let script = Script::of([lost(), refused(404)]);
    let error = script.call(&meetings()).expect_err("both failed");
    let durations: Vec<_> = error.attempts().iter().map(|attempt| attempt.duration).collect();
    assert_eq!(durations, [Duration::from_millis(MILLIS); 2]);
}

// --- who watches -------------------------------------------------------------------------------

fn watched(script: &Script) -> (Client<Script>, Arc<Mutex<Vec<AttemptEvent>>>) {
    let events = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&events);
    let client =
        script.client().on_attempt(move |event| seen.lock().expect("nobody panicked").push(*event));
    (client, events)
}

#[test]
fn an_observer_is_told_of_every_attempt_by_itself() {
    let script = Script::of([lost(), refused(503), refused(401)]);
    let (client, events) = watched(&script);
    block_on(client.call(&meetings())).expect_err("all failed");

    let events: Vec<_> = events
        .lock()
        .expect("nobody panicked")
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
    let script = Script::of([ok(json!({})), fails(Failure::Unsendable)]);
    let (client, events) = watched(&script);
    block_on(client.call(&message())).expect("the first one says yes");
    block_on(client.call(&message())).expect_err("the platform refused");
    let events = events.lock().expect("nobody panicked");
    assert_eq!(events.len(), 1);
    assert_eq!((events[0].status, events[0].delivery), (Some(200), Delivery::Accepted));
}

#[test]
fn an_event_holds_nobodys_data() {
    let script = Script::of([ok(json!({ "firstName": "Jane" }))]);
    let (client, events) = watched(&script);
    block_on(client.call(&meetings())).expect("the script says yes");
    let printed = format!("{:?}", events.lock().expect("nobody panicked"));
    for private in ["Jane", "12345", "http"] {
        assert!(!printed.contains(private), "{printed}");
    }
}

// --- where it runs -----------------------------------------------------------------------------

fn with_key() -> Config {
    let key = Credentials::api_key("hunter2");
    config().credentials(key).expect("it is a key")
}

#[test]
fn a_page_keeps_no_credentials_unless_it_insists() {
    let script = Script::of([ok(json!({}))]);
    script.with(|script| script.browser = true);
    let error = Client::new(with_key(), script.clone()).expect_err("every visitor could read it");
    assert_eq!((error.code(), error.field()), (ErrorCode::Configuration, Some("credentials")));
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
    assert_eq!(events.lock().expect("nobody panicked").len(), 1, "its observer goes with it");
}

#[test]
fn a_client_prints_no_secret() {
    let client = Client::new(with_key(), Script::default()).expect("no page");
    let printed = format!("{client:?} {client:#?}");
    assert!(!printed.contains("hunter2"), "{printed}");
}
