//! What ends a piece of work early: its deadline, or the caller.

use std::time::Duration;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Request};

use super::platform::JsStop;

/// Which came first.
pub enum Winner {
    /// The work, with its value.
    Done(JsValue),
    /// The work, and it failed.
    Failed(JsValue),
    /// The deadline.
    TimedOut,
    /// The caller's signal.
    Aborted,
}

/// A deadline and the caller's signal, joined.
///
/// Dropping it takes the timer and the listener away, and aborts the fetch unless it is settled.
pub struct Stop {
    stop: JsStop,
    settled: bool,
}

impl Stop {
    /// `None` where the platform lacks what it takes.
    pub fn new(signal: &JsValue, limit: Duration) -> Option<Stop> {
        let stop = JsStop::new(signal, limit.as_millis() as u32).ok()?;
        Some(Stop { stop, settled: false })
    }

    /// The signal for the fetch.
    pub fn signal(&self) -> AbortSignal {
        self.stop.signal()
    }

    /// Sends the request and waits for the answer's head.
    pub async fn send(&self, fetch: &Function, request: &Request) -> Winner {
        winner(self.stop.send(fetch, request)).await
    }

    /// Reads an answer's body to its last byte.
    pub async fn text(&self, answer: &JsValue) -> Winner {
        winner(self.stop.text(answer)).await
    }

    /// Waits for the deadline or the caller.
    pub async fn wait(&self) -> Winner {
        winner(self.stop.wait()).await
    }

    /// There is nothing left to abort.
    pub fn settle(&mut self) {
        self.settled = true;
    }
}

async fn winner(race: Promise) -> Winner {
    match JsFuture::from(race).await {
        Err(fault) => Winner::Failed(fault),
        Ok(ended) => {
            let ended: Array = ended.unchecked_into();
            match ended.get(0).as_f64() {
                Some(0.0) => Winner::Done(ended.get(1)),
                Some(2.0) => Winner::TimedOut,
                Some(3.0) => Winner::Aborted,
                _ => Winner::Failed(ended.get(1)),
            }
        }
    }
}

impl Drop for Stop {
    fn drop(&mut self) {
        self.stop.close(self.settled);
    }
}
