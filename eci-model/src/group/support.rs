//! What happens to each field of a pod: the support matrix.
//!
//! [`check`] walks the fields that are set and tells those that have no counterpart, or that no version known here has, so that nothing is
//! dropped in silence.
#![doc = include_str!("../../SUPPORT.md")]

mod page;
mod row;
mod walk;

use crate::finding::Findings;
use crate::path::{At, FieldPath};
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

/// A field that the support matrix does not know.
pub const FIELD_UNKNOWN: &Rule = &Rule::warning(Code::eci(1398), "field-unknown")
    .summary("field that this version does not know")
    .why("a newer Kubernetes has it; whether it has an effect on ECI cannot be told")
    .remedy("update eci-sdk, or drop the field")
    .basis(Basis::Ours(
        "the support matrix covers the versions of Kubernetes that are known",
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

/// Tells every field that is set and has no counterpart, or no row; fields with a rule of their own are told by it.
pub fn check(pod: &EffectivePod<'_>, _site: &Site<'_>, out: &mut Findings) {
    let Some(spec) = pod.spec() else { return };
    for walk::Told { is_known, path } in walk::untreated(spec) {
        let rule = if is_known { FIELD_NOT_MAPPED } else { FIELD_UNKNOWN };
        let mut place = pod.place(&At::ROOT.field("spec"));
        place.path = path.into_iter().fold(place.path, append);
        out.push(rule.at(place));
    }
}

fn append(path: FieldPath, step: walk::Step) -> FieldPath {
    match step {
        walk::Step::Field(name) => path.with_field(name),
        walk::Step::Index(index) => path.with_index(index),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use k8s_openapi::api::core::v1::PodSpec;

    fn untreated(json: serde_json::Value) -> Vec<String> {
        let spec: PodSpec = serde_json::from_value(json).expect("a specification");
        let path = |steps: Vec<walk::Step>| steps.into_iter().fold(FieldPath::ROOT, append).to_string();
        walk::untreated(&spec).into_iter().map(|told| path(told.path)).collect()
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
    fn a_type_that_no_row_knows_is_told_as_unknown() {
        #[derive(serde::Serialize)]
        #[serde(rename_all = "camelCase")]
        struct PodSpec {
            restart_policy: &'static str,
            time_travel: TimeTravel,
        }
        #[derive(serde::Serialize)]
        struct TimeTravel {
            to: &'static str,
            again: &'static str,
        }
        let spec = PodSpec {
            restart_policy: "Always",
            time_travel: TimeTravel {
                to: "1970",
                again: "2000",
            },
        };
        let told = walk::untreated(&spec);
        assert_eq!(told.len(), 1);
        assert!(!told[0].is_known && told[0].path == [walk::Step::Field("timeTravel")]);
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
