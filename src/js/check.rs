//! Holds a caller's values against their form, before anything is sent.
//!
//! What an object may look like is a table here and in the [`api`](crate::api); walking it is
//! left to check.js.

use wasm_bindgen::prelude::*;

use crate::core::date::is_date_time;
use crate::core::shape::{Shape, TableWriter};

#[wasm_bindgen(module = "/src/js/check.js")]
extern "C" {
    fn knows(key: usize) -> bool;

    fn learn(key: usize, table: &str);

    /// `undefined` where the value fits, null where the form was not told of. Else, in a list, the
    /// path of the first field that does not fit, why, and a date-time's text, since whether it is
    /// one is for Rust to say.
    fn check(value: &JsValue, key: usize, date_is_read: bool) -> JsValue;

    /// The values of the fields that the form names, in its order, in a list.
    #[wasm_bindgen(js_name = fields)]
    fn read_fields(value: &JsValue, key: usize) -> JsValue;

    /// What the list holds there.
    #[wasm_bindgen(js_name = item)]
    fn read_item(list: &JsValue, index: i32) -> JsValue;

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

/// `None` where the value fits. `name` is what it is called; within a body or options, the names
/// of their fields say enough.
pub fn misfit(value: &JsValue, table: &'static str, name: &str) -> Option<Misfit> {
    let key = table.as_ptr().addr();
    let mut found = check(value, key, false);
    if found.is_undefined() {
        return None;
    }
    if found.is_null() {
        learn(key, table);
        found = check(value, key, false);
    }
    let text = |found: &JsValue, index| read_item(found, index).as_string().unwrap_or_default();
    if !found.is_undefined() && is_date_time(&text(&found, 2)) {
        found = check(value, key, true);
    }
    if found.is_undefined() {
        return None;
    }
    let path = text(&found, 0);
    let field = match &*path {
        "" => name.into(),
        _ if matches!(name, "body" | "options" | "call") => path,
        path => [name, ".", path].concat(),
    };
    Some(Misfit { field, problem: text(&found, 1) })
}

/// The values of the fields that a form names.
#[derive(Default)]
pub struct Fields(Option<JsValue>);

impl Fields {
    /// Those of the value.
    pub fn of(value: &JsValue, table: &'static str) -> Fields {
        Fields(Some(read_fields(value, key(table))))
    }

    /// The one at this place in the form. `undefined` where there is none, and for null and false,
    /// which are as if they were not there.
    pub fn get(&self, index: usize) -> JsValue {
        // Most calls have no options, and each value is a crossing.
        self.0.as_ref().map_or(JsValue::UNDEFINED, |list| read_item(list, index as i32))
    }
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
