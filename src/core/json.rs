//! JSON whose fields nobody has listed.
// cspell:ignore jsons newtype

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::schema::{Schema, Shape};

/// The largest whole number up to which doubles leave none out.
const MOST_EXACT: f64 = 9_007_199_254_740_991.0;

/// Any JSON. `Debug` does not print it, since it is personal data.
///
/// A number is a double, as in JavaScript.
///
/// ```
/// use botsplash::Json;
/// let json = Json::from("red");
/// assert_eq!(json.as_str(), Some("red"));
/// ```
#[derive(Clone, Default, PartialEq)]
pub enum Json {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number.
    Number(f64),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object.
    Object(BTreeMap<String, Json>),
}

impl Json {
    /// The string, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Json::String(text) => Some(text),
            _ => None,
        }
    }

    /// The boolean, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Json::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Json::Number(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, if it is a whole one that a double holds exactly, however it was written: 201.0
    /// is 201.
    pub fn as_i64(&self) -> Option<i64> {
        let value = self.as_f64()?;
        (value.abs() <= MOST_EXACT && value == (value as i64) as f64).then_some(value as i64)
    }

    /// The elements, if it is an array.
    pub fn as_array(&self) -> Option<&[Json]> {
        match self {
            Json::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The fields, if it is an object.
    pub fn as_object(&self) -> Option<&BTreeMap<String, Json>> {
        match self {
            Json::Object(fields) => Some(fields),
            _ => None,
        }
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Json(..)")
    }
}

macro_rules! json_from {
    ($($type:ty, $value:ident => $json:expr;)*) => {
        $(impl From<$type> for Json {
            fn from($value: $type) -> Json {
                $json
            }
        })*
    };
}
json_from! {
    &str, text => Json::String(text.to_owned());
    String, text => Json::String(text);
    bool, value => Json::Boolean(value);
    i32, value => Json::Number(value.into());
    u32, value => Json::Number(value.into());
    f64, value => Json::Number(value);
    Vec<Json>, items => Json::Array(items);
    JsonObject, object => Json::Object(object.0);
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => serializer.serialize_unit(),
            Json::Boolean(value) => serializer.serialize_bool(*value),
            // Whole numbers are written without a fraction, as JavaScript writes them.
            Json::Number(value) => match self.as_i64() {
                Some(whole) => serializer.serialize_i64(whole),
                None => serializer.serialize_f64(*value),
            },
            Json::String(text) => serializer.serialize_str(text),
            Json::Array(items) => serializer.collect_seq(items),
            Json::Object(fields) => serializer.collect_map(fields),
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        struct AnyJson;
        impl<'de> Visitor<'de> for AnyJson {
            type Value = Json;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }
            fn visit_unit<E>(self) -> Result<Json, E> {
                Ok(Json::Null)
            }
            fn visit_none<E>(self) -> Result<Json, E> {
                Ok(Json::Null)
            }
            fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Json, D::Error> {
                Json::deserialize(inner)
            }
            fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
                Ok(Json::Boolean(value))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
                Ok(Json::Number(value as f64))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
                Ok(Json::Number(value as f64))
            }
            fn visit_i128<E>(self, value: i128) -> Result<Json, E> {
                Ok(Json::Number(value as f64))
            }
            fn visit_u128<E>(self, value: u128) -> Result<Json, E> {
                Ok(Json::Number(value as f64))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
                Ok(Json::Number(value))
            }
            fn visit_str<E>(self, text: &str) -> Result<Json, E> {
                Ok(Json::String(text.to_owned()))
            }
            fn visit_string<E>(self, text: String) -> Result<Json, E> {
                Ok(Json::String(text))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Json::Array(items))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
                let mut fields = BTreeMap::new();
                while let Some((name, value)) = map.next_entry()? {
                    fields.insert(name, value);
                }
                #[cfg(any(not(target_arch = "wasm32"), feature = "serde_json"))]
                if let Some(number) = number_of_serde_json(&fields) {
                    return Ok(Json::Number(number));
                }
                Ok(Json::Object(fields))
            }
        }
        deserializer.deserialize_any(AnyJson)
    }
}

/// The number that serde_json hands out as an object of this one field. Its feature
/// `arbitrary_precision`, which any crate of a program can ask for, does so with each number.
#[cfg(any(not(target_arch = "wasm32"), feature = "serde_json"))]
fn number_of_serde_json(fields: &BTreeMap<String, Json>) -> Option<f64> {
    let number = fields.get("$serde_json::private::Number")?.as_str()?;
    number.parse().ok().filter(|_| fields.len() == 1)
}

macro_rules! object {
    ($(#[$meta:meta])* pub struct $name:ident, $typescript:literal) => {
        $(#[$meta])*
        #[derive(Clone, Default, PartialEq, serde::Serialize)]
        #[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
        #[cfg_attr(all(target_arch = "wasm32", feature = "js"), tsify(type = $typescript))]
        #[serde(transparent)]
        pub struct $name(BTreeMap<String, Json>);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                match Json::deserialize(deserializer)? {
                    Json::Object(fields) => Ok($name(fields)),
                    _ => Err(D::Error::custom("expected an object")),
                }
            }
        }

        impl $name {
            /// The value of this field.
            pub fn get(&self, name: &str) -> Option<&Json> {
                self.0.get(name)
            }

            /// Sets a field, and answers the value that it had.
            pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Json>) -> Option<Json> {
                self.0.insert(name.into(), value.into())
            }

            /// The fields in the order of their names.
            pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
                self.0.iter().map(|(name, value)| (name.as_str(), value))
            }

            /// How many fields there are.
            pub fn len(&self) -> usize {
                self.0.len()
            }

            /// Whether there are none.
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }

        impl<N: Into<String>, const LEN: usize> From<[(N, Json); LEN]> for $name {
            fn from(fields: [(N, Json); LEN]) -> $name {
                fields.into_iter().collect()
            }
        }

        impl<N: Into<String>, V: Into<Json>> FromIterator<(N, V)> for $name {
            fn from_iter<I: IntoIterator<Item = (N, V)>>(fields: I) -> $name {
                let fields = fields.into_iter().map(|(name, value)| (name.into(), value.into()));
                $name(fields.collect())
            }
        }

        impl From<BTreeMap<String, Json>> for $name {
            fn from(fields: BTreeMap<String, Json>) -> $name {
                $name(fields)
            }
        }

        impl From<$name> for BTreeMap<String, Json> {
            fn from(object: $name) -> BTreeMap<String, Json> {
                object.0
            }
        }

        impl IntoIterator for $name {
            type Item = (String, Json);
            type IntoIter = std::collections::btree_map::IntoIter<String, Json>;

            fn into_iter(self) -> Self::IntoIter {
                self.0.into_iter()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}

object! {
    /// An object whose fields are the caller's own: any name, any JSON.
    pub struct JsonObject, "{ [name: string]: any }"
}

object! {
    /// The form of every response: the server may add fields, and they reach the caller untouched.
    pub struct OpenResponse, "{ [name: string]: JsonValue | undefined }"
}

impl Schema for JsonObject {
    const SHAPE: Shape = Shape::Open(&[]);
}

/// A response whose fields are being read.
pub(crate) struct Fields {
    all: BTreeMap<String, Json>,
    read: Vec<&'static str>,
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Fields, D::Error> {
        let OpenResponse(all) = OpenResponse::deserialize(deserializer)?;
        Ok(Fields { all, read: Vec::new() })
    }
}

impl Fields {
    /// Reads a field. One that is null is as if it were not there; one of another type is left.
    pub(crate) fn read<T: FromJson>(&mut self, name: &'static str) -> Option<T> {
        let json = self.all.get(name)?;
        let value = T::from_json(json);
        if value.is_some() || *json == Json::Null {
            self.read.push(name);
        }
        value
    }

    /// The fields that have not been read.
    // Taking out each that has weighs 5 KB, for the balance of the tree.
    pub(crate) fn rest(self) -> OpenResponse {
        let mut rest = BTreeMap::new();
        for (name, value) in self.all {
            if !self.read.contains(&&*name) {
                rest.insert(name, value);
            }
        }
        OpenResponse(rest)
    }
}

/// The value of a response's field.
pub(crate) trait FromJson: Sized {
    /// The value, where the JSON is of its type.
    fn from_json(json: &Json) -> Option<Self>;
}

impl FromJson for String {
    fn from_json(json: &Json) -> Option<String> {
        json.as_str().map(str::to_owned)
    }
}

impl FromJson for bool {
    fn from_json(json: &Json) -> Option<bool> {
        json.as_bool()
    }
}

impl FromJson for i64 {
    fn from_json(json: &Json) -> Option<i64> {
        json.as_i64()
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(json: &Json) -> Option<Vec<T>> {
        json.as_array()?.iter().map(T::from_json).collect()
    }
}

impl FromJson for OpenResponse {
    fn from_json(json: &Json) -> Option<OpenResponse> {
        json.as_object().cloned().map(OpenResponse)
    }
}

// Its own tests have serde_json without the feature.
#[cfg(any(feature = "serde_json", test))]
impl From<serde_json::Value> for Json {
    /// A number that a double cannot hold becomes the nearest that it can.
    fn from(value: serde_json::Value) -> Json {
        use serde_json::Value;
        match value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Boolean(value),
            Value::Number(number) => number.as_f64().map_or(Json::Null, Json::Number),
            Value::String(text) => Json::String(text),
            Value::Array(items) => Json::Array(items.into_iter().map(Json::from).collect()),
            Value::Object(fields) => Json::Object(
                fields.into_iter().map(|(name, value)| (name, Json::from(value))).collect(),
            ),
        }
    }
}

// Its own tests have serde_json without the feature.
#[cfg(any(feature = "serde_json", test))]
impl From<Json> for serde_json::Value {
    /// A number that JSON cannot hold becomes null.
    fn from(json: Json) -> serde_json::Value {
        use serde_json::Value;
        match json {
            Json::Null => Value::Null,
            Json::Boolean(value) => Value::Bool(value),
            Json::Number(_) => match json.as_i64() {
                Some(whole) => Value::from(whole),
                None => Value::from(json.as_f64()),
            },
            Json::String(text) => Value::String(text),
            Json::Array(items) => items.into_iter().map(Value::from).collect(),
            Json::Object(fields) => {
                fields.into_iter().map(|(name, value)| (name, Value::from(value))).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::de::IntoDeserializer;
    use serde::de::value::{Error, MapDeserializer};

    use super::*;

    #[test]
    fn a_number_is_one_however_it_is_handed_over() {
        fn read<'de>(value: impl IntoDeserializer<'de, Error>) -> Option<f64> {
            Json::deserialize(value.into_deserializer()).ok()?.as_f64()
        }
        assert_eq!((read(-7_i64), read(7_u64), read(0.5)), (Some(-7.0), Some(7.0), Some(0.5)));
        assert_eq!((read(-7_i128), read(u128::MAX)), (Some(-7.0), Some(u128::MAX as f64)));
    }

    #[test]
    fn a_value_that_no_json_has_is_refused_in_words() {
        let bytes = serde::de::value::BytesDeserializer::<Error>::new(b"x");
        let error = Json::deserialize(bytes).expect_err("bytes are none");
        assert!(error.to_string().ends_with("expected JSON"), "{error}");
        let error = JsonObject::deserialize(7.into_deserializer());
        let error: Error = error.expect_err("a number has no fields");
        assert_eq!(error.to_string(), "expected an object");
    }

    #[test]
    fn serde_jsons_values_become_json_and_back() {
        use serde_json::{Value, json};
        let whole = json!({
            "null": null, "yes": true, "no": false, "text": "a", "least": -9_007_199_254_740_991_i64,
            "whole": 201, "fraction": 0.5, "list": [1, [], {}], "object": { "a": { "b": [null] } },
        });
        assert_eq!(Value::from(Json::from(whole.clone())), whole);
        let number = |json| Json::from(json).as_f64();
        assert_eq!(number(json!(u64::MAX)), Some(u64::MAX as f64));
        assert_eq!(number(json!(201.0)), Some(201.0));
        // A double of a whole number is written without a fraction.
        assert_eq!(Value::from(Json::from(201.0)), json!(201));
        assert_eq!(Value::from(Json::from(1e300)), json!(1e300));
        assert_eq!(Value::from(Json::from(f64::INFINITY)), Value::Null);
    }

    #[test]
    fn debug_prints_nothing_of_it() {
        let json = Json::from("3334445555");
        assert_eq!(format!("{json:?}"), "Json(..)");
        assert_eq!(format!("{:?}", JsonObject::from([("phone", json)])), "JsonObject(..)");
    }

    #[test]
    fn an_option_is_its_value_or_null() {
        struct Maybe(Option<bool>);
        impl<'de> Deserializer<'de> for Maybe {
            type Error = Error;
            fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
                match self.0 {
                    Some(value) => visitor.visit_some(value.into_deserializer()),
                    None => visitor.visit_none(),
                }
            }
            serde::forward_to_deserialize_any! {
                bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
                unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
            }
        }
        let read = |value| Json::deserialize(Maybe(value)).expect("it is JSON");
        assert!(read(None) == Json::Null && read(Some(true)) == Json::Boolean(true));
    }

    #[test]
    fn serde_jsons_number_of_any_precision_is_a_number() {
        let read = |fields: &[(&'static str, &'static str)]| {
            Json::deserialize(MapDeserializer::<_, Error>::new(fields.iter().copied()))
        };
        let number = ("$serde_json::private::Number", "1.5e3");
        assert_eq!(read(&[number]).map(|json| json.as_f64()), Ok(Some(1500.0)));
        let text = ("$serde_json::private::Number", "much");
        for fields in [&[number, ("a", "b")][..], &[text], &[("a", "1.5")], &[]] {
            let json = read(fields).expect("it is an object");
            assert_eq!(json.as_object().map(BTreeMap::len), Some(fields.len()));
        }
    }
}
