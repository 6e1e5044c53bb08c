//! Schedule meeting: makes an appointment with an existing visitor.

use serde::{Deserialize, Serialize};

use crate::api::VisitorRef;
use crate::core::date::DateTime;
use crate::core::http::Method;
use crate::core::model::{request, response};
use crate::core::operation::{Body, BodyKind, Endpoint, Operation, PathArg, Repeat, Source};

request! {
    /// A meeting to schedule.
    #[derive(Eq, Hash)]
    pub struct MeetingSchedule {
        /// The caller's own id of the agent or employee who holds the meeting.
        pub agent_client_user_id: String,
        /// When it begins: an ISO 8601 date-time with an offset, in the future.
        #[cfg_attr(all(target_arch = "wasm32", feature = "js"), tsify(type = "string | Date"))]
        pub followup_at: DateTime,
        /// Minutes. The server's default is 30.
        pub duration: Option<i64>,
        /// Notes for the agent.
        pub notes: Option<String>,
        /// The meeting's subject. The server's default is "Meeting scheduled via API".
        pub description: Option<String>,
        /// Email addresses of further people to invite.
        pub additional_emails: Option<Vec<String>>,
    }
}

response! {
    /// The answer to a scheduled meeting.
    pub struct MeetingScheduleResponse {
        /// Whether the meeting was scheduled.
        pub success: bool,
        /// The visitor's id at Botsplash.
        pub visitor_id: String,
        /// The meeting's id.
        pub meeting_id: String,
        /// When it begins: an ISO 8601 date-time.
        pub followup_at: String,
        /// The error of the visitor's update.
        pub update_error: String,
        /// Where an agent sees the visitor.
        pub visitor_url: String,
    }
}

/// Schedules a meeting with a visitor known by an external id; one that does not exist is a 400.
///
/// Whether the time lies in the future is left to the server, whose clock decides.
/// Source: operation `scheduleMeeting`; its route is assumed.
/// Where an account's own description has another one, `npx botsplash contract` finds it, and
/// [`Config::route`](crate::Config::route) takes it.
///
/// ```no_run
/// # async fn example<T: botsplash::Transport>(client: botsplash::Client<T>)
/// # -> Result<(), Box<dyn std::error::Error>> {
/// use botsplash::{DateTime, MeetingSchedule, ScheduleMeeting, VisitorRef};
///
/// let begin = DateTime::new("2030-08-24T14:15:22Z").ok_or("expected a date-time with an offset")?;
/// let meeting = MeetingSchedule::new("agent-7", begin).duration(45).notes("About the loan");
/// let who = VisitorRef::ClientVisitorId("12345".into());
/// let answer = client.call(&ScheduleMeeting::new(who, meeting)).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ScheduleMeeting {
    /// With whom.
    pub who: VisitorRef,
    /// When, and with which agent.
    pub meeting: MeetingSchedule,
}

impl ScheduleMeeting {
    /// The call with these arguments.
    pub fn new(who: VisitorRef, meeting: MeetingSchedule) -> ScheduleMeeting {
        ScheduleMeeting { who, meeting }
    }
}

impl Operation for ScheduleMeeting {
    const ENDPOINT: Endpoint = Endpoint {
        name: "scheduleMeeting",
        method: Method::Post,
        path: "/{appId}/visitor/{idType}/{idValue}/meeting",
        args: &["who"],
        source: Source::Assumed,
        repeat: Repeat::Send,
        body: BodyKind::Json,
        takes_submission_key: false,
    };
    type Body = MeetingSchedule;
    type Response = MeetingScheduleResponse;

    fn path_args(&self) -> Vec<PathArg> {
        self.who.path_args().into()
    }

    fn body(&self) -> Body<'_, MeetingSchedule> {
        Body::Json(&self.meeting)
    }
}
