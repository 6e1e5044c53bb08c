//! The class that JavaScript sees: the only place where its values meet our types.
//!
//! A caller's object is checked as it is and written by JavaScript's own `JSON.stringify`; an
//! answer is handed over as `JSON.parse` made it. Nothing is converted on the way.

mod check;
mod read;
mod task;
mod throw;

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use crate::api::{
    CallVisitorAction, ListMeetings, ScheduleMeeting, SendMessage, SubmitListener, TriggerSequence,
    UpdatePhoneStatuses, UpdateVisitor, UploadFile,
};
use crate::client::Client;
use crate::core::operation::{Operation, Route};
use crate::fetch::Fetch;
use task::HandedOut;
use throw::{maker, throw};

// A third of the default one's size, and constant time as well.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("js/types.d.ts");

/// A client of the Botsplash Open API.
///
/// Every method makes one call. It resolves with the API's answer, or rejects with a
/// `BotsplashError` whose `delivery` says what is known about the request's effect.
#[wasm_bindgen]
pub struct RawClient {
    client: Client<Fetch<HandedOut>>,
}

#[wasm_bindgen]
impl RawClient {
    /// Keeps the options. Nothing is sent before the first call.
    ///
    /// `appId` is the account's App Name or ID. Wrong options reject the first call, and
    /// `ready()`, with code `configuration`.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "ClientOptions")] options: &JsValue,
    ) -> std::result::Result<RawClient, JsValue> {
        let client = read::client(options).map_err(throw)?;
        Ok(RawClient { client })
    }

    /// Submits a visitor to a listener, which starts the engagement that its workflow names.
    ///
    /// A second submit can text a person twice. `listenerId` is the listener's id in the admin's
    /// Listener Settings. Route: published.
    #[wasm_bindgen(
        js_name = submitListener,
        unchecked_return_type = "Promise<ListenerSubmitResponse>"
    )]
    pub fn submit_listener(
        &self,
        #[wasm_bindgen(js_name = listenerId, unchecked_param_type = "string")]
        listener_id: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "ListenerSubmit")] submission: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "SubmitOptions")] call: &JsValue,
    ) -> Promise {
        let args = [("listenerId", listener_id)];
        self.start(&SubmitListener::ROUTE, &args, submission, call)
    }

    /// Stores a file and answers a key, which a listener submit can name in `args.mediaKey`.
    ///
    /// Carriers usually take under 1 MB, some up to 5 MB; JPG, PNG, MP4 and PDF are the safe
    /// formats. No limit is published for the upload itself. Route: published.
    #[wasm_bindgen(js_name = uploadFile, unchecked_return_type = "Promise<UploadResponse>")]
    pub fn upload_file(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Blob | ArrayBuffer | ArrayBufferView")]
        file: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "UploadOptions")] options: &JsValue,
    ) -> Promise {
        self.start(&UploadFile::ROUTE, &[], file, options)
    }

    /// Creates or updates the visitor and starts the sequence for it.
    ///
    /// A second call can text a person twice.
    ///
    /// Route: assumed. If the API's differs, set `routes`.
    #[wasm_bindgen(
        js_name = triggerSequence,
        unchecked_return_type = "Promise<SequenceTriggerResponse>"
    )]
    pub fn trigger_sequence(
        &self,
        #[wasm_bindgen(js_name = sequenceId, unchecked_param_type = "string")]
        sequence_id: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "SequenceTrigger")] trigger: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] call: &JsValue,
    ) -> Promise {
        let args = [("sequenceId", sequence_id)];
        self.start(&TriggerSequence::ROUTE, &args, trigger, call)
    }

    /// Updates a visitor known by an external id, agent assignment included.
    ///
    /// Route: assumed. If the API's differs, set `routes`.
    #[wasm_bindgen(js_name = updateVisitor, unchecked_return_type = "Promise<Visitor>")]
    pub fn update_visitor(
        &self,
        #[wasm_bindgen(unchecked_param_type = "VisitorRef")] who: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "VisitorUpdate")] update: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] call: &JsValue,
    ) -> Promise {
        self.start(&UpdateVisitor::ROUTE, &[("who", who)], update, call)
    }

    /// Runs one of the account's actions for a visitor known by an external id.
    ///
    /// Route: assumed. If the API's differs, set `routes`.
    #[wasm_bindgen(js_name = callVisitorAction, unchecked_return_type = "Promise<Visitor>")]
    pub fn call_visitor_action(
        &self,
        #[wasm_bindgen(unchecked_param_type = "VisitorRef")] who: &JsValue,
        #[wasm_bindgen(js_name = actionId, unchecked_param_type = "string")] action_id: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] call: &JsValue,
    ) -> Promise {
        let args = [("who", who), ("actionId", action_id)];
        self.start(&CallVisitorAction::ROUTE, &args, &JsValue::UNDEFINED, call)
    }

    /// Lists the meetings of a visitor known by an external id.
    ///
    /// Route: assumed. If the API's differs, set `routes`.
    #[wasm_bindgen(js_name = listMeetings, unchecked_return_type = "Promise<MeetingList>")]
    pub fn list_meetings(
        &self,
        #[wasm_bindgen(unchecked_param_type = "VisitorRef")] who: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] call: &JsValue,
    ) -> Promise {
        self.start(&ListMeetings::ROUTE, &[("who", who)], &JsValue::UNDEFINED, call)
    }

    /// Schedules a meeting with a visitor known by an external id.
    ///
    /// A visitor that does not exist is a 400. Whether the time lies in the future is left to
    /// the server, whose clock decides.
    ///
    /// Route: assumed. If the API's differs, set `routes`.
    #[wasm_bindgen(
        js_name = scheduleMeeting,
        unchecked_return_type = "Promise<MeetingScheduleResponse>"
    )]
    pub fn schedule_meeting(
        &self,
        #[wasm_bindgen(unchecked_param_type = "VisitorRef")] who: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "MeetingSchedule")] meeting: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] call: &JsValue,
    ) -> Promise {
        self.start(&ScheduleMeeting::ROUTE, &[("who", who)], meeting, call)
    }

    /// Sends a message to a visitor known by CRM id and phone number.
    ///
    /// A second call can text a person twice.
    ///
    /// Route: assumed. If the API's differs, set `routes`.
    #[wasm_bindgen(js_name = sendMessage, unchecked_return_type = "Promise<Visitor>")]
    pub fn send_message(
        &self,
        #[wasm_bindgen(unchecked_param_type = "MessageSend")] message: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] call: &JsValue,
    ) -> Promise {
        self.start(&SendMessage::ROUTE, &[], message, call)
    }

    /// Sets each phone number's visitor to the given status.
    ///
    /// Route: assumed. If the API's differs, set `routes`.
    #[wasm_bindgen(
        js_name = updatePhoneStatuses,
        unchecked_return_type = "Promise<PhoneStatusUpdateResponse>"
    )]
    pub fn update_phone_statuses(
        &self,
        #[wasm_bindgen(unchecked_param_type = "PhoneStatusUpdate")] update: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "CallOptions")] call: &JsValue,
    ) -> Promise {
        self.start(&UpdatePhoneStatuses::ROUTE, &[], update, call)
    }

    /// Reads a lead form, or checks a submission, as `submitListener` takes it. Nothing is sent.
    ///
    /// `input` is a submission, or a form: a `FormData`, `URLSearchParams` or `Map`, whose names
    /// are those of the fields of the visitor and the args. Empty fields, and names that are none
    /// of these, are left out. A known name that is given twice, or a file, is a `validation` error.
    #[wasm_bindgen(js_name = readSubmission, unchecked_return_type = "Promise<ListenerSubmit>")]
    pub fn read_submission(
        &self,
        #[wasm_bindgen(
            unchecked_param_type = "ListenerSubmit | Iterable<[string, string | Blob]>"
        )]
        input: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "ReadOptions")] options: &JsValue,
    ) -> std::result::Result<JsValue, JsValue> {
        read::submission(input, options).map_err(throw)
    }
}

/// What a method was given for the path: a name for messages, and the value.
type Arg<'a> = (&'static str, &'a JsValue);

impl RawClient {
    /// Reads everything at once, so that a later change to the caller's objects changes nothing,
    /// and holds no borrow of the class, so that `free()` during a call is harmless.
    fn start(
        &self,
        route: &'static Route,
        args: &[Arg<'_>],
        body: &JsValue,
        options: &JsValue,
    ) -> Promise {
        let prepared = read::call(&self.client, route, args, body, options);
        let read::Prepared { mut call, body, signal } = match prepared {
            Ok(prepared) => prepared,
            Err(error) => return task::refuse(&maker(error)),
        };
        let client = self.client.with_transport(self.client.transport().with_signal(signal));
        task::promise(async move { client.run(&mut call, body.as_ref()).await.map_err(maker) })
    }
}
