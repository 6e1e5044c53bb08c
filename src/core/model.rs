//! The types of requests and responses, each declared once.

/// Declares a request's type once: the struct for Rust, the type for TypeScript and the schema for
/// checking. The struct has a constructor of what it must hold, and a method for each field that it may.
///
/// `Debug` prints its name alone, since its fields are personal data.
macro_rules! request {
    ($(#[$meta:meta])* pub struct $name:ident { $($fields:tt)* }) => {
        request! { @fields $name [$(#[$meta])*] [] [] [] [] $($fields)* }
    };
    (@fields $name:ident $meta:tt [$($done:tt)*] [$($table:tt)*] $required:tt [$($optional:tt)*]
        $(#[$doc:meta])* pub $field:ident: Option<$type:ty>, $($rest:tt)*) => {
        request! { @fields $name $meta
            [$($done)* $(#[$doc])* #[serde(skip_serializing_if = "Option::is_none")]
                pub $field: Option<$type>,]
            [$($table)* { $field, false, $type }]
            $required [$($optional)* { $field, $type }] $($rest)* }
    };
    (@fields $name:ident $meta:tt [$($done:tt)*] [$($table:tt)*] [$($required:tt)*] $optional:tt
        $(#[$doc:meta])* pub $field:ident: $type:ty, $($rest:tt)*) => {
        request! { @fields $name $meta
            [$($done)* $(#[$doc])* pub $field: $type,]
            [$($table)* { $field, true, $type }]
            [$($required)* { $field, $type }] $optional $($rest)* }
    };
    (@fields $name:ident [$($meta:tt)*] [$($done:tt)*]
        [$({ $field:ident, $is_required:literal, $type:ty })*]
        [$({ $required:ident, $required_type:ty })*]
        [$({ $optional:ident, $optional_type:ty })*]) => {
        $($meta)*
        #[derive(Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        #[non_exhaustive]
        pub struct $name { $($done)* }

        impl $name {
            /// With what it must hold, and nothing else.
            pub fn new($($required: impl Into<$required_type>),*) -> $name {
                $name { $($required: $required.into(),)* $($optional: None,)* }
            }

            $(
                #[doc = concat!("The same with this `", stringify!($optional), "`.")]
                #[must_use]
                pub fn $optional(mut self, $optional: impl Into<$optional_type>) -> $name {
                    self.$optional = Some($optional.into());
                    self
                }
            )*
        }

        impl $crate::core::schema::Schema for $name {
            const SHAPE: $crate::core::schema::Shape = $crate::core::schema::Shape::Object(&[$(
                $crate::core::schema::Field {
                    name: $crate::core::names::camel!($field),
                    required: $is_required,
                    shape: <$type as $crate::core::schema::Schema>::SHAPE,
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

/// Declares a response's type: every field may be missing or null. `extra` keeps the fields that
/// are not listed, and those whose value is of another type. `Debug` prints its name alone.
macro_rules! response {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$doc:meta])* pub $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Default, PartialEq)]
        #[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
        #[cfg_attr(all(target_arch = "wasm32", feature = "js"), tsify(missing_as_null))]
        #[cfg_attr(all(target_arch = "wasm32", feature = "js"), serde(rename_all = "camelCase", default))]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$doc])* pub $field: Option<$type>,)*
            /// The fields that the server sent beyond those above, and those of another type than
            /// documented, which are then `None` above.
            #[cfg_attr(all(target_arch = "wasm32", feature = "js"), serde(flatten))]
            pub extra: $crate::core::json::OpenResponse,
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                $(if let Some(value) = &self.$field {
                    let name = $crate::core::names::camel!($field);
                    serde::ser::SerializeMap::serialize_entry(&mut map, name, value)?;
                })*
                for (name, value) in self.extra.iter() {
                    serde::ser::SerializeMap::serialize_entry(&mut map, name, value)?;
                }
                serde::ser::SerializeMap::end(map)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                let mut fields: $crate::core::json::Fields =
                    serde::Deserialize::deserialize(deserializer)?;
                $(let $field = fields.read($crate::core::names::camel!($field));)*
                Ok($name { $($field,)* extra: fields.rest() })
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), " { .. }"))
            }
        }
    };
}

pub(crate) use {request, response};
