//! Random texts, of which serde_json says whether they are JSON and what they hold; and every form that a
//! value can have.
// cspell:ignore feff replacen

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::grammar::Cursor;
use super::*;

/// Numbers that are the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as usize % end
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

/// Parts of JSON, and of texts that are not JSON.
const PARTS: [&str; 54] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\"a\"",
    "\"b\":",
    "\"\\u0041\"",
    "\"\\ud83d\\ude00\"",
    "\\u00e9",
    "\\n",
    "\\x",
    "u12",
    "true",
    "false",
    "null",
    "nul",
    "t",
    "0",
    "1",
    "-",
    "-0",
    "12",
    "01",
    ".",
    ".5",
    "1.5",
    "e",
    "E",
    "+",
    "1e3",
    "1E-2",
    "1e",
    "é",
    "😀",
    " ",
    "\n",
    "\t",
    "\r",
    "\u{b}",
    "\u{1f}",
    "\u{7f}",
    "\u{feff}",
    "\0",
    "[]",
    "{}",
    "{\"a\":1}",
    "[1,2]",
    "/",
    "\"\\u12\"",
    "\"\\u12g4\"",
];

#[test]
fn a_text_is_json_where_serde_json_says_so() {
    let mut random = Random(1);
    let mut found = [0; 2];
    for _ in 0..200_000 {
        let text: String = (0..1 + random.below(8)).map(|_| random.of(&PARTS)).collect();
        let is_json = serde_json::from_str::<IgnoredAny>(&text).is_ok();
        assert_eq!(Cursor::is_json(&text), is_json, "{text:?}");
        found[usize::from(is_json)] += 1;
    }
    assert!(found.iter().all(|count| *count > 5_000), "{found:?}");
}

fn number(random: &mut Random) -> String {
    let digits = |random: &mut Random, len| -> String {
        (0..len).map(|_| char::from(b'0' + random.below(10) as u8)).collect()
    };
    let mut number = random.of(&["", "-"]).to_owned();
    number += random.of(&["0", "7", "12", "901"]);
    if !number.ends_with('0') {
        let len = random.below(25);
        number += &digits(random, len);
    }
    if random.below(2) == 0 {
        let len = 1 + random.below(20);
        number = number + "." + &digits(random, len);
    }
    if random.below(3) == 0 {
        number += random.of(&["e", "E", "e+", "e-"]);
        number += &random.below(250).to_string();
    }
    number
}

fn text(random: &mut Random) -> String {
    let letters = [
        "a",
        "Z",
        "é",
        "😀",
        "\\\"",
        "\\\\",
        "\\/",
        "\\b",
        "\\f",
        "\\n",
        "\\r",
        "\\t",
        "\\u0000",
        "\\u00e9",
        "\\uD83D\\ude00",
        "\u{2028}",
        "\u{7f}",
        " ",
    ];
    let inner: String = (0..random.below(6)).map(|_| random.of(&letters)).collect();
    format!("\"{inner}\"")
}

fn any(random: &mut Random, depth: usize) -> String {
    let space = |random: &mut Random| random.of(&["", "", " ", "\n\t"]);
    let one = match random.below(if depth == 0 { 5 } else { 7 }) {
        0 => "null".into(),
        1 => random.of(&["true", "false"]).into(),
        2 | 3 => number(random),
        4 => text(random),
        5 => {
            let items: Vec<_> = (0..random.below(4)).map(|_| any(random, depth - 1)).collect();
            format!("[{}{}]", space(random), items.join(","))
        }
        _ => {
            let field = |random: &mut Random| {
                format!("{}{}:{}", text(random), space(random), any(random, depth - 1))
            };
            let fields: Vec<_> = (0..random.below(4)).map(|_| field(random)).collect();
            format!("{{{}{}}}", space(random), fields.join(","))
        }
    };
    format!("{}{one}{}", space(random), space(random))
}

#[test]
fn json_holds_what_serde_json_reads_and_is_written_so_that_it_reads_the_same() {
    let mut random = Random(2);
    for _ in 0..20_000 {
        let text = any(&mut random, 4);
        let expected: Json = serde_json::from_str(&text).expect(&text);
        let read: Json = read(text.as_bytes()).expect(&text);
        assert!(read == expected, "{text}");
        let mut writer = Writer::default();
        read.serialize(&mut writer).expect(&text);
        let again: Json = serde_json::from_slice(&writer.json).expect(&text);
        assert!(again == expected, "{text}");
    }
}

#[derive(Serialize)]
struct Unit;
#[derive(Serialize)]
struct Wrapped(i8);
#[derive(Serialize)]
struct Pair(u8, &'static str);
#[derive(Serialize)]
struct Named {
    some: Option<u64>,
    none: Option<u64>,
}
#[derive(Serialize)]
enum Any {
    Unit,
    Wrapped(u16),
    Pair(i16, u32),
    Named { a: i32, b: char },
}

struct Bytes(&'static [u8]);

impl Serialize for Bytes {
    fn serialize<S: ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

#[derive(Serialize)]
struct Everything {
    whole: (i8, i16, i32, i64, u8, u16, u32, u64),
    least: (i8, i64),
    fraction: (f32, f64, f64, f64, f64),
    not_numbers: [f64; 3],
    truth: [bool; 2],
    letter: [char; 3],
    texts: Vec<String>,
    nothing: (),
    unit: Unit,
    bytes: Bytes,
    wrapped: Wrapped,
    pair: Pair,
    named: Named,
    any: Vec<Any>,
    empty: (Vec<u8>, BTreeMap<String, u8>),
    map: BTreeMap<&'static str, [u8; 2]>,
}

fn everything() -> Everything {
    Everything {
        whole: (-1, -300, -70_000, i64::MAX, 255, 65_535, u32::MAX, u64::MAX),
        least: (i8::MIN, i64::MIN),
        fraction: (0.5, 0.1, -1e300, 5e-324, 123_456.75),
        not_numbers: [f64::NAN, f64::INFINITY, f64::NEG_INFINITY],
        truth: [true, false],
        letter: ['"', 'é', '😀'],
        texts: ["", "\\\"/", "\u{0}\u{1f}\u{7f}\u{2028}", "\u{8}\t\n\u{b}\u{c}\r"]
            .map(Into::into)
            .into(),
        nothing: (),
        unit: Unit,
        bytes: Bytes(&[0, 9, 255]),
        wrapped: Wrapped(-7),
        pair: Pair(1, "two"),
        named: Named { some: Some(1), none: None },
        any: vec![Any::Unit, Any::Wrapped(1), Any::Pair(-1, 2), Any::Named { a: 1, b: 'b' }],
        empty: (vec![], BTreeMap::new()),
        map: BTreeMap::from([("a", [1, 2]), ("b\n", [3, 4])]),
    }
}

#[test]
fn every_form_of_a_value_is_written_as_serde_json_writes_it() {
    let written = write(&everything(), None).expect("it is an object");
    let expected = serde_json::to_value(everything()).expect("it has JSON");
    assert_eq!(serde_json::from_slice::<Value>(&written).expect("it is JSON"), expected);
    let text = |json| String::from_utf8(json).expect("JSON is UTF-8");
    let texts = text(write(&BTreeMap::from([("a", everything().texts)]), None).expect("an object"));
    let expected = r#"{"a":["","\\\"/","\u0000\u001f\u{7f}\u{2028}","\b\t\n\u000b\f\r"]}"#;
    assert_eq!(texts, expected.replace("\\u{7f}", "\u{7f}").replace("\\u{2028}", "\u{2028}"));
    // Of these, JSON has no name.
    for map in [BTreeMap::from([(Some(1), 2)]), BTreeMap::from([(None, 2)])] {
        assert_eq!(write(&map, None), None);
    }
}

#[test]
fn a_whole_number_is_written_without_a_fraction() {
    for (number, expected) in [
        (0.0, "0"),
        (-0.0, "0"),
        (-7.0, "-7"),
        (9_007_199_254_740_991.0, "9007199254740991"),
        (0.5, "0.5"),
        (1e300, "1e300"),
        (f64::INFINITY, "null"),
    ] {
        let json = BTreeMap::from([("n", Json::from(number))]);
        let written = write(&json, None).expect("it is an object");
        assert_eq!(String::from_utf8_lossy(&written), format!("{{\"n\":{expected}}}"));
    }
}

#[test]
fn the_key_is_the_first_member() {
    let write = |fields: crate::JsonObject, key| {
        write(&fields, key).map(|json| String::from_utf8(json).expect("JSON is UTF-8"))
    };
    let one = crate::JsonObject::from([("a", 1.into())]);
    assert_eq!(write(one.clone(), None).as_deref(), Some(r#"{"a":1}"#));
    let with_key = write(one, Some("k\"1"));
    assert_eq!(with_key.as_deref(), Some(r#"{"api_key":"k\"1","a":1}"#));
    let empty = write(crate::JsonObject::default(), Some("k"));
    assert_eq!(empty.as_deref(), Some(r#"{"api_key":"k"}"#));
}

#[test]
fn a_field_is_put_where_its_path_leads() {
    let text = r#"{"count":2,"items":[{"a":1},{"a":2}],"visitor":{"email":null}}"#;
    let put_at = |path| {
        let mut json = read::<Json>(text.as_bytes()).expect("it is JSON");
        put(&mut json, path, &"x".into())?;
        String::from_utf8(write(&json, None)?).ok()
    };
    let is = |path, changed: (&str, &str)| {
        assert_eq!(put_at(path), Some(text.replacen(changed.0, changed.1, 1)), "{path}");
    };
    is("zeta", ("}}", r#"},"zeta":"x"}"#));
    is("visitor.nickname", ("null}", r#"null,"nickname":"x"}"#));
    is("visitor.more.deep", ("null}", r#"null,"more":{"deep":"x"}}"#));
    is("count", ("2,", r#""x","#));
    let each = put_at("items[].b").expect("there are items");
    assert_eq!(each.matches(r#""b":"x""#).count(), 2);
    for path in ["", ".a", "count.a", "items.a", "visitor.email.a", "items[]", "visitor[].a"] {
        assert_eq!(put_at(path), None, "{path}");
    }
}

#[test]
fn what_is_no_object_is_no_body() {
    assert_eq!(write(&[1], None), None);
    assert_eq!(write(&(), Some("k")), None);
}

#[test]
fn a_value_of_another_type_is_refused_without_its_words() {
    let told: Misfit = de::Error::custom("3334445555");
    assert_eq!(told.to_string(), "a value of another type");
}

#[test]
fn many_lists_beside_each_other_are_not_deep() {
    let lists = format!("[{}[]]", "[{}],".repeat(1000));
    let read: Json = read(lists.as_bytes()).expect("it is JSON");
    let items = read.as_array().expect("it is a list");
    assert!(items.len() == 1001 && items.iter().all(|item| item.as_array().is_some()));
}
