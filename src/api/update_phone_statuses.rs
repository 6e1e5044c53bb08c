//! Update phone statuses: sets the status of the visitors behind phone numbers.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::core::http::Method;
use crate::core::model::{request, response};
use crate::core::operation::{Body, BodyKind, Endpoint, Operation, PathArg, Repeat, Source};
use crate::core::schema::{Schema, Shape};

request! {
    /// The phone numbers to update.
    #[derive(Eq, Hash)]
    pub struct PhoneStatusUpdate {
        /// One entry per phone number.
        pub items: Vec<PhoneStatusItem>,
    }
}

request! {
    /// A phone number and its visitor's new status.
    #[derive(Eq, Hash)]
    pub struct PhoneStatusItem {
        /// The phone number.
        pub phone_number: String,
        /// The status. The API knows more than the one that is published.
        #[cfg_attr(all(target_arch = "wasm32", feature = "js"), tsify(type = "\"send\" | (string & {})"))]
        pub status: PhoneStatus,
    }
}

/// A phone number's status.
///
/// ```
/// use botsplash::PhoneStatus;
/// assert_eq!(PhoneStatus::from("send"), PhoneStatus::Send);
/// assert_eq!(PhoneStatus::from("doNotText").to_string(), "doNotText");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
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

impl<S: AsRef<str> + Into<String>> From<S> for PhoneStatus {
    fn from(name: S) -> PhoneStatus {
        match name.as_ref() {
            "send" => PhoneStatus::Send,
            _ => PhoneStatus::Other(name.into()),
        }
    }
}

impl FromStr for PhoneStatus {
    type Err = Infallible;

    fn from_str(name: &str) -> Result<PhoneStatus, Infallible> {
        Ok(name.into())
    }
}

impl fmt::Display for PhoneStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl<'de> Deserialize<'de> for PhoneStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PhoneStatus, D::Error> {
        String::deserialize(deserializer).map(PhoneStatus::from)
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
    /// The answer to an update of phone statuses.
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
/// Where an account's own description has another one, `npx botsplash contract` finds it, and
/// [`Config::route`](crate::Config::route) takes it.
///
/// ```no_run
/// # async fn example<T: botsplash::Transport>(client: botsplash::Client<T>)
/// # -> Result<(), Box<dyn std::error::Error>> {
/// use botsplash::{PhoneStatus, PhoneStatusItem, PhoneStatusUpdate, UpdatePhoneStatuses};
///
/// let item = PhoneStatusItem::new("3334445555", PhoneStatus::Send);
/// let update = UpdatePhoneStatuses::new(PhoneStatusUpdate::new([item]));
/// let answer = client.call(&update).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UpdatePhoneStatuses {
    /// The phone numbers and their statuses.
    pub update: PhoneStatusUpdate,
}

impl UpdatePhoneStatuses {
    /// The call with these arguments.
    pub fn new(update: PhoneStatusUpdate) -> UpdatePhoneStatuses {
        UpdatePhoneStatuses { update }
    }
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
