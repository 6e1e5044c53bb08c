//! Call visitor action: runs one of the account's actions for a visitor.

use crate::api::{Visitor, VisitorRef};
use crate::core::http::Method;
use crate::core::operation::{Body, BodyKind, Operation, Origin, PathArg, Repeat, Route};

/// Runs an action for a visitor known by an external id.
///
/// Source: operation `callVisitorAction`; its route is assumed.
#[derive(Clone, Debug, PartialEq)]
pub struct CallVisitorAction {
    /// For whom.
    pub who: VisitorRef,
    /// The action's id.
    pub action_id: String,
}

impl Operation for CallVisitorAction {
    const ROUTE: Route = Route {
        name: "callVisitorAction",
        method: Method::Post,
        path: "/{appId}/visitor/{idType}/{idValue}/action/{actionId}",
        origin: Origin::Assumed,
        repeat: Repeat::Send,
        body: BodyKind::Empty,
        keyed: false,
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
