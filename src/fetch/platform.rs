//! What the platform gives, as platform.js hands it over: nothing here throws.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::Headers;

#[wasm_bindgen(module = "/src/fetch/platform.js")]
extern "C" {
    /// One request, or one wait, with its deadline and the caller's signal: see platform.js.
    #[derive(Clone)]
    pub type Attempt;

    /// Begins a request.
    #[allow(clippy::too_many_arguments)]
    pub fn send(
        signal: &JsValue,
        ms: u32,
        fetch: Option<&Function>,
        line: &str,
        headers: &JsValue,
        body: &JsValue,
        key: Option<&str>,
        file_name: Option<&str>,
    ) -> Attempt;

    /// Begins a wait.
    pub fn pause(signal: &JsValue, ms: u32) -> Attempt;

    /// Resolves when it has ended; then the rest can be read.
    #[wasm_bindgen(method, getter)]
    pub fn ended(this: &Attempt) -> Promise;

    #[wasm_bindgen(method, getter)]
    pub fn end(this: &Attempt) -> u8;

    #[wasm_bindgen(method, getter)]
    pub fn status(this: &Attempt) -> u16;

    #[wasm_bindgen(method, getter)]
    pub fn ms(this: &Attempt) -> f64;

    #[wasm_bindgen(method, getter)]
    pub fn value(this: &Attempt) -> JsValue;

    #[wasm_bindgen(method)]
    pub fn text(this: &Attempt, which: u8) -> Option<String>;

    /// Lets go of timer and signal, and aborts a request that is under way.
    #[wasm_bindgen(method)]
    pub fn close(this: &Attempt);

    /// The JSON text; `undefined` for what has none.
    #[wasm_bindgen(js_name = toJson)]
    pub fn to_json(value: &JsValue) -> JsValue;

    /// Headers as an object; `undefined` where they cannot be read.
    #[wasm_bindgen(js_name = toObject)]
    pub fn to_object(headers: &Headers) -> JsValue;

    /// A file as a Blob of the given type, and its name: the given one, or its own.
    #[wasm_bindgen(js_name = toBlob)]
    pub fn to_blob(file: &JsValue, content_type: &JsValue, name: &JsValue) -> Option<Array>;

    /// The platform's `Headers`, empty; `undefined` where there are none that can be used.
    #[wasm_bindgen(js_name = emptyHeaders)]
    pub fn empty_headers() -> JsValue;

    /// Milliseconds since the epoch; NaN where no clock tells.
    #[wasm_bindgen(js_name = wallClock)]
    pub fn wall_clock() -> f64;

    /// A random number in 0..1.
    pub fn dice() -> f64;

    /// Whether whoever uses this program can read its secrets.
    #[wasm_bindgen(js_name = isBrowser)]
    pub fn is_browser() -> bool;
}
