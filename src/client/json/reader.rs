//! Reads JSON as JavaScript does, once its grammar is known to hold.
//!
//! A number is a double, half a letter is an unknown one, and the last field of a name counts.
// cspell:ignore newtype

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::Misfit;
use super::grammar::Cursor;

/// How deep a value may be nested. One that is deeper is the string that it is written as. So what
/// was read can be stored: serde_json reads back as much, and no more.
const DEEPEST: u32 = 127;

/// A text that is JSON, up to a place in it.
pub(super) struct Reader<'a> {
    cursor: Cursor<'a>,
    depth: u32,
}

impl<'a> Reader<'a> {
    /// Of a text that is JSON.
    pub(super) fn new(text: &'a str) -> Reader<'a> {
        Reader { cursor: Cursor::new(text), depth: 0 }
    }

    /// The byte that the next value begins with, or that ends what it would be in.
    #[inline(never)]
    fn first(&mut self) -> u8 {
        self.cursor.space();
        self.cursor.takes(b',');
        self.cursor.space();
        self.cursor.peek()
    }

    /// The next value, as it is written.
    fn written(&mut self) -> &'a str {
        let start = self.cursor.at();
        self.cursor.value();
        self.cursor.since(start)
    }

    /// The string that begins here.
    #[inline(never)]
    fn string(&mut self) -> String {
        let mut text = String::new();
        self.cursor.next();
        loop {
            let start = self.cursor.at();
            while !matches!(self.cursor.peek(), b'"' | b'\\' | 0xff) {
                self.cursor.next();
            }
            text.push_str(self.cursor.since(start));
            if self.cursor.next() != b'\\' {
                return text;
            }
            text.push(match self.cursor.next() {
                b'u' => self.letter(),
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'n' => '\n',
                b'r' => '\r',
                b't' => '\t',
                itself => itself.into(),
            });
        }
    }

    /// The letter whose digits begin here, or those of its first half.
    fn letter(&mut self) -> char {
        let code = self.unit();
        let after = self.cursor.at();
        if let 0xd800..0xdc00 = code
            && self.cursor.takes(b'\\')
            && self.cursor.takes(b'u')
            && let low @ 0xdc00..0xe000 = self.unit()
        {
            let code = 0x1_0000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
            return char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
        }
        self.cursor.back_to(after);
        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    fn unit(&mut self) -> u32 {
        (0..4).fold(0, |unit, _| {
            unit << 4 | char::from(self.cursor.next()).to_digit(16).unwrap_or_default()
        })
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'_> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.first() {
            b'"' => visitor.visit_string(self.string()),
            b'{' | b'[' if self.depth == DEEPEST => visitor.visit_str(self.written()),
            first @ (b'{' | b'[') => {
                self.cursor.next();
                self.depth += 1;
                let value = match first {
                    b'{' => visitor.visit_map(&mut *self),
                    _ => visitor.visit_seq(&mut *self),
                }?;
                self.depth -= 1;
                // Its end, up to which its visitor has read.
                self.first();
                self.cursor.next();
                Ok(value)
            }
            _ => match self.written() {
                "true" => visitor.visit_bool(true),
                "false" => visitor.visit_bool(false),
                "null" => visitor.visit_unit(),
                number => visitor.visit_f64(double(number)),
            },
        }
    }

    // A response is an open object, and its fields are any JSON.
    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for &mut Reader<'_> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Misfit> {
        if self.first() == b'}' {
            return Ok(None);
        }
        seed.deserialize(&mut **self).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        self.cursor.space();
        self.cursor.takes(b':');
        seed.deserialize(&mut **self)
    }
}

impl<'de> SeqAccess<'de> for &mut Reader<'_> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misfit> {
        if self.first() == b']' {
            return Ok(None);
        }
        seed.deserialize(&mut **self).map(Some)
    }
}

/// The double that is nearest to a number, or infinite.
#[cfg(not(target_arch = "wasm32"))]
fn double(number: &str) -> f64 {
    number.parse().unwrap_or(f64::NAN)
}

/// The double that is nearest to a number, or infinite. The standard library's way there weighs 17 KB.
#[cfg(target_arch = "wasm32")]
fn double(number: &str) -> f64 {
    js_sys::parse_float(number)
}
