//! Which of two futures ends first.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

/// The first future's output, unless the second one ends before: then `None`, and the first
/// is dropped. Where both end at once, the first counts.
pub(crate) async fn before<T>(
    first: impl Future<Output = T>,
    second: impl Future<Output = ()>,
) -> Option<T> {
    let (mut first, mut second) = (pin!(first), pin!(second));
    poll_fn(|context| match first.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => second.as_mut().poll(context).map(|()| None),
    })
    .await
}
