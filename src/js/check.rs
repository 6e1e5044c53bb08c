//! Holds a caller's values against their form, before anything is sent.
//!
//! What an object may look like is a table here and in the [`api`](crate::api); walking it is
//! left to check.js.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::core::date::is_date_time;
use crate::core::shape::Shape;

#[wasm_bindgen(module = "/src/js/check.js")]
extern "C" {
    fn knows(key: usize) -> bool;

    fn learn(key: usize, form: &JsValue);

    /// The path of the first field that does not fit, and why. A date-time's text comes third:
    /// whether it is one is for Rust to say.
    fn check(value: &JsValue, key: usize) -> Option<Array>;

    /// The values of the fields that the form names.
    #[wasm_bindgen(js_name = fields)]
    fn read_fields(value: &JsValue, key: usize) -> Array;

    /// A form's entries as an object, or the value itself where it has none; null where reading
    /// them threw.
    fn fill(input: &JsValue, key: usize, extended: &JsValue) -> JsValue;
}

/// A value that does not fit.
pub struct Misfit {
    /// The path of the field; empty for the value itself.
    pub field: String,
    /// What is wrong with it, without quoting it.
    pub problem: String,
}

/// What an argument or an option must look like: JSON, and what JSON cannot hold.
#[derive(Clone, Copy)]
pub enum Form {
    /// JSON.
    Json(&'static Shape),
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

/// `None` where the value fits.
pub fn misfit(value: &JsValue, form: Form) -> Option<Misfit> {
    let found = check(value, key(form))?;
    let text = |index| found.get(index).as_string();
    if text(2).is_some_and(|text| is_date_time(&text)) {
        return None;
    }
    Some(Misfit { field: text(0).unwrap_or_default(), problem: text(1).unwrap_or_default() })
}

/// How many fields the largest of the client's own forms names.
const MOST: usize = 9;

/// The values of the fields that the form names, in its order; `undefined` where there is none.
pub fn fields(value: &JsValue, form: Form) -> [JsValue; MOST] {
    let values = read_fields(value, key(form));
    std::array::from_fn(|index| values.get(index as u32))
}

/// A form's entries as an object of this shape; what is no form is handed back as it is.
///
/// Names that the shape does not know are left out, but for the `extended` ones, which go to the
/// open object in it.
pub fn filled(input: &JsValue, shape: Form, extended: &JsValue) -> Result<JsValue, Misfit> {
    let value = fill(input, key(shape), extended);
    if value.is_null() && !input.is_null() {
        return Err(Misfit { field: "form".into(), problem: "reading it threw".into() });
    }
    Ok(value)
}

/// What JavaScript knows the form by: it is told of it the first time.
fn key(form: Form) -> usize {
    let key = match form {
        Form::Json(shape) => std::ptr::from_ref(shape).addr(),
        Form::Options(options) => options.as_ptr().addr(),
        // What is no table is known by a number that is no address.
        Form::Number => 1,
        Form::Text => 2,
        Form::Function => 3,
        Form::Signal => 4,
    };
    if !knows(key) {
        learn(key, &write(&form));
    }
    key
}

fn write(form: &Form) -> JsValue {
    match form {
        Form::Json(shape) => write_shape(shape),
        Form::Number => 4.into(),
        Form::Text => 5.into(),
        Form::Function => 6.into(),
        Form::Signal => 7.into(),
        Form::Options(options) => {
            let list = Array::of1(&9.into());
            for (name, required, form) in *options {
                push_field(&list, name, *required, &write(form));
            }
            list.into()
        }
    }
}

fn write_shape(shape: &Shape) -> JsValue {
    let (code, known) = match shape {
        Shape::String => return 0.into(),
        Shape::Boolean => return 1.into(),
        Shape::Integer => return 2.into(),
        Shape::DateTime => return 3.into(),
        Shape::List(item) => return Array::of2(&8.into(), &write_shape(item)).into(),
        Shape::Object(known) => (9, known),
        Shape::Open(known) => (10, known),
    };
    let list = Array::of1(&code.into());
    for field in *known {
        push_field(&list, field.name, field.required, &write_shape(&field.shape));
    }
    list.into()
}

fn push_field(list: &Array, name: &str, required: bool, form: &JsValue) {
    list.push(&name.into());
    list.push(&required.into());
    list.push(form);
}
