//! Numbers as text. The standard library's way there weighs 1 KB.

/// A whole number in decimal digits.
#[inline(never)]
pub(crate) fn decimal(mut number: u64) -> String {
    let (mut digits, mut unit) = (String::new(), 1);
    while number / unit > 9 {
        unit *= 10;
    }
    while unit > 0 {
        digits.push((b'0' + (number / unit) as u8) as char);
        number %= unit;
        unit /= 10;
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_all_its_digits() {
        for number in [0, 7, 9, 10, 99, 100, 1_020_300, u64::MAX - 1, u64::MAX] {
            assert_eq!(decimal(number), number.to_string());
        }
    }
}
