//! Reads what a caller gives: the client's options, and a call's arguments.
//!
//! Every value is first held against its form. What is read afterwards fits, unless the caller's
//! object answers differently the second time: then it is as if absent.

use std::time::Duration;

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;

use super::check::{Form, Misfit, misfit};
use super::throw::notify;
use crate::api::{BASE_URL, ROUTES, VisitorRef};
use crate::client::Client;
use crate::core::call::CallOptions;
use crate::core::config::{Config, DEFAULT_RETRIES, DEFAULT_TIMEOUT};
use crate::core::operation::{BodyKind, Route};
use crate::core::secret::{Credentials, KeyPlacement};
use crate::core::shape::{Field, Shape};
use crate::error::{Error, Result};
use crate::fetch::platform::to_blob;
use crate::fetch::{Fetch, FetchBody};

const STRING: Form = Form::Json(&Shape::String);
const INTEGER: Form = Form::Json(&Shape::Integer);

const OPTIONS: Form = Form::Options(&[
    ("appId", true, Form::Text),
    ("auth", false, AUTH),
    ("baseUrl", false, Form::Text),
    ("timeoutMs", false, Form::Number),
    ("retries", false, INTEGER),
    ("routes", false, Form::Json(&Shape::Object(&REPLACEMENTS))),
    ("fetch", false, Form::Function),
    ("onAttempt", false, Form::Function),
    ("allowBrowserCredentials", false, Form::Json(&Shape::Boolean)),
]);

const AUTH: Form = Form::Options(&[
    ("username", false, Form::Text),
    ("password", false, Form::Text),
    ("apiKey", false, Form::Text),
    ("in", false, STRING),
]);

const CALL: Form = Form::Options(&[
    ("signal", false, Form::Signal),
    ("timeoutMs", false, Form::Number),
    ("retries", false, INTEGER),
]);

const UPLOAD: Form = Form::Options(&[
    ("signal", false, Form::Signal),
    ("timeoutMs", false, Form::Number),
    ("retries", false, INTEGER),
    ("fileName", false, Form::Text),
    ("contentType", false, STRING),
]);

const WHO: Form = Form::Json(&Shape::Object(&[
    Field { name: VisitorRef::KINDS[0].0, required: false, shape: Shape::String },
    Field { name: VisitorRef::KINDS[1].0, required: false, shape: Shape::String },
]));

/// One optional string for each operation.
static REPLACEMENTS: [Field; ROUTES.len()] = {
    let mut fields = [Field { name: "", required: false, shape: Shape::String }; ROUTES.len()];
    let mut at = 0;
    while at < fields.len() {
        fields[at].name = ROUTES[at].name;
        at += 1;
    }
    fields
};

/// The client that the options describe.
pub fn client(options: &JsValue) -> Result<(Client<Fetch>, Fetch)> {
    fit(options, OPTIONS, "options").map_err(configuration)?;
    let base_url = text(options, "baseUrl");
    let app_id = text(options, "appId").unwrap_or_default();
    let limits = limits(options);
    let mut config = Config::new(base_url.as_deref().unwrap_or(BASE_URL), &app_id)?
        .timeout(limits.timeout.unwrap_or(DEFAULT_TIMEOUT))?
        .retries(limits.retries.unwrap_or(DEFAULT_RETRIES))?
        .allow_browser_credentials(get(options, "allowBrowserCredentials").is_truthy());
    let auth = get(options, "auth");
    if auth.is_object() {
        config = config.credentials(credentials(&auth)?)?;
    }
    let routes = get(options, "routes");
    for route in ROUTES {
        if let Some(replacement) = text(&routes, route.name) {
            config = config.route(route, &replacement)?;
        }
    }
    let fetch = function(options, "fetch").map_or_else(Fetch::new, Fetch::with_function);
    let mut client = Client::new(config, fetch.clone())?;
    if let Some(observer) = function(options, "onAttempt") {
        client = client.on_attempt(move |event| notify(&observer, event));
    }
    Ok((client, fetch))
}

/// A call as it was asked for.
pub struct Call {
    pub args: Vec<(&'static str, String)>,
    pub body: Option<FetchBody>,
    pub options: CallOptions,
    pub signal: JsValue,
}

/// Reads a call's arguments.
pub fn call(
    route: &'static Route,
    args: &[(&'static str, &JsValue)],
    body: &JsValue,
    options: &JsValue,
) -> Result<Call> {
    let invalid = |misfit: Misfit| Error::validation(route.name, misfit.field, &misfit.problem);
    let mut values = Vec::new();
    for (name, value) in args {
        if *name == "who" {
            fit(value, WHO, name).map_err(invalid)?;
            let mut given = VisitorRef::KINDS
                .into_iter()
                .map(|(kind, label)| (kind, label, get(value, kind)))
                .filter(|(.., id)| id.is_string());
            let (Some((kind, label, id)), None) = (given.next(), given.next()) else {
                let problem = "expected one of clientVisitorId and clientAppId";
                return Err(Error::validation(route.name, "who".into(), problem));
            };
            fit(&id, Form::Text, label).map_err(invalid)?;
            values.push((*name, kind.to_owned()));
            values.push((label, id.as_string().unwrap_or_default()));
        } else {
            fit(value, Form::Text, name).map_err(invalid)?;
            values.push((*name, value.as_string().unwrap_or_default()));
        }
    }

    let is_file = matches!(route.body, BodyKind::File);
    let given = !options.is_undefined() && !options.is_null();
    if given {
        let form = if is_file { UPLOAD } else { CALL };
        let name = if is_file { "options" } else { "call" };
        fit(options, form, name).map_err(|misfit| {
            let mut error = configuration(misfit);
            error.facts_mut().operation = Some(route.name);
            error
        })?;
    }

    let body = match route.body {
        BodyKind::Empty => None,
        BodyKind::Json(shape) => {
            fit(body, Form::Json(shape), "").map_err(invalid)?;
            // It can still fail: an object may answer differently the second time.
            let json = FetchBody::json(body).ok_or("JSON.stringify refused it");
            Some(json.map_err(|problem| Error::validation(route.name, "body".into(), problem))?)
        }
        BodyKind::File => {
            let problem = "expected a Blob, File, ArrayBuffer or typed array";
            let blob = to_blob(body, &get(options, "contentType")).ok().flatten();
            let blob = blob.ok_or_else(|| Error::validation(route.name, "file".into(), problem))?;
            let name = text(options, "fileName").or_else(|| text(&blob, "name"));
            let name = name.filter(|name| !name.is_empty());
            Some(FetchBody::File(blob, name.unwrap_or_else(|| "file".into())))
        }
    };
    Ok(Call { args: values, body, options: limits(options), signal: get(options, "signal") })
}

/// Holds a value against its form; paths begin with `name`.
fn fit(value: &JsValue, form: Form, name: &str) -> std::result::Result<(), Misfit> {
    match misfit(value, form) {
        None => Ok(()),
        Some(Misfit { field, problem }) => {
            let field = match (name, field.as_str()) {
                ("", "") => "body".into(),
                // The options are the client's own words: their names say enough.
                ("" | "options" | "call", _) if !field.is_empty() => field,
                (_, "") => name.into(),
                _ => [name, ".", &field].concat(),
            };
            Err(Misfit { field, problem })
        }
    }
}

fn configuration(misfit: Misfit) -> Error {
    Error::configuration(&misfit.field, &misfit.problem)
}

fn credentials(auth: &JsValue) -> Result<Credentials> {
    let [username, password, key, placement] =
        ["username", "password", "apiKey", "in"].map(|name| text(auth, name));
    let placement = match placement.as_deref() {
        None | Some("query") => KeyPlacement::Query,
        Some("body") => KeyPlacement::Body,
        Some(_) => return Err(Error::configuration("auth.in", "expected \"query\" or \"body\"")),
    };
    match (username, password, key) {
        (None, None, Some(key)) => Ok(Credentials::ApiKey { key: key.into(), placement }),
        (Some(username), Some(password), None) => {
            Ok(Credentials::Basic { username, password: password.into() })
        }
        _ => Err(Error::configuration("auth", "expected username and password, or apiKey")),
    }
}

fn limits(options: &JsValue) -> CallOptions {
    let number = |name| get(options, name).as_f64();
    CallOptions {
        timeout: number("timeoutMs").map(|ms| Duration::from_millis(ms as u64)),
        // A negative number is out of range, not none.
        retries: number("retries").map(|n| if n < 0.0 { u32::MAX } else { n as u32 }),
    }
}

/// The value under a name, `undefined` where there is none.
fn get(target: &JsValue, name: &str) -> JsValue {
    Reflect::get(target, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn text(target: &JsValue, name: &str) -> Option<String> {
    get(target, name).as_string()
}

fn function(target: &JsValue, name: &str) -> Option<Function> {
    get(target, name).dyn_into().ok()
}
