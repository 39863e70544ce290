//! What is refused, and what is not.
#![allow(
    clippy::expect_used,
    clippy::needless_pass_by_value,
    reason = "tests say what they expect"
)]

use eci_model::digest::{Digests, PodFacts, Route};
use eci_model::policy::Policies;
use eci_model::{Edition, EffectivePod, Findings, Given, Object, Origin, Overlay, Settings, Site, limits};
use k8s_openapi::api::core::v1::{Pod, Service};
use proptest::prelude::*;
use serde_json::{Value, json};

fn judge(pod: &Value, settings: &Settings, policies: &Policies) -> Findings {
    let pod: Pod = serde_json::from_value(pod.clone()).expect("a pod");
    let view = Object::from(&pod).pod().expect("a pod");
    let annotations = Overlay::of(pod.metadata.annotations.as_ref());
    let effective = EffectivePod::new(view, Overlay::default(), annotations, settings);
    let mut findings = Findings::new();
    limits::pod(&effective, &Site::new(Edition::Ack, policies), &mut findings);
    findings
}

fn said(spec: Value) -> Vec<String> {
    let findings = judge(
        &json!({"metadata": {"name": "web"}, "spec": spec}),
        &Settings::default(),
        &Policies::default(),
    );
    let line = |finding: &eci_model::Finding| {
        format!(
            "{} {} {}",
            finding.severity(),
            finding.rule().name(),
            finding.place().path
        )
    };
    findings.iter().map(line).collect()
}

fn with_policy(spec: Value, name: &str, choice: &str) -> Vec<String> {
    let mut policies = Policies::default();
    policies.set(name, choice).expect("a policy");
    let findings = judge(
        &json!({"metadata": {"name": "web"}, "spec": spec}),
        &Settings::default(),
        &policies,
    );
    findings
        .iter()
        .map(|finding| format!("{} {}", finding.severity(), finding.rule().name()))
        .collect()
}

macro_rules! limits {
    ($($fact:ident: $spec:tt => $said:expr;)*) => {$(
        #[test]
        fn $fact() {
            let expected: &[&str] = &$said;
            assert_eq!(said(json!($spec)), expected);
        }
    )*};
}

limits! {
    an_ordinary_pod_is_fine: {"containers": [{"name": "a", "ports": [{"containerPort": 8080}], "env": [{"name": "A_1", "value": "x"}],
        "securityContext": {"capabilities": {"add": ["NET_ADMIN", "CAP_CHOWN", "kill"]}}}],
        "hostNetwork": false, "volumes": [{"name": "v", "emptyDir": {}}]} => [];
    host_network: {"containers": [], "hostNetwork": true} => ["error host-network spec.hostNetwork"];
    host_pid: {"containers": [], "hostPID": true} => ["error host-pid spec.hostPID"];
    host_ipc: {"containers": [], "hostIPC": true} => ["error host-ipc spec.hostIPC"];
    host_path: {"containers": [], "volumes": [{"name": "a"}, {"name": "b", "hostPath": {"path": "/var/log"}}]}
        => ["error host-path spec.volumes[1].hostPath"];
    host_network_and_a_port_written_by_hand: {"containers": [{"name": "a", "ports": [{"containerPort": 80, "hostPort": 80}]}], "hostNetwork": true}
        => ["error host-network spec.hostNetwork", "warning host-port spec.containers[0].ports[0].hostPort"];
    privileged: {"containers": [{"name": "a", "securityContext": {"privileged": true}}]}
        => ["error privileged spec.containers[0].securityContext.privileged"];
    privileged_init_container: {"containers": [], "initContainers": [{"name": "a", "securityContext": {"privileged": true}}]}
        => ["error privileged spec.initContainers[0].securityContext.privileged"];
    sys_admin: {"containers": [{"name": "a", "securityContext": {"capabilities": {"add": ["CHOWN", "SYS_ADMIN"]}}}]}
        => ["error capability-not-available spec.containers[0].securityContext.capabilities.add[1]"];
    init_container_with_a_group: {"containers": [], "initContainers": [{"name": "a", "securityContext": {"runAsUser": 1, "runAsGroup": 1, "runAsNonRoot": true}}]}
        => ["warning init-container-security spec.initContainers[0].securityContext.runAsGroup",
            "warning init-container-security spec.initContainers[0].securityContext.runAsNonRoot"];
    native_sidecar: {"containers": [], "initContainers": [{"name": "a", "restartPolicy": "Always"}]}
        => ["warning native-sidecar spec.initContainers[0].restartPolicy"];
    ephemeral_container: {"containers": [], "ephemeralContainers": [{"name": "debug"}]}
        => ["warning ephemeral-container spec.ephemeralContainers"];
    reserved_port: {"containers": [{"name": "a", "ports": [{"containerPort": 10250}]}]}
        => ["error reserved-port spec.containers[0].ports[0].containerPort"];
    sctp: {"containers": [{"name": "a", "ports": [{"containerPort": 1, "protocol": "SCTP"}]}]}
        => ["error sctp-port spec.containers[0].ports[0].protocol"];
    dotted_variable: {"containers": [{"name": "a", "env": [{"name": "spring.profiles.active", "value": "prod"}]}]}
        => ["error env-name spec.containers[0].env[0].name"];
    log_settings_may_hold_hyphens: {"containers": [{"name": "a", "env": [{"name": "aliyun_logs_my-app", "value": "stdout"}]}]} => [];
    startup_probe: {"containers": [{"name": "a", "startupProbe": {"tcpSocket": {"port": 1}}}]}
        => ["warning startup-probe spec.containers[0].startupProbe"];
    grpc_probe: {"containers": [{"name": "a", "livenessProbe": {"grpc": {"port": 1}}}]}
        => ["warning probe-kind spec.containers[0].livenessProbe.grpc"];
}

#[test]
fn policies_change_the_verdict() {
    let privileged = json!({"containers": [{"name": "a", "securityContext": {"privileged": true}}]});
    assert_eq!(with_policy(privileged, "Privileged", "Granted"), ["warning privileged"]);
    let host_path = json!({"containers": [], "volumes": [{"name": "a", "hostPath": {"path": "/x"}}]});
    assert_eq!(with_policy(host_path, "HostPath", "AllowListed"), ["warning host-path"]);
    let capability = json!({"containers": [{"name": "a", "securityContext": {"capabilities": {"add": ["CHOWN"]}}}]});
    assert_eq!(
        with_policy(capability, "Capabilities", "ApiMetadata"),
        ["error capability-not-available"]
    );
    let startup = json!({"containers": [{"name": "a", "startupProbe": {}}]});
    assert_eq!(with_policy(startup, "StartupProbe", "Refuse"), ["error startup-probe"]);
    let sidecar = json!({"containers": [], "initContainers": [{"name": "a", "restartPolicy": "Always"}]});
    assert_eq!(
        with_policy(sidecar, "NativeSidecar", "Refuse"),
        ["error native-sidecar"]
    );
}

#[test]
fn twenty_of_each_are_allowed() {
    let containers = |count: usize| vec![json!({"name": "a"}); count];
    let volumes = |count: usize| vec![json!({"name": "a", "emptyDir": {}}); count];
    assert!(
        said(json!({"containers": containers(20), "initContainers": containers(20), "volumes": volumes(20), "automountServiceAccountToken": false}))
            .is_empty()
    );
    assert_eq!(
        said(json!({"containers": containers(21)})),
        ["error too-many-containers spec.containers"]
    );
    assert_eq!(
        said(json!({"containers": [], "initContainers": containers(21)})),
        ["error too-many-containers spec.initContainers"]
    );
    assert_eq!(
        said(json!({"containers": [], "volumes": volumes(21)})),
        ["error too-many-volumes spec.volumes"]
    );
    let together = json!({"containers": containers(11), "initContainers": containers(10)});
    assert_eq!(
        with_policy(together, "ContainerCount", "Together"),
        ["error too-many-containers"]
    );
}

#[test]
fn with_a_data_cache_bucket_host_path_names_a_cache() {
    let mut settings = Settings::default();
    settings.data_cache_bucket = Some(Given::new("default".into(), Origin::Caller));
    let pod = |path: &str, kind: Option<&str>| json!({"spec": {"containers": [], "volumes": [{"name": "m", "hostPath": {"path": path, "type": kind}}]}});
    let names = |pod: &Value| -> Vec<String> {
        let findings = judge(pod, &settings, &Policies::default());
        findings
            .iter()
            .map(|finding| format!("{} {}", finding.severity(), finding.rule().name()))
            .collect()
    };
    assert!(names(&pod("/models/a", None)).is_empty());
    assert_eq!(names(&pod("models/a", None)), ["error host-path-form"]);
    assert_eq!(names(&pod("/models/a", Some("Directory"))), ["warning host-path-form"]);
}

#[test]
fn mirrors_of_static_pods_are_told() {
    let pod = json!({"metadata": {"annotations": {"kubernetes.io/config.mirror": "x"}}, "spec": {"containers": []}});
    assert!(judge(&pod, &Settings::default(), &Policies::default()).contains(limits::STATIC_POD));
    let pod = json!({"metadata": {"annotations": {"kubernetes.io/config.source": "api"}}, "spec": {"containers": []}});
    assert!(judge(&pod, &Settings::default(), &Policies::default()).is_empty());
}

#[test]
fn node_ports_are_judged_by_the_pods_behind_them() {
    let service: Service = serde_json::from_value(json!({
        "metadata": {"name": "web", "namespace": "shop"}, "spec": {"type": "NodePort", "selector": {"app": "web"}},
    }))
    .expect("a Service");
    let said = |app: &str, namespace: &str, route: Route, edition: Edition| {
        let pod: Pod =
            serde_json::from_value(json!({"metadata": {"name": app, "namespace": namespace, "labels": {"app": app}}}))
                .expect("a pod");
        let facts = PodFacts {
            route,
            ..PodFacts::default()
        };
        let mut digests = Digests::default();
        digests.push(&Object::from(&service));
        digests.push_pod(&Object::from(&pod), facts);
        digests.settle();
        let mut findings = Findings::new();
        limits::together(&digests, &Site::new(edition, &Policies::default()), None, &mut findings);
        let first = findings.iter().next().cloned();
        first.map(|finding| (finding.severity().name(), finding.is_conditional()))
    };
    let serverless = Edition::AckServerless;
    assert_eq!(
        said("web", "shop", Route::Bound, Edition::Ack),
        Some(("warning", false))
    );
    assert_eq!(said("web", "shop", Route::Maybe, Edition::Ack), Some(("warning", true)));
    assert_eq!(said("web", "shop", Route::Bound, serverless), Some(("error", false)));
    assert_eq!(said("web", "shop", Route::No, Edition::Ack), None);
    assert_eq!(said("api", "shop", Route::Bound, Edition::Ack), Some(("info", false)));
    assert_eq!(said("web", "other", Route::Bound, Edition::Ack), Some(("info", false)));
}

proptest! {
    #[test]
    fn no_pod_panics(path in "\\PC{0,20}", name in "\\PC{0,20}", port in any::<i32>(), count in 0_usize..25) {
        let pod = json!({"metadata": {"name": name}, "spec": {
            "containers": vec![json!({"name": name, "env": [{"name": name}], "ports": [{"containerPort": port, "hostPort": port}]}); count],
            "volumes": [{"name": name, "hostPath": {"path": path}}],
        }});
        judge(&pod, &Settings::default(), &Policies::default());
    }
}
