//! Access to a node, ECI1010 to 1040.

use eci_model::policy::Policies;
use eci_model::{Edition, Given, Object, Origin, Settings, Site, limits};
use k8s_openapi::api::core::v1::Pod;
use serde_json::{Value, json};

use crate::case::{cases, judge, judge_object, lines, read};

cases! {
    an_ordinary_pod_is_fine: {"containers": [{"name": "a", "ports": [{"containerPort": 8080}], "env": [{"name": "A_1", "value": "x"}],
        "securityContext": {"capabilities": {"add": ["NET_ADMIN", "CAP_CHOWN", "kill"]}}}],
        "hostNetwork": false, "hostPID": false, "hostIPC": false, "volumes": [{"name": "v", "emptyDir": {}}]} => [];
    host_network: {"containers": [], "hostNetwork": true} => ["error host-network spec.hostNetwork"];
    host_pid: {"containers": [], "hostPID": true} => ["error host-pid spec.hostPID"];
    host_ipc: {"containers": [], "hostIPC": true} => ["error host-ipc spec.hostIPC"];
    host_path: {"containers": [], "volumes": [{"name": "a"}, {"name": "b", "hostPath": {"path": "/var/log"}}]}
        => ["error host-path spec.volumes[1].hostPath"];
    host_path_of_a_listed_account: {"containers": [], "volumes": [{"name": "b", "hostPath": {"path": "/x", "type": "Directory"}}]}
        "HostPath::AllowListed" => ["warning host-path spec.volumes[0].hostPath"];
    other_types_than_the_api_knows_are_refused: {"containers": [], "volumes": [{"name": "b", "hostPath": {"path": "/x", "type": "Socket"}}]}
        "HostPath::AllowListed" => ["error host-path spec.volumes[0].hostPath"];
    host_network_and_a_port_written_by_hand: {"containers": [{"name": "a", "ports": [{"containerPort": 80, "hostPort": 80}]}], "hostNetwork": true}
        => ["error host-network spec.hostNetwork", "warning host-port spec.containers[0].ports[0].hostPort"];
    host_port_of_an_init_container: {"containers": [], "initContainers": [{"name": "a", "ports": [{"containerPort": 80, "hostPort": 80}]}]}
        => ["warning host-port spec.initContainers[0].ports[0].hostPort"];
    host_port_zero_is_none: {"containers": [{"name": "a", "ports": [{"containerPort": 80, "hostPort": 0}]}]} => [];
}

#[test]
fn ports_that_kubernetes_filled_in_are_not_told() {
    let pod: Pod = read(
        json!({"metadata": {"name": "web", "uid": "u"}, "spec": {"hostNetwork": true,
        "containers": [{"name": "a", "ports": [{"containerPort": 80, "hostPort": 80}]}]}}),
    );
    let policies = Policies::default();
    let site = Site::new(Edition::Ack, &policies).live(true);
    let findings = judge_object(Object::from(&pod), &Settings::default(), &site);
    assert_eq!(lines(findings.iter()), ["error host-network spec.hostNetwork"]);
}

#[test]
fn with_a_data_cache_bucket_host_path_names_a_cache() {
    let mut settings = Settings::default();
    settings.data_cache_bucket = Some(Given::new("default".into(), Origin::Caller));
    let names = |path: &str, kind: Option<&str>| {
        let volume = json!({"name": "m", "hostPath": {"path": path, "type": kind}});
        let pod = json!({"spec": {"containers": [], "volumes": [volume]}});
        lines(judge(&pod, &settings, &Policies::default()).iter())
    };
    assert!(names("/models/a", None).is_empty());
    assert!(names("/models/a", Some("")).is_empty());
    assert_eq!(
        names("models/a", None),
        ["error host-path-form spec.volumes[0].hostPath.path"]
    );
    assert_eq!(
        names("/models/a", Some("Directory")),
        ["warning host-path-form spec.volumes[0].hostPath.type"]
    );
}

#[test]
fn a_volume_that_an_old_annotation_turns_into_a_disk_is_not_told() {
    let pod = |volume: &str| -> Value {
        json!({"metadata": {"annotations": {"k8s.aliyun.com/eci-set-diskvolume": "data:ext4:500Gi"}},
            "spec": {"containers": [], "volumes": [{"name": volume, "hostPath": {"path": "/x"}}]}})
    };
    let findings = |volume: &str| judge(&pod(volume), &Settings::default(), &Policies::default());
    assert!(findings("data").is_empty());
    assert!(findings("other").contains(limits::HOST_PATH));
}
