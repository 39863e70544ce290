//! Workloads and fields of whole pods, ECI1110 to 1150 and 1390 to 1392.

use eci_model::policy::Policies;
use eci_model::{Edition, Findings, Object, Settings, Site, Template, limits};
use k8s_openapi::api::apps::v1::{DaemonSet, Deployment};
use k8s_openapi::api::core::v1::{Pod, PodTemplateSpec};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::case::{cases, judge, judge_object, lines, read};

cases! {
    native_sidecar: {"containers": [], "initContainers": [{"name": "a", "restartPolicy": "Always"}]}
        => ["warning native-sidecar spec.initContainers[0].restartPolicy"];
    native_sidecar_refused: {"containers": [], "initContainers": [{"name": "a", "restartPolicy": "Always"}]} "NativeSidecar::Refuse"
        => ["error native-sidecar spec.initContainers[0].restartPolicy"];
    ephemeral_container: {"containers": [], "ephemeralContainers": [{"name": "debug"}]}
        => ["warning ephemeral-container spec.ephemeralContainers"];
    ephemeral_container_refused: {"containers": [], "ephemeralContainers": [{"name": "debug"}]} "EphemeralContainers::Refuse"
        => ["error ephemeral-container spec.ephemeralContainers"];
    no_ephemeral_container: {"containers": [], "ephemeralContainers": []} => [];
    runtime_class: {"containers": [], "runtimeClassName": "gvisor"} => ["warning runtime-class spec.runtimeClassName"];
    scheduling_gate: {"containers": [], "schedulingGates": [{"name": "x"}]} => ["info scheduling-gate-kept spec.schedulingGates"];
    no_scheduling_gate: {"containers": [], "schedulingGates": []} => [];
    windows_by_field: {"containers": [], "os": {"name": "windows"}} => ["error windows-pod spec.os.name"];
    windows_invited: {"containers": [], "os": {"name": "windows"}} "Windows::Invited" => ["info windows-pod spec.os.name"];
    windows_by_selector: {"containers": [], "nodeSelector": {"kubernetes.io/os": "windows"}}
        => [r#"error windows-pod spec.nodeSelector["kubernetes.io/os"]"#];
    windows_by_affinity: {"containers": [], "affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {
        "nodeSelectorTerms": [{"matchExpressions": [{"key": "kubernetes.io/os", "operator": "In", "values": ["windows"]}]}]}}}}
        => ["error windows-pod spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution"];
    either_system_by_affinity: {"containers": [], "affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {
        "nodeSelectorTerms": [{"matchExpressions": [{"key": "kubernetes.io/os", "operator": "In", "values": ["windows", "linux"]}]}]}}}} => [];
    linux: {"containers": [], "os": {"name": "linux"}, "nodeSelector": {"kubernetes.io/os": "linux"}} => [];
    user_namespace: {"containers": [], "hostUsers": false} => ["warning user-namespace spec.hostUsers"];
    users_of_the_host: {"containers": [], "hostUsers": true} => [];
    dns_of_the_host: {"containers": [], "dnsPolicy": "ClusterFirstWithHostNet"} => ["warning dns-policy-host spec.dnsPolicy"];
    dns_of_the_host_on_its_network: {"containers": [], "dnsPolicy": "ClusterFirstWithHostNet", "hostNetwork": true}
        => ["error host-network spec.hostNetwork"];
    dns_of_the_cluster: {"containers": [], "dnsPolicy": "ClusterFirst"} => [];
}

#[test]
fn known_runtime_classes_are_fine() {
    let pod: Pod = read(json!({"metadata": {"name": "web"}, "spec": {"containers": [], "runtimeClassName": "eci"}}));
    let (policies, classes) = (Policies::default(), ["eci".into()]);
    let site = Site::new(Edition::Ack, &policies).with_runtime_classes(&classes);
    assert!(judge_object(Object::from(&pod), &Settings::default(), &site).is_empty());
}

#[test]
fn mirrors_of_static_pods_are_told() {
    let said = |metadata: Value| {
        let pod = json!({"metadata": metadata, "spec": {"containers": []}});
        lines(judge(&pod, &Settings::default(), &Policies::default()).iter())
    };
    let mirror = "kubernetes.io/config.mirror";
    let place = format!("error static-pod metadata.annotations[{mirror:?}]");
    assert_eq!(
        said(json!({"name": "a", "annotations": {mirror: "x"}})),
        [place.as_str()]
    );
    let owners = json!([{"apiVersion": "v1", "kind": "Node", "name": "n", "uid": "u", "controller": true}]);
    assert_eq!(
        said(json!({"name": "a", "annotations": {mirror: "x"}, "ownerReferences": owners})),
        [place.as_str()]
    );
    assert!(said(json!({"name": "a", "annotations": {"kubernetes.io/config.source": "api"}})).is_empty());
    assert_eq!(
        said(json!({"name": "a", "annotations": {"kubernetes.io/config.source": "file"}})).len(),
        1
    );
}

#[test]
fn controllers_that_no_page_lists_are_worth_knowing() {
    let template: PodTemplateSpec = read(json!({"spec": {"containers": []}}));
    let owner = read(json!({"name": "web"}));
    let policies = Policies::default();
    let site = Site::new(Edition::Ack, &policies);
    let said = |kind: &str| {
        let object = Object::from(Template {
            owner_kind: kind,
            owner: &owner,
            template: &template,
            template_path: "spec.template",
            replicas: None,
        });
        lines(judge_object(object, &Settings::default(), &site).iter())
    };
    assert_eq!(said("CloneSet"), ["info controller-not-listed kind"]);
    assert!(said("Deployment").is_empty());
    let owned = |kind: &str| {
        let pod: Pod = read(json!({"metadata": {"name": "web", "ownerReferences": [
            {"apiVersion": "v1", "kind": kind, "name": "x", "uid": "u", "controller": true}]}, "spec": {"containers": []}}));
        lines(judge_object(Object::from(&pod), &Settings::default(), &site).iter())
    };
    assert_eq!(owned("CloneSet"), ["info controller-not-listed kind"]);
    assert!(owned("ReplicaSet").is_empty() && owned("DaemonSet").is_empty());
}

#[test]
fn daemon_sets_and_their_pods_are_refused_where_they_would_land() {
    let said = |object: Object<'_>, lands: bool| {
        let mut findings = Findings::new();
        let refused = limits::daemon_set(&object, || lands, &mut findings);
        assert_eq!(refused, findings.contains(limits::DAEMON_SET));
        refused
    };
    let set: DaemonSet = read(json!({"metadata": {"name": "agent"}, "spec": {"selector": {}, "template": {}}}));
    assert!(said(Object::from(&set), true) && !said(Object::from(&set), false));
    let owned = |controller: bool| -> Pod {
        read(json!({"metadata": {"name": "agent", "ownerReferences": [
            {"apiVersion": "apps/v1", "kind": "DaemonSet", "name": "agent", "uid": "u", "controller": controller}]}}))
    };
    assert!(said(Object::from(&owned(true)), true));
    assert!(!said(Object::from(&owned(false)), true));
    let deployment: Deployment = read(json!({"metadata": {"name": "web"}, "spec": {"selector": {}, "template": {}}}));
    assert!(!said(Object::from(&deployment), true));
}

#[test]
fn names_that_an_instance_cannot_have_are_told() {
    let said = |metadata: Value| {
        let pod = json!({"metadata": metadata, "spec": {"containers": []}});
        lines(judge(&pod, &Settings::default(), &Policies::default()).iter())
    };
    let expected = ["info instance-name-rewritten metadata.name"];
    assert_eq!(said(json!({"name": "web.v2"})), expected);
    assert_eq!(
        said(json!({"name": "a".repeat(66), "namespace": "b".repeat(62)})),
        expected
    );
    assert!(said(json!({"name": "a".repeat(65), "namespace": "b".repeat(62)})).is_empty());
    assert!(said(json!({"generateName": "web.v2-"})).is_empty());
}

proptest! {
    #[test]
    fn no_pod_panics(path in "\\PC{0,20}", name in "\\PC{0,20}", port in any::<i32>(), count in 0_usize..25) {
        let container = json!({"name": name, "env": [{"name": name, "value": path}], "command": [path],
            "ports": [{"containerPort": port, "hostPort": port, "name": name}],
            "livenessProbe": {"httpGet": {"port": name}}, "volumeMounts": [{"name": name, "mountPath": path}],
            "resources": {"limits": {(name.clone()): "1"}}});
        let pod = json!({"metadata": {"name": name}, "spec": {
            "containers": vec![container; count],
            "securityContext": {"sysctls": [{"name": path, "value": name}]},
            "volumes": [{"name": name, "hostPath": {"path": path}}],
        }});
        judge(&pod, &Settings::default(), &Policies::default());
    }
}
