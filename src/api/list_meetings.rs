//! List meetings: reads a visitor's meetings.

use serde::{Deserialize, Serialize};

use crate::api::VisitorRef;
use crate::core::http::Method;
use crate::core::json::OpenResponse;
use crate::core::model::response;
use crate::core::operation::{Body, BodyKind, Endpoint, Operation, PathArg, Repeat, Source};

response! {
    /// A visitor's meetings.
    pub struct MeetingList {
        /// The visitor's id at Botsplash.
        pub visitor_id: String,
        /// How many meetings there are.
        pub count: i64,
        /// The meetings. Their fields are not published.
        pub meetings: Vec<OpenResponse>,
    }
}

/// Lists the meetings of a visitor known by an external id.
///
/// Source: operation `listMeetings`; its route is assumed.
/// Where an account's own description has another one, `npx botsplash contract` finds it, and
/// [`Config::route`](crate::Config::route) takes it.
///
/// ```no_run
/// # async fn example<T: botsplash::Transport>(client: botsplash::Client<T>)
/// # -> Result<(), Box<dyn std::error::Error>> {
/// use botsplash::{ListMeetings, VisitorRef};
///
/// let who = VisitorRef::ClientVisitorId("12345".into());
/// let list = client.call(&ListMeetings::new(who)).await?;
/// println!("{} meetings", list.count.unwrap_or_default());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ListMeetings {
    /// Whose.
    pub who: VisitorRef,
}

impl ListMeetings {
    /// The call with these arguments.
    pub fn new(who: VisitorRef) -> ListMeetings {
        ListMeetings { who }
    }
}

impl Operation for ListMeetings {
    const ENDPOINT: Endpoint = Endpoint {
        name: "listMeetings",
        method: Method::Get,
        path: "/{appId}/visitor/{idType}/{idValue}/meeting",
        args: &["who"],
        source: Source::Assumed,
        repeat: Repeat::Read,
        body: BodyKind::Empty,
        takes_submission_key: false,
    };
    type Body = ();
    type Response = MeetingList;

    fn path_args(&self) -> Vec<PathArg> {
        self.who.path_args().into()
    }

    fn body(&self) -> Body<'_, ()> {
        Body::Empty
    }
}
