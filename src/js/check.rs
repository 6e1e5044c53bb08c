//! Holds a caller's values against their form, before anything is sent.
//!
//! What an object may look like is a table here and in the [`api`](crate::api); walking it is
//! left to check.js.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::core::date::is_date_time;
use crate::core::shape::{Shape, TableWriter};

#[wasm_bindgen(module = "/src/js/check.js")]
extern "C" {
    fn knows(key: usize) -> bool;

    fn learn(key: usize, table: &str);

    /// The path of the first field that does not fit, and why. A date-time's text comes third:
    /// whether it is one is for Rust to say.
    fn check(value: &JsValue, key: usize, name: &str) -> Option<Array>;

    /// The values of the fields that the form names.
    #[wasm_bindgen(js_name = fields)]
    fn read_fields(value: &JsValue, key: usize) -> Array;

    /// A form's entries as an object, or the value itself where it has none.
    fn fill(input: &JsValue, key: usize, extended: &JsValue) -> JsValue;
}

/// A value that does not fit.
pub struct Misfit {
    /// The path of the field.
    pub field: String,
    /// What is wrong with it, without quoting it.
    pub problem: String,
}

/// What an argument or an option must look like: JSON, and what JSON cannot hold.
pub enum Form {
    /// JSON.
    Json(Shape),
    /// A number that is finite.
    Number,
    /// A string that has UTF-8.
    Text,
    /// A function.
    Function,
    /// An `AbortSignal`.
    Signal,
    /// An object with these names and no others: whether each is required, and its form.
    Options(&'static [(&'static str, bool, Form)]),
}

/// Writes a form's table, at compile time.
pub const fn write(writer: &mut TableWriter, form: &Form) {
    match form {
        Form::Json(shape) => writer.shape(shape),
        Form::Number => writer.text("4"),
        Form::Text => writer.text("5"),
        Form::Function => writer.text("6"),
        Form::Signal => writer.text("7"),
        Form::Options(options) => {
            writer.text("[9");
            let mut at = 0;
            while at < options.len() {
                let (name, required, form) = &options[at];
                writer.field(name, *required);
                write(writer, form);
                at += 1;
            }
            writer.text("]");
        }
    }
}

/// `None` where the value fits.
pub fn misfit(value: &JsValue, table: &'static str, name: &str) -> Option<Misfit> {
    let found = check(value, key(table), name)?;
    let text = |index| found.get(index).as_string();
    if text(2).is_some_and(|text| is_date_time(&text)) {
        return None;
    }
    Some(Misfit { field: text(0).unwrap_or_default(), problem: text(1).unwrap_or_default() })
}

/// How many fields the largest of the client's own forms names.
pub const MOST: usize = 9;

/// The values of the fields that the form names, in its order; `undefined` where there is none.
pub fn fields(value: &JsValue, table: &'static str) -> [JsValue; MOST] {
    // Most calls have no options, and each value is a crossing.
    if !value.is_object() {
        return [const { JsValue::UNDEFINED }; MOST];
    }
    let values = read_fields(value, key(table));
    std::array::from_fn(|index| values.get(index as u32))
}

/// A form's entries as an object of this shape; what is no form is handed back as it is.
///
/// Names that the shape does not know are left out, but for the `extended` ones, which go to the
/// open object in it.
pub fn filled(input: &JsValue, table: &'static str, extended: &JsValue) -> JsValue {
    fill(input, key(table), extended)
}

/// What JavaScript knows the table by: it is told of it the first time.
fn key(table: &'static str) -> usize {
    let key = table.as_ptr().addr();
    if !knows(key) {
        learn(key, table);
    }
    key
}
