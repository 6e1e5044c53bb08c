//! Walks a caller's object along its [`Shape`], copying nothing but names.
//!
//! What passes is what `JSON.stringify` will write: own enumerable fields, with `undefined`
//! dropped. Whatever the object does when it is touched, the result is an error or nothing.

use js_sys::{Array, Date, JsString, Number, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::core::date::is_date_time;
use crate::core::shape::{Field, Shape, nearest};
use crate::fetch::FetchBody;
use crate::fetch::platform::{is_array, keys};

/// How deep an open object may go. A cycle has no depth, so it ends here too.
const DEEPEST: u32 = 100;

/// A value that does not fit.
pub struct Misfit {
    /// The path of the field.
    pub field: String,
    /// What is wrong with it, without quoting it.
    pub problem: String,
}

/// Where in the caller's object the walk is; written out only when something is wrong there.
pub struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
}

enum Step<'a> {
    Name(&'a str),
    Index(u32),
}

impl<'a> Path<'a> {
    /// The path of an argument.
    pub fn root(name: &'a str) -> Path<'a> {
        Path { parent: None, step: Step::Name(name) }
    }

    /// The path of one of its fields.
    pub fn field(&'a self, name: &'a str) -> Path<'a> {
        Path { parent: Some(self), step: Step::Name(name) }
    }

    fn index(&'a self, index: u32) -> Path<'a> {
        Path { parent: Some(self), step: Step::Index(index) }
    }

    /// What is wrong here.
    pub fn misfit(&self, problem: impl Into<String>) -> Misfit {
        let field = self.write();
        // The body as a whole has no path.
        let field = if field.is_empty() { "body".into() } else { field };
        Misfit { field, problem: problem.into() }
    }

    fn expected(&self, what: &str, value: &JsValue) -> Misfit {
        self.misfit(["expected ", what, ", got ", kind(value)].concat())
    }

    fn write(&self) -> String {
        let mut text = self.parent.map(Path::write).unwrap_or_default();
        match self.step {
            Step::Name(name) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(printable(name));
            }
            Step::Index(index) => text.push_str(&["[", &index.to_string(), "]"].concat()),
        }
        text
    }
}

/// Checks a body and writes it. Its fields' paths begin at the body itself.
pub fn json(value: &JsValue, shape: &Shape) -> Result<FetchBody, Misfit> {
    let root = Path::root("");
    check(value, shape, &root)?;
    // It can still fail: a getter that answers once, an array of a BigInt behind a `toJSON`.
    FetchBody::json(value).ok_or_else(|| root.misfit("JSON.stringify refused it"))
}

/// An id for the path, as it is.
pub fn id(value: &JsValue, path: &Path<'_>) -> Result<String, Misfit> {
    let text = value.dyn_ref::<JsString>().ok_or_else(|| path.expected("a string", value))?;
    // A lone surrogate has no UTF-8: replacing it would name somebody else.
    if !text.is_valid_utf16() {
        return Err(path.misfit("it holds half of a surrogate pair"));
    }
    Ok(text.into())
}

fn check(value: &JsValue, shape: &Shape, path: &Path<'_>) -> Result<(), Misfit> {
    let fits = |fits: bool, what: &str| if fits { Ok(()) } else { Err(path.expected(what, value)) };
    match shape {
        Shape::String => fits(value.is_string(), "a string"),
        Shape::Boolean => fits(value.as_bool().is_some(), "true or false"),
        Shape::Integer => fits(Number::is_safe_integer(value), "a whole number"),
        Shape::DateTime => date_time(value, path),
        Shape::List(item) => {
            fits(is_array(value).unwrap_or(false), "an array")?;
            no_to_json(value, path)?;
            let list: &Array = value.unchecked_ref();
            for index in 0..list.length() {
                let path = path.index(index);
                check(&get(list, &index.into(), &path)?, item, &path)?;
            }
            Ok(())
        }
        Shape::Object(fields) => object(value, fields, false, path),
        Shape::Open(fields) => object(value, fields, true, path),
    }
}

fn object(value: &JsValue, fields: &[Field], open: bool, path: &Path<'_>) -> Result<(), Misfit> {
    if !value.is_object() || is_array(value).unwrap_or(true) {
        return Err(path.expected("an object", value));
    }
    no_to_json(value, path)?;
    let names = plain_keys(value, path)?;
    let mut seen: u64 = 0;
    for index in 0..names.length() {
        let key = names.get(index);
        let name = key.as_string().unwrap_or_default();
        let path = path.field(&name);
        let found = fields.iter().position(|field| field.name == name);
        let item = get(value, &key, &path)?;
        match found {
            Some(at) if !item.is_undefined() => {
                if !item.is_null() || fields[at].required {
                    check(&item, &fields[at].shape, &path)?;
                }
                seen |= 1 << at;
            }
            Some(_) => {}
            None if open => any(&item, &path, 0)?,
            None => {
                let known = fields.iter().map(|field| field.name);
                return Err(path.misfit(unknown("field", &name, known)));
            }
        }
    }
    match fields.iter().enumerate().find(|(at, field)| field.required && seen & 1 << at == 0) {
        Some((_, missing)) => Err(path.field(missing.name).misfit("it is required")),
        None => Ok(()),
    }
}

/// Any JSON: what a field of an open object may hold.
fn any(value: &JsValue, path: &Path<'_>, depth: u32) -> Result<(), Misfit> {
    if depth == DEEPEST {
        return Err(path.misfit("it is nested too deeply, or in itself"));
    }
    if let Some(number) = value.as_f64() {
        // JSON would quietly make it null.
        return if number.is_finite() { Ok(()) } else { Err(path.expected("JSON", value)) };
    }
    if value.is_bigint() || value.is_function() || value.is_symbol() {
        return Err(path.expected("JSON", value));
    }
    if !value.is_object() || get(value, &"toJSON".into(), path)?.is_function() {
        return Ok(());
    }
    if is_array(value).map_err(|_| path.misfit("reading it threw"))? {
        let list: &Array = value.unchecked_ref();
        for index in 0..list.length() {
            let path = path.index(index);
            any(&get(list, &index.into(), &path)?, &path, depth + 1)?;
        }
        return Ok(());
    }
    let names = plain_keys(value, path)?;
    for index in 0..names.length() {
        let key = names.get(index);
        let name = key.as_string().unwrap_or_default();
        let path = path.field(&name);
        any(&get(value, &key, &path)?, &path, depth + 1)?;
    }
    Ok(())
}

fn date_time(value: &JsValue, path: &Path<'_>) -> Result<(), Misfit> {
    let problem = "expected an ISO 8601 date-time with an offset, such as 2030-08-24T14:15:22Z";
    if let Some(date) = value.dyn_ref::<Date>() {
        // One that overrides how it is written is no date to us.
        return if date.get_time().is_nan() {
            Err(path.misfit("the Date is invalid"))
        } else {
            Ok(())
        };
    }
    match value.as_string() {
        Some(text) if is_date_time(&text) => Ok(()),
        Some(_) => Err(path.misfit(problem)),
        None => Err(path.expected("a date-time string or a Date", value)),
    }
}

/// `JSON.stringify` would write what `toJSON` answers, which nobody has checked.
fn no_to_json(value: &JsValue, path: &Path<'_>) -> Result<(), Misfit> {
    if get(value, &"toJSON".into(), path)?.is_function() {
        return Err(path.misfit("expected plain fields, got an object with a toJSON method"));
    }
    Ok(())
}

/// The names of an object's fields. A Map, a Promise or a File has none that JSON would write:
/// better refused than sent as `{}`.
fn plain_keys(value: &JsValue, path: &Path<'_>) -> Result<Array, Misfit> {
    let names = keys(value).map_err(|_| path.misfit("reading it threw"))?;
    if names.length() == 0 {
        let class = get(value, &"constructor".into(), path)?;
        let class = if class.is_function() { get(&class, &"name".into(), path)? } else { class };
        if class.as_string().is_some_and(|name| name != "Object") {
            return Err(path.misfit("expected plain fields, got an object of another class"));
        }
    }
    Ok(names)
}

fn get(target: &JsValue, key: &JsValue, path: &Path<'_>) -> Result<JsValue, Misfit> {
    Reflect::get(target, key).map_err(|_| path.misfit("reading it threw"))
}

/// What to say of a name that is not known.
pub fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    match nearest(name, known) {
        Some(meant) => ["unknown ", what, ". Did you mean ", meant, "?"].concat(),
        None => ["unknown ", what].concat(),
    }
}

/// A name that a caller made up may be anything, a phone number included.
fn printable(name: &str) -> &str {
    let plain = name.len() <= 40
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-$".contains(&byte))
        && name.bytes().filter(u8::is_ascii_digit).count() < 5;
    if plain { name } else { "[name withheld]" }
}

/// What kind of value it is, for a message.
pub fn kind(value: &JsValue) -> &'static str {
    if value.is_undefined() {
        "undefined"
    } else if value.is_null() {
        "null"
    } else if value.is_string() {
        "a string"
    } else if value.as_bool().is_some() {
        "a boolean"
    } else if value.is_bigint() {
        "a BigInt"
    } else if value.is_symbol() {
        "a symbol"
    } else if value.is_function() {
        "a function"
    } else if let Some(number) = value.as_f64() {
        if number.is_finite() { "a number" } else { "a number that is not finite" }
    } else if value.is_instance_of::<Date>() {
        "a Date"
    } else if is_array(value).unwrap_or(false) {
        "an array"
    } else {
        "an object"
    }
}
