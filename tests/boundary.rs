//! The two sides of the boundary to JavaScript, held against each other: the names, and the number
//! of each.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::path::Path;

use botsplash::internals::date::is_date_time;
use botsplash::internals::retry::retry_after;

fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{name} cannot be read: {error}"))
}

/// The constants of a source file whose names begin like this: `const NAME… = number;`.
fn constants(source: &str, prefix: &str) -> BTreeMap<String, i64> {
    let lines = source.lines().filter_map(|line| {
        let (_, rest) = line.split_once("const ")?;
        let (name, number) = rest.strip_suffix(';')?.split_once(" = ")?;
        let name = name.split(':').next()?;
        let number = number.trim_matches('"').parse().ok()?;
        name.starts_with(prefix).then(|| (name.to_owned(), number))
    });
    lines.collect()
}

#[test]
fn each_name_has_the_same_number_on_both_sides() {
    let rust = [file("src/js.rs"), file("src/js/tables.rs")].concat();
    let javascript = file("pkg-template/src/boundary.ts");
    for (prefix, least) in [("TEXT_", 15), ("END_", 8), ("STEP_", 2), ("FORM_", 7)] {
        let (ours, theirs) = (constants(&rust, prefix), constants(&javascript, prefix));
        assert!(ours.len() >= least, "src/js.rs has few of {prefix}: {ours:?}");
        assert_eq!(ours, theirs, "src/js (left), pkg-template/src/boundary.ts (right)");
    }
}

#[test]
fn the_sentences_that_javascript_says_have_their_numbers() {
    let source = file("src/error/sentence.rs");
    let (_, listed) = source.split_once("sentences! {").expect("they are listed");
    let names: Vec<_> = listed
        .lines()
        .filter_map(|line| line.trim().split_once(" => \"").map(|(name, _)| name.to_uppercase()))
        .collect();
    let said = constants(&file("pkg-template/src/boundary.ts"), "SENTENCE_");
    assert!(!said.is_empty());
    for (name, number) in said {
        let known = name.trim_start_matches("SENTENCE_").replace('_', "");
        assert_eq!(names.iter().position(|name| *name == known), Some(number as usize), "{name}");
    }
}

#[test]
fn every_function_of_the_boundary_is_declared_for_javascript() {
    let rust = file("src/js.rs");
    let ambient = file("pkg-template/src/ambient.d.ts");
    let exported: Vec<_> = rust
        .split("#[wasm_bindgen(skip_typescript)]\npub fn ")
        .skip(1)
        .filter_map(|function| function.split_once('('))
        .map(|(name, rest)| {
            let args = rest.split(')').next().unwrap_or_default();
            (name, args.split(',').filter(|arg| !arg.trim().is_empty()).count())
        })
        .collect();
    assert!(exported.len() > 5, "{exported:?}");
    for (name, args) in exported {
        let (_, declared) = ambient
            .split_once(&format!("const {name}: ("))
            .unwrap_or_else(|| panic!("pkg-template/src/ambient.d.ts does not declare {name}"));
        let declared = declared.split(") =>").next().unwrap_or_default();
        assert_eq!(declared.matches(": ").count(), args, "the arguments of {name}");
    }
}

#[test]
fn the_dates_that_pass_are_those_that_pass_in_javascript() {
    let shared: serde_json::Value =
        serde_json::from_str(&file("tests/shared/date-times.json")).expect("it is JSON");
    for (kind, passes) in [("pass", true), ("fail", false)] {
        let texts = shared[kind].as_array().expect("a list");
        assert!(!texts.is_empty());
        for text in texts.iter().filter_map(|text| text.as_str()) {
            assert_eq!(is_date_time(text), passes, "{text}");
        }
    }
}

#[test]
fn a_retry_after_is_read_as_in_javascript() {
    let shared: serde_json::Value =
        serde_json::from_str(&file("tests/shared/retry-after.json")).expect("it is JSON");
    let now_ms = shared["nowMs"].as_f64().expect("a number");
    let waits = shared["waits"].as_object().expect("an object");
    assert!(waits.len() > 30);
    for (header, ms) in waits {
        let read = retry_after(header, now_ms).map(|wait| wait.as_millis());
        assert_eq!(read, ms.as_u64().map(u128::from), "{header}");
    }
}
