//! What the platform gives, as platform.js hands it over: nothing here throws.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::Headers;

#[wasm_bindgen(module = "/src/fetch/platform.js")]
extern "C" {
    /// One request, or one wait, with its deadline and the caller's signal.
    pub type Attempt;

    #[wasm_bindgen(constructor)]
    pub fn new(signal: &JsValue, ms: u32) -> Attempt;

    /// Resolves with how it ended and what is known of it: see platform.js.
    #[wasm_bindgen(method)]
    #[allow(clippy::too_many_arguments)]
    pub fn send(
        this: &Attempt,
        fetch: Option<&Function>,
        url: &str,
        method: &str,
        headers: &Headers,
        body: &JsValue,
        key: Option<&str>,
        file_name: Option<&str>,
    ) -> Promise;

    /// Resolves with how it ended.
    #[wasm_bindgen(method)]
    pub fn wait(this: &Attempt) -> Promise;

    /// Lets go of timer and signal, and aborts a request that is under way.
    #[wasm_bindgen(method)]
    pub fn close(this: &Attempt, settled: bool);

    /// A file as a Blob of the given type, and its name: the given one, or its own.
    #[wasm_bindgen(js_name = toBlob, catch)]
    pub fn to_blob(
        file: &JsValue,
        content_type: &JsValue,
        name: &JsValue,
    ) -> Result<Option<Array>, JsValue>;

    /// Milliseconds since any moment.
    pub fn now() -> f64;

    /// Whether whoever uses this program can read its secrets.
    #[wasm_bindgen(js_name = isBrowser)]
    pub fn is_browser() -> bool;
}

#[wasm_bindgen]
extern "C" {
    /// `JSON.stringify`, which answers `undefined` for what has no JSON.
    #[wasm_bindgen(catch, js_name = stringify, js_namespace = JSON)]
    pub fn stringify_json(value: &JsValue) -> Result<JsValue, JsValue>;
}
