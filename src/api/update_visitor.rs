//! Update visitor: changes a visitor, agent assignment included.

use serde::{Deserialize, Serialize};

use crate::api::{Visitor, VisitorInfo, VisitorRef};
use crate::core::http::Method;
use crate::core::model::request;
use crate::core::operation::{Body, BodyKind, Endpoint, Operation, PathArg, Repeat, Source};

request! {
    /// The changes to a visitor, and how to make them.
    #[derive(Default, Eq, Hash)]
    pub struct VisitorUpdate {
        /// Look the visitor up and update it if found. The outcome when it is not found is
        /// not published.
        pub update_only: Option<bool>,
        /// Tell the agents already connected that a message was sent to the visitor.
        pub agent_update: Option<bool>,
        /// When the visitor moves to another agent, the first agent keeps access.
        pub retain_access: Option<bool>,
        /// Add the phone numbers to those on file; otherwise they replace them.
        pub retain_phones: Option<bool>,
        /// The visitor's new values.
        pub visitor: Option<VisitorInfo>,
    }
}

/// Updates a visitor known by an external id, agent assignment included.
///
/// Source: operation `updateVisitor`; its route is assumed.
/// Where an account's own description has another one, `npx botsplash contract` finds it, and
/// [`Config::route`](crate::Config::route) takes it.
///
/// ```no_run
/// # async fn example<T: botsplash::Transport>(client: botsplash::Client<T>)
/// # -> Result<(), Box<dyn std::error::Error>> {
/// use botsplash::{UpdateVisitor, VisitorInfo, VisitorRef, VisitorUpdate};
///
/// let who = VisitorRef::ClientVisitorId("12345".into());
/// let update = VisitorUpdate::new().visitor(VisitorInfo::new().milestone("Closed"));
/// let visitor = client.call(&UpdateVisitor::new(who, update)).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UpdateVisitor {
    /// Whom.
    pub who: VisitorRef,
    /// The changes.
    pub update: VisitorUpdate,
}

impl UpdateVisitor {
    /// The call with these arguments.
    pub fn new(who: VisitorRef, update: VisitorUpdate) -> UpdateVisitor {
        UpdateVisitor { who, update }
    }
}

impl Operation for UpdateVisitor {
    const ENDPOINT: Endpoint = Endpoint {
        name: "updateVisitor",
        method: Method::Post,
        path: "/{appId}/visitor/{idType}/{idValue}",
        args: &["who"],
        source: Source::Assumed,
        repeat: Repeat::Idempotent,
        body: BodyKind::Json,
        takes_submission_key: false,
    };
    type Body = VisitorUpdate;
    type Response = Visitor;

    fn path_args(&self) -> Vec<PathArg> {
        self.who.path_args().into()
    }

    fn body(&self) -> Body<'_, VisitorUpdate> {
        Body::Json(&self.update)
    }
}
