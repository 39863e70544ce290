//! What happens in a world, as values.

use std::sync::Arc;

use eci_model::lifecycle::State;

use super::time::Instant;

/// Something that happened to a container group.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// When.
    pub at: Instant,
    /// The id of the group.
    pub group: Arc<str>,
    /// What.
    pub what: Happening,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Happening {
    /// The group entered a state.
    State(State),
    /// A container started, ended, or waits to be started again.
    Container {
        /// The container.
        name: Arc<str>,
    },
    /// The platform reported something in the words of its events.
    Reported {
        /// The reason, `NoStock` or `SpotToBeReleased`.
        reason: &'static str,
        /// What it says.
        message: Arc<str>,
        /// Whether it is a warning.
        warning: bool,
    },
    /// The record is gone.
    Gone,
}
