//! Bodies and responses as JSON.
// cspell:ignore replacen fffd

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::core::json::Json;

/// The value's JSON with the API key as its first member, if there is one. `None` where the value
/// has none, or is not an object.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn write<B: Serialize>(value: &B, key: Option<&str>) -> Option<Vec<u8>> {
    let json = serde_json::to_vec(value).ok()?;
    let key = key.map(serde_json::to_string).transpose().ok()?;
    with_key(json, key.as_deref())
}

/// The response, where it is JSON of this type.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn read<R: DeserializeOwned>(text: &[u8]) -> Option<R> {
    let text = as_fetch_reads(text);
    serde_json::from_str(&text).or_else(|_| serde_json::from_str(&without_halves(&text))).ok()
}

/// The text with an unknown letter in place of each escape that is half of one. JavaScript makes the
/// same of it.
#[cfg(not(target_arch = "wasm32"))]
fn without_halves(text: &str) -> String {
    let unit = |escape: &str| {
        let digits = escape.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let (mut whole, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find('\\') {
        whole.push_str(&rest[..at]);
        rest = &rest[at..];
        let len = match (unit(rest), rest.get(6..).and_then(unit)) {
            (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => 12,
            (Some(0xd800..0xe000), _) => {
                whole.push('\u{fffd}');
                rest = &rest[6..];
                continue;
            }
            (Some(_), _) => 6,
            // A backslash and the letter that it is for.
            _ => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
        };
        whole.push_str(&rest[..len]);
        rest = &rest[len..];
    }
    whole + rest
}

/// The value's JSON with the API key as its first member, if there is one. `None` where the value
/// has none, or is not an object.
#[cfg(target_arch = "wasm32")]
pub(crate) fn write<B: Serialize>(value: &B, key: Option<&str>) -> Option<Vec<u8>> {
    // JavaScript has a JSON already.
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    let json = js_sys::JSON::stringify(&value.serialize(&serializer).ok()?).ok()?;
    let key = key.and_then(|key| js_sys::JSON::stringify(&key.into()).ok()).map(String::from);
    with_key(String::from(json).into_bytes(), key.as_deref())
}

/// The response, where it is JSON of this type.
#[cfg(target_arch = "wasm32")]
pub(crate) fn read<R: DeserializeOwned>(text: &[u8]) -> Option<R> {
    let value = js_sys::JSON::parse(&as_fetch_reads(text)).ok()?;
    serde_wasm_bindgen::from_value(value).ok()
}

/// The text as the platform's `fetch` reads it: without the mark of UTF-8, and with what is not
/// UTF-8 as unknown letters.
fn as_fetch_reads(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
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
    let comma = if rest == b"}" { "" } else { "," };
    Some([b"{\"api_key\":", key.as_bytes(), comma.as_bytes(), rest].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::JsonObject;

    #[test]
    fn the_key_is_the_first_member() {
        let write = |fields: JsonObject, key| {
            write(&fields, key).map(|json| String::from_utf8(json).expect("JSON is UTF-8"))
        };
        let one = JsonObject::from([("a", 1.into())]);
        assert_eq!(write(one.clone(), None).as_deref(), Some(r#"{"a":1}"#));
        let with_key = write(one, Some("k\"1"));
        assert_eq!(with_key.as_deref(), Some(r#"{"api_key":"k\"1","a":1}"#));
        let empty = write(JsonObject::default(), Some("k"));
        assert_eq!(empty.as_deref(), Some(r#"{"api_key":"k"}"#));
    }

    #[test]
    fn a_field_is_put_where_its_path_leads() {
        let text = r#"{"count":2,"items":[{"a":1},{"a":2}],"visitor":{"email":null}}"#;
        let put_at = |path| {
            let mut json = read::<Json>(text.as_bytes()).expect("it is JSON");
            put(&mut json, path, &"x".into())?;
            String::from_utf8(write(&json, None)?).ok()
        };
        let is = |path, changed: (&str, &str)| {
            assert_eq!(put_at(path), Some(text.replacen(changed.0, changed.1, 1)), "{path}");
        };
        is("zeta", ("}}", r#"},"zeta":"x"}"#));
        is("visitor.nickname", ("null}", r#"null,"nickname":"x"}"#));
        is("visitor.more.deep", ("null}", r#"null,"more":{"deep":"x"}}"#));
        is("count", ("2,", r#""x","#));
        let each = put_at("items[].b").expect("there are items");
        assert_eq!(each.matches(r#""b":"x""#).count(), 2);
        for path in ["", ".a", "count.a", "items.a", "visitor.email.a", "items[]", "visitor[].a"] {
            assert_eq!(put_at(path), None, "{path}");
        }
    }

    #[test]
    fn what_is_no_object_is_no_body() {
        assert_eq!(write(&[1], None), None);
        assert_eq!(write(&(), Some("k")), None);
    }
}
