//! From claims to what they are, or will be, made of.

use std::collections::{BTreeMap, BTreeSet};

use k8s_openapi::api::core::v1::{PersistentVolume, PersistentVolumeClaim, PersistentVolumeClaimSpec};
use k8s_openapi::api::storage::v1::StorageClass;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity as Text;

use super::{Driver, Inventory, SecretDigest};
use crate::labels;
use crate::quantity::{Memory, Quantity};

/// The annotation that makes a class the one of claims that name none.
const DEFAULT_CLASS: &str = "storageclass.kubernetes.io/is-default-class";
/// Labels that tell the zone of a disk, the driver's own first.
const ZONE_KEYS: [&str; 3] = [
    "topology.diskplugin.csi.alibabacloud.com/zone",
    "topology.kubernetes.io/zone",
    "failure-domain.beta.kubernetes.io/zone",
];

/// One or two inventories, of which the first knows better.
///
/// # Example
/// ```
/// use eci_model::Object;
/// use eci_model::storage::{Driver, Inventory, Known};
/// use k8s_openapi::api::core::v1::PersistentVolumeClaim;
///
/// let claim: PersistentVolumeClaim = serde_json::from_str(
///     r#"{"metadata": {"name": "data"}, "spec": {"storageClassName": "alicloud-disk-topology-alltype"}}"#,
/// )?;
/// let inventory = Inventory::default();
/// let backing = Known::of(&inventory).backing(&claim);
/// assert_eq!(backing.driver(), Some(Driver::Disk), "clusters have this class from the start");
/// assert!(backing.waits_for_consumer());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a>([Option<&'a Inventory>; 2]);

/// What a claim is, or will be, made of.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Backing<'a> {
    /// A volume it is bound to, or that Kubernetes will bind it to.
    Volume(&'a PersistentVolume),
    /// A volume that a class will make.
    Class(&'a StorageClass),
    /// A volume that a class will make that clusters have from the start.
    Stock(StockClass),
    /// Nothing that is known.
    Unknown,
}

/// Classes of disks that clusters have from the start (Mount a disk in a VNode cluster, 2024-02-06).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StockClass {
    /// ESSD.
    Essd,
    /// Standard SSD.
    Ssd,
    /// Ultra disk.
    Efficiency,
    /// The best type that the zone of the pod has.
    Topology,
}

impl StockClass {
    const NAMED: [(&'static str, Self); 4] = [
        ("alicloud-disk-essd", Self::Essd),
        ("alicloud-disk-ssd", Self::Ssd),
        ("alicloud-disk-efficiency", Self::Efficiency),
        ("alicloud-disk-topology-alltype", Self::Topology),
    ];

    /// The class of a name.
    pub fn named(name: &str) -> Option<Self> {
        let found = Self::NAMED.iter().find(|(known, _)| *known == name);
        found.map(|(_, class)| *class)
    }

    /// Whether it waits with the disk until a pod is placed.
    pub const fn waits_for_consumer(self) -> bool {
        matches!(self, Self::Topology)
    }
}

impl<'a> Known<'a> {
    /// What one inventory knows.
    pub const fn of(inventory: &'a Inventory) -> Self {
        Self([Some(inventory), None])
    }

    /// The same, with another inventory for what the first does not know.
    #[must_use]
    pub const fn and(self, then: &'a Inventory) -> Self {
        Self([self.0[0], Some(then)])
    }

    /// A claim by namespace and name.
    pub fn claim(self, namespace: &str, name: &str) -> Option<&'a PersistentVolumeClaim> {
        self.first(|inventory| inventory.claim(namespace, name))
    }

    /// The keys of a ConfigMap.
    pub fn config_map(self, namespace: &str, name: &str) -> Option<&'a BTreeSet<Box<str>>> {
        self.first(|inventory| inventory.config_map(namespace, name))
    }

    /// What is kept of a Secret.
    pub fn secret(self, namespace: &str, name: &str) -> Option<&'a SecretDigest> {
        self.first(|inventory| inventory.secret(namespace, name))
    }

    /// Whether every ConfigMap, Secret and claim there is was observed.
    pub fn is_complete(self) -> bool {
        self.inventories().any(Inventory::is_complete)
    }

    /// What a claim is, or will be, made of.
    pub fn backing(self, claim: &'a PersistentVolumeClaim) -> Backing<'a> {
        let Some(spec) = &claim.spec else {
            return Backing::Unknown;
        };
        if let Some(name) = spec.volume_name.as_deref().filter(|name| !name.is_empty()) {
            let volume = self.first(|inventory| inventory.volume(name));
            return volume.map_or(Backing::Unknown, Backing::Volume);
        }
        if let Some(volume) = self.fitting(claim, spec) {
            return Backing::Volume(volume);
        }
        self.class(spec.storage_class_name.as_deref())
    }

    /// A volume by name.
    pub fn volume(self, name: &str) -> Backing<'a> {
        let volume = self.first(|inventory| inventory.volume(name));
        volume.map_or(Backing::Unknown, Backing::Volume)
    }

    /// What a class makes; without a name, the default class.
    pub fn class(self, name: Option<&str>) -> Backing<'a> {
        let known = match name {
            Some(name) => self.first(|inventory| inventory.class(name)),
            None => self.first(|inventory| inventory.classes().find(|class| is_default(class))),
        };
        match (known, name.and_then(StockClass::named)) {
            (Some(class), _) => Backing::Class(class),
            (None, Some(stock)) => Backing::Stock(stock),
            (None, None) => Backing::Unknown,
        }
    }

    /// The volume that Kubernetes would bind a claim to: one that is reserved for it, else the smallest that fits.
    fn fitting(self, claim: &PersistentVolumeClaim, spec: &PersistentVolumeClaimSpec) -> Option<&'a PersistentVolume> {
        let namespace = claim.metadata.namespace.as_deref().unwrap_or("default");
        let volumes = || self.inventories().flat_map(Inventory::volumes);
        let is_reserved = |volume: &&PersistentVolume| {
            let reserved = volume.spec.as_ref().and_then(|spec| spec.claim_ref.as_ref());
            reserved.is_some_and(|it| it.name == claim.metadata.name && it.namespace.as_deref() == Some(namespace))
        };
        if let Some(volume) = volumes().find(is_reserved) {
            return Some(volume);
        }
        let fits = volumes().filter(|volume| fits(volume, spec));
        fits.min_by_key(|volume| (capacity(volume), volume.metadata.name.as_deref()))
    }

    fn inventories(self) -> impl Iterator<Item = &'a Inventory> {
        self.0.into_iter().flatten()
    }

    fn first<T>(self, find: impl Fn(&'a Inventory) -> Option<T>) -> Option<T> {
        self.inventories().find_map(find)
    }
}

impl<'a> Backing<'a> {
    /// The driver.
    pub fn driver(self) -> Option<Driver<'a>> {
        match self {
            Self::Volume(volume) => Driver::of_volume(volume),
            Self::Class(class) => Some(Driver::of_provisioner(&class.provisioner)),
            Self::Stock(_) => Some(Driver::Disk),
            Self::Unknown => None,
        }
    }

    /// Whether the disk is made only when a pod is placed.
    pub fn waits_for_consumer(self) -> bool {
        match self {
            Self::Class(class) => class.volume_binding_mode.as_deref() == Some("WaitForFirstConsumer"),
            Self::Stock(stock) => stock.waits_for_consumer(),
            Self::Volume(_) | Self::Unknown => false,
        }
    }

    /// The zones that a volume can be mounted in; empty when it does not say.
    pub fn zones(self) -> Vec<&'a str> {
        let Self::Volume(volume) = self else {
            return Vec::new();
        };
        let affinity = volume
            .spec
            .as_ref()
            .and_then(|spec| spec.node_affinity.as_ref()?.required.as_ref());
        let terms = affinity.into_iter().flat_map(|required| &required.node_selector_terms);
        let expressions = terms.flat_map(|term| term.match_expressions.iter().flatten());
        let zones = expressions.filter(|it| ZONE_KEYS.contains(&it.key.as_str()) && it.operator == "In");
        zones
            .flat_map(|it| it.values.iter().flatten().map(String::as_str))
            .collect()
    }
}

/// The size that a claim asks for.
pub(super) fn asked(spec: &PersistentVolumeClaimSpec) -> Option<Memory> {
    amount(spec.resources.as_ref()?.requests.as_ref()?)
}

fn capacity(volume: &PersistentVolume) -> Option<Memory> {
    amount(volume.spec.as_ref()?.capacity.as_ref()?)
}

fn amount(amounts: &BTreeMap<String, Text>) -> Option<Memory> {
    let text = amounts.get("storage")?;
    text.0.parse::<Quantity>().and_then(Quantity::memory).ok()
}

fn is_default(class: &StorageClass) -> bool {
    let annotations = class.metadata.annotations.as_ref();
    annotations.is_some_and(|map| map.get(DEFAULT_CLASS).is_some_and(|value| value == "true"))
}

/// Whether a free volume fits a claim: class, labels, access modes and size.
fn fits(volume: &PersistentVolume, claim: &PersistentVolumeClaimSpec) -> bool {
    let Some(spec) = volume.spec.as_ref().filter(|spec| spec.claim_ref.is_none()) else {
        return false;
    };
    // Without a class the default one applies where there is one, so such a claim binds only to volumes it selects.
    let class = match (claim.storage_class_name.as_deref(), &claim.selector) {
        (None, None) => return false,
        (class, _) => class.unwrap_or_default(),
    };
    let empty = BTreeMap::new();
    let own = volume.metadata.labels.as_ref().unwrap_or(&empty);
    let is_selected = claim.selector.is_none() || labels::selects(claim.selector.as_ref(), own).unwrap_or(false);
    let offered = spec.access_modes.as_deref().unwrap_or_default();
    let has_modes = claim.access_modes.iter().flatten().all(|mode| offered.contains(mode));
    let is_large = capacity(volume) >= asked(claim);
    spec.storage_class_name.as_deref().unwrap_or_default() == class && is_selected && has_modes && is_large
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::Object;
    use serde_json::json;

    fn claim(spec: &serde_json::Value) -> PersistentVolumeClaim {
        serde_json::from_value(json!({"metadata": {"name": "data", "namespace": "shop"}, "spec": spec}))
            .expect("a claim")
    }

    fn volume(name: &str, spec: &serde_json::Value) -> PersistentVolume {
        let labels = json!({"alicloud-pvname": name});
        serde_json::from_value(json!({"metadata": {"name": name, "labels": labels}, "spec": spec})).expect("a volume")
    }

    fn nas(size: &str) -> serde_json::Value {
        json!({"capacity": {"storage": size}, "accessModes": ["ReadWriteMany"], "storageClassName": "nas",
            "csi": {"driver": "nasplugin.csi.alibabacloud.com", "volumeHandle": "x"}})
    }

    fn found(claim: &PersistentVolumeClaim, volumes: &[PersistentVolume]) -> Option<String> {
        let mut inventory = Inventory::default();
        for volume in volumes {
            inventory.observe(Object::from(volume));
        }
        match Known::of(&inventory).backing(claim) {
            Backing::Volume(volume) => volume.metadata.name.clone(),
            _ => None,
        }
    }

    #[test]
    fn a_bound_claim_has_its_volume() {
        let claim = claim(&json!({"volumeName": "b", "storageClassName": "nas"}));
        let volumes = [volume("a", &nas("5Gi")), volume("b", &nas("5Gi"))];
        assert_eq!(found(&claim, &volumes).as_deref(), Some("b"));
        assert_eq!(found(&claim, &volumes[..1]), None);
    }

    #[test]
    fn the_smallest_volume_that_fits_is_taken() {
        let asked = |modes: &str, size: &str| {
            claim(
                &json!({"storageClassName": "nas", "accessModes": [modes], "resources": {"requests": {"storage": size}}}),
            )
        };
        let volumes = [
            volume("a", &nas("20Gi")),
            volume("b", &nas("5Gi")),
            volume("c", &nas("1Gi")),
        ];
        assert_eq!(found(&asked("ReadWriteMany", "3Gi"), &volumes).as_deref(), Some("b"));
        assert_eq!(found(&asked("ReadWriteMany", "30Gi"), &volumes), None);
        assert_eq!(found(&asked("ReadWriteOnce", "3Gi"), &volumes), None);
    }

    #[test]
    fn labels_and_reservations_choose() {
        let selected =
            claim(&json!({"selector": {"matchLabels": {"alicloud-pvname": "b"}}, "storageClassName": "nas"}));
        let volumes = [volume("a", &nas("5Gi")), volume("b", &nas("5Gi"))];
        assert_eq!(found(&selected, &volumes).as_deref(), Some("b"));
        let mut reserved = volume("c", &nas("5Gi"));
        let spec = reserved.spec.as_mut().expect("it has one");
        spec.claim_ref = serde_json::from_value(json!({"namespace": "shop", "name": "data"})).expect("a reference");
        assert_eq!(
            found(&selected, &[volumes[1].clone(), reserved.clone()]).as_deref(),
            Some("c")
        );
        let other = claim(&json!({"storageClassName": "other"}));
        assert_eq!(found(&other, &volumes), None);
    }

    #[test]
    fn classes_are_found_by_name_by_default_or_from_the_start() {
        let class: StorageClass = serde_json::from_value(json!({
            "metadata": {"name": "mine", "annotations": {(DEFAULT_CLASS): "true"}}, "provisioner": "x",
            "volumeBindingMode": "WaitForFirstConsumer",
        }))
        .expect("a class");
        let mut inventory = Inventory::default();
        let known = |inventory: &Inventory, name: Option<&str>| {
            let backing = Known::of(inventory).class(name);
            (
                backing.driver().map(|driver| driver.name().to_owned()),
                backing.waits_for_consumer(),
            )
        };
        assert_eq!(known(&inventory, None), (None, false));
        inventory.observe(Object::from(&class));
        assert_eq!(known(&inventory, None), (Some("x".to_owned()), true));
        assert_eq!(known(&inventory, Some("mine")), (Some("x".to_owned()), true));
        assert_eq!(known(&inventory, Some("other")), (None, false));
        let (driver, waits) = known(&inventory, Some("alicloud-disk-essd"));
        assert!(driver.is_some() && !waits);
    }

    #[test]
    fn a_disk_tells_its_zone() {
        let disk = volume(
            "a",
            &json!({"nodeAffinity": {"required": {"nodeSelectorTerms": [{"matchExpressions": [
                {"key": "topology.diskplugin.csi.alibabacloud.com/zone", "operator": "In", "values": ["cn-hangzhou-h"]}]}]}}}),
        );
        assert_eq!(Backing::Volume(&disk).zones(), ["cn-hangzhou-h"]);
    }

    #[test]
    fn the_first_inventory_knows_better() {
        let (mut first, mut then) = (Inventory::default(), Inventory::default());
        let mut own = claim(&json!({"volumeName": "a"}));
        then.observe(Object::from(&own));
        own.spec = None;
        first.observe(Object::from(&own));
        let both = Known::of(&first).and(&then);
        assert!(both.claim("shop", "data").is_some_and(|claim| claim.spec.is_none()));
        assert!(
            Known::of(&then)
                .claim("shop", "data")
                .is_some_and(|claim| claim.spec.is_some())
        );
        assert!(!both.is_complete());
        then.declare_complete(true);
        assert!(Known::of(&first).and(&then).is_complete());
    }
}
