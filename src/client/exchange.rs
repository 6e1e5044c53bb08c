//! One typed call, step by step, for those who send its requests themselves.

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use super::transport::{Failure, Request, Response};
use super::untyped::Untyped;
use super::{json, multipart};
use crate::core::call::{Call, CallOptions, Moment, Step};
use crate::core::config::Config;
use crate::core::operation::{Body, Operation};
use crate::error::{Error, Problem, Result};

/// One call of an operation, without any input or output. It says which request to make, is told
/// what came of it, and says what next. A [`Client`](crate::Client) drives it on a
/// [`Transport`](crate::Transport); a program that blocks, or has a runtime of its own, can do the
/// same.
///
/// ```
/// # // In WebAssembly there is no clock of the standard library: see `receive_at`.
/// # #[cfg(not(target_arch = "wasm32"))] {
/// use botsplash::{BASE_URL, Config, Exchange, Failure, Request, Response, Step};
/// use botsplash::{MessageSend, SendMessage};
///
/// # fn send(request: &Request<'_>) -> Result<Response, Failure> {
/// #     Ok(Response::new(200, request.url).body(br#"{"id":"v-1"}"#))
/// # }
/// let config = Config::new(BASE_URL, "acme")?;
/// let operation = SendMessage::new(MessageSend::new("Welcome!"));
/// let mut exchange = Exchange::new(config, &operation)?;
/// let visitor = loop {
///     let started = std::time::Instant::now();
///     let result = send(&exchange.request());
///     match exchange.receive(result, started.elapsed()) {
///         Step::Done(result) => break result?,
///         Step::Wait(time) => std::thread::sleep(time),
///     }
/// };
/// assert_eq!(visitor.id.as_deref(), Some("v-1"));
/// # }
/// # Ok::<(), botsplash::Error>(())
/// ```
#[must_use]
pub struct Exchange<O> {
    pub(crate) untyped: Untyped,
    operation: PhantomData<fn() -> O>,
}

impl<O: Operation> Exchange<O> {
    /// A call of the operation that has made no request yet.
    ///
    /// # Errors
    /// `validation` where an argument cannot be sent.
    pub fn new(config: impl Into<Arc<Config>>, operation: &O) -> Result<Exchange<O>> {
        Exchange::with(config, operation, &CallOptions::default())
    }

    /// The same with options of its own.
    ///
    /// # Errors
    /// As [`new`](Exchange::new), and `configuration` where an option is out of its range.
    pub fn with(
        config: impl Into<Arc<Config>>,
        operation: &O,
        options: &CallOptions,
    ) -> Result<Exchange<O>> {
        let endpoint = &const { O::ENDPOINT };
        let call = Call::new(&config.into(), endpoint, &operation.path_args(), options)?;
        let key = call.request().body_key;
        let (content_type, body) = match operation.body() {
            Body::Empty => (None, None),
            Body::Json(body) => {
                let json = match &*operation.extra_fields() {
                    [] => json::write(body, key),
                    extra => {
                        let mut body = json::value(body).ok_or_else(|| unwritten(endpoint.name))?;
                        for (path, value) in extra {
                            json::put(&mut body, path, value).ok_or_else(|| {
                                let problem = "expected the path of a field in an object";
                                wrong(endpoint.name, path, problem)
                            })?;
                        }
                        json::write(&body, key)
                    }
                };
                let json = json.ok_or_else(|| unwritten(endpoint.name))?;
                (Some("application/json".into()), Some(json))
            }
            Body::File(file) => {
                let (content_type, form) = multipart::form(file, key);
                (Some(content_type), Some(form))
            }
        };
        Ok(Exchange { untyped: Untyped { call, content_type, body }, operation: PhantomData })
    }

    /// The request to make now.
    pub fn request(&self) -> Request<'_> {
        self.untyped.request()
    }

    /// Takes what came of the request, and how long it took, and says what next.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn receive(
        &mut self,
        result: std::result::Result<Response, Failure>,
        took: Duration,
    ) -> Step<O::Response> {
        self.receive_at(result, took, super::clock::moment)
    }

    /// The same, at a moment that the caller knows. It is asked for after a failure.
    pub fn receive_at(
        &mut self,
        result: std::result::Result<Response, Failure>,
        took: Duration,
        moment: impl FnOnce() -> Moment,
    ) -> Step<O::Response> {
        let mut answer = None;
        let outcome = self.untyped.outcome(result, took, &mut |body| {
            answer = json::read(body);
            answer.is_some()
        });
        match self.untyped.call.receive(outcome, moment) {
            Step::Wait(time) => Step::Wait(time),
            Step::Done(Err(error)) => Step::Done(Err(error)),
            Step::Done(Ok(())) => Step::Done(answer.ok_or_else(|| self.untyped.call.abandon())),
        }
    }

    /// The operation's name.
    pub fn operation(&self) -> &'static str {
        self.untyped.call.operation()
    }

    /// Takes note of a wait that took longer than it was to: a busy program, a sleeping machine.
    ///
    /// # Errors
    /// `timeout` where the call's time is over, so that nothing is sent any more.
    pub fn overrun(&mut self, by: Duration) -> Result<()> {
        self.untyped.call.overrun(by)
    }

    /// The error for a caller who gives up between two requests.
    pub fn abandon(mut self) -> Error {
        self.untyped.call.abandon()
    }
}

fn unwritten(operation: &'static str) -> Error {
    wrong(operation, "body", "cannot be written as a JSON object")
}

fn wrong(operation: &'static str, field: &str, problem: &str) -> Error {
    Error::validation(operation, field.into(), Problem::Told(problem.into()))
}

impl<O> std::fmt::Debug for Exchange<O> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Exchange").field("call", &self.untyped.call).finish_non_exhaustive()
    }
}
