//! Rows of containers: names, commands, ports, probes, hooks, security, mounts.

use serde_json::{Value as Json, json};

use crate::case::case;

/// A row: fields of the container, a name of parameters below `Container.1`, what is sent.
macro_rules! sent {
    ($($fact:ident: $container:expr => $below:literal, $expected:expr;)*) => {$(
        #[test]
        fn $fact() {
            let expected: &[&str] = &$expected;
            assert_eq!(case(&$container, &json!({})).below(concat!("Container.1.", $below)), expected);
        }
    )*};
}

sent! {
    command_and_arguments_are_sent_apart: json!({"command": ["/bin/server", "run"], "args": ["--port", "80"]})
        => "Command", ["1=/bin/server", "2=run"];
    arguments_alone_keep_the_entry_point: json!({"args": ["--port", "80"]}) => "Arg", ["1=--port", "2=80"];
    the_working_folder: json!({"workingDir": "/srv"}) => "WorkingDir", ["=/srv"];
    a_pinned_image_is_pulled_once: json!({"image": "nginx:1.25"}) => "ImagePullPolicy", ["=IfNotPresent"];
    an_image_without_a_tag_is_pulled_always: json!({"image": "localhost:5000/nginx"}) => "ImagePullPolicy", ["=Always"];
    a_digest_is_pulled_once: json!({"image": "nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"})
        => "ImagePullPolicy", ["=IfNotPresent"];
    the_given_policy_stays: json!({"image": "nginx:1.25", "imagePullPolicy": "Always"}) => "ImagePullPolicy", ["=Always"];
    ports_have_a_protocol: json!({"ports": [{"containerPort": 80}, {"containerPort": 53, "protocol": "UDP"}]})
        => "Port", ["1.Port=80", "1.Protocol=TCP", "2.Port=53", "2.Protocol=UDP"];
    limits_are_what_a_container_gets: json!({"resources": {"limits": {"cpu": "500m", "memory": "1Gi"}, "requests": {"cpu": "250m"}}})
        => "Cpu", ["=0.5"];
    requests_stand_in_for_limits: json!({"resources": {"requests": {"cpu": "250m", "memory": "512Mi"}}}) => "Memory", ["=0.5"];
    a_terminal_and_its_input: json!({"stdin": true, "stdinOnce": true, "tty": true}) => "Tty", ["=true"];
    the_last_words: json!({"terminationMessagePath": "/tmp/end", "terminationMessagePolicy": "FallbackToLogsOnError"})
        => "TerminationMessagePath", ["=/tmp/end"];
    an_exec_probe: json!({"livenessProbe": {"exec": {"command": ["true"]}, "initialDelaySeconds": 3, "timeoutSeconds": 2}})
        => "LivenessProbe", ["Exec.Command.1=true", "InitialDelaySeconds=3", "TimeoutSeconds=2"];
    named_ports_of_probes_are_resolved: json!({"ports": [{"containerPort": 8080, "name": "http"}],
        "readinessProbe": {"httpGet": {"path": "/ready", "port": "http", "scheme": "HTTPS"}, "periodSeconds": 5, "failureThreshold": 2}})
        => "ReadinessProbe", ["FailureThreshold=2", "HttpGet.Path=/ready", "HttpGet.Port=8080", "HttpGet.Scheme=HTTPS", "PeriodSeconds=5"];
    a_tcp_probe: json!({"livenessProbe": {"tcpSocket": {"port": 80}, "successThreshold": 1}})
        => "LivenessProbe", ["SuccessThreshold=1", "TcpSocket.Port=80"];
    a_startup_probe_is_the_first_delay: json!({"livenessProbe": {"tcpSocket": {"port": 80}},
        "startupProbe": {"tcpSocket": {"port": 80}, "periodSeconds": 5, "failureThreshold": 6, "initialDelaySeconds": 1}})
        => "LivenessProbe", ["InitialDelaySeconds=31", "TcpSocket.Port=80"];
    a_hook_by_command: json!({"lifecycle": {"preStop": {"exec": {"command": ["sleep", "5"]}}}})
        => "LifecyclePreStopHandlerExec", ["1=sleep", "2=5"];
    a_hook_by_http: json!({"ports": [{"containerPort": 80, "name": "http"}], "lifecycle": {"postStart": {"httpGet": {"path": "/up",
        "port": "http", "host": "127.0.0.1", "scheme": "HTTP", "httpHeaders": [{"name": "X-Up", "value": "1"}]}}}})
        => "LifecyclePostStartHandlerHttpGetHttpHeader", ["1.Name=X-Up", "1.Value=1"];
    a_hook_by_tcp: json!({"lifecycle": {"preStop": {"tcpSocket": {"port": 80, "host": "10.0.0.1"}}}})
        => "LifecyclePreStopHandlerTcpSocketPort", ["=80"];
    the_user_of_a_container: json!({"securityContext": {"runAsUser": 1000, "readOnlyRootFilesystem": true,
        "capabilities": {"add": ["CAP_NET_ADMIN", "chown"]}}})
        => "SecurityContext", ["Capability.Add.1=NET_ADMIN", "Capability.Add.2=CHOWN", "ReadOnlyRootFilesystem=true", "RunAsUser=1000"];
    its_group_and_the_check_for_root: json!({"securityContext": {"runAsGroup": 1000, "runAsNonRoot": true}})
        => "SecurityContextRunAsGroup", ["=1000"];
    an_address_as_a_variable: json!({"env": [{"name": "IP", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}}]})
        => "EnvironmentVar.1", ["FieldRef.FieldPath=status.podIP", "Key=IP"];
}

fn mounted(mount: &Json, source: &Json, env: &Json) -> Vec<String> {
    let mut volume = json!({"name": "data"});
    crate::case::extend(&mut volume, source);
    case(
        &json!({"volumeMounts": [mount], "env": env}),
        &json!({"volumes": [volume]}),
    )
    .below("Container.1.VolumeMount.1")
}

#[test]
fn mounts_keep_their_settings() {
    let mount = json!({"name": "data", "mountPath": "/data", "subPath": "web", "readOnly": true, "mountPropagation": "HostToContainer"});
    assert_eq!(
        mounted(&mount, &json!({"emptyDir": {}}), &json!([])),
        [
            "MountPath=/data",
            "MountPropagation=HostToContainer",
            "Name=data",
            "ReadOnly=true",
            "SubPath=web"
        ]
    );
}

#[test]
fn sub_path_expressions_are_expanded() {
    let mount = json!({"name": "data", "mountPath": "/data", "subPathExpr": "$(POD)/$$(POD)"});
    let env = json!([{"name": "POD", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}]);
    assert_eq!(
        mounted(&mount, &json!({"emptyDir": {}}), &env),
        ["MountPath=/data", "Name=data", "SubPath=web/$(POD)"]
    );
    let plain = json!({"name": "data", "mountPath": "/data", "subPath": "$(POD)"});
    assert_eq!(mounted(&plain, &json!({"emptyDir": {}}), &env)[2], "SubPath=$(POD)");
}

#[test]
fn settings_of_the_pod_reach_every_container() {
    let case = case(
        &json!({}),
        &json!({"securityContext": {"runAsUser": 1000, "runAsGroup": 2000, "runAsNonRoot": true},
            "initContainers": [{"name": "migrate", "image": "migrate:1"}]}),
    );
    assert_eq!(case.below("Container.1.SecurityContext"), ["RunAsUser=1000"]);
    assert_eq!(
        case.value("Container.1.SecurityContextRunAsGroup").as_deref(),
        Some("2000")
    );
    assert_eq!(
        case.value("Container.1.SecurityContextRunAsNonRoot").as_deref(),
        Some("true")
    );
    assert_eq!(case.below("InitContainer.1.SecurityContext"), ["RunAsUser=1000"]);
}

#[test]
fn init_containers_have_no_probes_and_no_default_size() {
    let case = case(
        &json!({}),
        &json!({"initContainers": [{"name": "migrate", "image": "migrate:1", "command": ["up"], "env": [{"name": "A", "value": "1"}]}]}),
    );
    assert_eq!(
        case.below("InitContainer.1"),
        [
            "Command.1=up",
            "EnvironmentVar.1.Key=A",
            "EnvironmentVar.1.Value=1",
            "Image=migrate:1",
            "ImagePullPolicy=IfNotPresent",
            "Name=migrate"
        ]
    );
}

#[test]
fn sidecars_are_ordinary_containers_that_start_first() {
    let case = case(
        &json!({}),
        &json!({"initContainers": [{"name": "migrate", "image": "migrate:1"}, {"name": "proxy", "image": "proxy:1", "restartPolicy": "Always",
            "readinessProbe": {"tcpSocket": {"port": 80}}, "env": [{"name": "A", "value": "1"}]}]}),
    );
    assert_eq!(case.value("InitContainer.1.Name").as_deref(), Some("migrate"));
    assert_eq!(case.value("InitContainer.2.Name"), None);
    assert_eq!(case.value("Container.1.Name").as_deref(), Some("proxy"));
    assert_eq!(
        case.value("Container.1.ReadinessProbe.TcpSocket.Port").as_deref(),
        Some("80")
    );
    assert_eq!(
        case.below("Container.1.EnvironmentVar"),
        ["1.Key=A", "1.Value=1", "2.Key=ECI_CONTAINER_TYPE", "2.Value=sidecar"]
    );
    assert_eq!(case.value("Container.2.Name").as_deref(), Some("main"));
}

#[test]
fn privileges_that_were_granted_are_sent() {
    let case = case(&json!({"securityContext": {"privileged": true}}), &json!({})).policy("Privileged", "Granted");
    assert_eq!(
        case.value("Container.1.SecurityContextPrivileged").as_deref(),
        Some("true")
    );
}

#[test]
fn images_are_written_as_in_the_pod_unless_a_policy_completes_them() {
    let image = |written: &str, choice: &str| {
        let mut case = case(
            &json!({"image": written}),
            &json!({"initContainers": [{"name": "first", "image": written}]}),
        );
        case.policies.set("ImageNames", choice).expect("a policy");
        let request = case.ready().into_request();
        assert_eq!(
            request.init_container[0].image.as_ref(),
            Some(&request.container[0].image)
        );
        request.container[0].image.clone()
    };
    assert_eq!(image("nginx:1.14", "AsWritten"), "nginx:1.14");
    assert_eq!(image("nginx:1.14", "Normalized"), "docker.io/library/nginx:1.14");
    assert_eq!(image("r.example/web", "Normalized"), "r.example/web:latest");
}
