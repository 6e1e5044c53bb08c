//! Writes JSON as JavaScript's `JSON.stringify` does.
// cspell:ignore newtype

use serde::ser::{self, Serialize, Serializer};

use super::Misfit;

/// The JSON that has been written so far.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) json: Vec<u8>,
}

impl Writer {
    #[inline(never)]
    fn text(&mut self, text: &str) {
        self.json.extend_from_slice(text.as_bytes());
    }

    #[inline(never)]
    fn string(&mut self, text: &str) {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        self.json.push(b'"');
        for byte in text.bytes() {
            let letter = match byte {
                b'"' | b'\\' => byte,
                8 => b'b',
                9 => b't',
                10 => b'n',
                12 => b'f',
                13 => b'r',
                ..b' ' => {
                    self.text("\\u00");
                    self.json.push(HEX[usize::from(byte >> 4)]);
                    self.json.push(HEX[usize::from(byte & 15)]);
                    continue;
                }
                _ => {
                    self.json.push(byte);
                    continue;
                }
            };
            self.json.extend_from_slice(&[b'\\', letter]);
        }
        self.json.push(b'"');
    }

    #[inline(never)]
    fn whole(&mut self, is_negative: bool, mut number: u64) {
        if is_negative {
            self.json.push(b'-');
        }
        let start = self.json.len();
        loop {
            self.json.push(b'0' + (number % 10) as u8);
            number /= 10;
            if number == 0 {
                break;
            }
        }
        if let Some(digits) = self.json.get_mut(start..) {
            digits.reverse();
        }
    }

    /// Begins a list or an object, in one of its variant's name if it has one.
    #[inline(never)]
    fn begin(&mut self, variant: Option<&str>, end: u8) -> Members<'_> {
        if let Some(variant) = variant {
            self.json.push(b'{');
            self.string(variant);
            self.json.push(b':');
        }
        // In ASCII, two letters before its end.
        self.json.push(end - 2);
        Members { writer: self, end, is_variant: variant.is_some() }
    }
}

/// The members of a list or an object.
pub(super) struct Members<'a> {
    writer: &'a mut Writer,
    end: u8,
    is_variant: bool,
}

impl Members<'_> {
    #[inline(never)]
    fn comma(&mut self) {
        // No value ends like this.
        if !matches!(self.writer.json.last(), Some(b'{' | b'[')) {
            self.writer.json.push(b',');
        }
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Misfit> {
        self.comma();
        value.serialize(&mut *self.writer)
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Misfit> {
        self.comma();
        self.writer.string(name);
        self.writer.json.push(b':');
        value.serialize(&mut *self.writer)
    }

    #[inline(never)]
    fn finish(self) -> Result<(), Misfit> {
        self.writer.json.push(self.end);
        if self.is_variant {
            self.writer.json.push(b'}');
        }
        Ok(())
    }
}

macro_rules! whole {
    ($($method:ident $type:ty, $is_negative:expr;)*) => {
        $(fn $method(self, value: $type) -> Result<(), Misfit> {
            self.whole($is_negative(value), value.abs_diff(0).into());
            Ok(())
        })*
    };
}

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Misfit;
    type SerializeSeq = Members<'a>;
    type SerializeTuple = Members<'a>;
    type SerializeTupleStruct = Members<'a>;
    type SerializeTupleVariant = Members<'a>;
    type SerializeMap = Members<'a>;
    type SerializeStruct = Members<'a>;
    type SerializeStructVariant = Members<'a>;

    whole! {
        serialize_i8 i8, |value| value < 0;
        serialize_i16 i16, |value| value < 0;
        serialize_i32 i32, |value| value < 0;
        serialize_i64 i64, |value| value < 0;
        serialize_u8 u8, |_| false;
        serialize_u16 u16, |_| false;
        serialize_u32 u32, |_| false;
        serialize_u64 u64, |_| false;
    }

    fn serialize_bool(self, value: bool) -> Result<(), Misfit> {
        self.text(if value { "true" } else { "false" });
        Ok(())
    }
    fn serialize_f32(self, value: f32) -> Result<(), Misfit> {
        self.serialize_f64(value.into())
    }
    fn serialize_f64(self, value: f64) -> Result<(), Misfit> {
        self.text(&written(value));
        Ok(())
    }
    fn serialize_char(self, letter: char) -> Result<(), Misfit> {
        self.string(letter.encode_utf8(&mut [0; 4]));
        Ok(())
    }
    fn serialize_str(self, text: &str) -> Result<(), Misfit> {
        self.string(text);
        Ok(())
    }
    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Misfit> {
        self.collect_seq(bytes)
    }
    fn serialize_none(self) -> Result<(), Misfit> {
        self.serialize_unit()
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Misfit> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<(), Misfit> {
        self.text("null");
        Ok(())
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Misfit> {
        self.serialize_unit()
    }
    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Misfit> {
        self.serialize_str(variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Misfit> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Misfit> {
        let mut members = self.begin(None, b'}');
        members.field(variant, value)?;
        members.finish()
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Members<'a>, Misfit> {
        Ok(self.begin(None, b']'))
    }
    fn serialize_tuple(self, _: usize) -> Result<Members<'a>, Misfit> {
        Ok(self.begin(None, b']'))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Members<'a>, Misfit> {
        Ok(self.begin(None, b']'))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members<'a>, Misfit> {
        Ok(self.begin(Some(variant), b']'))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Members<'a>, Misfit> {
        Ok(self.begin(None, b'}'))
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'a>, Misfit> {
        Ok(self.begin(None, b'}'))
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members<'a>, Misfit> {
        Ok(self.begin(Some(variant), b'}'))
    }
}

macro_rules! lists {
    ($($type:ident $method:ident;)*) => {
        $(impl ser::$type for Members<'_> {
            type Ok = ();
            type Error = Misfit;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Misfit> {
                self.value(value)
            }
            fn end(self) -> Result<(), Misfit> {
                self.finish()
            }
        })*
    };
}
lists! {
    SerializeSeq serialize_element;
    SerializeTuple serialize_element;
    SerializeTupleStruct serialize_field;
    SerializeTupleVariant serialize_field;
}

macro_rules! objects {
    ($($type:ident)*) => {
        $(impl ser::$type for Members<'_> {
            type Ok = ();
            type Error = Misfit;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Misfit> {
                self.field(name, value)
            }
            fn end(self) -> Result<(), Misfit> {
                self.finish()
            }
        })*
    };
}
objects! { SerializeStruct SerializeStructVariant }

impl ser::SerializeMap for Members<'_> {
    type Ok = ();
    type Error = Misfit;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Misfit> {
        self.comma();
        let start = self.writer.json.len();
        name.serialize(&mut *self.writer)?;
        match self.writer.json.get(start) {
            Some(b'"') => Ok(()),
            // Every name of this crate's is a text.
            _ => Err(Misfit),
        }
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Misfit> {
        self.writer.json.push(b':');
        value.serialize(&mut *self.writer)
    }
    fn end(self) -> Result<(), Misfit> {
        self.finish()
    }
}

/// A double as text. JSON has none for what is not a number, or infinite.
#[cfg(not(target_arch = "wasm32"))]
fn written(value: f64) -> String {
    if value.is_finite() { format!("{value:?}") } else { "null".into() }
}

/// A double as text. JSON has none for what is not a number, or infinite. The standard library's way
/// there weighs 13 KB.
#[cfg(target_arch = "wasm32")]
fn written(value: f64) -> String {
    js_sys::JSON::stringify(&value.into()).map(String::from).unwrap_or_else(|_| "null".into())
}
