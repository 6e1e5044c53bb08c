//! The API's names for what Rust calls otherwise.

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
        const BYTES: [u8; $crate::core::names::camel_case_len(SNAKE)] =
            $crate::core::names::camel_case(SNAKE);
        // A constant of its own, so that it lives in tables that are promoted to statics.
        const NAME: &str = match std::str::from_utf8(&BYTES) {
            Ok(name) => name,
            Err(_) => panic!("a field's name is ASCII"),
        };
        NAME
    }};
}

pub(crate) use camel;

#[cfg(test)]
mod tests {
    #[test]
    fn a_field_has_the_apis_name() {
        assert_eq!(camel!(client_visitor_id), "clientVisitorId");
        assert_eq!(camel!(text), "text");
    }
}
