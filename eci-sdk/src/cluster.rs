//! What is known of the cluster: the facts that decisions rest on.

mod document;
mod observe;
mod price_document;
mod routes;
mod storage;
mod summary;

use std::collections::BTreeMap;
use std::sync::Arc;

use eci_annotations::DataCacheSize;
use eci_model::billing::{Currency, Prices};
use eci_model::image::ImageFacts;
use eci_model::resource::PodNetworking;
use eci_model::storage::{self as stored, DataCaches};
use eci_model::{Cpu, Edition, Policies, Region, SecurityGroupId, Site, VSwitchId, Zone};
use eci_network::{Addons, Inventory, KnownVSwitch, PodNetworkings};
use eci_profile::Profile;

pub(crate) use document::RULES;
pub use document::{FactsDocument, FactsError, QuotasDocument};
pub use observe::Observed;
pub use price_document::{PriceError, PricesDocument, UnitPricesDocument};
pub use storage::{DataCacheFacts, ImageCacheFacts, ImageSizeFacts, RegistryFacts};
pub use summary::FactsSummary;

/// What is known of a cluster: edition, region, policies, and the facts that [`observe`](Self::observe) took in.
///
/// Cheap to clone: facts are shared. A program that follows a cluster keeps one `Cluster`, lets it observe what its watches deliver, and
/// derives a new [`Planner`](crate::Planner) from it.
///
/// # Example
/// ```
/// use eci_sdk::{Cluster, Edition, Observed};
/// use k8s_openapi::api::core::v1::Namespace;
///
/// let mut cluster = Cluster::new(Edition::Ack).in_region("cn-hangzhou".parse()?);
/// let namespace: Namespace = serde_json::from_str(
///     r#"{"metadata": {"name": "data", "labels": {"alibabacloud.com/eci": "true"}}}"#,
/// )?;
/// let (observed, findings) = cluster.observe(&namespace);
/// assert_eq!(observed, Observed::Changed);
/// assert!(findings.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Cluster {
    edition: Edition,
    region: Option<Region>,
    policies: Arc<Policies>,
    prices: Arc<Prices>,
    pub(crate) facts: Facts,
}

/// Everything observed; each part is shared until it changes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    pub(crate) namespaces: Arc<BTreeMap<Box<str>, Labels>>,
    pub(crate) profile: Option<Arc<Profile>>,
    pub(crate) routes: routes::Routes,
    pub(crate) pod_networkings: Arc<BTreeMap<Box<str>, Arc<PodNetworking>>>,
    /// The same, with their ids read and an index over their selectors.
    pub(crate) networkings: Arc<PodNetworkings>,
    pub(crate) inventory: Arc<Inventory>,
    pub(crate) addons: Addons,
    pub(crate) controller: Arc<ControllerEnvironment>,
    pub(crate) vcpu_quota: Option<Cpu>,
    /// The version of Kubernetes, major and minor.
    pub(crate) version: Option<(u16, u16)>,
    pub(crate) managed_pro: Option<bool>,
    /// The zones with Arm instances.
    pub(crate) arm_zones: Option<Arc<[Zone]>>,
    pub(crate) data_caches: Arc<DataCaches>,
    pub(crate) images: Arc<ImageFacts>,
    pub(crate) stored: stored::Inventory,
    /// Runtime classes that virtual nodes have.
    pub(crate) runtime_classes: Arc<[Box<str>]>,
}

/// `ECI_VSWITCH` and `ECI_SECURITY_GROUP` of an old virtual-node controller.
#[derive(Clone, Debug, Default)]
pub(crate) struct ControllerEnvironment {
    pub(crate) vswitches: Vec<VSwitchId>,
    pub(crate) security_groups: Vec<SecurityGroupId>,
}

/// The labels of a namespace.
pub(crate) type Labels = Arc<BTreeMap<String, String>>;

impl Cluster {
    /// A cluster of which only the edition is known.
    pub fn new(edition: Edition) -> Self {
        Self {
            edition,
            region: None,
            policies: Arc::default(),
            prices: Arc::new(Prices::list(Currency::Cny)),
            facts: Facts::default(),
        }
    }

    /// The same in a region, which decides on grid, registries and zones.
    #[must_use]
    pub fn in_region(mut self, region: Region) -> Self {
        self.region = Some(region);
        self
    }

    /// The same with other choices about undocumented behaviour.
    #[must_use]
    pub fn with_policies(mut self, policies: Policies) -> Self {
        self.policies = Arc::new(policies);
        self
    }

    /// The same with other prices than the list prices in CNY.
    #[must_use]
    pub fn with_prices(mut self, prices: Prices) -> Self {
        self.prices = Arc::new(prices);
        self
    }

    /// The same where virtual nodes have these runtime classes; without, none is known.
    #[must_use]
    pub fn with_runtime_classes<T: Into<Box<str>>>(mut self, classes: impl IntoIterator<Item = T>) -> Self {
        self.facts.runtime_classes = classes.into_iter().map(Into::into).collect();
        self
    }

    /// The prices that plans are priced by.
    pub fn prices(&self) -> &Prices {
        &self.prices
    }

    /// The same in another edition.
    #[must_use]
    pub const fn with_edition(mut self, edition: Edition) -> Self {
        self.edition = edition;
        self
    }

    /// The edition.
    pub const fn edition(&self) -> Edition {
        self.edition
    }

    /// The region, when known.
    pub const fn region(&self) -> Option<&Region> {
        self.region.as_ref()
    }

    /// The choices about undocumented behaviour.
    pub fn policies(&self) -> &Policies {
        &self.policies
    }

    /// The eci-profile in force: the last one that could be read.
    pub fn profile(&self) -> Option<&Profile> {
        self.facts.profile.as_deref()
    }

    /// The labels of a namespace, when its object was observed.
    pub fn namespace_labels(&self, name: &str) -> Option<&BTreeMap<String, String>> {
        self.facts.namespaces.get(name).map(|labels| &**labels)
    }

    /// The PodNetworkings, by name.
    pub fn pod_networkings(&self) -> impl Iterator<Item = &PodNetworking> {
        self.facts.pod_networkings.values().map(|object| &**object)
    }

    /// The vSwitches of which more is known than their id.
    pub fn vswitches(&self) -> impl Iterator<Item = &KnownVSwitch> {
        self.facts.inventory.vswitches()
    }

    /// What is known of VPCs, vSwitches and security groups.
    pub fn inventory(&self) -> &Inventory {
        &self.facts.inventory
    }

    /// What is known of the cluster's network add-ons.
    pub fn addons(&self) -> &Addons {
        &self.facts.addons
    }

    /// How many vCPU the account may use in the region, when known.
    pub const fn vcpu_quota(&self) -> Option<Cpu> {
        self.facts.vcpu_quota
    }

    /// What is known of images, their caches and registries.
    pub fn images(&self) -> &ImageFacts {
        &self.facts.images
    }

    /// The data caches that are known.
    pub fn data_caches(&self) -> &DataCaches {
        &self.facts.data_caches
    }

    /// The claims, volumes, classes, ConfigMaps and Secrets that are known.
    pub const fn stored(&self) -> &stored::Inventory {
        &self.facts.stored
    }

    /// The sizes of the data caches.
    pub(crate) fn data_cache_sizes(&self) -> Vec<DataCacheSize<'_>> {
        let sized = self.facts.data_caches.iter().map(|cache| DataCacheSize {
            bucket: &cache.bucket,
            path: &cache.path,
            gib: cache.gib,
        });
        sized.collect()
    }

    /// Ids of the image caches that the platform made itself.
    pub(crate) fn automatic_image_caches(&self) -> Vec<&str> {
        let caches = self.images().caches().filter(|cache| cache.automatic);
        caches.filter_map(|cache| cache.id.as_deref()).collect()
    }

    pub(crate) fn site(&self, live: bool) -> Site<'_> {
        Site::new(self.edition, &self.policies)
            .in_region(self.region())
            .live(live)
            .with_runtime_classes(&self.facts.runtime_classes)
    }
}
