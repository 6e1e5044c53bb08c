//! What a JSON value must look like, as constant tables beside the types they describe.
//!
//! A JavaScript caller's object is checked by walking it along such a table: no field of it
//! is copied, and no second list of fields is written. `request!` makes the struct and its
//! table from one declaration; the build hands the tables to the JavaScript (src/js/tables.rs).

use super::date::is_date_time;

/// The form of one JSON value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// A string.
    String,
    /// `true` or `false`.
    Boolean,
    /// A whole number that a double holds exactly.
    Integer,
    /// An ISO 8601 date-time with an offset, as a string; a JavaScript caller may give a `Date`.
    DateTime,
    /// An array whose elements are all alike.
    List(&'static Shape),
    /// An object with these fields and no others.
    Object(&'static [Field]),
    /// An object with these fields and any others, which may hold any JSON.
    Open(&'static [Field]),
}

/// One field of an object.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// Its name, as the API writes it.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// The form of its value.
    pub shape: Shape,
}

/// A type that knows the form of its JSON.
pub trait Schema {
    /// That form.
    const SHAPE: Shape;
}

impl Schema for () {
    const SHAPE: Shape = Shape::Object(&[]);
}

impl Schema for String {
    const SHAPE: Shape = Shape::String;
}

impl Schema for bool {
    const SHAPE: Shape = Shape::Boolean;
}

impl Schema for i64 {
    const SHAPE: Shape = Shape::Integer;
}

impl<T: Schema> Schema for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
}

/// A moment that the API can read: an ISO 8601 date-time with an offset.
///
/// ```
/// use botsplash::DateTime;
/// assert!(DateTime::new("2030-08-24T14:15:22Z").is_some());
/// assert!(DateTime::new("next Tuesday").is_none());
/// ```
#[derive(Clone, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct DateTime(String);

impl DateTime {
    /// The moment that the text names, or `None` where it is no date-time with an offset.
    pub fn new(text: impl Into<String>) -> Option<DateTime> {
        let text = text.into();
        is_date_time(&text).then_some(DateTime(text))
    }

    /// The text as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for DateTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Schema for DateTime {
    const SHAPE: Shape = Shape::DateTime;
}

/// The length of a Rust field's name as the API writes it.
pub(crate) const fn camel_case_len(snake: &str) -> usize {
    let bytes = snake.as_bytes();
    let (mut len, mut i) = (0, 0);
    while i < bytes.len() {
        len += (bytes[i] != b'_') as usize;
        i += 1;
    }
    len
}

/// A Rust field's name as the API writes it: `team_code` is `teamCode`.
pub(crate) const fn camel_case<const N: usize>(snake: &str) -> [u8; N] {
    let bytes = snake.as_bytes();
    let mut out = [0; N];
    let (mut len, mut i) = (0, 0);
    while i < bytes.len() {
        if bytes[i] != b'_' {
            let starts_word = i > 0 && bytes[i - 1] == b'_';
            out[len] = if starts_word { bytes[i].to_ascii_uppercase() } else { bytes[i] };
            len += 1;
        }
        i += 1;
    }
    out
}

/// The API's name for a Rust field, at compile time.
macro_rules! camel {
    ($field:ident) => {{
        const SNAKE: &str = stringify!($field);
        const BYTES: [u8; $crate::core::shape::camel_case_len(SNAKE)] =
            $crate::core::shape::camel_case(SNAKE);
        match std::str::from_utf8(&BYTES) {
            Ok(name) => name,
            Err(_) => panic!("a field's name is ASCII"),
        }
    }};
}

/// Declares a request's type once: the struct for Rust, the type for TypeScript, the table
/// for checking. `Debug` prints its name alone, since its fields are somebody's data.
macro_rules! request {
    ($(#[$meta:meta])* pub struct $name:ident { $($fields:tt)* }) => {
        request! { @fields $name [$(#[$meta])*] [] [] $($fields)* }
    };
    (@fields $name:ident $meta:tt [$($done:tt)*] [$($table:tt)*]
        $(#[$doc:meta])* pub $field:ident: Option<$type:ty>, $($rest:tt)*) => {
        request! { @fields $name $meta
            [$($done)* $(#[$doc])* #[serde(skip_serializing_if = "Option::is_none")]
                pub $field: Option<$type>,]
            [$($table)* { $field, false, $type }] $($rest)* }
    };
    (@fields $name:ident $meta:tt [$($done:tt)*] [$($table:tt)*]
        $(#[$doc:meta])* pub $field:ident: $type:ty, $($rest:tt)*) => {
        request! { @fields $name $meta
            [$($done)* $(#[$doc])* pub $field: $type,]
            [$($table)* { $field, true, $type }] $($rest)* }
    };
    (@fields $name:ident [$($meta:tt)*] [$($done:tt)*] [$({ $field:ident, $required:literal, $type:ty })*]) => {
        $($meta)*
        #[derive(Clone, PartialEq, serde::Serialize)]
        #[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
        #[serde(rename_all = "camelCase")]
        pub struct $name { $($done)* }

        impl $crate::core::shape::Schema for $name {
            const SHAPE: $crate::core::shape::Shape = $crate::core::shape::Shape::Object(&[$(
                $crate::core::shape::Field {
                    name: $crate::core::shape::camel!($field),
                    required: $required,
                    shape: <$type as $crate::core::shape::Schema>::SHAPE,
                },
            )*]);
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), " { .. }"))
            }
        }
    };
}

/// Declares a response's type: every field may be missing or null, and fields that are not
/// listed are kept in `extra`. `Debug` prints its name alone.
macro_rules! response {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$doc:meta])* pub $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Default, PartialEq, serde::Deserialize)]
        #[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
        #[cfg_attr(target_arch = "wasm32", tsify(missing_as_null))]
        #[serde(rename_all = "camelCase", default)]
        pub struct $name {
            $($(#[$doc])* pub $field: Option<$type>,)*
            /// What the server sent beyond the fields above.
            #[serde(flatten)]
            pub extra: $crate::api::json::OpenResponse,
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), " { .. }"))
            }
        }
    };
}

pub(crate) use {camel, request, response};

#[cfg(test)]
mod tests {
    #[test]
    fn a_field_has_the_apis_name() {
        assert_eq!(camel!(client_visitor_id), "clientVisitorId");
        assert_eq!(camel!(text), "text");
    }
}
