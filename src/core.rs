//! Everything between a typed call and its bytes, without doing any input or output.
//!
//! Nothing here knows JavaScript, and nothing here knows which operations exist: the
//! [`api`](crate::api) describes them, a [`Transport`](crate::Transport) carries them.

pub mod call;
pub mod config;
pub mod credentials;
pub mod date;
pub mod http;
pub mod json;
pub(crate) mod model;
pub(crate) mod names;
pub mod operation;
pub mod retry;
pub mod schema;
pub(crate) mod scrub;
pub mod table;
pub(crate) mod text;
pub(crate) mod time;

pub use credentials as secret;

/// What was one file.
pub mod shape {
    pub use super::date::DateTime;
    pub use super::schema::*;
    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    pub(crate) use super::table::table_json;
    pub use super::table::*;
}
