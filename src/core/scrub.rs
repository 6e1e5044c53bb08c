//! Keeps credentials out of texts that others wrote: a server's response, a runtime's error.
//!
//! A text is searched as it is, and read with every sequence of up to [`DEPTH`] encodings taken off.
//! These are percent, the escapes of JSON, JavaScript, Python and C, HTML's, base64 and hexadecimal.
//! Each letter knows the next one, so that an encoding is read from every letter on, whatever stands
//! before it.
// cspell:ignore apos percnt commat lowbar lsqb rsqb lcub rcub verbar lbrack rbrack

use super::http::KEPT;

/// Stands in place of a secret.
pub(crate) const REDACTED: &str = "[redacted]";

/// How many encodings may lie around a secret, one in another, in any order.
const DEPTH: u32 = 4;

/// How many letters are read at most. A text that was made to take longer is redacted as a whole.
const MOST_LETTERS: usize = 1_000_000;

/// An escape that is cut off with its text is at most this long.
const LONGEST_ESCAPE: usize = 32;

/// The text without these secrets, however they are written there.
///
/// Where the text was cut off, the beginning of a secret at its end goes as well.
pub(crate) fn scrub(text: String, secrets: &[&str]) -> String {
    let Some(hidden) = hidden(&text, secrets) else { return REDACTED.into() };
    let (mut kept, mut at) = (String::new(), 0);
    for run in hidden.chunk_by(|one, next| one == next) {
        let end = at + run.len();
        let shown = text.get(at..end).unwrap_or_default();
        kept.push_str(if run.contains(&true) { REDACTED } else { shown });
        at = end;
    }
    kept
}

/// For each byte of the text, whether it belongs to a secret; `None` where that takes too long.
fn hidden(text: &str, secrets: &[&str]) -> Option<Vec<bool>> {
    let mut letters: Vec<Letter> = text
        .bytes()
        .enumerate()
        .map(|(from, byte)| Letter { byte, from, to: from + 1, next: from + 1 })
        .collect();
    if let Some(last) = letters.last_mut() {
        last.next = usize::MAX;
    }
    let shortest = secrets.iter().map(|secret| secret.len()).min().unwrap_or_default();
    let mut search = Search {
        secrets,
        shortest,
        cut_at: if text.len() < KEPT { usize::MAX } else { text.len() },
        budget: MOST_LETTERS,
        hidden: vec![false; text.len()],
    };
    search.layer(&letters, DEPTH).then_some(search.hidden)
}

/// A byte as one way to read the text shows it.
#[derive(Clone, Copy)]
struct Letter {
    byte: u8,
    /// Where in the text it is written.
    from: usize,
    to: usize,
    /// The letter after it, which is none of them after the last.
    next: usize,
}

struct Search<'a> {
    secrets: &'a [&'a str],
    /// The length of the shortest secret.
    shortest: usize,
    /// Where the text was cut off, if it was.
    cut_at: usize,
    budget: usize,
    hidden: Vec<bool>,
}

impl Search<'_> {
    /// Hides what is found among the letters, and below the encodings that they hold.
    fn layer(&mut self, letters: &[Letter], depth: u32) -> bool {
        if self.budget < letters.len() {
            return false;
        }
        self.budget -= letters.len();
        for secret in self.secrets {
            for (start, first) in letters.iter().enumerate() {
                if let Some(range) = self
                    .spelt(letters, start, secret.as_bytes())
                    .and_then(|to| self.hidden.get_mut(first.from..to))
                {
                    range.fill(true);
                }
            }
        }
        ENCODINGS.iter().all(|encoding| {
            let inner = match depth {
                0 => Vec::new(),
                _ => decoded(letters, *encoding, self.shortest, self.cut_at),
            };
            inner.is_empty() || self.layer(&inner, depth - 1)
        })
    }

    /// Where the secret ends that begins at this letter.
    fn spelt(&self, letters: &[Letter], start: usize, secret: &[u8]) -> Option<usize> {
        let mut reader = Reader { letters, at: start, end: 0 };
        for (index, wanted) in secret.iter().enumerate() {
            let from = letters.get(reader.at).map_or(self.hidden.len(), |letter| letter.from);
            let byte = reader.read();
            // Forms write a plus for a space.
            if byte != *wanted && (*wanted != b' ' || byte != b'+') {
                let is_cut_off = index > 0 && from.saturating_add(LONGEST_ESCAPE) > self.cut_at;
                return is_cut_off.then_some(self.cut_at);
            }
        }
        Some(reader.end)
    }
}

/// The letters with one encoding taken off; none where there is nothing to take off.
fn decoded(letters: &[Letter], encoding: u8, shortest: usize, cut_at: usize) -> Vec<Letter> {
    let mut out = Vec::new();
    // Words and numbers are written in the same digits, but are short.
    let digits = match encoding {
        BASE64 => (shortest * 4 / 3).clamp(2, 16),
        HEX => (shortest * 2).clamp(2, 16),
        _ => 0,
    };
    for start in 0..letters.len() {
        let mut reader = Reader { letters, at: start, end: 0 };
        let is_short = (0..digits).any(|_| match encoding {
            HEX => reader.number(1, 1, 16).is_none(),
            _ => reader.digit().is_none(),
        });
        if is_short && reader.end != cut_at {
            continue;
        }
        reader.at = start;
        loop {
            let at = reader.at;
            let Some((bytes, len)) = reader.escape(encoding) else { break };
            if out.is_empty() {
                out = letters.to_vec();
            }
            let (Some(first), Some(known)) = (letters.get(at), out.get(at)) else { break };
            if known.next != first.next {
                // From here on, an earlier letter has led.
                break;
            }
            // The last byte stands first, since each is to know the next one.
            let mut next = reader.at;
            for byte in bytes.iter().take(len).rev() {
                out.push(Letter { byte: *byte, from: first.from, to: reader.end, next });
                next = out.len() - 1;
            }
            if let (Some(first), Some(place)) = (out.pop(), out.get_mut(at)) {
                *place = first;
            }
        }
    }
    out
}

/// The first letter of an escape, for each encoding. Base64 and hexadecimal have no escapes.
const ENCODINGS: [u8; 5] = [b'%', b'\\', b'&', BASE64, HEX];
const BASE64: u8 = 0;
const HEX: u8 = 1;

/// Follows letters from one to the next.
struct Reader<'a> {
    letters: &'a [Letter],
    at: usize,
    /// Where in the text the last one ends.
    end: usize,
}

impl Reader<'_> {
    /// The next byte, which stays; one that no text holds after the last.
    fn peek(&self) -> u8 {
        self.letters.get(self.at).map_or(0xff, |letter| letter.byte)
    }

    /// The next byte.
    // Drawn into each of its callers, it weighs more; so do the others.
    #[inline(never)]
    fn read(&mut self) -> u8 {
        let byte = self.peek();
        if let Some(letter) = self.letters.get(self.at) {
            (self.at, self.end) = (letter.next, letter.to);
        }
        byte
    }

    /// Whether the next byte is this one, and goes.
    #[inline(never)]
    fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == byte;
        if is_next {
            self.read();
        }
        is_next
    }

    /// A number of so many digits.
    #[inline(never)]
    fn number(&mut self, least: u32, most: u32, radix: u32) -> Option<u32> {
        let (mut value, mut digits) = (0_u32, 0);
        while digits < most
            && let Some(digit) = char::from(self.peek()).to_digit(radix)
        {
            value = value.saturating_mul(radix).saturating_add(digit);
            digits += 1;
            self.read();
        }
        (digits >= least).then_some(value)
    }

    /// The value of the next base64 digit, in the alphabet that is safe in URLs too.
    #[inline(never)]
    fn digit(&mut self) -> Option<u32> {
        let byte = self.peek();
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        self.read();
        Some(value.into())
    }

    /// The bytes that the next escape stands for, and how many; `None` where there is none.
    fn escape(&mut self, encoding: u8) -> Option<([u8; 4], usize)> {
        let code = match encoding {
            BASE64 => {
                let (mut bits, mut digits) = (0, 0);
                while digits < 4
                    && let Some(digit) = self.digit()
                {
                    digits += 1;
                    bits |= digit << (32 - 6 * digits);
                }
                while digits < 4 && self.takes(b'=') {}
                return (digits > 1).then(|| (bits.to_be_bytes(), digits as usize - 1));
            }
            _ if encoding != HEX && !self.takes(encoding) => return None,
            // JavaScript's own old way.
            b'%' if self.takes(b'u') => self.number(4, 4, 16)?,
            b'%' | HEX => {
                let byte = self.number(2, 2, 16)?;
                return Some(([byte as u8, 0, 0, 0], 1));
            }
            // A letter of several bytes stands for itself.
            b'\\' if (0x80..0xff).contains(&self.peek()) => {
                return Some(([self.read(), 0, 0, 0], 1));
            }
            b'\\' => self.backslash()?,
            _ => self.reference()?,
        };
        let mut bytes = [0; 4];
        let len = char::from_u32(code)?.encode_utf8(&mut bytes).len();
        Some((bytes, len))
    }

    /// A byte after its backslash, as Python, JavaScript or C writes it.
    #[inline(never)]
    fn byte(&mut self) -> Option<u32> {
        match self.takes(b'x') {
            true => self.number(2, 2, 16),
            false => self.number(3, 3, 8).filter(|byte| *byte < 0x100),
        }
    }

    /// The rest of an escape after a backslash.
    fn backslash(&mut self) -> Option<u32> {
        if matches!(self.peek(), b'x' | b'0'..=b'3') {
            let first = self.byte()?;
            let after = (self.at, self.end);
            let (mut code, more) = match first {
                0xc2..0xe0 => (first & 0x1f, 1),
                0xe0..0xf0 => (first & 0xf, 2),
                0xf0..0xf5 => (first & 7, 3),
                _ => (first, 0),
            };
            for _ in 0..more {
                // JavaScript's are letters each; the others' are the bytes of one.
                let Some(byte @ 0x80..0xc0) = self.takes(b'\\').then(|| self.byte()).flatten()
                else {
                    (self.at, self.end) = after;
                    return Some(first);
                };
                code = code << 6 | byte & 0x3f;
            }
            return Some(code);
        }
        Some(match self.read() {
            b'u' if self.takes(b'{') => {
                let code = self.number(1, 6, 16)?;
                return self.takes(b'}').then_some(code);
            }
            b'u' => match self.number(4, 4, 16)? {
                // A letter in two halves.
                high @ 0xd800..0xdc00 if self.takes(b'\\') && self.takes(b'u') => {
                    let low = self.number(4, 4, 16)?;
                    0x1_0000 + ((high & 0x3ff) << 10) + (low & 0x3ff)
                }
                code => code,
            },
            b'n' => 10,
            b'r' => 13,
            b't' => 9,
            b'b' => 8,
            b'f' => 12,
            b'v' => 11,
            // JavaScript takes any other letter for itself.
            letter @ (b' '..b'0' | b':'..0x7f) => letter.into(),
            _ => return None,
        })
    }

    /// The rest of a reference after an ampersand, in HTML.
    fn reference(&mut self) -> Option<u32> {
        if self.takes(b'#') {
            let code = match self.takes(b'x') || self.takes(b'X') {
                true => self.number(1, 16, 16)?,
                false => self.number(1, 16, 10)?,
            };
            // HTML reads a number without its semicolon as well.
            self.takes(b';');
            return Some(code);
        }
        let start = self.at;
        NAMES.split(|byte| *byte == b' ').find_map(|name| {
            self.at = start;
            let (letter, name) = name.split_last()?;
            let fits = name.iter().all(|byte| self.takes(*byte)) && self.takes(b';');
            fits.then_some(u32::from(*letter))
        })
    }
}

/// HTML's names for what else its text could not hold, or a URL, or JSON: each before its letter.
const NAMES: &[u8] = b"amp& lt< gt> quot\" apos' AMP& LT< GT> QUOT\" sol/ bsol\\ num# percnt% plus+ \
    equals= quest? colon: semi; commat@ excl! dollar$ lpar( rpar) ast* comma, period. lowbar_ grave` \
    lsqb[ rsqb] lcub{ rcub} verbar| Hat^ lbrack[ rbrack] lbrace{ rbrace} vert|";

#[cfg(test)]
mod tests;
