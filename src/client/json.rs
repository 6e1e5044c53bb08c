//! Bodies and responses as JSON: what it is and what it means is JavaScript's, natively as well.

mod grammar;
mod reader;
mod writer;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Serialize, de, ser};

use crate::core::json::Json;
use grammar::Cursor;
use reader::Reader;
use writer::Writer;

/// The value's JSON with the API key as its first member, if there is one. `None` where the value
/// has none, or is not an object.
pub(crate) fn write<B: Serialize>(value: &B, key: Option<&str>) -> Option<Vec<u8>> {
    let mut writer = Writer::default();
    value.serialize(&mut writer).ok()?;
    with_key(writer.json, key)
}

/// The response, where it is JSON of this type.
pub(crate) fn read<R: DeserializeOwned>(text: &[u8]) -> Option<R> {
    let text = checked(text)?;
    R::deserialize(&mut Reader::new(&text)).ok()
}

/// The value has no JSON, or the JSON is of another type. Nobody is told more, and the words for it
/// weigh more than all else here.
#[derive(Debug)]
struct Misfit;

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of another type")
    }
}

impl std::error::Error for Misfit {}

impl de::Error for Misfit {
    fn custom<T: fmt::Display>(_: T) -> Misfit {
        Misfit
    }
}

impl ser::Error for Misfit {
    fn custom<T: fmt::Display>(_: T) -> Misfit {
        Misfit
    }
}

/// The text as the platform's `fetch` reads it, if it is JSON. The mark of UTF-8 is left out, and bytes
/// that are not UTF-8 become unknown letters.
#[inline(never)]
fn checked(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    Cursor::is_json(&text).then_some(text)
}

/// The value as JSON that can be changed.
pub(crate) fn value<B: Serialize>(value: &B) -> Option<Json> {
    read(&write(value, None)?)
}

/// Sets the field at the path; `None` where the path leads through something that is not an object,
/// or, after `[]`, not a list.
pub(crate) fn put(json: &mut Json, path: &str, value: &Json) -> Option<()> {
    let (name, rest) = match path.split_once('.') {
        Some((name, rest)) => (name, Some(rest)),
        None => (path, None),
    };
    let (name, of_items) = match name.strip_suffix("[]") {
        Some(name) => (name, true),
        None => (name, false),
    };
    let Json::Object(fields) = json else { return None };
    match rest {
        _ if name.is_empty() => None,
        None if of_items => None,
        None => {
            fields.insert(name.into(), value.clone());
            Some(())
        }
        Some(rest) if of_items => match fields.get_mut(name)? {
            Json::Array(items) => items.iter_mut().try_for_each(|item| put(item, rest, value)),
            _ => None,
        },
        Some(rest) => {
            let within = fields.entry(name.into()).or_insert_with(|| Json::Object(BTreeMap::new()));
            put(within, rest, value)
        }
    }
}

fn with_key(json: Vec<u8>, key: Option<&str>) -> Option<Vec<u8>> {
    let rest = json.strip_prefix(b"{")?;
    let Some(key) = key else { return Some(json) };
    let mut writer = Writer::default();
    key.serialize(&mut writer).ok()?;
    let comma = if rest == b"}" { "" } else { "," };
    Some([b"{\"api_key\":", writer.json.as_slice(), comma.as_bytes(), rest].concat())
}

#[cfg(test)]
mod tests;
