//! Unofficial client for the Botsplash Open API, compiled to WebAssembly.
//!
//! Nine typed operations, exactly the requests that their retry rules allow, and an error
//! that says what is known about the effect of each: [`Delivery`].
//!
//! From JavaScript this crate is the npm package `botsplash`. From Rust, leave its exports out:
//!
//! ```toml
//! botsplash = { version = "0.1", default-features = false }
//! ```
//!
//! and call the operations with a [`Client`], on `Fetch` in WebAssembly or on a [`Transport`]
//! of your own elsewhere.
//!
//! The modules, in the direction in which they import: [`error`], [`core`] (what happens
//! between a typed call and its bytes), [`api`] (the operations), [`client`] (the loop), and
//! for WebAssembly `fetch` and `js`.
#![deny(missing_docs)]
#![forbid(unsafe_code)]

pub mod api;
pub mod client;
pub mod core;
pub mod error;

#[cfg(target_arch = "wasm32")]
pub mod fetch;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub mod js;

pub use api::*;
pub use client::{AttemptEvent, Client, Transport};
pub use core::call::CallOptions;
pub use core::config::Config;
pub use core::credentials::{Credentials, KeyPlacement, Secret};
pub use core::date::DateTime;
pub use core::json::{Json, JsonObject, OpenResponse};
pub use core::operation::{Endpoint, File, Operation};
pub use error::{Attempt, Cause, Delivery, Error, ErrorCode, Result};
#[cfg(target_arch = "wasm32")]
pub use fetch::Fetch;
