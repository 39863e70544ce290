//! Changes of pods that exist.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{Container, Pod};

use crate::finding::Findings;
use crate::object::Object;
use crate::path::At;
use crate::rule::{Basis, Code, Rule, Rules};
use crate::template::PodView;

/// A change of a pod that its instance does not follow.
pub const LIVE_POD_CHANGE: &Rule = &Rule::warning(Code::eci(1416), "live-pod-change")
    .summary("change of a living pod that its instance does not follow")
    .why("only images of containers can be changed in place; everything else stays as it was created")
    .remedy("recreate the pod, for example through its workload")
    .basis(Basis::Documented(
        "Change the image of a pod and keep its IP, 2025-12-18",
    ))
    .page(include_str!("../../rules/live-pod-change.md"));

pub(super) static RULES: Rules = Rules::new(&[LIVE_POD_CHANGE]);

/// Tells what an update changes in a pod that exists, beside images, where Kubernetes allows the change and its instance does not follow.
///
/// What Kubernetes refuses to change itself is not told. Annotations have a rule of their own.
///
/// # Example
/// ```
/// use eci_model::{Findings, limits};
/// use k8s_openapi::api::core::v1::Pod;
///
/// let stored: Pod = serde_json::from_str(
///     r#"{"metadata": {"name": "web"}, "spec": {"containers": [{"name": "main", "image": "shop/web:1.4"}]}}"#,
/// )?;
/// let mut wanted = stored.clone();
/// wanted.spec.get_or_insert_default().containers[0].image = Some("shop/web:1.5".to_owned());
/// let mut findings = Findings::new();
/// limits::changed(&stored, &wanted, &mut findings);
/// assert!(findings.is_empty());
///
/// wanted.spec.get_or_insert_default().active_deadline_seconds = Some(600);
/// limits::changed(&stored, &wanted, &mut findings);
/// assert!(findings.contains(limits::LIVE_POD_CHANGE));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn changed(stored: &Pod, wanted: &Pod, out: &mut Findings) {
    let (Some(before), Some(after)) = (&stored.spec, &wanted.spec) else {
        return;
    };
    let Some(view) = Object::from(wanted).pod() else { return };
    let at = At::ROOT.field("spec");
    let seconds = [
        (
            "activeDeadlineSeconds",
            before.active_deadline_seconds,
            after.active_deadline_seconds,
        ),
        (
            "terminationGracePeriodSeconds",
            before.termination_grace_period_seconds,
            after.termination_grace_period_seconds,
        ),
    ];
    for (field, before, after) in seconds {
        if before != after {
            let finding = LIVE_POD_CHANGE.at(view.place(&at.field(field)));
            let finding = finding.found(after.map_or_else(|| "nothing".to_owned(), |value| value.to_string()));
            out.push(
                finding.expected(before.map_or_else(|| "no value, as before".to_owned(), |value| value.to_string())),
            );
        }
    }
    if before.resources != after.resources {
        out.push(LIVE_POD_CHANGE.at(view.place(&at.field("resources"))));
    }
    let lists = [
        ("containers", before.containers.as_slice(), after.containers.as_slice()),
        (
            "initContainers",
            before.init_containers.as_deref().unwrap_or_default(),
            after.init_containers.as_deref().unwrap_or_default(),
        ),
    ];
    for (field, before, after) in lists {
        resized(&view, before, after, &at.field(field), out);
    }
}

fn resized(view: &PodView<'_>, before: &[Container], after: &[Container], at: &At<'_>, out: &mut Findings) {
    let before: BTreeMap<&str, &Container> = before.iter().map(|it| (it.name.as_str(), it)).collect();
    for (index, container) in after.iter().enumerate() {
        let stored = before.get(container.name.as_str());
        if stored.is_some_and(|stored| stored.resources != container.resources) {
            let container = at.index(index);
            out.push(LIVE_POD_CHANGE.at(view.place(&container.field("resources"))));
        }
    }
}
