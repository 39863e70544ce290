//! What is known of a cluster and what is not, in words.

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
            count => known.push(format!("{count} namespaces")),
        }
        match self.profile() {
            Some(profile) => known.push(format!(
                "eci-profile: {} vSwitches, {} security group, {} selectors",
                profile.vswitches().len(),
                usize::from(profile.security_group().is_some()),
                profile.selectors().len()
            )),
            None => {
                unknown.push("eci-profile");
                silent.push(("eci-profile", vec!["vswitch-none", "security-group-none"]));
            }
        }
        if !self.facts.pod_networkings.is_empty() {
            let waiting = self.pod_networkings().filter(|object| !object.is_ready()).count();
            let note = if waiting > 0 {
                format!(" ({waiting} not Ready)")
            } else {
                String::new()
            };
            known.push(format!("{} PodNetworkings{note}", self.facts.pod_networkings.len()));
        }
        match self
            .facts
            .vswitches
            .values()
            .filter(|vswitch| vswitch.range.is_some())
            .count()
        {
            0 => unknown.push("vSwitch address ranges"),
            count => known.push(format!("address ranges of {count} vSwitches")),
        }
        FactsSummary { known, unknown, silent }
    }
}
