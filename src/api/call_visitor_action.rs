//! Call visitor action: runs one of the account's actions for a visitor.

use serde::{Deserialize, Serialize};

use crate::api::{Visitor, VisitorRef};
use crate::core::http::Method;
use crate::core::operation::{Body, BodyKind, Endpoint, Operation, PathArg, Repeat, Source};

/// Runs an action for a visitor known by an external id.
///
/// Source: operation `callVisitorAction`; its route is assumed.
/// Where an account's own description has another one, `npx botsplash contract` finds it, and
/// [`Config::route`](crate::Config::route) takes it.
///
/// ```no_run
/// # async fn example<T: botsplash::Transport>(client: botsplash::Client<T>)
/// # -> Result<(), Box<dyn std::error::Error>> {
/// use botsplash::{CallVisitorAction, VisitorRef};
///
/// let who = VisitorRef::ClientVisitorId("12345".into());
/// let visitor = client.call(&CallVisitorAction::new(who, "welcome-back")).await?;
/// println!("{:?}", visitor.visitor_status);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CallVisitorAction {
    /// For whom.
    pub who: VisitorRef,
    /// The action's id.
    pub action_id: String,
}

impl CallVisitorAction {
    /// The call with these arguments.
    pub fn new(who: VisitorRef, action_id: impl Into<String>) -> CallVisitorAction {
        CallVisitorAction { who, action_id: action_id.into() }
    }
}

impl Operation for CallVisitorAction {
    const ENDPOINT: Endpoint = Endpoint {
        name: "callVisitorAction",
        method: Method::Post,
        path: "/{appId}/visitor/{idType}/{idValue}/action/{actionId}",
        args: &["who", "actionId"],
        source: Source::Assumed,
        repeat: Repeat::Send,
        body: BodyKind::Empty,
        takes_submission_key: false,
    };
    type Body = ();
    type Response = Visitor;

    fn path_args(&self) -> Vec<PathArg> {
        let [kind, value] = self.who.path_args();
        vec![kind, value, PathArg { name: "actionId", value: self.action_id.clone() }]
    }

    fn body(&self) -> Body<'_, ()> {
        Body::Empty
    }
}
