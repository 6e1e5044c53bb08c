//! The crate's types as JavaScript's values: for programs that are handed objects by a page, or hand
//! them on.

use js_sys::JSON;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

/// Reads a value of JavaScript's, as JSON would carry it: a `Date` is its text.
///
/// `None` where it does not fit, or cannot be read. It does not say why: the words of a failed
/// conversion quote the value.
///
/// ```no_run
/// use botsplash::{ListenerSubmit, from_js};
/// use wasm_bindgen::JsValue;
/// fn submission(of_page: &JsValue) -> Option<ListenerSubmit> {
///     from_js(of_page)
/// }
/// ```
pub fn from_js<T: DeserializeOwned>(value: &JsValue) -> Option<T> {
    // By way of JSON, since getters may throw, and nothing would catch that.
    let text = JsValue::from(JSON::stringify(value).ok()?).as_string()?;
    serde_wasm_bindgen::from_value(JSON::parse(&text).ok()?).ok()
}

/// Makes a value of JavaScript's, as `JSON.parse` would make it of the type's JSON.
///
/// `None` where a type of the caller's own cannot be written.
///
/// ```no_run
/// use botsplash::{NewVisitor, to_js};
/// let visitor = to_js(&NewVisitor::new().first_name("Jane"));
/// ```
pub fn to_js<T: Serialize>(value: &T) -> Option<JsValue> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).ok()
}
