//! What is known of a cluster and what is not, in words.

use eci_network::KnownVSwitch;

use super::Cluster;

/// What is known of a cluster and what is not.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FactsSummary {
    /// What is known, a phrase each.
    pub known: Vec<String>,
    /// What is not known.
    pub unknown: Vec<&'static str>,
    /// For each thing that is not known, the rules that stay silent for lack of it.
    pub silent: Vec<(&'static str, Vec<&'static str>)>,
}

impl Cluster {
    /// What is known of the cluster and what is not.
    pub fn summary(&self) -> FactsSummary {
        let mut known = vec![self.edition.to_string()];
        let mut unknown = Vec::new();
        let mut silent = Vec::new();
        match &self.region {
            Some(region) => known.push(region.to_string()),
            None => {
                unknown.push("region (the base grid is taken)");
                silent.push(("region", vec!["size-region-grid"]));
            }
        }
        match self.facts.namespaces.len() {
            0 => unknown.push("namespaces and their labels"),
            count => known.push(counted(count, "namespace")),
        }
        match self.profile() {
            Some(profile) => known.push(format!(
                "eci-profile: {} vSwitches, {} security group, {}",
                profile.vswitches().len(),
                usize::from(profile.security_group().is_some()),
                counted(profile.selectors().len(), "selector")
            )),
            None => {
                unknown.push("eci-profile");
                silent.push(("eci-profile", vec!["vswitch-none", "security-group-none"]));
            }
        }
        known.extend(super::routes::known(&self.facts.routes));
        if !self.facts.pod_networkings.is_empty() {
            let waiting = self.pod_networkings().filter(|object| !object.is_ready()).count();
            let note = if waiting > 0 {
                format!(" ({waiting} not Ready)")
            } else {
                String::new()
            };
            let objects = counted(self.facts.pod_networkings.len(), "PodNetworking");
            known.push(format!("{objects}{note}"));
        }
        self.network_summary(&mut known, &mut unknown, &mut silent);
        self.storage_summary(&mut known, &mut unknown, &mut silent);
        match self.vcpu_quota() {
            None => {
                unknown.push("quotas");
                silent.push(("quotas", vec!["quota-vcpu"]));
            }
            Some(vcpu) => known.push(format!("quota of {vcpu} vCPU")),
        }
        FactsSummary { known, unknown, silent }
    }

    fn storage_summary(
        &self,
        known: &mut Vec<String>,
        unknown: &mut Vec<&'static str>,
        silent: &mut Vec<(&'static str, Vec<&'static str>)>,
    ) {
        match (self.images().is_complete(), self.images().caches().count()) {
            (false, 0) => {}
            (_, count) => known.push(counted(count, "image cache")),
        }
        if !self.images().is_complete() {
            unknown.push("all image caches");
            let rules = vec!["image-cache-missing", "image-cache-no-match"];
            silent.push(("all image caches", rules));
        }
        match (self.data_caches().is_complete(), self.data_caches().iter().count()) {
            (false, 0) => {}
            (_, count) => known.push(counted(count, "data cache")),
        }
        if !self.data_caches().is_complete() {
            unknown.push("all data caches");
            silent.push(("all data caches", vec!["data-cache-path-unknown"]));
        }
        let [claims, volumes, classes] = self.stored().counts();
        for (count, what) in [(claims, "claim"), (volumes, "volume")] {
            if count > 0 {
                known.push(counted(count, what));
            }
        }
        if classes > 0 {
            let plural = if classes == 1 { "" } else { "es" };
            known.push(format!("{classes} StorageClass{plural}"));
        }
        let images = self.images().images.values();
        match images.filter(|image| image.size.is_some()).count() {
            0 => unknown.push("sizes of images"),
            count => known.push(format!("sizes of {}", counted(count, "image"))),
        }
    }

    fn network_summary(
        &self,
        known: &mut Vec<String>,
        unknown: &mut Vec<&'static str>,
        silent: &mut Vec<(&'static str, Vec<&'static str>)>,
    ) {
        let count = |is_known: fn(&KnownVSwitch) -> bool| self.vswitches().filter(|it| is_known(it)).count();
        match count(|vswitch| vswitch.range.is_some()) {
            0 => {
                unknown.push("vSwitch address ranges");
                let rules = vec![
                    "private-ip-outside",
                    "private-ip-reserved",
                    "address-space",
                    "address-space-low",
                ];
                silent.push(("vSwitch address ranges", rules));
            }
            count => known.push(format!("address ranges of {count} vSwitches")),
        }
        match count(|vswitch| vswitch.zone.is_some()) {
            0 => {
                unknown.push("zones of vSwitches");
                let rules = vec![
                    "vswitch-one-zone",
                    "vswitch-late-zones",
                    "one-pod-per-virtual-node",
                    "zone-pin-and-vswitch",
                    "disk-zone",
                ];
                silent.push(("zones of vSwitches", rules));
            }
            count => known.push(format!("zones of {count} vSwitches")),
        }
        if count(|vswitch| vswitch.nat.is_some()) == 0 {
            unknown.push("NAT");
            silent.push(("NAT", vec!["nat-per-vswitch"]));
        }
        if count(|vswitch| vswitch.ipv6.is_some()) == 0 {
            unknown.push("IPv6 of vSwitches");
            silent.push(("IPv6 of vSwitches", vec!["ipv6-vswitch"]));
        }
        let groups = self.inventory().security_groups();
        match groups.filter(|group| group.kind.is_some()).count() {
            0 => {
                unknown.push("kinds of security groups");
                silent.push(("kinds of security groups", vec!["security-group-mixed-kind"]));
            }
            count => known.push(format!("kinds of {count} security groups")),
        }
    }
}

fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
