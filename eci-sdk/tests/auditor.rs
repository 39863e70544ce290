//! What many objects show together does not depend on the order in which they come, and costs little memory.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use eci_model::digest::PodDigest;
use eci_model::{Finding, Object};
use eci_sdk::{Cluster, Edition, Planner};
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::{Pod, Service};
use proptest::prelude::*;
use serde_json::json;

struct Input {
    services: Vec<Service>,
    deployments: Vec<Deployment>,
    pods: Vec<Pod>,
}

impl Input {
    fn objects(&self) -> Vec<Object<'_>> {
        let services = self.services.iter().map(Object::from);
        let deployments = self.deployments.iter().map(Object::from);
        services
            .chain(deployments)
            .chain(self.pods.iter().map(Object::from))
            .collect()
    }
}

/// Services that select much, little and nothing, and pods of which some have the same name.
fn input() -> Input {
    let service = |name: &str, kind: &str, app: &str| {
        serde_json::from_value(json!({
            "metadata": {"name": name, "namespace": "shop"},
            "spec": {"type": kind, "selector": {"app": app}, "sessionAffinity": "ClientIP",
                     "ports": [{"port": 80, "targetPort": "http"}]},
        }))
        .expect("a Service")
    };
    let deployment = |name: &str, replicas: u32| {
        serde_json::from_value(json!({
            "metadata": {"name": name, "namespace": "shop"},
            "spec": {"replicas": replicas, "selector": {}, "template": {
                "metadata": {"labels": {"app": name, "alibabacloud.com/eci": "true"}},
                "spec": {"containers": [{"name": "main", "image": "shop/web:1.4"}]}}},
        }))
        .expect("a Deployment")
    };
    let pod = |name: &str, app: &str| {
        serde_json::from_value(json!({
            "metadata": {"name": name, "namespace": "shop", "labels": {"app": app}},
            "spec": {"containers": [{"name": "main", "image": "shop/web:1.4"}]},
        }))
        .expect("a Pod")
    };
    Input {
        services: vec![
            service("web", "NodePort", "web"),
            service("web", "NodePort", "api"),
            service("api", "NodePort", "api"),
            service("lost", "NodePort", "lost"),
            service("plain", "ClusterIP", "web"),
        ],
        deployments: vec![deployment("web", 2), deployment("web", 3), deployment("api", 1)],
        pods: vec![pod("web", "web"), pod("web", "web"), pod("a", "api"), pod("b", "web")],
    }
}

fn finish<'a>(objects: impl IntoIterator<Item = Object<'a>>) -> Vec<Finding> {
    let mut auditor = Planner::new(Cluster::new(Edition::Ack)).auditor();
    for object in objects {
        auditor.push(object);
    }
    auditor.finish().into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_objects_changes_nothing(order in Just((0..12_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let input = input();
        let objects = input.objects();
        prop_assert_eq!(objects.len(), order.len());
        let expected = finish(objects.iter().copied());
        prop_assert!(!expected.is_empty());
        prop_assert_eq!(finish(order.into_iter().map(|index| objects[index])), expected);
    }
}

#[test]
fn an_object_that_comes_twice_counts_once() {
    let input = input();
    let once = finish(input.objects());
    let twice = finish(input.objects().into_iter().chain(input.objects()));
    assert_eq!(once, twice);
}

#[test]
fn a_digest_is_small() {
    let bytes = std::mem::size_of::<PodDigest>();
    assert!(bytes <= 232, "{bytes} bytes");
}
