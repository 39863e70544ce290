//! What a pod does, as its bar shows it.

use crate::report::v1;

/// What a pod does for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Waiting for a place; not billed.
    Scheduling,
    /// Placed: images are pulled, containers start.
    Starting,
    /// All containers were started.
    Running,
    /// Restarting or updating.
    Changing,
    /// A spot instance that will be taken back.
    Noticed,
    /// Its containers are asked to stop.
    Stopping,
    /// Ended well.
    Succeeded,
    /// Ended badly, or taken back.
    Failed,
    /// Nothing is left of it.
    Gone,
}

impl Phase {
    /// Those that are drawn, in the order of a life.
    pub const SHOWN: [Self; 8] = [
        Self::Scheduling,
        Self::Starting,
        Self::Running,
        Self::Changing,
        Self::Noticed,
        Self::Stopping,
        Self::Succeeded,
        Self::Failed,
    ];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scheduling => "scheduling",
            Self::Starting => "starting",
            Self::Running => "running",
            Self::Changing => "restarting or updating",
            Self::Noticed => "spot notice",
            Self::Stopping => "stopping",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed or reclaimed",
            Self::Gone => "gone",
        }
    }

    /// Its class in the page, one letter.
    pub(super) const fn class(self) -> char {
        match self {
            Self::Scheduling => 's',
            Self::Starting => 'p',
            Self::Running => 'r',
            Self::Changing => 'c',
            Self::Noticed => 'n',
            Self::Stopping => 't',
            Self::Succeeded => 'o',
            Self::Failed => 'x',
            Self::Gone => 'g',
        }
    }
}

/// What a pod does from an entry of the journal on; nothing for entries that change no bar.
pub(super) fn of_entry(entry: &v1::JournalEntry) -> Option<Phase> {
    Some(match entry.what.as_str() {
        "Created" => Phase::Scheduling,
        "Pending" => Phase::Starting,
        "Running" => Phase::Running,
        "Restarting" | "Updating" => Phase::Changing,
        "SpotToBeReleased" => Phase::Noticed,
        "Deleting" | "Terminating" => Phase::Stopping,
        "Succeeded" => Phase::Succeeded,
        "BidFailed" | "Failed" | "ScheduleFailed" | "PendingTimeout" | "DeadlineExceeded" | "Evicted" => Phase::Failed,
        "Gone" => Phase::Gone,
        _ => return None,
    })
}

/// Whether an entry tells of something that went wrong.
pub(super) fn is_trouble(entry: &v1::JournalEntry) -> bool {
    match entry.what.as_str() {
        "NoStock"
        | "InvalidVSwitchId.IpNotEnough"
        | "UnknownError"
        | "ErrImagePull"
        | "Unhealthy"
        | "FailedPostStartHook"
        | "SpotToBeReleased"
        | "BidFailed"
        | "ScheduleFailed"
        | "PendingTimeout"
        | "DeadlineExceeded"
        | "Evicted"
        | "Failed" => true,
        // The code stands behind the name of the container.
        "Exited" => !entry.detail.ends_with(" 0"),
        what => what.starts_with("Fault"),
    }
}
