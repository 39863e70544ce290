//! What must be looked up, why, and in which order the questions come.

use eci_sdk::{Completion, Material, Need};
use serde_json::json;

use crate::case::{case, read};

#[test]
fn every_field_that_asks_is_named_with_what_it_wants() {
    let case = case(
        &json!({"env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}},
                {"name": "B", "valueFrom": {"configMapKeyRef": {"name": "web", "key": "color", "optional": true}}}],
            "envFrom": [{"secretRef": {"name": "db"}}]}),
        &json!({"imagePullSecrets": [{"name": "pull"}], "volumes": [
            {"name": "p", "projected": {"sources": [{"serviceAccountToken": {"path": "token", "audience": "vault", "expirationSeconds": 600}}]}},
            {"name": "c", "persistentVolumeClaim": {"claimName": "data"}}, {"name": "e", "ephemeral": {"volumeClaimTemplate": {"spec": {}}}}]}),
    );
    let plan = case.planner().plan(&case.pod).expect("a plan");
    let asks: Vec<String> = plan
        .bind(case.identity())
        .asks()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        asks,
        [
            "Secret db for spec.containers[0].envFrom[0].secretRef",
            "Secret db (key password) for spec.containers[0].env[0].valueFrom.secretKeyRef",
            "ConfigMap web (key color) for spec.containers[0].env[1].valueFrom.configMapKeyRef",
            "service account token for vault for spec.volumes[0].projected.sources[0].serviceAccountToken",
            "PersistentVolumeClaim data for spec.volumes[1].persistentVolumeClaim",
            "PersistentVolumeClaim web-e for spec.volumes[2].ephemeral",
            "Secret pull for spec.imagePullSecrets[0]",
            "Services of the namespace for spec.enableServiceLinks",
        ]
    );
    let optional: Vec<String> = case
        .needs()
        .iter()
        .filter(|need| need.is_optional())
        .map(ToString::to_string)
        .collect();
    assert_eq!(optional, ["ConfigMap web", "Secret pull", "Services of the namespace"]);
    // Of a template nobody knows the name of its pods.
    assert!(plan.needs().contains(&Need::Claim { name: "<pod>-e".into() }));
}

#[test]
fn answers_raise_questions() {
    let case = case(
        &json!({}),
        &json!({"volumes": [{"name": "c", "persistentVolumeClaim": {"claimName": "data"}}]}),
    );
    let mut binding = case.planner().plan(&case.pod).expect("a plan").bind(case.identity());
    let names = |binding: &eci_sdk::Binding| binding.needs().iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        names(&binding),
        ["PersistentVolumeClaim data", "Services of the namespace"]
    );
    binding.give(Material::Claim(&read(
        &json!({"metadata": {"name": "data"}, "spec": {"volumeName": "pv-1"}}),
    )));
    assert_eq!(names(&binding), ["PersistentVolume pv-1", "Services of the namespace"]);
    let bucket = json!({"metadata": {"name": "pv-1"}, "spec": {"csi": {"driver": "ossplugin.csi.alibabacloud.com", "volumeHandle": "o",
        "nodePublishSecretRef": {"name": "keys", "namespace": "storage"}}}});
    binding.give(Material::Volume(&read(&bucket)));
    assert_eq!(names(&binding), ["Secret storage/keys", "Services of the namespace"]);
    let Completion::Needs(mut binding) = binding.complete() else {
        panic!("the keys are needed");
    };
    binding.give(Material::Secret(&read(
        &json!({"metadata": {"name": "keys", "namespace": "storage"}}),
    )));
    assert_eq!(names(&binding), ["Services of the namespace"]);
    // Services may stay unanswered.
    assert!(matches!(binding.complete(), Completion::Ready(_)));
}

#[test]
fn an_unbound_claim_asks_for_its_class() {
    let case = case(
        &json!({}),
        &json!({"volumes": [{"name": "c", "persistentVolumeClaim": {"claimName": "data"}}]}),
    );
    let mut binding = case.planner().plan(&case.pod).expect("a plan").bind(case.identity());
    binding.give(Material::Claim(&read(
        &json!({"metadata": {"name": "data"}, "spec": {"storageClassName": "disk"}}),
    )));
    assert!(binding.needs().contains(&Need::Class { name: "disk".into() }));
}

#[test]
fn a_secret_of_another_namespace_is_not_taken_for_the_pods() {
    let case = case(&json!({"envFrom": [{"secretRef": {"name": "db"}}]}), &json!({}));
    let mut binding = case.planner().plan(&case.pod).expect("a plan").bind(case.identity());
    binding.give(Material::Secret(&read(
        &json!({"metadata": {"name": "db", "namespace": "other"}}),
    )));
    assert!(binding.needs().iter().any(|need| matches!(need, Need::Secret { .. })));
}

#[test]
fn a_template_asks_for_nothing_it_does_not_refer_to() {
    let case = case(&json!({}), &json!({})).policy("ServiceLinks", "LeftOut");
    assert_eq!(case.needs(), []);
}

#[test]
fn files_that_no_request_can_carry_are_refused_and_told_where_they_are_mounted() {
    let map = |name: &str, kib: usize| json!({"kind": "ConfigMap", "metadata": {"name": name, "namespace": "shop"}, "data": {"f": "x".repeat(kib * 1024)}});
    let said = |sizes: &[usize], warns: bool| {
        let names: Vec<String> = (0..sizes.len()).map(|index| format!("m{index}")).collect();
        let volumes: Vec<_> = names
            .iter()
            .map(|name| json!({"name": name, "configMap": {"name": name}}))
            .collect();
        let mut case = case(&json!({}), &json!({"volumes": volumes}));
        for (name, kib) in names.iter().zip(sizes) {
            case = case.with(&map(name, *kib));
        }
        if warns {
            case.policies.set("ConfigTotal", "Warn").expect("a policy");
        }
        let binding = case.planner().plan(&case.pod).expect("a plan").bind(case.identity());
        let findings = match case.store.complete("shop", binding) {
            Completion::Ready(ready) => ready.findings().clone(),
            Completion::Rejected(findings) => findings,
            other => panic!("everything is answered: {other:?}"),
        };
        let line = |finding: &eci_sdk::Finding| {
            format!(
                "{} {} {}",
                finding.severity(),
                finding.rule().name(),
                finding.place().path
            )
        };
        findings.iter().map(line).collect::<Vec<_>>()
    };
    assert!(said(&[32, 28], false).is_empty());
    assert_eq!(said(&[1, 33], false), ["error config-volume-size spec.volumes[1]"]);
    assert_eq!(said(&[31, 30], false), ["error config-volume-size spec.volumes"]);
    assert_eq!(said(&[31, 30], true), ["warning config-volume-size spec.volumes"]);
}
