//! In which order vSwitches are tried.

use eci_model::{ScheduleStrategy, VSwitchId, Zone};

use crate::facts::Inventory;

/// Zones that the platform tries last when it may choose (Configure multiple zones to create a pod, 2024-03-07).
const LATE: [&str; 10] = [
    "cn-beijing-d",
    "cn-beijing-e",
    "cn-hangzhou-b",
    "cn-hangzhou-e",
    "cn-hangzhou-f",
    "cn-shanghai-a",
    "cn-shanghai-c",
    "cn-shenzhen-a",
    "cn-shenzhen-b",
    "cn-shenzhen-c",
];

/// Whether the platform tries a zone last when it may choose.
pub fn is_late(zone: &Zone) -> bool {
    LATE.contains(&zone.as_str())
}

/// What narrows or favours zones beside the strategy.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wishes<'a> {
    /// Zones that can host every disk of the pod; `None` for a pod without disks.
    pub disk_zones: Option<&'a [Zone]>,
    /// Zones that hold a matching reserved instance.
    pub reserved_zones: &'a [Zone],
}

/// The order in which vSwitches are tried, as far as it can be told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempts<'a> {
    /// Tried one after the other; among the vSwitches of one step the platform chooses by stock, which nobody can observe.
    pub steps: Vec<Step<'a>>,
    /// Not tried: their zone cannot host a disk of the pod.
    pub dropped: Vec<&'a VSwitchId>,
}

/// vSwitches that are tried together.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step<'a> {
    /// The vSwitches, in the order of the list.
    pub vswitches: Vec<&'a VSwitchId>,
    /// Why they stand here.
    pub why: Standing,
}

/// Why a vSwitch is tried when it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Standing {
    /// Its place in the list.
    Listed,
    /// Its zone holds a matching reserved instance.
    Reserved,
    /// Nothing puts it before or behind others.
    Ordinary,
    /// Its zone is one of those that are tried last.
    Late,
}

/// The order in which the vSwitches of a list are tried (Configure multiple zones to create a pod, 2024-03-07).
///
/// With `VSwitchOrdered` it is the order of the list. With `VSwitchRandom` the platform chooses by stock, zones with a reserved instance
/// first, some old zones last. A vSwitch whose zone is not known is never dropped, favoured or put back.
///
/// # Example
/// ```
/// use eci_model::{ScheduleStrategy, VSwitchId};
/// use eci_network::{Inventory, KnownVSwitch, Wishes, attempts};
///
/// let mut inventory = Inventory::default();
/// let mut list: Vec<VSwitchId> = Vec::new();
/// for (id, zone) in [("vsw-bp1old", "cn-hangzhou-b"), ("vsw-bp1new", "cn-hangzhou-j")] {
///     let mut vswitch = KnownVSwitch::new(id.parse()?);
///     vswitch.zone = Some(zone.parse()?);
///     list.push(vswitch.id.clone());
///     inventory.insert_vswitch(vswitch);
/// }
/// let random = attempts(ScheduleStrategy::VSwitchRandom, &list, &inventory, Wishes::default());
/// assert_eq!(random.steps[0].vswitches, [&list[1]]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn attempts<'a>(
    strategy: ScheduleStrategy,
    vswitches: &'a [VSwitchId],
    inventory: &Inventory,
    wishes: Wishes<'_>,
) -> Attempts<'a> {
    let zone = |id: &VSwitchId| inventory.zone(id);
    let hosts_disks = |id: &&VSwitchId| match (zone(id), wishes.disk_zones) {
        (Some(zone), Some(zones)) => zones.contains(zone),
        _ => true,
    };
    let (kept, dropped): (Vec<&VSwitchId>, Vec<&VSwitchId>) = vswitches.iter().partition(hosts_disks);
    let steps = if strategy == ScheduleStrategy::VSwitchOrdered {
        let alone = |id| Step {
            vswitches: vec![id],
            why: Standing::Listed,
        };
        kept.into_iter().map(alone).collect()
    } else {
        let standing = |id: &VSwitchId| match zone(id) {
            Some(zone) if wishes.reserved_zones.contains(zone) => Standing::Reserved,
            Some(zone) if is_late(zone) => Standing::Late,
            _ => Standing::Ordinary,
        };
        let step = |why| Step {
            vswitches: kept.iter().copied().filter(|id| standing(id) == why).collect(),
            why,
        };
        let steps = [Standing::Reserved, Standing::Ordinary, Standing::Late].map(step);
        steps.into_iter().filter(|step| !step.vswitches.is_empty()).collect()
    };
    Attempts { steps, dropped }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::KnownVSwitch;
    use eci_model::ScheduleStrategy::{VSwitchOrdered, VSwitchRandom};

    /// An old zone, two newer ones, and a vSwitch of an unknown zone.
    const LIST: [(&str, Option<&str>); 4] = [
        ("vsw-b", Some("cn-hangzhou-b")),
        ("vsw-h", Some("cn-hangzhou-h")),
        ("vsw-x", None),
        ("vsw-j", Some("cn-hangzhou-j")),
    ];

    fn tried(strategy: ScheduleStrategy, disks: Option<&[&str]>, reserved: &[&str]) -> (Vec<String>, Vec<String>) {
        let zones = |names: &[&str]| -> Vec<Zone> { names.iter().map(|it| it.parse().expect("a zone")).collect() };
        let mut inventory = Inventory::default();
        let mut list = Vec::new();
        for (id, zone) in LIST {
            let mut vswitch = KnownVSwitch::new(id.parse().expect("an id"));
            vswitch.zone = zone.map(|zone| zone.parse().expect("a zone"));
            list.push(vswitch.id.clone());
            inventory.insert_vswitch(vswitch);
        }
        let (disks, reserved) = (disks.map(zones), zones(reserved));
        let wishes = Wishes {
            disk_zones: disks.as_deref(),
            reserved_zones: &reserved,
        };
        let attempts = attempts(strategy, &list, &inventory, wishes);
        let step = |step: &Step<'_>| {
            let ids: Vec<&str> = step.vswitches.iter().map(|id| id.as_str()).collect();
            format!("{:?} {}", step.why, ids.join(","))
        };
        let dropped = attempts.dropped.iter().map(ToString::to_string).collect();
        (attempts.steps.iter().map(step).collect(), dropped)
    }

    #[test]
    fn ordered_is_the_order_of_the_list() {
        let (steps, dropped) = tried(VSwitchOrdered, None, &["cn-hangzhou-j"]);
        assert_eq!(steps, ["Listed vsw-b", "Listed vsw-h", "Listed vsw-x", "Listed vsw-j"]);
        assert!(dropped.is_empty());
    }

    #[test]
    fn random_takes_reserved_zones_first_and_old_ones_last() {
        let (steps, _) = tried(VSwitchRandom, None, &["cn-hangzhou-j"]);
        assert_eq!(steps, ["Reserved vsw-j", "Ordinary vsw-h,vsw-x", "Late vsw-b"]);
    }

    #[test]
    fn a_disk_drops_zones_under_both_strategies() {
        for strategy in [VSwitchOrdered, VSwitchRandom] {
            let (steps, dropped) = tried(strategy, Some(&["cn-hangzhou-h"]), &[]);
            assert_eq!(dropped, ["vsw-b", "vsw-j"], "{strategy}");
            assert!(
                steps.concat().contains("vsw-x"),
                "a zone that is not known may host the disk"
            );
        }
    }

    #[test]
    fn the_late_zones_are_those_of_the_page() {
        let late = |zone: &str| is_late(&zone.parse().expect("a zone"));
        assert!(LATE.iter().all(|zone| late(zone)) && LATE.is_sorted());
        assert!(!late("cn-hangzhou-h") && !late("cn-beijing-h") && !late("cn-shanghai-b"));
    }
}
