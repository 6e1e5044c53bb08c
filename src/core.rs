//! Everything between a typed call and its bytes, without doing any input or output.
//!
//! Nothing here knows JavaScript, and nothing here knows which operations exist: the
//! [`api`](crate::api) describes them, a [`Transport`](crate::Transport) carries them.

pub mod call;
pub mod config;
pub mod credentials;
pub mod date;
pub mod http;
pub mod operation;
pub mod retry;
pub(crate) mod scrub;
pub mod shape;
pub(crate) mod text;
pub(crate) mod time;

pub use credentials as secret;
