//! A body is what `JSON.parse` makes of it, on a server and in a browser. tests/http/bodies.test.js holds
//! the npm package to the same list.

use botsplash::{Delivery, Error, ErrorCode, Json, MessageSend, SendMessage, Visitor};
use serde_json::{Map, Value};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// A message's answer that has this body.
#[cfg(not(target_arch = "wasm32"))]
async fn answer(body: &[u8]) -> Result<Visitor, Error> {
    use botsplash::{BASE_URL, Config, Exchange, Response, Step};
    let config = Config::new(BASE_URL, "acme").expect("the settings are right");
    let message = SendMessage::new(MessageSend::new("hi"));
    let mut exchange = Exchange::new(config, &message).expect("it can be sent");
    let response = Response::new(200, exchange.request().url).body(body);
    match exchange.receive(Ok(response), std::time::Duration::ZERO) {
        Step::Done(result) => result,
        Step::Wait(_) => panic!("it was accepted: it must not be sent again"),
    }
}

/// A message's answer that has this body.
#[cfg(target_arch = "wasm32")]
async fn answer(body: &[u8]) -> Result<Visitor, Error> {
    use botsplash::{Client, Config, Fetch};
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen(module = "/tests/wasm/doubles.js")]
    extern "C" {
        #[wasm_bindgen(js_name = answeringBytes)]
        fn answering_bytes(body: &[u8]) -> js_sys::Function;
    }
    let config = Config::new("https://relay.test", "acme").expect("the settings are right");
    let client = Client::new(config, Fetch::with_function(answering_bytes(body)));
    client.expect("no credentials to leak").call(&SendMessage::new(MessageSend::new("hi"))).await
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn a_body_is_what_javascript_makes_of_it() {
    wait_for(each_body());
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn a_value_that_is_too_deep_is_the_text_that_it_is_written_as() {
    wait_for(deep_bodies());
}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen_test::wasm_bindgen_test]
async fn a_body_is_what_javascript_makes_of_it() {
    each_body().await;
}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen_test::wasm_bindgen_test]
async fn a_value_that_is_too_deep_is_the_text_that_it_is_written_as() {
    deep_bodies().await;
}

#[cfg(not(target_arch = "wasm32"))]
fn wait_for(future: impl Future<Output = ()>) {
    use std::task::{Context, Poll, Waker};
    let mut context = Context::from_waker(Waker::noop());
    let ready = std::pin::pin!(future).poll(&mut context);
    assert_eq!(ready, Poll::Ready(()), "nothing here waits for anything");
}

async fn each_body() {
    let list: Value = serde_json::from_str(include_str!("shared/bodies.json")).expect("it is JSON");
    let list = list.as_array().expect("it is a list");
    assert!(list.len() > 70);
    for case in list {
        let name = case["name"].as_str().expect("each has a name");
        let bytes = match case["hex"].as_str() {
            Some(hex) => from_hex(hex),
            None => case["body"].as_str().expect(name).as_bytes().to_vec(),
        };
        let answered = answer(&bytes).await;
        let Some(expected) = case["answer"].as_str() else {
            let error = answered.expect_err(name);
            let what = (error.code(), error.delivery(), error.attempts().len());
            assert_eq!(what, (ErrorCode::Decode, Delivery::Accepted, 1), "{name}");
            continue;
        };
        let mut expected: Map<String, Value> = serde_json::from_str(expected).expect(name);
        // As if it were not there.
        if expected.get("id") == Some(&Value::Null) {
            expected.remove("id");
        }
        let visitor = answered.expect(name);
        let whole = serde_json::to_value(&visitor).expect("an answer can be stored");
        assert_eq!(doubles(whole), doubles(Value::Object(expected)), "{name}");
    }
}

/// The same with each number as a double: 201 is 201.0.
fn doubles(json: Value) -> Value {
    match json {
        Value::Number(number) => Value::from(number.as_f64()),
        Value::Array(items) => items.into_iter().map(doubles).collect(),
        Value::Object(fields) => {
            fields.into_iter().map(|(name, value)| (name, doubles(value))).collect()
        }
        other => other,
    }
}

fn from_hex(hex: &str) -> Vec<u8> {
    let digits = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("it is hexadecimal");
    (0..hex.len()).step_by(2).map(digits).collect()
}

/// The field `deep` of an answer that nests lists and objects so deep, and what is read of it.
async fn deep(levels: usize) -> (String, Visitor) {
    let inner = levels - 1;
    let open: String = (0..inner).map(|at| if at % 2 == 0 { "[" } else { "{\"a\":" }).collect();
    let close: String = (0..inner).rev().map(|at| if at % 2 == 0 { "]" } else { "}" }).collect();
    let deep = format!("{open}\"}}]\\\"\"{close}");
    let body = format!("{{\"deep\":{deep},\"id\":\"v-1\"}}");
    (deep, answer(body.as_bytes()).await.expect("what does not fit is kept"))
}

async fn deep_bodies() {
    for levels in [2, 100, 127, 128, 129, 1_000, 100_000, 1_000_000] {
        let (written, visitor) = deep(levels).await;
        assert_eq!(visitor.id.as_deref(), Some("v-1"), "{levels}");
        let mut json = visitor.extra.get("deep").expect("it is kept");
        for level in 1..levels.min(127) {
            json = match json {
                Json::Array(items) => &items[0],
                Json::Object(fields) => &fields["a"],
                _ => panic!("{levels} levels, and the {level}th is none"),
            };
        }
        let rest = json.as_str().expect("it is a text");
        match levels {
            ..128 => assert_eq!(rest, "}]\""),
            _ => assert!(written.contains(rest) && rest.contains("\"}]\\\"\""), "{levels}"),
        }
        // So it can be stored, and read back.
        let stored = serde_json::to_string(&visitor).expect("an answer can be stored");
        assert!(serde_json::from_str::<Visitor>(&stored).expect("it was stored") == visitor);
    }
    let unfinished = format!("{{\"deep\":{}", "[".repeat(1_000_000));
    let error = answer(unfinished.as_bytes()).await.expect_err("it does not end");
    assert_eq!(error.code(), ErrorCode::Decode);
}
