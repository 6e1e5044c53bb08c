//! Reads what a caller gives: the client's options, and a call's arguments.
//!
//! Every value is first held against its form. What is read afterwards fits, unless the caller's
//! object answers differently the second time: then it is as if absent, or as if it were wrong.
// cspell:ignore FFFD

use std::time::Duration;

use js_sys::Function;
use wasm_bindgen::prelude::*;

use super::check::{Fields, Form, Misfit, filled, misfit, write};
use super::task::HandedOut;
use super::throw::notify;
use crate::api::{BASE_URL, ROUTES, SubmitListener, VisitorRef};
use crate::client::Client;
use crate::core::call::{Call, CallOptions};
use crate::core::config::{
    Config, DEFAULT_RETRIES, DEFAULT_TIMEOUT, checked_retries, checked_timeout,
};
use crate::core::operation::{BodyKind, Operation, PathArg, Route};
use crate::core::secret::{Credentials, KeyPlacement};
use crate::core::shape::{Field, Shape, table_json};
use crate::error::{Error, Result};
use crate::fetch::platform::to_blob;
use crate::fetch::{Fetch, FetchBody};

/// How the letters from U+F000 to U+FFFF begin.
const BEGINS_FFFD: u8 = 0xEF;

const STRING: Form = Form::Json(Shape::String);
const INTEGER: Form = Form::Json(Shape::Integer);

/// A form's table.
macro_rules! form {
    ($form:expr) => {
        table_json!(write, &$form)
    };
}

const OPTIONS: &str = form!(Form::Options(&[
    ("appId", true, Form::Text),
    ("auth", false, AUTH_FORM),
    ("baseUrl", false, Form::Text),
    ("timeoutMs", false, Form::Number),
    ("retries", false, INTEGER),
    ("routes", false, ROUTES_FORM),
    ("fetch", false, Form::Function),
    ("onAttempt", false, Form::Function),
    ("allowBrowserCredentials", false, Form::Json(Shape::Boolean)),
]));

const AUTH_FORM: Form = Form::Options(&[
    ("username", false, Form::Text),
    ("password", false, Form::Text),
    ("apiKey", false, Form::Text),
    ("in", false, STRING),
]);
const AUTH: &str = form!(AUTH_FORM);

/// One optional string for each operation.
const ROUTES_FORM: Form = Form::Json(Shape::Object(&REPLACEMENTS));
const REPLACED: &str = form!(ROUTES_FORM);

const CALL: &str = form!(Form::Options(&[
    ("signal", false, Form::Signal),
    ("timeoutMs", false, Form::Number),
    ("retries", false, INTEGER),
]));

// These begin as CALL does.
const SUBMIT: &str = form!(Form::Options(&[
    ("signal", false, Form::Signal),
    ("timeoutMs", false, Form::Number),
    ("retries", false, INTEGER),
    ("submissionKey", false, STRING),
]));

const UPLOAD: &str = form!(Form::Options(&[
    ("signal", false, Form::Signal),
    ("timeoutMs", false, Form::Number),
    ("retries", false, INTEGER),
    ("fileName", false, Form::Text),
    ("contentType", false, STRING),
]));

const READ: &str =
    form!(Form::Options(&[("extendedAttributes", false, Form::Json(Shape::List(&Shape::String)))]));

const TEXT: &str = form!(Form::Text);

const WHO: &str = form!(Form::Options(&[
    (VisitorRef::KINDS[0].0, false, Form::Text),
    (VisitorRef::KINDS[1].0, false, Form::Text),
]));

const REPLACEMENTS: [Field; ROUTES.len()] = {
    let mut fields = [Field { name: "", required: false, shape: Shape::String }; ROUTES.len()];
    let mut at = 0;
    while at < fields.len() {
        fields[at].name = ROUTES[at].name;
        at += 1;
    }
    fields
};

/// The client that the options describe.
pub fn client(options: &JsValue) -> Result<Client<Fetch<HandedOut>>> {
    fit(options, OPTIONS, "options").map_err(configuration)?;
    let given = Fields::of(options, OPTIONS);
    let limits = limits(&given.get(3), &given.get(4));
    let base_url = given.get(2).as_string();
    let base_url = base_url.as_deref().unwrap_or(BASE_URL);
    let mut config = Config::new(base_url, &given.get(0).as_string().unwrap_or_default())?;
    config.timeout = checked_timeout(limits.timeout.unwrap_or(DEFAULT_TIMEOUT))?;
    config.retries = checked_retries(limits.retries.unwrap_or(DEFAULT_RETRIES))?;
    config.allow_browser_credentials = !given.get(8).is_undefined();
    let auth = given.get(1);
    if !auth.is_undefined() {
        config.set_credentials(credentials(&auth)?)?;
    }
    let replacements = Fields::of(&given.get(5), REPLACED);
    for (index, route) in ROUTES.into_iter().enumerate() {
        if let Some(replacement) = replacements.get(index).as_string() {
            config.set_route(route, &replacement)?;
        }
    }
    let mut client = Client::new(config, Fetch::calling(function(given.get(6))))?;
    if let Some(observer) = function(given.get(7)) {
        client = client.on_attempt(move |event| notify(&observer, event));
    }
    Ok(client)
}

/// A call that can begin.
pub struct Prepared {
    pub call: Call,
    pub body: Option<FetchBody>,
    pub signal: JsValue,
}

/// Reads a call's arguments.
pub fn call(
    client: &Client<Fetch<HandedOut>>,
    route: &'static Route,
    args: &[(&'static str, &JsValue)],
    body: &JsValue,
    options: &JsValue,
) -> Result<Prepared> {
    let invalid = |misfit: Misfit| Error::validation(route.name, misfit.field, &misfit.problem);
    let mut values = Vec::new();
    for (name, value) in args {
        if *name == "who" {
            fit(value, WHO, name).map_err(invalid)?;
            let ids = Fields::of(value, WHO);
            let [visitor_kind, app_kind] = VisitorRef::KINDS;
            let ((kind, name), value) = match (ids.get(0).as_string(), ids.get(1).as_string()) {
                (Some(id), None) => (visitor_kind, id),
                (None, Some(id)) => (app_kind, id),
                _ => {
                    let problem = "expected one of clientVisitorId and clientAppId";
                    return Err(Error::validation(route.name, "who".into(), problem));
                }
            };
            values.push(PathArg { name: "who", value: kind.into() });
            values.push(PathArg { name, value });
        } else {
            let text = value.as_string();
            // Half of a surrogate pair arrives as U+FFFD, and must not name somebody else.
            if text.as_deref().is_none_or(|text| text.bytes().any(|byte| byte == BEGINS_FFFD)) {
                fit(value, TEXT, name).map_err(invalid)?;
            }
            values.push(PathArg { name, value: text.unwrap_or_default() });
        }
    }

    let (form, name) = match route.body {
        BodyKind::File => (UPLOAD, "options"),
        _ if route.keyed => (SUBMIT, "call"),
        _ => (CALL, "call"),
    };
    let mut given = Fields::default();
    let mut limits = CallOptions::default();
    if !options.is_undefined() && !options.is_null() {
        fit(options, form, name).map_err(|misfit| {
            let mut error = configuration(misfit);
            error.facts_mut().operation = Some(route.name);
            error
        })?;
        given = Fields::of(options, form);
        limits = self::limits(&given.get(1), &given.get(2));
        limits.submission_key = given.get(3).as_string().filter(|_| route.keyed);
    }

    let body = match route.body {
        BodyKind::Empty => None,
        BodyKind::Json(table) => {
            fit(body, table.json, "body").map_err(invalid)?;
            // It can still fail: an object may answer differently the second time.
            let json = FetchBody::json(body).ok_or("JSON.stringify refused it");
            Some(json.map_err(|problem| Error::validation(route.name, "body".into(), problem))?)
        }
        BodyKind::File => {
            let problem = "expected a Blob, File, ArrayBuffer or typed array";
            let blob = to_blob(body, &given.get(4), &given.get(3));
            let blob = blob.ok_or_else(|| Error::validation(route.name, "file".into(), problem))?;
            Some(FetchBody::File(blob.get(0).unchecked_into(), blob.get(1).as_string()))
        }
    };
    let call = client.begin(route, &values, &limits)?;
    Ok(Prepared { call, body, signal: given.get(0) })
}

/// A submission out of a form's fields, or the one that is given, checked.
pub fn submission(input: &JsValue, options: &JsValue) -> Result<JsValue> {
    let name = SubmitListener::ROUTE.name;
    let invalid = |misfit: Misfit| Error::validation(name, misfit.field, &misfit.problem);
    if !options.is_undefined() && !options.is_null() {
        fit(options, READ, "options").map_err(configuration)?;
    }
    let extended = Fields::of(options, READ).get(0);
    let BodyKind::Json(table) = SubmitListener::ROUTE.body else { return Ok(JsValue::UNDEFINED) };
    let submission = filled(input, table.json, &extended);
    fit(&submission, table.json, "body").map_err(invalid)?;
    Ok(submission)
}

/// Holds a value against its form; paths begin with `name`.
fn fit(value: &JsValue, table: &'static str, name: &str) -> std::result::Result<(), Misfit> {
    misfit(value, table, name).map_or(Ok(()), Err)
}

fn configuration(misfit: Misfit) -> Error {
    Error::configuration(&misfit.field, &misfit.problem)
}

fn credentials(auth: &JsValue) -> Result<Credentials> {
    let given = Fields::of(auth, AUTH);
    let text = |index| given.get(index).as_string();
    let placement = match text(3).as_deref() {
        None | Some("query") => KeyPlacement::Query,
        Some("body") => KeyPlacement::Body,
        Some(_) => return Err(Error::configuration("auth.in", "expected \"query\" or \"body\"")),
    };
    match (text(0), text(1), text(2)) {
        (None, None, Some(key)) => Ok(Credentials::ApiKey { key: key.into(), placement }),
        (Some(username), Some(password), None) => {
            Ok(Credentials::Basic { username, password: password.into() })
        }
        _ => Err(Error::configuration("auth", "expected username and password, or apiKey")),
    }
}

fn limits(timeout: &JsValue, retries: &JsValue) -> CallOptions {
    CallOptions {
        timeout: timeout.as_f64().map(|ms| Duration::from_millis(ms as u64)),
        // A negative number is out of range, not none.
        retries: retries.as_f64().map(|n| if n < 0.0 { u32::MAX } else { n as u32 }),
        submission_key: None,
    }
}

fn function(value: JsValue) -> Option<Function> {
    (!value.is_undefined()).then(|| value.unchecked_into())
}
