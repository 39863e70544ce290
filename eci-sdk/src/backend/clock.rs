//! The time that wrappers wait on.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;

/// A clock that can be waited on. Wrappers take it instead of reading the time themselves, so that tests need no patience.
#[async_trait]
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// The time since some fixed moment; never runs back.
    fn now(&self) -> Duration;

    /// Waits.
    async fn sleep(&self, span: Duration);
}

/// The clock of tokio: real time, or virtual under a paused runtime.
#[cfg(feature = "sim")]
#[derive(Clone, Copy, Debug)]
pub struct TokioClock {
    began: tokio::time::Instant,
}

#[cfg(feature = "sim")]
impl TokioClock {
    /// A clock that counts from now.
    pub fn new() -> Self {
        Self {
            began: tokio::time::Instant::now(),
        }
    }
}

#[cfg(feature = "sim")]
impl Default for TokioClock {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(feature = "sim")]
#[async_trait]
impl Clock for TokioClock {
    fn now(&self) -> Duration {
        self.began.elapsed()
    }

    async fn sleep(&self, span: Duration) {
        tokio::time::sleep(span).await;
    }
}
