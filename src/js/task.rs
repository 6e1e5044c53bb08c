//! Runs a call to its end without an executor: JavaScript has one.
//!
//! A call waits for one attempt at a time. Its future hands it out when it is polled, and is polled
//! again with what the attempt came to: `drive` in platform.js does so.

use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

use crate::fetch::platform::Attempt;
use crate::fetch::{Ended, Wait};

#[wasm_bindgen(module = "/src/fetch/platform.js")]
extern "C" {
    fn drive(task: Task) -> Promise;

    /// The promise of a call that ends before it begins.
    pub fn refuse(maker: &Function) -> Promise;
}

thread_local! {
    /// The attempt that a future waits for, on its way to whoever polled it.
    /// It lives as long as the program, which saves the code for its end.
    static SLOT: ManuallyDrop<Cell<JsValue>> =
        const { ManuallyDrop::new(Cell::new(JsValue::UNDEFINED)) };

    /// What the attempt came to, on its way back.
    static ENDED: Cell<Ended> = const { Cell::new(Ended { end: 0, status: 0, ms: 0.0 }) };
}

type Call = Pin<Box<dyn Future<Output = Result<JsValue, Function>>>>;

/// A call that is under way.
#[wasm_bindgen(skip_typescript)]
pub struct Task(RefCell<Call>);

#[wasm_bindgen]
impl Task {
    /// Goes on with what the last attempt came to. Answers the next one, or the answer, or what
    /// makes the error.
    pub fn poll(&self, end: u8, status: u16, ms: f64) -> JsValue {
        ENDED.set(Ended { end, status, ms });
        let polled = self.0.borrow_mut().as_mut().poll(&mut Context::from_waker(Waker::noop()));
        match polled {
            Poll::Pending => SLOT.with(|slot| slot.take()),
            Poll::Ready(end) => end.unwrap_or_else(JsValue::from),
        }
    }
}

/// The promise of a call's end.
pub fn promise(call: impl Future<Output = Result<JsValue, Function>> + 'static) -> Promise {
    drive(Task(RefCell::new(Box::pin(call))))
}

/// Waits for an attempt by handing it out.
#[derive(Clone, Debug)]
pub struct HandedOut;

impl Wait for HandedOut {
    async fn wait(attempt: &Attempt) -> Ended {
        let mut handed_out = false;
        std::future::poll_fn(|_| {
            if std::mem::replace(&mut handed_out, true) {
                return Poll::Ready(ENDED.get());
            }
            SLOT.with(|slot| slot.set(attempt.into()));
            Poll::Pending
        })
        .await
    }
}
