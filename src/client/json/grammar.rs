//! The grammar of RFC 8259, which is that of JavaScript's `JSON.parse`.
// cspell:ignore alse hexdigit

/// A place in a text.
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Cursor<'a> {
        Cursor { text, at: 0 }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn back_to(&mut self, at: usize) {
        self.at = at;
    }

    /// The text from there up to here.
    pub(super) fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// The next byte, which stays; one that no text holds after the last.
    pub(super) fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0xff)
    }

    /// The next byte.
    #[inline(never)]
    pub(super) fn next(&mut self) -> u8 {
        let byte = self.peek();
        self.at += usize::from(byte != 0xff);
        byte
    }

    /// Whether the next byte is this one, and goes.
    #[inline(never)]
    pub(super) fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == byte;
        self.at += usize::from(is_next);
        is_next
    }

    /// Passes over white space.
    #[inline(never)]
    pub(super) fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    /// Whether the text is one value.
    pub(super) fn is_json(text: &'a str) -> bool {
        let mut cursor = Cursor::new(text);
        let is_value = cursor.value();
        cursor.space();
        is_value && cursor.at == text.len()
    }

    /// Passes over a value, however deep; `false` where there is none.
    #[inline(never)]
    pub(super) fn value(&mut self) -> bool {
        // The ends of all that has begun.
        let mut ends = Vec::new();
        loop {
            self.space();
            let first = self.next();
            let is_whole = match first {
                b'{' | b'[' => {
                    // In ASCII, two letters on.
                    let end = first + 2;
                    ends.push(end);
                    self.space();
                    if self.peek() != end {
                        if end == b'}' && !self.name() {
                            return false;
                        }
                        continue;
                    }
                    true
                }
                b'"' => self.string(),
                b't' => self.word(b"rue"),
                b'f' => self.word(b"alse"),
                b'n' => self.word(b"ull"),
                first => self.number(first),
            };
            if !is_whole {
                return false;
            }
            loop {
                let Some(end) = ends.last().copied() else { return true };
                self.space();
                if self.takes(end) {
                    ends.pop();
                } else if self.takes(b',') && (end == b']' || self.name()) {
                    break;
                } else {
                    return false;
                }
            }
        }
    }

    /// Passes over a field's name and its colon.
    fn name(&mut self) -> bool {
        self.space();
        let is_name = self.takes(b'"') && self.string();
        self.space();
        is_name && self.takes(b':')
    }

    /// Passes over the rest of a string.
    fn string(&mut self) -> bool {
        loop {
            match self.next() {
                b'"' => return true,
                b'\\' => match self.next() {
                    b'u' if (0..4).all(|_| self.next().is_ascii_hexdigit()) => {}
                    b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                    _ => return false,
                },
                ..b' ' | 0xff => return false,
                _ => {}
            }
        }
    }

    /// Passes over the rest of a word.
    fn word(&mut self, rest: &[u8]) -> bool {
        rest.iter().all(|byte| self.takes(*byte))
    }

    /// Passes over the rest of a number.
    pub(super) fn number(&mut self, first: u8) -> bool {
        let is_whole = match if first == b'-' { self.next() } else { first } {
            b'0' => true,
            b'1'..=b'9' => {
                self.digits();
                true
            }
            _ => false,
        };
        let is_fraction = !self.takes(b'.') || self.digits();
        let is_exponent = (!self.takes(b'e') && !self.takes(b'E')) || {
            let _ = self.takes(b'+') || self.takes(b'-');
            self.digits()
        };
        is_whole && is_fraction && is_exponent
    }

    /// Passes over digits; `false` where there are none.
    fn digits(&mut self) -> bool {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        self.at > start
    }
}
