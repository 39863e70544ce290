//! Staying below the published rates.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use eci_model::api::{Action, Answer, Operation};

use super::{Backend, BackendError, Clock};

/// A bucket of calls that fills again with time. Pure: the time comes in as an argument.
///
/// # Example
/// ```
/// use std::time::Duration;
/// use eci_sdk::backend::TokenBucket;
///
/// // The published bucket of creates and deletes: 100 at once, 20 a second.
/// let mut bucket = TokenBucket::new(100, 20_000);
/// let burst = (0..100).all(|_| bucket.take(Duration::ZERO).is_zero());
/// assert!(burst);
/// assert_eq!(bucket.take(Duration::ZERO), Duration::from_millis(50));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenBucket {
    capacity: u64,
    /// Calls that come back in a thousand seconds.
    refill: u64,
    /// Millionths of calls that are left; below zero what was promised already.
    left: i128,
    filled_at: Duration,
}

/// Millionths of a call.
const CALL: i128 = 1_000_000;

impl TokenBucket {
    /// A full bucket of `capacity` calls, of which `refill` come back in a thousand seconds.
    pub const fn new(capacity: u32, refill: u32) -> Self {
        Self {
            capacity: capacity as u64,
            refill: refill as u64,
            left: capacity as i128 * CALL,
            filled_at: Duration::ZERO,
        }
    }

    /// Takes a call that need not wait, as a server does that refuses what comes too soon.
    ///
    /// # Errors
    /// How long to wait, when the bucket is empty; then none is taken.
    pub fn try_take(&mut self, now: Duration) -> Result<(), Duration> {
        let mut taken = *self;
        let wait = taken.take(now);
        if !wait.is_zero() {
            return Err(wait);
        }
        *self = taken;
        Ok(())
    }

    /// Takes a call, and says how long to wait before making it.
    pub fn take(&mut self, now: Duration) -> Duration {
        let passed = now.saturating_sub(self.filled_at);
        self.filled_at = self.filled_at.max(now);
        let refill = i128::from(self.refill);
        let gained = i128::try_from(passed.as_micros())
            .unwrap_or(i128::MAX)
            .saturating_mul(refill)
            / 1000;
        let full = i128::from(self.capacity) * CALL;
        self.left = self.left.saturating_add(gained).min(full) - CALL;
        if self.left >= 0 {
            return Duration::ZERO;
        }
        let missing = -self.left;
        let micros = (missing * 1000 + refill - 1) / refill.max(1);
        Duration::from_micros(u64::try_from(micros).unwrap_or(u64::MAX))
    }
}

/// A backend that waits before a call would exceed its published rate.
#[derive(Clone, Debug)]
pub struct RateLimited<B> {
    inner: B,
    buckets: Arc<Mutex<BTreeMap<Action, TokenBucket>>>,
    clock: Arc<dyn Clock>,
}

impl<B: Backend> RateLimited<B> {
    /// Wraps a backend, with the published rates of each action; actions without one are not held back.
    pub fn new(inner: B, clock: Arc<dyn Clock>) -> Self {
        let published = Action::ALL
            .iter()
            .filter_map(|action| Some((*action, bucket(*action)?)));
        Self {
            inner,
            buckets: Arc::new(Mutex::new(published.collect())),
            clock,
        }
    }

    /// The same with another rate for an action, as an account may have by ticket.
    #[must_use]
    pub fn with_rate(self, action: Action, bucket: TokenBucket) -> Self {
        self.buckets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(action, bucket);
        self
    }

    /// The wrapped backend.
    pub const fn get_ref(&self) -> &B {
        &self.inner
    }

    /// The wrapped backend, alone.
    pub fn into_inner(self) -> B {
        self.inner
    }

    fn wait(&self, action: Action) -> Duration {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        buckets
            .get_mut(&action)
            .map_or(Duration::ZERO, |bucket| bucket.take(now))
    }
}

#[async_trait]
impl<B: Backend> Backend for RateLimited<B> {
    async fn call(&self, operation: &Operation) -> Result<Answer, BackendError> {
        let wait = self.wait(operation.action());
        if !wait.is_zero() {
            self.clock.sleep(wait).await;
        }
        self.inner.call(operation).await
    }

    fn supports(&self, action: Action) -> bool {
        self.inner.supports(action)
    }
}

impl<B: fmt::Display> fmt::Display for RateLimited<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rate_limited({})", self.inner)
    }
}

/// The published rate of an action: the newer page's bucket where there is one, else a tenth of the older page's minute at once and the
/// rest over the minute.
pub(crate) fn bucket(action: Action) -> Option<TokenBucket> {
    let rate = action.rate()?;
    if let Some(bucket) = rate.bucket {
        return Some(TokenBucket::new(
            bucket.burst,
            bucket.refill_per_second.saturating_mul(1000),
        ));
    }
    let per_minute = rate.per_minute?;
    let per_thousand_seconds = u64::from(per_minute) * 1000 / 60;
    Some(TokenBucket::new(
        (per_minute / 10).max(1),
        u32::try_from(per_thousand_seconds).unwrap_or(u32::MAX),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn creates_have_the_published_bucket() {
        assert_eq!(
            bucket(Action::CreateContainerGroup),
            Some(TokenBucket::new(100, 20_000))
        );
        assert_eq!(bucket(Action::ListUsage), None);
    }

    proptest! {
        #[test]
        fn no_more_calls_pass_than_the_bucket_allows(gaps in prop::collection::vec(0_u64..400, 1..200)) {
            let mut bucket = TokenBucket::new(5, 2_000);
            let mut now = Duration::ZERO;
            let mut made = Vec::new();
            for gap in gaps {
                now += Duration::from_millis(gap);
                made.push(now + bucket.take(now));
            }
            for (index, from) in made.iter().enumerate() {
                let until = *from + Duration::from_secs(10);
                let within = made[index..].iter().take_while(|at| **at <= until).count();
                prop_assert!(within <= 5 + 20 + 1, "{within} calls in ten seconds");
            }
        }
    }
}
