//! Telling what goes through a backend, without secrets.

use std::fmt;

use async_trait::async_trait;
use eci_model::api::{Action, Answer, Operation};
use tracing::{Instrument as _, debug, debug_span, trace, warn};

use super::{Backend, BackendError, Class};

/// A backend that tells its calls to `tracing`: a span `eci` a call with the action, at trace level the request with its secrets hidden,
/// and the outcome: `debug` when it was answered or a dry run passed, `warn` with code, class and request id when it failed.
///
/// # Example
/// ```
/// use eci_sdk::backend::Traced;
/// use eci_sdk::sim::{Simulator, World};
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build()?.block_on(async {
/// let backend = Traced::new(Simulator::new(World::ideal()));
/// assert_eq!(backend.to_string(), "traced(simulator(seed 0))");
/// # });
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Traced<B> {
    inner: B,
}

impl<B: Backend> Traced<B> {
    /// Wraps a backend.
    pub const fn new(inner: B) -> Self {
        Self { inner }
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
impl<B: Backend> Backend for Traced<B> {
    async fn call(&self, operation: &Operation) -> Result<Answer, BackendError> {
        let span = debug_span!("eci", action = operation.action().name());
        async {
            trace!(%operation, "sent");
            let answer = self.inner.call(operation).await;
            match &answer {
                Ok(_) => debug!("answered"),
                Err(error) if error.class == Class::NotAFailure => debug!(code = &*error.code, "passed"),
                Err(error) => warn!(
                    code = &*error.code,
                    class = ?error.class,
                    reached = ?error.reached,
                    request_id = &*error.request_id,
                    "failed"
                ),
            }
            answer
        }
        .instrument(span)
        .await
    }

    fn supports(&self, action: Action) -> bool {
        self.inner.supports(action)
    }
}

impl<B: fmt::Display> fmt::Display for Traced<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "traced({})", self.inner)
    }
}

#[cfg(all(test, feature = "sim"))]
mod tests {
    use std::fmt::Write as _;
    use std::sync::{Arc, Mutex, PoisonError};

    use eci_model::api::EnvironmentVar;
    use tracing::field::{Field, Visit};
    use tracing::span::{Attributes, Id, Record};
    use tracing::{Event, Metadata, Subscriber};

    use super::super::{CallFault, Faulty, conformance};
    use super::*;
    use crate::sim::{Simulator, World};

    /// Writes everything down that it is told.
    #[derive(Clone, Default)]
    struct Notebook(Arc<Mutex<String>>);

    struct Line<'t>(&'t mut String);

    impl Visit for Line<'_> {
        fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
            // Writing to a String cannot fail.
            let _ = write!(self.0, "{field}={value:?} ");
        }
    }

    impl Subscriber for Notebook {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }

        fn new_span(&self, span: &Attributes<'_>) -> Id {
            span.record(&mut Line(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner)));
            Id::from_u64(1)
        }

        fn record(&self, _: &Id, _: &Record<'_>) {}

        fn record_follows_from(&self, _: &Id, _: &Id) {}

        fn event(&self, event: &Event<'_>) {
            event.record(&mut Line(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner)));
        }

        fn enter(&self, _: &Id) {}

        fn exit(&self, _: &Id) {}
    }

    #[tokio::test(start_paused = true)]
    async fn calls_are_told_and_secrets_are_not() {
        let notebook = Notebook::default();
        let _guard = tracing::subscriber::set_default(notebook.clone());
        let mut request = conformance::example("vsw-bp1xpiowfm5vo8o3c1h01");
        request.container[0].environment_var = vec![EnvironmentVar {
            key: Some("TOKEN".into()),
            value: Some("hunter2".to_owned().into()),
            ..Default::default()
        }];
        let lost = |number: u64, _: &_| (number == 2).then_some(CallFault::ReplyLost);
        let backend = Traced::new(Faulty::new(Simulator::new(World::ideal())).with_rule(lost));
        let operation = Operation::from(request);
        backend.call(&operation).await.expect("created");
        backend.call(&operation).await.expect_err("lost");
        let told = notebook.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for word in ["CreateContainerGroup", "sent", "answered", "failed", "Timeout", "TOKEN"] {
            assert!(told.contains(word), "{word} in {told}");
        }
        assert!(!told.contains("hunter2"), "{told}");
    }
}
