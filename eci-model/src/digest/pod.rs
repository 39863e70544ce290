//! The digest of a pod, or of a pod template.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use super::names::{Names, SharedLabels};
use super::shapes::{self, DeclaredPort, Lacking};
use super::uses::{self, ClaimUse, MaterialUse};
use crate::billing::Rate;
use crate::finding::{FindingBuilder, Findings, Location, ObjectRef};
use crate::id::{EipId, VSwitchId};
use crate::object::Object;
use crate::path::{At, FieldPath};
use crate::quantity::Cpu;
use crate::settings::{FailStrategy, Settings, SpotRelease};
use crate::spec::Size;

/// What rules about several objects need of a pod, or of a pod template.
///
/// Labels, texts and plans are shared between pods that have the same.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PodDigest {
    /// The object that holds it.
    pub subject: ObjectRef,
    /// Where the template stands in the object; `None` for pods.
    pub template: Option<Arc<str>>,
    /// The controller of the object, such as the ReplicaSet of a pod.
    pub controller: Option<Arc<Controller>>,
    /// The labels the pod will have, injected ones included.
    pub labels: SharedLabels,
    /// Whether it runs on ECI.
    pub route: Route,
    /// What sends it there.
    pub via: Via,
    /// Whether ECI refuses it, or it could not work there, by what it shows alone.
    pub is_refused: bool,
    /// How many pods the object itself asks for.
    pub asked_replicas: u32,
    /// The highest number of replicas that an autoscaler of the input allows.
    pub autoscaled: Option<u32>,
    /// Whether its replicas are to be counted: it is no ended pod, and nothing else of the input stands for it.
    pub is_counted: bool,
    /// The ports its containers declare.
    pub ports: Box<[DeclaredPort]>,
    /// The claims it uses.
    pub claims: Box<[ClaimUse]>,
    /// The ConfigMaps and Secrets it uses.
    pub materials: Box<[MaterialUse]>,
    /// The containers that request no CPU or no memory.
    pub lacking: Box<[Lacking]>,
    /// How many disks it names without a claim.
    pub disks: u8,
    /// What its annotations ask for; `None` when nothing that such rules are about.
    pub asked: Option<Box<Asked>>,
    /// How it is planned; `None` when it is refused or does not run on ECI.
    pub planned: Option<Arc<Planned>>,
}

/// Whether a pod runs on ECI.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Route {
    /// It does.
    Bound,
    /// It may, or it is judged as if it did.
    Maybe,
    /// It does not.
    #[default]
    No,
}

/// What sends a pod to ECI.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Via {
    /// There are only virtual nodes.
    Edition,
    /// A label of the pod.
    PodLabel,
    /// A label of its namespace.
    Namespace,
    /// A selector of eci-profile.
    Selector,
    /// The name of a node.
    NodeName,
    /// The scheduler: node selector, affinity or tolerations.
    Scheduler,
    /// Nothing, or nothing that is known.
    #[default]
    Unknown,
}

/// What controls an object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Controller {
    /// Its kind.
    pub kind: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
}

/// What the annotations of a pod ask for, as far as rules about several objects need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Asked {
    /// An existing EIP.
    pub eip: Option<EipId>,
    /// An EIP of its own.
    pub with_eip: bool,
    /// A private address.
    pub private_ip: Option<IpAddr>,
    /// An address that stays with the pod's name.
    pub fixed_ip: bool,
    /// vSwitches of its own.
    pub vswitches: bool,
    /// Whether creation fails rather than trying elsewhere.
    pub fails_fast: bool,
    /// What happens before spot capacity is reclaimed.
    pub spot_release: Option<SpotRelease>,
}

impl Asked {
    /// What settings ask for; `None` when nothing of this.
    pub fn of(settings: &Settings) -> Option<Box<Self>> {
        let is_on = |given: &Option<crate::decision::Given<bool>>| given.as_ref().is_some_and(|given| given.value);
        let asked = Self {
            eip: settings.eip.as_ref().map(|given| given.value.clone()),
            with_eip: is_on(&settings.with_eip),
            private_ip: settings.private_ip.as_ref().map(|given| given.value),
            fixed_ip: is_on(&settings.fixed_ip),
            vswitches: settings.vswitches.is_some(),
            fails_fast: settings
                .fail_strategy
                .as_ref()
                .is_some_and(|given| FailStrategy::fails_fast(given.value)),
            spot_release: settings.spot_release.as_ref().map(|given| given.value),
        };
        (asked != Self::default()).then(|| Box::new(asked))
    }
}

/// How a pod is planned, as far as rules about several objects need it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Planned {
    /// The candidate vSwitches.
    pub vswitches: Box<[VSwitchId]>,
    /// The billed size; `None` for ECS types.
    pub size: Option<Size>,
    /// The billed vCPU, also of ECS types where known.
    pub cpu: Option<Cpu>,
    /// The price, where known.
    pub rate: Option<Rate>,
}

/// What the engine decided about a pod, for its digest.
#[derive(Clone, Debug, Default)]
pub struct PodFacts<'a> {
    /// Whether it runs on ECI.
    pub route: Route,
    /// What sends it there.
    pub via: Via,
    /// Whether ECI refuses it.
    pub refused: bool,
    /// Labels that are injected.
    pub injected: &'a [(Box<str>, Box<str>)],
    /// What its annotations ask for.
    pub asked: Option<Box<Asked>>,
    /// How it is planned.
    pub planned: Option<Planned>,
}

impl PodDigest {
    pub(super) fn of(object: &Object<'_>, facts: PodFacts<'_>, names: &mut Names) -> Option<Self> {
        let view = object.pod()?;
        let own = view.meta().and_then(|meta| meta.labels.as_ref());
        let mut labels: BTreeMap<&str, &str> = facts.injected.iter().map(|(key, value)| (&**key, &**value)).collect();
        labels.extend(
            own.into_iter()
                .flatten()
                .map(|(key, value)| (key.as_str(), value.as_str())),
        );
        let annotations = view.meta().and_then(|meta| meta.annotations.as_ref());
        let disk_volume = annotations.and_then(|it| it.get("k8s.aliyun.com/eci-set-diskvolume"));
        let disk_volume = disk_volume.map(String::as_str);
        let spec = view.spec();
        let mut subject = names.subject(object);
        // A pod always has a namespace.
        subject.namespace = Some(names.share(view.namespace()));
        let template = view.template_path().map(|path| names.share(path));
        Some(Self {
            subject,
            template,
            controller: controller(object, names),
            labels: names.labels(labels),
            route: facts.route,
            via: facts.via,
            is_refused: facts.refused,
            asked_replicas: view.replicas(),
            autoscaled: None,
            is_counted: !has_ended(object),
            ports: spec.map(|spec| shapes::ports(spec, names)).unwrap_or_default(),
            claims: uses::claims(&view, names),
            materials: spec.map(|spec| uses::materials(spec, names)).unwrap_or_default(),
            lacking: spec.map(|spec| shapes::lacking(spec, names)).unwrap_or_default(),
            disks: spec.map_or(0, |spec| shapes::disks(spec, disk_volume)),
            asked: facts.asked,
            planned: facts.planned.map(|planned| names.planned(planned)),
        })
    }

    /// The namespace.
    pub fn namespace(&self) -> &str {
        self.subject.namespace.as_deref().unwrap_or("default")
    }

    /// How many pods there are at most: what the object asks for, or an autoscaler's highest number when larger.
    pub fn replicas(&self) -> u32 {
        self.asked_replicas.max(self.autoscaled.unwrap_or(0))
    }

    /// Whether it runs, or may run, on ECI.
    pub fn may_run_on_eci(&self) -> bool {
        self.route != Route::No
    }

    /// A place inside the pod, as a place of the object that holds it.
    pub fn place(&self, at: &At<'_>) -> Location {
        let path = self.template.as_deref().map_or(FieldPath::ROOT, FieldPath::of);
        Location::new(self.subject.clone(), path.then(at))
    }

    /// A place of the object that holds the pod, outside the template.
    pub fn owner_place(&self, at: &At<'_>) -> Location {
        Location::new(self.subject.clone(), at.to_path())
    }

    /// Adds a finding that is about this pod: it holds only if the pod runs on ECI, where that is not certain.
    pub fn tell(&self, finding: FindingBuilder, out: &mut Findings) {
        let finding = finding.build();
        out.add(if self.route == Route::Bound {
            finding
        } else {
            finding.conditional()
        });
    }
}

fn controller(object: &Object<'_>, names: &mut Names) -> Option<Arc<Controller>> {
    let owners = object.meta().owner_references.as_deref().unwrap_or_default();
    let owner = owners.iter().find(|owner| owner.controller == Some(true))?;
    Some(Arc::new(Controller {
        kind: names.share(&owner.kind),
        name: names.share(&owner.name),
    }))
}

fn has_ended(object: &Object<'_>) -> bool {
    let Object::Pod(pod) = object else { return false };
    let phase = pod.status.as_ref().and_then(|status| status.phase.as_deref());
    matches!(phase, Some("Succeeded" | "Failed"))
}
