#![doc = include_str!("README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(missing_docs)]
#![forbid(unsafe_code)]

// Each imports from those above it: errors; the way from a typed call to its bytes;
// operations; the loop; transports; the class that JavaScript sees.
pub mod error;

mod core;

mod api;
mod client;

#[cfg(target_arch = "wasm32")]
mod fetch;
#[cfg(target_arch = "wasm32")]
mod interop;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
#[doc(hidden)]
pub mod js;
#[cfg(all(not(target_arch = "wasm32"), feature = "reqwest"))]
mod reqwest;

pub use api::*;
pub use client::{AttemptEvent, Client, Exchange, Failure, Request, Response, Transport};
pub use core::call::{CallOptions, Moment, Step};
pub use core::config::Config;
pub use core::credentials::{Credentials, KeyPlacement, Secret};
pub use core::date::{DateTime, NotADateTime};
pub use core::http::Method;
pub use core::json::{Json, JsonObject, OpenResponse};
pub use core::operation::{
    Body, BodyKind, Endpoint, File, Operation, PathArg, Repeat, Source, WithExtra,
};
pub use core::threads::{MaybeSend, MaybeSync};
pub use error::{Attempt, Cause, Delivery, Error, ErrorCode};

#[cfg(target_arch = "wasm32")]
pub use fetch::Fetch;
#[cfg(target_arch = "wasm32")]
pub use interop::{from_js, to_js};
#[cfg(all(not(target_arch = "wasm32"), feature = "reqwest"))]
pub use reqwest::Reqwest;

/// For this crate's own tests. It may change with any version.
#[doc(hidden)]
pub mod internals {
    pub use crate::core::call::Call;
    pub use crate::core::{call, config, date, http, operation, retry, schema};

    /// An error's field, hint and message as the npm package has them.
    pub fn in_javascript(error: &crate::Error) -> (Option<&str>, Option<String>, String) {
        error.in_javascript()
    }
}
