//! Disks that bind late, and disks of other zones.

use eci_model::digest::{ClaimFrom, ClassDigest, Digests, PodDigest};
use eci_model::settings::FailStrategy;
use eci_model::storage::{Backing, Driver, Known, Mount, Mounted};
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

/// Tells disks that wait in vain, and disks of other zones, as far as the facts know what the claims of one pod are made of.
pub(crate) fn of_pod(scene: &Scene<'_>, needs: &DiskNeeds, out: &mut Findings) {
    let stored = scene.facts.stored;
    for mount in Mount::of(&scene.around.object, scene.pod.view()) {
        match &mount.what {
            Mounted::Claim(name) => {
                let Some(claim) = stored.claim(&mount.namespace, name) else {
                    continue;
                };
                let class = claim.spec.as_ref().and_then(|spec| spec.storage_class_name.as_deref());
                judge(needs, stored.backing(claim), class, || mount.place.clone(), out);
            }
            Mounted::Made { class, .. } => {
                let class = class.as_deref();
                judge(needs, stored.class(class), class, || mount.place.clone(), out);
            }
            _ => {}
        }
    }
}

fn judge(
    needs: &DiskNeeds,
    backing: Backing<'_>,
    class: Option<&str>,
    place: impl Fn() -> Location,
    out: &mut Findings,
) {
    if backing.driver() != Some(Driver::Disk) {
        return;
    }
    if let Backing::Volume(volume) = backing {
        let name = volume.metadata.name.as_deref().unwrap_or_default();
        zone(needs, name, &backing.zones(), place, out);
    } else if backing.waits_for_consumer() {
        let name = match backing {
            Backing::Class(class) => class.metadata.name.as_deref(),
            _ => class,
        };
        needs.tell_waiting(name.unwrap_or_default(), place, out);
    }
}

/// Tells the same of claims, volumes and classes that were among the objects. What the facts know was told with the pod alone.
pub(crate) fn disks(needs: &DiskNeeds, pod: &PodDigest, digests: &Digests, stored: Known<'_>, out: &mut Findings) {
    for claim in &pod.claims {
        let (volume, class) = digests.storage_of(pod.namespace(), claim);
        let place = || {
            let place = claim.place(pod);
            let path = match claim.from {
                ClaimFrom::Template { .. } => place.path.with_field("spec"),
                ClaimFrom::Ephemeral { .. } => place.path.with_field("volumeClaimTemplate").with_field("spec"),
                _ => place.path.with_field("claimName"),
            };
            Location::new(place.object, path)
        };
        let (name, bound) = match &claim.from {
            ClaimFrom::Template { class } | ClaimFrom::Ephemeral { class } => {
                if stored.class(class.as_deref()).driver().is_some() {
                    continue;
                }
                (class.as_deref(), None)
            }
            _ => match digests.claim(pod.namespace(), &claim.name) {
                Some(known) if stored.claim(pod.namespace(), &claim.name).is_none() => {
                    (known.class.as_deref(), known.volume.as_deref())
                }
                _ => continue,
            },
        };
        match (bound, volume, class) {
            (Some(_), Some(volume), _) if volume.driver.as_deref() == Some(DRIVER) => {
                let zones: Vec<&str> = volume.zones.iter().map(|zone| &**zone).collect();
                zone(needs, &volume.subject.name, &zones, place, out);
            }
            (Some(bound), None, _) => judge(needs, stored.volume(bound), name, place, out),
            (Some(_), Some(_), _) => {}
            (None, _, Some(class)) if is_waiting(class) => needs.tell_waiting(&class.subject.name, place, out),
            (None, _, Some(_)) => {}
            (None, _, None) => judge(needs, stored.class(name), name, place, out),
        }
    }
}

fn is_waiting(class: &ClassDigest) -> bool {
    *class.provisioner == *DRIVER && class.waits
}

impl DiskNeeds {
    fn tell_waiting(&self, class: &str, place: impl Fn() -> Location, out: &mut Findings) {
        if !self.against.is_empty() {
            let finding = WAIT_FOR_FIRST_CONSUMER.at(place()).found(class.to_owned());
            out.push(self.against.iter().fold(finding, |finding, why| finding.note(*why)));
        }
    }
}

fn zone(needs: &DiskNeeds, volume: &str, zones: &[&str], place: impl Fn() -> Location, out: &mut Findings) {
    let Some(of_pod) = needs.zones.as_ref().filter(|_| !zones.is_empty()) else {
        return;
    };
    if of_pod.iter().any(|zone| zones.contains(&zone.as_str())) {
        return;
    }
    let had: Vec<&str> = of_pod.iter().map(Zone::as_str).collect();
    let finding = DISK_ZONE.at(place()).found(zones.join(", "));
    let finding = finding.expected(format!("one of {}", had.join(", ")));
    out.push(finding.note(format!("the volume is `{volume}`")));
}
