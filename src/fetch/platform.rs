//! What the platform gives, as platform.js hands it over: nothing here throws.

use js_sys::{Array, Function, JsString, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, Blob, Request};

#[wasm_bindgen(module = "/src/fetch/platform.js")]
extern "C" {
    /// A deadline and the caller's signal, joined. Every promise resolves with how the race
    /// ended and the value.
    #[wasm_bindgen(js_name = Stop)]
    pub type JsStop;

    #[wasm_bindgen(constructor, js_class = Stop, catch)]
    pub fn new(signal: &JsValue, ms: u32) -> Result<JsStop, JsValue>;

    #[wasm_bindgen(method, getter, js_class = Stop)]
    pub fn signal(this: &JsStop) -> AbortSignal;

    #[wasm_bindgen(method, js_class = Stop)]
    pub fn send(this: &JsStop, fetch: &Function, request: &Request) -> Promise;

    #[wasm_bindgen(method, js_class = Stop)]
    pub fn text(this: &JsStop, answer: &JsValue) -> Promise;

    #[wasm_bindgen(method, js_class = Stop)]
    pub fn wait(this: &JsStop) -> Promise;

    #[wasm_bindgen(method, js_class = Stop)]
    pub fn close(this: &JsStop, settled: bool);

    /// Whether the caller's signal has aborted.
    #[wasm_bindgen(js_name = isAborted)]
    pub fn is_aborted(signal: &JsValue) -> bool;

    /// The caller's fetch, or else the platform's.
    #[wasm_bindgen(js_name = fetchOr)]
    pub fn fetch_or(own: Option<&Function>) -> Option<Function>;

    /// An answer's status, type, `Retry-After` and request id.
    pub fn head(answer: &JsValue) -> Array;

    /// A file as a Blob of the given type, with the file's own name.
    #[wasm_bindgen(js_name = toBlob, catch)]
    pub fn to_blob(file: &JsValue, content_type: &JsValue) -> Result<Option<Blob>, JsValue>;

    /// The JSON text with the API key in it.
    #[wasm_bindgen(js_name = withKey)]
    pub fn with_key(text: &JsString, key: &str) -> JsString;

    /// A failure's class and code, each where it has a plain one.
    #[wasm_bindgen(js_name = nameAndCode)]
    pub fn name_and_code(fault: &JsValue) -> Array;

    /// Whether whoever uses this program can read its secrets.
    #[wasm_bindgen(js_name = isBrowser)]
    pub fn is_browser() -> bool;
}

#[wasm_bindgen]
extern "C" {
    /// `JSON.parse`, of a text that stays in JavaScript.
    #[wasm_bindgen(catch, js_name = parse, js_namespace = JSON)]
    pub fn parse_json(text: &JsString) -> Result<JsValue, JsValue>;

    /// `JSON.stringify`, which answers `undefined` for what has no JSON.
    #[wasm_bindgen(catch, js_name = stringify, js_namespace = JSON)]
    pub fn stringify_json(value: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = now, js_namespace = performance)]
    pub fn performance_now() -> f64;
}
