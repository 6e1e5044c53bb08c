//! What ends a piece of work early: its deadline, or the caller.

use std::time::Duration;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

use super::platform::{self, Signal};

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
/// Dropping it takes the timer and the listener away, and aborts the fetch unless it is settled:
/// a Node process must not be kept alive by a timer that nobody waits for.
pub struct Stop {
    controller: AbortController,
    promise: Promise,
    timer: JsValue,
    listener: Option<(JsValue, Function)>,
    settled: bool,
}

impl Stop {
    /// `None` where the platform lacks what it takes.
    pub fn new(signal: Option<&JsValue>, limit: Duration) -> Option<Stop> {
        let controller = AbortController::new().ok()?;
        let mut resolve = None;
        let promise = Promise::new(&mut |done: Function, _| resolve = Some(done));
        let resolve = resolve?;
        // The controller stands for "time is up", its signal for "the caller gave up": nobody
        // else can have resolved with either.
        let millis = limit.as_millis() as u32;
        let timer = platform::set_timeout(&resolve, millis, &controller).ok()?;
        let listener = signal.map(|signal| {
            let on_abort: Function =
                resolve.bind1(&JsValue::UNDEFINED, &controller.signal()).unchecked_into();
            // A signal that takes no listener still counts between attempts.
            let _ = signal.unchecked_ref::<Signal>().add_event_listener("abort", &on_abort);
            (signal.clone(), on_abort)
        });
        Some(Stop { controller, promise, timer, listener, settled: false })
    }

    /// The signal for the fetch. It is ours: the caller's reason may be anything, and fetch would
    /// reject with it.
    pub fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }

    /// Waits for the work, the deadline or the caller.
    pub async fn race(&self, work: &Promise) -> Winner {
        let first = Promise::race(&Array::of2(work, &self.promise));
        match JsFuture::from(first).await {
            Err(fault) => Winner::Failed(fault),
            Ok(value) if value == *AsRef::<JsValue>::as_ref(&self.controller) => Winner::TimedOut,
            Ok(value) if value == *AsRef::<JsValue>::as_ref(&self.controller.signal()) => {
                Winner::Aborted
            }
            Ok(value) => Winner::Done(value),
        }
    }

    /// Waits for the deadline or the caller.
    pub async fn wait(&self) -> Winner {
        self.race(&self.promise).await
    }

    /// There is nothing left to abort.
    pub fn settle(&mut self) {
        self.settled = true;
    }
}

impl Drop for Stop {
    fn drop(&mut self) {
        let _ = platform::clear_timeout(&self.timer);
        if let Some((signal, on_abort)) = &self.listener {
            let _ = signal.unchecked_ref::<Signal>().remove_event_listener("abort", on_abort);
        }
        if !self.settled {
            self.controller.abort();
        }
    }
}
