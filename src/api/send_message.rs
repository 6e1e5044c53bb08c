//! Send message: a direct message to a visitor.

use serde::{Deserialize, Serialize};

use crate::api::{Visitor, VisitorInfo};
use crate::core::http::Method;
use crate::core::model::request;
use crate::core::operation::{Body, BodyKind, Endpoint, Operation, PathArg, Repeat, Source};

request! {
    /// A message, and whom it is for.
    #[derive(Eq, Hash)]
    pub struct MessageSend {
        /// The text to send.
        pub text: String,
        /// The visitor, known by CRM id and phone number.
        pub visitor: Option<VisitorInfo>,
    }
}

/// Sends a message to a visitor known by CRM id and phone number, so that a CRM can follow up
/// without leaving its own screen.
///
/// Source: operation `sendMessage`; its route is assumed.
/// Where an account's own description has another one, `npx botsplash contract` finds it, and
/// [`Config::route`](crate::Config::route) takes it.
///
/// ```no_run
/// # async fn example<T: botsplash::Transport>(client: botsplash::Client<T>)
/// # -> Result<(), Box<dyn std::error::Error>> {
/// use botsplash::{MessageSend, SendMessage, VisitorInfo};
///
/// let visitor = VisitorInfo::new().client_visitor_id("12345").phone_number("3334445555");
/// let message = MessageSend::new("Your documents arrived.").visitor(visitor);
/// let visitor = client.call(&SendMessage::new(message)).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SendMessage {
    /// The message.
    pub message: MessageSend,
}

impl SendMessage {
    /// The call with these arguments.
    pub fn new(message: MessageSend) -> SendMessage {
        SendMessage { message }
    }
}

impl Operation for SendMessage {
    const ENDPOINT: Endpoint = Endpoint {
        name: "sendMessage",
        method: Method::Post,
        path: "/{appId}/message",
        args: &[],
        source: Source::Assumed,
        repeat: Repeat::Send,
        body: BodyKind::Json,
        takes_submission_key: false,
    };
    type Body = MessageSend;
    type Response = Visitor;

    fn path_args(&self) -> Vec<PathArg> {
        Vec::new()
    }

    fn body(&self) -> Body<'_, MessageSend> {
        Body::Json(&self.message)
    }
}
