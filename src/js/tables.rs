//! The tables of the crate for JavaScript, as JSON that the compiler writes: what operations there
//! are, what they take, and the words of errors.
//!
//! It travels to the build beside the types, as a comment among them, and never becomes part of the
//! wasm: `scripts/build/tables.js` takes it out.
// The compiler alone uses any of it.
#![allow(dead_code)]

use wasm_bindgen::prelude::*;

use crate::api::{ENDPOINTS, SHAPES, VisitorRef};
use crate::core::http::Method;
use crate::core::operation::{BodyKind, Endpoint};
use crate::core::schema::Shape;
use crate::error::sentence::Sentence;
use crate::error::{Delivery, ErrorCode};

// The kinds of values, as pkg-template/src/boundary.ts names them.
const FORM_STRING: &str = "0";
const FORM_BOOLEAN: &str = "1";
const FORM_INTEGER: &str = "2";
const FORM_DATE_TIME: &str = "3";
// From 4 to 7 are those that JSON cannot hold.
const FORM_LIST: &str = "8";
const FORM_OBJECT: &str = "9";
const FORM_OPEN: &str = "10";

/// Room for the longest text, at compile time.
const ROOM: usize = 16_384;

/// Writes JSON at compile time.
struct Writer {
    bytes: [u8; ROOM],
    len: usize,
}

impl Writer {
    const fn text(&mut self, text: &str) {
        let mut at = 0;
        while at < text.len() {
            self.bytes[self.len] = text.as_bytes()[at];
            self.len += 1;
            at += 1;
        }
    }

    const fn string(&mut self, text: &str) {
        self.text("\"");
        let mut at = 0;
        while at < text.len() {
            if matches!(text.as_bytes()[at], b'"' | b'\\') {
                self.text("\\");
            }
            self.bytes[self.len] = text.as_bytes()[at];
            self.len += 1;
            at += 1;
        }
        self.text("\"");
    }

    const fn list(&mut self, texts: &[&str]) {
        let mut at = 0;
        self.text("[");
        while at < texts.len() {
            self.text(if at == 0 { "" } else { "," });
            self.string(texts[at]);
            at += 1;
        }
        self.text("]");
    }

    /// The code of a value, `[LIST, item]`, or an object: `Form` in pkg-template/src/check.ts. An object
    /// is `OBJECT` or `OPEN`, and then for each field its name, 1 where it is required, and its own form.
    const fn shape(&mut self, shape: &Shape) {
        let (form, fields) = match shape {
            Shape::String => return self.text(FORM_STRING),
            Shape::Boolean => return self.text(FORM_BOOLEAN),
            Shape::Integer => return self.text(FORM_INTEGER),
            Shape::DateTime => return self.text(FORM_DATE_TIME),
            Shape::List(item) => {
                self.text("[");
                self.text(FORM_LIST);
                self.text(",");
                self.shape(item);
                return self.text("]");
            }
            Shape::Object(fields) => (FORM_OBJECT, *fields),
            Shape::Open(fields) => (FORM_OPEN, *fields),
        };
        self.text("[");
        self.text(form);
        let mut at = 0;
        while at < fields.len() {
            self.text(",");
            self.string(fields[at].name);
            self.text(if fields[at].required { ",1," } else { ",0," });
            self.shape(&fields[at].shape);
            at += 1;
        }
        self.text("]");
    }

    const fn operation(&mut self, endpoint: &Endpoint, shape: &Shape) {
        self.text("{\"name\":");
        self.string(endpoint.name);
        self.text(",\"args\":");
        self.list(endpoint.args);
        self.text(",\"takesSubmissionKey\":");
        self.text(if endpoint.takes_submission_key { "1" } else { "0" });
        self.text(",\"body\":");
        match endpoint.body {
            BodyKind::Empty => self.text("0"),
            BodyKind::File => self.text("1"),
            BodyKind::Json => self.shape(shape),
        }
        self.text("}");
    }
}

/// The names of an enumeration's members, each in the place of its number.
macro_rules! names {
    ($($member:expr),* $(,)?) => {{
        const MEMBERS: [usize; [$(stringify!($member)),*].len()] = [$($member as usize),*];
        let mut at = 0;
        while at < MEMBERS.len() {
            assert!(MEMBERS[at] == at, "a name in another place than its number");
            at += 1;
        }
        &[$($member.as_str()),*]
    }};
}

const CODES: &[&str] = names![
    ErrorCode::Validation,
    ErrorCode::Configuration,
    ErrorCode::Network,
    ErrorCode::Timeout,
    ErrorCode::Aborted,
    ErrorCode::Http,
    ErrorCode::Decode,
];
const DELIVERIES: &[&str] =
    names![Delivery::NotSent, Delivery::Rejected, Delivery::Unknown, Delivery::Accepted];
const METHODS: &[&str] =
    names![Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete];

const WRITTEN: Writer = {
    let mut writer = Writer { bytes: [0; ROOM], len: 0 };
    writer.text("/* tables: {\"operations\":[");
    let mut at = 0;
    while at < ENDPOINTS.len() {
        writer.text(if at == 0 { "" } else { "," });
        writer.operation(ENDPOINTS[at], &SHAPES[at]);
        at += 1;
    }
    writer.text("],\"visitorIds\":");
    writer.list(&[VisitorRef::KINDS[0].0, VisitorRef::KINDS[1].0]);
    writer.text(",\"codes\":");
    writer.list(CODES);
    writer.text(",\"deliveries\":");
    writer.list(DELIVERIES);
    writer.text(",\"methods\":");
    writer.list(METHODS);
    writer.text(",\"sentences\":");
    writer.list(Sentence::TEXTS);
    writer.text("} */");
    writer
};

#[wasm_bindgen(typescript_custom_section)]
const TABLES: &str = match std::str::from_utf8(WRITTEN.bytes.split_at(WRITTEN.len).0) {
    Ok(json) => json,
    Err(_) => panic!("names are ASCII"),
};
