//! One description of a call from beginning to end, `tests/shared/loop.json`, played by the Rust
//! client. `tests/http/loop.test.js` plays it by the npm package, which must say and do the same, to
//! the letter of the messages. `BLESS=1 cargo test --test loop` writes down what comes out.
#![cfg(not(target_arch = "wasm32"))]

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use botsplash::core::call::{CallOptions, Moment};
use botsplash::core::http::{End, Outcome, Request};
use botsplash::{
    BASE_URL, Cause, Client, Config, Credentials, ENDPOINTS, Error, File, KeyPlacement,
    ListMeetings, ListenerSubmit, MessageSend, NewVisitor, SendMessage, SubmitListener, Transport,
    UpdateVisitor, VisitorRef, VisitorUpdate,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/shared/loop.json");

/// 6 November 1994, 08:49:37 GMT.
const NOW_MS: f64 = 784_111_777_000.0;

/// Answers as it is told, and keeps what it was asked for.
#[derive(Clone, Default)]
struct Script(Rc<Inner>);

#[derive(Default)]
struct Inner {
    answers: RefCell<VecDeque<Value>>,
    abandons: bool,
    overrun: Duration,
    requests: RefCell<Vec<String>>,
    limits: RefCell<Vec<u64>>,
    waits: RefCell<Vec<u64>>,
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).expect("a time that tests wait")
}

impl Transport for Script {
    type Body = String;
    type Value = Value;

    fn json<B: Serialize>(&self, body: &B) -> Result<String, String> {
        serde_json::to_string(body).map_err(|error| error.to_string())
    }

    fn file(&self, file: &File) -> Result<String, String> {
        Ok(file.name.clone())
    }

    fn decode<R: DeserializeOwned>(&self, value: Value) -> Result<R, String> {
        serde_json::from_value(value).map_err(|error| error.to_string())
    }

    async fn attempt(
        &self,
        request: &Request<'_>,
        _: Option<&String>,
        limit: Duration,
    ) -> Outcome<Value> {
        let answer = self.0.answers.borrow_mut().pop_front().expect("an answer to each request");
        if answer["notStarted"] == true {
            return Outcome::unanswered(End::NotStarted);
        }
        let line = format!("{} {}", request.method.as_str(), request.url);
        self.0.requests.borrow_mut().push(line);
        self.0.limits.borrow_mut().push(millis(limit));
        let text = |name: &str| answer[name].as_str().map(str::to_owned);
        let hangs = answer["hangs"] == true;
        let end = if let Value::Array(lost) = &answer["lost"] {
            let name = lost[0].as_str().expect("a name").into();
            End::Lost(Cause { name, code: lost[1].as_str().map(str::to_owned) })
        } else if hangs {
            End::TimedOut
        } else if answer["aborted"] == true {
            End::Aborted
        } else if answer["redirect"] == true {
            End::Redirect
        } else if answer["json"] == true {
            End::Json(json!({}))
        } else {
            End::Text(text("text").expect("an answer of a kind that is known"))
        };
        Outcome {
            status: answer["status"].as_u64().and_then(|status| status.try_into().ok()),
            retry_after: text("retryAfter"),
            request_id: text("requestId"),
            end,
            duration: if hangs { limit } else { Duration::ZERO },
        }
    }

    async fn sleep(&self, time: Duration) -> Option<Duration> {
        self.0.waits.borrow_mut().push(millis(time));
        (!self.0.abandons).then_some(time + self.0.overrun)
    }

    fn moment(&self) -> Moment {
        Moment { now_ms: NOW_MS, jitter: 0.5 }
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
        let placement = KeyPlacement::Query;
        config = config.credentials(Credentials::ApiKey { key: key.into(), placement })?;
    }
    if let Some(username) = text(&auth["username"]) {
        let password = text(&auth["password"]).unwrap_or_default().into();
        config = config.credentials(Credentials::Basic { username: username.into(), password })?;
    }
    for endpoint in ENDPOINTS {
        if let Some(replacement) = text(&client["routes"][endpoint.name]) {
            config = config.route(endpoint, replacement)?;
        }
    }
    Ok(config)
}

fn options(given: &Value) -> CallOptions {
    CallOptions {
        timeout: given["timeoutMs"].as_u64().map(Duration::from_millis),
        retries: given["retries"].as_u64().and_then(|retries| retries.try_into().ok()),
        submission_key: text(&given["submissionKey"]).map(str::to_owned),
    }
}

fn call(client: &Client<Script>, case: &Value) -> Result<(), Error> {
    let options = options(&case["options"]);
    let visitor = text(&case["visitorId"]).unwrap_or("12345");
    let who = VisitorRef::ClientVisitorId(visitor.into());
    match text(&case["operation"]).expect("an operation") {
        "sendMessage" => {
            let message = MessageSend::new("Hello");
            block_on(client.call_with(&SendMessage { message }, options)).map(drop)
        }
        "listMeetings" => block_on(client.call_with(&ListMeetings { who }, options)).map(drop),
        "updateVisitor" => {
            let update = VisitorUpdate::default();
            block_on(client.call_with(&UpdateVisitor { who, update }, options)).map(drop)
        }
        "submitListener" => {
            let listener_id = text(&case["listenerId"]).unwrap_or("welcome").into();
            let submit = SubmitListener {
                listener_id,
                submission: ListenerSubmit::new(NewVisitor::default()),
            };
            block_on(client.call_with(&submit, options)).map(drop)
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
    put("field", error.field().map(Value::from));
    put("requestId", error.request_id().map(Value::from));
    put("retryAfterMs", error.retry_after().map(|time| millis(time).into()));
    put("hint", error.hint().map(|hint| hint.into_owned().into()));
    put("message", Some(error.to_string().into()));
    put("body", error.body().filter(|body| !body.is_empty()).map(Value::from));
    put("cause", error.cause().map(|cause| json!([cause.name, cause.code])));
    shown.into()
}

fn play(case: &Value) -> Value {
    let answers = case["answers"].as_array().expect("answers").clone();
    let script = Script(Rc::new(Inner {
        answers: RefCell::new(answers.into()),
        abandons: case["abandons"] == true,
        overrun: Duration::from_millis(case["overrunMs"].as_u64().unwrap_or_default()),
        ..Inner::default()
    }));
    let events = Rc::new(RefCell::new(Vec::new()));
    let seen = Rc::clone(&events);
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
        seen.borrow_mut().push(shown);
    });
    let result = call(&client, case);
    assert!(script.0.answers.borrow().is_empty(), "{}: an answer nobody asked for", case["name"]);
    let mut played = json!({
        "requests": *script.0.requests.borrow(),
        "limits": *script.0.limits.borrow(),
        "waits": *script.0.waits.borrow(),
        "events": *events.borrow(),
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

#[test]
fn the_client_does_and_says_what_is_written_down() {
    let written = std::fs::read_to_string(FILE).expect("tests/shared/loop.json is there");
    let mut cases: Value = serde_json::from_str(&written).expect("it is JSON");
    let bless = std::env::var_os("BLESS").is_some();
    let kinds: [(&str, fn(&Value) -> Value); 2] = [("calls", play), ("refusals", refusal)];
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
