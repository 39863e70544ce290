//! What Kubernetes objects cannot tell about a cluster, as a document of its own.

use eci_model::image::ReferenceError;
use eci_model::{Basis, Code, EditionError, FieldPath, QuantityError};
use eci_model::{
    Edition, Finding, IdError, Location, ObjectRef, PlaceError, Region, Rule, Rules, VSwitchId, Zone,
    policy::PolicyError,
};
use ipnet::Ipv4Net;
use serde::Deserialize;

use super::storage::{DataCacheFacts, ImageCacheFacts, ImageSizeFacts, RegistryFacts, Stored};
use super::{Cluster, KnownVSwitch};

/// A facts document with a value that means nothing.
pub(super) const FACTS_INVALID: &Rule = &Rule::error(Code::eci(7050), "facts-invalid")
    .summary("facts document that cannot be taken in")
    .remedy("write the fields as the documentation of `FactsDocument` has them")
    .basis(Basis::Ours("the document is of this project"));

/// The rules of this room.
pub(crate) static RULES: Rules = Rules::new(&[FACTS_INVALID]);

/// The facts document: `apiVersion: eci.sdk/v1`, `kind: Facts`.
///
/// Every field may be missing; what is missing stays unknown.
///
/// # Example
/// ```
/// use eci_sdk::{Cluster, Edition, FactsDocument};
///
/// let facts: FactsDocument = serde_json::from_str(
///     r#"{"edition": "ack-serverless", "region": "cn-hangzhou", "policies": {"Rounding": "LeastPrice"},
///         "vswitches": [{"id": "vsw-bp1xpiowfm5vo8o3c1h01", "zone": "cn-hangzhou-h", "cidr": "10.0.8.0/24"}]}"#,
/// )?;
/// let mut cluster = Cluster::new(Edition::Ack);
/// cluster.learn(&facts)?;
/// assert_eq!(cluster.edition(), Edition::AckServerless);
/// assert_eq!(cluster.vswitches().count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct FactsDocument {
    /// `ack-serverless`, `ack` or `self-managed`.
    pub edition: Option<String>,
    /// The region, `cn-hangzhou`.
    pub region: Option<String>,
    /// vSwitches with zone and range.
    pub vswitches: Vec<VSwitchFacts>,
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
    pub policies: std::collections::BTreeMap<String, String>,
}

/// A vSwitch in a [`FactsDocument`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct VSwitchFacts {
    /// Its id.
    pub id: String,
    /// Its zone, `cn-hangzhou-h`.
    pub zone: Option<String>,
    /// Its VPC.
    pub vpc: Option<String>,
    /// Its addresses, `10.0.8.0/24`.
    pub cidr: Option<String>,
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
    /// A region or zone.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// A vSwitch.
    #[error(transparent)]
    Id(#[from] IdError),
    /// A range of addresses.
    #[error("`{0}` is no range of addresses such as `10.0.8.0/24`")]
    Range(String),
    /// An image.
    #[error(transparent)]
    Image(#[from] ReferenceError),
    /// The size of an image.
    #[error(transparent)]
    Size(#[from] QuantityError),
    /// The state of a cache.
    #[error("`{0}` is no state of a cache")]
    State(String),
    /// A policy.
    #[error(transparent)]
    Policy(#[from] PolicyError),
}

impl FactsError {
    /// The error as a finding on the document.
    pub fn at(&self, document: ObjectRef) -> Finding {
        FACTS_INVALID
            .at(Location::new(document, FieldPath::ROOT))
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
        let vswitches: Vec<KnownVSwitch> = facts.vswitches.iter().map(vswitch).collect::<Result<_, _>>()?;
        let mut policies = self.policies().clone();
        for (name, choice) in &facts.policies {
            policies.set(name, choice)?;
        }
        let stored = Stored::read(facts)?;
        stored.learn(&mut self.facts);
        self.edition = edition.unwrap_or(self.edition);
        self.region = region.or_else(|| self.region.take());
        self.policies = std::sync::Arc::new(policies);
        if !facts.runtime_classes.is_empty() {
            let classes = facts.runtime_classes.iter().map(|class| class.as_str().into());
            self.facts.runtime_classes = classes.collect();
        }
        if !vswitches.is_empty() {
            let known = std::sync::Arc::make_mut(&mut self.facts.vswitches);
            known.extend(vswitches.into_iter().map(|vswitch| (vswitch.id.clone(), vswitch)));
        }
        Ok(())
    }
}

fn vswitch(facts: &VSwitchFacts) -> Result<KnownVSwitch, FactsError> {
    let range = facts
        .cidr
        .as_ref()
        .map(|cidr| cidr.parse::<Ipv4Net>().map_err(|_| FactsError::Range(cidr.clone())));
    Ok(KnownVSwitch {
        id: facts.id.parse::<VSwitchId>()?,
        zone: facts.zone.as_deref().map(str::parse::<Zone>).transpose()?,
        range: range.transpose()?,
    })
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
    fn what_means_nothing_is_told() {
        for (json, message) in [
            (
                serde_json::json!({"edition": "ask"}),
                "`ask` is no edition; editions are `ack-serverless`, `ack` and `self-managed`",
            ),
            (
                serde_json::json!({"region": "Hangzhou"}),
                "`Hangzhou` is no region such as `cn-hangzhou`",
            ),
            (
                serde_json::json!({"vswitches": [{"id": "sg-1"}]}),
                "`sg-1` does not begin with `vsw-`",
            ),
            (
                serde_json::json!({"vswitches": [{"id": "vsw-1", "cidr": "10.0.0.0"}]}),
                "`10.0.0.0` is no range of addresses such as `10.0.8.0/24`",
            ),
            (
                serde_json::json!({"policies": {"Up": "x"}}),
                "`Up` is no policy; `eci explain policies` lists them",
            ),
        ] {
            assert_eq!(learn(json).expect_err(message).to_string(), message);
        }
    }

    #[test]
    fn what_is_missing_stays_as_it_was() {
        let cluster = learn(serde_json::json!({})).expect("nothing wrong");
        assert_eq!((cluster.edition(), cluster.region()), (Edition::Ack, None));
    }
}
