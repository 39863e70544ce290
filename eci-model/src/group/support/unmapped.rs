//! The fields of a pod that are set and that nothing carries, one by one: those of the matrix that `field-not-mapped` tells.
//!
//! Tests hold this against a walk over all fields by the rows of the matrix.

use k8s_openapi::api::core::v1::{
    Container, ContainerPort, Lifecycle, PodSpec, Probe, ResourceRequirements, Volume, VolumeMount,
};
use k8s_openapi::{k8s_if_ge_1_34, k8s_if_ge_1_37};

use crate::path::At;

/// What is done with the place of such a field.
type Tell<'t> = &'t mut dyn FnMut(&At<'_>);

/// Tells the fields of a specification that are set and have no counterpart; values that say nothing are silent.
pub(super) fn tell(spec: &PodSpec, at: &At<'_>, tell: Tell<'_>) {
    let containers = at.field("containers");
    for (index, container) in spec.containers.iter().enumerate() {
        of_any(container, &containers.index(index), tell);
    }
    let containers = at.field("initContainers");
    for (index, container) in spec.init_containers.iter().flatten().enumerate() {
        let at = containers.index(index);
        of_any(container, &at, tell);
        of_init(container, &at, tell);
    }
    if is_set(spec.resource_claims.as_ref()) {
        tell(&at.field("resourceClaims"));
    }
    if let Some(resources) = &spec.resources {
        claims(resources, &at.field("resources"), tell);
    }
    if let Some(context) = &spec.security_context {
        let at = at.field("securityContext");
        if is_text(context.se_linux_change_policy.as_ref()) {
            tell(&at.field("seLinuxChangePolicy"));
        }
        if is_text(context.supplemental_groups_policy.as_ref()) {
            tell(&at.field("supplementalGroupsPolicy"));
        }
    }
    let volumes = at.field("volumes");
    for (index, volume) in spec.volumes.iter().flatten().enumerate() {
        of_volume(volume, &volumes.index(index), tell);
    }
}

fn is_set<T>(list: Option<&Vec<T>>) -> bool {
    list.is_some_and(|list| !list.is_empty())
}

fn is_text(text: Option<&String>) -> bool {
    text.is_some_and(|text| !text.is_empty())
}

/// What containers and init containers share.
fn of_any(container: &Container, at: &At<'_>, tell: Tell<'_>) {
    if let Some(lifecycle) = &container.lifecycle {
        of_hooks(lifecycle, &at.field("lifecycle"), tell);
    }
    if let Some(probe) = &container.liveness_probe {
        of_probe(probe, &at.field("livenessProbe"), tell);
    }
    let ports = at.field("ports");
    for (index, port) in container.ports.iter().flatten().enumerate() {
        of_port(port, &ports.index(index), tell);
    }
    if let Some(probe) = &container.readiness_probe {
        of_probe(probe, &at.field("readinessProbe"), tell);
    }
    if let Some(resources) = &container.resources {
        claims(resources, &at.field("resources"), tell);
    }
    let mounts = at.field("volumeMounts");
    for (index, mount) in container.volume_mounts.iter().flatten().enumerate() {
        of_mount(mount, &mounts.index(index), tell);
    }
}

/// What has a rule of its own in containers, and none in init containers.
fn of_init(container: &Container, at: &At<'_>, tell: Tell<'_>) {
    if is_set(container.resize_policy.as_ref()) {
        tell(&at.field("resizePolicy"));
    }
    k8s_if_ge_1_34! {
        if is_set(container.restart_policy_rules.as_ref()) {
            tell(&at.field("restartPolicyRules"));
        }
    }
    if let Some(probe) = &container.startup_probe {
        of_probe(probe, &at.field("startupProbe"), tell);
    }
    for (name, value) in [
        ("stdin", container.stdin),
        ("stdinOnce", container.stdin_once),
        ("tty", container.tty),
    ] {
        if value == Some(true) {
            tell(&at.field(name));
        }
    }
}

fn of_port(port: &ContainerPort, at: &At<'_>, tell: Tell<'_>) {
    if is_text(port.host_ip.as_ref()) {
        tell(&at.field("hostIP"));
    }
}

fn claims(resources: &ResourceRequirements, at: &At<'_>, tell: Tell<'_>) {
    if is_set(resources.claims.as_ref()) {
        tell(&at.field("claims"));
    }
}

#[allow(unused_variables, reason = "the field is part of newer versions of Kubernetes only")]
fn of_mount(mount: &VolumeMount, at: &At<'_>, tell: Tell<'_>) {
    k8s_if_ge_1_37! {
        if is_set(mount.bind_mount_options.as_ref()) {
            tell(&at.field("bindMountOptions"));
        }
    }
}

fn of_probe(probe: &Probe, at: &At<'_>, tell: Tell<'_>) {
    if let Some(http) = &probe.http_get {
        let at = at.field("httpGet");
        if is_set(http.http_headers.as_ref()) {
            tell(&at.field("httpHeaders"));
        }
        k8s_if_ge_1_37! {
            if is_text(http.protocol.as_ref()) {
                tell(&at.field("protocol"));
            }
        }
    }
    if let Some(socket) = &probe.tcp_socket
        && is_text(socket.host.as_ref())
    {
        tell(&at.field("tcpSocket").field("host"));
    }
}

#[allow(unused_variables, reason = "the field is part of newer versions of Kubernetes only")]
fn of_hooks(lifecycle: &Lifecycle, at: &At<'_>, tell: Tell<'_>) {
    k8s_if_ge_1_37! {
        for (name, handler) in [("postStart", &lifecycle.post_start), ("preStop", &lifecycle.pre_stop)] {
            let http = handler.as_ref().and_then(|handler| handler.http_get.as_ref());
            if http.is_some_and(|http| is_text(http.protocol.as_ref())) {
                tell(&at.field(name).field("httpGet").field("protocol"));
            }
        }
    }
}

#[allow(
    unused_variables,
    reason = "the fields are part of newer versions of Kubernetes only"
)]
fn of_volume(volume: &Volume, at: &At<'_>, tell: Tell<'_>) {
    k8s_if_ge_1_37! {
        owners::of_volume(volume, at, tell);
    }
}

k8s_openapi::k8s_if_ge_1_37! {
    mod owners {
        //! Who owns the files of a volume, and their mode.

        use k8s_openapi::api::core::v1::{DownwardAPIVolumeFile, KeyToPath, Volume, VolumeProjection};

        use super::Tell;
        use crate::path::At;

        pub(super) fn of_volume(volume: &Volume, at: &At<'_>, tell: Tell<'_>) {
            if let Some(source) = &volume.config_map {
                let at = at.field("configMap");
                is_owned(source.default_user, &at, tell);
                keys(source.items.as_ref(), &at, tell);
            }
            if let Some(source) = &volume.downward_api {
                let at = at.field("downwardAPI");
                is_owned(source.default_user, &at, tell);
                fields(source.items.as_ref(), &at, tell);
            }
            if let Some(source) = &volume.empty_dir
                && source.mode.is_some()
            {
                tell(&at.field("emptyDir").field("mode"));
            }
            if let Some(source) = &volume.projected {
                let at = at.field("projected");
                is_owned(source.default_user, &at, tell);
                let sources = at.field("sources");
                for (index, source) in source.sources.iter().flatten().enumerate() {
                    of_projection(source, &sources.index(index), tell);
                }
            }
            if let Some(source) = &volume.secret {
                let at = at.field("secret");
                is_owned(source.default_user, &at, tell);
                keys(source.items.as_ref(), &at, tell);
            }
        }

        fn of_projection(source: &VolumeProjection, at: &At<'_>, tell: Tell<'_>) {
            if let Some(source) = &source.config_map {
                keys(source.items.as_ref(), &at.field("configMap"), tell);
            }
            if let Some(source) = &source.downward_api {
                fields(source.items.as_ref(), &at.field("downwardAPI"), tell);
            }
            if let Some(source) = &source.secret {
                keys(source.items.as_ref(), &at.field("secret"), tell);
            }
            if let Some(source) = &source.service_account_token
                && source.user.is_some()
            {
                tell(&at.field("serviceAccountToken").field("user"));
            }
        }

        fn is_owned(user: Option<i64>, at: &At<'_>, tell: Tell<'_>) {
            if user.is_some() {
                tell(&at.field("defaultUser"));
            }
        }

        fn keys(items: Option<&Vec<KeyToPath>>, at: &At<'_>, tell: Tell<'_>) {
            let at = at.field("items");
            for (index, item) in items.into_iter().flatten().enumerate() {
                if item.user.is_some() {
                    tell(&at.index(index).field("user"));
                }
            }
        }

        fn fields(items: Option<&Vec<DownwardAPIVolumeFile>>, at: &At<'_>, tell: Tell<'_>) {
            let at = at.field("items");
            for (index, item) in items.into_iter().flatten().enumerate() {
                if item.user.is_some() {
                    tell(&at.index(index).field("user"));
                }
            }
        }
    }
}
