//! Where a key stands: on the wrong object, in the wrong map.

use eci_model::{At, Basis, Code, Findings, Fix, PodView, Rule, Severity, Site};

use crate::facts::Target;
use crate::key::Row;
use crate::keys::{self, image_cache};
use crate::rules::identity::ineffective;
use crate::subject::Subject;

/// A key of pods on an object that is none.
pub const MISPLACED: &Rule = &Rule::error(Code::eci(2030), "annotation-misplaced")
    .summary("a key of pods stands on another object")
    .why("it is read in the metadata of the pod only, so here it does nothing")
    .remedy("move it to the metadata of the pod, for a workload `spec.template.metadata.annotations`")
    .basis(Basis::Documented("ECI Pod Annotation, 2025-04-24"))
    .page(include_str!("../../rules/annotation-misplaced.md"));

/// A key of image caches on a pod, or the reverse.
pub const WRONG_RESOURCE: &Rule = &Rule::error(Code::eci(2032), "annotation-on-wrong-resource")
    .summary("the key belongs to another resource")
    .why("pods and ImageCaches have keys of their own for the same settings, and do not read each other's")
    .remedy("write the key of this resource")
    .basis(Basis::Documented(
        "Annotations for ImageCache, 2024-10-29; ECI Pod Annotation, 2025-04-24",
    ))
    .page(include_str!("../../rules/annotation-on-wrong-resource.md"));

/// A label written as annotation, or the reverse.
pub const LABEL_AS_ANNOTATION: &Rule = &Rule::error(Code::eci(2034), "label-as-annotation")
    .summary("a label is written as an annotation, or an annotation as a label")
    .why("the key is read in one of the two maps only")
    .remedy("move the key to the other map")
    .basis(Basis::Documented(
        "Schedule pods to an x86-based virtual node, 2025-05-23; ACR image acceleration pages",
    ))
    .page(include_str!("../../rules/label-as-annotation.md"));

/// An environment variable of containers written as annotation or label.
pub const SWITCH_AS_ANNOTATION: &Rule = &Rule::error(Code::eci(2035), "switch-as-annotation")
    .summary("the switch is an environment variable of a container")
    .why("the platform looks for it among the variables of the container, nowhere else")
    .remedy("set it as an environment variable of the container")
    .basis(Basis::Documented(
        "Force sidecars to exit, 2024-01-11; Collect logs by using environment variables, 2025-08-18",
    ))
    .page(include_str!("../../rules/switch-as-annotation.md"));

/// Keys of pods and of image caches that mean the same.
const COUNTERPARTS: [(&str, &str); 5] = [
    (keys::VSWITCH.name(), image_cache::VSWITCH_IDS.name()),
    (keys::SECURITY_GROUP.name(), image_cache::SECURITY_GROUP_ID.name()),
    (keys::RESOURCE_GROUP_ID.name(), image_cache::RESOURCE_GROUP_ID.name()),
    (keys::EIP_INSTANCEID.name(), image_cache::EIP_INSTANCE_ID.name()),
    (keys::WITH_EIP.name(), image_cache::AUTO_CREATE_EIP.name()),
];

/// Judges the place of a listed key among the annotations of a pod; true when it stands wrong.
pub(crate) fn on_pod(subject: &Subject<'_>, row: &Row, key: &str, site: &Site<'_>, out: &mut Findings) -> bool {
    let facts = row.facts();
    if facts.is_for(Target::Pod) || facts.is_for(Target::NodePod) {
        return false;
    }
    if facts.is_for(Target::ContainerEnv) {
        switch(subject, key, site, out);
    } else if facts.is_for(Target::ImageCache) {
        wrong_resource(subject, row, key, site, out);
    } else if is_label_of_pods(row) {
        label_as_annotation(subject, key, site, out);
    } else {
        return false;
    }
    true
}

/// Judges the place of a listed key on an object that is no pod; true when it stands wrong.
pub(crate) fn on_object(subject: &Subject<'_>, row: &Row, key: &str, site: &Site<'_>, out: &mut Findings) {
    let facts = row.facts();
    if facts.is_for(Target::ContainerEnv) {
        switch(subject, key, site, out);
    } else if is_label_of_pods(row) {
        label_as_annotation(subject, key, site, out);
    } else if facts.is_for(Target::Pod) && !facts.is_written_by_platform() {
        out.push(subject.finding(MISPLACED, key).severity(ineffective(site)));
    }
}

/// Judges the place of a listed key on the object around a pod template.
pub(crate) fn on_owner(
    subject: &Subject<'_>,
    pod: &PodView<'_>,
    row: &Row,
    (key, text): (&str, &str),
    site: &Site<'_>,
    out: &mut Findings,
) {
    let facts = row.facts();
    let is_setting = facts.is_for(Target::Pod) && !facts.is_written_by_platform();
    if !is_setting && facts.is_for(Target::ImageCache) {
        wrong_resource(subject, row, key, site, out);
        return;
    }
    if !is_setting {
        on_object(subject, row, key, site, out);
        return;
    }
    let template = pod.meta().and_then(|meta| meta.annotations.as_ref()?.get(key));
    let metadata = At::ROOT.field("metadata");
    let to = pod.place(&metadata.field("annotations")).path;
    let finding = subject.finding(MISPLACED, key);
    match template {
        Some(beside) if beside == text => {
            let finding = finding
                .severity(Severity::Info)
                .note("the template has it too, so nothing is lost");
            out.push(subject.without(finding, key));
        }
        Some(_) => out.push(
            finding
                .severity(ineffective(site))
                .note("the template says something else, and that counts"),
        ),
        None => {
            let place = subject.place(key);
            let finding = finding.severity(ineffective(site)).remedy(format!("move it to `{to}`"));
            out.push(finding.fix(Fix::Move { place, to }));
        }
    }
}

/// Judges a key among the labels of a pod.
pub(crate) fn among_labels(subject: &Subject<'_>, row: &Row, key: &str, site: &Site<'_>, out: &mut Findings) {
    let facts = row.facts();
    if facts.is_for(Target::ContainerEnv) {
        switch(subject, key, site, out);
    } else if facts.is_for(Target::Pod) && !facts.is_written_by_platform() {
        let finding = subject.finding(LABEL_AS_ANNOTATION, key).severity(ineffective(site));
        out.push(
            subject
                .moved(finding, key, "annotations")
                .title("an annotation is written as a label")
                .remedy("move it to the annotations of the pod"),
        );
    }
}

fn switch(subject: &Subject<'_>, key: &str, site: &Site<'_>, out: &mut Findings) {
    out.push(subject.finding(SWITCH_AS_ANNOTATION, key).severity(ineffective(site)));
}

fn label_as_annotation(subject: &Subject<'_>, key: &str, site: &Site<'_>, out: &mut Findings) {
    let finding = subject.finding(LABEL_AS_ANNOTATION, key).severity(ineffective(site));
    let is_value = subject.entries.get(key).is_some_and(is_label_value);
    let finding = match is_value {
        true => subject.moved(finding, key, "labels"),
        false => finding,
    };
    out.push(
        finding
            .title("a label is written as an annotation")
            .remedy("move it to the labels"),
    );
}

/// Keys of image caches on pods, and keys of pods on image caches.
pub(crate) fn wrong_resource(subject: &Subject<'_>, row: &Row, key: &str, site: &Site<'_>, out: &mut Findings) {
    let counterpart = COUNTERPARTS.iter().find_map(|(pod, cache)| match row.name() {
        name if name == *pod => Some(*cache),
        name if name == *cache => Some(*pod),
        _ => None,
    });
    let mut finding = subject.finding(WRONG_RESOURCE, key).severity(ineffective(site));
    if let Some(counterpart) = counterpart {
        let key_here = counterpart.into();
        finding = subject.mended(finding.expected(format!("`{counterpart}`")), key, |place| {
            Some(Fix::Rename { place, key: key_here })
        });
    } else {
        finding = finding.remedy("remove it: this resource has no such setting");
    }
    out.push(finding);
}

/// Whether the API server takes the text as the value of a label.
fn is_label_value(text: &str) -> bool {
    let is_inner = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
    let bytes = text.as_bytes();
    let ends = [bytes.first(), bytes.last()];
    bytes.len() <= 63 && bytes.iter().all(is_inner) && ends.iter().flatten().all(|byte| byte.is_ascii_alphanumeric())
}

/// Labels whose use as an annotation is a mistake with certainty; names as plain as `type` may mean anything.
fn is_label_of_pods(row: &Row) -> bool {
    let facts = row.facts();
    let label = facts.is_for(Target::PodLabel) || facts.is_for(Target::NamespaceLabel);
    label && (row.name().contains('/') || row.name() == keys::label::AFFINITY_INJECTION.name())
}
