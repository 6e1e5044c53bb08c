//! Types that two or more operations share.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::core::model::{request, response};
use crate::core::operation::PathArg;

request! {
    /// A visitor as sequences, updates and messages take it: a contact whom the account's CRM knows.
    ///
    /// Every field is optional.
    #[derive(Default, Eq, Hash)]
    pub struct VisitorInfo {
        /// The customer's id in the caller's own CRM.
        pub client_visitor_id: Option<String>,
        /// An application-specific id of the customer.
        pub client_app_id: Option<String>,
        /// The caller's own id of the agent who looks after the visitor.
        pub agent_client_user_id: Option<String>,
        /// The code of the team that the visitor belongs to.
        pub team_code: Option<String>,
        /// Given name.
        pub first_name: Option<String>,
        /// Family name.
        pub last_name: Option<String>,
        /// Email address.
        pub email: Option<String>,
        /// The phone number that messages go to.
        pub phone_number: Option<String>,
        /// Every phone number on which the visitor can be reached.
        pub valid_phone_numbers: Option<Vec<String>>,
        /// A US state code, such as `NC`.
        pub state: Option<String>,
        /// How far the visitor has come, in the account's own words.
        pub milestone: Option<String>,
        /// The visitor's status, in the account's own words.
        pub visitor_status: Option<String>,
        /// An IANA time zone, such as `America/New_York`.
        pub tz_name: Option<String>,
        /// A delivery status code. 201 and 202 have been seen; their meanings are not published.
        pub delivery_status: Option<i64>,
    }
}

response! {
    /// A visitor as the API answers it.
    pub struct Visitor {
        /// The visitor's id at Botsplash.
        pub id: String,
        /// The customer's id in the caller's own CRM.
        pub client_visitor_id: String,
        /// The name under which the visitor appears.
        pub handle: String,
        /// The agent's id at Botsplash.
        pub agent_id: String,
        /// The caller's own id of the agent.
        pub agent_client_user_id: String,
        /// The team's id at Botsplash, a UUID.
        pub team_id: String,
        /// The team's code.
        pub team_code: String,
        /// Given name.
        pub first_name: String,
        /// Family name.
        pub last_name: String,
        /// Email address.
        pub email: String,
        /// Phone number.
        pub phone_number: String,
        /// The address of a picture.
        pub picture_url: String,
        /// City.
        pub city: String,
        /// A US state code, such as `NC`.
        pub state: String,
        /// How far the visitor has come, in the account's own words.
        pub milestone: String,
        /// The visitor's status, in the account's own words.
        pub visitor_status: String,
        /// An IANA time zone, such as `America/New_York`.
        pub tz_name: String,
        /// Whether the visitor has been archived.
        pub archived: bool,
        /// A delivery status code; its meanings are not published.
        pub delivery_status: i64,
    }
}

/// Names one visitor by an external id: one or the other, never both.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
#[cfg_attr(
    all(target_arch = "wasm32", feature = "js"),
    tsify(
        type = "{ clientVisitorId: string; clientAppId?: never } | { clientAppId: string; clientVisitorId?: never }"
    )
)]
#[non_exhaustive]
pub enum VisitorRef {
    /// By the customer's id in the caller's own CRM.
    ClientVisitorId(String),
    /// By an application-specific id of the customer.
    ClientAppId(String),
}

impl VisitorRef {
    pub(crate) const KINDS: [(&'static str, &'static str); 2] =
        [("clientVisitorId", "who.clientVisitorId"), ("clientAppId", "who.clientAppId")];

    /// The values for `{idType}/{idValue}`.
    pub(crate) fn path_args(&self) -> [PathArg; 2] {
        let ((kind, name), value) = match self {
            VisitorRef::ClientVisitorId(value) => (Self::KINDS[0], value),
            VisitorRef::ClientAppId(value) => (Self::KINDS[1], value),
        };
        [PathArg { name: "who", value: kind.into() }, PathArg { name, value: value.clone() }]
    }
}

impl fmt::Debug for VisitorRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VisitorRef(..)")
    }
}
