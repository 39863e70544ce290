//! The menu of faults: what can be planned to go wrong in a world.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// What can go wrong, each by its name in scenario files and on the command line.
///
/// # Example
/// ```
/// use eci_sdk::sim::{FaultKind, FaultPart};
///
/// let kind: FaultKind = "slow-pull".parse()?;
/// assert_eq!(kind.to_string(), "slow-pull");
/// assert!(kind.knows(FaultPart::Image) && !kind.knows(FaultPart::Operation));
/// # Ok::<(), eci_sdk::sim::UnknownFault>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FaultKind {
    /// A candidate has no stock, each time it is looked at.
    NoStock,
    /// A vSwitch has no free address, each time one is asked for.
    NoAddress,
    /// A create request exceeds the quota.
    Quota,
    /// A call is refused since there are too many.
    Throttling,
    /// A pull takes longer.
    SlowPull,
    /// A pull fails, and is tried again with back-off.
    FailedPull,
    /// The image cache that a request names is not ready, or no cache matches.
    CacheNotReady,
    /// A public address cannot be bound.
    EipFailure,
    /// The caller may not create the service's role.
    MissingRole,
    /// A container takes longer to start.
    SlowStart,
    /// A container exits soon after its start.
    CrashLoop,
    /// A container takes more memory than it may have.
    OutOfMemory,
    /// A spot instance is asked back.
    SpotReclaim,
    /// A group is not looked at by the scheduler.
    StuckScheduling,
    /// A list does not show the newest groups yet.
    ListLag,
    /// A page holds one item and the token of the next page.
    PartialPage,
    /// A client token counts as used with other parameters.
    TokenReuse,
    /// The clock of the caller counts as wrong.
    ClockSkew,
    /// A call has its effect, but the answer is lost.
    ReplyLost,
    /// A call is delivered twice.
    Twice,
    /// A gateway answers with a page instead of the service.
    GatewayPage,
}

/// What a planned fault may be narrowed by or given, besides when and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultPart {
    /// A zone.
    Zone,
    /// A size, type or family.
    Type,
    /// An image, without tag.
    Image,
    /// The name of a container.
    Container,
    /// The name of a container group.
    Group,
    /// An operation.
    Operation,
    /// How long.
    By,
    /// The code of an exit.
    Code,
}

/// No fault has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no fault; faults are {names}", names = FaultKind::names())]
pub struct UnknownFault(Box<str>);

impl FaultKind {
    /// The whole menu, in the order of a group's life.
    pub const ALL: &'static [Self] = &[
        Self::Quota,
        Self::MissingRole,
        Self::CacheNotReady,
        Self::StuckScheduling,
        Self::NoStock,
        Self::NoAddress,
        Self::EipFailure,
        Self::SlowPull,
        Self::FailedPull,
        Self::SlowStart,
        Self::CrashLoop,
        Self::OutOfMemory,
        Self::SpotReclaim,
        Self::ListLag,
        Self::PartialPage,
        Self::Throttling,
        Self::TokenReuse,
        Self::ClockSkew,
        Self::ReplyLost,
        Self::Twice,
        Self::GatewayPage,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoStock => "no-stock",
            Self::NoAddress => "no-address",
            Self::Quota => "quota",
            Self::Throttling => "throttling",
            Self::SlowPull => "slow-pull",
            Self::FailedPull => "failed-pull",
            Self::CacheNotReady => "cache-not-ready",
            Self::EipFailure => "eip-failure",
            Self::MissingRole => "missing-role",
            Self::SlowStart => "slow-start",
            Self::CrashLoop => "crash-loop",
            Self::OutOfMemory => "out-of-memory",
            Self::SpotReclaim => "spot-reclaim",
            Self::StuckScheduling => "stuck-scheduling",
            Self::ListLag => "list-lag",
            Self::PartialPage => "partial-page",
            Self::TokenReuse => "token-reuse",
            Self::ClockSkew => "clock-skew",
            Self::ReplyLost => "reply-lost",
            Self::Twice => "twice",
            Self::GatewayPage => "gateway-page",
        }
    }

    /// What happens, in a line.
    pub const fn summary(self) -> &'static str {
        match self {
            Self::NoStock => "a candidate has no stock, each time it is looked at",
            Self::NoAddress => "a vSwitch has no free address, each time one is asked for",
            Self::Quota => "a create request is refused with `QuotaExceeded`",
            Self::Throttling => "a call is refused with `Throttling` and asked to wait, one second unless told",
            Self::SlowPull => "a pull takes two minutes longer, or as told",
            Self::FailedPull => "a pull fails, and is tried again with back-off",
            Self::CacheNotReady => "the image cache that a request names is not ready, or no cache matches",
            Self::EipFailure => "a public address cannot be bound when the group is placed",
            Self::MissingRole => "a create request is refused with `CreateServiceLinkedRole.Denied`",
            Self::SlowStart => "a container takes a minute longer to start, or as told",
            Self::CrashLoop => "a container exits with 1 a second after its start, or as told",
            Self::OutOfMemory => "a container is out of memory ten seconds after its start, or as told",
            Self::SpotReclaim => "a spot instance is asked back ten minutes after it is placed, or as told",
            Self::StuckScheduling => "a group is not looked at by the scheduler for ten minutes, or as told",
            Self::ListLag => "a list does not show groups created in the last ten seconds, or as told",
            Self::PartialPage => "a page holds one item and the token of the next page",
            Self::TokenReuse => "a call with a client token is refused with `IdempotentParameterMismatch`",
            Self::ClockSkew => "a call is refused with `InvalidTimeStamp.Expired`",
            Self::ReplyLost => "a call has its effect, but the answer is lost",
            Self::Twice => "a call is delivered twice",
            Self::GatewayPage => "a gateway answers with a page of HTML, and the call is not delivered",
        }
    }

    /// What it can be narrowed by or given.
    pub const fn parts(self) -> &'static [FaultPart] {
        use FaultPart::{By, Code, Container, Group, Image, Operation, Type, Zone};
        match self {
            Self::NoStock => &[Zone, Type, Group],
            Self::NoAddress | Self::EipFailure => &[Zone, Group],
            Self::Quota | Self::MissingRole | Self::CacheNotReady => &[Group],
            Self::SlowPull => &[Zone, Image, Group, By],
            Self::FailedPull => &[Zone, Image, Group],
            Self::SlowStart | Self::OutOfMemory => &[Zone, Image, Container, Group, By],
            Self::CrashLoop => &[Zone, Image, Container, Group, By, Code],
            Self::SpotReclaim => &[Zone, Type, Group, By],
            Self::StuckScheduling => &[Group, By],
            Self::ListLag => &[Operation, By],
            Self::PartialPage => &[Operation],
            Self::Throttling => &[Operation, Group, By],
            Self::TokenReuse | Self::ClockSkew | Self::ReplyLost | Self::Twice | Self::GatewayPage => {
                &[Operation, Group]
            }
        }
    }

    /// Whether it can be narrowed by a part, or be given it.
    pub fn knows(self, part: FaultPart) -> bool {
        self.parts().contains(&part)
    }

    /// How long, where nothing else is told. Ours.
    pub(super) const fn usual_span(self) -> Duration {
        Duration::from_secs(match self {
            Self::SlowPull => 120,
            Self::SlowStart => 60,
            Self::OutOfMemory | Self::ListLag => 10,
            Self::SpotReclaim | Self::StuckScheduling => 600,
            _ => 1,
        })
    }

    fn names() -> String {
        Self::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ")
    }
}

impl FromStr for FaultKind {
    type Err = UnknownFault;

    fn from_str(name: &str) -> Result<Self, UnknownFault> {
        let known = Self::ALL.iter().find(|kind| kind.name() == name);
        known.copied().ok_or_else(|| UnknownFault(name.into()))
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FaultPart {
    /// Its key in a scenario file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zone => "zone",
            Self::Type => "type",
            Self::Image => "image",
            Self::Container => "container",
            Self::Group => "group",
            Self::Operation => "operation",
            Self::By => "by",
            Self::Code => "code",
        }
    }
}

impl fmt::Display for FaultPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_as_their_kind() {
        for kind in FaultKind::ALL {
            assert_eq!(kind.name().parse(), Ok(*kind));
        }
    }

    #[test]
    fn an_unknown_name_is_told_with_the_known_ones() {
        let error = "no-luck".parse::<FaultKind>().expect_err("no fault");
        assert!(
            error
                .to_string()
                .starts_with("`no-luck` is no fault; faults are quota, missing-role,")
        );
    }
}
