//! One description of a call from beginning to end, `tests/shared/loop.json`, played by the Rust
//! client. `tests/http/loop.test.js` plays it by the npm package, which must say and do the same, to
//! the letter of the messages. `BLESS=1 cargo test --test loop` writes down what comes out.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::VecDeque;
use std::future::{Future, pending, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use botsplash::internals::in_javascript;
use botsplash::{
    BASE_URL, CallOptions, Cause, Client, Config, Credentials, ENDPOINTS, Error, Failure,
    ListMeetings, ListenerSubmit, MessageSend, Moment, NewVisitor, Operation, Request, Response,
    SendMessage, SubmitListener, Transport, UpdateVisitor, VisitorRef, VisitorUpdate,
};
use serde_json::{Map, Value, json};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/shared/loop.json");

/// 6 November 1994, 08:49:37 GMT.
const NOW_MS: f64 = 784_111_777_000.0;

/// Answers as it is told, and keeps what it was asked for.
#[derive(Clone, Default)]
struct Script(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    answers: VecDeque<Value>,
    abandons: bool,
    overrun: Duration,
    now: Duration,
    requests: Vec<String>,
    limits: Vec<u64>,
    waits: Vec<u64>,
}

impl Script {
    fn with<T>(&self, look: impl FnOnce(&mut Inner) -> T) -> T {
        look(&mut self.0.lock().expect("nobody panicked"))
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).expect("a time that tests wait")
}

impl Transport for Script {
    async fn send(&self, request: &Request<'_>) -> Result<Response, Failure> {
        let answer = self.with(|script| script.answers.pop_front());
        let answer = answer.expect("an answer to each request");
        if answer["notStarted"] == true {
            return Err(Failure::NotBegun);
        }
        let hangs = answer["hangs"] == true;
        self.with(|script| {
            script.requests.push(format!("{} {}", request.method.as_str(), request.url));
            script.limits.push(millis(request.timeout));
            script.now += if hangs { request.timeout } else { Duration::ZERO };
        });
        let head = answer["status"].as_u64().map(|status| {
            let mut head = Response::new(status.try_into().expect("a status"), request.url);
            for (name, key) in [("retry-after", "retryAfter"), ("x-request-id", "requestId")] {
                if let Some(value) = answer[key].as_str() {
                    head = head.header(name, value);
                }
            }
            head
        });
        let failure = if let Value::Array(lost) = &answer["lost"] {
            let name = lost[0].as_str().expect("a name");
            Failure::Lost(Cause::named(name, lost[1].as_str().map(str::to_owned)))
        } else if hangs {
            Failure::TimedOut
        } else if answer["aborted"] == true {
            Failure::Aborted
        } else if answer["redirect"] == true {
            return Ok(Response::new(0, ""));
        } else {
            let json = (answer["json"] == true).then_some("{}");
            let body = json.or(answer["text"].as_str()).expect("an answer of a kind that is known");
            return Ok(head.expect("a status").body(body));
        };
        match head {
            Some(head) => Ok(head.cut_off(failure)),
            None => Err(failure),
        }
    }

    async fn sleep(&self, time: Duration) {
        let abandons = self.with(|script| {
            script.waits.push(millis(time));
            script.now += time + script.overrun;
            script.abandons
        });
        if abandons {
            pending::<()>().await;
        }
    }

    fn moment(&self) -> Moment {
        Moment { now_ms: NOW_MS, jitter: 0.5 }
    }

    fn elapsed(&self) -> Duration {
        self.with(|script| script.now)
    }
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    match future.as_mut().poll(&mut context) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing in these tests waits"),
    }
}

fn text(value: &Value) -> Option<&str> {
    value.as_str()
}

fn config(client: &Value) -> Result<Config, Error> {
    let base_url = text(&client["baseUrl"]).unwrap_or(BASE_URL);
    let mut config = Config::new(base_url, text(&client["appId"]).unwrap_or("acme"))?;
    if let Some(ms) = client["timeoutMs"].as_u64() {
        config = config.timeout(Duration::from_millis(ms))?;
    }
    if let Some(retries) = client["retries"].as_u64() {
        config = config.retries(u32::try_from(retries).expect("a small number"))?;
    }
    let auth = &client["auth"];
    if let Some(key) = text(&auth["apiKey"]) {
        config = config.credentials(Credentials::api_key(key))?;
    }
    if let Some(username) = text(&auth["username"]) {
        let password = text(&auth["password"]).unwrap_or_default();
        config = config.credentials(Credentials::basic(username, password))?;
    }
    for endpoint in ENDPOINTS {
        if let Some(replacement) = text(&client["routes"][endpoint.name]) {
            config = config.route(endpoint, replacement)?;
        }
    }
    Ok(config)
}

fn options(given: &Value) -> CallOptions {
    let mut options = CallOptions::new();
    options.timeout = given["timeoutMs"].as_u64().map(Duration::from_millis);
    options.retries = given["retries"].as_u64().and_then(|retries| retries.try_into().ok());
    options.submission_key = text(&given["submissionKey"]).map(str::to_owned);
    options
}

fn run<O: Operation>(client: &Client<Script>, operation: &O, case: &Value) -> Result<(), Error> {
    let script = client.transport();
    let gives_up = poll_fn(|_| match script.with(|it| it.abandons && !it.waits.is_empty()) {
        true => Poll::Ready(()),
        false => Poll::Pending,
    });
    block_on(client.call_until(operation, options(&case["options"]), gives_up)).map(drop)
}

fn call(client: &Client<Script>, case: &Value) -> Result<(), Error> {
    let visitor = text(&case["visitorId"]).unwrap_or("12345");
    let who = VisitorRef::ClientVisitorId(visitor.into());
    match text(&case["operation"]).expect("an operation") {
        "sendMessage" => run(client, &SendMessage::new(MessageSend::new("Hello")), case),
        "listMeetings" => run(client, &ListMeetings::new(who), case),
        "updateVisitor" => run(client, &UpdateVisitor::new(who, VisitorUpdate::new()), case),
        "submitListener" => {
            let listener_id = text(&case["listenerId"]).unwrap_or("welcome");
            let submission = ListenerSubmit::new(NewVisitor::new());
            run(client, &SubmitListener::new(listener_id, submission), case)
        }
        other => panic!("tests/loop.rs does not know {other}: teach it"),
    }
}

/// An error, as the npm package's shows itself.
fn shown(error: &Error) -> Value {
    let attempts = error.attempts().iter().map(|attempt| {
        let mut shown = json!({ "durationMs": millis(attempt.duration) });
        if let Some(status) = attempt.status {
            shown["status"] = status.into();
        }
        shown
    });
    // Rust has words of its own: these are held to JavaScript's.
    let (field, hint, message) = in_javascript(error);
    let mut shown = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            shown.insert(name.into(), value);
        }
    };
    put("code", Some(error.code().as_str().into()));
    put("delivery", Some(error.delivery().as_str().into()));
    put("operation", error.operation().map(Value::from));
    put("attempts", Some(attempts.collect()));
    put("status", error.status().map(Value::from));
    put("field", field.map(Value::from));
    put("requestId", error.request_id().map(Value::from));
    put("retryAfterMs", error.retry_after().map(|time| millis(time).into()));
    put("hint", hint.map(Value::from));
    put("message", Some(message.into()));
    put("body", error.body().filter(|body| !body.is_empty()).map(Value::from));
    put("cause", error.cause().map(|cause| json!([cause.name, cause.code])));
    shown.into()
}

fn play(case: &Value) -> Value {
    let answers = case["answers"].as_array().expect("answers").clone();
    let script = Script(Arc::new(Mutex::new(Inner {
        answers: answers.into(),
        abandons: case["abandons"] == true,
        overrun: Duration::from_millis(case["overrunMs"].as_u64().unwrap_or_default()),
        ..Inner::default()
    })));
    let events = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&events);
    let config = config(&case["client"]).expect("the settings are right");
    let client = Client::new(config, script.clone()).expect("it is not a page");
    let client = client.on_attempt(move |event| {
        let mut shown = json!({
            "operation": event.operation,
            "attempt": event.attempt,
            "durationMs": millis(event.duration),
            "delivery": event.delivery.as_str(),
        });
        if let Some(status) = event.status {
            shown["status"] = status.into();
        }
        seen.lock().expect("nobody panicked").push(shown);
    });
    let result = call(&client, case);
    let mut played = script.with(|script| {
        assert!(script.answers.is_empty(), "{}: an answer nobody asked for", case["name"]);
        json!({
            "requests": script.requests,
            "limits": script.limits,
            "waits": script.waits,
            "events": *events.lock().expect("nobody panicked"),
        })
    });
    if let Err(error) = result {
        played["error"] = shown(&error);
    }
    played
}

fn refusal(case: &Value) -> Value {
    let refused = config(&case["client"]).and_then(|config| {
        let client = Client::new(config, Script::default()).expect("it is not a page");
        call(&client, case)
    });
    shown(&refused.expect_err("it is refused"))
}

/// The outcome of a case.
type Play = fn(&Value) -> Value;

#[test]
fn the_client_does_and_says_what_is_written_down() {
    let written = std::fs::read_to_string(FILE).expect("tests/shared/loop.json is there");
    let mut cases: Value = serde_json::from_str(&written).expect("it is JSON");
    let bless = std::env::var_os("BLESS").is_some();
    let kinds: [(&str, Play); 2] = [("calls", play), ("refusals", refusal)];
    for (kind, play) in kinds {
        let cases = cases[kind].as_array_mut().expect("a list");
        assert!(cases.len() > 10);
        for case in cases {
            let came = play(case);
            if bless {
                case["comes"] = came;
            } else {
                assert_eq!(case["comes"], came, "{case}");
            }
        }
    }
    if bless {
        let text = serde_json::to_string_pretty(&cases).expect("it has JSON");
        std::fs::write(FILE, text + "\n").expect("tests/shared/loop.json can be written");
    }
}
