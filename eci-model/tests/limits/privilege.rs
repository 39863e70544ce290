//! Privileges, capabilities, kernel settings and devices, ECI1050 to 1080.

use eci_model::policy::Policies;
use eci_model::settings::HostSysctl;
use eci_model::{EffectivePod, Findings, Given, List, Object, Origin, Overlay, Settings, limits};
use k8s_openapi::api::core::v1::Pod;
use serde_json::json;

use crate::case::{cases, judge, lines, read};

cases! {
    privileged: {"containers": [{"name": "a", "securityContext": {"privileged": true}}]}
        => ["error privileged spec.containers[0].securityContext.privileged"];
    privileged_init_container: {"containers": [], "initContainers": [{"name": "a", "securityContext": {"privileged": true}}]}
        => ["error privileged spec.initContainers[0].securityContext.privileged"];
    privileged_by_ticket: {"containers": [{"name": "a", "securityContext": {"privileged": true}}]} "Privileged::Granted"
        => ["warning privileged spec.containers[0].securityContext.privileged"];
    not_privileged: {"containers": [{"name": "a", "securityContext": {"privileged": false}}]} => [];

    settings_without_effect_are_told_once: {"containers": [{"name": "a", "securityContext": {"allowPrivilegeEscalation": false,
        "capabilities": {"drop": ["ALL"]}}}], "securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}
        => ["info privilege-setting-ignored spec.securityContext.seccompProfile"];
    settings_without_effect_as_warning: {"containers": [{"name": "a", "securityContext": {"seLinuxOptions": {"level": "s0"}}}]}
        "IgnoredSecurity::Warn" => ["warning privilege-setting-ignored spec.containers[0].securityContext.seLinuxOptions"];
    the_default_proc_mount_is_none: {"containers": [{"name": "a", "securityContext": {"procMount": "Default"}}]} => [];
    another_proc_mount: {"containers": [{"name": "a", "securityContext": {"procMount": "Unmasked"}}]}
        => ["info privilege-setting-ignored spec.containers[0].securityContext.procMount"];
    beside_privileged_nothing_else_matters: {"containers": [{"name": "a", "securityContext": {"privileged": true, "procMount": "Unmasked"}}]}
        => ["error privileged spec.containers[0].securityContext.privileged"];
    a_group_of_files: {"containers": [], "securityContext": {"fsGroup": 1000}}
        => ["info privilege-setting-ignored spec.securityContext.fsGroup"];
    a_group_of_files_acts_on_nas: {"containers": [], "securityContext": {"fsGroup": 1000}, "volumes": [{"name": "n", "nfs": {"server": "x", "path": "/"}}]}
        => [];
    or_not_even_there: {"containers": [], "securityContext": {"fsGroup": 1000}, "volumes": [{"name": "n", "nfs": {"server": "x", "path": "/"}}]}
        "FsGroup::NeverApplied" => ["info privilege-setting-ignored spec.securityContext.fsGroup"];

    sys_admin: {"containers": [{"name": "a", "securityContext": {"capabilities": {"add": ["CHOWN", "SYS_ADMIN"]}}}]}
        => ["error capability-not-available spec.containers[0].securityContext.capabilities.add[1]"];
    all_capabilities: {"containers": [{"name": "a", "securityContext": {"capabilities": {"add": ["ALL"]}}}]}
        => ["error capability-not-available spec.containers[0].securityContext.capabilities.add[0]"];
    the_metadata_knows_two: {"containers": [{"name": "a", "securityContext": {"capabilities": {"add": ["NET_ADMIN", "CHOWN"]}}}]}
        "Capabilities::ApiMetadata" => ["error capability-not-available spec.containers[0].securityContext.capabilities.add[1]"];
    raw_io_by_ticket: {"containers": [{"name": "a", "securityContext": {"capabilities": {"add": ["CAP_SYS_RAWIO"]}}}]}
        => ["warning capability-by-ticket spec.containers[0].securityContext.capabilities.add[0]"];
    raw_sockets_by_ticket: {"containers": [{"name": "a", "securityContext": {"capabilities": {"add": ["NET_RAW"]}}}]}
        "Capabilities::ApiMetadata" => ["warning capability-by-ticket spec.containers[0].securityContext.capabilities.add[0]"];
    raw_sockets_without: {"containers": [{"name": "a", "securityContext": {"capabilities": {"add": ["NET_RAW"]}}}]} => [];

    init_container_with_a_group: {"containers": [], "initContainers": [{"name": "a", "securityContext": {"runAsUser": 1, "runAsGroup": 1, "runAsNonRoot": true}}]}
        => ["warning init-container-security spec.initContainers[0].securityContext.runAsGroup",
            "warning init-container-security spec.initContainers[0].securityContext.runAsNonRoot"];
    init_container_with_a_user: {"containers": [], "initContainers": [{"name": "a", "securityContext": {"runAsUser": 1, "runAsNonRoot": false}}]} => [];
    a_group_of_a_sidecar_is_part_of_it: {"containers": [], "initContainers": [{"name": "a", "restartPolicy": "Always", "securityContext": {"runAsGroup": 1}}]}
        => ["warning native-sidecar spec.initContainers[0].restartPolicy"];

    a_writable_root: {"containers": [{"name": "a", "securityContext": {"readOnlyRootFilesystem": false}}]}
        => ["info read-only-root spec.containers[0].securityContext.readOnlyRootFilesystem"];
    a_read_only_root: {"containers": [{"name": "a", "securityContext": {"readOnlyRootFilesystem": true}}]} => [];

    allowed_kernel_settings: {"containers": [], "securityContext": {"sysctls": [{"name": "net.core.somaxconn", "value": "1"},
        {"name": "kernel.shmmax", "value": "1"}, {"name": "net/ipv4/tcp_tw_reuse", "value": "1"}, {"name": "kernel.sem", "value": "1"}]}} => [];
    other_kernel_settings: {"containers": [], "securityContext": {"sysctls": [{"name": "vm.max_map_count", "value": "1"},
        {"name": "net.ipv4.tcp_syncookies", "value": "1"}]}}
        => ["error sysctl-not-available spec.securityContext.sysctls[0].name", "error sysctl-not-available spec.securityContext.sysctls[1].name"];
    disputed_kernel_settings: {"containers": [], "securityContext": {"sysctls": [{"name": "kernel.shm_rmid_forced", "value": "1"}]}}
        => ["warning sysctl-without-api-field spec.securityContext.sysctls[0].name"];
    disputed_kernel_settings_believed: {"containers": [], "securityContext": {"sysctls": [{"name": "net.ipv4.ip_local_port_range", "value": "1"}]}}
        "Sysctl::PodPage" => [];

    a_device: {"containers": [{"name": "a", "volumeDevices": [{"name": "v", "devicePath": "/dev/x"}]}]}
        => ["warning raw-device spec.containers[0].volumeDevices"];
    a_resource_of_a_plug_in: {"containers": [{"name": "a", "resources": {"limits": {"example.com/fpga": "1", "nvidia.com/gpu": "1", "hugepages-2Mi": "1"},
        "requests": {"example.com/fpga": "1", "ephemeral-storage": "1Gi"}}}]}
        => [r#"warning raw-device spec.containers[0].resources.limits["example.com/fpga"]"#];
    a_resource_of_a_plug_in_refused: {"containers": [{"name": "a", "resources": {"requests": {"example.com/fpga": "1"}}}]} "UnknownResource::Refuse"
        => [r#"error raw-device spec.containers[0].resources.requests["example.com/fpga"]"#];
}

#[test]
fn what_the_host_sets_by_ticket_is_worth_knowing() {
    let mut settings = Settings::default();
    let host = HostSysctl {
        name: "vm.max_map_count".into(),
        value: "1".into(),
    };
    settings.host_sysctls = Some(Given::new(List(vec![host]), Origin::Caller));
    let pod = json!({"spec": {"containers": [], "securityContext": {"sysctls": [{"name": "vm.max_map_count", "value": "1"}]}}});
    let findings = judge(&pod, &settings, &Policies::default());
    assert_eq!(
        lines(findings.iter()),
        ["info sysctl-not-available spec.securityContext.sysctls[0].name"]
    );
}

#[test]
fn a_fifth_of_the_memory_may_stay_free() {
    let said = |kib: &str| {
        let pod: Pod = read(json!({"spec": {"containers": [],
            "securityContext": {"sysctls": [{"name": "vm.min_free_kbytes", "value": kib}]}}}));
        let settings = Settings::default();
        let view = Object::from(&pod).pod().expect("a pod");
        let effective = EffectivePod::new(view, Overlay::default(), Overlay::default(), &settings);
        let mut findings = Findings::new();
        let memory = "4Gi"
            .parse::<eci_model::Quantity>()
            .and_then(eci_model::Quantity::memory);
        limits::sized(&effective, memory.expect("an amount"), &mut findings);
        findings.contains(limits::MIN_FREE_KBYTES_HIGH)
    };
    assert!(!said("838860") && said("838861"));
    assert!(!said("a lot"));
}
