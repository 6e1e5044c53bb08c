//! The client: the one loop that asks a [`Call`] what to do and a [`Transport`] to do it.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::core::call::{Call, CallOptions, Moment, Step};
use crate::core::config::Config;
use crate::core::http::{Outcome, Request};
use crate::core::operation::{Body, File, Operation};
use crate::core::retry;
use crate::error::{Delivery, Error, Problem, Result};

/// What carries requests. The crate brings one, `Fetch`, for WebAssembly.
pub trait Transport {
    /// A body that can be sent, more than once if need be.
    type Body;
    /// A JSON object as it was received.
    type Value;

    /// Encodes a JSON body.
    ///
    /// # Errors
    /// What is wrong with it, without quoting it.
    fn json<B: Serialize>(&self, body: &B) -> std::result::Result<Self::Body, String>;

    /// Takes a file as a body.
    ///
    /// # Errors
    /// What is wrong with it, without quoting it.
    fn file(&self, file: &File) -> std::result::Result<Self::Body, String>;

    /// Decodes an answer.
    ///
    /// # Errors
    /// The answer's text, where it does not fit the type.
    fn decode<R: DeserializeOwned>(&self, value: Self::Value) -> std::result::Result<R, String>;

    /// Makes one request and reads the whole answer, within `limit`.
    ///
    /// It follows no redirect and sends nothing beyond what it is told and what it takes.
    fn attempt(
        &self,
        request: &Request<'_>,
        body: Option<&Self::Body>,
        limit: Duration,
    ) -> impl Future<Output = Outcome<Self::Value>>;

    /// Waits, and answers how long it took; `None` where the caller gave up meanwhile.
    fn sleep(&self, time: Duration) -> impl Future<Output = Option<Duration>>;

    /// The time of day, and a random number: asked for after a failure.
    fn moment(&self) -> Moment;

    /// Whether whoever uses this program can read its secrets, as in a web page.
    fn is_browser(&self) -> bool {
        false
    }
}

/// One attempt, as an observer is told of it: no URL, no body, nobody's data.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct AttemptEvent {
    /// The operation's name.
    pub operation: &'static str,
    /// Its number; the first is 1.
    pub attempt: u32,
    /// The HTTP status, if an answer began to arrive.
    pub status: Option<u16>,
    /// From the request's start to the answer's last byte or the failure.
    pub duration: Duration,
    /// What this attempt alone may have done.
    pub delivery: Delivery,
}

type Observer = Arc<dyn Fn(&AttemptEvent)>;

/// A client of the Botsplash Open API. Cheap to clone.
///
/// ```no_run
/// # #[cfg(target_arch = "wasm32")]
/// # async fn example() -> botsplash::Result<()> {
/// use botsplash::{BASE_URL, Client, Config, Credentials, Fetch, MessageSend, SendMessage};
///
/// let config = Config::new(BASE_URL, "acme")?
///     .credentials(Credentials::Basic { username: "acme-crm".into(), password: "…".into() })?;
/// let client = Client::new(config, Fetch::new())?;
/// let message = MessageSend { text: "Welcome!".into(), visitor: None };
/// let visitor = client.call(&SendMessage { message }).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client<T> {
    config: Arc<Config>,
    transport: T,
    observer: Option<Observer>,
}

impl<T: Transport> Client<T> {
    /// A client with these settings on this transport.
    ///
    /// # Errors
    /// `configuration` where credentials would be readable by every visitor of a page, unless
    /// the settings allow it.
    pub fn new(mut config: Config, transport: T) -> Result<Client<T>> {
        config.is_browser = transport.is_browser();
        config.guard()?;
        Ok(Client { config: Arc::new(config), transport, observer: None })
    }

    /// Tells `observer` of every attempt, once it is over.
    pub fn on_attempt(mut self, observer: impl Fn(&AttemptEvent) + 'static) -> Client<T> {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// What carries its requests.
    pub fn transport(&self) -> &T {
        &self.transport
    }

    /// The same client on another transport.
    pub fn with_transport(&self, transport: T) -> Client<T> {
        Client { config: Arc::clone(&self.config), transport, observer: self.observer.clone() }
    }

    /// Makes a call.
    ///
    /// # Errors
    /// What went wrong, and what is known about the request's effect: see [`Error`].
    pub async fn call<O: Operation>(&self, operation: &O) -> Result<O::Response> {
        self.call_with(operation, CallOptions::default()).await
    }

    /// Makes a call with a timeout or retries of its own.
    ///
    /// # Errors
    /// As [`call`](Client::call).
    pub async fn call_with<O: Operation>(
        &self,
        operation: &O,
        options: CallOptions,
    ) -> Result<O::Response> {
        let body = match operation.body() {
            Body::Empty => None,
            Body::Json(body) => Some(self.transport.json(body)),
            Body::File(file) => Some(self.transport.file(file)),
        };
        let invalid = |problem: String| {
            Error::validation(O::ENDPOINT.name, "body".into(), Problem::Told(problem))
        };
        let body = body.transpose().map_err(invalid)?;
        let endpoint = &const { O::ENDPOINT };
        let mut call = Call::new(&self.config, endpoint, &operation.path_args(), &options)?;
        let value = self.run(&mut call, body.as_ref()).await?;
        self.transport.decode(value).map_err(|text| call.undecodable(text))
    }

    /// Makes the requests of a call whose body is encoded already, and answers the JSON as it was
    /// received.
    async fn run(&self, call: &mut Call, body: Option<&T::Body>) -> Result<T::Value> {
        for attempt in 1.. {
            let outcome = self.transport.attempt(&call.request(), body, call.limit()).await;
            if let Some(observer) = self.observer.as_ref().filter(|_| outcome.was_sent()) {
                let status = outcome.status;
                let delivery = status.map_or(Delivery::Unknown, retry::delivery);
                observer(&AttemptEvent {
                    operation: call.operation(),
                    attempt,
                    status,
                    duration: outcome.duration,
                    delivery,
                });
            }
            match call.receive(outcome, || self.transport.moment()) {
                Step::Done(result) => return result,
                Step::Wait(time) => {
                    let Some(took) = self.transport.sleep(time).await else { break };
                    call.overrun(took.saturating_sub(time))?;
                }
            }
        }
        Err(call.abandon())
    }
}

impl<T> fmt::Debug for Client<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("config", &self.config).finish_non_exhaustive()
    }
}
