//! The ConfigMap `kube-system/eci-profile`.

mod keys;
mod read;
mod selectors;
mod switch;
mod together;

use std::collections::BTreeMap;

use eci_model::{
    FieldPath, Findings, Location, ObjectRef, Region, ResourceGroupId, SecurityGroupId, Site, VSwitchId, VpcId,
};
use k8s_openapi::api::core::v1::ConfigMap;

use crate::index::Index;
use crate::selector::{Match, Selector};

pub use switch::{Gate, Switch};
pub use together::{check_arm_zones, dead_selectors};

/// eci-profile as it is in force: defaults of the cluster, and selectors with their effects.
///
/// # Example
/// ```
/// use eci_model::{Edition, Site, policy::Policies};
/// use eci_profile::{Profile, Switch};
/// use k8s_openapi::api::core::v1::ConfigMap;
///
/// let config_map: ConfigMap = serde_json::from_str(
///     r#"{"metadata": {"name": "eci-profile", "namespace": "kube-system"},
///         "data": {"enableLogController": "true", "slsMachineGroup": "team-logs", "ourOwnKey": "kept"}}"#,
/// )?;
/// let policies = Policies::default();
/// let (profile, findings) = Profile::read(&config_map, &Site::new(Edition::Ack, &policies));
/// assert_eq!(findings.iter().map(|finding| finding.rule().name()).collect::<Vec<_>>(), ["profile-key-unknown"]);
///
/// let profile = profile.expect("nothing in it is an error");
/// assert_eq!(profile.switch(Switch::LogController), Some(true));
/// assert_eq!(profile.switch(Switch::ClusterIp), Some(true), "the documented default");
/// assert_eq!(profile.to_config_map(), config_map);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    source: ConfigMap,
    vpc: Option<VpcId>,
    vswitches: Vec<VSwitchId>,
    security_group: Option<SecurityGroupId>,
    resource_group: Option<ResourceGroupId>,
    region: Option<Region>,
    switches: Vec<(Switch, bool)>,
    gates: Vec<Gate>,
    selectors: Vec<Selector>,
    index: Index,
    place: Location,
}

impl Profile {
    /// The name of the ConfigMap that ACK and ACK Serverless read.
    pub const NAME: &'static str = "eci-profile";
    /// The name of the ConfigMap that ACS reads. Its selectors have the same grammar and route nothing; ECI pods never see them
    /// (Configure an acs-profile, undated).
    pub const ACS_NAME: &'static str = "acs-profile";
    /// The namespace of both.
    pub const NAMESPACE: &'static str = "kube-system";

    /// Whether a ConfigMap is the one that counts.
    pub fn is_profile(config_map: &ConfigMap) -> bool {
        is_named(config_map, Self::NAME) && config_map.metadata.namespace.as_deref() == Some(Self::NAMESPACE)
    }

    /// Whether a ConfigMap has the name of a profile and is none that ECI pods see: `eci-profile` in another namespace, or `acs-profile`.
    pub fn is_bystander(config_map: &ConfigMap) -> bool {
        !Self::is_profile(config_map) && (is_named(config_map, Self::NAME) || is_named(config_map, Self::ACS_NAME))
    }

    /// Reads the ConfigMap and says everything that is wrong with it. With an error among the findings the platform applies nothing of it,
    /// and there is no profile (Configure an eci-profile, 2024-10-21; the event is documented for ACK One, 2025-03-12).
    ///
    /// Findings about selectors mark bytes of the text, and name line and column in it.
    pub fn read(config_map: &ConfigMap, site: &Site<'_>) -> (Option<Self>, Findings) {
        let mut findings = Findings::new();
        let profile = read::read(config_map, site, &mut findings);
        (profile.filter(|_| !findings.has_errors()), findings)
    }

    /// Judges a ConfigMap that only has the name of a profile: one in another namespace acts on nothing, and `acs-profile` has the same
    /// grammar.
    pub fn check_bystander(config_map: &ConfigMap, site: &Site<'_>, out: &mut Findings) {
        read::bystander(config_map, site, out);
    }

    /// The VPC of the pods.
    pub const fn vpc(&self) -> Option<&VpcId> {
        self.vpc.as_ref()
    }

    /// The vSwitches of pods that name none.
    pub fn vswitches(&self) -> &[VSwitchId] {
        &self.vswitches
    }

    /// The security group of pods that name none.
    pub const fn security_group(&self) -> Option<&SecurityGroupId> {
        self.security_group.as_ref()
    }

    /// The resource group of the instances.
    pub const fn resource_group(&self) -> Option<&ResourceGroupId> {
        self.resource_group.as_ref()
    }

    /// The region, which few profiles name.
    pub const fn region(&self) -> Option<&Region> {
        self.region.as_ref()
    }

    /// The log machine group of `enableLogController`.
    pub fn log_group(&self) -> Option<&str> {
        self.get("slsMachineGroup").filter(|group| !group.trim().is_empty())
    }

    /// Whether a switch is on: as written, else its documented default, else unknown.
    pub fn switch(&self, switch: Switch) -> Option<bool> {
        let written = self.switches.iter().find(|(written, _)| *written == switch);
        written.map(|(_, on)| *on).or(switch.default())
    }

    /// The feature gates as written.
    pub fn gates(&self) -> &[Gate] {
        &self.gates
    }

    /// Whether a feature gate is on; one that is not written is off.
    pub fn gate(&self, name: &str) -> bool {
        self.gates.iter().any(|gate| &*gate.name == name && gate.on)
    }

    /// The selectors, in order.
    pub fn selectors(&self) -> &[Selector] {
        &self.selectors
    }

    /// Any key of the ConfigMap, as written.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.source.data.as_ref()?.get(key).map(String::as_str)
    }

    /// The whole ConfigMap, as it was read: unknown keys, labels and annotations with it.
    pub fn to_config_map(&self) -> ConfigMap {
        self.source.clone()
    }

    /// The ConfigMap with other selectors; everything else, and what selectors hold beyond the grammar, stays as it was written.
    ///
    /// # Example
    /// ```
    /// use std::collections::BTreeMap;
    /// use eci_model::{Edition, Site, policy::Policies};
    /// use eci_profile::{Profile, Selector};
    /// use k8s_openapi::api::core::v1::ConfigMap;
    ///
    /// let config_map: ConfigMap = serde_json::from_str(
    ///     r#"{"metadata": {"name": "eci-profile", "namespace": "kube-system"},
    ///         "data": {"selectors": "[{\"name\": \"old\", \"note\": \"ask team a\"}]", "ourOwnKey": "kept"}}"#,
    /// )?;
    /// let policies = Policies::default();
    /// let profile = Profile::read(&config_map, &Site::new(Edition::Ack, &policies)).0.expect("no errors");
    /// let mut selectors = profile.selectors().to_vec();
    /// let labels = BTreeMap::from([("tier".to_owned(), "burst".to_owned())]);
    /// selectors.push(Selector::of_pod_labels("burst", labels, BTreeMap::new(), BTreeMap::new()));
    ///
    /// let data = profile.with_selectors(&selectors).data.expect("it has some");
    /// assert!(data["selectors"].contains("ask team a") && data["selectors"].contains("burst"));
    /// assert_eq!(data["ourOwnKey"], "kept");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn with_selectors(&self, selectors: &[Selector]) -> ConfigMap {
        let mut config_map = self.source.clone();
        let written: Vec<&str> = selectors.iter().map(|selector| &*selector.written).collect();
        let text = format!("[{}]", written.join(",\n "));
        config_map
            .data
            .get_or_insert_default()
            .insert("selectors".to_owned(), text);
        config_map
    }

    /// The selectors that match a pod, in order, by the labels it was created with, and whether labels of an unknown namespace could add
    /// more.
    pub(crate) fn matching(
        &self,
        pod: Option<&BTreeMap<String, String>>,
        namespace: Option<&BTreeMap<String, String>>,
    ) -> Vec<&Selector> {
        let candidates = self.index.candidates(pod, namespace).into_iter();
        let selectors = candidates.filter_map(|position| self.selectors.get(usize::try_from(position).ok()?));
        selectors
            .filter(|selector| selector.matches(&pod, namespace) == Match::Yes)
            .collect()
    }

    pub(crate) fn place_of(key: &str) -> Location {
        let object = ObjectRef::new("ConfigMap", Some(Self::NAMESPACE), Self::NAME);
        Location::new(object, FieldPath::of("data").with_key(key))
    }

    pub(crate) const fn place(&self) -> &Location {
        &self.place
    }
}

fn is_named(config_map: &ConfigMap, name: &str) -> bool {
    config_map.metadata.name.as_deref() == Some(name)
}
