//! Random secrets in random encodings in random texts, and the cases that were once missed.
// cspell:ignore apos nrtux percnt Znby Mngnw Bsesame Cead

use super::*;

/// Numbers that are the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as usize % end
    }

    fn text(&mut self, alphabet: &str, len: usize) -> String {
        let letters: Vec<char> = alphabet.chars().collect();
        (0..len).map(|_| letters[self.below(letters.len())]).collect()
    }
}

const BASE64_DIGITS: &[u8; 64] =
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - chunk.len()));
        for digit in 0..4 {
            let value = bits >> (18 - 6 * digit) & 63;
            let is_there = digit <= chunk.len();
            text.push(if is_there { BASE64_DIGITS[value as usize] as char } else { '=' });
        }
    }
    text
}

/// Writes each letter by itself, or as it is.
fn each(text: &str, write: impl FnMut(char) -> String) -> String {
    text.chars().map(write).collect()
}

const ENTITIES: [(char, &str); 6] = [
    ('&', "&amp;"),
    ('<', "&lt;"),
    ('>', "&gt;"),
    ('"', "&quot;"),
    ('\'', "&apos;"),
    ('/', "&sol;"),
];

fn named(letter: char) -> Option<String> {
    ENTITIES.iter().find(|(of, _)| *of == letter).map(|(_, name)| (*name).to_owned())
}

fn percent(letter: char, upper: bool) -> String {
    let mut bytes = [0; 4];
    let hex = |byte: &u8| if upper { format!("%{byte:02X}") } else { format!("%{byte:02x}") };
    letter.encode_utf8(&mut bytes).as_bytes().iter().map(hex).collect()
}

fn json(text: &str) -> String {
    let quoted = serde_json::to_string(text).expect("a string has JSON");
    quoted[1..quoted.len() - 1].to_owned()
}

/// In JavaScript's units of 16 bits.
fn units(letter: char) -> String {
    let mut units = [0; 2];
    letter.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect()
}

/// One way to write a text, as servers do.
fn encoded(text: &str, random: &mut Random) -> (String, &'static str) {
    let special = |letter: char| !letter.is_ascii_alphanumeric();
    let html = |letter: char| "&<>\"'/`=é😀".contains(letter);
    match random.below(20) {
        0 => (each(text, |c| percent(c, true)), "percent, all"),
        1 => (each(text, |c| if special(c) { percent(c, false) } else { c.into() }), "percent"),
        2 => (json(text), "JSON"),
        3 => (json(text).replace('/', "\\/"), "JSON with slashes"),
        4 => (each(text, units), "units"),
        5 => (
            each(text, |c| {
                if special(c) { units(c).to_uppercase().replace("\\U", "\\u") } else { c.into() }
            }),
            "units, upper case",
        ),
        6 => (each(text, |c| format!("\\u{{{:x}}}", c as u32)), "code points"),
        7 => (
            each(text, |c| match c {
                '\0'..='\x7f' if special(c) => format!("\\x{:02X}", c as u32),
                '\0'..='\x7f' => c.into(),
                _ => units(c),
            }),
            "bytes",
        ),
        8 => (each(text, |c| named(c).unwrap_or(c.into())), "names"),
        9 => (each(text, |c| format!("&#{};", c as u32)), "numbers"),
        10 => (
            each(text, |c| {
                if html(c) { format!("&#X{:04X};", c as u32) } else { c.into() }
                    .replace("&#X0026;", "&AMP;")
            }),
            "hexadecimal",
        ),
        11 => (
            each(text, |c| if html(c) { format!("&#x{:x};", c as u32) } else { c.into() }),
            "hexadecimal, lower",
        ),
        12 => (each(text, |c| if special(c) { format!("\\{c}") } else { c.into() }), "backslashes"),
        13 => (base64(text.as_bytes()), "base64"),
        14 => (text.bytes().map(|byte| format!("{byte:02x}")).collect(), "hexadecimal digits"),
        15 => (text.bytes().map(|byte| format!("{byte:02X}")).collect(), "HEXADECIMAL digits"),
        16 => {
            let mut upper = false;
            let mixed = each(text, |c| {
                upper = !upper;
                percent(c, upper)
            });
            (mixed, "percent, mixed")
        }
        17 => (bytes(text, |byte| format!("\\x{byte:02x}")), "bytes, as Python writes them"),
        18 => (bytes(text, |byte| format!("\\{byte:03o}")), "bytes, octal"),
        _ => {
            // So much shares its digits with the secret.
            let before = random.text("{\"user:\" ", random.0 as usize % 3);
            let url = base64([&before, text].concat().as_bytes()).replace('+', "-");
            (url.replace('/', "_").replace('=', ""), "base64, within, for URLs")
        }
    }
}

/// Each byte that is not a letter or a digit of ASCII, written so.
fn bytes(text: &str, mut write: impl FnMut(u8) -> String) -> String {
    let each = |byte: u8| match byte.is_ascii_alphanumeric() {
        true => char::from(byte).into(),
        false => write(byte),
    };
    text.bytes().map(each).collect()
}

const ANY: &str = "abcXYZ0189 -._~/+=&%\\\"'<>#;:@!{}[]$é😀nrtux";
const AROUND: &str = "ab01 %\\&#;x=\"/u{}\nté";

#[test]
fn a_random_secret_in_random_encodings_in_a_random_text_is_never_seen_again() {
    let mut random = Random(18);
    for round in 0..1500 {
        let len = 4 + random.below(20);
        let secret = ["k", &random.text(ANY, len), "9"].concat();
        let (mut written, mut ways) = (secret.clone(), Vec::new());
        for _ in 0..random.below(DEPTH as usize + 1) {
            let way;
            (written, way) = encoded(&written, &mut random);
            ways.push(way);
        }
        // Digits that stand right before others cannot be told from them.
        let space = if ways.iter().any(|way| way.starts_with("base64") || way.ends_with("digits")) {
            " "
        } else {
            ""
        };
        let len = random.below(12);
        let before = random.text(AROUND, len) + space;
        let len = random.below(12);
        let after = space.to_owned() + &random.text(AROUND, len);
        let text = [&*before, &written, &after].concat();
        let hidden = hidden(&text, &[&secret]).expect("it is short");
        let shown: String = (before.len()..before.len() + written.len())
            .filter(|at| !hidden[*at])
            .map(|at| text.as_bytes()[at] as char)
            .collect();
        assert!(shown.is_empty(), "round {round}, {ways:?}: {secret} in {text} shows {shown}");
    }
}

#[test]
fn a_text_that_holds_no_secret_stays_as_it_is() {
    let mut random = Random(7);
    for _ in 0..500 {
        let secret = ["k", &random.text(ANY, 10), "9"].concat();
        let len = random.below(200);
        let text = random.text(AROUND, len);
        assert_eq!(scrub(text.clone(), &[&secret]), text, "{secret}");
    }
}

/// Each is a way in which a server quotes `lead&go/42x'é`.
const WAYS: [&str; 36] = [
    r"lead&go\/42x'é",
    r"lead&amp;go/42x'é",
    r"lead&AMP;go&sol;42x&apos;é",
    r"lead&#38;go&#47;42x&#39;&#233;",
    r"lead&#x26;go&#x2f;42x&#x27;&#xe9;",
    r"lead&#X26;go&#X2F;42x&#X27;&#XE9;",
    r"lead&#x0026go/42x'é",
    r"lead&amp;amp;go/42x'é",
    r"lead%26go%2F42x%27%C3%A9",
    r"lead%2526go%252F42x%2527%25C3%25A9",
    r"lead&#37;26go&#37;2f42x'é",
    r"lead&percnt;26go&percnt;2f42x'é",
    r"lead\u0026go\u002f42x\u0027\u00e9",
    r"lead&bsol;u0026go/42x'é",
    r"lead&#92;u0026go/42x'é",
    r"lead\x26go\x2F42x\x27\xe9",
    r"lead\u{26}go\u{2f}42x\'\u{e9}",
    r"lead\\u0026go\\\/42x'é",
    r"lead\\\\u0026go/42x'é",
    r"lead\u0026amp;go/42x'é",
    r"lead\u0025\u0032\u0036go/42x'é",
    "bGVhZCZnby80Mngnw6k=",
    "bGVhZCZnby80Mngnw6k",
    // In other letters of the same encoding.
    r"lead%26go%2f42x%27%c3%A9",
    r"%6Cead%26go/42x'%C3%a9",
    r"lead&#0000000038;go&#00047;42x'é",
    r"lead&#x00000000026;go/42x'é",
    // As Python and nginx write bytes, C octal ones, and JavaScript's escape() a letter.
    r"lead\x26go/42x'\xc3\xa9",
    r"lead\x26go/42x'\xC3\xA9",
    r"lead\046go\05742x\047\303\251",
    r"lead%u0026go%u002F42x%27%u00E9",
    "6c65616426676f2f34327827c3a9",
    "6C65616426676F2F34327827C3A9",
    // Base64 for URLs, in percent, in JSON; hexadecimal in base64.
    r"%62GVhZCZnby80Mngnw6k%3D",
    r"\u0062GVhZCZnby80Mngnw6k\u003d",
    "NmM2NTYxNjQyNjY3NmYyZjM0MzI3ODI3YzNhOQ==",
];

#[test]
fn every_form_of_a_secret_is_scrubbed_whatever_stands_before_it() {
    for way in WAYS {
        for before in ["", "before é ", "%", "%2", "\\", "\\u00", "&", "&am", "&#", "=", "\""] {
            let text = [before, way, " after"].concat();
            let scrubbed = scrub(text, &["lead&go/42x'é"]);
            // In JavaScript, a backslash goes with any letter.
            let rest = scrubbed.strip_prefix(before.trim_end_matches('\\')).unwrap_or(&scrubbed);
            assert_eq!(rest.trim_start_matches('\\'), "[redacted] after", "{before}{way}");
        }
    }
}

#[test]
fn a_space_may_be_a_plus() {
    for way in ["open+sesame", "open%20sesame", "open sesame", "open%2Bsesame"] {
        assert_eq!(scrub(way.into(), &["open sesame"]), REDACTED);
    }
    assert_eq!(scrub("a b".into(), &["a+b"]), "a b");
}

#[test]
fn a_control_character_is_found_in_its_escape() {
    for (letter, escape) in
        [("\n", "n"), ("\r", "r"), ("\t", "t"), ("\u{8}", "b"), ("\u{c}", "f"), ("\u{b}", "v")]
    {
        let text = ["<open\\", escape, "sesame>"].concat();
        let secret = ["open", letter, "sesame"].concat();
        assert_eq!(scrub(text, &[&secret]), "<[redacted]>", "{escape}");
    }
}

#[test]
fn a_letter_that_json_writes_in_two_halves_is_scrubbed() {
    for form in ["k\\ud83d\\ude001", "k\\uD83D\\uDE001", "k&#128512;1", "k&#x1F600;1"] {
        assert_eq!(scrub(["<", form, ">"].concat(), &["k😀1"]), "<[redacted]>", "{form}");
    }
    let halves = "\\ud83d \\ud83d\\n \\ude00 \\ud83d\\u0041";
    assert_eq!(scrub(halves.into(), &["k😀1"]), halves);
}

#[test]
fn a_pair_of_username_and_password_shows_neither() {
    let pair = base64(b"acme-crm:hunter2");
    for form in
        [pair.clone(), format!("Basic {pair}"), json(&format!("\"{pair}\"")), percent_all(&pair)]
    {
        let text = scrub(form.clone(), &["hunter2", "acme-crm"]);
        let shown = text.replace(REDACTED, "").replace("Basic ", "").replace(['"', '\\'], "");
        assert_eq!(shown, "", "{form}");
    }
    let text = scrub("acme-crm may not, hunter2 is wrong".into(), &["hunter2", "acme-crm"]);
    assert_eq!(text, "[redacted] may not, [redacted] is wrong");
}

fn percent_all(text: &str) -> String {
    each(text, |c| percent(c, true))
}

#[test]
fn a_secret_lies_under_so_many_encodings_and_no_more() {
    let mut way = String::from("lead&go");
    for depth in 0..=DEPTH {
        assert_eq!(scrub(way.clone(), &["lead&go"]), REDACTED, "{depth}");
        way = percent_all(&way);
    }
    assert_eq!(scrub(way.clone(), &["lead&go"]), way);
}

#[test]
fn bytes_that_make_no_letter_are_letters_of_their_own_and_hide_no_more() {
    for (text, secret) in [
        (r"<\xc3\x41>", "ÃA"),
        (r"<\xc3\xa9>", "é"),
        (r"<\xe2\x82\xac>", "€"),
        (r"<\360\237\230\200>", "😀"),
        (r"<\xe2\x82>", "â\u{82}"),
    ] {
        assert_eq!(scrub(text.into(), &[secret]), "<[redacted]>", "{text}");
    }
    assert_eq!(scrub(r"<\xc3\x41>".into(), &["Ã"]), r"<[redacted]\x41>");
    // 256 is more than a byte holds.
    assert_eq!(scrub(r"k\4001 k\x41".into(), &["kĀ1", "k@1"]), r"k\4001 k\x41");
}

#[test]
fn nothing_but_its_grammar_is_an_escape() {
    for text in [
        "k&abc;1",
        "k&apple1",
        "k&amp1",
        "k&am;1",
        "k&Amp;1",
        "k& amp;1",
        "k&#;1",
        "k&#x;1",
        "k&#xg6;1",
        "k&#a38;1",
        "k&#x110000;1",
        "k%2",
        "k%2g1",
        "k%+261",
        "k%% 261",
        "k\\u261",
        "k\\u{}1",
        "k\\u{261",
        "k\\u{0000026}1",
        "k\\x261g".get(..5).unwrap_or_default(),
        "k\\461",
        "k\\U00261",
        "k26;1",
        "",
    ] {
        assert_eq!(scrub(text.into(), &["k&1"]), text);
    }
}

#[test]
fn a_text_made_to_confuse_takes_no_longer() {
    let secret = "\\".repeat(64) + "x";
    let text = "\\".repeat(512);
    assert_eq!(scrub(text.clone(), &[&secret]), text);

    // As long as a text gets, and full of what could be an escape: found, or not shown at all.
    for piece in ["%25\\\\&amp;aa", "%5C\\x26\\u0025&#37;", "JSUlJSUlJSUl\\x41%41&#65;"] {
        let text = piece.repeat(3 * KEPT / piece.len());
        let scrubbed = scrub(text.clone() + "hunter2", &["hunter2", "a"]);
        assert!(!scrubbed.contains("hunter2"), "{piece}");
    }
}

#[test]
fn a_secret_that_is_cut_off_with_its_text_is_scrubbed() {
    for tail in [
        "k-",
        "k-12",
        "k-12%2",
        "k-12%2F34",
        "k-12%252",
        "k-12&#x26;#x2",
        "ay0xMi8z",
        "6b2d31322f3",
        r"k-12\05734",
        r"k-12%u002",
    ] {
        let text = scrub("-".repeat(KEPT) + " " + tail, &["k-12/345"]);
        assert_eq!(text.trim_start_matches('-'), " [redacted]", "{tail}");
    }
    // A text that is whole is not cut.
    assert_eq!(scrub("k-12".into(), &["k-12/345"]), "k-12");
}

#[test]
fn a_page_full_of_encodings_stays_readable() {
    let piece = concat!(
        "<p>You &amp; I &mdash; don&#39;t &quot;ask&quot; <a href=\"/a%20b?c=%7B%22d%22%3A1%7D\">x</a>",
        "<script>var a = \"\\u003Cb\\u003E\\n\\/\\\"\"</script>",
        "<img src=\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42\">",
    );
    let text = piece.repeat(KEPT / piece.len() + 1);
    let scrubbed = scrub(text.clone(), &["correct-horse", "acme-crm"]);
    // At its end, which was cut off, a letter may begin a secret.
    let kept = scrubbed.trim_end_matches(REDACTED);
    assert!(text.starts_with(kept) && kept.len() + 64 > text.len(), "{}", kept.len());
}

#[test]
fn a_text_counts_as_cut_off_from_its_longest_on_and_near_its_end_alone() {
    let secret = "se?ret";
    let text = |before: usize, after: usize| "!".repeat(before) + "se" + &"!".repeat(after);
    // At a length where nothing is left out yet, it may be cut off; below, it is whole.
    assert_eq!(scrub(text(KEPT - 2, 0), &[secret]), "!".repeat(KEPT - 2) + REDACTED);
    assert_eq!(scrub(text(KEPT - 3, 0), &[secret]), text(KEPT - 3, 0));
    // The letter that does not fit may be an escape that is cut off, and no longer than one.
    let near = LONGEST_ESCAPE - 1;
    let redacted = "!".repeat(KEPT - 2 - near) + REDACTED;
    assert_eq!(scrub(text(KEPT - 2 - near, near), &[secret]), redacted);
    let far = text(KEPT - 2 - LONGEST_ESCAPE, LONGEST_ESCAPE);
    assert_eq!(scrub(far.clone(), &[secret]), far);
}

#[test]
fn only_a_plus_stands_for_a_space_and_only_for_a_space() {
    for text in ["open-sesame", "open_sesame", "op+n sesame", "+pen sesame", "open  sesame"] {
        assert_eq!(scrub(text.into(), &["open sesame"]), text);
    }
}

#[test]
fn a_text_is_read_up_to_so_many_letters_and_then_not_shown() {
    let text = "!".repeat(MOST_LETTERS);
    assert!(scrub(text.clone(), &["k-1"]) == text);
    assert_eq!(scrub(text + "!", &["k-1"]), REDACTED);
    // Each layer takes from the same number.
    let layers = "!".repeat(MOST_LETTERS / 3) + "%2525252541";
    assert_eq!(scrub(layers, &["k-1"]), REDACTED);
}

#[test]
fn a_mark_that_fills_no_digits_up_stays() {
    assert_eq!(scrub("ay0x=x".into(), &["k-1"]), "[redacted]=x");
}
