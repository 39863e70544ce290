//! What happens to each field of a pod: the support matrix.
//!
//! [`check`] tells the fields that are set and have no counterpart, so that nothing is dropped in silence.
#![doc = include_str!("../../SUPPORT.md")]

mod page;
mod row;
mod unmapped;

use crate::finding::Findings;
use crate::path::At;
use crate::pod::EffectivePod;
use crate::rule::{Basis, Code, Rule, Rules};
use crate::site::Site;

pub use page::markdown;
pub use row::{Context, Row, Treatment, Versions};

/// A field that has no counterpart on ECI.
pub const FIELD_NOT_MAPPED: &Rule = &Rule::warning(Code::eci(1395), "field-not-mapped")
    .summary("field without a counterpart on ECI")
    .why("nothing of the container group would carry it, so it has no effect")
    .remedy("drop it, or do not rely on it on ECI; `eci support` lists what happens to each field")
    .basis(Basis::Ours("the fields of CreateContainerGroup, 2018-08-08"))
    .page(include_str!("../../rules/field-not-mapped.md"));

/// A field that another version of Kubernetes has.
pub const FIELD_UNKNOWN: &Rule = &Rule::warning(Code::eci(1398), "field-unknown")
    .summary("field of another version of Kubernetes")
    .why("this program is built for a version that does not have it, so the field is not read")
    .remedy("build with the version of the cluster, or drop the field")
    .basis(Basis::Ours(
        "the support matrix knows the fields of several versions, a program has those of one",
    ))
    .page(include_str!("../../rules/field-unknown.md"));

pub(super) static RULES: Rules = Rules::new(&[FIELD_NOT_MAPPED, FIELD_UNKNOWN]);

/// The support matrix: a row for each field of each type a pod can hold, by context, type and field.
///
/// # Example
/// ```
/// use eci_model::group::support::{self, Treatment};
///
/// let row = support::matrix().find(|row| row.path == "hostNetwork").expect("a row");
/// assert_eq!(row.treatment, Treatment::Refused("host-network"));
/// ```
pub fn matrix() -> impl Iterator<Item = &'static Row> {
    row::rows().iter()
}

/// Tells every field that is set and has no counterpart; fields with a rule of their own are told by it.
pub fn check(pod: &EffectivePod<'_>, _site: &Site<'_>, out: &mut Findings) {
    let Some(spec) = pod.spec() else { return };
    unmapped::tell(spec, &At::ROOT.field("spec"), &mut |at| {
        out.push(FIELD_NOT_MAPPED.at(pod.place(at)));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use k8s_openapi::api::core::v1::PodSpec;

    fn untreated(json: serde_json::Value) -> Vec<String> {
        let spec: PodSpec = serde_json::from_value(json).expect("a specification");
        let mut paths = Vec::new();
        unmapped::tell(&spec, &At::ROOT, &mut |at| paths.push(at.to_path().to_string()));
        paths
    }

    #[test]
    fn ordinary_fields_are_silent() {
        let paths = untreated(serde_json::json!({
            "containers": [{"name": "a", "image": "x", "command": ["a"], "env": [{"name": "A", "value": "1"}],
                "ports": [{"containerPort": 80, "name": "http"}], "resources": {"limits": {"cpu": "1"}},
                "readinessProbe": {"httpGet": {"path": "/", "port": "http"}},
                "volumeMounts": [{"name": "v", "mountPath": "/v"}]}],
            "volumes": [{"name": "v", "emptyDir": {}}, {"name": "c", "configMap": {"name": "c"}}],
            "restartPolicy": "Always", "nodeSelector": {"type": "virtual-kubelet"},
            "tolerations": [{"operator": "Exists"}],
            "affinity": {"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": []}},
        }));
        assert_eq!(paths, Vec::<String>::new());
    }

    #[test]
    fn fields_without_a_counterpart_are_told_once_at_their_top() {
        let paths = untreated(serde_json::json!({
            "containers": [{"name": "a"}, {"name": "b", "livenessProbe": {"httpGet": {"port": 80,
                "httpHeaders": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]}}}],
            "resourceClaims": [{"name": "gpu", "resourceClaimName": "a"}],
        }));
        assert_eq!(
            paths,
            ["containers[1].livenessProbe.httpGet.httpHeaders", "resourceClaims"]
        );
    }

    #[test]
    fn values_that_say_nothing_are_silent() {
        let paths = untreated(serde_json::json!({
            "initContainers": [{"name": "a", "stdin": false, "tty": false}], "resourceClaims": [],
            "containers": [{"name": "b", "ports": [{"containerPort": 80, "hostIP": ""}]}],
        }));
        assert_eq!(paths, Vec::<String>::new());
    }

    #[test]
    fn the_page_is_made_of_the_rows() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/SUPPORT.md");
        if std::env::var_os("ECI_REGENERATE").is_some() {
            std::fs::write(path, markdown()).expect("the page can be written");
        }
        let page = std::fs::read_to_string(path).expect("the page");
        assert!(page == markdown(), "SUPPORT.md is old: run with ECI_REGENERATE=1");
    }
}
