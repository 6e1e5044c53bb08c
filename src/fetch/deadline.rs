//! A time that ends by itself, or when the caller's signal aborts.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};

use super::platform;

/// A time that runs. Dropping it takes the timer and the listener away.
pub struct Deadline {
    /// Resolves when it has ended, with how.
    pub ended: Promise,
    clear: Function,
}

impl Deadline {
    /// `None` where the platform sets no timer.
    pub fn begin(signal: &JsValue, ms: f64) -> Option<Deadline> {
        let parts = platform::deadline(signal, ms)?;
        let (ended, clear) = (parts.get(0).unchecked_into(), parts.get(1).unchecked_into());
        Some(Deadline { ended, clear })
    }
}

impl Drop for Deadline {
    fn drop(&mut self) {
        let _ = self.clear.call0(&JsValue::UNDEFINED);
    }
}
