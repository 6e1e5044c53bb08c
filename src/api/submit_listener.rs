//! Submit listener: starts an engagement with a visitor.

use serde::{Deserialize, Serialize};

use crate::core::http::Method;
use crate::core::json::{Json, JsonObject};
use crate::core::model::{request, response};
use crate::core::names::camel;
use crate::core::operation::{Body, BodyKind, Endpoint, Operation, PathArg, Repeat, Source};
use crate::core::schema::{Field, Schema, Shape};

request! {
    /// The input of a listener: the visitor, and the words for them.
    pub struct ListenerSubmit {
        /// Whom to engage.
        pub visitor: NewVisitor,
        /// The input of the listener's workflow, beside the visitor.
        pub args: Option<ListenerArgs>,
    }
}

request! {
    /// A visitor to engage: a contact from a CRM, or a new lead. Every field is optional.
    #[derive(Default)]
    pub struct NewVisitor {
        /// The customer's id in the caller's own CRM.
        pub client_visitor_id: Option<String>,
        /// The caller's own id of the agent who looks after the visitor.
        pub agent_client_user_id: Option<String>,
        /// The caller's own ids of further agents who take part.
        pub participant_agent_ids: Option<String>,
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
        /// A US state code, such as `NC`.
        pub state: Option<String>,
        /// An IANA time zone, such as `America/New_York`.
        pub tz_name: Option<String>,
        /// A delivery status code. 201 and 202 have been seen; their meanings are not published.
        pub delivery_status: Option<i64>,
        /// The account's own attributes: any names, any JSON.
        pub extended_attributes: Option<JsonObject>,
    }
}

/// The input of a listener's workflow: these published names, and any others the account's
/// workflow knows.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ListenerArgs {
    /// The text to send.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// A public link to a picture, video or PDF to send along.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_url: Option<String>,
    /// The key of an uploaded file to send along, as `uploadFile` answers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_key: Option<String>,
    /// Any other arguments.
    #[serde(flatten)]
    pub more: JsonObject,
}

impl ListenerArgs {
    /// Without any.
    pub fn new() -> ListenerArgs {
        ListenerArgs::default()
    }

    /// The same with this text to send.
    #[must_use]
    pub fn message(mut self, text: impl Into<String>) -> ListenerArgs {
        self.message = Some(text.into());
        self
    }

    /// The same with this public link.
    #[must_use]
    pub fn media_url(mut self, url: impl Into<String>) -> ListenerArgs {
        self.media_url = Some(url.into());
        self
    }

    /// The same with the key of this uploaded file.
    #[must_use]
    pub fn media_key(mut self, key: impl Into<String>) -> ListenerArgs {
        self.media_key = Some(key.into());
        self
    }

    /// The same with an argument that the account's workflow knows.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Json>) -> ListenerArgs {
        self.more.insert(name, value);
        self
    }
}

impl Schema for ListenerArgs {
    const SHAPE: Shape = Shape::Open(&[
        Field { name: camel!(message), required: false, shape: Shape::String },
        Field { name: camel!(media_url), required: false, shape: Shape::String },
        Field { name: camel!(media_key), required: false, shape: Shape::String },
    ]);
}

impl std::fmt::Debug for ListenerArgs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ListenerArgs { .. }")
    }
}

response! {
    /// The answer to a submit.
    pub struct ListenerSubmitResponse {
        /// Whether the listener took the submission.
        pub success: bool,
        /// The submission's id at Botsplash, a UUID.
        pub request_id: String,
    }
}

/// Submits a visitor to a listener, which starts the engagement that its workflow names.
///
/// A second submit can text a person twice. Source: operation `submitListener`, published.
///
/// ```
/// use botsplash::{ListenerArgs, ListenerSubmit, NewVisitor, SubmitListener};
///
/// let visitor = NewVisitor::new().first_name("Jane").phone_number("3334445555");
/// let submission = ListenerSubmit::new(visitor).args(ListenerArgs::new().message("Welcome!"));
/// let submit = SubmitListener::new("welcome", submission);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SubmitListener {
    /// The listener's id, from the admin's Listener Settings.
    pub listener_id: String,
    /// The visitor, and what to say.
    pub submission: ListenerSubmit,
}

impl SubmitListener {
    /// The call with these arguments.
    pub fn new(listener_id: impl Into<String>, submission: ListenerSubmit) -> SubmitListener {
        SubmitListener { listener_id: listener_id.into(), submission }
    }
}

impl Operation for SubmitListener {
    const ENDPOINT: Endpoint = Endpoint {
        name: "submitListener",
        method: Method::Post,
        path: "/{appId}/listener/botsplash/{id}",
        args: &["listenerId"],
        source: Source::Published,
        repeat: Repeat::Send,
        body: BodyKind::Json,
        takes_submission_key: true,
    };
    type Body = ListenerSubmit;
    type Response = ListenerSubmitResponse;

    fn path_args(&self) -> Vec<PathArg> {
        vec![PathArg { name: "listenerId", value: self.listener_id.clone() }]
    }

    fn body(&self) -> Body<'_, ListenerSubmit> {
        Body::Json(&self.submission)
    }
}
