//! The keys of eci-profile, and their old spellings.

/// Keys that are no switches.
pub(super) const PLAIN: [&str; 8] = [
    "vpcId",
    "vSwitchIds",
    "securityGroupId",
    "resourceGroupId",
    "regionId",
    "selectors",
    "slsMachineGroup",
    "featureGates",
];

/// Keys of `acs-profile` (Configure an acs-profile, undated).
pub(super) const ACS: [&str; 5] = [
    "enablePrivateZone",
    "securityGroupId",
    "vSwitchIds",
    "vpcId",
    "selectors",
];

/// Old spellings with their successors, if they have one: pages of 2021, and one of 2025-12-24 that mixes both sets.
pub(super) const RETIRED: [(&str, Option<&str>); 13] = [
    ("vswitchIds", Some("vSwitchIds")),
    ("vSwitchlds", Some("vSwitchIds")),
    ("vswitch", Some("vSwitchIds")),
    ("vpc", Some("vpcId")),
    ("securitygroup", Some("securityGroupId")),
    ("securitygroupId", Some("securityGroupId")),
    ("resourcegroup", Some("resourceGroupId")),
    ("region", Some("regionId")),
    ("kube-proxy", Some("enableClusterIp")),
    ("privatezone", Some("enablePrivateZone")),
    ("quota-cpu", None),
    ("quota-memory", None),
    ("quota-pods", None),
];

/// The old spellings of a key.
pub(super) fn old_spellings(key: &str) -> impl Iterator<Item = &'static str> {
    let rows = RETIRED.iter().filter(move |(_, new)| *new == Some(key));
    rows.map(|(old, _)| *old)
}

/// The known key that an unknown one was probably meant to be.
pub(super) fn near(key: &str) -> Option<&'static str> {
    let switches = super::Switch::ALL.map(super::Switch::key);
    let known = PLAIN.into_iter().chain(switches);
    let plain = |text: &str| text.to_ascii_lowercase().replace(['-', '_'], "");
    let wanted = plain(key);
    known
        .map(|known| (distance(&wanted, &plain(known)), known))
        .min()
        .filter(|(distance, _)| *distance <= 2)
        .map(|(_, known)| known)
}

/// How many letters must be added, taken away or changed.
pub(super) fn distance(a: &str, b: &str) -> usize {
    if a.len() > 64 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in b.chars().enumerate() {
            let changed = diagonal + usize::from(letter != other);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_keys_are_found_and_far_ones_not() {
        for (key, meant) in [
            ("vSwitchId", Some("vSwitchIds")),
            ("VSWITCHIDS", Some("vSwitchIds")),
            ("enableClusterIP", Some("enableClusterIp")),
            ("enable-private-zone", Some("enablePrivateZone")),
            ("selector", Some("selectors")),
            ("ourOwnKey", None),
            ("vpcName", None),
        ] {
            assert_eq!(near(key), meant, "{key}");
        }
    }

    #[test]
    fn old_spellings_of_a_key() {
        assert_eq!(
            old_spellings("vSwitchIds").collect::<Vec<_>>(),
            ["vswitchIds", "vSwitchlds", "vswitch"]
        );
        assert_eq!(old_spellings("selectors").count(), 0);
    }
}
