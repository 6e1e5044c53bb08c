//! The places that name the operations and their fields, held against each other.
//!
//! `openapi.json` comes first; `src/api/`, `src/js/client.d.ts`, `tests/types/golden.d.ts` and the guide
//! follow it. Each failure says which file to touch.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use botsplash::internals::operation::{BodyKind, Endpoint, Operation, Repeat, Source};
use botsplash::internals::schema::Shape;
use botsplash::{
    BASE_URL, CallVisitorAction, ENDPOINTS, ListMeetings, ListenerSubmitResponse, MeetingList,
    MeetingScheduleResponse, OpenResponse, PhoneStatusUpdateResponse, SHAPES, ScheduleMeeting,
    SendMessage, SequenceTriggerResponse, SubmitListener, TriggerSequence, UpdatePhoneStatuses,
    UpdateVisitor, UploadFile, UploadResponse, Visitor,
};
use serde_json::{Map, Value, json};

// --- the document ------------------------------------------------------------------------------

fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{name} cannot be read: {error}"))
}

struct Document(Value);

impl Document {
    fn read() -> Document {
        Document(serde_json::from_str(&file("openapi.json")).expect("openapi.json is not JSON"))
    }

    /// The target of a `$ref`, or the value itself.
    fn follow<'a>(&'a self, value: &'a Value) -> &'a Value {
        let Some(reference) = value["$ref"].as_str() else { return value };
        let pointer = reference.strip_prefix('#').expect("references stay in openapi.json");
        let found = self.0.pointer(pointer);
        found.unwrap_or_else(|| panic!("openapi.json: {reference} leads nowhere"))
    }

    fn schemas(&self) -> &Map<String, Value> {
        object(&self.0["components"]["schemas"])
    }

    fn operations(&self) -> Vec<Documented<'_>> {
        let paths = object(&self.0["paths"]).iter();
        paths
            .flat_map(|(path, methods)| object(methods).iter().map(move |of| (path, of)))
            .map(|(path, (method, value))| Documented { path, method, value })
            .collect()
    }

    fn operation(&self, name: &str) -> Documented<'_> {
        let found = self.operations().into_iter().find(|operation| operation.name() == name);
        found.unwrap_or_else(|| {
            panic!("{name} is in src/api.rs, but not in openapi.json: describe it there")
        })
    }
}

#[derive(Clone, Copy)]
struct Documented<'a> {
    path: &'a str,
    method: &'a str,
    value: &'a Value,
}

impl<'a> Documented<'a> {
    fn name(&self) -> &'a str {
        let name = self.value["operationId"].as_str();
        name.unwrap_or_else(|| {
            panic!("openapi.json: {} {} has no operationId", self.method, self.path)
        })
    }

    fn body(&self, content_type: &str) -> &'a Value {
        &self.value["requestBody"]["content"][content_type]["schema"]
    }

    /// The name of the schema of the answer.
    fn answer(&self) -> &'a str {
        let schema = &self.value["responses"]["200"]["content"]["application/json"]["schema"];
        schema_name(schema).unwrap_or_else(|| {
            panic!("openapi.json: the 200 of {} names no schema in components", self.name())
        })
    }
}

fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().unwrap_or_else(|| panic!("openapi.json: expected an object, not {value}"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn schema_name(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.strip_prefix("#/components/schemas/")
}

fn names<'a>(of: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
    of.into_iter().collect()
}

/// Fails with what one side has and the other has not.
#[track_caller]
fn same<'a>(ours: BTreeSet<&'a str>, theirs: BTreeSet<&'a str>, ours_at: &str, theirs_at: &str) {
    let only_ours: Vec<_> = ours.difference(&theirs).collect();
    let only_theirs: Vec<_> = theirs.difference(&ours).collect();
    assert!(only_ours.is_empty(), "in {ours_at}, but not in {theirs_at}: {only_ours:?}");
    assert!(only_theirs.is_empty(), "in {theirs_at}, but not in {ours_at}: {only_theirs:?}");
}

// --- routes ------------------------------------------------------------------------------------

#[test]
fn every_documented_operation_is_a_route_and_the_other_way_round() {
    let document = Document::read();
    let documented = names(document.operations().iter().map(Documented::name));
    let routes = names(ENDPOINTS.iter().map(|route| route.name));
    assert_eq!(routes.len(), ENDPOINTS.len(), "src/api.rs: ENDPOINTS names an operation twice");
    same(routes, documented, "ENDPOINTS of src/api.rs", "openapi.json");
}

#[test]
fn the_base_url_is_the_documents_server() {
    let document = Document::read();
    assert_eq!(document.0["servers"][0]["url"], BASE_URL, "BASE_URL of src/api.rs, openapi.json");
}

#[test]
fn a_route_has_the_documented_method_path_origin_and_repeat() {
    let document = Document::read();
    for route in ENDPOINTS {
        let documented = document.operation(route.name);
        let ours = (route.method.as_str().to_lowercase(), route.path);
        let theirs = (documented.method.to_owned(), documented.path);
        let place = place(route);
        assert_eq!(ours, theirs, "{place} has another route than openapi.json (right)");

        let origin = match route.source {
            Source::Published => "published",
            Source::Assumed => "assumed",
        };
        let documented_origin = &documented.value["x-route"];
        assert_eq!(documented_origin, origin, "x-route in openapi.json, origin in {place} (right)");

        let repeat = match route.repeat {
            Repeat::Read => "read",
            Repeat::Idempotent => "idempotent",
            Repeat::Send => "send",
        };
        let documented_repeat = &documented.value["x-repeat"];
        assert_eq!(
            documented_repeat, repeat,
            "x-repeat in openapi.json, repeat in {place} (right)"
        );
    }
}

#[test]
fn every_placeholder_is_a_documented_parameter() {
    let document = Document::read();
    for route in ENDPOINTS {
        let name = route.name;
        let documented = document.operation(name);
        let placeholders: Vec<_> = documented
            .path
            .split('/')
            .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
            .collect();
        assert_eq!(placeholders.first(), Some(&"appId"), "openapi.json: the path of {name}");

        let parameters: Vec<_> =
            list(&documented.value["parameters"]).iter().map(|one| document.follow(one)).collect();
        for parameter in &parameters {
            let of = format!("openapi.json: parameter {} of {name}", parameter["name"]);
            assert_eq!(parameter["in"], "path", "{of}");
            assert_eq!(parameter["required"], true, "{of}");
        }
        let parameters: Vec<_> =
            parameters.iter().filter_map(|parameter| parameter["name"].as_str()).collect();
        assert_eq!(placeholders, parameters, "openapi.json: the path and parameters of {name}");
    }
}

#[test]
fn a_visitor_is_named_by_the_documented_kinds_of_id() {
    let document = Document::read();
    let kinds = list(&document.0["components"]["parameters"]["IdType"]["schema"]["enum"]);
    for kind in kinds.iter().filter_map(Value::as_str) {
        let known = file("src/api/model.rs").contains(&format!("(\"{kind}\", \"who.{kind}\")"));
        assert!(known, "openapi.json: IdType has {kind}; VisitorRef in src/api/model.rs has not");
    }
    let known = file("src/api/model.rs").matches("\"who.").count();
    assert_eq!(kinds.len(), known, "openapi.json: IdType lacks a kind that VisitorRef has (right)");
}

/// The file of an operation.
fn place(route: &Endpoint) -> String {
    let mut name = String::from("src/api/");
    for letter in route.name.chars() {
        if letter.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name + ".rs"
}

// --- bodies ------------------------------------------------------------------------------------

#[test]
fn a_body_has_the_documented_form() {
    let document = Document::read();
    for (route, shape) in ENDPOINTS.iter().zip(SHAPES) {
        let documented = document.operation(route.name);
        let has_body = documented.value.get("requestBody").is_some();
        let place = place(route);
        match &route.body {
            BodyKind::Empty => assert!(!has_body, "{place}: openapi.json documents a body"),
            BodyKind::Json => {
                let schema = documented.body("application/json");
                assert!(schema.is_object(), "{place}: openapi.json documents no JSON body");
                let name = schema_name(schema).unwrap_or(route.name);
                compare(&document, name, shape, schema);
            }
            BodyKind::File => {
                let schema = documented.body("multipart/form-data");
                let parts = names(object(&schema["properties"]).keys().map(String::as_str));
                assert_eq!(parts, names(["file"]), "{place}: openapi.json documents other parts");
                assert_eq!(schema["properties"]["file"]["format"], "binary");
            }
            kind => panic!("{place}: this test does not know the body {kind:?}"),
        }
    }
}

/// Holds a request's table against its schema; `at` says where in the request we are.
fn compare(document: &Document, at: &str, shape: &Shape, schema: &Value) {
    let schema = document.follow(schema);
    let (fields, open) = match shape {
        Shape::Object(fields) => (*fields, false),
        Shape::Open(fields) => (*fields, true),
        Shape::List(item) => {
            assert_eq!(schema["type"], "array", "{at} is a list in src/api/");
            return compare(document, &format!("{at}[]"), item, &schema["items"]);
        }
        one => return assert_eq!(Some(*one), scalar(schema), "{at}: src/api/, openapi.json"),
    };
    assert_eq!(schema["type"], "object", "{at} is an object in src/api/");
    assert_eq!(
        schema["additionalProperties"], open,
        "{at}: additionalProperties in openapi.json, whether it is open in src/api/ (right)"
    );
    let none = Map::new();
    let properties = schema["properties"].as_object().unwrap_or(&none);
    same(
        names(fields.iter().map(|field| field.name)),
        names(properties.keys().map(String::as_str)),
        &format!("the fields of {at} in src/api/"),
        "openapi.json",
    );
    let required = list(&schema["required"]);
    same(
        names(fields.iter().filter(|field| field.required).map(|field| field.name)),
        names(required.iter().filter_map(Value::as_str)),
        &format!("the required fields of {at} in src/api/"),
        "openapi.json",
    );
    for field in fields {
        compare(document, &format!("{at}.{}", field.name), &field.shape, &properties[field.name]);
    }
}

fn scalar(schema: &Value) -> Option<Shape> {
    // An enumeration whose other values are not published is open, so any string fits.
    let open_enumeration = schema["anyOf"].as_array().is_some_and(|members| {
        members.iter().all(|member| member["type"] == "string")
            && members.iter().any(|member| member.get("const").is_none())
    });
    if open_enumeration {
        return Some(Shape::String);
    }
    match (schema["type"].as_str()?, schema["format"].as_str()) {
        ("string", Some("date-time")) => Some(Shape::DateTime),
        ("string", _) => Some(Shape::String),
        ("boolean", _) => Some(Shape::Boolean),
        ("integer", _) => Some(Shape::Integer),
        _ => None,
    }
}

// --- answers -----------------------------------------------------------------------------------

/// Decodes an answer: the names of it that no field of the type took, or what is wrong.
type Decode = fn(Value) -> Result<Vec<String>, String>;

const fn answer_of<O: Operation>() -> (Endpoint, Decode)
where
    O::Response: Answer,
{
    let decode: Decode = |answer| {
        let answer: O::Response =
            serde_json::from_value(answer).map_err(|error| error.to_string())?;
        Ok(answer.extra().iter().map(|(name, _)| name.to_owned()).collect())
    };
    (O::ENDPOINT, decode)
}

const ANSWERS: &[(Endpoint, Decode)] = &[
    answer_of::<SubmitListener>(),
    answer_of::<UploadFile>(),
    answer_of::<TriggerSequence>(),
    answer_of::<UpdateVisitor>(),
    answer_of::<CallVisitorAction>(),
    answer_of::<ListMeetings>(),
    answer_of::<ScheduleMeeting>(),
    answer_of::<SendMessage>(),
    answer_of::<UpdatePhoneStatuses>(),
];

trait Answer {
    fn extra(&self) -> &OpenResponse;
}

macro_rules! answers {
    ($($type:ty),* $(,)?) => {
        $(impl Answer for $type {
            fn extra(&self) -> &OpenResponse {
                &self.extra
            }
        })*
    };
}
answers!(
    ListenerSubmitResponse,
    UploadResponse,
    SequenceTriggerResponse,
    Visitor,
    MeetingList,
    MeetingScheduleResponse,
    PhoneStatusUpdateResponse,
);

#[test]
fn every_operations_answer_is_looked_at() {
    same(
        names(ENDPOINTS.iter().map(|route| route.name)),
        names(ANSWERS.iter().map(|(route, _)| route.name)),
        "ENDPOINTS of src/api.rs",
        "ANSWERS of tests/contract.rs",
    );
}

#[test]
fn an_answer_has_the_documented_fields_each_of_its_type() {
    let document = Document::read();
    for (route, decode) in ANSWERS {
        let (place, name) = (place(route), document.operation(route.name).answer());
        let schema = &document.schemas()[name];
        let properties = object(&schema["properties"]);
        let full: Map<_, _> =
            properties.iter().map(|(field, schema)| (field.clone(), fitting(schema))).collect();

        let left = decode(Value::Object(full.clone()))
            .unwrap_or_else(|problem| panic!("{place} refuses a documented {name}: {problem}"));
        assert!(left.is_empty(), "{name} in openapi.json has {left:?}; give its type these fields");

        for (field, schema) in properties {
            let mut wrong = full.clone();
            wrong.insert(field.clone(), misfit(schema));
            assert_eq!(
                decode(Value::Object(wrong)),
                Ok(vec![field.clone()]),
                "{name}.{field} has another type in {place} (or a type it uses) than in openapi.json"
            );
        }
    }
}

#[test]
fn nothing_in_an_answer_is_promised() {
    let document = Document::read();
    for (route, decode) in ANSWERS {
        let name = document.operation(route.name).answer();
        let schema = &document.schemas()[name];
        assert!(schema.get("required").is_none(), "openapi.json: {name} requires a field");
        assert_eq!(schema["additionalProperties"], true, "openapi.json: {name} is not open");
        let properties = object(&schema["properties"]);
        for (field, schema) in properties {
            let nullable = list(&schema["type"]).contains(&json!("null"));
            assert!(nullable, "openapi.json: {name}.{field} cannot be null");
        }

        let nulls = properties.keys().map(|field| (field.clone(), Value::Null)).collect();
        assert_eq!(decode(Value::Object(nulls)), Ok(vec![]), "{name} with nothing but nulls");
        assert_eq!(decode(json!({})), Ok(vec![]), "{name} without any field");
        let more = json!({ "notDocumented": [{ "a": 1 }] });
        assert_eq!(decode(more), Ok(vec!["notDocumented".into()]), "{name} with another field");
    }
}

fn fitting(schema: &Value) -> Value {
    match type_of(schema) {
        "string" => json!("text"),
        "boolean" => json!(true),
        "integer" => json!(7),
        "array" => json!([fitting(&schema["items"])]),
        "object" => json!({ "any": "thing" }),
        other => panic!("tests/contract.rs does not know the type {other}: teach it"),
    }
}

fn misfit(schema: &Value) -> Value {
    match type_of(schema) {
        "string" => json!(7),
        "array" => json!([misfit(&schema["items"])]),
        _ => json!("text"),
    }
}

fn type_of(schema: &Value) -> &str {
    let of = &schema["type"];
    let named = list(of).iter().filter_map(Value::as_str).find(|name| *name != "null");
    of.as_str().or(named).unwrap_or_else(|| panic!("openapi.json: no type in {schema}"))
}

// --- what JavaScript sees ----------------------------------------------------------------------

/// The methods that make no request.
const HELPERS: [&str; 1] = ["readSubmission"];

const GOLDEN: &str = "tests/types/golden.d.ts";
const BLESS: &str = "build the package, then run BLESS=1 node --test tests/types/golden.test.js";

/// A class or an interface of the golden types: its members' names, each with its
/// documentation and its declaration.
fn golden(kind: &str, name: &str) -> BTreeMap<String, (String, String)> {
    let text = file(GOLDEN);
    let heads = [format!("export {kind} {name} {{\n"), format!("export {kind} {name} extends ")];
    let start = heads.iter().find_map(|head| text.find(head));
    let start = start.unwrap_or_else(|| panic!("{GOLDEN} has no {kind} {name}: {BLESS}"));
    let mut lines = text[start..].lines().skip(1).take_while(|line| *line != "}");
    let (mut members, mut doc) = (BTreeMap::new(), String::new());
    while let Some(line) = lines.next() {
        let line = line.trim();
        if line.starts_with("/**") {
            doc = line.to_owned();
            while !doc.ends_with("*/") {
                let line = lines.next().expect("a comment ends");
                doc.extend([" ", line.trim().trim_start_matches("* ")]);
            }
            continue;
        }
        let name = line.split(['?', ':', '(']).next().unwrap_or_default();
        members.insert(name.to_owned(), (std::mem::take(&mut doc), line.to_owned()));
    }
    members
}

#[test]
fn the_golden_types_have_every_operation_with_its_answer_and_its_origin() {
    let document = Document::read();
    let members = golden("class", "Botsplash");
    let lifecycle = ["constructor", "ready", "free", "[Symbol.dispose]"].into_iter().chain(HELPERS);
    let operations = ENDPOINTS.iter().map(|route| route.name);
    same(
        names(operations.chain(lifecycle)),
        names(members.keys().map(String::as_str)),
        "src/api.rs",
        &format!("src/js/client.d.ts, {GOLDEN} ({BLESS})"),
    );
    for operation in document.operations() {
        let (name, answer) = (operation.name(), operation.answer());
        let (doc, declaration) = &members[name];
        assert!(
            declaration.ends_with(&format!("): Promise<{answer}>;")),
            "{name} answers {answer} in openapi.json: declare it in src/js/client.d.ts, {BLESS}"
        );
        let origin = operation.value["x-route"].as_str().unwrap_or_default();
        assert!(
            doc.contains(&format!("Route: {origin}.")),
            "the documentation of {name} in src/js/client.d.ts does not say \"Route: {origin}.\""
        );
    }
}

#[test]
fn a_declared_method_names_what_its_path_takes_and_then_its_body_and_its_options() {
    let members = golden("class", "Botsplash");
    for endpoint in ENDPOINTS {
        let (_, declaration) = &members[endpoint.name];
        let (_, args) = declaration.split_once('(').expect("a method has arguments");
        let (args, _) = args.split_once("): Promise").expect("a method answers a promise");
        // The text before each colon, and after the type before it.
        let mut names: Vec<_> =
            args.split(": ").map(|part| part.rsplit(", ").next().unwrap_or(part)).collect();
        names.pop();
        let (path, rest) = names.split_at(endpoint.args.len());
        assert_eq!(path, endpoint.args, "{declaration}: args of {}", place(endpoint));
        let body = usize::from(endpoint.body != BodyKind::Empty);
        assert_eq!(
            rest.len(),
            body + 1,
            "{declaration}: the body and the options of {}",
            endpoint.name
        );
    }
}

#[test]
fn the_golden_types_have_every_schema_with_exactly_its_fields() {
    let document = Document::read();
    for (name, schema) in document.schemas() {
        let members = golden("interface", name);
        same(
            names(object(&schema["properties"]).keys().map(String::as_str)),
            names(members.keys().map(String::as_str)),
            &format!("{name} of openapi.json"),
            &format!("{GOLDEN} (change src/api/, {BLESS})"),
        );
        for (field, (doc, _)) in members {
            assert!(!doc.is_empty(), "{name}.{field} has no documentation: write it in src/api/");
        }
    }
}

// --- documentation -----------------------------------------------------------------------------

#[test]
fn everything_in_the_document_is_described() {
    let document = Document::read();
    let described = |value: &Value, what: &str| {
        let text = value["description"].as_str().unwrap_or_default().trim();
        assert!(!text.is_empty(), "openapi.json: {what} has no description");
    };
    for operation in document.operations() {
        described(operation.value, operation.name());
        for parameter in list(&operation.value["parameters"]) {
            described(document.follow(parameter), &format!("a parameter of {}", operation.name()));
        }
    }
    for (name, schema) in document.schemas() {
        described(schema, name);
        for (field, schema) in object(&schema["properties"]) {
            described(schema, &format!("{name}.{field}"));
        }
    }
}

#[test]
fn every_schema_is_used() {
    let text = file("openapi.json");
    for name in Document::read().schemas().keys() {
        let used = text.contains(&format!("\"#/components/schemas/{name}\""));
        assert!(used, "openapi.json: no operation leads to the schema {name}");
    }
}

#[test]
fn an_operations_own_documentation_says_where_its_route_is_from() {
    for route in ENDPOINTS {
        let (place, name) = (place(route), route.name);
        let docs = file(&place).replace("\n///", "");
        let source = match route.source {
            Source::Published => format!("Source: operation `{name}`, published."),
            Source::Assumed => format!("Source: operation `{name}`; its route is assumed."),
        };
        assert!(docs.contains(&source), "{place}: its documentation does not say \"{source}\"");
        let (_, after) = docs.split_once(&source).expect("it was found");
        let struct_at = after.find("pub struct").expect("the operation follows");
        let example = after.find(" ```").is_some_and(|at| at < struct_at);
        assert!(example, "{place}: the documentation of the operation has no example");
    }
}

/// The table of operations that users read.
const GUIDE: &str = "docs/client.md";

#[test]
fn the_guide_lists_every_operation_with_its_origin() {
    // A package made of the crate alone may come without it.
    if !Path::new(env!("CARGO_MANIFEST_DIR")).join(GUIDE).exists() {
        return;
    }
    let guide = file(GUIDE);
    for route in ENDPOINTS {
        let name = format!("`{}`", route.name);
        let row = guide.lines().find(|line| line.starts_with('|') && line.contains(&name));
        let row = row.unwrap_or_else(|| panic!("{GUIDE}: no row of a table names {name}"));
        let (origin, other) = match route.source {
            Source::Published => ("published", "assumed"),
            Source::Assumed => ("assumed", "published"),
        };
        assert!(
            row.contains(origin) && !row.contains(other),
            "{GUIDE}: the row of {name} does not say that its route is {origin}"
        );
    }
}
