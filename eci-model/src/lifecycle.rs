//! The life of an instance, and what a pod's status says of it.
//!
//! States and phases: Lifecycle of a pod (2026-09-21); the states are exactly those the API lists.

mod event;
mod message;
mod pending;
mod reason;
mod status;

use std::fmt;
use std::str::FromStr;

use crate::policy::PhaseMapping;

pub use event::{PodEvent, ToldEvents};
pub use message::message_share;
pub use pending::{PendingClock, is_kept};
pub use reason::{REASONS, Reason, ReasonClass, find as find_reason};
pub use status::{Sight, lost, pod_status};

/// The state of a container group.
///
/// # Example
/// ```
/// use eci_model::lifecycle::State;
/// use eci_model::policy::PhaseMapping;
///
/// assert_eq!(State::Expired.phase(None, PhaseMapping::Documented), "Failed");
/// assert!(!State::Scheduling.is_billed() && State::Pending.is_billed());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Resources are being allocated.
    Scheduling,
    /// Allocated and starting: pulls, mounts, init containers.
    Pending,
    /// All containers are created, and at least one runs or restarts.
    Running,
    /// Being restarted on request.
    Restarting,
    /// Being changed on request.
    Updating,
    /// Being deleted, while its last hooks run.
    Terminating,
    /// All containers have ended well.
    Succeeded,
    /// All containers have ended, one of them badly or killed.
    Failed,
    /// The spot instance was taken back.
    Expired,
    /// Creation failed.
    ScheduleFailed,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 10] = [
        Self::Scheduling,
        Self::Pending,
        Self::Running,
        Self::Restarting,
        Self::Updating,
        Self::Terminating,
        Self::Succeeded,
        Self::Failed,
        Self::Expired,
        Self::ScheduleFailed,
    ];

    /// The name the API uses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scheduling => "Scheduling",
            Self::Pending => "Pending",
            Self::Running => "Running",
            Self::Restarting => "Restarting",
            Self::Updating => "Updating",
            Self::Terminating => "Terminating",
            Self::Succeeded => "Succeeded",
            Self::Failed => "Failed",
            Self::Expired => "Expired",
            Self::ScheduleFailed => "ScheduleFailed",
        }
    }

    /// Whether time in this state is billed (Billing of instances, 2024-11-27).
    pub const fn is_billed(self) -> bool {
        matches!(
            self,
            Self::Pending | Self::Running | Self::Restarting | Self::Updating | Self::Terminating
        )
    }

    /// Whether nothing can run any more.
    pub const fn is_final(self) -> bool {
        matches!(
            self,
            Self::Succeeded | Self::Failed | Self::Expired | Self::ScheduleFailed
        )
    }

    /// Whether a restart or an update is accepted (RestartContainerGroup, 2025-10-17).
    pub const fn can_restart(self) -> bool {
        matches!(self, Self::Pending | Self::Running)
    }

    /// Whether a group may go from this state to another.
    pub const fn may_become(self, next: Self) -> bool {
        match self {
            Self::Scheduling => matches!(
                next,
                Self::Pending | Self::ScheduleFailed | Self::Failed | Self::Terminating
            ),
            Self::Pending => matches!(
                next,
                Self::Running
                    | Self::Restarting
                    | Self::Updating
                    | Self::Terminating
                    | Self::Succeeded
                    | Self::Failed
                    | Self::Expired
            ),
            Self::Running => matches!(
                next,
                Self::Restarting | Self::Updating | Self::Terminating | Self::Succeeded | Self::Failed | Self::Expired
            ),
            Self::Restarting | Self::Updating => {
                matches!(
                    next,
                    Self::Pending | Self::Running | Self::Terminating | Self::Failed | Self::Expired
                )
            }
            Self::Terminating => matches!(next, Self::Succeeded | Self::Failed | Self::Expired),
            Self::Succeeded | Self::Failed | Self::Expired | Self::ScheduleFailed => false,
        }
    }

    /// The phase of the pod; `before` is the one it had.
    pub fn phase(self, before: Option<&str>, mapping: PhaseMapping) -> &'static str {
        let ran = before == Some("Running");
        match self {
            Self::Scheduling | Self::Pending | Self::Restarting | Self::Updating
                if mapping == PhaseMapping::Stable && ran =>
            {
                "Running"
            }
            Self::Terminating if mapping == PhaseMapping::Stable && !ran => "Pending",
            Self::Scheduling | Self::Pending | Self::Restarting | Self::Updating => "Pending",
            Self::Running | Self::Terminating => "Running",
            Self::Succeeded => "Succeeded",
            Self::Failed | Self::Expired | Self::ScheduleFailed => "Failed",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for State {
    type Err = StateError;

    fn from_str(text: &str) -> Result<Self, StateError> {
        let state = Self::ALL.into_iter().find(|state| state.name() == text);
        state.ok_or_else(|| StateError(text.chars().take(64).collect::<String>().into()))
    }
}

/// A text that names no state.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no state of a container group")]
pub struct StateError(Box<str>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phases_follow_the_documented_table() {
        let table = [
            ("Scheduling", "Pending"),
            ("Pending", "Pending"),
            ("Running", "Running"),
            ("Restarting", "Pending"),
            ("Updating", "Pending"),
            ("Terminating", "Running"),
            ("Succeeded", "Succeeded"),
            ("Failed", "Failed"),
            ("Expired", "Failed"),
            ("ScheduleFailed", "Failed"),
        ];
        for (state, phase) in table {
            let state: State = state.parse().expect("listed");
            assert_eq!(state.phase(Some("Running"), PhaseMapping::Documented), phase);
        }
    }

    #[test]
    fn the_stable_mapping_never_falls_back_to_pending() {
        for state in [State::Restarting, State::Updating, State::Running, State::Terminating] {
            assert_eq!(state.phase(Some("Running"), PhaseMapping::Stable), "Running", "{state}");
        }
        assert_eq!(
            State::Restarting.phase(Some("Pending"), PhaseMapping::Stable),
            "Pending"
        );
    }

    #[test]
    fn final_states_stay() {
        for state in State::ALL {
            let leaves = State::ALL.into_iter().any(|next| state.may_become(next));
            assert_eq!(leaves, !state.is_final(), "{state}");
        }
    }

    #[test]
    fn nothing_final_is_billed() {
        assert!(
            State::ALL
                .into_iter()
                .all(|state| !(state.is_final() && state.is_billed()))
        );
        assert!("Deleted".parse::<State>().is_err());
    }
}
