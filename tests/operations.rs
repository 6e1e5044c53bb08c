//! Every operation, from its Rust types to its bytes and back: the published samples.

use std::fmt::Debug;

use botsplash::internals::call::{Call, CallOptions};
use botsplash::internals::operation::Body;
use botsplash::{
    BASE_URL, CallVisitorAction, Config, Credentials, DateTime, ENDPOINTS, Error, File, Json,
    JsonObject, KeyPlacement, ListMeetings, ListenerArgs, ListenerSubmit, ListenerSubmitResponse,
    MeetingList, MeetingSchedule, MeetingScheduleResponse, MessageSend, NewVisitor, Operation,
    PhoneStatus, PhoneStatusItem, PhoneStatusUpdate, PhoneStatusUpdateResponse, ScheduleMeeting,
    SendMessage, SequenceTrigger, SequenceTriggerResponse, SubmitListener, TriggerSequence,
    UpdatePhoneStatuses, UpdateVisitor, UploadFile, UploadResponse, Visitor, VisitorInfo,
    VisitorRef, VisitorUpdate,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

// --- the published samples ---------------------------------------------------------------------

const LISTENER_SUBMIT: &str = concat!(
    r#"{"visitor":{"clientVisitorId":"12345","agentClientUserId":"12345","#,
    r#""participantAgentIds":"54321","teamCode":"333","firstName":"Jane","lastName":"Doe","#,
    r#""email":"example@example.com","phoneNumber":"3334445555","state":"NC","#,
    r#""tzName":"America/New_York","deliveryStatus":202,"extendedAttributes":{"color":"red","#,
    r#""leadSourceId":"123456789","priority":"high"}},"args":{"message":"Welcome!"}}"#,
);
const VISITOR_INFO: &str = concat!(
    r#"{"clientVisitorId":"12345","clientAppId":"12345","agentClientUserId":"12345","#,
    r#""teamCode":"333","firstName":"Jane","lastName":"Doe","email":"customerEmail@example.com","#,
    r#""phoneNumber":"3334445555","validPhoneNumbers":["3334445555","2223334444"],"state":"NC","#,
    r#""milestone":"SUPER","visitorStatus":"Contacted","tzName":"America/New_York","#,
    r#""deliveryStatus":202}"#,
);
const MEETING_SCHEDULE: &str = concat!(
    r#"{"agentClientUserId":"string","followupAt":"2019-08-24T14:15:22Z","duration":30,"#,
    r#""notes":"string","description":"string","additionalEmails":["string"]}"#,
);
const PHONE_STATUS_UPDATE: &str = r#"{"items":[{"phoneNumber":"string","status":"send"}]}"#;

fn submit_listener() -> SubmitListener {
    let visitor = NewVisitor::new()
        .client_visitor_id("12345")
        .agent_client_user_id("12345")
        .participant_agent_ids("54321")
        .team_code("333")
        .first_name("Jane")
        .last_name("Doe")
        .email("example@example.com")
        .phone_number("3334445555")
        .state("NC")
        .tz_name("America/New_York")
        .delivery_status(202)
        .extended_attributes([
            ("color", "red".into()),
            ("leadSourceId", "123456789".into()),
            ("priority", "high".into()),
        ]);
    let args = ListenerArgs::new().message("Welcome!");
    SubmitListener::new("welcome", ListenerSubmit::new(visitor).args(args))
}

fn upload_file() -> UploadFile {
    UploadFile::new(File::new("jane.png", "image/png", "secret picture"))
}

fn trigger_sequence() -> TriggerSequence {
    TriggerSequence::new("reminder", SequenceTrigger::new(visitor_info()))
}

fn update_visitor() -> UpdateVisitor {
    let update = VisitorUpdate::new().update_only(true).retain_phones(true).visitor(visitor_info());
    UpdateVisitor::new(by_crm(), update)
}

fn call_visitor_action() -> CallVisitorAction {
    CallVisitorAction::new(VisitorRef::ClientAppId("67890".into()), "archive")
}

fn list_meetings() -> ListMeetings {
    ListMeetings::new(by_crm())
}

fn schedule_meeting() -> ScheduleMeeting {
    let followup_at = DateTime::new("2019-08-24T14:15:22Z").expect("it is a date-time");
    let meeting = MeetingSchedule::new("string", followup_at)
        .duration(30)
        .notes("string")
        .description("string")
        .additional_emails(["string".into()]);
    ScheduleMeeting::new(by_crm(), meeting)
}

fn send_message() -> SendMessage {
    SendMessage::new(MessageSend::new("Welcome!").visitor(visitor_info()))
}

fn update_phone_statuses() -> UpdatePhoneStatuses {
    let item = PhoneStatusItem::new("string", PhoneStatus::Send);
    UpdatePhoneStatuses::new(PhoneStatusUpdate::new([item]))
}

fn visitor_info() -> VisitorInfo {
    VisitorInfo::new()
        .client_visitor_id("12345")
        .client_app_id("12345")
        .agent_client_user_id("12345")
        .team_code("333")
        .first_name("Jane")
        .last_name("Doe")
        .email("customerEmail@example.com")
        .phone_number("3334445555")
        .valid_phone_numbers(["3334445555".into(), "2223334444".into()])
        .state("NC")
        .milestone("SUPER")
        .visitor_status("Contacted")
        .tz_name("America/New_York")
        .delivery_status(202)
}

fn by_crm() -> VisitorRef {
    VisitorRef::ClientVisitorId("12345".into())
}

// --- requests ----------------------------------------------------------------------------------

/// The operation's request: method, URL and JSON body.
fn request<O: Operation>(operation: &O) -> (String, Option<String>) {
    let config = Config::new(BASE_URL, "acme").expect("the configuration is good");
    let args = operation.path_args();
    let call =
        Call::new(&config.clone().into(), &const { O::ENDPOINT }, &args, &CallOptions::default())
            .expect("the arguments are good");
    let request = call.request();
    let path = request.url.strip_prefix(BASE_URL).expect("the URL begins with the base URL");
    let body = match operation.body() {
        Body::Json(body) => Some(serde_json::to_string(body).expect("a body is JSON")),
        Body::Empty | Body::File(_) => None,
    };
    (format!("{} {path}", request.method.as_str()), body)
}

#[test]
fn every_operation_sends_its_published_sample_byte_for_byte() {
    let visitor = VISITOR_INFO;
    let cases = [
        (
            request(&submit_listener()),
            "POST /acme/listener/botsplash/welcome",
            Some(LISTENER_SUBMIT.to_owned()),
        ),
        (request(&upload_file()), "POST /acme/upload", None),
        (
            request(&trigger_sequence()),
            "POST /acme/sequence/reminder",
            Some(format!(r#"{{"visitor":{visitor}}}"#)),
        ),
        (
            request(&update_visitor()),
            "POST /acme/visitor/clientVisitorId/12345",
            Some(format!(r#"{{"updateOnly":true,"retainPhones":true,"visitor":{visitor}}}"#)),
        ),
        (
            request(&call_visitor_action()),
            "POST /acme/visitor/clientAppId/67890/action/archive",
            None,
        ),
        (request(&list_meetings()), "GET /acme/visitor/clientVisitorId/12345/meeting", None),
        (
            request(&schedule_meeting()),
            "POST /acme/visitor/clientVisitorId/12345/meeting",
            Some(MEETING_SCHEDULE.to_owned()),
        ),
        (
            request(&send_message()),
            "POST /acme/message",
            Some(format!(r#"{{"text":"Welcome!","visitor":{visitor}}}"#)),
        ),
        (
            request(&update_phone_statuses()),
            "POST /acme/phone/status",
            Some(PHONE_STATUS_UPDATE.to_owned()),
        ),
    ];
    assert_eq!(cases.len(), ENDPOINTS.len(), "give every operation of src/api.rs a sample here");
    for ((line, body), expected_line, expected_body) in cases {
        assert_eq!(line, expected_line);
        assert_eq!(body, expected_body, "the body of {line}");
    }
}

#[test]
fn the_contract_shows_the_same_samples() {
    let document: Value = serde_json::from_str(include_str!("../openapi.json")).expect("JSON");
    for (path, sample) in [
        ("/{appId}/listener/botsplash/{id}", LISTENER_SUBMIT.to_owned()),
        ("/{appId}/sequence/{id}", format!(r#"{{"visitor":{VISITOR_INFO}}}"#)),
        ("/{appId}/visitor/{idType}/{idValue}/meeting", MEETING_SCHEDULE.to_owned()),
        ("/{appId}/phone/status", PHONE_STATUS_UPDATE.to_owned()),
    ] {
        let content = &document["paths"][path]["post"]["requestBody"]["content"];
        let shown = &content["application/json"]["examples"]["published"]["value"];
        let sample: Value = serde_json::from_str(&sample).expect("a sample is JSON");
        assert_eq!(*shown, sample, "openapi.json, {path}: the published sample is another one");
    }
}

#[test]
fn an_upload_is_the_file_as_it_was_given() {
    let upload = upload_file();
    let Body::File(file) = upload.body() else { panic!("an upload's body is a file") };
    assert_eq!((&*file.name, &*file.content_type), ("jane.png", "image/png"));
    assert_eq!(file.bytes, b"secret picture");
}

#[test]
fn what_is_not_given_is_not_sent() {
    assert_eq!(json(&NewVisitor::default()), json!({}));
    assert_eq!(json(&VisitorInfo::default()), json!({}));
    assert_eq!(json(&VisitorUpdate::default()), json!({}));
    assert_eq!(json(&MessageSend::new("")), json!({ "text": "" }));
    let submission = ListenerSubmit::new(NewVisitor::default());
    assert_eq!(json(&submission), json!({ "visitor": {} }));
}

#[test]
fn open_objects_carry_any_json_beside_what_is_published() {
    let more = JsonObject::from([
        ("template", Json::from(7.0)),
        ("ratio", Json::from(0.5)),
        ("urgent", Json::from(true)),
        ("nothing", Json::Null),
        (
            "list",
            Json::Array(vec![Json::from("a"), Json::Object([("b".into(), Json::Null)].into())]),
        ),
    ]);
    let mut args = ListenerArgs::new().media_key("k");
    args.more = more;
    assert_eq!(
        json(&args),
        json!({
            "mediaKey": "k", "template": 7, "ratio": 0.5, "urgent": true, "nothing": null,
            "list": ["a", { "b": null }],
        })
    );
}

#[test]
fn an_open_enumeration_keeps_a_status_that_is_not_published() {
    for (status, sent) in
        [(PhoneStatus::Send, "send"), (PhoneStatus::Other("doNotText".into()), "doNotText")]
    {
        let item = PhoneStatusItem::new("3334445555", status);
        assert_eq!(json(&item)["status"], sent);
    }
}

#[test]
fn only_a_date_time_with_an_offset_can_be_a_meetings_time() {
    for given in ["2019-08-24T14:15:22Z", "2030-01-01T00:00:00.123+05:30"] {
        assert_eq!(DateTime::new(given).expect("it is one").as_str(), given);
    }
    for refused in ["", "tomorrow", "2019-08-24", "2019-08-24T14:15:22", "2019-02-30T00:00:00Z"] {
        assert_eq!(DateTime::new(refused), None, "{refused}");
    }
}

fn json(body: &impl serde::Serialize) -> Value {
    serde_json::to_value(body).expect("a body is JSON")
}

// --- answers -----------------------------------------------------------------------------------

fn decode<R: DeserializeOwned>(answer: Value) -> R {
    serde_json::from_value(answer).expect("the answer decodes")
}

fn visitor_sample() -> Value {
    json!({
        "id": "string", "clientVisitorId": "12345", "handle": "string", "agentId": "string",
        "agentClientUserId": "54321", "teamId": "a4ede8ba-7c0a-4485-8763-cbd9b282fbec",
        "teamCode": "string", "firstName": "string", "lastName": "string", "email": "string",
        "phoneNumber": "string", "pictureUrl": "string", "city": "string", "state": "NC",
        "milestone": "SUPER", "visitorStatus": "Contacted", "tzName": "America/New_York",
        "archived": true, "deliveryStatus": null,
    })
}

#[test]
fn every_operation_reads_its_sample_answer() {
    let submitted: ListenerSubmitResponse =
        answer::<SubmitListener>(json!({ "success": true, "requestId": UUID }));
    assert_eq!((submitted.success, submitted.request_id.as_deref()), (Some(true), Some(UUID)));

    let uploaded: UploadResponse = answer::<UploadFile>(json!({ "key": "k-1" }));
    assert_eq!(uploaded.key.as_deref(), Some("k-1"));

    let triggered: SequenceTriggerResponse = answer::<TriggerSequence>(json!({
        "visitorId": "v", "visitorSequenceId": "s", "visitorUrl": "u", "success": false,
    }));
    assert_eq!(triggered.visitor_id.as_deref(), Some("v"));
    assert_eq!(triggered.visitor_sequence_id.as_deref(), Some("s"));
    assert_eq!(triggered.visitor_url.as_deref(), Some("u"));
    assert_eq!(triggered.success, Some(false));

    for visitor in [
        answer::<UpdateVisitor>(visitor_sample()),
        answer::<CallVisitorAction>(visitor_sample()),
        answer::<SendMessage>(visitor_sample()),
    ] {
        let visitor: Visitor = visitor;
        assert_eq!(visitor.agent_client_user_id.as_deref(), Some("54321"));
        assert_eq!(visitor.team_id.as_deref(), Some("a4ede8ba-7c0a-4485-8763-cbd9b282fbec"));
        assert_eq!((visitor.archived, visitor.delivery_status), (Some(true), None));
        assert!(visitor.extra.is_empty(), "a published field is not in the type");
    }

    let listed: MeetingList = answer::<ListMeetings>(json!({
        "visitorId": "v", "count": 2, "meetings": [{ "id": "m", "at": null }, {}],
    }));
    let meetings = listed.meetings.unwrap_or_default();
    assert_eq!((listed.count, meetings.len()), (Some(2), 2));
    assert_eq!(meetings[0].get("id").and_then(Json::as_str), Some("m"));

    let scheduled: MeetingScheduleResponse = answer::<ScheduleMeeting>(json!({
        "success": true, "visitorId": "string", "meetingId": "string",
        "followupAt": "2019-08-24T14:15:22Z", "updateError": "string", "visitorUrl": "string",
    }));
    assert_eq!(scheduled.followup_at.as_deref(), Some("2019-08-24T14:15:22Z"));

    let updated: PhoneStatusUpdateResponse =
        answer::<UpdatePhoneStatuses>(json!({ "success": true, "count": 0 }));
    assert_eq!((updated.success, updated.count), (Some(true), Some(0)));
}

const UUID: &str = "123e4567-e89b-12d3-a456-426614174000";

fn answer<O: Operation>(value: Value) -> O::Response {
    decode(value)
}

#[test]
fn a_field_that_nobody_documented_reaches_the_caller() {
    let visitor: Visitor = decode(json!({
        "firstName": "Jane", "loyaltyTier": "gold", "scores": [1, 2.5], "deep": { "a": null },
    }));
    assert_eq!(visitor.first_name.as_deref(), Some("Jane"));
    let extra = visitor.extra;
    assert_eq!(
        extra.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        ["deep", "loyaltyTier", "scores"]
    );
    assert_eq!(extra.get("loyaltyTier").and_then(Json::as_str), Some("gold"));
    let scores = Json::Array(vec![Json::Number(1.0), Json::Number(2.5)]);
    assert_eq!(extra.get("scores"), Some(&scores));
    assert_eq!(extra.get("deep"), Some(&Json::Object([("a".into(), Json::Null)].into())));
}

#[test]
fn every_field_of_an_answer_may_be_missing_or_null() {
    assert_eq!(decode::<Visitor>(json!({})), Visitor::default());
    let nulls = json!({ "visitorId": null, "count": null, "meetings": null });
    assert_eq!(decode::<MeetingList>(nulls), MeetingList::default());
}

#[test]
fn a_field_of_another_type_is_kept_as_it_came() {
    let visitor: Visitor = decode(json!({
        "id": 17, "firstName": "Jane", "deliveryStatus": "202", "archived": "no", "handle": null,
    }));
    assert_eq!((visitor.id, visitor.delivery_status, visitor.archived), (None, None, None));
    assert_eq!(visitor.first_name.as_deref(), Some("Jane"));
    assert_eq!(visitor.extra.get("id").and_then(Json::as_f64), Some(17.0));
    assert_eq!(visitor.extra.get("deliveryStatus").and_then(Json::as_str), Some("202"));
    assert_eq!(visitor.extra.len(), 3);

    let listed: MeetingList =
        decode(json!({ "count": 2.5, "meetings": [{ "id": 1 }, "tomorrow"] }));
    assert_eq!((listed.count, &listed.meetings), (None, &None));
    assert_eq!(listed.extra.get("meetings").and_then(Json::as_array).map(<[_]>::len), Some(2));
}

#[test]
fn a_whole_number_is_one_however_it_is_written() {
    for (written, read) in [
        ("201", Some(201)),
        ("201.0", Some(201)),
        ("2.01e2", Some(201)),
        ("-1", Some(-1)),
        ("9007199254740991", Some(9_007_199_254_740_991)),
        ("9007199254740993", None),
        ("1e300", None),
        ("201.5", None),
    ] {
        let answer = format!(r#"{{"deliveryStatus":{written}}}"#);
        let visitor: Visitor = serde_json::from_str(&answer).expect("it is an object");
        assert_eq!(visitor.delivery_status, read, "{written}");
        assert_eq!(visitor.extra.get("deliveryStatus").is_none(), read.is_some(), "{written}");
    }
}

#[test]
fn what_is_no_object_is_no_answer() {
    for answer in ["[]", "null", "17", "\"Jane\"", "true"] {
        assert!(serde_json::from_str::<Visitor>(answer).is_err(), "{answer}");
    }
}

// --- there and back ----------------------------------------------------------------------------

#[track_caller]
fn comes_back<T: PartialEq + Debug + serde::Serialize + DeserializeOwned>(value: &T) {
    let text = serde_json::to_string(value).expect("it has JSON");
    let back: T = serde_json::from_str(&text).expect(&text);
    assert!(*value == back, "{text}");
    assert_eq!(serde_json::to_string(&back).expect("it has JSON"), text);
}

#[test]
fn every_operation_can_be_stored_and_read_back() {
    comes_back(&submit_listener());
    comes_back(&trigger_sequence());
    comes_back(&update_visitor());
    comes_back(&call_visitor_action());
    comes_back(&list_meetings());
    comes_back(&schedule_meeting());
    comes_back(&send_message());
    comes_back(&update_phone_statuses());
    let more = JsonObject::from([("template", Json::from(7)), ("nothing", Json::Null)]);
    let mut args = ListenerArgs::new();
    args.more = more;
    comes_back(&args);
    let other = PhoneStatus::from("doNotText");
    comes_back(&PhoneStatusItem::new("3334445555", other));
    assert_eq!(json(&by_crm()), json!({ "clientVisitorId": "12345" }));
}

#[test]
fn every_answer_can_be_written_and_read_back() {
    let mut visitor = visitor_sample();
    visitor["deliveryStatus"] = json!("of another type");
    visitor["loyaltyTier"] = json!({ "gold": [1, 2.5, null] });
    comes_back(&decode::<Visitor>(visitor.clone()));
    // Nothing is lost on the way.
    assert_eq!(json(&decode::<Visitor>(visitor.clone())), visitor);
    comes_back(&decode::<MeetingList>(json!({ "count": 1, "meetings": [{ "id": "m" }] })));
    comes_back(&decode::<ListenerSubmitResponse>(json!({ "success": true, "requestId": UUID })));
}

#[test]
fn a_stored_request_is_held_to_its_form() {
    fn refused<T: DeserializeOwned>(stored: Value) -> bool {
        serde_json::from_value::<T>(stored).is_err()
    }
    assert!(refused::<NewVisitor>(json!({ "phonNumber": "1" })));
    assert!(refused::<ListenerSubmit>(json!({})));
    assert!(refused::<MessageSend>(json!({ "text": 5 })));
    assert!(refused::<VisitorRef>(json!({ "clientVisitorId": "1", "clientAppId": "2" })));
    assert!(refused::<VisitorRef>(json!({})));
    let tomorrow = json!({ "agentClientUserId": "a", "followupAt": "tomorrow" });
    assert!(refused::<MeetingSchedule>(tomorrow));
    let null = json!({ "visitor": { "email": null }, "args": null });
    let submission: ListenerSubmit = serde_json::from_value(null).expect("null is as if absent");
    assert_eq!(submission, ListenerSubmit::new(NewVisitor::new()));
}

#[test]
fn a_request_is_written_with_what_it_must_hold_and_then_what_it_may() {
    let visitor = NewVisitor::new()
        .first_name("Jane")
        .delivery_status(202)
        .extended_attributes([("color", Json::from("red")), ("age", 7.into())]);
    let args = ListenerArgs::new().message("Welcome!").media_key("k").with("template", 7);
    let submit = SubmitListener::new("welcome", ListenerSubmit::new(visitor).args(args));
    assert_eq!(
        json(&submit.submission),
        json!({
            "visitor": {
                "firstName": "Jane", "deliveryStatus": 202,
                "extendedAttributes": { "color": "red", "age": 7 },
            },
            "args": { "message": "Welcome!", "mediaKey": "k", "template": 7 },
        })
    );
    let meeting =
        MeetingSchedule::new("a", DateTime::new("2030-01-01T00:00:00Z").expect("it is one"))
            .duration(30)
            .additional_emails(["a@example.com".to_owned()]);
    assert_eq!(json(&meeting)["additionalEmails"], json!(["a@example.com"]));
    let item = PhoneStatusItem::new("3334445555", "send");
    assert_eq!(PhoneStatusUpdate::new([item]).items[0].status, PhoneStatus::Send);
}

// --- what is printed ---------------------------------------------------------------------------

/// Personal data and credentials: all of them are in the values below.
const PRIVATE: [&str; 12] = [
    "3334445555",
    "2223334444",
    "Jane",
    "Doe",
    "example@example.com",
    "customerEmail",
    "Welcome!",
    "high",
    "12345",
    "jane.png",
    "secret picture",
    "hunter2",
];

#[track_caller]
fn prints_nothing_private(value: &impl Debug) {
    for printed in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!printed.is_empty());
        for private in PRIVATE {
            assert!(!printed.contains(private), "Debug prints {private}: {printed}");
        }
    }
}

#[test]
fn no_request_prints_what_it_holds() {
    prints_nothing_private(&submit_listener());
    prints_nothing_private(&upload_file());
    prints_nothing_private(&trigger_sequence());
    prints_nothing_private(&update_visitor());
    prints_nothing_private(&call_visitor_action());
    prints_nothing_private(&list_meetings());
    prints_nothing_private(&schedule_meeting());
    prints_nothing_private(&send_message());
    prints_nothing_private(&update_phone_statuses());

    let submission = submit_listener().submission;
    prints_nothing_private(&submission.visitor);
    prints_nothing_private(&submission.visitor.extended_attributes);
    prints_nothing_private(&submission.args);
    prints_nothing_private(&visitor_info());
    prints_nothing_private(&upload_file().file);
    prints_nothing_private(&by_crm());
    prints_nothing_private(&send_message().body());
    prints_nothing_private(&PhoneStatusItem::new("3334445555", PhoneStatus::Send));
}

#[test]
fn no_answer_prints_what_it_holds() {
    let person = json!({ "firstName": "Jane", "phoneNumber": "3334445555", "nick": "Jane" });
    prints_nothing_private(&decode::<Visitor>(person.clone()));
    prints_nothing_private(&decode::<Visitor>(person.clone()).extra);
    prints_nothing_private(&decode::<MeetingList>(json!({ "meetings": [person] })));
    prints_nothing_private(&decode::<UploadResponse>(json!({ "key": "12345" })));
    prints_nothing_private(&decode::<ListenerSubmitResponse>(json!({ "requestId": "12345" })));
    prints_nothing_private(&decode::<SequenceTriggerResponse>(json!({ "visitorId": "12345" })));
    prints_nothing_private(&decode::<MeetingScheduleResponse>(json!({ "updateError": "Jane" })));
    prints_nothing_private(&decode::<PhoneStatusUpdateResponse>(json!({ "note": "Jane" })));
}

#[test]
fn no_settings_print_their_secret() -> Result<(), Error> {
    let basic = Credentials::basic("acme-crm", "hunter2");
    let key = |placement| Credentials::ApiKey { key: "hunter2".into(), placement };
    for credentials in [basic, key(KeyPlacement::Query), key(KeyPlacement::Body)] {
        prints_nothing_private(&credentials);
        let config = Config::new(BASE_URL, "acme")?.credentials(credentials)?;
        prints_nothing_private(&config);
        // Nor in the form that a header has.
        assert!(!format!("{config:?}").contains("YWNtZS1jcm06aHVudGVyMg"));

        let operation = list_meetings();
        let args = operation.path_args();
        let call = Call::new(
            &config.clone().into(),
            &ListMeetings::ENDPOINT,
            &args,
            &CallOptions::default(),
        )?;
        prints_nothing_private(&call);
        prints_nothing_private(&call.request());
    }
    Ok(())
}
