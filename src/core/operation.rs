//! An operation: its route, its arguments, its body, its answer.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::http::Method;
use super::json::Json;
use super::schema::Schema;
use super::threads::MaybeSend;

/// The effect of sending an operation's request again. It decides about retries; the HTTP
/// method does not, since every write here is a POST.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// It only reads.
    Read,
    /// Twice does what once does.
    Idempotent,
    /// Twice may do it twice: text a person again, store a file again.
    Send,
}

/// Whether the API's description gives the method and path, or they follow its pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The description gives them.
    Published,
    /// The description names the operation; its method and path are our assumption.
    Assumed,
}

/// The kind of body that an operation sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyKind {
    /// None.
    Empty,
    /// A JSON object.
    Json,
    /// One file, as the part `file` of a multipart form.
    File,
}

/// Where an operation is, and all else about it that never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Endpoint {
    /// The `operationId`, which is also the name of the JavaScript method.
    pub name: &'static str,
    /// The method.
    pub method: Method,
    /// The path, with a placeholder in braces for each argument.
    pub path: &'static str,
    /// The names of the path's arguments, as the JavaScript method calls them:
    /// `who` stands for two placeholders.
    pub args: &'static [&'static str],
    /// Whether method and path are published.
    pub source: Source,
    /// The effect of a second request.
    pub repeat: Repeat,
    /// The body's kind.
    pub body: BodyKind,
    /// Whether a relay takes a submission key with it.
    pub takes_submission_key: bool,
}

/// A value for one placeholder of a path.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PathArg {
    /// The argument's name, for messages.
    pub name: &'static str,
    /// Its value, not yet encoded.
    pub value: String,
}

/// A file to upload.
///
/// ```
/// use botsplash::File;
/// let file = File::new("cat.png", "image/png", b"\x89PNG");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct File {
    /// Its name, such as `cat.png`.
    pub name: String,
    /// Its media type, such as `image/png`. Empty where it is not known.
    pub content_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl PathArg {
    /// The value of the argument of this name.
    pub fn new(name: &'static str, value: impl Into<String>) -> PathArg {
        PathArg { name, value: value.into() }
    }
}

impl File {
    /// A file of this name, media type and content.
    pub fn new(
        name: impl Into<String>,
        content_type: impl Into<String>,
        bytes: impl Into<Vec<u8>>,
    ) -> File {
        File { name: name.into(), content_type: content_type.into(), bytes: bytes.into() }
    }
}

impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("File { .. }")
    }
}

/// The body of an operation's request.
#[derive(Debug)]
pub enum Body<'a, B> {
    /// Nothing.
    Empty,
    /// JSON.
    Json(&'a B),
    /// A file.
    File(&'a File),
}

/// One typed call.
pub trait Operation {
    /// Its constant facts.
    const ENDPOINT: Endpoint;
    /// The JSON it sends; `()` where it sends none.
    type Body: Serialize + Schema;
    /// The JSON it answers.
    type Response: DeserializeOwned + MaybeSend;

    /// The values for the path's placeholders after `{appId}`, in their order.
    fn path_args(&self) -> Vec<PathArg>;

    /// Its request's body.
    fn body(&self) -> Body<'_, Self::Body>;

    /// The fields that it sends beyond those of its body's type, each with its path.
    fn extra_fields(&self) -> Vec<(&str, &Json)> {
        Vec::new()
    }

    /// The same with a field that the API takes and this crate does not know, such as
    /// `visitor.nickname`. `npx botsplash contract` lists them for an account's own description.
    ///
    /// Objects on the way that are not there are made; `items[].note` sets the field of every item.
    /// A path that leads through something else is a `validation` error of the call.
    ///
    /// ```
    /// use botsplash::{BASE_URL, Config, Exchange, MessageSend, Operation, SendMessage};
    ///
    /// let call = SendMessage::new(MessageSend::new("Hi")).extra_field("visitor.nickname", "JJ");
    /// let exchange = Exchange::new(Config::new(BASE_URL, "acme")?, &call)?;
    /// # #[cfg(not(target_arch = "wasm32"))]
    /// assert_eq!(
    ///     exchange.request().body,
    ///     Some(&br#"{"text":"Hi","visitor":{"nickname":"JJ"}}"#[..])
    /// );
    /// # Ok::<(), botsplash::Error>(())
    /// ```
    #[must_use]
    fn extra_field(self, path: impl Into<String>, value: impl Into<Json>) -> WithExtra<Self>
    where
        Self: Sized,
    {
        WithExtra { operation: self, path: path.into(), value: value.into() }
    }
}

/// An operation whose body has a field more: see [`Operation::extra_field`].
#[derive(Clone, PartialEq)]
pub struct WithExtra<O> {
    operation: O,
    path: String,
    value: Json,
}

impl<O: Operation> Operation for WithExtra<O> {
    const ENDPOINT: Endpoint = O::ENDPOINT;
    type Body = O::Body;
    type Response = O::Response;

    fn path_args(&self) -> Vec<PathArg> {
        self.operation.path_args()
    }

    fn body(&self) -> Body<'_, O::Body> {
        self.operation.body()
    }

    fn extra_fields(&self) -> Vec<(&str, &Json)> {
        let mut fields = self.operation.extra_fields();
        fields.push((&self.path, &self.value));
        fields
    }
}

impl<O: std::fmt::Debug> std::fmt::Debug for WithExtra<O> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("WithExtra").field(&self.operation).field(&self.path).finish()
    }
}
