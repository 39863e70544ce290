//! Trying again, as often as makes sense and no oftener.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use eci_model::api::{Action, Answer, Idempotency, Operation};

use super::{Backend, BackendError, Class, Clock, Reached};

/// When a failed operation is tried again. The decision is a pure function; waiting is left to [`Retrying`].
///
/// # Example
/// ```
/// use std::time::Duration;
/// use eci_model::api::{CreateContainerGroup, Operation};
/// use eci_sdk::backend::{BackendError, Class, Reached, RetryPolicy};
///
/// let policy = RetryPolicy::default();
/// let lost = BackendError::new("Timeout", "no answer").class(Class::RetrySame { after: None }).reached(Reached::Unknown);
/// let without_token = Operation::from(CreateContainerGroup::default());
/// assert_eq!(policy.wait(&without_token, &lost, 1, Duration::ZERO), None);
///
/// let request = CreateContainerGroup { client_token: Some("uid".into()), ..Default::default() };
/// assert!(policy.wait(&Operation::from(request), &lost, 1, Duration::ZERO).is_some());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// How often an operation is tried at most, the first time included.
    pub attempts: u32,
    /// The first wait; each further one is twice as long.
    pub first: Duration,
    /// The longest wait.
    pub longest: Duration,
    /// How long all attempts and waits may take together.
    pub budget: Duration,
}

impl Default for RetryPolicy {
    /// Five attempts, from half a second to twenty seconds apart, within a minute. Ours.
    fn default() -> Self {
        Self {
            attempts: 5,
            first: Duration::from_millis(500),
            longest: Duration::from_secs(20),
            budget: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// The same with another number of attempts.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// How long to wait before the operation is tried again; `None` when it must not be.
    ///
    /// `attempt` counts from 1, `elapsed` is the time since the first attempt began. An operation whose reply was lost is repeated only
    /// when that cannot have a second effect: a read, or a write with a client token.
    pub fn wait(
        &self,
        operation: &Operation,
        error: &BackendError,
        attempt: u32,
        elapsed: Duration,
    ) -> Option<Duration> {
        let Class::RetrySame { after } = error.class else {
            return None;
        };
        if attempt >= self.attempts || (error.reached == Reached::Unknown && !is_repeatable(operation)) {
            return None;
        }
        let doubled = self.first.saturating_mul(1 << attempt.saturating_sub(1).min(16));
        let wait = after.unwrap_or(doubled.min(self.longest));
        (elapsed.saturating_add(wait) <= self.budget).then_some(wait)
    }
}

/// A backend that tries failed operations again.
///
/// The error of the last attempt is the one that is told. Where the reply of any attempt was lost, [`Reached`] is unknown, whatever became
/// of the last one.
#[derive(Clone, Debug)]
pub struct Retrying<B> {
    inner: B,
    policy: RetryPolicy,
    clock: Arc<dyn Clock>,
}

impl<B: Backend> Retrying<B> {
    /// Wraps a backend.
    pub fn new(inner: B, policy: RetryPolicy, clock: Arc<dyn Clock>) -> Self {
        Self { inner, policy, clock }
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
impl<B: Backend> Backend for Retrying<B> {
    async fn call(&self, operation: &Operation) -> Result<Answer, BackendError> {
        let began = self.clock.now();
        let (mut attempt, mut doubt) = (1, false);
        loop {
            let error = match self.inner.call(operation).await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            let elapsed = self.clock.now().saturating_sub(began);
            doubt |= error.reached == Reached::Unknown;
            let Some(wait) = self.policy.wait(operation, &error, attempt, elapsed) else {
                // The last attempt says nothing of the earlier ones, which may have had their effect.
                return Err(if doubt { error.reached(Reached::Unknown) } else { error });
            };
            self.clock.sleep(wait).await;
            attempt += 1;
        }
    }

    fn supports(&self, action: Action) -> bool {
        self.inner.supports(action)
    }
}

impl<B: fmt::Display> fmt::Display for Retrying<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "retrying({})", self.inner)
    }
}

fn is_repeatable(operation: &Operation) -> bool {
    match operation.action().idempotency() {
        Idempotency::Read => true,
        Idempotency::Token => operation.client_token().is_some_and(|token| !token.is_empty()),
        Idempotency::None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eci_model::api::{DeleteContainerGroup, DescribeRegions, ExecContainerCommand};

    fn throttled() -> BackendError {
        BackendError::new("Throttling", "too often").class(Class::RetrySame { after: None })
    }

    #[test]
    fn waits_double_up_to_the_longest() {
        let policy = RetryPolicy {
            attempts: 100,
            budget: Duration::MAX,
            ..RetryPolicy::default()
        };
        let operation = Operation::from(DescribeRegions::default());
        let waits: Vec<u128> = (1..9)
            .filter_map(|attempt| policy.wait(&operation, &throttled(), attempt, Duration::ZERO))
            .map(|wait| wait.as_millis())
            .collect();
        assert_eq!(waits, [500, 1000, 2000, 4000, 8000, 16_000, 20_000, 20_000]);
    }

    #[test]
    fn the_service_says_how_long_to_wait() {
        let error = throttled().class(Class::RetrySame {
            after: Some(Duration::from_secs(7)),
        });
        let wait = RetryPolicy::default().wait(&DescribeRegions::default().into(), &error, 1, Duration::ZERO);
        assert_eq!(wait, Some(Duration::from_secs(7)));
    }

    #[test]
    fn attempts_and_time_are_bounded() {
        let policy = RetryPolicy::default();
        let operation = Operation::from(DescribeRegions::default());
        assert_eq!(policy.wait(&operation, &throttled(), 5, Duration::ZERO), None);
        assert_eq!(policy.wait(&operation, &throttled(), 1, Duration::from_secs(60)), None);
    }

    #[test]
    fn only_what_the_same_request_can_mend_is_tried_again() {
        let operation = Operation::from(DescribeRegions::default());
        for class in [
            Class::RetryElsewhere,
            Class::SignAgain,
            Class::AfterStateChange,
            Class::Never,
            Class::Unsupported,
        ] {
            let error = throttled().class(class);
            assert_eq!(RetryPolicy::default().wait(&operation, &error, 1, Duration::ZERO), None);
        }
    }

    /// Loses the first reply, and refuses everything after.
    #[derive(Debug, Default)]
    struct LostThenRefused(std::sync::atomic::AtomicU32);

    impl fmt::Display for LostThenRefused {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("lost, then refused")
        }
    }

    #[async_trait]
    impl Backend for LostThenRefused {
        async fn call(&self, _: &Operation) -> Result<Answer, BackendError> {
            let number = self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            Err(throttled().reached(if number == 0 { Reached::Unknown } else { Reached::No }))
        }

        fn supports(&self, _: Action) -> bool {
            true
        }
    }

    /// Time that passes only while somebody waits.
    #[derive(Debug, Default)]
    struct Patience(std::sync::Mutex<Duration>);

    #[async_trait]
    impl Clock for Patience {
        fn now(&self) -> Duration {
            *self.0.lock().expect("nobody panics")
        }

        async fn sleep(&self, span: Duration) {
            *self.0.lock().expect("nobody panics") += span;
        }
    }

    #[test]
    fn a_reply_lost_before_leaves_the_effect_unknown_whatever_the_last_attempt_says() {
        let retrying = Retrying::new(
            LostThenRefused::default(),
            RetryPolicy::default(),
            Arc::new(Patience::default()),
        );
        let delete = Operation::from(DeleteContainerGroup {
            client_token: Some("token".into()),
            ..Default::default()
        });
        let mut call = retrying.call(&delete);
        let outcome = call
            .as_mut()
            .poll(&mut std::task::Context::from_waker(std::task::Waker::noop()));
        let std::task::Poll::Ready(Err(error)) = outcome else {
            panic!("nothing waits and nothing succeeds: {outcome:?}");
        };
        assert_eq!(retrying.get_ref().0.load(std::sync::atomic::Ordering::SeqCst), 5);
        assert_eq!(error.reached, Reached::Unknown);
    }

    #[test]
    fn after_a_lost_reply_only_harmless_operations_are_repeated() {
        let lost = throttled().reached(Reached::Unknown);
        let policy = RetryPolicy::default();
        let harmless = |operation: Operation| policy.wait(&operation, &lost, 1, Duration::ZERO).is_some();
        assert!(harmless(DescribeRegions::default().into()));
        assert!(!harmless(ExecContainerCommand::default().into()));
        assert!(!harmless(DeleteContainerGroup::default().into()));
        let token = Some("token".to_owned());
        assert!(harmless(
            DeleteContainerGroup {
                client_token: token,
                ..Default::default()
            }
            .into()
        ));
    }
}
