//! A schema as a text that the compiler writes, for whoever walks values outside Rust.

use super::schema::Shape;

/// A shape, written for whoever walks values outside Rust.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Table {
    /// JSON: a number for a value, `[8, item]` for a list, and for an object 9, or 10 where it is
    /// open, and then for each field its name, 1 where it is required, and its own table. As
    /// structs, with the code that hands them over, it weighs more: see DESIGN.md.
    pub json: &'static str,
    /// The same for tests. WebAssembly would carry it along, although nobody reads it there.
    #[cfg(not(target_arch = "wasm32"))]
    pub shape: Shape,
}

/// Room for the longest table, at compile time.
const ROOM: usize = 2048;

/// Writes a table at compile time.
pub struct TableWriter {
    bytes: [u8; ROOM],
    /// How much has been written.
    pub len: usize,
}

impl TableWriter {
    /// With nothing written.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> TableWriter {
        TableWriter { bytes: [0; ROOM], len: 0 }
    }

    /// Writes a text as it is.
    pub const fn text(&mut self, text: &str) {
        let mut at = 0;
        while at < text.len() {
            self.bytes[self.len] = text.as_bytes()[at];
            self.len += 1;
            at += 1;
        }
    }

    /// Begins a field.
    pub const fn field(&mut self, name: &str, required: bool) {
        self.text(",\"");
        self.text(name);
        self.text(if required { "\",1," } else { "\",0," });
    }

    /// Writes a shape.
    pub const fn shape(&mut self, shape: &Shape) {
        let fields = match shape {
            Shape::String => return self.text("0"),
            Shape::Boolean => return self.text("1"),
            Shape::Integer => return self.text("2"),
            Shape::DateTime => return self.text("3"),
            Shape::List(item) => {
                self.text("[8,");
                self.shape(item);
                return self.text("]");
            }
            Shape::Object(fields) => {
                self.text("[9");
                *fields
            }
            Shape::Open(fields) => {
                self.text("[10");
                *fields
            }
        };
        let mut at = 0;
        while at < fields.len() {
            self.field(fields[at].name, fields[at].required);
            self.shape(&fields[at].shape);
            at += 1;
        }
        self.text("]");
    }

    /// What has been written, `N` being its length.
    pub const fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        let mut at = 0;
        while at < N {
            bytes[at] = self.bytes[at];
            at += 1;
        }
        bytes
    }
}

/// The JSON of a table, at compile time: `$method` of [`TableWriter`] writes it.
macro_rules! table_json {
    ($write:path, $value:expr) => {{
        const WRITER: $crate::core::table::TableWriter = {
            let mut writer = $crate::core::table::TableWriter::new();
            $write(&mut writer, $value);
            writer
        };
        const BYTES: [u8; WRITER.len] = WRITER.bytes();
        match std::str::from_utf8(&BYTES) {
            Ok(json) => json,
            Err(_) => panic!("names are ASCII"),
        }
    }};
}

/// The table of a type that has a [`Schema`].
macro_rules! table {
    ($type:ty) => {
        $crate::core::table::Table {
            json: $crate::core::table::table_json!(
                $crate::core::table::TableWriter::shape,
                &<$type as $crate::core::schema::Schema>::SHAPE
            ),
            #[cfg(not(target_arch = "wasm32"))]
            shape: <$type as $crate::core::schema::Schema>::SHAPE,
        }
    };
}

pub(crate) use {table, table_json};
