//! Kernel settings: which of the two lists of the API takes them.

use k8s_openapi::api::core::v1 as core;

use crate::api::{CreateContainerGroup, GroupSecurityContext, Sysctl};
use crate::settings::HostSysctl;

/// Settings that are the pod's own (CreateContainerGroup, values of SecurityContext.Sysctl.Name).
const OWN: [&str; 2] = ["net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start"];
/// Settings that neither list takes.
const NONE: [&str; 3] = [
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.tcp_syncookies",
];

/// Writes the settings of the pod, and those of the host that the annotation names, which win.
pub(super) fn apply(spec: &core::PodSpec, of_host: &[HostSysctl], request: &mut CreateContainerGroup) {
    let of_pod = spec
        .security_context
        .as_ref()
        .and_then(|context| context.sysctls.as_deref());
    let (mut own, mut host) = (Vec::new(), Vec::new());
    for sysctl in of_pod.unwrap_or_default() {
        let name = sysctl.name.as_str();
        let list = match name {
            _ if NONE.contains(&name) || of_host.iter().any(|host| host.name == name) => continue,
            _ if OWN.contains(&name) => &mut own,
            _ => &mut host,
        };
        list.push(entry(name, &sysctl.value));
    }
    host.extend(of_host.iter().map(|sysctl| entry(&sysctl.name, &sysctl.value)));
    request.security_context = context(own);
    request.host_security_context = context(host);
}

fn context(sysctl: Vec<Sysctl>) -> Option<GroupSecurityContext> {
    (!sysctl.is_empty()).then_some(GroupSecurityContext { sysctl })
}

fn entry(name: &str, value: &str) -> Sysctl {
    Sysctl {
        name: Some(name.to_owned()),
        value: Some(value.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_setting_goes_to_the_list_that_takes_it() {
        let spec: core::PodSpec =
            serde_json::from_value(serde_json::json!({"containers": [], "securityContext": {"sysctls": [
            {"name": "net.ipv4.ping_group_range", "value": "0 1"}, {"name": "net.core.somaxconn", "value": "1024"},
            {"name": "kernel.shm_rmid_forced", "value": "1"}, {"name": "vm.swappiness", "value": "10"}]}}))
            .expect("a specification");
        let host = HostSysctl {
            name: "vm.swappiness".into(),
            value: "0".into(),
        };
        let mut request = CreateContainerGroup::default();
        apply(&spec, &[host], &mut request);
        let list = |context: &Option<GroupSecurityContext>| {
            let sysctls = context.iter().flat_map(|context| &context.sysctl);
            sysctls
                .map(|it| {
                    format!(
                        "{}={}",
                        it.name.as_deref().unwrap_or_default(),
                        it.value.as_deref().unwrap_or_default()
                    )
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(list(&request.security_context), ["net.ipv4.ping_group_range=0 1"]);
        assert_eq!(
            list(&request.host_security_context),
            ["net.core.somaxconn=1024", "vm.swappiness=0"]
        );
    }
}
