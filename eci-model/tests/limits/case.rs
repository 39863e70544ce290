//! Judges pods, and prints what was said.

use eci_model::digest::{Asked, Digests, PodFacts, Route};
use eci_model::policy::Policies;
use eci_model::{Edition, EffectivePod, Finding, Findings, Object, Overlay, Settings, Site, limits};
use k8s_openapi::api::core::v1::Pod;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub(crate) fn read<T: DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).expect("an object")
}

/// Policies with one choice made, written `Name::Choice`; the defaults when empty.
pub(crate) fn policies(choice: &str) -> Policies {
    let mut policies = Policies::default();
    if let Some((name, choice)) = choice.split_once("::") {
        policies.set(name, choice).expect("a policy");
    }
    policies
}

pub(crate) fn judge(pod: &Value, settings: &Settings, policies: &Policies) -> Findings {
    let pod: Pod = read(pod.clone());
    judge_object(Object::from(&pod), settings, &Site::new(Edition::Ack, policies))
}

pub(crate) fn judge_object(object: Object<'_>, settings: &Settings, site: &Site<'_>) -> Findings {
    let view = object.pod().expect("a pod");
    let annotations = Overlay::of(view.meta().and_then(|meta| meta.annotations.as_ref()));
    let effective = EffectivePod::new(view, Overlay::default(), annotations, settings);
    let mut findings = Findings::new();
    limits::pod(&effective, site, &mut findings);
    findings
}

/// What is said about a pod with this specification, a line a finding: severity, rule, place.
pub(crate) fn said(spec: Value, choice: &str) -> Vec<String> {
    let pod = json!({"metadata": {"name": "web"}, "spec": spec});
    lines(judge(&pod, &Settings::default(), &policies(choice)).iter())
}

pub(crate) fn lines<'f>(findings: impl Iterator<Item = &'f Finding>) -> Vec<String> {
    findings
        .map(|finding| {
            let (severity, place) = (finding.severity(), finding.place());
            format!("{severity} {} {}", finding.rule().name(), place.path)
                .trim_end()
                .to_owned()
        })
        .collect()
}

/// What several objects together show, with the object of each finding.
pub(crate) fn said_together(objects: &[Value], route: Route, choice: &str) -> Vec<String> {
    let findings = judge_together(objects, route, None, None, choice);
    findings
        .iter()
        .map(|finding| {
            let (severity, place) = (finding.severity(), finding.place());
            let condition = if finding.is_conditional() { "?" } else { "" };
            format!(
                "{severity}{condition} {} {} {}",
                finding.rule().name(),
                place.object,
                place.path
            )
            .trim_end()
            .to_owned()
        })
        .collect()
}

pub(crate) fn judge_together(
    objects: &[Value],
    route: Route,
    asked: Option<Asked>,
    virtual_nodes: Option<usize>,
    choice: &str,
) -> Findings {
    let policies = policies(choice);
    judge_at(
        objects,
        route,
        asked,
        virtual_nodes,
        &Site::new(Edition::Ack, &policies),
    )
}

pub(crate) fn judge_at(
    objects: &[Value],
    route: Route,
    asked: Option<Asked>,
    virtual_nodes: Option<usize>,
    site: &Site<'_>,
) -> Findings {
    let mut digests = Digests::default();
    let facts = || PodFacts {
        route,
        asked: asked.clone().map(Box::new),
        ..PodFacts::default()
    };
    macro_rules! push {
        ($object:expr, $($kind:ident $module:ident::$version:ident $method:ident,)*) => {
            match $object["kind"].as_str() {
                $(Some(stringify!($kind)) => {
                    let object: k8s_openapi::api::$module::$version::$kind = read($object.clone());
                    let object = Object::from(&object);
                    push!(@$method digests, object, facts);
                })*
                other => panic!("{other:?} is no kind of these tests"),
            }
        };
        (@pod $digests:expr, $object:expr, $facts:expr) => { $digests.push_pod(&$object, $facts()) };
        (@plain $digests:expr, $object:expr, $facts:expr) => { $digests.push(&$object) };
    }
    for object in objects {
        push!(
            object,
            Pod core::v1 pod,
            Deployment apps::v1 pod,
            ReplicaSet apps::v1 pod,
            StatefulSet apps::v1 pod,
            Service core::v1 plain,
            ConfigMap core::v1 plain,
            Secret core::v1 plain,
            PersistentVolumeClaim core::v1 plain,
            PersistentVolume core::v1 plain,
            StorageClass storage::v1 plain,
            NetworkPolicy networking::v1 plain,
            PodDisruptionBudget policy::v1 plain,
            HorizontalPodAutoscaler autoscaling::v2 plain,
        );
    }
    digests.settle();
    let mut findings = Findings::new();
    limits::together(&digests, site, virtual_nodes, &mut findings);
    findings
}

/// Cases of pods: name, specification, a policy, what is said.
macro_rules! cases {
    ($($fact:ident: $spec:tt $($policy:literal)? => $said:expr;)*) => {$(
        #[test]
        fn $fact() {
            let expected: &[&str] = &$said;
            let policy: &str = concat!($($policy)?);
            assert_eq!(crate::case::said(serde_json::json!($spec), policy), expected);
        }
    )*};
}
pub(crate) use cases;
