//! The platform's functions. They are looked up when they are called, since a program may
//! put others in their place later, and whatever they throw is an answer.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/fetch/browser.js")]
extern "C" {
    /// Whether the program's user can read its secrets.
    #[wasm_bindgen(js_name = isBrowser)]
    pub fn is_browser() -> bool;
}

/// An object's value under this name; `undefined` where it throws.
pub fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

/// A method of an object, or a global function, if it is one.
pub fn function(object: &JsValue, name: &str) -> Option<Function> {
    get(object, name).dyn_into().ok()
}

/// A promise of what the value comes to, which may be anything: it never throws.
///
/// Its `then` is called here: WebKit never settles a promise that is resolved with one whose `then`
/// throws.
pub fn promised(value: &JsValue) -> Promise {
    let settle = |resolve: &Function, reject: &Function| {
        let then = value.is_object().then(|| Reflect::get(value, &"then".into())).transpose()?;
        match then.and_then(|then| then.dyn_into::<Function>().ok()) {
            Some(then) => then.call2(value, resolve, reject),
            None => resolve.call1(&JsValue::UNDEFINED, value),
        }
    };
    Promise::new(&mut |resolve, reject| {
        if let Err(error) = settle(&resolve, &reject) {
            drop(reject.call1(&JsValue::UNDEFINED, &error));
        }
    })
}

/// Milliseconds since any moment.
pub fn now() -> f64 {
    number("performance", "now").or_else(|| number("Date", "now")).unwrap_or(f64::NAN)
}

/// Milliseconds since the epoch; NaN where no clock tells.
pub fn time_of_day() -> f64 {
    number("Date", "now").unwrap_or(f64::NAN)
}

/// A random number in 0..1.
pub fn random() -> f64 {
    number("Math", "random").map_or(0.5, |number| number % 1.0)
}

/// The answer of a global object's function, if it is a number.
fn number(object: &str, name: &str) -> Option<f64> {
    let object = get(&js_sys::global(), object);
    function(&object, name)?.call0(&object).ok()?.as_f64()
}
