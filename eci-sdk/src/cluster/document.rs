//! What Kubernetes objects cannot tell about a cluster, as a document of its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use eci_model::image::ReferenceError;
use eci_model::policy::PolicyError;
use eci_model::{
    Basis, Code, Cpu, Edition, EditionError, FieldPath, Finding, Location, ObjectRef, PlaceError, QuantityError,
    Region, Rule, Rules, Zone,
};
use eci_network::{
    AddonsDocument, ControllerDocument, DocumentError, NatGatewayDocument, NetworkDocument, SecurityGroupDocument,
    VSwitchDocument, VpcDocument,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Deserialize;

use super::price_document::{PriceError, PricesDocument};
use super::storage::{DataCacheFacts, ImageCacheFacts, ImageSizeFacts, RegistryFacts, Stored};
use super::{Cluster, ControllerEnvironment};

/// A facts document with a value that means nothing.
pub(super) const FACTS_INVALID: &Rule = &Rule::error(Code::eci(7050), "facts-invalid")
    .summary("facts document that cannot be taken in")
    .remedy("write the fields as the documentation of `FactsDocument` has them")
    .basis(Basis::Ours("the document is of this project"))
    .page(include_str!("../../rules/facts-invalid.md"));

/// The rules of this room.
pub(crate) static RULES: Rules = Rules::new(&[FACTS_INVALID]);

/// The facts document: `apiVersion: eci.sdk/v1`, `kind: Facts`.
///
/// Every field may be missing; what is missing stays unknown. Of several documents the later one counts, field by field and id by id.
///
/// # Example
/// ```
/// use eci_sdk::{Cluster, Edition, FactsDocument};
///
/// let facts: FactsDocument = serde_json::from_str(
///     r#"{"edition": "ack-serverless", "region": "cn-hangzhou", "policies": {"Rounding": "LeastPrice"},
///         "vpcs": [{"id": "vpc-bp1aevy8sofi8mh1q2c3d", "cidr": "10.0.0.0/8", "ipv6": false}],
///         "vswitches": [{"id": "vsw-bp1xpiowfm5vo8o3c1h01", "zone": "cn-hangzhou-h", "vpc": "vpc-bp1aevy8sofi8mh1q2c3d",
///                        "cidr": "10.0.8.0/24", "used": 225}],
///         "securityGroups": [{"id": "sg-bp15ed6xe1yxeycg7o22", "kind": "basic"}],
///         "natGateways": [{"vpc": "vpc-bp1aevy8sofi8mh1q2c3d"}],
///         "addons": {"virtualNode": "2.10.0", "coreDns": true},
///         "quotas": {"vcpu": 1000},
///         "prices": {"perHour": {"ecs.c6.large": "0.39"}}}"#,
/// )?;
/// let mut cluster = Cluster::new(Edition::Ack);
/// cluster.learn(&facts)?;
/// assert_eq!(cluster.edition(), Edition::AckServerless);
/// assert_eq!(cluster.vswitches().next().and_then(|vswitch| vswitch.free()), Some(27));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct FactsDocument {
    /// A name for findings about the document; nothing else of it counts.
    pub metadata: ObjectMeta,
    /// `ack-serverless`, `ack` or `self-managed`.
    pub edition: Option<String>,
    /// The region, `cn-hangzhou`.
    pub region: Option<String>,
    /// The version of Kubernetes, `1.30`; what stands behind the minor number does not matter.
    pub kubernetes: Option<String>,
    /// Whether it is an ACK managed Pro cluster.
    pub managed_pro: Option<bool>,
    /// The zones of the region with Arm instances; left out when they are not known.
    pub arm_zones: Option<Vec<String>>,
    /// Runtime classes that virtual nodes have.
    pub runtime_classes: Vec<String>,
    /// All image caches of the account in the region, also those the platform made; left out when they are not all known.
    pub image_caches: Option<Vec<ImageCacheFacts>>,
    /// All data caches of the account in the region; left out when they are not all known.
    pub data_caches: Option<Vec<DataCacheFacts>>,
    /// Sizes and architectures of images.
    pub images: Vec<ImageSizeFacts>,
    /// What is known of registries.
    pub registries: RegistryFacts,
    /// Whether every ConfigMap, Secret and claim of the cluster is among the input, so that others do not exist.
    pub materials_complete: bool,
    /// Choices about undocumented behaviour, by name.
    pub policies: BTreeMap<String, String>,
    /// VPCs with their ranges and IPv6 gateway.
    pub vpcs: Vec<VpcDocument>,
    /// vSwitches with zone, range and how much of it is used.
    pub vswitches: Vec<VSwitchDocument>,
    /// Security groups with their kind.
    pub security_groups: Vec<SecurityGroupDocument>,
    /// NAT gateways with the vSwitches they serve.
    pub nat_gateways: Vec<NatGatewayDocument>,
    /// Add-ons and their versions.
    pub addons: AddonsDocument,
    /// The environment of an old virtual-node controller.
    pub controller: ControllerDocument,
    /// Prices that differ from the list prices.
    pub prices: Option<PricesDocument>,
    /// Quotas of the account in the region.
    pub quotas: QuotasDocument,
}

/// Quotas in a [`FactsDocument`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct QuotasDocument {
    /// vCPU of all instances together.
    pub vcpu: Option<u32>,
}

impl FactsDocument {
    /// The API version of the document.
    pub const API_VERSION: &'static str = "eci.sdk/v1";
    /// The kind of the document.
    pub const KIND: &'static str = "Facts";

    /// Whether a document with these words is one.
    pub fn is_one(api_version: &str, kind: &str) -> bool {
        api_version == Self::API_VERSION && kind == Self::KIND
    }
}

/// A value of a facts document that means nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FactsError {
    /// The edition.
    #[error(transparent)]
    Edition(#[from] EditionError),
    /// The region.
    #[error(transparent)]
    Region(#[from] PlaceError),
    /// A zone with Arm instances.
    #[error("{0}")]
    ArmZone(#[source] PlaceError),
    /// An image.
    #[error(transparent)]
    Image(#[from] ReferenceError),
    /// The size of an image.
    #[error(transparent)]
    Size(#[from] QuantityError),
    /// The state of a cache.
    #[error("`{0}` is no state of a cache")]
    State(String),
    /// The version of Kubernetes.
    #[error("`{0}` is no version of Kubernetes, such as `1.30`")]
    Version(Box<str>),
    /// A policy.
    #[error("{source}")]
    Policy {
        /// The name that was written.
        name: String,
        /// What is wrong.
        source: PolicyError,
    },
    /// A fact about the network.
    #[error(transparent)]
    Network(#[from] DocumentError),
    /// A price.
    #[error("{source}")]
    Price {
        /// The field.
        path: FieldPath,
        /// What is wrong.
        source: PriceError,
    },
}

impl FactsError {
    /// The field that is wrong.
    pub fn path(&self) -> FieldPath {
        match self {
            Self::Edition(_) => FieldPath::of("edition"),
            Self::Region(_) => FieldPath::of("region"),
            Self::ArmZone(_) => FieldPath::of("armZones"),
            Self::Version(_) => FieldPath::of("kubernetes"),
            Self::Policy { name, .. } => FieldPath::of("policies").with_key(name.as_str()),
            Self::Image(_) | Self::Size(_) => FieldPath::of("images"),
            Self::State(_) => FieldPath::of("imageCaches"),
            Self::Network(error) => error.path.clone(),
            Self::Price { path, .. } => path.clone(),
        }
    }

    /// The error as a finding on the document.
    pub fn at(&self, document: ObjectRef) -> Finding {
        FACTS_INVALID
            .at(Location::new(document, self.path()))
            .title(self.to_string())
            .build()
    }
}

impl Cluster {
    /// Takes a facts document in; nothing changes when any of it means nothing.
    ///
    /// # Errors
    /// [`FactsError`] for the first value that means nothing.
    pub fn learn(&mut self, facts: &FactsDocument) -> Result<(), FactsError> {
        let edition = facts.edition.as_deref().map(str::parse::<Edition>).transpose()?;
        let region = facts.region.as_deref().map(str::parse::<Region>).transpose()?;
        let version = facts.kubernetes.as_deref().map(version).transpose()?;
        let network = facts.network().read_beside(&self.facts.inventory)?;
        let prices = facts.prices.as_ref().map(PricesDocument::read_at).transpose();
        let prices = prices.map_err(|(path, source)| FactsError::Price { path, source })?;
        let mut policies = self.policies().clone();
        for (name, choice) in &facts.policies {
            let wrong = |source| FactsError::Policy {
                name: name.clone(),
                source,
            };
            policies.set(name, choice).map_err(wrong)?;
        }
        let arm_zones = facts.arm_zones()?;
        let stored = Stored::read(facts)?;
        stored.learn(&mut self.facts);
        self.edition = edition.unwrap_or(self.edition);
        self.region = region.or_else(|| self.region.take());
        self.policies = Arc::new(policies);
        if let Some(prices) = prices {
            self.prices = Arc::new(prices);
        }
        if !facts.runtime_classes.is_empty() {
            let classes = facts.runtime_classes.iter().map(|class| class.as_str().into());
            self.facts.runtime_classes = classes.collect();
        }
        let known = &mut self.facts;
        if !network.inventory.is_empty() {
            Arc::make_mut(&mut known.inventory).extend(network.inventory);
        }
        known.addons = network.addons.or(known.addons);
        if !(network.controller_vswitches.is_empty() && network.controller_security_groups.is_empty()) {
            known.controller = Arc::new(ControllerEnvironment {
                vswitches: network.controller_vswitches,
                security_groups: network.controller_security_groups,
            });
        }
        known.version = version.or(known.version);
        known.arm_zones = arm_zones.or_else(|| known.arm_zones.take());
        known.managed_pro = facts.managed_pro.or(known.managed_pro);
        known.vcpu_quota = facts.quotas.vcpu.map(Cpu::from_vcpu).or(known.vcpu_quota);
        Ok(())
    }
}

/// The major and minor number of `1.30`, `v1.30.1-aliyun.1`.
fn version(text: &str) -> Result<(u16, u16), FactsError> {
    let mut numbers = text.strip_prefix('v').unwrap_or(text).splitn(3, '.').map(str::parse);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => Ok((major, minor)),
        _ => Err(FactsError::Version(text.chars().take(64).collect::<String>().into())),
    }
}

impl FactsDocument {
    fn arm_zones(&self) -> Result<Option<Arc<[Zone]>>, FactsError> {
        let read = |zones: &Vec<String>| zones.iter().map(|zone| zone.parse::<Zone>()).collect();
        self.arm_zones
            .as_ref()
            .map(read)
            .transpose()
            .map_err(FactsError::ArmZone)
    }

    /// The part about the network.
    fn network(&self) -> NetworkDocument {
        NetworkDocument {
            vpcs: self.vpcs.clone(),
            vswitches: self.vswitches.clone(),
            security_groups: self.security_groups.clone(),
            nat_gateways: self.nat_gateways.clone(),
            addons: self.addons.clone(),
            controller: self.controller.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learn(json: serde_json::Value) -> Result<Cluster, FactsError> {
        let facts: FactsDocument = serde_json::from_value(json).expect("a facts document");
        let mut cluster = Cluster::new(Edition::Ack);
        cluster.learn(&facts)?;
        Ok(cluster)
    }

    #[test]
    fn versions_are_two_numbers_and_a_rest() {
        let read = |text: &str| learn(serde_json::json!({"kubernetes": text})).map(|cluster| cluster.facts.version);
        for text in ["1.30", "v1.30.1-aliyun.1", "1.30.4"] {
            assert_eq!(read(text).ok().flatten(), Some((1, 30)), "{text}");
        }
        for text in ["", "1", "1.x", "one.two", "1.30+"] {
            let error = read(text).expect_err(text);
            assert_eq!(error.path().to_string(), "kubernetes", "{text}");
        }
    }

    #[test]
    fn what_means_nothing_is_told_where_it_stands() {
        for (json, path, message) in [
            (
                serde_json::json!({"edition": "ask"}),
                "edition",
                "`ask` is no edition; editions are `ack-serverless`, `ack` and `self-managed`",
            ),
            (
                serde_json::json!({"region": "Hangzhou"}),
                "region",
                "`Hangzhou` is no region such as `cn-hangzhou`",
            ),
            (
                serde_json::json!({"vswitches": [{"id": "sg-1"}]}),
                "vswitches[0].id",
                "`sg-1` does not begin with `vsw-`",
            ),
            (
                serde_json::json!({"policies": {"Up": "x"}}),
                r#"policies["Up"]"#,
                "`Up` is no policy; `eci explain policies` lists them",
            ),
            (
                serde_json::json!({"prices": {"perSecond": {"vcpu": "x"}}}),
                "prices.perSecond.vcpu",
                "`x` is not a decimal number of at most 18 digits",
            ),
        ] {
            let error = learn(json).expect_err(message);
            assert_eq!(
                (error.path().to_string().as_str(), error.to_string().as_str()),
                (path, message)
            );
        }
    }

    #[test]
    fn what_is_missing_stays_as_it_was() {
        let cluster = learn(serde_json::json!({})).expect("nothing wrong");
        assert_eq!((cluster.edition(), cluster.region()), (Edition::Ack, None));
        assert!(cluster.inventory().is_empty() && cluster.vcpu_quota().is_none());
    }

    #[test]
    fn a_later_document_counts_id_by_id_and_field_by_field() {
        let mut cluster = learn(serde_json::json!({
            "vswitches": [{"id": "vsw-1", "used": 1}, {"id": "vsw-2", "used": 2}],
            "addons": {"coreDns": true, "pro": true}, "quotas": {"vcpu": 100},
        }))
        .expect("right");
        let later = serde_json::json!({"vswitches": [{"id": "vsw-2", "used": 5}], "addons": {"coreDns": false}});
        cluster
            .learn(&serde_json::from_value(later).expect("a facts document"))
            .expect("right");
        let used: Vec<u32> = cluster.vswitches().map(|vswitch| vswitch.used).collect();
        assert_eq!(used, [1, 5]);
        assert_eq!(
            (cluster.addons().core_dns, cluster.addons().spread.pro),
            (Some(false), Some(true))
        );
        assert_eq!(cluster.vcpu_quota(), Some(Cpu::from_vcpu(100)));
    }

    #[test]
    fn nothing_changes_when_a_part_means_nothing() {
        let facts = serde_json::json!({"edition": "self-managed", "vswitches": [{"id": "x"}]});
        let mut cluster = Cluster::new(Edition::Ack);
        assert!(
            cluster
                .learn(&serde_json::from_value(facts).expect("a facts document"))
                .is_err()
        );
        assert_eq!(cluster.edition(), Edition::Ack);
    }
}
