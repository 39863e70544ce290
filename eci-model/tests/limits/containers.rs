//! Ports, variables, probes, hooks and mounts, ECI1335 to 1386.

use eci_model::policy::Policies;
use eci_model::{Edition, Object, Settings, Site, Template};
use k8s_openapi::api::apps::v1::StatefulSet;
use k8s_openapi::api::core::v1::PodTemplateSpec;
use serde_json::json;

use crate::case::{cases, judge_object, lines, read, said};

cases! {
    reserved_port: {"containers": [{"name": "a", "ports": [{"containerPort": 10250}, {"containerPort": 111, "protocol": "UDP"}]}]}
        => ["error reserved-port spec.containers[0].ports[0].containerPort", "error reserved-port spec.containers[0].ports[1].containerPort"];
    the_port_of_cpfs_without_cpfs: {"containers": [{"name": "a", "ports": [{"containerPort": 998}]}]} => [];
    sctp: {"containers": [{"name": "a", "ports": [{"containerPort": 1, "protocol": "SCTP"}]}]}
        => ["error sctp-port spec.containers[0].ports[0].protocol"];
    one_port_in_two_containers: {"containers": [{"name": "a", "ports": [{"containerPort": 80}]}, {"name": "b", "ports": [{"containerPort": 80, "protocol": "TCP"}]}]}
        => ["warning duplicate-container-port spec.containers[1].ports[0].containerPort"];
    one_port_of_two_protocols: {"containers": [{"name": "a", "ports": [{"containerPort": 53}]}, {"name": "b", "ports": [{"containerPort": 53, "protocol": "UDP"}]}]}
        => [];
    init_containers_are_gone_by_then: {"containers": [{"name": "a", "ports": [{"containerPort": 80}]}], "initContainers": [{"name": "b", "ports": [{"containerPort": 80}]}]}
        => [];
    port_zero_is_none: {"containers": [{"name": "a", "ports": [{"containerPort": 0}]}, {"name": "b", "ports": [{"containerPort": 0}]}]} => [];

    dotted_variable: {"containers": [{"name": "a", "env": [{"name": "spring.profiles.active", "value": "prod"}]}]}
        => ["error env-name spec.containers[0].env[0].name"];
    a_digit_first: {"containers": [], "initContainers": [{"name": "a", "env": [{"name": "1A"}]}]}
        => ["error env-name spec.initContainers[0].env[0].name"];
    log_settings_may_hold_hyphens: {"containers": [{"name": "a", "env": [{"name": "aliyun_logs_my-app", "value": "stdout"}]}]} => [];
    known_fields: {"containers": [{"name": "a", "env": [
        {"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}, {"name": "B", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}},
        {"name": "C", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels['app']"}}}]}]} => [];
    unknown_fields: {"containers": [{"name": "a", "env": [{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "status.hostIP"}}},
        {"name": "B", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels"}}}]}]}
        => ["warning env-field-reference spec.containers[0].env[0].valueFrom.fieldRef.fieldPath",
            "warning env-field-reference spec.containers[0].env[1].valueFrom.fieldRef.fieldPath"];
    fields_that_an_own_node_knows: {"containers": [{"name": "a", "env": [{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "status.hostIP"}}},
        {"name": "B", "valueFrom": {"resourceFieldRef": {"resource": "limits.cpu"}}}]}]} "FieldRef::OwnNode" => [];
    resources_as_variables: {"containers": [{"name": "a", "env": [{"name": "B", "valueFrom": {"resourceFieldRef": {"resource": "limits.cpu"}}}]}]}
        => ["warning env-resource-reference spec.containers[0].env[0].valueFrom.resourceFieldRef"];
    resources_as_files: {"containers": [], "volumes": [
        {"name": "d", "downwardAPI": {"items": [{"path": "x", "resourceFieldRef": {"resource": "limits.cpu"}}]}},
        {"name": "p", "projected": {"sources": [{"downwardAPI": {"items": [{"path": "x", "fieldRef": {"fieldPath": "metadata.name"}},
            {"path": "x", "resourceFieldRef": {"resource": "limits.cpu"}}]}}]}}]}
        => ["warning env-resource-reference spec.volumes[0].downwardAPI.items[0].resourceFieldRef",
            "warning env-resource-reference spec.volumes[1].projected.sources[0].downwardAPI.items[1].resourceFieldRef"];

    startup_probe: {"containers": [{"name": "a", "startupProbe": {"tcpSocket": {"port": 1}, "terminationGracePeriodSeconds": 3}}]}
        => ["warning startup-probe spec.containers[0].startupProbe"];
    startup_probe_by_grpc_is_one_finding: {"containers": [{"name": "a", "startupProbe": {"grpc": {"port": 1}}}]}
        => ["warning startup-probe spec.containers[0].startupProbe"];
    startup_probe_refused: {"containers": [{"name": "a", "startupProbe": {"tcpSocket": {"port": 1}}}]} "StartupProbe::Refuse"
        => ["error startup-probe spec.containers[0].startupProbe"];
    grpc_probe: {"containers": [{"name": "a", "livenessProbe": {"grpc": {"port": 1}}}]}
        => ["warning probe-kind spec.containers[0].livenessProbe.grpc"];
    grpc_probe_refused: {"containers": [{"name": "a", "livenessProbe": {"grpc": {"port": 1}}}]} "GrpcProbe::Refuse"
        => ["error probe-kind spec.containers[0].livenessProbe.grpc"];
    ready_after_three: {"containers": [{"name": "a", "readinessProbe": {"exec": {}, "successThreshold": 3}}]}
        => ["warning probe-success-threshold spec.containers[0].readinessProbe.successThreshold"];
    ready_after_one: {"containers": [{"name": "a", "readinessProbe": {"exec": {}, "successThreshold": 1}}]} => [];
    options_of_probes: {"containers": [{"name": "a", "livenessProbe": {"httpGet": {"port": 1, "host": "x"}, "terminationGracePeriodSeconds": 3}}]}
        => ["warning probe-option-dropped spec.containers[0].livenessProbe.terminationGracePeriodSeconds",
            "warning probe-option-dropped spec.containers[0].livenessProbe.httpGet.host"];
    hooks: {"containers": [{"name": "a", "lifecycle": {"preStop": {"sleep": {"seconds": 3}}, "postStart": {"exec": {"command": ["x"]}}}}]}
        => ["warning hook-kind spec.containers[0].lifecycle.preStop.sleep"];
    stop_signal: {"containers": [{"name": "a", "lifecycle": {"stopSignal": "SIGINT"}}]}
        => ["warning hook-kind spec.containers[0].lifecycle.stopSignal"];
    unknown_port_names: {"containers": [{"name": "a", "ports": [{"name": "http", "containerPort": 80}],
        "livenessProbe": {"httpGet": {"port": "web"}}, "readinessProbe": {"tcpSocket": {"port": "http"}},
        "lifecycle": {"preStop": {"httpGet": {"port": "admin"}}, "postStart": {"tcpSocket": {"port": "8080"}}}},
        {"name": "b", "livenessProbe": {"httpGet": {"port": "http"}}}]}
        => ["error probe-named-port-unknown spec.containers[0].livenessProbe.httpGet.port",
            "error probe-named-port-unknown spec.containers[0].lifecycle.preStop.httpGet.port",
            "error probe-named-port-unknown spec.containers[1].livenessProbe.httpGet.port"];

    restart_of_one_container: {"containers": [{"name": "a", "restartPolicy": "Never"}]}
        => ["warning pod-restart-setting-dropped spec.containers[0].restartPolicy"];
    resize_with_a_restart: {"containers": [{"name": "a", "resizePolicy": [{"resourceName": "cpu", "restartPolicy": "NotRequired"}, {"resourceName": "memory", "restartPolicy": "RestartContainer"}]}]}
        => ["warning pod-restart-setting-dropped spec.containers[0].resizePolicy"];
    resize_as_kubernetes_fills_it_in: {"containers": [{"name": "a", "resizePolicy": [{"resourceName": "cpu", "restartPolicy": "NotRequired"}]}]} => [];

    propagation: {"containers": [{"name": "a", "volumeMounts": [{"name": "v", "mountPath": "/v", "mountPropagation": "Bidirectional"}]}], "volumes": [{"name": "v", "emptyDir": {}}]}
        => ["warning mount-propagation spec.containers[0].volumeMounts[0].mountPropagation"];
    propagation_of_privileged_containers: {"containers": [{"name": "a", "securityContext": {"privileged": true},
        "volumeMounts": [{"name": "v", "mountPath": "/v", "mountPropagation": "Bidirectional"}]}], "volumes": [{"name": "v", "emptyDir": {}}]}
        => ["error privileged spec.containers[0].securityContext.privileged"];
    a_mount_of_nothing: {"containers": [{"name": "a", "volumeMounts": [{"name": "w", "mountPath": "/v", "recursiveReadOnly": "Enabled"}]}], "volumes": [{"name": "v", "emptyDir": {}}]}
        => ["error mount-without-volume spec.containers[0].volumeMounts[0].name"];
    a_mount_that_admission_adds: {"containers": [{"name": "a", "volumeMounts": [{"name": "kube-api-access-x1", "mountPath": "/v"}]}]} => [];
    a_mount_read_only_all_the_way: {"containers": [{"name": "a", "volumeMounts": [{"name": "v", "mountPath": "/v", "recursiveReadOnly": "Enabled"}]}], "volumes": [{"name": "v", "emptyDir": {}}]}
        => ["warning mount-option-dropped spec.containers[0].volumeMounts[0].recursiveReadOnly"];
    a_mount_read_only_not_all_the_way: {"containers": [{"name": "a", "volumeMounts": [{"name": "v", "mountPath": "/v", "recursiveReadOnly": "Disabled"}]}], "volumes": [{"name": "v", "emptyDir": {}}]}
        => [];
}

#[test]
fn values_have_up_to_256_characters() {
    let spec = |value: String| json!({"containers": [{"name": "a", "env": [{"name": "A", "value": value}]}]});
    assert!(said(spec("a".repeat(256)), "").is_empty());
    assert!(said(spec("ü".repeat(256)), "").is_empty());
    assert_eq!(
        said(spec("a".repeat(257)), ""),
        ["warning env-value-long spec.containers[0].env[0].value"]
    );
}

#[test]
fn sixteen_mounts_are_silent() {
    let spec = |count: usize| {
        let mounts = vec![json!({"name": "v", "mountPath": "/v"}); count];
        json!({"containers": [{"name": "a", "volumeMounts": mounts}], "volumes": [{"name": "v", "emptyDir": {}}]})
    };
    assert!(said(spec(16), "").is_empty());
    assert_eq!(said(spec(17), ""), ["info mount-count spec.containers[0].volumeMounts"]);
}

#[test]
fn claim_templates_are_volumes() {
    let template =
        json!({"spec": {"containers": [{"name": "a", "volumeMounts": [{"name": "data", "mountPath": "/v"}]}]}});
    let policies = Policies::default();
    let site = Site::new(Edition::Ack, &policies);
    let settings = Settings::default();
    let set: StatefulSet = read(
        json!({"metadata": {"name": "db"}, "spec": {"selector": {}, "serviceName": "db",
        "template": template, "volumeClaimTemplates": [{"metadata": {"name": "data"}}]}}),
    );
    assert!(judge_object(Object::from(&set), &settings, &site).is_empty());
    let set: StatefulSet =
        read(json!({"metadata": {"name": "db"}, "spec": {"selector": {}, "serviceName": "db", "template": template}}));
    assert_eq!(
        lines(judge_object(Object::from(&set), &settings, &site).iter()),
        ["error mount-without-volume spec.template.spec.containers[0].volumeMounts[0].name"]
    );
    let template: PodTemplateSpec = read(template);
    let owner = read(json!({"name": "db"}));
    let foreign = Object::from(Template {
        owner_kind: "CloneSet",
        owner: &owner,
        template: &template,
        template_path: "spec.template",
        replicas: None,
    });
    assert_eq!(
        lines(judge_object(foreign, &settings, &site).iter()),
        ["info controller-not-listed kind"]
    );
}

#[cfg(test)]
mod newer {
    use super::*;

    k8s_openapi::k8s_if_ge_1_34! {
        cases! {
            a_variable_from_a_file: {"containers": [{"name": "a", "env": [{"name": "A", "valueFrom": {"fileKeyRef": {"volumeName": "v", "path": "x", "key": "A"}}}]}]}
                => ["error env-file-reference spec.containers[0].env[0].valueFrom.fileKeyRef"];
            rules_of_restarts: {"containers": [{"name": "a", "restartPolicyRules": [{"action": "Restart"}]}]}
                => ["warning pod-restart-setting-dropped spec.containers[0].restartPolicyRules"];
        }
    }
}
