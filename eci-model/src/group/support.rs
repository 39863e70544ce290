//! What happens to each field of a pod: mapped, resolved, told by a rule, or the scheduler's business.
//!
//! [`check`] walks the fields that are set and tells those that have no counterpart, so that nothing is dropped in silence.

mod table;
mod tree;
mod walk;

use crate::finding::Findings;
use crate::path::{At, FieldPath};
use crate::pod::EffectivePod;
use crate::rule::{Basis, Code, Rule, Rules};
use crate::site::Site;

/// A field that has no counterpart on ECI.
pub const FIELD_NOT_MAPPED: &Rule = &Rule::warning(Code::eci(1395), "field-not-mapped")
    .summary("field without a counterpart on ECI")
    .why("nothing of the container group would carry it, so it has no effect")
    .remedy("drop it, or do not rely on it on ECI; `eci support` lists what happens to each field")
    .basis(Basis::Ours("the fields of CreateContainerGroup, 2018-08-08"));

pub(super) static RULES: Rules = Rules::new(&[FIELD_NOT_MAPPED]);

/// What happens to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Treatment {
    /// It is part of the request.
    Mapped,
    /// It is looked up, and what is found is part of the request.
    Resolved,
    /// It decides where the pod runs, or how the platform counts it, and needs no counterpart.
    Scheduling,
    /// A rule of its own tells it.
    Rule(&'static str),
    /// It has no counterpart and needs none: a default written out, or bookkeeping of Kubernetes.
    Harmless,
}

impl Treatment {
    /// The name in listings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mapped => "mapped",
            Self::Resolved => "resolved",
            Self::Scheduling => "scheduling",
            Self::Rule(_) => "rule",
            Self::Harmless => "harmless",
        }
    }
}

/// A row of the support matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// The field, from the pod's specification on; `[]` stands for any item. A path that ends in `.*` covers everything below.
    pub path: &'static str,
    /// What happens to it.
    pub treatment: Treatment,
}

/// The support matrix: single fields, then whole subtrees.
pub fn matrix() -> impl Iterator<Item = &'static Row> {
    table::TABLE.iter().chain(table::SUBTREES)
}

/// Tells every field that is set and has no row: it has no counterpart on ECI.
pub fn check(pod: &EffectivePod<'_>, _site: &Site<'_>, out: &mut Findings) {
    let Some(spec) = pod.spec() else { return };
    let unmapped = walk::unmapped(spec);
    for path in unmapped {
        let mut place = pod.place(&At::ROOT.field("spec"));
        place.path = path.into_iter().fold(place.path, append);
        out.push(FIELD_NOT_MAPPED.at(place));
    }
}

fn append(path: FieldPath, step: walk::Step) -> FieldPath {
    match step {
        walk::Step::Field(name) => path.with_field(name),
        walk::Step::Index(index) => path.with_index(index),
    }
}

/// The fields of anything serialisable that have no treatment, for tests.
#[cfg(test)]
fn unmapped_paths(value: &impl serde::Serialize) -> Vec<String> {
    let path = |steps: Vec<walk::Step>| steps.into_iter().fold(FieldPath::ROOT, append).to_string();
    walk::unmapped(value).into_iter().map(path).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use k8s_openapi::api::core::v1::PodSpec;

    fn spec(json: serde_json::Value) -> PodSpec {
        serde_json::from_value(json).expect("a specification")
    }

    #[test]
    fn the_table_is_sorted_and_has_no_row_twice() {
        assert!(table::TABLE.windows(2).all(|pair| pair[0].path < pair[1].path));
    }

    #[test]
    fn ordinary_fields_are_silent() {
        let spec = spec(serde_json::json!({
            "containers": [{"name": "a", "image": "x", "command": ["a"], "env": [{"name": "A", "value": "1"}],
                "ports": [{"containerPort": 80, "name": "http"}], "resources": {"limits": {"cpu": "1"}},
                "readinessProbe": {"httpGet": {"path": "/", "port": "http"}},
                "volumeMounts": [{"name": "v", "mountPath": "/v"}]}],
            "volumes": [{"name": "v", "emptyDir": {}}, {"name": "c", "configMap": {"name": "c"}}],
            "restartPolicy": "Always", "nodeSelector": {"type": "virtual-kubelet"},
            "tolerations": [{"operator": "Exists"}],
            "affinity": {"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": []}},
        }));
        assert_eq!(unmapped_paths(&spec), Vec::<String>::new());
    }

    #[test]
    fn fields_without_a_counterpart_are_told_with_their_path() {
        let spec = spec(serde_json::json!({
            "containers": [{"name": "a"}],
            "setHostnameAsFQDN": true,
        }));
        assert_eq!(unmapped_paths(&spec), ["setHostnameAsFQDN"]);
    }
}
