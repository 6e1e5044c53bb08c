//! Update phone statuses: sets the status of the visitors behind phone numbers.

use serde::{Serialize, Serializer};

use crate::core::http::Method;
use crate::core::operation::{Body, BodyKind, Endpoint, Operation, PathArg, Repeat, Source};
use crate::core::shape::{Schema, Shape, request, response};

request! {
    /// The phone numbers to update.
    pub struct PhoneStatusUpdate {
        /// One entry per phone number.
        pub items: Vec<PhoneStatusItem>,
    }
}

request! {
    /// A phone number and its visitor's new status.
    pub struct PhoneStatusItem {
        /// The phone number.
        pub phone_number: String,
        /// The status. The API knows more than the one that is published.
        #[cfg_attr(target_arch = "wasm32", tsify(type = "\"send\" | (string & {})"))]
        pub status: PhoneStatus,
    }
}

/// A phone number's status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhoneStatus {
    /// `send`, the one that is published.
    Send,
    /// Another one, as the API spells it.
    Other(String),
}

impl PhoneStatus {
    /// As the API spells it.
    pub fn as_str(&self) -> &str {
        match self {
            PhoneStatus::Send => "send",
            PhoneStatus::Other(name) => name,
        }
    }
}

impl Serialize for PhoneStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Schema for PhoneStatus {
    const SHAPE: Shape = Shape::String;
}

response! {
    /// What updating phone statuses answers.
    pub struct PhoneStatusUpdateResponse {
        /// Whether the update was made.
        pub success: bool,
        /// How many were updated.
        pub count: i64,
    }
}

/// Sets each phone number's visitor to the given status.
///
/// Source: operation `updatePhoneStatuses`; its route is assumed.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdatePhoneStatuses {
    /// The phone numbers and their statuses.
    pub update: PhoneStatusUpdate,
}

impl Operation for UpdatePhoneStatuses {
    const ENDPOINT: Endpoint = Endpoint {
        name: "updatePhoneStatuses",
        method: Method::Post,
        path: "/{appId}/phone/status",
        args: &[],
        source: Source::Assumed,
        repeat: Repeat::Idempotent,
        body: BodyKind::Json,
        takes_submission_key: false,
    };
    type Body = PhoneStatusUpdate;
    type Response = PhoneStatusUpdateResponse;

    fn path_args(&self) -> Vec<PathArg> {
        Vec::new()
    }

    fn body(&self) -> Body<'_, PhoneStatusUpdate> {
        Body::Json(&self.update)
    }
}
