//! The state that lives as long as the instance: clients, calls in flight, texts handed over.

use std::arch::wasm32::unreachable;
use std::sync::{Arc, Mutex};

use super::{
    TEXT_API_KEY, TEXT_APP_ID, TEXT_BASE_URL, TEXT_ENDPOINT, TEXT_PASSWORD, TEXT_SUBMISSION_KEY,
    TEXT_USERNAME, TEXT_VALUE,
};
use crate::api::{BASE_URL, ENDPOINTS, VisitorRef};
use crate::core::call::{Call, CallOptions};
use crate::core::config::{
    Config, DEFAULT_RETRIES, DEFAULT_TIMEOUT, checked_retries, checked_timeout,
};
use crate::core::credentials::{Credentials, KeyPlacement};
use crate::core::operation::{Endpoint, PathArg};
use crate::error::Result;

const TEXTS: usize = TEXT_ENDPOINT + ENDPOINTS.len();

pub struct State {
    // Boxes: as long as there is none, its memory is zero, and no byte of the file.
    given: [Option<Box<str>>; TEXTS],
    clients: Slots<Arc<Config>>,
    calls: Slots<Call>,
}

// Of a thread's own, it would take a kilobyte more.
static STATE: Mutex<State> = Mutex::new(State {
    given: [const { None }; TEXTS],
    clients: Slots::new(),
    calls: Slots::new(),
});

/// Works with the state. Nothing else has it at that time, since no function of ours calls another.
/// JavaScript gives up an instance in which one was left in the middle.
pub fn with<T: Default>(work: impl FnOnce(&mut State) -> T) -> T {
    STATE.try_lock().map(|mut state| work(&mut state)).unwrap_or_default()
}

/// The settings of a client, beside texts.
pub struct Settings {
    pub limits: CallOptions,
    pub is_key_in_body: bool,
    pub is_browser: bool,
    pub allows_browser_credentials: bool,
}

impl State {
    pub fn give(&mut self, which: usize, text: &str) {
        if let Some(slot) = self.given.get_mut(which) {
            *slot = Some(text.into());
        }
    }

    pub fn take(&mut self, which: usize) -> Option<String> {
        self.given.get_mut(which)?.take().map(String::from)
    }

    pub fn configure(&mut self, settings: Settings) -> Result<(usize, Arc<Config>)> {
        let given = std::mem::replace(&mut self.given, [const { None }; TEXTS]);
        let text = |which: usize| given.get(which).and_then(Option::as_deref);
        let base_url = text(TEXT_BASE_URL).unwrap_or(BASE_URL);
        let mut config = Config::new(base_url, text(TEXT_APP_ID).unwrap_or_default())?;
        config.timeout = checked_timeout(settings.limits.timeout.unwrap_or(DEFAULT_TIMEOUT))?;
        config.retries = checked_retries(settings.limits.retries.unwrap_or(DEFAULT_RETRIES))?;
        config.is_browser = settings.is_browser;
        config.allow_browser_credentials = settings.allows_browser_credentials;
        if let Some(key) = text(TEXT_API_KEY) {
            let placement =
                if settings.is_key_in_body { KeyPlacement::Body } else { KeyPlacement::Query };
            config.set_credentials(Credentials::ApiKey { key: key.into(), placement })?;
        } else if let Some(username) = text(TEXT_USERNAME) {
            let password = text(TEXT_PASSWORD).unwrap_or_default().into();
            config.set_credentials(Credentials::Basic { username: username.into(), password })?;
        }
        for (index, endpoint) in ENDPOINTS.iter().enumerate() {
            if let Some(replacement) = text(TEXT_ENDPOINT + index) {
                config.set_route(endpoint, replacement)?;
            }
        }
        config.guard()?;
        let config = Arc::new(config);
        Ok((self.clients.insert(Arc::clone(&config)), config))
    }

    pub fn release(&mut self, client: usize) {
        self.clients.remove(client);
    }

    pub fn begin(&mut self, client: usize, operation: usize, limits: CallOptions) -> Result<usize> {
        // A client and an operation that are not there are JavaScript's mistake: a trap says so.
        let endpoint = ENDPOINTS.get(operation).copied().unwrap_or_else(|| unreachable());
        let submission_key = self.take(TEXT_SUBMISSION_KEY);
        let args = self.path_args(endpoint);
        let config = self.clients.get_mut(client).unwrap_or_else(|| unreachable());
        let call = Call::new(config, endpoint, &args, &CallOptions { submission_key, ..limits })?;
        Ok(self.calls.insert(call))
    }

    /// The values for the path. Where they name a visitor, which kind of id it is comes first.
    fn path_args(&mut self, endpoint: &Endpoint) -> Vec<PathArg> {
        let mut args = Vec::new();
        for name in endpoint.args {
            let value = self.take(TEXT_VALUE + args.len()).unwrap_or_default();
            let kind =
                VisitorRef::KINDS.into_iter().find(|(kind, _)| *name == "who" && *kind == value);
            args.push(PathArg { name, value });
            if let Some((_, name)) = kind {
                let value = self.take(TEXT_VALUE + args.len()).unwrap_or_default();
                args.push(PathArg { name, value });
            }
        }
        args
    }

    pub fn call(&mut self, call: usize) -> Option<&mut Call> {
        self.calls.get_mut(call)
    }

    pub fn end(&mut self, call: usize) -> Option<Call> {
        self.calls.remove(call)
    }
}

/// Things by their handles. A handle is given out again once what it stood for is gone.
struct Slots<T> {
    slots: Vec<Slot<T>>,
    /// The first free one; the length where there is none.
    free: usize,
}

enum Slot<T> {
    Taken(T),
    /// And the next free one.
    Free(usize),
}

impl<T> Slots<T> {
    const fn new() -> Slots<T> {
        Slots { slots: Vec::new(), free: 0 }
    }

    fn insert(&mut self, value: T) -> usize {
        let handle = self.free;
        match self.slots.get_mut(handle) {
            Some(slot) => {
                if let Slot::Free(next) = slot {
                    self.free = *next;
                }
                *slot = Slot::Taken(value);
            }
            None => {
                self.slots.push(Slot::Taken(value));
                self.free = self.slots.len();
            }
        }
        handle
    }

    fn get_mut(&mut self, handle: usize) -> Option<&mut T> {
        match self.slots.get_mut(handle)? {
            Slot::Taken(value) => Some(value),
            Slot::Free(_) => None,
        }
    }

    fn remove(&mut self, handle: usize) -> Option<T> {
        self.get_mut(handle)?;
        let slot = std::mem::replace(self.slots.get_mut(handle)?, Slot::Free(self.free));
        self.free = handle;
        match slot {
            Slot::Taken(value) => Some(value),
            Slot::Free(_) => None,
        }
    }
}
