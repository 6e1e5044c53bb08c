//! The platform's functions. None of them throws.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use web_sys::Request;

// How a request ended, or its time did: also in platform.js.
pub const ANSWERED: u32 = 0;
pub const LOST: u32 = 1;
pub const REDIRECTED: u32 = 2;
pub const TIMED_OUT: u32 = 3;

#[wasm_bindgen(module = "/src/fetch/browser.js")]
extern "C" {
    /// Whether the program's user can read its secrets.
    #[wasm_bindgen(js_name = isBrowser)]
    pub fn is_browser() -> bool;
}

#[wasm_bindgen(module = "/src/fetch/platform.js")]
extern "C" {
    /// A time that ends by itself, or when the caller's signal aborts. It is a promise of how, and a
    /// function that takes the timer and the listener away. `None` where no timer can be set.
    pub fn deadline(signal: &JsValue, ms: f64) -> Option<Array>;

    /// Whether the caller has given up.
    #[wasm_bindgen(js_name = hasAborted)]
    pub fn has_aborted(signal: &JsValue) -> bool;

    /// A promise of how the exchange ended, of the response if its head has arrived, and of its text,
    /// or the failure's name and code. `None` where there is no fetch.
    pub fn exchange(fetch: &JsValue, request: &Request, ended: &Promise) -> Option<Promise>;

    /// Milliseconds since any moment.
    pub fn now() -> f64;

    /// Milliseconds since the epoch; NaN where no clock tells.
    #[wasm_bindgen(js_name = timeOfDay)]
    pub fn time_of_day() -> f64;

    /// A random number in 0..1.
    pub fn random() -> f64;
}
