//! The transport on reqwest: TLS by rustls, no redirects.

use std::error::Error as _;
use std::time::Duration;

use crate::client::transport::{Failure, Request, Response, Transport};
use crate::core::http::Method;
use crate::error::{Cause, Error, Problem, Result};

/// A connection that is not made by then is given up, and it is known that nothing was sent.
const CONNECT: Duration = Duration::from_secs(10);

/// A response of success is read up to this many bytes.
const MOST: usize = 16 * 1024 * 1024;

/// The transport on [reqwest](https://docs.rs/reqwest), for programs that run on tokio. Cheap to
/// clone.
///
/// A refused connection, a name that is not found and a failed TLS handshake are `not_sent`. So is a
/// connection that was not made in 10 seconds. A shorter [`timeout`](crate::Config::timeout)
/// ends the call before that is known. Proxies are taken from the environment, as reqwest does.
///
/// ```no_run
/// use botsplash::{BASE_URL, Client, Config, Credentials, ListMeetings, Reqwest, VisitorRef};
///
/// # async fn example() -> Result<(), botsplash::Error> {
/// let credentials = Credentials::basic("acme-crm", "…");
/// let config = Config::new(BASE_URL, "acme")?.credentials(credentials)?;
/// let client = Client::new(config, Reqwest::new()?)?;
/// let who = VisitorRef::ClientVisitorId("12345".into());
/// let meetings = client.call(&ListMeetings::new(who)).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Reqwest {
    client: reqwest::Client,
}

impl Reqwest {
    /// On a client of its own, which gives up a connection after 10 seconds.
    ///
    /// # Errors
    /// `configuration` where the system gives no TLS.
    pub fn new() -> Result<Reqwest> {
        Reqwest::with_builder(reqwest::Client::builder().connect_timeout(CONNECT))
    }

    /// On a client that is built so, but for redirects, which it does not follow, and for
    /// repetitions, which are this crate's to decide about. Set its `connect_timeout` below the
    /// [`timeout`](crate::Config::timeout) of the calls, and a connection that is not made in time
    /// is `not_sent`.
    ///
    /// # Errors
    /// `configuration` where reqwest cannot build it.
    pub fn with_builder(builder: reqwest::ClientBuilder) -> Result<Reqwest> {
        let builder = builder
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false);
        let problem = || Problem::Told("reqwest cannot build a client".into());
        let client = builder.build().map_err(|_| Error::configuration("transport", problem()))?;
        Ok(Reqwest { client })
    }
}

impl Transport for Reqwest {
    async fn send(&self, request: &Request<'_>) -> std::result::Result<Response, Failure> {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let deadline = tokio::time::Instant::now() + request.timeout;
        let mut builder = self.client.request(method, request.url);
        for (name, value) in request.headers() {
            builder = builder.header(name, value);
        }
        if let Some(body) = request.body {
            builder = builder.body(body.to_vec());
        }
        let sent = tokio::time::timeout_at(deadline, builder.send()).await;
        let mut response = sent.map_err(|_| Failure::TimedOut)?.map_err(failure)?;
        let mut answer = Response::new(response.status().as_u16(), response.url().as_str());
        for (name, value) in response.headers() {
            if let Ok(value) = value.to_str() {
                answer = answer.header(name.as_str(), value);
            }
        }
        let is_success = response.status().is_success();
        let most = if is_success { MOST } else { Response::MOST_OF_FAILURE };
        let mut body = Vec::new();
        while body.len() < most {
            match tokio::time::timeout_at(deadline, response.chunk()).await {
                Ok(Ok(Some(chunk))) => body.extend_from_slice(&chunk),
                Ok(Ok(None)) => return Ok(answer.body(body)),
                Ok(Err(error)) => return Ok(answer.cut_off(failure(error))),
                Err(_) => return Ok(answer.cut_off(Failure::TimedOut)),
            }
        }
        Ok(answer.body(body))
    }

    async fn sleep(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

fn failure(error: reqwest::Error) -> Failure {
    // The URL may hold a key.
    let error = error.without_url();
    if error.is_builder() {
        return Failure::Unsendable;
    }
    let cause = Cause::of(error.source().unwrap_or(&error));
    // A connection that was not made in time is both.
    if error.is_connect() {
        Failure::NotSent(cause)
    } else if error.is_timeout() {
        Failure::TimedOut
    } else {
        Failure::Lost(cause)
    }
}
