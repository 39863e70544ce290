//! What events and conditions of the platform mean, and what to do about them (Custom conditions, 2026-09-05; Custom events, 2025-12-11).

/// The reason of the notice before a spot instance is taken back.
pub(super) const SPOT_NOTICE: &str = "SpotToBeReleased";

/// What a reason is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ReasonClass {
    /// Things go on: nothing to do.
    Progress,
    /// The service tries again by itself.
    Retrying,
    /// No capacity: other zones or sizes help.
    Stock,
    /// A quota is used up.
    Quota,
    /// The account: its balance or rights.
    Account,
    /// A disk.
    Disk,
    /// An image or its cache.
    Image,
    /// What was asked for is not possible.
    Request,
    /// Spot capacity.
    Spot,
    /// A fault below the instance.
    System,
    /// A container.
    Container,
}

/// What is known of a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reason {
    /// As the platform writes it.
    pub name: &'static str,
    /// What it is about.
    pub class: ReasonClass,
    /// Whether its event is a warning.
    pub is_warning: bool,
    /// Whether the condition ContainerInstanceCreated shows it.
    pub is_condition: bool,
    /// What it means.
    pub means: &'static str,
}

/// A reason by name; of a dotted name, such as `ContainerGroup.NoStock`, the last part counts.
///
/// # Example
/// ```
/// use eci_model::lifecycle::{ReasonClass, find_reason};
///
/// let reason = find_reason("ContainerGroup.NoStock").expect("a known one");
/// assert_eq!((reason.class, reason.is_warning), (ReasonClass::Stock, true));
/// ```
pub fn find(name: &str) -> Option<&'static Reason> {
    let exact = REASONS.iter().find(|reason| reason.name == name);
    exact.or_else(|| {
        let last = name.rsplit('.').next()?;
        REASONS.iter().find(|reason| reason.name == last)
    })
}

const fn row(name: &'static str, class: ReasonClass, shown: &str, means: &'static str) -> Reason {
    let shown = shown.as_bytes();
    Reason {
        name,
        class,
        is_warning: shown[0] == b'W',
        is_condition: shown[1] == b'c',
        means,
    }
}

/// Every reason the pages name. `W` a warning, `N` a normal event; `c` shown by the condition as well.
pub static REASONS: &[Reason] = &[
    row("Creating", ReasonClass::Progress, "Nc", "the instance is being created"),
    row(
        "StockExhaust",
        ReasonClass::Stock,
        "Wc",
        "the stock of the zone is nearly gone",
    ),
    row("NoStock", ReasonClass::Stock, "Wc", "no stock"),
    row(
        "StockClose",
        ReasonClass::Stock,
        "Wc",
        "the zone is closed for new instances",
    ),
    row("FailedScheduling", ReasonClass::Retrying, "Wc", "no place was found"),
    row(
        "UnknownError",
        ReasonClass::Retrying,
        "Wc",
        "the service is overloaded, or the error is unknown",
    ),
    row("Throttling", ReasonClass::Retrying, "Wc", "too many requests"),
    row(
        "CreateBackoff",
        ReasonClass::Retrying,
        "W-",
        "creation failed and is tried again later",
    ),
    row(
        "DiskCapacityQuotaFull",
        ReasonClass::Quota,
        "Wc",
        "the quota of disks is used up",
    ),
    row(
        "QuotaExceeded",
        ReasonClass::Quota,
        "W-",
        "the quota of a type or of vCPU is used up",
    ),
    row("QuotaFull", ReasonClass::Quota, "W-", "a quota is used up (2021)"),
    row(
        "InsufficientBalance",
        ReasonClass::Account,
        "W-",
        "the balance of the account is too small",
    ),
    row(
        "Unauthorized",
        ReasonClass::Account,
        "W-",
        "the role of the service is not granted (2021)",
    ),
    row("AttachDiskFailed", ReasonClass::Disk, "W-", "a disk was not attached"),
    row(
        "CpuOptionsNotSupported",
        ReasonClass::Request,
        "Wc",
        "the zone has no such CPU options",
    ),
    row(
        "CpuOptionsNotValid",
        ReasonClass::Request,
        "Wc",
        "the type has no such CPU options",
    ),
    row("ResourceInsufficient", ReasonClass::Stock, "W-", "sold out (2021)"),
    row(
        "SpotDegraded",
        ReasonClass::Spot,
        "Wc",
        "pay-as-you-go capacity was taken in place of spot capacity",
    ),
    row(
        SPOT_NOTICE,
        ReasonClass::Spot,
        "Wc",
        "the spot instance will be taken back in some minutes",
    ),
    row(
        "AutoInstanceTypeMatch",
        ReasonClass::Progress,
        "Nc",
        "the size was rounded to a supported one",
    ),
    row(
        "UserInstanceTypeSpec",
        ReasonClass::Progress,
        "N-",
        "the size is the one asked for",
    ),
    row(
        "MultiZoneRecommendations",
        ReasonClass::Stock,
        "Nc",
        "several zones are advised",
    ),
    row(
        "SYSTEM_FAILURE",
        ReasonClass::System,
        "W-",
        "the machine failed while the instance was created",
    ),
    row(
        "SystemFailureReboot",
        ReasonClass::System,
        "Wc",
        "restarted after a fault of the system",
    ),
    row(
        "SystemReboot",
        ReasonClass::System,
        "Wc",
        "to be recreated within 48 hours, or it is restarted",
    ),
    row(
        "SystemFailure.Reboot",
        ReasonClass::System,
        "W-",
        "restarted after a fault of the system",
    ),
    row(
        "InstanceFailure.Reboot",
        ReasonClass::System,
        "W-",
        "restarted after a fault of its operating system",
    ),
    row(
        "SystemFailure.Redeploy",
        ReasonClass::System,
        "W-",
        "moved after a fault of the system",
    ),
    row("StartingFailed", ReasonClass::Container, "W-", "the start failed"),
    row(
        "OOMKilled",
        ReasonClass::Container,
        "W-",
        "a container ran out of memory",
    ),
    row(
        "SuccessfulHitImageCache",
        ReasonClass::Image,
        "N-",
        "an image cache was used",
    ),
    row("ImageCacheMissed", ReasonClass::Image, "W-", "no image cache fits"),
    row(
        "ImageCacheAutoCreated",
        ReasonClass::Image,
        "N-",
        "an image cache is being made",
    ),
    row(
        "ImageCacheNotComplete",
        ReasonClass::Image,
        "N-",
        "the named image cache is not ready",
    ),
    row(
        "ImageCacheNotFound",
        ReasonClass::Image,
        "W-",
        "the named image cache does not exist",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_of_the_data_is_known() {
        let data: serde_json::Value =
            serde_json::from_str(include_str!("../../data/reasons.json")).expect("the data of reasons");
        let mut count = 0;
        for event in data["events"].as_array().into_iter().flatten() {
            let name = event["reason"].as_str().expect("a name");
            let known = find(name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!(known.is_warning, event["type"] == "Warning", "{name}");
            count += 1;
        }
        for kind in data["conditions"].as_array().into_iter().flatten() {
            for reason in kind["reasons"].as_array().into_iter().flatten() {
                let name = reason.as_str().expect("a name");
                let known = find(name).unwrap_or_else(|| panic!("{name}"));
                let exact = known.name == name;
                assert!(
                    exact && (known.is_condition == (kind["type"] == "ContainerInstanceCreated")),
                    "{name}"
                );
                count += 1;
            }
        }
        assert!(count > 40, "{count}");
    }

    #[test]
    fn no_reason_stands_twice() {
        for (index, reason) in REASONS.iter().enumerate() {
            assert!(
                REASONS[index + 1..].iter().all(|other| other.name != reason.name),
                "{}",
                reason.name
            );
        }
        assert_eq!(find("Nothing"), None);
    }
}
