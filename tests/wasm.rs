//! The boundary to JavaScript, in a real browser: `wasm-pack test --headless --chrome`.
//!
//! Every fetch is injected, so no server is needed.
// cspell:ignore Mesage
#![cfg(target_arch = "wasm32")]

use std::task::{Context, Waker};
use std::time::Duration;

use botsplash::{
    BASE_URL, CallOptions, Client, Config, Credentials, DateTime, Delivery, ErrorCode, Fetch, File,
    Json, KeyPlacement, ListenerArgs, ListenerSubmit, MeetingSchedule, MessageSend, NewVisitor,
    PhoneStatus, PhoneStatusItem, PhoneStatusUpdate, ScheduleMeeting, SendMessage, SubmitListener,
    UpdatePhoneStatuses, UploadFile, VisitorRef,
};
use js_sys::{Function, JSON, Reflect};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/wasm/doubles.js")]
extern "C" {
    fn answering(status: u16, body: &str, headers: &JsValue) -> Function;
    fn hanging() -> Function;
    fn stalling() -> Function;
    fn speaking(body: &str) -> Function;
    fn value(text: &str) -> JsValue;
    fn breaking(path: &str) -> Function;
    #[wasm_bindgen(js_name = abortingSoon)]
    fn aborting_soon(reason: &JsValue) -> JsValue;
}

const YES: &str = r#"{"success":true,"requestId":"r-1"}"#;

fn none() -> JsValue {
    JsValue::UNDEFINED
}

fn yes() -> Function {
    answering(200, YES, &none())
}

/// The requests to a fetch double, as JSON.
fn seen(fetch: &Function) -> Value {
    let seen = Reflect::get(fetch, &"seen".into()).expect("the double keeps what it was asked");
    let text = JSON::stringify(&seen).expect("what it keeps is plain");
    serde_json::from_str(&String::from(text)).expect("JSON is JSON")
}

fn rust(fetch: &Function) -> Client<Fetch> {
    let config = Config::new("https://relay.test", "acme").expect("the settings are right");
    Client::new(config, Fetch::with_function(fetch.clone())).expect("no credentials to leak")
}

#[wasm_bindgen_test]
async fn rusts_types_go_out_as_the_same_json() {
    let fetch = answering(200, YES, &none());
    let visitor = NewVisitor::new()
        .first_name("Jane")
        .delivery_status(202)
        .extended_attributes([("color", "red".into())]);
    let args = ListenerArgs::new().message("Welcome!").with("priority", 2.0);
    let submit = SubmitListener::new("welcome", ListenerSubmit::new(visitor).args(args));
    let answer = rust(&fetch).call(&submit).await.expect("the server says yes");
    assert_eq!((answer.success, answer.request_id.as_deref()), (Some(true), Some("r-1")));
    let body: Value =
        serde_json::from_str(seen(&fetch)[0]["body"].as_str().expect("text")).expect("JSON");
    let expected = json!({
        "visitor": { "firstName": "Jane", "deliveryStatus": 202, "extendedAttributes": { "color": "red" } },
        "args": { "message": "Welcome!", "priority": 2 },
    });
    assert_eq!(body, expected);
}

#[wasm_bindgen_test]
async fn answers_become_rusts_types_and_keep_what_is_new() {
    let text = r#"{"id":"v-1","archived":true,"deliveryStatus":null,"score":1.5,"tags":["a",{}]}"#;
    let fetch = answering(200, text, &none());
    let visitor = rust(&fetch)
        .call(&SendMessage::new(MessageSend::new("hi")))
        .await
        .expect("the server says yes");
    assert_eq!((visitor.id.as_deref(), visitor.archived), (Some("v-1"), Some(true)));
    assert_eq!(visitor.delivery_status, None);
    assert_eq!(visitor.extra.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["score", "tags"]);
}

#[wasm_bindgen_test]
async fn an_answer_of_another_type_was_accepted_all_the_same() {
    let fetch = answering(200, r#"{"id":5}"#, &none());
    let visitor = rust(&fetch)
        .call(&SendMessage::new(MessageSend::new("hi")))
        .await
        .expect("the server says yes");
    assert_eq!((visitor.id, visitor.extra.get("id").and_then(Json::as_i64)), (None, Some(5)));
}

#[wasm_bindgen_test]
async fn rust_uploads_bytes() {
    let fetch = answering(200, r#"{"key":"k"}"#, &none());
    let file = File::new("a.png", "image/png", [1, 2, 3]);
    let answer = rust(&fetch).call(&UploadFile::new(file)).await.expect("the server says yes");
    assert_eq!(answer.key.as_deref(), Some("k"));
    let part = json!([{ "name": "file", "file": "a.png", "type": "image/png", "size": 3 }]);
    assert_eq!(seen(&fetch)[0]["body"], part);
}

#[wasm_bindgen_test]
async fn the_other_types_go_out_too() {
    let fetch = answering(200, "{}", &none());
    let update = PhoneStatusUpdate::new([PhoneStatusItem::new("3334445555", PhoneStatus::Send)]);
    let client = rust(&fetch);
    client.call(&UpdatePhoneStatuses::new(update)).await.expect("the server says yes");
    let followup_at = DateTime::new("2030-08-24T14:15:22Z").expect("it is a date-time");
    let meeting = MeetingSchedule::new("a", followup_at).duration(45);
    let who = VisitorRef::ClientAppId("9".into());
    client.call(&ScheduleMeeting::new(who, meeting)).await.expect("the server says yes");
    assert_eq!(
        seen(&fetch)[0]["body"],
        r#"{"items":[{"phoneNumber":"3334445555","status":"send"}]}"#
    );
    assert_eq!(
        seen(&fetch)[1]["body"],
        r#"{"agentClientUserId":"a","followupAt":"2030-08-24T14:15:22Z","duration":45}"#
    );
}

#[wasm_bindgen_test]
async fn clients_that_share_a_fetch_keep_their_own_credentials() {
    let fetch = yes();
    let shared = Fetch::with_function(fetch.clone());
    let client = |username: &str| {
        let basic = Credentials::Basic { username: username.into(), password: "p".into() };
        let config = Config::new("https://relay.test", "acme")
            .and_then(|config| config.allow_browser_credentials(true).credentials(basic));
        Client::new(config.expect("the settings are right"), shared.clone()).expect("it is allowed")
    };
    let (one, other) = (client("one"), client("other"));
    let message = SendMessage::new(MessageSend::new("hi"));
    for client in [&one, &other, &one] {
        client.call(&message).await.expect("the server says yes");
    }
    let sent = seen(&fetch);
    let sent = [0, 1, 2].map(|at| sent[at]["headers"]["authorization"].as_str().unwrap_or(""));
    assert_eq!(sent, ["Basic b25lOnA=", "Basic b3RoZXI6cA==", "Basic b25lOnA="]);
}

#[wasm_bindgen_test]
fn a_dropped_call_aborts_its_fetch() {
    let fetch = hanging();
    let client = rust(&fetch);
    let message = SendMessage::new(MessageSend::new("hi"));
    let mut call = Box::pin(client.call(&message));
    let waiting = call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending();
    let count = |name: &str| Reflect::get(&fetch, &name.into()).ok().and_then(|n| n.as_f64());
    assert_eq!((waiting, count("calls"), count("aborted")), (true, Some(1.0), Some(0.0)));
    drop(call);
    assert_eq!((count("calls"), count("aborted")), (Some(1.0), Some(1.0)));
}

#[wasm_bindgen_test]
async fn a_call_that_runs_out_of_time_aborts_its_fetch() {
    let fetch = hanging();
    let client = rust(&fetch);
    let message = SendMessage::new(MessageSend::new("hi"));
    let options = CallOptions::new().timeout(Duration::from_millis(20)).retries(0);
    let error = client.call_with(&message, options).await.expect_err("nobody answers");
    assert_eq!((error.code(), error.delivery()), (ErrorCode::Timeout, Delivery::Unknown));
    let aborted = Reflect::get(&fetch, &"aborted".into()).expect("the double counts");
    assert_eq!(aborted.as_f64(), Some(1.0));
}

#[wasm_bindgen_test]
fn rust_meets_the_same_guard_in_a_page() {
    let config = Config::new(BASE_URL, "acme").and_then(|config| {
        config.credentials(Credentials::Basic { username: "u".into(), password: "p".into() })
    });
    let error = Client::new(config.expect("the settings are right"), Fetch::new());
    let error = error.map(drop).expect_err("this is a page");
    assert_eq!(error.code(), ErrorCode::Configuration);
}

fn message() -> SendMessage {
    SendMessage::new(MessageSend::new("hi"))
}

fn no_retries() -> CallOptions {
    CallOptions::new().retries(0)
}

#[wasm_bindgen_test]
async fn whatever_a_fetch_does_rust_gets_an_error_and_lives_on() {
    let bodies = [
        "return Promise.reject(undefined)",
        "return Promise.reject('stop')",
        "return Promise.reject(Object.create(null))",
        "return Promise.reject(new Proxy({}, { get() { throw 1 } }))",
        "throw null",
        "return undefined",
        "return 5",
        "return {}",
        "return { status: 200, text: async () => '{}' }",
        "return { get status() { throw 1 } }",
        "return { then() { throw 1 } }",
        "return { get then() { throw 1 } }",
        "return Object.defineProperty(Promise.resolve(), 'constructor', { get() { throw 1 } })",
        "return Object.defineProperty(Promise.resolve(), 'then', { get() { throw 1 } })",
        "return new Proxy(new Response('{}'), {})",
        "return new Proxy(new Response('{}'), { get() { throw 1 } })",
        "return Object.defineProperty(new Response('{}'), 'status', { get() { throw 1 } })",
        "return Object.defineProperty(new Response('{}'), 'headers', { value: null })",
        "return new (class extends Response { get headers() { throw 1 } })('{}')",
        "return Object.create(Response.prototype)",
        "return Response.error()",
        "return request",
    ];
    for body in bodies {
        let error = rust(&speaking(body)).call_with(&message(), no_retries()).await;
        let error = error.expect_err(body);
        assert_eq!(
            (error.code(), error.delivery()),
            (ErrorCode::Network, Delivery::Unknown),
            "{body}"
        );
        assert_eq!(error.attempts().len(), 1, "{body}");
    }
    rust(&yes()).call(&message()).await.expect("the server says yes");
}

#[wasm_bindgen_test]
async fn whatever_the_platform_lacks_rust_gets_an_answer() {
    for path in ["performance.now", "Date.now", "Math.random", "clearTimeout"] {
        let busy = "globalThis.m = (globalThis.m ?? 0) + 1;
            return new Response('{}', { status: globalThis.m % 2 ? 429 : 200 })";
        let whole = breaking(path);
        let options = CallOptions::new().timeout(Duration::from_secs(9));
        let answer = rust(&speaking(busy)).call_with(&message(), options).await;
        whole.call0(&none()).expect("it can be put back");
        answer.expect(path);
    }
    for path in ["setTimeout", "AbortController", "Headers", "Request"] {
        let fetch = yes();
        let whole = breaking(path);
        let answer = rust(&fetch).call(&message()).await;
        whole.call0(&none()).expect("it can be put back");
        let error = answer.expect_err(path);
        let what = (error.code(), error.delivery());
        assert_eq!(what, (ErrorCode::Configuration, Delivery::NotSent), "{path}");
        assert_eq!(seen(&fetch), json!([]), "{path}");
    }
    let whole = breaking("fetch");
    let config = Config::new("https://relay.test", "acme").expect("the settings are right");
    let client = Client::new(config, Fetch::new()).expect("no credentials to leak");
    let error = client.call_with(&message(), no_retries()).await;
    whole.call0(&none()).expect("it can be put back");
    assert_eq!(error.expect_err("there is none").code(), ErrorCode::Network);
}

#[wasm_bindgen_test]
async fn a_body_that_is_lost_leaves_the_status() {
    let bodies = [
        "return new Response(new ReadableStream({ start(one) { one.error('stop') } }))",
        "return new Response(new ReadableStream({ start(one) { one.error(undefined) } }))",
        "const read = new Response('{}'); return read.text().then(() => read)",
    ];
    for body in bodies {
        let error = rust(&speaking(body)).call_with(&message(), no_retries()).await;
        let error = error.expect_err(body);
        assert_eq!((error.code(), error.status()), (ErrorCode::Network, Some(200)), "{body}");
        assert_eq!(error.delivery(), Delivery::Accepted, "{body}");
    }
}

#[wasm_bindgen_test]
async fn a_refusal_has_what_the_server_said() {
    let headers = value("{ 'retry-after': '31', 'x-request-id': 'r-2' }");
    let error = rust(&answering(429, "sorry", &headers)).call(&message()).await;
    let error = error.expect_err("the server says no");
    assert_eq!((error.code(), error.status()), (ErrorCode::Http, Some(429)));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(31)));
    assert_eq!((error.request_id(), error.body()), (Some("r-2"), Some("sorry")));
}

#[wasm_bindgen_test]
async fn what_may_go_again_does() {
    let busy = "this.n = (this.n ?? 0) + 1; const again = this.n % 2;
        return new Response('{}', { status: again ? 429 : 200, headers: { 'retry-after': '0' } })";
    rust(&speaking(&busy.replace("this", "globalThis")))
        .call(&message())
        .await
        .expect("the second");
}

#[wasm_bindgen_test]
async fn a_signal_ends_a_call_and_its_fetch_whatever_the_reason() {
    for reason in ["undefined", "'stop'", "null", "new Error('x')"] {
        let fetch = hanging();
        let config = Config::new("https://relay.test", "acme").expect("the settings are right");
        let transport =
            Fetch::with_function(fetch.clone()).with_signal(aborting_soon(&value(reason)));
        let client = Client::new(config, transport).expect("no credentials to leak");
        let error = client.call(&message()).await.expect_err("the caller gives up");
        assert_eq!((error.code(), error.delivery()), (ErrorCode::Aborted, Delivery::Unknown));
        let aborted = Reflect::get(&fetch, &"aborted".into()).expect("the double counts");
        assert_eq!(aborted.as_f64(), Some(1.0), "{reason}");
    }
}

#[wasm_bindgen_test]
async fn a_signal_that_has_aborted_keeps_the_request_in() {
    let fetch = yes();
    let config = Config::new("https://relay.test", "acme").expect("the settings are right");
    let transport =
        Fetch::with_function(fetch.clone()).with_signal(value("AbortSignal.abort('no')"));
    let client = Client::new(config, transport).expect("no credentials to leak");
    let error = client.call(&message()).await.expect_err("the caller has given up");
    assert_eq!((error.code(), error.delivery()), (ErrorCode::Aborted, Delivery::NotSent));
    assert_eq!(seen(&fetch), json!([]));
}

#[wasm_bindgen_test]
async fn a_timeout_covers_the_body() {
    let options = no_retries().timeout(Duration::from_millis(20));
    let error = rust(&stalling()).call_with(&message(), options).await.expect_err("it never ends");
    assert_eq!((error.code(), error.delivery()), (ErrorCode::Timeout, Delivery::Accepted));
    assert_eq!(error.status(), Some(200));
}

#[wasm_bindgen_test]
async fn a_url_that_the_platform_refuses_is_not_a_lost_connection() {
    let fetch = yes();
    let config = Config::new("http://127.0.0.1:99999", "acme");
    let config = config.expect("it looks like a URL to WebAssembly");
    let client = Client::new(config, Fetch::with_function(fetch.clone())).expect("no credentials");
    let error = client.call(&message()).await.expect_err("there is no such port");
    assert_eq!((error.code(), error.delivery()), (ErrorCode::Configuration, Delivery::NotSent));
    assert_eq!(seen(&fetch), json!([]));
}

#[wasm_bindgen_test]
async fn an_api_key_goes_first_into_the_body() {
    let key = Credentials::ApiKey { key: "k\"1".into(), placement: KeyPlacement::Body };
    let config = Config::new("https://relay.test", "acme")
        .and_then(|config| config.allow_browser_credentials(true).credentials(key));
    let fetch = answering(200, "{}", &none());
    let transport = Fetch::with_function(fetch.clone());
    let client = Client::new(config.expect("the settings are right"), transport).expect("allowed");
    client.call(&message()).await.expect("the server says yes");
    client.call(&UploadFile::new(File::new("", "image/png", [1]))).await.expect("it says yes");
    assert_eq!(seen(&fetch)[0]["body"], r#"{"api_key":"k\"1","text":"hi"}"#);
    let parts = json!([
        { "name": "api_key", "value": "k\"1" },
        { "name": "file", "file": "file", "type": "image/png", "size": 1 },
    ]);
    assert_eq!(seen(&fetch)[1]["body"], parts);
}
