//! The same pods run on ECI, with the same things injected, in the same network.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use eci_sdk::model::resource::{PodNetworking, ResourcePolicy};
use eci_sdk::{
    Check, Cluster, Edition, Findings, Origin, Planner, Policies, Review, Routing, Rule, Severity, View, rule,
};
use k8s_openapi::api::core::v1::{ConfigMap, Namespace, Pod};
use serde_json::json;

use super::network::{self, Network};
use super::routes::{self, Route};
use super::{Case, Texts, generate};
use crate::dice::{Difference, cases, odd_rule};

/// The rules of this part: all others are judged elsewhere.
const PART: [&str; 9] = [
    "annotation-too-many-items",
    "pod-networking-ambiguous",
    "pod-networking-not-ready",
    "pod-networking-fixed-on-eci",
    "security-group-first-only",
    "vswitch-none",
    "security-group-none",
    "strategy-without-choice",
    "strategy-on-lower-layer",
];

#[test]
fn pods_are_routed_injected_and_networked_alike() {
    cases("clusters", |dice| {
        let case = generate::case(dice);
        let (found, review) = by_the_planner(&case);
        let expected = routes::route(&case);
        if found != expected {
            return Some(Difference {
                kind: format!("runs on {}, by the pages {}", found.runs, expected.runs),
                case: format!("{case:?}"),
                found: format!("{found:?}"),
                expected: format!("{expected:?}"),
            });
        }
        if expected.runs == "nodes" {
            return None;
        }
        let contradicts = expected.contradicts;
        let mut expected = network::resolve(&case, &expected);
        expected.refused |= contradicts;
        // What the catalogue has and the registry has not yet.
        expected.fired.retain(|name| rule(name).is_some());
        let found = resolved(&review, &expected);
        (found != expected).then(|| Difference {
            kind: odd_rule(&found.fired, &expected.fired),
            case: format!("{case:?}"),
            found: format!("{found:?}"),
            expected: format!("{expected:?}"),
        })
    });
}

/// Keeps what a check of one's own sees of the effective pod.
#[derive(Clone, Default)]
pub(super) struct Spy(Arc<Mutex<(Texts, Texts)>>);

impl Spy {
    /// Labels and annotations.
    pub(super) fn seen(&self) -> (Texts, Texts) {
        self.0.lock().expect("one thread").clone()
    }
}

impl Check for Spy {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn pod(&self, view: &View<'_>, _: &mut Findings) {
        let labels = view.pod.labels().iter();
        let annotations = view.annotations.overlay().iter();
        *self.0.lock().expect("one thread") = (
            labels
                .map(|entry| (entry.key.to_owned(), entry.value.to_owned()))
                .collect(),
            annotations
                .map(|entry| (entry.key.to_owned(), entry.value.to_owned()))
                .collect(),
        );
    }
}

fn by_the_planner(case: &Case) -> (Route, Review) {
    let edition = if case.serverless {
        Edition::AckServerless
    } else {
        Edition::Ack
    };
    let mut policies = Policies::default();
    for (name, choice) in &case.policies {
        policies.set(name, choice).expect("a policy");
    }
    let mut cluster = Cluster::new(edition).with_policies(policies);
    let namespace = json!({"metadata": {"name": "shop", "labels": case.namespace}});
    cluster.observe(&serde_json::from_value::<Namespace>(namespace).expect("a Namespace"));
    if let Some(data) = &case.profile {
        let profile = json!({"metadata": {"name": "eci-profile", "namespace": "kube-system"}, "data": data});
        cluster.observe(&serde_json::from_value::<ConfigMap>(profile).expect("a ConfigMap"));
    }
    for object in &case.policies_of_units {
        cluster.observe(&serde_json::from_value::<ResourcePolicy>(object.clone()).expect("a ResourcePolicy"));
    }
    for object in &case.networkings {
        cluster.observe(&serde_json::from_value::<PodNetworking>(object.clone()).expect("a PodNetworking"));
    }
    let spy = Spy::default();
    let pod: Pod = serde_json::from_value(case.pod.clone()).expect("a pod");
    let review = Planner::new(cluster).with_check(spy.clone()).review(&pod);
    let runs = match review.routing.as_ref().expect("a pod") {
        Routing::Eci { .. } => "eci",
        Routing::OnShortage { .. } => "shortage",
        Routing::NotEci { .. } => "nodes",
        _ => "unknown",
    };
    let meta = &pod.metadata;
    let (labels, annotations) = if runs == "nodes" {
        (
            meta.labels.clone().unwrap_or_default(),
            meta.annotations.clone().unwrap_or_default(),
        )
    } else {
        spy.seen()
    };
    (
        Route {
            runs,
            contradicts: review
                .findings
                .iter()
                .any(|finding| finding.rule().name() == "route-contradiction"),
            labels,
            annotations,
        },
        review,
    )
}

/// What the plan says; without one, only what was found can be compared.
fn resolved(review: &Review, expected: &Network) -> Network {
    let names: BTreeSet<&str> = review.findings.iter().map(|finding| finding.rule().name()).collect();
    let layer = |origin: &Origin| match origin {
        Origin::PodNetworking { .. } => "PodNetworking",
        Origin::Profile { .. } => "profile",
        _ => "annotation",
    };
    let plan = review.plan.as_ref();
    let decided = |all: Vec<String>, origin: &Origin| match origin {
        Origin::Unknown { .. } => None,
        origin => Some((all, layer(origin))),
    };
    let both = expected.vswitches.is_some() && expected.groups.is_some();
    let unseen =
        |field: &Option<(Vec<String>, &'static str)>| if both && !expected.refused { None } else { field.clone() };
    Network {
        vswitches: plan.map_or_else(
            || unseen(&expected.vswitches),
            |plan| {
                let ids = plan.vswitches().value().iter().map(ToString::to_string);
                decided(ids.collect(), plan.vswitches().origin())
            },
        ),
        groups: plan.map_or_else(
            || unseen(&expected.groups),
            |plan| {
                let ids = plan.security_groups().value().iter().map(ToString::to_string);
                decided(ids.collect(), plan.security_groups().origin())
            },
        ),
        fired: PART.into_iter().filter(|name| names.contains(name)).collect(),
        refused: review
            .findings
            .iter()
            .any(|finding| finding.severity() == Severity::Error),
    }
}
