//! The stages, in their order: route, inject, annotations, limits, size, network, images and storage, container group.

use std::collections::BTreeMap;

use eci_annotations::rules::identity::WITHOUT_EFFECT;
use eci_annotations::{Annotations, Known};
use eci_model::digest::{Asked, Planned};
use eci_model::group::{self, Parts, support};
use eci_model::storage::TemporaryDisk;
use eci_model::{
    Decided, EffectivePod, Finding, Findings, List, Object, Origin, Overlay, PodView, Site, image, limits, spec,
    storage,
};
use eci_network::{Around, Environment, Match, NetworkDigest, NetworkFacts, ProfileNetwork, Resolution};
use eci_profile::rules::{ROUTE_ARM_MISSING, ROUTE_CONTRADICTION, ROUTE_LABEL_MISPLACED};
use eci_profile::{RouteFacts, Routing, accepts_virtual_node, check_arm, excludes_virtual_node, route};

use super::remembered::{self, Remembered};
use super::{Inner, Plan, Review, View};
use crate::cluster::Cluster;

/// Everything that is to be said about one object by itself.
pub(super) fn review(inner: &Inner, object: Object<'_>, plans: bool) -> Review {
    let subject = object.reference();
    let mut review = Review::of(subject.clone());
    let findings = &mut review.findings;
    let pod = object.pod().map(|pod| pod.with_object(&subject));
    let site = inner.cluster.site(object.meta().uid.is_some());
    match &pod {
        Some(pod) => eci_annotations::check_owner(pod, &site, &inner.keys, findings),
        None => check_other(&object, inner, &site, findings),
    }
    let lands = || {
        pod.as_ref()
            .is_some_and(|pod| lands_on_virtual_node(&inner.cluster, pod))
    };
    let is_daemon = limits::daemon_set(&object, lands, findings);
    match pod {
        _ if is_daemon => review.routing = Some(not_for_daemons()),
        Some(pod) => judge(inner, object, &pod, plans, &mut review),
        None => eci_network::check_object(object, &facts(&inner.cluster), &site, findings),
    }
    review
}

/// Whether the pods of a DaemonSet would run on virtual nodes: they are routed there or tolerate them, and nothing keeps them off.
fn lands_on_virtual_node(cluster: &Cluster, pod: &PodView<'_>) -> bool {
    let Some(spec) = pod.spec() else { return false };
    if excludes_virtual_node(spec, cluster.edition()) {
        return false;
    }
    let facts = cluster.route_facts(pod.namespace());
    let is_routed = || matches!(route(pod, &facts).routing(), Routing::Eci { .. });
    accepts_virtual_node(spec, cluster.edition()) || is_routed()
}

/// Judges an object that holds no pod.
fn check_other(object: &Object<'_>, inner: &Inner, site: &Site<'_>, out: &mut Findings) {
    eci_annotations::check_object(&object.reference(), object.meta(), site, &inner.keys, out);
    image::object(object, inner.cluster.images(), site, out);
    storage::object(object, out);
}

/// What the stages make of a pod, beside a plan.
struct Seen {
    /// What rules about several objects need of the plan, when none is wanted.
    planned: Option<Planned>,
    /// What rules about several objects need of its network.
    network: Option<NetworkDigest>,
}

/// Judges the pod in an object and, when nothing refuses it, plans it.
fn judge(inner: &Inner, object: Object<'_>, view: &PodView<'_>, plans: bool, review: &mut Review) {
    let out = &mut review.findings;
    let cluster = &inner.cluster;
    let facts = cluster.route_facts(view.namespace());
    let route = route(view, &facts);
    let mut of_route = Findings::new();
    route.check(&object, view, &facts, &mut of_route);
    let contradicts = of_route.contains(ROUTE_CONTRADICTION);
    let misplaced = of_route.contains(ROUTE_LABEL_MISPLACED);
    out.extend(of_route);
    let injection = route.injection(&facts);
    let is_daemon = limits::is_of_daemon_set(&object);
    let routing = if is_daemon {
        not_for_daemons()
    } else {
        route.into_routing()
    };
    let meta = view.meta();
    if is_daemon || !routing.may_run_on_eci() && !inner.assume_bound {
        let annotations = Overlay::of(meta.and_then(|meta| meta.annotations.as_ref()));
        let labels = Overlay::of(meta.and_then(|meta| meta.labels.as_ref()));
        let site = cluster.site(view.owner().uid.is_some());
        eci_annotations::check_unbound(view, annotations, labels, &site, &inner.keys, out);
        if misplaced {
            // The label that was to route is the cause, and it has been told.
            out.retain(|finding| finding.rule() != WITHOUT_EFFECT);
        }
        review.routing = Some(routing);
        return;
    }
    let stage = Stage {
        inner,
        object,
        view,
        routing: &routing,
        facts: &facts,
        plans,
    };
    let mut found = Findings::new();
    let annotations = injection.annotations_of(meta.and_then(|meta| meta.annotations.as_ref()));
    let labels = injection.labels_of(meta.and_then(|meta| meta.labels.as_ref()));
    let (seen, asked) = stage.effective(annotations, labels, &mut found, &mut review.plan);
    if contradicts {
        found.retain(|finding| finding.rule() != ROUTE_ARM_MISSING);
        review.plan = None;
    }
    if let Some(plan) = &mut review.plan {
        plan.injected = injected(annotations, meta.and_then(|meta| meta.annotations.as_ref()));
    }
    let refused = contradicts || found.has_errors();
    let certain = stage.is_certain();
    out.extend(found.into_iter().map(|finding| {
        if certain {
            finding
        } else {
            Finding::conditional(finding)
        }
    }));
    let remembered = Remembered::new(certain, refused, asked, &injection.labels, seen.planned);
    review.remembered = Some(remembered);
    review.network = seen.network;
    review.routing = Some(routing);
}

/// The entries that were injected and that the pod has not in the same words itself.
fn injected(annotations: Overlay<'_>, own: Option<&BTreeMap<String, String>>) -> BTreeMap<String, String> {
    let is_new = |key: &str, value: &str| own.and_then(|own| own.get(key)).is_none_or(|own| own != value);
    let entries = annotations.iter().filter(|entry| entry.injected.is_some());
    let new = entries.filter(|entry| is_new(entry.key, entry.value));
    new.map(|entry| (entry.key.to_owned(), entry.value.to_owned()))
        .collect()
}

/// Pods of DaemonSets never run on ECI, whatever else sends them there; where something does, a finding says so.
fn not_for_daemons() -> Routing {
    Routing::NotEci {
        why: "eci runs no pods of DaemonSets".into(),
        would_change: "another kind of workload, or a sidecar".into(),
    }
}

/// What all stages after injection share.
struct Stage<'a> {
    inner: &'a Inner,
    object: Object<'a>,
    view: &'a PodView<'a>,
    routing: &'a Routing,
    facts: &'a RouteFacts<'a>,
    /// Whether a plan is wanted.
    plans: bool,
}

impl Stage<'_> {
    /// The plan, and what annotations ask for as far as rules about several objects need it.
    fn effective(
        &self,
        annotations: Overlay<'_>,
        labels: Overlay<'_>,
        out: &mut Findings,
        plan: &mut Option<Plan>,
    ) -> (Seen, Option<Box<Asked>>) {
        let cluster = &self.inner.cluster;
        let site = cluster.site(self.view.owner().uid.is_some());
        let settings = eci_annotations::read(self.view, annotations, &site, out);
        let asked = Asked::of(&settings);
        let pod = EffectivePod::new(*self.view, labels, annotations, &settings);
        (self.judged(&pod, &site, out, plan), asked)
    }

    fn judged(&self, pod: &EffectivePod<'_>, site: &Site<'_>, out: &mut Findings, plan: &mut Option<Plan>) -> Seen {
        let cluster = &self.inner.cluster;
        let (annotations, labels) = (*pod.annotations(), *pod.labels());
        eci_annotations::check(self.view, annotations, labels, site, &self.inner.keys, out);
        let data_caches = cluster.data_cache_sizes();
        let mut known = Known::default();
        known.log_controller = cluster
            .profile()
            .map(|profile| profile.get("enableLogController") == Some("true"));
        known.version = cluster.facts.version;
        known.managed_pro = cluster.facts.managed_pro;
        known.data_caches = &data_caches;
        let automatic = match pod.settings().image_cache {
            Some(_) => cluster.automatic_image_caches(),
            None => Vec::new(),
        };
        known.automatic_image_caches = &automatic;
        eci_annotations::check_together(pod, site, &known, out);
        limits::pod(pod, site, out);
        support::check(pod, site, out);
        check_arm(pod, self.facts, out);
        let sizing = spec::size(pod, site, Some(cluster.prices()), out);
        if let Some(size) = sizing.billed.as_ref().and_then(|billed| billed.value().size()) {
            limits::sized(pod, size.memory, out);
        }
        let facts = facts(cluster);
        let namespace = cluster.namespace_labels(self.view.namespace());
        let network = eci_network::resolve(pod, namespace, &facts, site, out);
        let around = Around {
            object: self.object,
            namespace,
            only_on_eci: self.is_certain(),
        };
        let digest = eci_network::check(pod, &around, &network, &facts, site, out);
        self.stored(pod, site, sizing.terms.arm, out);
        self.own_checks(pod, annotations, out);
        let mut planned = None;
        if !out.has_errors() {
            match self.plans {
                true => *plan = self.plan(pod, sizing, network, site),
                false => planned = remembered::planned(&sizing, network.candidates()),
            }
        }
        Seen {
            planned,
            network: digest,
        }
    }

    /// Whether the pod runs on ECI whatever happens.
    fn is_certain(&self) -> bool {
        matches!(self.routing, Routing::Eci { .. }) && !self.inner.assume_bound
    }

    /// The plan of a pod that nothing refuses.
    fn plan(&self, pod: &EffectivePod<'_>, sizing: spec::Sizing, network: Resolution, site: &Site<'_>) -> Option<Plan> {
        let vswitches = network.vswitches.unwrap_or_else(|| open(&network.pod_networking));
        let groups = network.security_groups.unwrap_or_else(|| open(&network.pod_networking));
        let parts = Parts {
            candidates: &sizing.candidates,
            extra_storage: *sizing.extra_storage.value(),
            arm: sizing.terms.arm,
            vswitches: vswitches.value(),
            security_groups: groups.value(),
            strategy: *network.strategy.value(),
        };
        let draft = group::draft(pod, &parts, site);
        let disk = sizing.extra_storage.clone().map(TemporaryDisk::with_extra);
        Some(Plan {
            subject: self.view.object(),
            routing: self.routing.clone(),
            spec: sizing.billed.clone()?,
            sizing,
            vswitches,
            security_groups: groups,
            strategy: network.strategy,
            caches: image::choose(pod, self.inner.cluster.images(), disk.value().gib(), site),
            disk,
            draft,
            injected: BTreeMap::new(),
        })
    }

    /// Images and storage.
    fn stored(&self, pod: &EffectivePod<'_>, site: &Site<'_>, arm: bool, out: &mut Findings) {
        let cluster = &self.inner.cluster;
        let known = storage::Known::of(cluster.stored());
        let images = image::Scene {
            pod,
            site,
            images: cluster.images(),
            known,
            arm,
            namespace: cluster.namespace_labels(self.view.namespace()),
        };
        image::check(&images, out);
        let stored = storage::Scene {
            object: self.object,
            pod,
            site,
            known,
            data_caches: cluster.data_caches(),
            images: cluster.images(),
        };
        storage::check(&stored, out);
    }

    fn own_checks(&self, pod: &EffectivePod<'_>, annotations: Overlay<'_>, out: &mut Findings) {
        for check in &self.inner.checks {
            let annotations = Annotations::new(annotations).under(self.inner.cluster.policies());
            check.pod(
                &View::new(self.object, pod, annotations, self.routing, &self.inner.cluster),
                out,
            );
        }
    }
}

/// A list that nothing known decides on, and nothing is wrong with that: a profile may be there that is not among the facts.
fn open<T>(pod_networking: &Match) -> Decided<List<T>> {
    let missing = match pod_networking {
        Match::Ambiguous(_) => "several PodNetworkings select the pod",
        _ => "eci-profile is not among the facts",
    };
    Decided::by(Origin::Unknown { missing }, List(Vec::new()))
}

/// What the cluster knows of the network.
pub(super) fn facts(cluster: &Cluster) -> NetworkFacts<'_> {
    let known = &cluster.facts;
    let profile = cluster.profile().map(|profile| {
        let flag = |key: &str| match profile.get(key).map(str::trim) {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => None,
        };
        ProfileNetwork {
            vswitches: profile.vswitches(),
            security_group: profile.security_group(),
            vpc: profile.get("vpcId").filter(|id| !id.is_empty()),
            cluster_ip: flag("enableClusterIp"),
            private_zone: flag("enablePrivateZone"),
            wait_for_first_consumer: profile
                .get("featureGates")
                .and_then(|gates| gate(gates, "WaitForFirstConsumer")),
        }
    });
    NetworkFacts {
        pod_networkings: Some(&known.networkings),
        profile,
        environment: Environment {
            vswitches: &known.controller.vswitches,
            security_groups: &known.controller.security_groups,
        },
        inventory: Some(&known.inventory),
        addons: known.addons,
        stored: storage::Known::of(cluster.stored()),
    }
}

/// A feature gate out of `Name=bool` items.
fn gate(gates: &str, name: &str) -> Option<bool> {
    let mut items = gates.split(',').filter_map(|item| item.split_once('='));
    let (_, value) = items.find(|(key, _)| key.trim() == name)?;
    value.trim().parse().ok()
}
