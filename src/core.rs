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
pub(crate) mod text;
pub mod threads;
pub(crate) mod time;
