//! Bodies and responses as JSON.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The value's JSON with the API key as its first member, if there is one; `None` where the value
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
    serde_json::from_slice(text).ok()
}

/// The value's JSON with the API key as its first member, if there is one; `None` where the value
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
    let value = js_sys::JSON::parse(str::from_utf8(text).ok()?).ok()?;
    serde_wasm_bindgen::from_value(value).ok()
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
    fn what_is_no_object_is_no_body() {
        assert_eq!(write(&[1], None), None);
        assert_eq!(write(&(), Some("k")), None);
    }
}
