//! Upload file: stores a file that a listener submit can name.

use crate::core::http::Method;
use crate::core::model::response;
use crate::core::operation::{Body, BodyKind, Endpoint, File, Operation, PathArg, Repeat, Source};

response! {
    /// The answer to an upload.
    pub struct UploadResponse {
        /// The stored file's key, for a listener's `args.mediaKey`.
        pub key: String,
    }
}

/// Stores a file and answers a key, which a listener submit can name in `args.mediaKey`.
///
/// Carriers usually take under 1 MB, some up to 5 MB; JPG, PNG, MP4 and PDF are the safe
/// formats. No limit is published for the upload itself. Source: operation `uploadFile`,
/// published.
///
/// ```no_run
/// # async fn example<T: botsplash::Transport>(client: botsplash::Client<T>)
/// # -> Result<(), Box<dyn std::error::Error>> {
/// use botsplash::{File, ListenerArgs, UploadFile};
///
/// let file = File::new("terms.pdf", "application/pdf", std::fs::read("terms.pdf")?);
/// let stored = client.call(&UploadFile::new(file)).await?;
/// let args = ListenerArgs::new().media_key(stored.key.unwrap_or_default());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct UploadFile {
    /// The file.
    pub file: File,
}

impl UploadFile {
    /// The call with these arguments.
    pub fn new(file: File) -> UploadFile {
        UploadFile { file }
    }
}

impl Operation for UploadFile {
    const ENDPOINT: Endpoint = Endpoint {
        name: "uploadFile",
        method: Method::Post,
        path: "/{appId}/upload",
        args: &[],
        source: Source::Published,
        repeat: Repeat::Send,
        body: BodyKind::File,
        takes_submission_key: false,
    };
    type Body = ();
    type Response = UploadResponse;

    fn path_args(&self) -> Vec<PathArg> {
        Vec::new()
    }

    fn body(&self) -> Body<'_, ()> {
        Body::File(&self.file)
    }
}
