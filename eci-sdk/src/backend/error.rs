//! What went wrong in a backend, and what may be done about it.

use std::time::Duration;

use eci_model::api::Action;
use eci_model::api::errors::{Retry, retry};

/// What a caller may try next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Class {
    /// The same request again, after a while.
    RetrySame {
        /// How long the service asks to wait.
        after: Option<Duration>,
    },
    /// Another zone, vSwitch or size: this one has no stock.
    RetryElsewhere,
    /// The same request with a new signature: clock or nonce were refused.
    SignAgain,
    /// The same request once the instance has another state.
    AfterStateChange,
    /// Nothing helps but another request.
    Never,
    /// The backend does not offer the action.
    Unsupported,
    /// It is no failure: a dry run passed, and nothing was made.
    NotAFailure,
}

impl From<Retry> for Class {
    /// What may be tried next, by the published codes. New credentials are for the signer to get: it signs again.
    fn from(retry: Retry) -> Self {
        match retry {
            Retry::Same => Self::RetrySame { after: None },
            Retry::Elsewhere => Self::RetryElsewhere,
            Retry::FreshSignature | Retry::FreshCredentials => Self::SignAgain,
            Retry::AfterStateChange => Self::AfterStateChange,
            Retry::NotAFailure => Self::NotAFailure,
            _ => Self::Never,
        }
    }
}

/// Whether the service saw the request. Only when that is unknown does the token of a create matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reached {
    /// It answered.
    Yes,
    /// It cannot have seen it.
    No,
    /// The reply was lost.
    Unknown,
}

/// An operation that failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message} (request {request_id})")]
#[non_exhaustive]
pub struct BackendError {
    /// What may be tried next.
    pub class: Class,
    /// Whether the service saw the request.
    pub reached: Reached,
    /// The code of the service, such as `QuotaExceeded`.
    pub code: Box<str>,
    /// What it says.
    pub message: Box<str>,
    /// Its id of the request; empty when it gave none.
    pub request_id: Box<str>,
}

impl BackendError {
    /// A refusal by the service that nothing but another request mends; other cases are set by the methods below.
    ///
    /// # Example
    /// ```
    /// use eci_sdk::backend::{BackendError, Class};
    ///
    /// let error = BackendError::new("NoStock", "no stock in this zone").class(Class::RetryElsewhere).request("4E1C");
    /// assert_eq!(error.to_string(), "NoStock: no stock in this zone (request 4E1C)");
    /// ```
    pub fn new(code: &str, message: impl Into<Box<str>>) -> Self {
        Self {
            class: Class::Never,
            reached: Reached::Yes,
            code: code.into(),
            message: message.into(),
            request_id: "".into(),
        }
    }

    /// What the service answers with a code and an HTTP status, classed by the published codes
    /// ([`eci_model::api::errors`]).
    ///
    /// # Example
    /// ```
    /// use eci_sdk::backend::{BackendError, Class};
    ///
    /// let passed = BackendError::of_code("DryRunOperation", 400, "the request would have succeeded");
    /// assert_eq!(passed.class, Class::NotAFailure);
    /// let full = BackendError::of_code("OperationDenied.NoStock", 403, "no stock");
    /// assert_eq!(full.class, Class::RetryElsewhere);
    /// ```
    pub fn of_code(code: &str, status: u16, message: impl Into<Box<str>>) -> Self {
        Self::new(code, message).class(retry(code, status).into())
    }

    /// The backend does not offer the action.
    pub fn unsupported(action: Action) -> Self {
        Self::new("Unsupported", format!("this backend does not offer {action}"))
            .class(Class::Unsupported)
            .reached(Reached::No)
    }

    pub(crate) fn wrong_answer(action: Action) -> Self {
        Self::new(
            "WrongAnswer",
            format!("the backend answered {action} with the answer of another action"),
        )
    }

    /// With what may be tried next.
    #[must_use]
    pub fn class(mut self, class: Class) -> Self {
        self.class = class;
        self
    }

    /// With whether the service saw the request.
    #[must_use]
    pub fn reached(mut self, reached: Reached) -> Self {
        self.reached = reached;
        self
    }

    /// With the service's id of the request.
    #[must_use]
    pub fn request(mut self, id: impl Into<Box<str>>) -> Self {
        self.request_id = id.into();
        self
    }
}
