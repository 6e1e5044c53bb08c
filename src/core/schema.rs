//! The schema of a JSON value, beside the type that it describes.
//!
//! A JavaScript caller's object is checked by walking it along such a schema. No field of it is
//! copied, and no second list of fields is written. `src/js/tables.rs` writes them for the build.

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
