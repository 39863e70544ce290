//! The waist between plans and whatever runs them: one function over open enums of operations and answers.
//!
//! A backend implements [`Backend::call`] and says by [`Backend::supports`] what it can do; typed calls are in [`BackendExt`]. Wrappers
//! implement the same function, so none can forget to forward anything.

mod clock;
pub mod conformance;
mod error;
mod faulty;
mod rate_limit;
mod retry;

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
pub use rate_limit::{RateLimited, TokenBucket};
pub use retry::{RetryPolicy, Retrying};

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

    /// Creates the container group of a pod once, however often it is called for the same pod.
    ///
    /// The token of the request is made from the pod's UID, so that a repeated call finds what the first one made.
    ///
    /// # Errors
    /// What [`Backend::call`] gives.
    async fn ensure_created(&self, ready: Ready) -> Result<CreateContainerGroupAnswer, BackendError> {
        self.send(ready.into_request()).await
    }
}

impl<B: Backend + ?Sized> BackendExt for B {}
