//! A backend whose bad days are told in advance.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use eci_model::api::{Action, Answer, Operation};

use super::{Backend, BackendError, Class, Reached};

/// What goes wrong with a call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallFault {
    /// The call never reaches the backend.
    Refused,
    /// The call has its effect, but the answer is lost.
    ReplyLost,
    /// The service asks to call less often.
    Throttled {
        /// How long it asks to wait.
        after: Option<Duration>,
    },
    /// A gateway answers with a page instead of the service.
    GatewayPage,
    /// The call is delivered twice.
    Twice,
}

/// Decides what goes wrong with the n-th call of all, counted from 1.
pub type FaultRule = Box<dyn Fn(u64, &Operation) -> Option<CallFault> + Send + Sync>;

/// A backend that lets calls go wrong by rules; the first rule that answers decides.
///
/// # Example
/// ```
/// use eci_model::api::Action;
/// use eci_sdk::backend::{CallFault, Faulty};
/// use eci_sdk::sim::{Simulator, World};
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build()?.block_on(async {
/// let third_create_lost = |number, operation: &eci_model::api::Operation| {
///     (number == 3 && operation.action() == Action::CreateContainerGroup).then_some(CallFault::ReplyLost)
/// };
/// let backend = Faulty::new(Simulator::new(World::ideal())).with_rule(third_create_lost);
/// assert_eq!(backend.to_string(), "faulty(simulator(seed 0))");
/// # });
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Faulty<B> {
    inner: B,
    rules: Vec<FaultRule>,
    calls: AtomicU64,
}

impl<B: Backend> Faulty<B> {
    /// Wraps a backend; without rules, nothing goes wrong.
    pub const fn new(inner: B) -> Self {
        Self {
            inner,
            rules: Vec::new(),
            calls: AtomicU64::new(0),
        }
    }

    /// The same with one more rule, asked after the others.
    #[must_use]
    pub fn with_rule(mut self, rule: impl Fn(u64, &Operation) -> Option<CallFault> + Send + Sync + 'static) -> Self {
        self.rules.push(Box::new(rule));
        self
    }

    /// How many calls of offered actions came in.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::SeqCst)
    }

    /// The wrapped backend.
    pub const fn get_ref(&self) -> &B {
        &self.inner
    }

    /// The wrapped backend, alone.
    pub fn into_inner(self) -> B {
        self.inner
    }
}

#[async_trait]
impl<B: Backend> Backend for Faulty<B> {
    async fn call(&self, operation: &Operation) -> Result<Answer, BackendError> {
        if !self.supports(operation.action()) {
            // What the backend does not offer never goes out, so nothing can happen to it.
            return self.inner.call(operation).await;
        }
        let number = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        let again = Class::RetrySame { after: None };
        match self.rules.iter().find_map(|rule| rule(number, operation)) {
            None => self.inner.call(operation).await,
            Some(CallFault::Refused) => Err(BackendError::new("ConnectionRefused", "the call was not delivered")
                .class(again)
                .reached(Reached::No)),
            Some(CallFault::ReplyLost) => {
                let _lost = self.inner.call(operation).await;
                Err(BackendError::new("Timeout", "the answer was lost")
                    .class(again)
                    .reached(Reached::Unknown))
            }
            Some(CallFault::Throttled { after }) => {
                Err(BackendError::new("Throttling", "called too often").class(Class::RetrySame { after }))
            }
            Some(CallFault::GatewayPage) => Err(BackendError::new("BadGateway", "a page came instead of an answer")
                .class(again)
                .reached(Reached::Unknown)),
            Some(CallFault::Twice) => {
                let _first = self.inner.call(operation).await;
                self.inner.call(operation).await
            }
        }
    }

    fn supports(&self, action: Action) -> bool {
        self.inner.supports(action)
    }
}

impl<B: fmt::Display> fmt::Display for Faulty<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "faulty({})", self.inner)
    }
}

impl<B: fmt::Debug> fmt::Debug for Faulty<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Faulty")
            .field("inner", &self.inner)
            .field("rules", &self.rules.len())
            .finish_non_exhaustive()
    }
}
