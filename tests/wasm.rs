//! The boundary to JavaScript, in a real browser: `wasm-pack test --headless --chrome`.
//!
//! Every fetch is injected, so no server is needed.
// cspell:ignore Mesage
#![cfg(target_arch = "wasm32")]

use std::collections::BTreeSet;
use std::task::{Context, Waker};
use std::time::Duration;

use botsplash::core::call::CallOptions;
use botsplash::js::RawClient;
use botsplash::{
    BASE_URL, Client, Config, Credentials, DateTime, Delivery, ErrorCode, Fetch, File, JsonObject,
    ListenerArgs, ListenerSubmit, MeetingSchedule, MessageSend, NewVisitor, PhoneStatus,
    PhoneStatusItem, PhoneStatusUpdate, ScheduleMeeting, SendMessage, SubmitListener,
    UpdatePhoneStatuses, UploadFile, VisitorRef,
};
use js_sys::{Function, JSON, Promise, Reflect};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/wasm/doubles.js")]
extern "C" {
    fn answering(status: u16, body: &str, headers: &JsValue) -> Function;
    fn hanging() -> Function;
    fn stalling() -> Function;
    fn speaking(body: &str) -> Function;
    fn value(text: &str) -> JsValue;
    #[wasm_bindgen(js_name = abortingSoon)]
    fn aborting_soon(reason: &JsValue) -> JsValue;
    fn outcome(promise: &Promise) -> Promise;
}

const YES: &str = r#"{"success":true,"requestId":"r-1"}"#;

fn none() -> JsValue {
    JsValue::UNDEFINED
}

fn yes() -> Function {
    answering(200, YES, &none())
}

/// What a fetch double was asked, as JSON.
fn seen(fetch: &Function) -> Value {
    let seen = Reflect::get(fetch, &"seen".into()).expect("the double keeps what it was asked");
    let text = JSON::stringify(&seen).expect("what it keeps is plain");
    serde_json::from_str(&String::from(text)).expect("JSON is JSON")
}

/// A client's options, written as JavaScript, on a fetch.
fn raw(options: &str, fetch: &Function) -> Result<RawClient, JsValue> {
    let options = value(options);
    Reflect::set(&options, &"fetch".into(), fetch).expect("the options are ours");
    RawClient::new(&options)
}

fn client(fetch: &Function) -> RawClient {
    raw("{ appId: 'acme', baseUrl: 'https://relay.test' }", fetch).expect("the options are right")
}

async fn settled(promise: Promise) -> Value {
    let text = JsFuture::from(outcome(&promise)).await.expect("it tells and does not throw");
    serde_json::from_str(&text.as_string().unwrap_or_default()).expect("JSON is JSON")
}

async fn submit(client: &RawClient, submission: &str, call: &JsValue) -> Value {
    settled(client.submit_listener(&"welcome".into(), &value(submission), call)).await
}

fn rust(fetch: &Function) -> Client<Fetch> {
    let config = Config::new("https://relay.test", "acme").expect("the settings are right");
    Client::new(config, Fetch::with_function(fetch.clone())).expect("no credentials to leak")
}

// --- from JavaScript

#[wasm_bindgen_test]
async fn a_javascript_object_goes_out_as_json_stringify_writes_it() {
    let fetch = yes();
    let submission = "{ args: { message: 'ä \"x\"', deep: [1.5, null, undefined, new Date(0)] },
        visitor: { deliveryStatus: 202, email: null, teamCode: undefined } }";
    let answer = submit(&client(&fetch), submission, &none()).await;
    assert_eq!(answer["answer"], json!({ "success": true, "requestId": "r-1" }));
    let body = r#"{"args":{"message":"ä \"x\"","deep":[1.5,null,null,"1970-01-01T00:00:00.000Z"]},"visitor":{"deliveryStatus":202,"email":null}}"#;
    assert_eq!(
        seen(&fetch),
        json!([{
            "method": "POST",
            "url": "https://relay.test/acme/listener/botsplash/welcome",
            "redirect": "manual",
            "headers": { "accept": "application/json", "content-type": "application/json" },
            "body": body,
        }])
    );
}

#[wasm_bindgen_test]
async fn an_answer_reaches_javascript_untouched() {
    let text = r#"{"id":"v","archived":"yes","deliveryStatus":null,"new":{"a":[1]}}"#;
    let fetch = answering(200, text, &none());
    let call = client(&fetch).send_message(&value("{ text: 'hi' }"), &none());
    let expected: Value = serde_json::from_str(text).expect("it is JSON");
    assert_eq!(settled(call).await["answer"], expected);
}

#[wasm_bindgen_test]
async fn every_operation_has_its_method_and_path() {
    let fetch = answering(200, "{}", &none());
    let client = client(&fetch);
    let (who, id) = (value("{ clientVisitorId: 'a/b' }"), JsValue::from("7"));
    let none = none();
    let calls = [
        client.submit_listener(&id, &value("{ visitor: {} }"), &none),
        client.upload_file(&value("new Blob(['abc'])"), &none),
        client.trigger_sequence(&id, &value("{ visitor: {} }"), &none),
        client.update_visitor(&who, &value("{}"), &none),
        client.call_visitor_action(&who, &id, &none),
        client.list_meetings(&who, &none),
        client.schedule_meeting(
            &who,
            &value("{ agentClientUserId: '1', followupAt: new Date(0) }"),
            &none,
        ),
        client.send_message(&value("{ text: 'hi' }"), &none),
        client.update_phone_statuses(&value("{ items: [] }"), &none),
    ];
    for call in calls {
        assert_eq!(settled(call).await["answer"], json!({}));
    }
    let seen = seen(&fetch);
    let lines = seen.as_array().expect("a list").iter().map(|request| {
        let line = format!("{} {}", request["method"], request["url"]).replace('"', "");
        line.replace("https://relay.test/acme", "")
    });
    // They were made at once: the order in which they arrive is nobody's promise.
    let made: BTreeSet<String> = lines.collect();
    let expected = [
        "POST /listener/botsplash/7",
        "POST /upload",
        "POST /sequence/7",
        "POST /visitor/clientVisitorId/a%2Fb",
        "POST /visitor/clientVisitorId/a%2Fb/action/7",
        "GET /visitor/clientVisitorId/a%2Fb/meeting",
        "POST /visitor/clientVisitorId/a%2Fb/meeting",
        "POST /message",
        "POST /phone/status",
    ];
    assert_eq!(made, expected.map(String::from).into());
}

#[wasm_bindgen_test]
async fn what_does_not_fit_is_named_and_not_sent() {
    let fetch = yes();
    let client = client(&fetch);
    let cases = [
        ("{ visitor: { phonNumber: '1' } }", "visitor.phonNumber"),
        ("{ visitor: { email: 5 } }", "visitor.email"),
        ("{ visitor: { extendedAttributes: { big: 1n } } }", "visitor.extendedAttributes.big"),
        ("{ visitor: {}, args: { when: NaN } }", "args.when"),
        ("{ visitor: new Proxy({}, { ownKeys() { throw 1 } }) }", "visitor"),
        ("{ visitor: Promise.resolve({}) }", "visitor"),
        ("{ visitor: new Date() }", "visitor"),
        ("{}", "visitor"),
        ("null", "body"),
        ("undefined", "body"),
    ];
    for (submission, field) in cases {
        let error = &submit(&client, submission, &none()).await["error"];
        assert_eq!(error["code"], "validation", "{submission}");
        assert_eq!(error["delivery"], "not_sent", "{submission}");
        assert_eq!(error["field"], field, "{submission}");
        assert_eq!(error["name"], "BotsplashError", "{submission}");
        assert_eq!(error["isError"], true, "{submission}");
    }
    assert_eq!(seen(&fetch), json!([]));
    assert_eq!(submit(&client, "{ visitor: {} }", &none()).await["answer"]["success"], true);
}

#[wasm_bindgen_test]
async fn a_refusal_becomes_an_error_with_what_the_server_said() {
    let fetch = answering(429, r#"{"requestId":"r-2"}"#, &value("{ 'retry-after': '31' }"));
    let error = &submit(&client(&fetch), "{ visitor: {} }", &none()).await["error"];
    assert_eq!(error["code"], "http");
    assert_eq!(error["status"], 429);
    assert_eq!(error["delivery"], "rejected");
    assert_eq!(error["retryAfterMs"], 31_000);
    assert_eq!(error["requestId"], "r-2");
    assert_eq!(error["body"], json!({ "requestId": "r-2" }));
    assert_eq!(error["attempts"].as_array().map(Vec::len), Some(1));
}

#[wasm_bindgen_test]
async fn aborting_ends_the_call_and_the_fetch_whatever_the_reason() {
    for reason in ["undefined", "'stop'", "null", "new Error('x')"] {
        let fetch = hanging();
        let call = value("{}");
        let signal = aborting_soon(&value(reason));
        Reflect::set(&call, &"signal".into(), &signal).expect("the options are ours");
        let error = &submit(&client(&fetch), "{ visitor: {} }", &call).await["error"];
        assert_eq!(error["code"], "aborted", "{reason}");
        assert_eq!(error["delivery"], "unknown", "{reason}");
        let aborted = Reflect::get(&fetch, &"aborted".into()).expect("the double counts");
        assert_eq!(aborted.as_f64(), Some(1.0), "{reason}");
    }
}

#[wasm_bindgen_test]
async fn a_signal_that_has_aborted_keeps_the_request_in() {
    let fetch = yes();
    let call = value("{ signal: AbortSignal.abort('no') }");
    let error = &submit(&client(&fetch), "{ visitor: {} }", &call).await["error"];
    assert_eq!(error["code"], "aborted");
    assert_eq!(error["delivery"], "not_sent");
    assert_eq!(seen(&fetch), json!([]));
}

#[wasm_bindgen_test]
async fn a_timeout_covers_the_head_and_the_body() {
    let call = value("{ timeoutMs: 20 }");
    let error = &submit(&client(&hanging()), "{ visitor: {} }", &call).await["error"];
    assert_eq!((&error["code"], &error["delivery"]), (&json!("timeout"), &json!("unknown")));
    let error = &submit(&client(&stalling()), "{ visitor: {} }", &call).await["error"];
    assert_eq!((&error["code"], &error["delivery"]), (&json!("timeout"), &json!("accepted")));
    assert_eq!(error["status"], 200);
}

#[wasm_bindgen_test]
async fn whatever_a_fetch_does_the_caller_gets_an_error() {
    let bodies = [
        "return Promise.reject(undefined)",
        "return Promise.reject('stop')",
        "throw null",
        "return undefined",
        "return 5",
        "return { get status() { throw 1 } }",
        "return { status: 200, get headers() { throw 1 }, text() { throw 1 } }",
        "return { status: 200, headers: { get() { throw 1 } }, text: () => Promise.reject() }",
        "return { status: 200, text: async () => 5 }",
        "return { then() { throw 1 } }",
    ];
    for body in bodies {
        let client = client(&speaking(body));
        let error = &submit(&client, "{ visitor: {} }", &none()).await["error"];
        assert_eq!(error["code"], "network", "{body}");
        assert_eq!(error["isError"], true, "{body}");
    }
}

#[wasm_bindgen_test]
async fn an_upload_is_one_part_by_handle() {
    let files = [
        ("new File(['abc'], 'a.txt', { type: 'text/plain' })", "{}", "a.txt", "text/plain", 3),
        ("new Blob(['abcd'], { type: 'image/png' })", "{}", "file", "image/png", 4),
        ("new Uint8Array([0, 1, 2, 3]).subarray(1)", "{ fileName: 'b' }", "b", "", 3),
        ("new ArrayBuffer(2)", "{ contentType: 'video/mp4' }", "file", "video/mp4", 2),
        ("new File(['x'], 'a.txt')", "{ contentType: 'text/csv' }", "a.txt", "text/csv", 1),
    ];
    for (file, options, name, kind, size) in files {
        let fetch = answering(200, r#"{"key":"k"}"#, &none());
        let call = client(&fetch).upload_file(&value(file), &value(options));
        assert_eq!(settled(call).await["answer"]["key"], "k", "{file}");
        // A part without a type is one of bytes, says the form data's own reading.
        let kind = if kind.is_empty() { "application/octet-stream" } else { kind };
        let part = json!([{ "name": "file", "file": name, "type": kind, "size": size }]);
        assert_eq!(seen(&fetch)[0]["body"], part, "{file}");
    }
    let error = &settled(client(&yes()).upload_file(&"abc".into(), &none())).await["error"];
    assert_eq!((&error["code"], &error["field"]), (&json!("validation"), &json!("file")));
}

#[wasm_bindgen_test]
async fn freeing_the_client_lets_a_running_call_finish() {
    let client = client(&yes());
    let call = client.submit_listener(&"welcome".into(), &value("{ visitor: {} }"), &none());
    drop(client);
    assert_eq!(settled(call).await["answer"]["success"], true);
}

#[wasm_bindgen_test]
async fn freeing_the_client_from_javascript_lets_a_running_call_finish() {
    let client = JsValue::from(client(&yes()));
    let run = Function::new_with_args(
        "client",
        "const call = client.submitListener('welcome', { visitor: {} }); client.free(); return call;",
    );
    let call: Promise = run.call1(&none(), &client).expect("nothing throws").unchecked_into();
    assert_eq!(settled(call).await["answer"]["success"], true);
}

#[wasm_bindgen_test]
fn in_a_page_credentials_are_refused_unless_allowed() {
    let auth = "appId: 'acme', auth: { username: 'u', password: 'p' }";
    let refused = raw(&format!("{{ {auth} }}"), &yes()).map(drop).expect_err("this is a page");
    let code = Reflect::get(&refused, &"code".into()).expect("it is an error of ours");
    assert_eq!(code.as_string().as_deref(), Some("configuration"));
    assert!(raw(&format!("{{ {auth}, allowBrowserCredentials: true }}"), &yes()).is_ok());
}

#[wasm_bindgen_test]
fn wrong_options_are_named() {
    let cases = [
        ("{}", "appId"),
        ("{ appId: 5 }", "appId"),
        ("{ appId: 'a', baseURL: 'https://x' }", "baseURL"),
        ("{ appId: 'a', timeoutMs: 0 }", "timeoutMs"),
        ("{ appId: 'a', retries: 11 }", "retries"),
        ("{ appId: 'a', routes: { sendMesage: 'POST /{appId}/m' } }", "routes.sendMesage"),
        ("{ appId: 'a', routes: { sendMessage: 'POST /m' } }", "routes.sendMessage"),
        ("{ appId: 'a', auth: { apiKey: '' } }", "auth.apiKey"),
    ];
    for (options, field) in cases {
        let error = raw(options, &yes()).map(drop).expect_err(options);
        let named = Reflect::get(&error, &"field".into()).expect("it is an error of ours");
        assert_eq!(named.as_string().as_deref(), Some(field), "{options}");
    }
}

// --- from Rust

#[wasm_bindgen_test]
async fn rusts_types_go_out_as_the_same_json() {
    let fetch = answering(200, YES, &none());
    let submission = ListenerSubmit {
        visitor: NewVisitor {
            first_name: Some("Jane".into()),
            delivery_status: Some(202),
            extended_attributes: Some(JsonObject::from([("color", "red".into())])),
            ..NewVisitor::default()
        },
        args: Some(ListenerArgs {
            message: Some("Welcome!".into()),
            more: JsonObject::from([("priority", 2.0.into())]),
            ..ListenerArgs::default()
        }),
    };
    let submit = SubmitListener { listener_id: "welcome".into(), submission };
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
    let message = MessageSend { text: "hi".into(), visitor: None };
    let fetch = answering(200, text, &none());
    let visitor = rust(&fetch).call(&SendMessage { message }).await.expect("the server says yes");
    assert_eq!((visitor.id.as_deref(), visitor.archived), (Some("v-1"), Some(true)));
    assert_eq!(visitor.delivery_status, None);
    assert_eq!(visitor.extra.0.keys().collect::<Vec<_>>(), ["score", "tags"]);
}

#[wasm_bindgen_test]
async fn an_answer_of_another_type_was_accepted_all_the_same() {
    let fetch = answering(200, r#"{"id":5}"#, &none());
    let message = MessageSend { text: "hi".into(), visitor: None };
    let error = rust(&fetch).call(&SendMessage { message }).await.expect_err("5 is no id");
    assert_eq!((error.code(), error.delivery()), (ErrorCode::Decode, Delivery::Accepted));
    assert_eq!(error.attempts().len(), 1);
}

#[wasm_bindgen_test]
async fn rust_uploads_bytes() {
    let fetch = answering(200, r#"{"key":"k"}"#, &none());
    let file =
        File { name: "a.png".into(), content_type: "image/png".into(), bytes: vec![1, 2, 3] };
    let answer = rust(&fetch).call(&UploadFile { file }).await.expect("the server says yes");
    assert_eq!(answer.key.as_deref(), Some("k"));
    let part = json!([{ "name": "file", "file": "a.png", "type": "image/png", "size": 3 }]);
    assert_eq!(seen(&fetch)[0]["body"], part);
}

#[wasm_bindgen_test]
async fn the_other_types_go_out_too() {
    let fetch = answering(200, "{}", &none());
    let item = PhoneStatusItem { phone_number: "3334445555".into(), status: PhoneStatus::Send };
    let update = PhoneStatusUpdate { items: vec![item] };
    let client = rust(&fetch);
    client.call(&UpdatePhoneStatuses { update }).await.expect("the server says yes");
    let followup_at = DateTime::new("2030-08-24T14:15:22Z").expect("it is a date-time");
    let meeting = MeetingSchedule {
        agent_client_user_id: "a".into(),
        followup_at,
        duration: Some(45),
        notes: None,
        description: None,
        additional_emails: None,
    };
    let who = VisitorRef::ClientAppId("9".into());
    client.call(&ScheduleMeeting { who, meeting }).await.expect("the server says yes");
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
    let message = SendMessage { message: MessageSend { text: "hi".into(), visitor: None } };
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
    let message = SendMessage { message: MessageSend { text: "hi".into(), visitor: None } };
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
    let message = SendMessage { message: MessageSend { text: "hi".into(), visitor: None } };
    let options = CallOptions {
        timeout: Some(Duration::from_millis(20)),
        retries: Some(0),
        ..CallOptions::default()
    };
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
