//! Trigger sequence: starts a sequence for a visitor.

use serde::{Deserialize, Serialize};

use crate::api::VisitorInfo;
use crate::core::http::Method;
use crate::core::model::{request, response};
use crate::core::operation::{Body, BodyKind, Endpoint, Operation, PathArg, Repeat, Source};

request! {
    /// The input of a sequence.
    #[derive(Eq, Hash)]
    pub struct SequenceTrigger {
        /// The visitor to create or update, and to start the sequence for.
        pub visitor: VisitorInfo,
    }
}

response! {
    /// The answer to a triggered sequence.
    pub struct SequenceTriggerResponse {
        /// The visitor's id at Botsplash.
        pub visitor_id: String,
        /// The id of the sequence's run for this visitor.
        pub visitor_sequence_id: String,
        /// Where an agent sees the visitor.
        pub visitor_url: String,
        /// Whether the sequence was started.
        pub success: bool,
    }
}

/// Creates or updates the visitor and starts a sequence for it.
///
/// Source: operation `triggerSequence`; its route is assumed.
/// Where an account's own description has another one, `npx botsplash contract` finds it, and
/// [`Config::route`](crate::Config::route) takes it.
///
/// ```no_run
/// # async fn example<T: botsplash::Transport>(client: botsplash::Client<T>)
/// # -> Result<(), Box<dyn std::error::Error>> {
/// use botsplash::{SequenceTrigger, TriggerSequence, VisitorInfo};
///
/// let visitor = VisitorInfo::new().client_visitor_id("12345").phone_number("3334445555");
/// let trigger = TriggerSequence::new("onboarding", SequenceTrigger::new(visitor));
/// let answer = client.call(&trigger).await?;
/// println!("{:?}", answer.visitor_url);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TriggerSequence {
    /// The sequence's id.
    pub sequence_id: String,
    /// The visitor.
    pub trigger: SequenceTrigger,
}

impl TriggerSequence {
    /// The call with these arguments.
    pub fn new(sequence_id: impl Into<String>, trigger: SequenceTrigger) -> TriggerSequence {
        TriggerSequence { sequence_id: sequence_id.into(), trigger }
    }
}

impl Operation for TriggerSequence {
    const ENDPOINT: Endpoint = Endpoint {
        name: "triggerSequence",
        method: Method::Post,
        path: "/{appId}/sequence/{id}",
        args: &["sequenceId"],
        source: Source::Assumed,
        repeat: Repeat::Send,
        body: BodyKind::Json,
        takes_submission_key: false,
    };
    type Body = SequenceTrigger;
    type Response = SequenceTriggerResponse;

    fn path_args(&self) -> Vec<PathArg> {
        vec![PathArg { name: "sequenceId", value: self.sequence_id.clone() }]
    }

    fn body(&self) -> Body<'_, SequenceTrigger> {
        Body::Json(&self.trigger)
    }
}
