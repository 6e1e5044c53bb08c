//! A time that ends by itself, or when the caller's signal aborts.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::platform::{function, get};

/// How it ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The time is over.
    TimedOut,
    /// The caller gave up.
    Aborted,
}

/// Why it did not begin.
pub enum NotBegun {
    /// The caller had given up before.
    Aborted,
    /// The platform sets no timer.
    NoTimer,
}

/// A time that runs. Dropping it takes the timer and the listener away.
pub struct Deadline {
    /// Resolves when it has ended: with the signal's event, or with something else by the timer.
    ended: Promise,
    /// The function that resolves it.
    resolve: Function,
    timer: JsValue,
    signal: JsValue,
}

impl Deadline {
    pub fn begin(signal: &JsValue, ms: f64) -> Result<Deadline, NotBegun> {
        if get(signal, "aborted").is_truthy() {
            return Err(NotBegun::Aborted);
        }
        let mut resolve = None;
        let ended = Promise::new(&mut |done, _| resolve = Some(done));
        let resolve = resolve.ok_or(NotBegun::NoTimer)?;
        let global = js_sys::global();
        let timer = function(&global, "setTimeout").ok_or(NotBegun::NoTimer)?;
        let timer = timer.call2(&global, &resolve, &ms.into()).map_err(|_| NotBegun::NoTimer)?;
        // A signal that takes no listener still counts between attempts.
        if let Some(listen) = function(signal, "addEventListener") {
            let _ = listen.call2(signal, &"abort".into(), &resolve);
        }
        Ok(Deadline { ended, resolve, timer, signal: signal.clone() })
    }

    /// Waits for the end.
    pub async fn ended(&self) -> Ended {
        // It does not reject.
        let by = JsFuture::from(self.ended.clone()).await.unwrap_or_default();
        if by.is_object() { Ended::Aborted } else { Ended::TimedOut }
    }
}

impl Drop for Deadline {
    fn drop(&mut self) {
        let global = js_sys::global();
        if let Some(clear) = function(&global, "clearTimeout") {
            let _ = clear.call1(&global, &self.timer);
        }
        if let Some(forget) = function(&self.signal, "removeEventListener") {
            let _ = forget.call2(&self.signal, &"abort".into(), &self.resolve);
        }
    }
}
