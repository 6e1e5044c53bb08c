//! How a URL, a header and a message write things.
//!
//! A few lines each, against crates whose tables alone weigh more.
// cspell:ignore foob fooba

/// Whether RFC 3986 lets the character stand in a URL as it is.
pub(crate) fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

/// Appends the text as one segment of a path or one value of a query. All but the characters
/// that RFC 3986 leaves unreserved is encoded.
pub(crate) fn percent_encode(text: &[u8], into: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text {
        if is_unreserved(*byte) {
            into.push(*byte as char);
        } else {
            into.push('%');
            into.push(HEX[usize::from(byte >> 4)] as char);
            into.push(HEX[usize::from(byte & 15)] as char);
        }
    }
}

/// The bytes in base64, without padding.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for i in 0..=chunk.len() {
            text.push(ALPHABET[(bits >> (18 - 6 * i)) as usize & 63] as char);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_but_unreserved_characters_are_encoded() {
        let mut url = String::from("/");
        percent_encode(b"Az09-._~", &mut url);
        percent_encode("a/b ?#%+ä😀".as_bytes(), &mut url);
        assert_eq!(url, "/Az09-._~a%2Fb%20%3F%23%25%2B%C3%A4%F0%9F%98%80");
    }

    #[test]
    fn base64_matches_the_vectors_of_rfc_4648_but_for_the_padding() {
        let vectors = [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg"),
            ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, encoded) in vectors {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
    }
}
