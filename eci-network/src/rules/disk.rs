//! Disks that bind late, and disks of other zones.

use eci_model::digest::{ClaimFrom, ClassDigest, Digests, PodDigest, VolumeDigest};
use eci_model::settings::FailStrategy;
use eci_model::{Basis, Code, Edition, Findings, Location, Rule, Rules, Zone};
use k8s_openapi::api::core::v1::Volume;

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
/// Classes that every cluster has, and whether disks of them wait.
const STOCK: [(&str, bool); 4] = [
    ("alicloud-disk-efficiency", false),
    ("alicloud-disk-essd", false),
    ("alicloud-disk-ssd", false),
    ("alicloud-disk-topology-alltype", true),
];

/// What stands against disks that wait, and where disks may lie.
#[derive(Clone, Debug)]
pub(crate) struct DiskNeeds {
    /// Why a disk cannot wait.
    against: Vec<&'static str>,
    /// The zones of the vSwitches, when all are known.
    zones: Option<Vec<Zone>>,
}

impl DiskNeeds {
    /// `None` for a pod without claims.
    pub(crate) fn of(scene: &Scene<'_>) -> Option<Self> {
        let claims = |volume: &Volume| volume.persistent_volume_claim.is_some() || volume.ephemeral.is_some();
        if !scene.pod.volumes().iter().any(claims) && scene.around.object.claim_templates().is_empty() {
            return None;
        }
        let zones = scene
            .facts
            .inventory
            .and_then(|it| it.zones(scene.resolution.candidates()));
        Some(Self {
            against: against(scene),
            zones: zones.map(|zones| zones.into_iter().cloned().collect()),
        })
    }
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

/// Tells disks that wait in vain, and disks of other zones.
pub(crate) fn disks(needs: &DiskNeeds, pod: &PodDigest, digests: &Digests, out: &mut Findings) {
    for claim in &pod.claims {
        let (volume, class) = digests.storage_of(pod.namespace(), claim);
        let (name, bound) = match &claim.from {
            ClaimFrom::Template { class } | ClaimFrom::Ephemeral { class } => (class.as_deref(), None),
            _ => match digests.claim(pod.namespace(), &claim.name) {
                Some(known) => (known.class.as_deref(), known.volume.as_deref()),
                None => continue,
            },
        };
        match bound {
            Some(_) => zone(needs, volume, || claim.place(pod), out),
            None if !needs.against.is_empty() => {
                if let Some(class) = waiting(name, class) {
                    let finding = WAIT_FOR_FIRST_CONSUMER.at(claim.place(pod)).found(class.to_owned());
                    out.push(needs.against.iter().fold(finding, |finding, why| finding.note(*why)));
                }
            }
            None => {}
        }
    }
}

/// The class of disks that wait, if the claim is of one.
fn waiting<'c>(name: Option<&'c str>, known: Option<&'c ClassDigest>) -> Option<&'c str> {
    if let Some(class) = known {
        return (*class.provisioner == *DRIVER && class.waits).then_some(&*class.subject.name);
    }
    let stock = STOCK.iter().find(|(stock, _)| Some(*stock) == name)?;
    stock.1.then_some(stock.0)
}

fn zone(needs: &DiskNeeds, volume: Option<&VolumeDigest>, place: impl Fn() -> Location, out: &mut Findings) {
    let (Some(volume), Some(of_pod)) = (volume, &needs.zones) else {
        return;
    };
    let is_disk = volume.driver.as_deref() == Some(DRIVER) && !volume.zones.is_empty();
    let meet = of_pod
        .iter()
        .any(|zone| volume.zones.iter().any(|other| **other == *zone.as_str()));
    if !is_disk || meet {
        return;
    }
    let had: Vec<&str> = of_pod.iter().map(Zone::as_str).collect();
    let of_disk: Vec<&str> = volume.zones.iter().map(|zone| &**zone).collect();
    let finding = DISK_ZONE.at(place()).found(of_disk.join(", "));
    let finding = finding.expected(format!("one of {}", had.join(", ")));
    out.push(finding.note(format!("the volume is `{}`", volume.subject.name)));
}
