//! The waist between plans and whatever runs them: one function over open enums of operations and answers.
//!
//! A backend implements [`Backend::call`] and says by [`Backend::supports`] what it can do; typed calls are in [`BackendExt`]. Wrappers
//! implement the same function, so none can forget to forward anything.

mod clock;
pub mod conformance;
mod ensure;
mod error;
mod faulty;
mod paged;
mod rate_limit;
mod retry;
mod traced;

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use eci_model::api::{Action, Answer, CreateContainerGroupAnswer, Operation, Request};

use crate::planner::Ready;

pub use clock::Clock;
#[cfg(feature = "sim")]
pub use clock::TokioClock;
pub use error::{BackendError, Class, Reached};
pub use faulty::{CallFault, FaultRule, Faulty};
pub use paged::{PagedRequest, Pages};
#[cfg(feature = "sim")]
pub(crate) use rate_limit::bucket;
pub use rate_limit::{RateLimited, TokenBucket};
pub use retry::{RetryPolicy, Retrying};
pub use traced::Traced;

/// Something that runs operations: the simulator, the service, or a backend of the user's own.
///
/// # Contract
/// - A create with a `ClientToken` that was used before, with the same parameters, answers as the first one did and makes nothing.
/// - Answers come when the operation is accepted, not when its effect is done.
/// - An operation that [`supports`](Self::supports) denies is answered with [`Class::Unsupported`] and has no effect.
/// - Reads never change anything.
#[async_trait]
pub trait Backend: fmt::Debug + fmt::Display + Send + Sync + 'static {
    /// Runs an operation. It is borrowed, so that a wrapper that tries again copies nothing.
    ///
    /// # Errors
    /// [`BackendError`], with what may be tried next and whether the service was reached.
    async fn call(&self, operation: &Operation) -> Result<Answer, BackendError>;

    /// Whether the action is offered at all. Required, because a default would lie in every wrapper that forgets it.
    fn supports(&self, action: Action) -> bool;
}

#[async_trait]
impl<B: Backend + ?Sized> Backend for Arc<B> {
    async fn call(&self, operation: &Operation) -> Result<Answer, BackendError> {
        (**self).call(operation).await
    }

    fn supports(&self, action: Action) -> bool {
        (**self).supports(action)
    }
}

/// Typed calls on every backend.
#[async_trait]
pub trait BackendExt: Backend {
    /// Runs a request and gives its own answer type.
    ///
    /// # Errors
    /// What [`Backend::call`] gives, and [`Class::Never`] when the backend answers with another operation's answer.
    async fn send<R: Request>(&self, request: R) -> Result<R::Answer, BackendError> {
        let operation = request.into();
        let answer = self.call(&operation).await?;
        answer.try_into().map_err(|_| BackendError::wrong_answer(R::ACTION))
    }

    /// The pages of a list, from the one that the request asks for.
    fn pages<R: PagedRequest>(&self, request: R) -> Pages<'_, Self, R>
    where
        Self: Sized,
    {
        Pages::new(self, request)
    }

    /// Creates the container group of a pod once, however often it is called for the same pod: after lost replies, time-outs, and
    /// restarts of the caller.
    ///
    /// It looks for a group with the pod's UID first, then creates with the token that is made from the UID, and looks again when a reply
    /// was lost. Waiting and further tries are the business of [`Retrying`].
    ///
    /// # Errors
    /// What [`Backend::call`] gives. After one whose [`Reached`] is not `Unknown` there is no group: the service has refused it for good, or
    /// nothing was sent. After others nobody knows, also of what an earlier program has done: call it again, before a deletion too, since
    /// a create that comes late would bring the group back.
    async fn ensure_created(&self, ready: Ready) -> Result<CreateContainerGroupAnswer, BackendError> {
        ensure::ensure_created(self, ready.into_request()).await
    }
}

impl<B: Backend + ?Sized> BackendExt for B {}
