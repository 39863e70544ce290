//! What only several objects together show about the network.

use std::collections::{BTreeMap, BTreeSet};

use eci_model::{At, EipId, FieldPath, Finding, Findings, Location, Object, ObjectRef, Site, VSwitchId};
use k8s_openapi::api::autoscaling::v2::{HorizontalPodAutoscaler, HorizontalPodAutoscalerSpec};

use crate::facts::NetworkFacts;
use crate::forecast::AddressDemand;
use crate::rules::{self, address, disk, internet, service, spread, vswitch};
use crate::scene::Scene;

/// What the rules about several objects need of a pod.
///
/// Made by [`check`](crate::check), which gives none for a pod that no such rule could be about.
#[derive(Clone, Debug)]
pub struct NetworkDigest {
    /// The pod, or the object that holds it.
    pod: Location,
    replicas: u32,
    /// Whether findings hold whatever happens; `false` where the pod may run on real nodes.
    only_on_eci: bool,
    private_ip: Option<Location>,
    is_fixed: bool,
    eip: Option<(EipId, Location)>,
    with_eip: Option<Location>,
    one_zone: Option<vswitch::OneZone>,
    one_per_node: Option<spread::OnePerNode>,
    /// vSwitches of known ranges; none unless all candidates are.
    vswitches: Vec<VSwitchId>,
    disks: Option<disk::DiskNeeds>,
    spoken: Vec<service::Spoken>,
}

impl NetworkDigest {
    pub(crate) fn of(scene: &Scene<'_>, one_per_node: Option<spread::OnePerNode>) -> Self {
        let settings = scene.pod.settings();
        let candidates = scene.resolution.candidates();
        let is_known = |id: &VSwitchId| scene.facts.inventory.and_then(|it| it.vswitch(id)?.range).is_some();
        let all_known = candidates.iter().all(is_known);
        Self {
            pod: scene.pod.place(&At::ROOT),
            replicas: scene.pod.view().replicas(),
            only_on_eci: scene.around.only_on_eci,
            private_ip: address::private_ip(scene),
            is_fixed: settings.fixed_ip.as_ref().is_some_and(|given| given.value),
            eip: internet::eip(scene),
            with_eip: internet::with_eip(scene),
            one_zone: vswitch::OneZone::of(scene),
            one_per_node,
            vswitches: if all_known { candidates.to_vec() } else { Vec::new() },
            disks: disk::DiskNeeds::of(scene),
            spoken: service::spoken(scene),
        }
    }

    /// Whether no rule about several objects could be about the pod.
    pub(crate) fn is_empty(&self) -> bool {
        self.private_ip.is_none()
            && self.eip.is_none()
            && self.with_eip.is_none()
            && self.one_zone.is_none()
            && self.one_per_node.is_none()
            && self.vswitches.is_empty()
            && self.disks.is_none()
            && self.spoken.is_empty()
    }

    /// How many replicas the object asks for.
    pub(crate) const fn replicas(&self) -> u32 {
        self.replicas
    }

    /// Tells what is wrong with `to` replicas and was not with `from`.
    pub(crate) fn grown(&self, from: u32, to: u32, out: &mut Findings) {
        let passes = |limit: u32| from <= limit && to > limit;
        if passes(1) {
            if let Some(given) = &self.private_ip {
                address::private_ip_replicas(given, to, &self.pod, out);
            }
            if let Some((id, named)) = &self.eip {
                internet::eip_replicas(id, named, to, &self.pod, out);
            }
            if let Some(asked) = &self.with_eip {
                internet::eips_created(asked, to, &self.pod, out);
            }
            if let Some(zone) = &self.one_zone {
                zone.tell(to, &self.pod, out);
            }
        }
        if let Some(apart) = &self.one_per_node
            && passes(apart.nodes())
        {
            apart.tell(to, &self.pod, out);
        }
    }

    fn demand(&self, most: u32) -> Option<AddressDemand> {
        if self.vswitches.is_empty() {
            return None;
        }
        // Beyond the first, pods with a given address fail for another reason, which is told.
        let pods = |replicas: u32| {
            u64::from(if self.private_ip.is_some() {
                replicas.min(1)
            } else {
                replicas
            })
        };
        let times = if self.is_fixed { 2 } else { 1 };
        Some(AddressDemand {
            place: self.replicas_place(),
            vswitches: self.vswitches.clone(),
            now: pods(self.replicas) * times,
            most: pods(most) * times,
        })
    }

    fn replicas_place(&self) -> Location {
        let field = match &*self.pod.object.kind {
            "Deployment" | "StatefulSet" | "ReplicaSet" | "ReplicationController" => "spec.replicas",
            "Job" => "spec.parallelism",
            _ => return self.pod.clone(),
        };
        Location::new(self.pod.object.clone(), FieldPath::of(field))
    }

    fn owner(&self) -> Owner {
        Owner::of(&self.pod.object)
    }
}

/// Which workload an autoscaler means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Owner {
    namespace: Box<str>,
    kind: Box<str>,
    name: Box<str>,
}

impl Owner {
    fn of(object: &ObjectRef) -> Self {
        Self {
            namespace: object.namespace.as_deref().unwrap_or("default").into(),
            kind: (&*object.kind).into(),
            name: (&*object.name).into(),
        }
    }
}

/// Takes many objects in, and tells at the end what only several of them show.
///
/// # Example
/// ```
/// use eci_model::{Edition, Findings, Object, Policies, Site};
/// use eci_network::{NetworkAudit, NetworkFacts};
/// use k8s_openapi::api::core::v1::Service;
///
/// let (service, policies) = (Service::default(), Policies::default());
/// let mut audit = NetworkAudit::default();
/// audit.push(Object::from(&service), None);
/// let mut findings = Findings::new();
/// audit.finish(&NetworkFacts::default(), &Site::new(Edition::Ack, &policies), &mut findings);
/// assert!(findings.is_empty());
/// ```
#[derive(Clone, Debug, Default)]
pub struct NetworkAudit {
    digests: Vec<NetworkDigest>,
    autoscalers: BTreeMap<Owner, u32>,
    services: Vec<service::Named>,
    claims: disk::Claims,
    /// EIPs of image caches.
    cache_eips: Vec<(EipId, Location)>,
    core_dns: Option<Location>,
    /// PodNetworkings without selectors, and where that would change.
    unselecting: Vec<(Box<str>, Location)>,
    /// PodNetworkings that pods name themselves.
    requested: BTreeSet<Box<str>>,
}

impl NetworkAudit {
    /// Takes an object in, with the digest of its pod where it holds one.
    pub fn push(&mut self, object: Object<'_>, digest: Option<NetworkDigest>) {
        self.digests.extend(digest);
        self.claims.put(object);
        match object {
            Object::HorizontalPodAutoscaler(autoscaler) => self.autoscaler(object, autoscaler),
            Object::Service(service) => self.services.push(service::Named::of(service)),
            Object::PodNetworking(networking) => {
                let never = rules::admission::never_matches(networking);
                self.unselecting
                    .extend(never.map(|place| (object.name().into(), place)));
            }
            Object::ImageCache(_) => {
                let key = "k8s.aliyun.com/eip-instance-id";
                let named = object.meta().annotations.as_ref().and_then(|it| it.get(key));
                if let Some(id) = named.and_then(|text| text.trim().parse().ok()) {
                    let metadata = At::ROOT.field("metadata");
                    let annotations = metadata.field("annotations");
                    self.cache_eips.push((id, object.place(&annotations.key(key))));
                }
            }
            Object::Deployment(_) if object.name() == "coredns" && object.namespace() == Some("kube-system") => {
                self.core_dns = Some(object.place(&At::ROOT));
            }
            _ => {}
        }
        if let Some(annotations) = object.pod().and_then(|pod| pod.meta()?.annotations.as_ref())
            && let Some(text) = annotations.get("k8s.aliyun.com/pod-networks-request")
        {
            self.requested.extend(requested(text));
        }
    }

    fn autoscaler(&mut self, object: Object<'_>, autoscaler: &HorizontalPodAutoscaler) {
        let spec: Option<&HorizontalPodAutoscalerSpec> = Option::from(&autoscaler.spec);
        let Some(spec) = spec else { return };
        let owner = Owner {
            namespace: object.namespace().unwrap_or_default().into(),
            kind: spec.scale_target_ref.kind.as_str().into(),
            name: spec.scale_target_ref.name.as_str().into(),
        };
        let most = u32::try_from(spec.max_replicas).unwrap_or(0);
        let known = self.autoscalers.entry(owner).or_default();
        *known = most.max(*known);
    }

    /// Tells what only several objects show, in an order that does not depend on that of pushing.
    pub fn finish(mut self, facts: &NetworkFacts<'_>, site: &Site<'_>, out: &mut Findings) {
        self.digests.sort_by(|one, other| one.pod.cmp(&other.pod));
        self.cache_eips.sort_by(|(_, one), (_, other)| one.cmp(other));
        self.unselecting.sort();
        let mut demands = Vec::new();
        for digest in &self.digests {
            let mut found = Findings::new();
            let autoscaled = self.autoscalers.get(&digest.owner()).copied();
            let most = autoscaled.unwrap_or(0).max(digest.replicas);
            digest.grown(digest.replicas, most, &mut found);
            if let Some(disks) = &digest.disks {
                disk::disks(disks, &self.claims, &digest.pod, &mut found);
            }
            let namespace = digest.pod.object.namespace.as_deref().unwrap_or("default");
            service::names(&digest.spoken, namespace, &self.services, facts, site, &mut found);
            let conditional = |finding| {
                if digest.only_on_eci {
                    finding
                } else {
                    Finding::conditional(finding)
                }
            };
            out.extend(found.into_iter().map(conditional));
            demands.extend(digest.demand(most));
        }
        self.eips(out);
        if let Some(inventory) = facts.inventory {
            rules::space::address_space(inventory, &demands, out);
        }
        service::private_zone_and_core_dns(facts, site, self.core_dns.as_ref(), out);
        for (name, place) in &self.unselecting {
            if !self.requested.contains(name) {
                out.push(rules::admission::NEVER_MATCHES.at(place.clone()));
            }
        }
    }

    /// Tells EIPs that several objects name; those of one object are told by its replicas.
    fn eips(&self, out: &mut Findings) {
        let mut first: BTreeMap<&EipId, &Location> = BTreeMap::new();
        let of_pods = self.digests.iter().filter_map(|digest| digest.eip.as_ref());
        for (id, named) in of_pods.chain(&self.cache_eips) {
            match first.get(id) {
                Some(other) if other.object != named.object || other.path == named.path => {
                    internet::eip_twice(id, named, other, out);
                }
                Some(_) => {}
                None => {
                    first.insert(id, named);
                }
            }
        }
    }
}

/// The PodNetworkings that `pod-networks-request` names.
fn requested(text: &str) -> impl Iterator<Item = Box<str>> {
    let items: Vec<serde_json::Value> = serde_json::from_str(text).unwrap_or_default();
    let name = |item: serde_json::Value| item.get("network").and_then(|name| name.as_str()).map(Into::into);
    items.into_iter().filter_map(name)
}
