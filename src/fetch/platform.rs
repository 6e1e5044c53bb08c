//! What the platform gives, each through an import that catches.

use js_sys::{Array, Function, JsString, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What a fetch answered. It may be anything.
    pub type Answer;

    #[wasm_bindgen(method, getter, structural, catch)]
    pub fn status(this: &Answer) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter, structural, catch, js_name = type)]
    pub fn kind(this: &Answer) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter, structural, catch)]
    pub fn headers(this: &Answer) -> Result<AnswerHeaders, JsValue>;

    #[wasm_bindgen(method, structural, catch)]
    pub fn text(this: &Answer) -> Result<JsValue, JsValue>;

    /// Its headers, which may be anything too.
    pub type AnswerHeaders;

    #[wasm_bindgen(method, structural, catch)]
    pub fn get(this: &AnswerHeaders, name: &str) -> Result<JsValue, JsValue>;

    /// `JSON.parse`, of a text that stays in JavaScript.
    #[wasm_bindgen(catch, js_name = parse, js_namespace = JSON)]
    pub fn parse_json(text: &JsString) -> Result<JsValue, JsValue>;

    /// `JSON.stringify`, which answers `undefined` for what has no JSON.
    #[wasm_bindgen(catch, js_name = stringify, js_namespace = JSON)]
    pub fn stringify_json(value: &JsValue) -> Result<JsValue, JsValue>;

    /// `Array.isArray`, which throws at a revoked Proxy.
    #[wasm_bindgen(catch, js_name = isArray, js_namespace = Array)]
    pub fn is_array(value: &JsValue) -> Result<bool, JsValue>;

    /// `Object.keys`, which a Proxy can make throw.
    #[wasm_bindgen(catch, js_name = keys, js_namespace = Object)]
    pub fn keys(value: &JsValue) -> Result<Array, JsValue>;

    #[wasm_bindgen(catch, js_name = now, js_namespace = performance)]
    pub fn performance_now() -> Result<f64, JsValue>;

    #[wasm_bindgen(catch, js_name = setTimeout)]
    pub fn set_timeout(callback: &Function, ms: u32, arg: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = clearTimeout)]
    pub fn clear_timeout(id: &JsValue) -> Result<(), JsValue>;

    /// A caller's `AbortSignal`.
    pub type Signal;

    #[wasm_bindgen(method, getter, structural, catch)]
    fn aborted(this: &Signal) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = addEventListener)]
    pub fn add_event_listener(this: &Signal, kind: &str, call: &Function) -> Result<(), JsValue>;

    #[wasm_bindgen(method, structural, catch, js_name = removeEventListener)]
    pub fn remove_event_listener(this: &Signal, kind: &str, call: &Function)
    -> Result<(), JsValue>;
}

/// Whether the caller's signal has aborted.
pub fn is_aborted(signal: &JsValue) -> bool {
    signal.unchecked_ref::<Signal>().aborted().is_ok_and(|aborted| aborted.is_truthy())
}

/// Whether this is a page or a web worker. Servers that have the same globals are told by names
/// that only they have.
pub fn is_browser() -> bool {
    let global = js_sys::global();
    let get = |target: &JsValue, name: &str| {
        Reflect::get(target, &name.into()).unwrap_or(JsValue::UNDEFINED)
    };
    if get(&global, "document").is_object() {
        return true;
    }
    let scope = get(&global, "WorkerGlobalScope");
    let is_worker = scope.dyn_ref::<Function>().is_some_and(|scope| {
        Reflect::get_prototype_of(&global).is_ok_and(|_| is_instance(&global, scope))
    });
    let agent = get(&get(&global, "navigator"), "userAgent").as_string().unwrap_or_default();
    let node = get(&get(&get(&global, "process"), "versions"), "node");
    is_worker
        && agent != "Cloudflare-Workers"
        && node.is_undefined()
        && get(&global, "Deno").is_undefined()
        && get(&global, "Bun").is_undefined()
        && get(&global, "EdgeRuntime").is_undefined()
}

fn is_instance(value: &JsValue, class: &Function) -> bool {
    let prototype = Reflect::get(class, &"prototype".into());
    prototype.is_ok_and(|prototype| {
        prototype.is_object() && prototype.unchecked_ref::<js_sys::Object>().is_prototype_of(value)
    })
}
