//! Reads what a caller gives beside the body: the client's options, a call's, a file, an id.

use std::time::Duration;

use js_sys::{Array, Function, JsString, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag};

use super::check::{self, Misfit, Path, kind, unknown};
use super::throw::{set, set_some};
use crate::api::{BASE_URL, ROUTES, VisitorRef};
use crate::client::{AttemptEvent, Client};
use crate::core::call::CallOptions;
use crate::core::config::{Config, LONGEST_TIMEOUT};
use crate::core::secret::{Credentials, KeyPlacement};
use crate::error::{Error, Result};
use crate::fetch::platform::{is_array, keys};
use crate::fetch::{Fetch, FetchBody};

/// The client that the options describe.
pub fn client(options: &JsValue) -> Result<(Client<Fetch>, Fetch)> {
    let options = Options::new(options, "options")?;
    options.only(&[
        "appId",
        "auth",
        "baseUrl",
        "timeoutMs",
        "retries",
        "routes",
        "fetch",
        "onAttempt",
        "allowBrowserCredentials",
    ])?;
    let base_url = options.text("baseUrl")?;
    let app_id = options.text("appId")?;
    let app_id = app_id.ok_or_else(|| Error::configuration("appId", "it is required"))?;
    let mut config = Config::new(base_url.as_deref().unwrap_or(BASE_URL), &app_id)?;
    if let Some(auth) = options.value("auth")? {
        config = config.credentials(credentials(&auth)?)?;
    }
    let limits = options.limits()?;
    if let Some(timeout) = limits.timeout {
        config = config.timeout(timeout)?;
    }
    if let Some(retries) = limits.retries {
        config = config.retries(retries)?;
    }
    if let Some(routes) = options.value("routes")? {
        config = with_routes(config, &routes)?;
    }
    if let Some(allow) = options.value("allowBrowserCredentials")? {
        let allow = allow
            .as_bool()
            .ok_or_else(|| expected("allowBrowserCredentials", "true or false", &allow))?;
        config = config.allow_browser_credentials(allow);
    }
    let fetch = match options.function("fetch")? {
        Some(function) => Fetch::with_function(function),
        None => Fetch::new(),
    };
    let mut client = Client::new(config, fetch.clone())?;
    if let Some(observer) = options.function("onAttempt")? {
        client = client.on_attempt(move |event| {
            // What an observer throws is its own affair: the call goes on.
            let _ = observer.call1(&JsValue::UNDEFINED, &attempt_event(event));
        });
    }
    Ok((client, fetch))
}

/// What else a call's options may name.
#[derive(Clone, Copy, PartialEq)]
pub enum Extra {
    /// Nothing.
    None,
    /// What a file is called.
    File,
}

/// A call's own options.
#[derive(Default)]
pub struct Call {
    pub options: CallOptions,
    pub signal: Option<JsValue>,
    pub file_name: Option<JsString>,
    pub content_type: Option<String>,
}

/// Reads a call's options.
pub fn call(value: &JsValue, extra: Extra) -> Result<Call> {
    if value.is_undefined() || value.is_null() {
        return Ok(Call::default());
    }
    let options = Options::new(value, "call")?;
    let names = ["signal", "timeoutMs", "retries", "fileName", "contentType"];
    options.only(if extra == Extra::File { &names } else { &names[..3] })?;
    let signal = options.value("signal")?;
    if let Some(signal) = &signal {
        let listens = Reflect::get(signal, &"addEventListener".into());
        if !listens.is_ok_and(|listens| listens.is_function()) {
            return Err(expected("signal", "an AbortSignal", signal));
        }
    }
    Ok(Call {
        options: options.limits()?,
        signal,
        file_name: options.text("fileName")?.map(JsString::from),
        content_type: options.text("contentType")?,
    })
}

/// The values for `{idType}/{idValue}`.
pub fn who(value: &JsValue) -> std::result::Result<[(&'static str, String); 2], Misfit> {
    let path = Path::root("who");
    let one = "expected an object with one of clientVisitorId and clientAppId";
    let names = match keys(value) {
        Ok(names) if value.is_object() && names.length() == 1 => names,
        _ => return Err(path.misfit(one)),
    };
    let key = names.get(0);
    let name = key.as_string().unwrap_or_default();
    let Some((kind, label)) = VisitorRef::KINDS.into_iter().find(|(kind, _)| *kind == name) else {
        let known = VisitorRef::KINDS.into_iter().map(|(kind, _)| kind);
        return Err(path.field(&name).misfit(unknown("kind of id", &name, known)));
    };
    let path = path.field(kind);
    let id = Reflect::get(value, &key).map_err(|_| path.misfit("reading it threw"))?;
    Ok([("who", kind.to_owned()), (label, check::id(&id, &path)?)])
}

/// A file, by handle: its bytes never pass through our memory.
pub fn file(
    value: &JsValue,
    name: Option<JsString>,
    content_type: Option<String>,
) -> std::result::Result<FetchBody, Misfit> {
    let path = Path::root("file");
    let refused = |_| path.misfit("it cannot be made a Blob");
    let options = BlobPropertyBag::new();
    if let Some(content_type) = &content_type {
        options.set_type(content_type);
    }
    let (blob, own_name) = match value.dyn_ref::<Blob>() {
        Some(blob) => {
            let own_name = Reflect::get(blob, &"name".into()).ok();
            let blob = match content_type {
                None => blob.clone(),
                Some(_) => Blob::new_with_blob_sequence_and_options(&Array::of1(blob), &options)
                    .map_err(refused)?,
            };
            (blob, own_name.and_then(|name| name.dyn_into::<JsString>().ok()))
        }
        None if is_bytes(value) => {
            let parts = Array::of1(value);
            let blob = Blob::new_with_buffer_source_sequence_and_options(&parts, &options);
            (blob.map_err(refused)?, None)
        }
        None => {
            let what = "expected a Blob, File, ArrayBuffer or typed array, got ";
            return Err(path.misfit([what, kind(value)].concat()));
        }
    };
    let name = name.or(own_name).map(String::from).filter(|name| !name.is_empty());
    Ok(FetchBody::File(blob, name.unwrap_or_else(|| "file".into())))
}

/// Told by what it has: an ArrayBuffer of another realm is no instance of ours.
fn is_bytes(value: &JsValue) -> bool {
    let length = Reflect::get(value, &"byteLength".into());
    value.is_object() && length.is_ok_and(|length| length.as_f64().is_some())
}

fn credentials(auth: &JsValue) -> Result<Credentials> {
    let auth = Options::new(auth, "auth")?;
    auth.only(&["username", "password", "apiKey", "in"])?;
    let required = |value: Option<String>, field| {
        value.ok_or_else(|| Error::configuration(field, "it is required"))
    };
    if let Some(key) = auth.text("apiKey")? {
        if auth.value("username")?.is_some() || auth.value("password")?.is_some() {
            let problem = "expected username and password, or apiKey, not both";
            return Err(Error::configuration("auth", problem));
        }
        let placement = match auth.text("in")?.as_deref() {
            None | Some("query") => KeyPlacement::Query,
            Some("body") => KeyPlacement::Body,
            Some(_) => {
                return Err(Error::configuration("auth.in", "expected \"query\" or \"body\""));
            }
        };
        return Ok(Credentials::ApiKey { key: key.into(), placement });
    }
    if auth.value("in")?.is_some() {
        return Err(Error::configuration("auth.apiKey", "it is required"));
    }
    let username = required(auth.text("username")?, "auth.username")?;
    let password = required(auth.text("password")?, "auth.password")?;
    Ok(Credentials::Basic { username, password: password.into() })
}

fn with_routes(mut config: Config, routes: &JsValue) -> Result<Config> {
    let routes = Options::new(routes, "routes")?;
    routes.only(&ROUTES.map(|route| route.name))?;
    for route in ROUTES {
        if let Some(replacement) = routes.text(route.name)? {
            config = config.route(route, &replacement)?;
        }
    }
    Ok(config)
}

fn attempt_event(event: &AttemptEvent) -> Object {
    let fields = Object::new();
    set(&fields, "operation", event.operation);
    set(&fields, "attempt", event.attempt);
    set_some(&fields, "status", event.status);
    set(&fields, "durationMs", event.duration.as_secs_f64() * 1000.0);
    set(&fields, "delivery", event.delivery.as_str());
    fields
}

fn expected(field: &str, what: &str, value: &JsValue) -> Error {
    Error::configuration(field, &["expected ", what, ", got ", kind(value)].concat())
}

/// An object of options; null and undefined are as if absent.
struct Options<'a> {
    object: &'a JsValue,
    name: &'static str,
}

impl<'a> Options<'a> {
    fn new(object: &'a JsValue, name: &'static str) -> Result<Options<'a>> {
        if !object.is_object() || is_array(object).unwrap_or(true) {
            return Err(expected(name, "an object", object));
        }
        Ok(Options { object, name })
    }

    /// The path of an option, as messages name it.
    fn path(&self, name: &str) -> String {
        match self.name {
            "options" | "call" => name.to_owned(),
            outer => [outer, ".", name].concat(),
        }
    }

    /// Refuses any other name: a misspelt option would be as if it had not been given.
    fn only(&self, known: &[&str]) -> Result<()> {
        let threw = |_| Error::configuration(self.name, "reading it threw");
        let names = keys(self.object).map_err(threw)?;
        for index in 0..names.length() {
            let name = names.get(index).as_string().unwrap_or_default();
            if !known.contains(&name.as_str()) {
                let outer = Path::root(self.name);
                let misfit =
                    outer.field(&name).misfit(unknown("option", &name, known.iter().copied()));
                return Err(Error::configuration(&misfit.field, &misfit.problem));
            }
        }
        Ok(())
    }

    fn value(&self, name: &str) -> Result<Option<JsValue>> {
        let value = Reflect::get(self.object, &name.into())
            .map_err(|_| Error::configuration(&self.path(name), "reading it threw"))?;
        Ok(Some(value).filter(|value| !value.is_undefined() && !value.is_null()))
    }

    fn text(&self, name: &str) -> Result<Option<String>> {
        let Some(value) = self.value(name)? else { return Ok(None) };
        let path = self.path(name);
        let invalid = |misfit: Misfit| Error::configuration(&path, &misfit.problem);
        check::id(&value, &Path::root(&path)).map(Some).map_err(invalid)
    }

    fn function(&self, name: &str) -> Result<Option<Function>> {
        let Some(value) = self.value(name)? else { return Ok(None) };
        value.dyn_into().map(Some).map_err(|value| expected(&self.path(name), "a function", &value))
    }

    fn number(&self, name: &str, most: f64, what: &str) -> Result<Option<f64>> {
        let Some(value) = self.value(name)? else { return Ok(None) };
        match value.as_f64() {
            Some(number) if (0.0..=most).contains(&number) => Ok(Some(number)),
            _ => Err(expected(&self.path(name), what, &value)),
        }
    }

    fn limits(&self) -> Result<CallOptions> {
        let most = LONGEST_TIMEOUT.as_millis() as f64;
        let what = "a number of milliseconds from 1 to 2147483647";
        let timeout = self.number("timeoutMs", most, what)?;
        let what = "a whole number from 0 to 10";
        let retries = self.number("retries", 10.0, what)?;
        if retries.is_some_and(|retries| retries.fract() != 0.0) {
            return Err(Error::configuration("retries", &["expected ", what].concat()));
        }
        Ok(CallOptions {
            timeout: timeout.map(|ms| Duration::from_millis(ms as u64)),
            retries: retries.map(|retries| retries as u32),
        })
    }
}
