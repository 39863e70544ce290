//! Where the pod is placed, and where its core files go.

use eci_model::policy::BurstResource as BurstPolicy;
use eci_model::{Basis, Code, Edition, Findings, Rule};

use crate::keys::{self, label};
use crate::together::Scene;

/// A value that fails scheduling.
pub const BURST_VALUE: &Rule = &Rule::error(Code::eci(2310), "burst-resource-value")
    .summary("`burst-resource` has a value that fails scheduling")
    .why("only `eci` and `eci_only` are known; any other value keeps the pod pending")
    .remedy("write `eci`, `eci_only`, or leave the key out")
    .basis(Basis::Documented(
        "Use Elastic Container Instance-based scheduling (ACK)",
    ))
    .page(include_str!("../../rules/burst-resource-value.md"));

/// Two ways to ECI that exclude each other.
pub const BURST_CONFLICT: &Rule = &Rule::error(Code::eci(2312), "burst-resource-conflict")
    .summary("`burst-resource` and the Fluid sidecar for ECI exclude each other")
    .why("the sidecar is chosen when the pod is created, before it is known where the pod runs")
    .remedy("drop one of them")
    .basis(Basis::Documented("ACK Fluid data access pages"))
    .page(include_str!("../../rules/burst-resource-conflict.md"));

/// A feature that is no longer maintained.
pub const BURST_UNMAINTAINED: &Rule = &Rule::warning(Code::eci(2314), "burst-resource-unmaintained")
    .summary("`burst-resource` is not supported by this cluster")
    .why("it is a feature of ACK managed Pro clusters from 1.18 and not maintained from 1.24 on")
    .remedy("use a ResourcePolicy, or tolerations with node affinity")
    .basis(Basis::Documented(
        "Use Elastic Container Instance-based scheduling (ACK): not maintained since 2023-05",
    ))
    .page(include_str!("../../rules/burst-resource-unmaintained.md"));

/// Core files that go nowhere.
pub const CORE_WITHOUT_VOLUME: &Rule = &Rule::warning(Code::eci(2320), "core-pattern-without-volume")
    .summary("core files are written where no volume is mounted")
    .why("they are lost with the instance")
    .remedy("mount a volume at the directory")
    .basis(Basis::Documented(
        "Use coredump to analyze program exceptions, 2025-10-22",
    ))
    .page(include_str!("../../rules/core-pattern-without-volume.md"));

pub(crate) fn check(scene: &Scene<'_>, out: &mut Findings) {
    burst(scene, out);
    core_pattern(scene, out);
}

pub(crate) fn burst(scene: &Scene<'_>, out: &mut Findings) {
    let Some(burst) = &scene.settings().burst_resource else {
        return;
    };
    let finding = |rule| {
        scene
            .finding(rule, &keys::BURST_RESOURCE, &burst.origin)
            .found(burst.value.name())
    };
    let sidecar = label::FLUID_SIDECAR_TARGET.name();
    if scene.pod.labels().get(sidecar) == Some("eci") {
        out.push(finding(BURST_CONFLICT).note(format!("the pod has the label `{sidecar}: eci`")));
    }
    if scene.site.policies.burst_resource == BurstPolicy::Documented
        && let Some(why) = unsupported(scene)
    {
        out.push(finding(BURST_UNMAINTAINED).note(why));
    }
}

/// What is known of the cluster that speaks against the feature.
fn unsupported(scene: &Scene<'_>) -> Option<String> {
    if scene.site.edition != Edition::Ack {
        return Some(format!("the edition is {}", scene.site.edition));
    }
    if scene.known.managed_pro == Some(false) {
        return Some("it is no ACK managed Pro cluster".to_owned());
    }
    let (major, minor) = scene.known.version?;
    let supported = (1, 18)..(1, 24);
    (!supported.contains(&(major, minor))).then(|| format!("the version is {major}.{minor}"))
}

fn core_pattern(scene: &Scene<'_>, out: &mut Findings) {
    let Some(pattern) = &scene.settings().core_pattern else {
        return;
    };
    let Some(directory) = pattern.value.directory() else {
        return;
    };
    let mounts = scene.pod.containers().iter().chain(scene.pod.init_containers());
    let mut paths = mounts
        .flat_map(|container| container.volume_mounts.iter().flatten())
        .map(|mount| &mount.mount_path);
    if !paths.any(|mount| lies_under(directory, mount)) {
        let finding = scene.finding(CORE_WITHOUT_VOLUME, &keys::CORE_PATTERN, &pattern.origin);
        out.push(
            finding
                .found(pattern.value.to_string())
                .expected(format!("a volume mounted at or above `{directory}`")),
        );
    }
}

/// Whether a path is another one or lies below it; samples leave the first slash out at times.
pub(crate) fn lies_under(path: &str, mount: &str) -> bool {
    let (path, mount) = (path.trim_matches('/'), mount.trim_matches('/'));
    let rest = path.strip_prefix(mount);
    mount.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_lie_under_mounts() {
        for (path, mount, under) in [
            ("/data/dump", "/data", true),
            ("/data", "/data/", true),
            ("data/dump", "/data", true),
            ("/data2", "/data", false),
            ("/data", "/data/dump", false),
            ("/data", "/", true),
        ] {
            assert_eq!(lies_under(path, mount), under, "{path} under {mount}");
        }
    }
}
