//! The Botsplash Open API: one file per operation.
//!
//! [`ENDPOINTS`] lists them all. Each operation's own file holds its request, its response and
//! its route; what two or more share is in `model`.

mod call_visitor_action;
mod list_meetings;
mod model;
mod schedule_meeting;
mod send_message;
mod submit_listener;
mod trigger_sequence;
mod update_phone_statuses;
mod update_visitor;
mod upload_file;

pub use call_visitor_action::CallVisitorAction;
pub use list_meetings::{ListMeetings, MeetingList};
pub use model::{Visitor, VisitorInfo, VisitorRef};
pub use schedule_meeting::{MeetingSchedule, MeetingScheduleResponse, ScheduleMeeting};
pub use send_message::{MessageSend, SendMessage};
pub use submit_listener::{
    ListenerArgs, ListenerSubmit, ListenerSubmitResponse, NewVisitor, SubmitListener,
};
pub use trigger_sequence::{SequenceTrigger, SequenceTriggerResponse, TriggerSequence};
pub use update_phone_statuses::{
    PhoneStatus, PhoneStatusItem, PhoneStatusUpdate, PhoneStatusUpdateResponse, UpdatePhoneStatuses,
};
pub use update_visitor::{UpdateVisitor, VisitorUpdate};
pub use upload_file::{UploadFile, UploadResponse};

use crate::core::operation::{Endpoint, Operation};
use crate::core::schema::{Schema, Shape};

/// Where the API lives.
pub const BASE_URL: &str = "https://api.botsplash.com/open/v1";

macro_rules! operations {
    ($($operation:ident,)*) => {
        /// Every operation.
        pub const ENDPOINTS: &[&Endpoint] = &[$(&$operation::ENDPOINT),*];

        /// The schema of each, in the same order.
        #[doc(hidden)]
        pub const SHAPES: &[Shape] = &[$(<<$operation as Operation>::Body as Schema>::SHAPE),*];
    };
}

operations! {
    SubmitListener,
    UploadFile,
    TriggerSequence,
    UpdateVisitor,
    CallVisitorAction,
    ListMeetings,
    ScheduleMeeting,
    SendMessage,
    UpdatePhoneStatuses,
}
