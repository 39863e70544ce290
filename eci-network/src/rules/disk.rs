//! Disks that bind late, and disks of other zones.

use std::collections::BTreeMap;

use eci_model::settings::FailStrategy;
use eci_model::{At, Basis, Code, Edition, Findings, Location, Object, Rule, Rules, Zone};
use k8s_openapi::api::core::v1::{PersistentVolume, PersistentVolumeClaim, PersistentVolumeClaimSpec};
use k8s_openapi::api::storage::v1::StorageClass;

use crate::scene::Scene;

/// A disk that waits for a node, on a way where none is chosen.
pub const WAIT_FOR_FIRST_CONSUMER: &Rule = &Rule::error(Code::eci(3120), "wait-for-first-consumer")
    .summary("a disk that waits for the scheduler, and a pod that does not")
    .why(
        "with WaitForFirstConsumer the disk is made in the zone that the scheduler chose; here nothing tells that zone",
    )
    .remedy("use a class that binds at once, such as `alicloud-disk-essd`, or schedule the pod the other way")
    .basis(Basis::Documented(
        "Configure multiple zones to create a pod, 2024-03-07",
    ))
    .page(include_str!("../../rules/wait-for-first-consumer.md"));

/// A disk of a zone that the pod cannot live in.
pub const DISK_ZONE: &Rule = &Rule::error(Code::eci(3122), "disk-zone")
    .summary("the disk lies in a zone that none of the vSwitches lies in")
    .why("a disk is attached within its zone only")
    .remedy("name a vSwitch of that zone")
    .basis(Basis::Documented("Mount a disk volume, 2024-10-10"))
    .page(include_str!("../../rules/disk-zone.md"));

pub(super) static RULES: Rules = Rules::new(&[WAIT_FOR_FIRST_CONSUMER, DISK_ZONE]);

/// The driver of disks.
const DRIVER: &str = "diskplugin.csi.alibabacloud.com";
/// Labels that say the zone of a disk.
const ZONES: [&str; 2] = [
    "topology.diskplugin.csi.alibabacloud.com/zone",
    "topology.kubernetes.io/zone",
];
/// Classes that every cluster has, and whether disks of them wait.
const STOCK: [(&str, bool); 4] = [
    ("alicloud-disk-efficiency", false),
    ("alicloud-disk-essd", false),
    ("alicloud-disk-ssd", false),
    ("alicloud-disk-topology-alltype", true),
];

/// What a pod asks of disks, and what stands against disks that wait.
#[derive(Clone, Debug)]
pub(crate) struct DiskNeeds {
    claims: Vec<(Claim, Location)>,
    /// Why a disk cannot wait.
    against: Vec<&'static str>,
    /// The zones of the vSwitches, when all are known.
    zones: Option<Vec<Zone>>,
    namespace: Box<str>,
}

/// A claim of a pod.
#[derive(Clone, Debug)]
enum Claim {
    /// An object of this name.
    Named(Box<str>),
    /// One that is made for the pod, of this class.
    Made(Option<Box<str>>),
}

impl DiskNeeds {
    pub(crate) fn of(scene: &Scene<'_>) -> Option<Self> {
        let claims = claims(scene);
        if claims.is_empty() {
            return None;
        }
        let zones = scene
            .facts
            .inventory
            .and_then(|it| it.zones(scene.resolution.candidates()));
        Some(Self {
            claims,
            against: against(scene),
            zones: zones.map(|zones| zones.into_iter().cloned().collect()),
            namespace: scene.pod.view().namespace().into(),
        })
    }
}

fn claims(scene: &Scene<'_>) -> Vec<(Claim, Location)> {
    let mut claims = Vec::new();
    let spec = At::ROOT.field("spec");
    let volumes = spec.field("volumes");
    for (index, volume) in scene.pod.volumes().iter().enumerate() {
        let at = volumes.index(index);
        if let Some(claim) = &volume.persistent_volume_claim {
            let source = at.field("persistentVolumeClaim");
            claims.push((
                Claim::Named(claim.claim_name.as_str().into()),
                scene.pod.place(&source.field("claimName")),
            ));
        }
        let template = volume
            .ephemeral
            .as_ref()
            .and_then(|it| it.volume_claim_template.as_ref());
        if let Some(template) = template {
            claims.push((
                Claim::Made(class_of(&template.spec)),
                scene.pod.place(&at.field("ephemeral")),
            ));
        }
    }
    let templates = spec.field("volumeClaimTemplates");
    for (index, template) in scene.around.object.claim_templates().iter().enumerate() {
        if let Some(claim) = &template.spec {
            let at = templates.index(index);
            claims.push((
                Claim::Made(class_of(claim)),
                scene.around.object.place(&at.field("spec")),
            ));
        }
    }
    claims
}

fn class_of(claim: &PersistentVolumeClaimSpec) -> Option<Box<str>> {
    claim.storage_class_name.as_deref().map(Into::into)
}

fn against(scene: &Scene<'_>) -> Vec<&'static str> {
    let settings = scene.pod.settings();
    let fast = settings
        .fail_strategy
        .as_ref()
        .is_some_and(|given| given.value == FailStrategy::FailFast);
    let gate = scene
        .facts
        .profile
        .map(|profile| profile.wait_for_first_consumer.unwrap_or(false));
    let on_ack = scene.site.edition == Edition::Ack;
    let causes = [
        (
            settings.vswitches.is_some(),
            "`k8s.aliyun.com/eci-vswitch` names the vSwitches",
        ),
        (fast, "`k8s.aliyun.com/eci-fail-strategy: fail-fast` is set"),
        (on_ack && scene.is_labelled(), "a label routes the pod to eci"),
        (scene.node_name().is_some(), "`spec.nodeName` names the node"),
        (
            gate == Some(false) && scene.site.edition != Edition::SelfManaged,
            "eci-profile lacks the feature gate `WaitForFirstConsumer=true`",
        ),
    ];
    causes
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, why)| why)
        .collect()
}

/// The claims, classes and volumes among the input.
#[derive(Clone, Debug, Default)]
pub(crate) struct Claims {
    claims: BTreeMap<(Box<str>, Box<str>), Known>,
    /// Whether disks of a class wait; only classes of disks.
    classes: BTreeMap<Box<str>, bool>,
    default_class: Option<Box<str>>,
    /// The zones of volumes that have any.
    volumes: BTreeMap<Box<str>, Vec<Box<str>>>,
}

/// A claim among the input.
#[derive(Clone, Debug)]
struct Known {
    class: Option<Box<str>>,
    volume: Option<Box<str>>,
}

impl Claims {
    /// Takes an object in; other kinds change nothing.
    pub(crate) fn put(&mut self, object: Object<'_>) {
        match object {
            Object::PersistentVolumeClaim(claim) => self.claim(object, claim),
            Object::PersistentVolume(volume) => {
                let zones = zones_of(volume);
                if !zones.is_empty() {
                    self.volumes.insert(object.name().into(), zones);
                }
            }
            Object::StorageClass(class) => self.class(object.name(), class),
            _ => {}
        }
    }

    fn claim(&mut self, object: Object<'_>, claim: &PersistentVolumeClaim) {
        let spec = claim.spec.as_ref();
        let known = Known {
            class: spec.and_then(class_of),
            volume: spec.and_then(|spec| spec.volume_name.as_deref()).map(Into::into),
        };
        let namespace = object.namespace().unwrap_or_default();
        self.claims.insert((namespace.into(), object.name().into()), known);
    }

    fn class(&mut self, name: &str, class: &StorageClass) {
        if class.provisioner == DRIVER {
            let waits = class.volume_binding_mode.as_deref() == Some("WaitForFirstConsumer");
            self.classes.insert(name.into(), waits);
        }
        let annotations = class.metadata.annotations.as_ref();
        let key = "storageclass.kubernetes.io/is-default-class";
        if annotations
            .and_then(|it| it.get(key))
            .is_some_and(|value| value == "true")
        {
            self.default_class = Some(name.into());
        }
    }

    /// The class whose disks wait, if the claim is of one.
    fn waiting<'c>(&'c self, class: Option<&'c str>) -> Option<&'c str> {
        let class = class.or(self.default_class.as_deref())?;
        let stock = || STOCK.iter().find(|(name, _)| *name == class).map(|(_, waits)| *waits);
        let waits = self.classes.get(class).copied().or_else(stock)?;
        waits.then_some(class)
    }
}

fn zones_of(volume: &PersistentVolume) -> Vec<Box<str>> {
    let spec = volume.spec.as_ref();
    if spec
        .and_then(|spec| spec.csi.as_ref())
        .is_none_or(|csi| csi.driver != DRIVER)
    {
        return Vec::new();
    }
    let affinity = spec
        .and_then(|spec| spec.node_affinity.as_ref())
        .and_then(|it| it.required.as_ref());
    let terms = affinity.map(|it| it.node_selector_terms.as_slice()).unwrap_or_default();
    let requirements = terms.iter().flat_map(|term| term.match_expressions.iter().flatten());
    let zones = requirements.filter(|it| ZONES.contains(&it.key.as_str()) && it.operator == "In");
    zones
        .flat_map(|it| it.values.iter().flatten())
        .map(|zone| zone.as_str().into())
        .collect()
}

/// Tells disks that wait in vain, and disks of other zones.
pub(crate) fn disks(needs: &DiskNeeds, known: &Claims, pod: &Location, out: &mut Findings) {
    for (claim, place) in &needs.claims {
        let (class, volume) = match claim {
            Claim::Made(class) => (class.as_deref(), None),
            Claim::Named(name) => match known.claims.get(&(needs.namespace.clone(), name.clone())) {
                Some(claim) => (claim.class.as_deref(), claim.volume.as_deref()),
                None => continue,
            },
        };
        match volume {
            Some(volume) => zone(needs, known, volume, place, pod, out),
            None => wait(needs, known.waiting(class), place, pod, out),
        }
    }
}

fn wait(needs: &DiskNeeds, class: Option<&str>, place: &Location, pod: &Location, out: &mut Findings) {
    let Some(class) = class.filter(|_| !needs.against.is_empty()) else {
        return;
    };
    let finding = WAIT_FOR_FIRST_CONSUMER.at(place.clone()).found(class.to_owned());
    let finding = needs.against.iter().fold(finding, |finding, why| finding.note(*why));
    out.push(if place.object == pod.object {
        finding
    } else {
        finding.related(pod.clone(), "mounts it")
    });
}

fn zone(needs: &DiskNeeds, known: &Claims, volume: &str, place: &Location, pod: &Location, out: &mut Findings) {
    let (Some(of_disk), Some(of_pod)) = (known.volumes.get(volume), &needs.zones) else {
        return;
    };
    if of_pod
        .iter()
        .any(|zone| of_disk.iter().any(|other| **other == *zone.as_str()))
    {
        return;
    }
    let had: Vec<&str> = of_pod.iter().map(Zone::as_str).collect();
    let finding = DISK_ZONE.at(place.clone()).found(of_disk.join(", "));
    let finding = finding
        .expected(format!("one of {}", had.join(", ")))
        .note(format!("the volume is `{volume}`"));
    out.push(if place.object == pod.object {
        finding
    } else {
        finding.related(pod.clone(), "mounts it")
    });
}
