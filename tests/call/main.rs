//! One call, from its first request to the last word about it, with no network and no clock.

mod attempts;
mod credentials;
mod messages;
mod privacy;
mod routes;
mod time;
mod urls;

use std::time::Duration;

use botsplash::internals::call::{Call, CallOptions, Moment, Step};
use botsplash::internals::http::{End, Method, Outcome};
use botsplash::internals::operation::{Endpoint, Operation, PathArg, Repeat};
use botsplash::{
    BASE_URL, CallVisitorAction, Cause, Config, Credentials, Delivery, ENDPOINTS, Error, ErrorCode,
    KeyPlacement, ListMeetings, ScheduleMeeting, SendMessage, SubmitListener, TriggerSequence,
    UpdateVisitor, UploadFile,
};

use Delivery::{Accepted, NotSent, Rejected, Unknown};

// One route of each kind.
const READ: &Endpoint = &ListMeetings::ENDPOINT;
const IDEMPOTENT: &Endpoint = &UpdateVisitor::ENDPOINT;
const SEND: &Endpoint = &SubmitListener::ENDPOINT;
const EACH: [&Endpoint; 3] = [READ, IDEMPOTENT, SEND];

/// 6 November 1994, 08:49:37 GMT.
const NOW_MS: f64 = 784_111_777_000.0;

/// A call before it begins. The client has credentials and retries twice unless told otherwise.
struct Scenario {
    config: Config,
    route: &'static Endpoint,
    args: Vec<PathArg>,
    options: CallOptions,
    jitter: f64,
}

/// Its outcome.
struct Played {
    requests: usize,
    waits: Vec<Duration>,
    result: Result<&'static str, Error>,
    /// From the first request to the end, waits included.
    total: Duration,
}

fn call(route: &'static Endpoint) -> Scenario {
    let args = route.path.matches('{').skip(1).map(|_| PathArg::new("id", "7"));
    let basic = Credentials::Basic { username: "acme-crm".into(), password: "hunter2".into() };
    Scenario {
        config: config().credentials(basic).expect("the credentials are good"),
        route,
        args: args.collect(),
        options: CallOptions::default(),
        jitter: 0.5,
    }
}

fn with_key(route: &'static Endpoint, key: &str, placement: KeyPlacement) -> Scenario {
    let credentials = Credentials::ApiKey { key: key.into(), placement };
    call(route).anonymous().configured(|config| config.credentials(credentials))
}

fn config() -> Config {
    Config::new(BASE_URL, "acme").expect("the configuration is good")
}

impl Scenario {
    fn configured(self, change: impl FnOnce(Config) -> Result<Config, Error>) -> Scenario {
        Scenario { config: change(self.config).expect("the configuration is good"), ..self }
    }

    fn anonymous(self) -> Scenario {
        Scenario { config: config(), ..self }
    }

    fn retries(mut self, retries: u32) -> Scenario {
        self.options.retries = Some(retries);
        self
    }

    fn timeout(mut self, millis: u64) -> Scenario {
        self.options.timeout = Some(Duration::from_millis(millis));
        self
    }

    fn args<const N: usize>(mut self, values: [&'static str; N]) -> Scenario {
        self.args = values.map(|value| PathArg::new("id", value)).into();
        self
    }

    fn jitter(self, jitter: f64) -> Scenario {
        Scenario { jitter, ..self }
    }

    fn begin(&self) -> Result<Call, Error> {
        Call::new(&self.config.clone().into(), self.route, &self.args, &self.options)
    }

    /// The error of a call that never began.
    fn refused(&self) -> Error {
        self.begin().expect_err("the call begins")
    }

    /// The first request: method, URL, `Authorization`, key for the body.
    fn request(&self) -> (Method, String, Option<String>, Option<String>) {
        let call = self.begin().expect("the call begins");
        let request = call.request();
        let own = |text: Option<&str>| text.map(str::to_owned);
        (request.method, request.url.to_owned(), own(request.authorization), own(request.body_key))
    }

    fn url(&self) -> String {
        self.request().1
    }

    /// Answers each request in turn until the call is over.
    fn play(&self, answers: impl IntoIterator<Item = Answer>) -> Played {
        self.walk(answers, false)
    }

    /// The same, but the caller gives up while the call waits after the last answer.
    fn abandon_after(&self, answers: impl IntoIterator<Item = Answer>) -> Played {
        self.walk(answers, true)
    }

    fn walk(&self, answers: impl IntoIterator<Item = Answer>, abandon: bool) -> Played {
        let mut call = self.begin().expect("the call begins");
        let (mut requests, mut waits, mut total) = (0, Vec::new(), Duration::ZERO);
        let mut answers = answers.into_iter().peekable();
        let result = loop {
            let answer = answers.next().expect("the call goes on after the scenario's last answer");
            let limit = call.limit();
            assert!(limit > Duration::ZERO, "an attempt that cannot succeed");
            let took = answer.took.unwrap_or(limit).min(limit);
            requests += 1;
            total += took;
            let outcome = Outcome { duration: took, ..answer.outcome };
            match call.receive(outcome, || Moment { now_ms: NOW_MS, jitter: self.jitter }) {
                Step::Done(result) => break result,
                Step::Wait(time) => {
                    waits.push(time);
                    total += time;
                }
            }
            if abandon && answers.peek().is_none() {
                break Err(call.abandon());
            }
        };
        Played { requests, waits, result, total }
    }

    /// The error after these answers.
    fn fails(&self, answers: impl IntoIterator<Item = Answer>) -> Error {
        self.play(answers).result.expect_err("the call fails")
    }
}

/// The outcome of one request, and how long it took; without a time, as long as it may.
struct Answer {
    outcome: Outcome<&'static str>,
    took: Option<Duration>,
}

fn ends(end: End<&'static str>) -> Answer {
    Answer { outcome: Outcome::unanswered(end), took: Some(Duration::from_millis(80)) }
}

fn answered(status: u16, end: End<&'static str>) -> Answer {
    let mut answer = ends(end);
    answer.outcome.status = Some(status);
    answer
}

fn status(status: u16) -> Answer {
    answered(status, End::Text("sorry".into()))
}

fn json(status: u16) -> Answer {
    answered(status, End::Json("answer"))
}

fn ok() -> Answer {
    json(200)
}

fn page(status: u16) -> Answer {
    answered(status, End::Text("<html>".into()))
}

/// The head arrived and the body was lost.
fn cut(status: u16) -> Answer {
    answered(status, End::Lost(cause()))
}

fn lost() -> Answer {
    ends(End::Lost(cause()))
}

fn hangs() -> Answer {
    Answer { took: None, ..ends(End::TimedOut) }
}

fn aborted() -> Answer {
    ends(End::Aborted)
}

fn cause() -> Cause {
    Cause::named("TypeError", Some("ECONNRESET".into()))
}

impl Answer {
    fn retry_after(mut self, value: &str) -> Answer {
        self.outcome.retry_after = Some(value.into());
        self
    }

    fn request_id(mut self, id: &str) -> Answer {
        self.outcome.request_id = Some(id.into());
        self
    }

    fn text(mut self, text: &str) -> Answer {
        self.outcome.end = End::Text(text.into());
        self
    }

    fn took(mut self, millis: u64) -> Answer {
        self.took = Some(Duration::from_millis(millis));
        self
    }
}

fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}
