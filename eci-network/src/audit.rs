//! What only several objects together show about the network.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use eci_model::digest::{Digests, PodDigest, Route};
use eci_model::{At, EipId, Findings, Location, Object, Site, VSwitchId};

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
    pub(crate) fn of(
        scene: &Scene<'_>,
        one_per_node: Option<spread::OnePerNode>,
        disks: Option<disk::DiskNeeds>,
    ) -> Self {
        let settings = scene.pod.settings();
        let candidates = scene.resolution.candidates();
        let is_known = |id: &VSwitchId| scene.facts.inventory.and_then(|it| it.vswitch(id)?.range).is_some();
        let all_known = candidates.iter().all(is_known);
        Self {
            pod: scene.pod.place(&At::ROOT),
            private_ip: address::private_ip(scene),
            is_fixed: settings.fixed_ip.as_ref().is_some_and(|given| given.value),
            eip: internet::eip(scene),
            with_eip: internet::with_eip(scene),
            one_zone: vswitch::OneZone::of(scene),
            one_per_node,
            vswitches: if all_known { candidates.to_vec() } else { Vec::new() },
            disks,
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

    fn demand(&self, pod: &PodDigest) -> Option<AddressDemand> {
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
            place: replicas_place(pod),
            vswitches: self.vswitches.clone(),
            now: pods(pod.asked_replicas) * times,
            most: pods(pod.replicas()) * times,
        })
    }
}

fn replicas_place(pod: &PodDigest) -> Location {
    let spec = At::ROOT.field("spec");
    match &*pod.subject.kind {
        "Deployment" | "StatefulSet" | "ReplicaSet" | "ReplicationController" => {
            pod.owner_place(&spec.field("replicas"))
        }
        "Job" => pod.owner_place(&spec.field("parallelism")),
        _ => pod.owner_place(&At::ROOT),
    }
}

/// Takes many objects in, and tells at the end what only several of them show.
///
/// # Example
/// ```
/// use eci_model::digest::Digests;
/// use eci_model::{Edition, Findings, Object, Policies, Site};
/// use eci_network::{NetworkAudit, NetworkFacts, rules};
///
/// let networking = eci_model::resource::PodNetworking::default();
/// let (policies, mut digests, mut audit) = (Policies::default(), Digests::default(), NetworkAudit::default());
/// audit.push(Object::from(&networking), None);
/// digests.settle();
/// let mut findings = Findings::new();
/// audit.finish(&digests, &NetworkFacts::default(), &Site::new(Edition::Ack, &policies), &mut findings);
/// assert!(findings.contains(rules::NEVER_MATCHES));
/// ```
#[derive(Clone, Debug, Default)]
pub struct NetworkAudit {
    /// By the place of the pod.
    digests: BTreeMap<Location, NetworkDigest>,
    /// EIPs of image caches.
    cache_eips: BTreeSet<(Location, EipId)>,
    /// PodNetworkings without selectors, and where that would change.
    unselecting: BTreeMap<Box<str>, Location>,
    /// PodNetworkings that pods name themselves.
    requested: BTreeSet<Box<str>>,
}

impl NetworkAudit {
    /// Takes an object in, with the digest of its pod where [`check`](crate::check) gave one.
    pub fn push(&mut self, object: Object<'_>, digest: Option<NetworkDigest>) {
        self.digests.extend(digest.map(|digest| (digest.pod.clone(), digest)));
        match object {
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
                    self.cache_eips.insert((object.place(&annotations.key(key)), id));
                }
            }
            _ => {}
        }
        if let Some(annotations) = object.pod().and_then(|pod| pod.meta()?.annotations.as_ref())
            && let Some(text) = annotations.get("k8s.aliyun.com/pod-networks-request")
        {
            self.requested.extend(requested(text));
        }
    }

    /// Tells what only several objects show, in the order of the settled digests.
    pub fn finish(&self, digests: &Digests, facts: &NetworkFacts<'_>, site: &Site<'_>, out: &mut Findings) {
        let (mut demands, mut eips) = (Vec::new(), Vec::new());
        for pod in digests.pods() {
            let Some(known) = self.digests.get(&pod.place(&At::ROOT)) else {
                continue;
            };
            let mut found = Findings::new();
            known.grown(pod.asked_replicas, pod.replicas(), &mut found);
            if let Some(disks) = &known.disks {
                disk::disks(disks, pod, digests, facts.stored, &mut found);
            }
            service::names(
                &known.spoken,
                pod.namespace(),
                digests.services(),
                facts,
                site,
                &mut found,
            );
            let is_certain = pod.route == Route::Bound;
            let told = found.into_iter();
            out.extend(told.map(|finding| if is_certain { finding } else { finding.conditional() }));
            if pod.is_counted {
                demands.extend(known.demand(pod));
                eips.extend(known.eip.as_ref().map(|(id, named)| (id, named)));
            }
        }
        eips.extend(self.cache_eips.iter().map(|(named, id)| (id, named)));
        shared_eips(&eips, out);
        if let Some(inventory) = facts.inventory {
            rules::space::address_space(inventory, &demands, out);
        }
        service::private_zone_and_core_dns(facts, site, core_dns(digests).as_ref(), out);
        for (_, place) in self
            .unselecting
            .iter()
            .filter(|(name, _)| !self.requested.contains(*name))
        {
            out.push(rules::admission::NEVER_MATCHES.at(place.clone()));
        }
    }
}

/// Tells EIPs that several objects name; those of one object are told by its replicas.
fn shared_eips(named: &[(&EipId, &Location)], out: &mut Findings) {
    let mut first: BTreeMap<&EipId, &Location> = BTreeMap::new();
    for (id, place) in named {
        match first.entry(id) {
            Entry::Vacant(entry) => drop(entry.insert(place)),
            Entry::Occupied(entry) => internet::eip_twice(id, place, entry.get(), out),
        }
    }
}

fn core_dns(digests: &Digests) -> Option<Location> {
    let is_it = |pod: &&PodDigest| &*pod.subject.kind == "Deployment" && &*pod.subject.name == "coredns";
    let pod = digests.pods_in("kube-system").iter().find(is_it);
    pod.map(|pod| pod.owner_place(&At::ROOT))
}

/// The PodNetworkings that `pod-networks-request` names.
fn requested(text: &str) -> impl Iterator<Item = Box<str>> {
    let items: Vec<serde_json::Value> = serde_json::from_str(text).unwrap_or_default();
    let name = |item: serde_json::Value| item.get("network").and_then(|name| name.as_str()).map(Into::into);
    items.into_iter().filter_map(name)
}
