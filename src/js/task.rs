//! Runs a call to its end without an executor: JavaScript has one.
//!
//! A call waits for one promise at a time. Its future hands that promise out when it is polled,
//! and gets what the promise came to when it is polled again; `drive` in platform.js does both.

use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;

use crate::fetch::Wait;

#[wasm_bindgen(module = "/src/fetch/platform.js")]
extern "C" {
    fn drive(task: Task) -> Promise;
}

thread_local! {
    /// What passes between a future and whoever polls it. Empty in between, so that a fetch that
    /// makes a call of its own, in the middle of a poll, does no harm.
    /// It lives as long as the program, which saves the code for its end.
    static SLOT: ManuallyDrop<Cell<JsValue>> =
        const { ManuallyDrop::new(Cell::new(JsValue::UNDEFINED)) };
}

/// Puts a value in the slot and takes out what was there.
fn pass(value: JsValue) -> JsValue {
    SLOT.with(|slot| slot.replace(value))
}

type Call = Pin<Box<dyn Future<Output = Result<JsValue, Function>>>>;

/// A call that is under way.
#[wasm_bindgen(skip_typescript)]
pub struct Task(RefCell<Call>);

#[wasm_bindgen]
impl Task {
    /// Goes on with what the last promise came to. Answers the next one, in a list, or the end;
    /// throws what makes the error.
    pub fn poll(&self, value: JsValue) -> Result<JsValue, Function> {
        pass(value);
        let polled = self.0.borrow_mut().as_mut().poll(&mut Context::from_waker(Waker::noop()));
        match polled {
            Poll::Pending => Ok(Array::of1(&pass(JsValue::UNDEFINED)).into()),
            Poll::Ready(end) => end,
        }
    }
}

/// The promise of a call's end.
pub fn promise(call: impl Future<Output = Result<JsValue, Function>> + 'static) -> Promise {
    drive(Task(RefCell::new(Box::pin(call))))
}

/// Waits for a promise by handing it out.
#[derive(Clone, Debug)]
pub struct HandedOut;

impl Wait for HandedOut {
    async fn wait(promise: Promise) -> JsValue {
        pass(promise.into());
        let mut handed_out = false;
        std::future::poll_fn(|_| {
            if std::mem::replace(&mut handed_out, true) {
                Poll::Ready(pass(JsValue::UNDEFINED))
            } else {
                Poll::Pending
            }
        })
        .await
    }
}
