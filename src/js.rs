//! The boundary: all that crosses between JavaScript and the wasm, in the order in which it does.
//!
//! Only numbers and texts cross. JavaScript reads the arguments, holds what the platform gives, and
//! drives each call from step to step. The request, how often it may go out and the truth about it are
//! decided here. `pkg-template/src/boundary.ts` is the other side, with the same names.
//!
//! ```text
//! give …, configure                    a client                 says AUTHORIZATION, BODY_KEY
//! give …, begin                        a call
//!   request                            what to send             says a request
//!   give …, receive                    what came of it          answers a step
//!   resume, or abandon                 after a wait
//! release                              the client is not needed any more
//! ```
//!
//! A function that answers [`STEP_FAILED`] has said a failure. The tables, the sentences and the
//! names that JavaScript needs never cross: the build takes them from `tables.rs`.

mod state;
mod tables;

use wasm_bindgen::prelude::*;

use crate::core::call::{CallOptions, Step};
use crate::core::http::{End, Outcome};
use crate::core::retry::asked;
use crate::core::time::{duration, millis};
use crate::error::sentence::{Detail, Sentence};
use crate::error::{Cause, Error, Problem};
use state::{Settings, with};

// A third of the default one's size, and constant time as well.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

#[wasm_bindgen(typescript_custom_section)]
const CLIENT: &str = include_str!("js/client.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("js/types.d.ts");

// --- the texts, by what they are

const TEXT_BASE_URL: usize = 0;
const TEXT_APP_ID: usize = 1;
const TEXT_USERNAME: usize = 2;
const TEXT_PASSWORD: usize = 3;
const TEXT_API_KEY: usize = 4;
/// Said: the header's value.
const TEXT_AUTHORIZATION: usize = 5;
/// Said: the API key that goes into bodies.
const TEXT_BODY_KEY: usize = 6;
/// The first of the values for the path; two others follow.
const TEXT_VALUE: usize = 7;
const TEXT_SUBMISSION_KEY: usize = 10;
/// The response's text.
const TEXT_BODY: usize = 11;
/// The class of what failed, and its system's code.
const TEXT_CAUSE: usize = 12;
const TEXT_CAUSE_CODE: usize = 13;
const TEXT_REQUEST_ID: usize = 14;
/// Said: the argument or option that is wrong.
const TEXT_FIELD: usize = 15;
/// Said: what a sentence leaves open.
const TEXT_DETAIL: usize = 16;
/// The first of the replaced endpoints, one for each operation.
const TEXT_ENDPOINT: usize = 17;

// --- how an attempt ended

const END_JSON: u8 = 1;
const END_TEXT: u8 = 2;
const END_LOST: u8 = 3;
const END_TIMED_OUT: u8 = 4;
const END_ABORTED: u8 = 5;
const END_REDIRECT: u8 = 6;
const END_NOT_STARTED: u8 = 7;
const END_UNSENDABLE: u8 = 8;
const END_NOT_CONNECTED: u8 = 9;

// --- what comes next, where it is not a number of milliseconds to wait

const STEP_DONE: i32 = -1;
const STEP_FAILED: i32 = -2;

// --- what Rust says, while JavaScript waits for a function to return

#[wasm_bindgen(module = "/src/js/said.js")]
extern "C" {
    /// A text.
    #[wasm_bindgen(js_name = sayText)]
    fn say_text(which: usize, text: &str);

    /// The request to make: the place of its method, how long it may take, whether the API key goes
    /// into its body.
    #[wasm_bindgen(js_name = sayRequest)]
    fn say_request(method: usize, limit_ms: f64, is_key_in_body: bool, url: &str);

    /// An error, by the places of its words: the code, the delivery and the sentences. `number` is
    /// what a sentence leaves open. The last two are 0 and -1 where there is none.
    #[allow(clippy::too_many_arguments)]
    #[wasm_bindgen(js_name = sayFailure)]
    fn say_failure(
        code: usize,
        delivery: usize,
        problem: usize,
        number: u32,
        known: usize,
        hint: usize,
        status: u16,
        retry_after_ms: f64,
    );
}

// --- what JavaScript calls

/// Hands over a text for the next function that is called.
#[wasm_bindgen(skip_typescript)]
pub fn give(which: usize, text: &str) {
    with(|state| state.give(which, text));
}

/// Sets a client up. NaN is as if it were not given. Answers its handle, or [`STEP_FAILED`].
///
/// Texts: `BASE_URL`, `APP_ID`, `USERNAME` and `PASSWORD`, or `API_KEY`, `ENDPOINT` and those after
/// it. Says `AUTHORIZATION` or `BODY_KEY`.
#[wasm_bindgen(skip_typescript)]
pub fn configure(
    timeout_ms: f64,
    retries: f64,
    is_key_in_body: bool,
    is_browser: bool,
    allows_browser_credentials: bool,
) -> i32 {
    let settings = Settings {
        limits: limits(timeout_ms, retries),
        is_key_in_body,
        is_browser,
        allows_browser_credentials,
    };
    with(|state| match state.configure(settings) {
        Ok((client, config)) => {
            if let Some(authorization) = &config.authorization {
                say_text(TEXT_AUTHORIZATION, authorization.expose());
            }
            if let Some(key) = config.body_key() {
                say_text(TEXT_BODY_KEY, key);
            }
            client as i32
        }
        Err(error) => fail(error),
    })
}

/// Gives a client's memory back. Its calls go on.
#[wasm_bindgen(skip_typescript)]
pub fn release(client: usize) {
    with(|state| state.release(client));
}

/// Begins a call of an operation, by its place. NaN is as if it were not given. Answers its handle,
/// or [`STEP_FAILED`].
///
/// Texts: `VALUE` and those after it, `SUBMISSION_KEY`.
#[wasm_bindgen(skip_typescript)]
pub fn begin(client: usize, operation: usize, timeout_ms: f64, retries: f64) -> i32 {
    let limits = limits(timeout_ms, retries);
    with(|state| match state.begin(client, operation, limits) {
        Ok(call) => call as i32,
        Err(error) => fail(error),
    })
}

/// Says the request that the call makes now.
#[wasm_bindgen(skip_typescript)]
pub fn request(call: usize) {
    with(|state| {
        if let Some(call) = state.call(call) {
            let request = call.request();
            let has_key = request.body_key.is_some();
            say_request(request.method as usize, millis(call.limit()), has_key, request.url);
        }
    });
}

/// Takes how the attempt ended: `status` is 0 without a response. Answers the milliseconds to wait,
/// or a step that ends the call.
///
/// Only where it is not `JSON`, the rest is needed. That is the wait that a `Retry-After` asks for, NaN where
/// none does; the jitter, 0 to 1; and the texts. These are `BODY`, or `CAUSE` and `CAUSE_CODE`; `REQUEST_ID`.
#[wasm_bindgen(skip_typescript)]
pub fn receive(call: usize, end: u8, status: u16, ms: f64, asked_ms: f64, jitter: f64) -> i32 {
    with(|state| {
        let outcome = Outcome {
            request_id: state.take(TEXT_REQUEST_ID),
            duration: duration(ms),
            ..outcome(end, status, |which| state.take(which))
        };
        let Some(running) = state.call(call) else { return STEP_FAILED };
        match running.take(outcome, || (asked(asked_ms), jitter)) {
            Step::Wait(time) => millis(time) as i32,
            Step::Done(result) => {
                state.end(call);
                result.map_or_else(fail, |()| STEP_DONE)
            }
        }
    })
}

/// Goes on after a wait that took this much longer than it was to. Answers [`STEP_FAILED`] where the
/// call's time is over, else 0: ask for the next request.
#[wasm_bindgen(skip_typescript)]
pub fn resume(call: usize, overrun_ms: f64) -> i32 {
    with(|state| {
        let Some(running) = state.call(call) else { return STEP_FAILED };
        let Err(error) = running.overrun(duration(overrun_ms)) else { return 0 };
        state.end(call);
        fail(error)
    })
}

/// Ends a call whose caller gave up while it waited: says the failure.
#[wasm_bindgen(skip_typescript)]
pub fn abandon(call: usize) {
    with(|state| {
        if let Some(mut call) = state.end(call) {
            fail(call.abandon());
        }
        0
    });
}

/// The effect that one attempt may have had, by its place: `status` is 0 without a response.
#[wasm_bindgen(skip_typescript)]
pub fn delivery(end: u8, status: u16) -> usize {
    crate::core::retry::effect(&outcome(end, status, |_| None)) as usize
}

/// How an attempt ended, with what `text` tells of it.
fn outcome(end: u8, status: u16, mut text: impl FnMut(usize) -> Option<String>) -> Outcome<()> {
    let mut cause =
        || Cause { name: text(TEXT_CAUSE).unwrap_or_default(), code: text(TEXT_CAUSE_CODE) };
    let end = match end {
        END_JSON => End::Json(()),
        END_TEXT => End::Text(text(TEXT_BODY).unwrap_or_default()),
        END_TIMED_OUT => End::TimedOut,
        END_ABORTED => End::Aborted,
        END_REDIRECT => End::Redirect,
        END_NOT_STARTED => End::NotStarted,
        END_UNSENDABLE => End::Unsendable,
        END_NOT_CONNECTED => End::NotConnected(cause()),
        END_LOST.. | 0 => End::Lost(cause()),
    };
    Outcome { status: (status > 0).then_some(status), ..Outcome::unanswered(end) }
}

fn limits(timeout_ms: f64, retries: f64) -> CallOptions {
    CallOptions {
        timeout: (!timeout_ms.is_nan()).then(|| duration(timeout_ms)),
        // A negative number is out of range, not none.
        retries: (!retries.is_nan()).then_some(if retries < 0.0 {
            u32::MAX
        } else {
            retries as u32
        }),
        submission_key: None,
    }
}

/// The only exit for errors.
fn fail(mut error: Error) -> i32 {
    let facts = error.facts_mut();
    let cause = facts.cause.as_ref();
    for (which, text) in [
        (TEXT_FIELD, facts.field.as_deref()),
        (TEXT_REQUEST_ID, facts.request_id.as_deref()),
        (TEXT_BODY, facts.body.as_deref()),
        (TEXT_CAUSE, cause.map(|cause| cause.name.as_str())),
        (TEXT_CAUSE_CODE, cause.and_then(|cause| cause.code.as_deref())),
    ] {
        if let Some(text) = text {
            say_text(which, text);
        }
    }
    let (problem, number) = match facts.problem {
        Problem::Known(problem, Detail::Number(number)) => (problem, number),
        Problem::Known(problem, Detail::Text(text)) => {
            say_text(TEXT_DETAIL, text);
            (problem, 0)
        }
        Problem::Known(problem, Detail::None) => (problem, 0),
        // Of a transport's own, which none of JavaScript's is.
        Problem::Told(_) => (Sentence::Nothing, 0),
    };
    say_failure(
        facts.code as usize,
        facts.delivery as usize,
        problem as usize,
        number,
        facts.known as usize,
        facts.hint as usize,
        facts.status.unwrap_or_default(),
        facts.retry_after.map_or(-1.0, millis),
    );
    STEP_FAILED
}
