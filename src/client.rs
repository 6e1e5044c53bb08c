//! The client: the one loop that asks an [`Exchange`] what to do and a [`Transport`] to do it.

#[cfg(not(target_arch = "wasm32"))]
mod clock;
mod exchange;
mod json;
mod multipart;
mod race;
pub(crate) mod transport;
mod untyped;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

pub use exchange::Exchange;
pub use transport::{Failure, Request, Response, Transport};

use crate::core::call::{CallOptions, Step};
use crate::core::config::Config;
use crate::core::http::{End, Outcome};
use crate::core::operation::Operation;
use crate::core::retry;
use crate::core::threads::{MaybeSend, MaybeSync};
use crate::core::time::{duration, millis};
use crate::error::{Delivery, Result};
use race::before;
use untyped::{Read, Untyped};

/// One attempt, as an observer is told of it: no URL, no body, nobody's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AttemptEvent {
    /// The operation's name.
    pub operation: &'static str,
    /// Its number; the first is 1.
    pub attempt: u32,
    /// The HTTP status, if a response began to arrive.
    pub status: Option<u16>,
    /// From the request's start to the response's last byte or the failure.
    pub duration: Duration,
    /// The effect that this attempt alone may have had.
    pub delivery: Delivery,
}

#[cfg(not(target_arch = "wasm32"))]
type Observer = Arc<dyn Fn(&AttemptEvent) + Send + Sync>;
#[cfg(target_arch = "wasm32")]
type Observer = Arc<dyn Fn(&AttemptEvent)>;

/// The end of the caller's patience.
#[cfg(not(target_arch = "wasm32"))]
type GivesUp<'a> = dyn Future<Output = ()> + Send + 'a;
/// The end of the caller's patience.
#[cfg(target_arch = "wasm32")]
type GivesUp<'a> = dyn Future<Output = ()> + 'a;

/// A client of the Botsplash Open API. Cheap to clone.
///
/// Where there are threads, it is `Send` and `Sync`, and so are its calls, for every transport.
///
/// ```no_run
/// # #[cfg(target_arch = "wasm32")]
/// # async fn example() -> Result<(), botsplash::Error> {
/// use botsplash::{BASE_URL, Client, Config, Credentials, Fetch, MessageSend, SendMessage};
///
/// let config = Config::new(BASE_URL, "acme")?
///     .credentials(Credentials::basic("acme-crm", "…"))?;
/// let client = Client::new(config, Fetch::new())?;
/// let visitor = client.call(&SendMessage::new(MessageSend::new("Welcome!"))).await?;
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
    #[must_use]
    pub fn on_attempt(
        mut self,
        observer: impl Fn(&AttemptEvent) + MaybeSend + MaybeSync + 'static,
    ) -> Client<T> {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// The transport that sends its requests.
    pub fn transport(&self) -> &T {
        &self.transport
    }

    /// The same client on another transport.
    pub fn with_transport(&self, transport: T) -> Client<T> {
        Client { config: Arc::clone(&self.config), transport, observer: self.observer.clone() }
    }

    /// Makes a call. Where its future is dropped, the call ends, with its request in flight.
    ///
    /// # Errors
    /// The failure, and the known effect of the request: see [`Error`](crate::Error).
    pub fn call<O: Operation>(
        &self,
        operation: &O,
    ) -> impl Future<Output = Result<O::Response>> + MaybeSend {
        self.call_with(operation, CallOptions::default())
    }

    /// Makes a call with a timeout or retries of its own.
    ///
    /// # Errors
    /// As [`call`](Client::call).
    pub fn call_with<O: Operation>(
        &self,
        operation: &O,
        options: CallOptions,
    ) -> impl Future<Output = Result<O::Response>> + MaybeSend {
        self.call_until(operation, options, std::future::pending())
    }

    /// Makes a call that ends with `aborted` once `gives_up` does, and says then what is known.
    ///
    /// # Errors
    /// As [`call`](Client::call).
    pub fn call_until<O: Operation>(
        &self,
        operation: &O,
        options: CallOptions,
        gives_up: impl Future<Output = ()> + MaybeSend,
    ) -> impl Future<Output = Result<O::Response>> + MaybeSend {
        let exchange = Exchange::with(Arc::clone(&self.config), operation, &options);
        self.run(exchange, gives_up)
    }

    /// Makes the requests of a call. It holds nothing of the operation but its response.
    async fn run<O: Operation>(
        &self,
        exchange: Result<Exchange<O>>,
        gives_up: impl Future<Output = ()> + MaybeSend,
    ) -> Result<O::Response> {
        let mut untyped = exchange?.untyped;
        let mut answer = None;
        let mut read = |body: &[u8]| {
            answer = json::read(body);
            answer.is_some()
        };
        self.drive(&mut untyped, &mut read, std::pin::pin!(gives_up)).await?;
        answer.ok_or_else(|| untyped.call.abandon())
    }

    /// The same for all operations. A success has been read.
    async fn drive(
        &self,
        untyped: &mut Untyped,
        read: &mut Read<'_>,
        mut gives_up: Pin<&mut GivesUp<'_>>,
    ) -> Result<()> {
        for attempt in 1.. {
            let started = self.transport.elapsed();
            let took = || between(started, self.transport.elapsed());
            let request = untyped.request();
            let outcome = match before(self.send(&request), gives_up.as_mut()).await {
                Some(result) => untyped.outcome(result, took(), read),
                None => Outcome { duration: took(), ..Outcome::unanswered(End::Aborted) },
            };
            if let Some(observer) = self.observer.as_ref().filter(|_| outcome.was_tried()) {
                observer(&AttemptEvent {
                    operation: untyped.call.operation(),
                    attempt,
                    status: outcome.status,
                    duration: outcome.duration,
                    delivery: retry::effect(&outcome),
                });
            }
            match untyped.call.receive(outcome, || self.transport.moment()) {
                Step::Done(result) => return result,
                Step::Wait(time) => {
                    let started = self.transport.elapsed();
                    let Some(()) = before(self.transport.sleep(time), gives_up.as_mut()).await
                    else {
                        break;
                    };
                    let took = between(started, self.transport.elapsed());
                    untyped.call.overrun(between(time, took))?;
                }
            }
        }
        Err(untyped.call.abandon())
    }

    /// Makes one request, in its time.
    #[cfg(not(target_arch = "wasm32"))]
    async fn send(&self, request: &Request<'_>) -> std::result::Result<Response, Failure> {
        let sent = before(self.transport.send(request), self.transport.sleep(request.timeout));
        sent.await.unwrap_or(Err(Failure::TimedOut))
    }

    /// Makes one request, in its time: the transport knows whether a head had arrived by then.
    #[cfg(target_arch = "wasm32")]
    fn send(
        &self,
        request: &Request<'_>,
    ) -> impl Future<Output = std::result::Result<Response, Failure>> {
        self.transport.send(request)
    }
}

/// The time from one moment to another, none where that is earlier.
fn between(one: Duration, other: Duration) -> Duration {
    duration(millis(other) - millis(one))
}

impl<T> fmt::Debug for Client<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("config", &self.config).finish_non_exhaustive()
    }
}
