//! Which key it is: unknown, misspelt, retired, written by the platform, without effect.

use std::collections::BTreeMap;

use eci_model::policy::IneffectiveSetting;
use eci_model::{Basis, Code, FindingBuilder, Findings, Fix, Overlay, PodView, Rule, Severity, Site};

use crate::facts::{Category, SetBy, Standing, Target};
use crate::key::Row;
use crate::legacy;
use crate::read::is_honoured;
use crate::registry::registry;
use crate::rules::value::excerpt;
use crate::subject::Subject;

/// A key under the prefix of the platform that nothing is known of.
pub const UNKNOWN: &Rule = &Rule::warning(Code::eci(2010), "annotation-unknown")
    .summary("no page knows this key")
    .why("what the platform does with unknown keys is not documented; most likely nothing")
    .remedy("remove the key, or declare it as one of your own")
    .basis(Basis::Ours("the annotation pages say nothing about unknown keys"))
    .page(include_str!("../../rules/annotation-unknown.md"));

/// A key that is a listed one but for a letter or two.
pub const MISSPELT: &Rule = &Rule::error(Code::eci(2015), "annotation-misspelt")
    .summary("the key is a misspelling")
    .why("a misspelt key is not read, so the setting does nothing")
    .remedy("write the listed key")
    .basis(Basis::Ours("keys of the annotation pages, compared by spelling"))
    .page(include_str!("../../rules/annotation-misspelt.md"));

/// A key that another one replaced.
pub const RETIRED: &Rule = &Rule::warning(Code::eci(2020), "annotation-retired")
    .summary("the key was replaced by another one")
    .why("it is gone from the current pages and may stop acting at any time")
    .remedy("write the key that replaced it")
    .basis(Basis::Documented(
        "ECI pod annotations, editions of 2020 and 2021 against 2025-04-24",
    ))
    .page(include_str!("../../rules/annotation-retired.md"));

/// A key of old pages that may act or not.
pub const DOUBTFUL: &Rule = &Rule::info(Code::eci(2021), "annotation-doubtful")
    .summary("only old pages know this key")
    .why("it is gone from the main pages, and nothing says whether it still acts")
    .remedy("use eci-profile (`resourceGroupId`, `enableClusterIp`) where it has the setting, or test it")
    .basis(Basis::Documented(
        "ECI pod annotations, 2020-2021; ECI overview for ACK Serverless, 2025-02-17",
    ))
    .page(include_str!("../../rules/annotation-doubtful.md"));

/// A key that only code of others knows.
pub const THIRD_PARTY: &Rule = &Rule::info(Code::eci(2022), "annotation-third-party")
    .summary("no page of the platform knows this key, only code of others")
    .why("it was copied from repository to repository; nothing shows that the platform reads it")
    .remedy("drop it; sizes belong in `k8s.aliyun.com/eci-use-specs`")
    .basis(Basis::Documented("public repositories; the annotation pages lack it"))
    .page(include_str!("../../rules/annotation-third-party.md"));

/// A key that the platform writes itself.
pub const SET_BY_PLATFORM: &Rule = &Rule::warning(Code::eci(2025), "annotation-set-by-platform")
    .summary("only the platform writes this key")
    .why("it reports what was done for a pod that ran once; in a manifest it decides nothing and misleads")
    .remedy("remove it")
    .basis(Basis::Documented(
        "ECI Pod Annotation, 2025-04-24: annotations added after scheduling",
    ))
    .page(include_str!("../../rules/annotation-set-by-platform.md"));

/// A key that does nothing in the edition of the cluster.
pub const EDITION: &Rule = &Rule::warning(Code::eci(2036), "annotation-edition")
    .summary("the key has no effect in this edition")
    .why("virtual nodes of self-managed clusters do not read it")
    .remedy("use the settings of the VNode")
    .basis(Basis::Documented(
        "ECI Pod Annotation for self-managed clusters: the table lacks the key",
    ))
    .page(include_str!("../../rules/annotation-edition.md"));

/// A key that only pods on ECS nodes read.
pub const NODE_PODS_ONLY: &Rule = &Rule::info(Code::eci(2038), "annotation-node-pods-only")
    .summary("only pods on ECS nodes read this key")
    .why("it belongs to the network of nodes, and the pod runs on ECI")
    .remedy("use the key of ECI pods, where there is one")
    .basis(Basis::Documented(
        "Configure EIPs for pods (ack-extend-network-controller); terway source and docs",
    ))
    .page(include_str!("../../rules/annotation-node-pods-only.md"));

/// Keys on a pod that does not run on ECI.
pub const WITHOUT_EFFECT: &Rule = &Rule::info(Code::eci(2040), "annotation-without-effect")
    .summary("the pod does not run on ECI, so its ECI annotations do nothing")
    .why("the keys act on pods of virtual nodes only")
    .remedy("send the pod to ECI, or drop the keys")
    .basis(Basis::Documented(
        "ECI Pod Annotation, 2025-04-24: only pods on virtual nodes",
    ))
    .page(include_str!("../../rules/annotation-without-effect.md"));

/// A change to a pod that exists.
pub const CHANGED_ON_LIVE_POD: &Rule = &Rule::info(Code::eci(2042), "annotation-changed-on-live-pod")
    .summary("a change to this key does nothing, since the pod exists already")
    .why("annotations are read once, when the pod is created")
    .remedy("create the pod anew")
    .basis(Basis::Documented(
        "ECI Pod Annotation, 2025-04-24: effective at creation only",
    ))
    .page(include_str!("../../rules/annotation-changed-on-live-pod.md"));

/// Two keys, old and new, that say different things.
pub const LEGACY_AND_CURRENT: &Rule = &Rule::warning(Code::eci(2130), "legacy-and-current")
    .summary("a retired key and its successor say different things")
    .why("which of the two wins is not documented")
    .remedy("keep the successor")
    .basis(Basis::Ours("the pages never show both keys together"))
    .page(include_str!("../../rules/legacy-and-current.md"));

/// Keys that the registry lacks because they were most likely invented.
const INVENTED: [&str; 2] = ["k8s.aliyun.com/eci-auto-strategy", "k8s.aliyun.com/eci-max-count"];

/// A key of a pod that is neither listed nor declared.
pub(crate) fn unknown(subject: &Subject<'_>, key: &str, own: &[Row], site: &Site<'_>, out: &mut Findings) {
    if INVENTED.contains(&key) {
        out.push(subject.finding(THIRD_PARTY, key));
        return;
    }
    let near = misspelt(key, own);
    if let Some(nearest) = near.first() {
        let names: Vec<String> = near.iter().map(|row| format!("`{}`", row.name())).collect();
        let mut finding = subject
            .finding(MISSPELT, key)
            .severity(ineffective(site))
            .found(excerpt(key))
            .expected(names.join(" or "));
        if near.len() == 1 {
            let key_meant = nearest.name().into();
            finding = subject.mended(finding, key, |place| Some(Fix::Rename { place, key: key_meant }));
        }
        out.push(finding);
        return;
    }
    let guarded = ["eci-", "imc-", "acr-"];
    if let Some(name) = key.strip_prefix("k8s.aliyun.com/") {
        let severity = match guarded.iter().any(|beginning| name.starts_with(beginning)) {
            true => Severity::Warning,
            false => Severity::Info,
        };
        out.push(subject.finding(UNKNOWN, key).severity(severity).found(excerpt(key)));
    }
}

/// The listed or declared annotations that an unknown key most likely stands for.
fn misspelt<'r>(key: &str, own: &'r [Row]) -> Vec<&'r Row> {
    let bare = key.split_once('/').map_or(key, |(_, bare)| bare);
    if bare.len() < 5 {
        return Vec::new();
    }
    registry().nearest_annotation(key, own)
}

/// How bad a setting is that certainly does nothing.
pub(crate) const fn ineffective(site: &Site<'_>) -> Severity {
    match site.policies.ineffective_setting {
        IneffectiveSetting::Warn => Severity::Warning,
        _ => Severity::Error,
    }
}

/// A listed key of a pod: retired, doubtful, written by the platform, of another edition, of pods on nodes.
pub(crate) fn listed(subject: &Subject<'_>, row: &Row, key: &str, text: &str, site: &Site<'_>, out: &mut Findings) {
    let facts = row.facts();
    if facts.is_for(Target::NodePod) {
        let mut finding = subject.finding(NODE_PODS_ONLY, key);
        if let Some(counterpart) = counterpart_on_eci(row) {
            finding = finding.remedy(format!("use `{counterpart}`"));
        }
        out.push(finding);
    } else if facts.set_by == SetBy::Platform {
        // Labels and taints of nodes are set by the platform too; as annotations they are nobody's.
        if !site.live && matches!(facts.category, Category::System | Category::Own) {
            let finding = subject.finding(SET_BY_PLATFORM, key);
            out.push(subject.without(finding, key));
        }
    } else if !facts.works_in(site.edition) {
        out.push(subject.finding(EDITION, key).found(site.edition.name()));
    } else {
        match facts.standing {
            Standing::Current => {}
            Standing::Retired(successor) => retired(subject, row, key, text, successor, site, out),
            Standing::Doubtful => out.push(doubtful(subject, row, key, site)),
            Standing::ThirdParty => out.push(subject.finding(THIRD_PARTY, key)),
        }
    }
}

fn doubtful(subject: &Subject<'_>, row: &Row, key: &str, site: &Site<'_>) -> FindingBuilder {
    let finding = subject.finding(DOUBTFUL, key);
    match row.facts().policies {
        [policy] if is_honoured(row, site.policies) => finding.note(format!("it counts here (policy {policy})")),
        [policy] => finding.note(format!("it does not count here (policy {policy})")),
        _ => finding,
    }
}

fn counterpart_on_eci(row: &Row) -> Option<&'static str> {
    let names = row.facts().aliases.iter().filter_map(|alias| alias.split(' ').next());
    let on_pods = |name: &&str| {
        registry()
            .exactly(name)
            .is_some_and(|row| row.facts().is_for(Target::Pod))
    };
    names.into_iter().find(on_pods)
}

fn retired(
    subject: &Subject<'_>,
    row: &Row,
    key: &str,
    text: &str,
    successor: &'static str,
    site: &Site<'_>,
    out: &mut Findings,
) {
    let works = |successor: &Row| successor.facts().works_in(site.edition);
    if !registry().exactly(successor).is_none_or(works) {
        let remedy = format!("remove it: `{successor}`, which replaced it, has no effect in this edition");
        let finding = subject.finding(RETIRED, key).remedy(remedy);
        out.push(subject.without(finding, key));
        return;
    }
    let converted = legacy::converted(row, text);
    if let (Some(beside), Some(converted)) = (subject.entries.get(successor), &converted)
        && !beside.trim().is_empty()
        && !means(successor, beside, converted)
    {
        let finding = subject.finding(LEGACY_AND_CURRENT, key).found(excerpt(text));
        out.push(finding.expected(format!("what `{successor}` says: `{}`", excerpt(beside))));
        return;
    }
    let remedy = match &converted {
        Some(value) => format!("write `{successor}: \"{value}\"`"),
        None => format!("write `{successor}`; no page says which of its values means the same"),
    };
    let finding = subject.finding(RETIRED, key).remedy(remedy);
    let finding = finding.expected(format!("`{successor}`"));
    let beside = subject.entries.get(successor);
    // A successor without a value, and one that a profile injects, does not stand for the setting of the pod.
    let stands =
        beside.is_some_and(|beside| !beside.trim().is_empty()) && subject.entries.injection(successor).is_none();
    out.push(subject.mended(finding, key, |place| match (converted, beside) {
        (Some(_), Some(_)) => stands.then_some(Fix::Remove { place }),
        (Some(value), None) => Some(Fix::Exchange {
            place,
            key: successor.into(),
            value: value.into(),
        }),
        (None, _) => None,
    }));
}

/// Whether two texts are the same value of a key.
fn means(key: &str, a: &str, b: &str) -> bool {
    let canonical = |text: &str| {
        let value = registry().exactly(key).and_then(|row| row.canonical(text).ok())?;
        // `fail-over` is another word for `fail-back`.
        Some(if value == "fail-over" {
            "fail-back".to_owned()
        } else {
            value
        })
    };
    match (canonical(a), canonical(b)) {
        (Some(a), Some(b)) => a == b,
        _ => false,
    }
}

/// Tells once that the ECI annotations of a pod do nothing, since it does not run on ECI.
pub(crate) fn without_effect(pod: &PodView<'_>, annotations: Overlay<'_>, out: &mut Findings) {
    let acts_on_eci = |key: &str| {
        let row = registry().exactly(key).filter(|_| key.starts_with("k8s.aliyun.com/"));
        row.is_some_and(|row| row.facts().is_for(Target::Pod) && !row.facts().is_written_by_platform())
    };
    let keys: Vec<&str> = annotations
        .iter()
        .map(|entry| entry.key)
        .filter(|key| acts_on_eci(key))
        .collect();
    let Some(first) = keys.first() else { return };
    let finding = Subject::pod(pod, annotations).finding(WITHOUT_EFFECT, first);
    out.push(finding.found(keys.join(", ")));
}

/// Tells which changes to the annotations of a living pod do nothing.
///
/// `stored` are the annotations the pod has, `pod` is what they would become. Keys that the platform writes may change.
pub fn changed_on_live_pod(stored: Option<&BTreeMap<String, String>>, pod: &PodView<'_>, out: &mut Findings) {
    let wanted = Overlay::of(pod.meta().and_then(|meta| meta.annotations.as_ref()));
    let stored = Overlay::of(stored);
    let subject = Subject::pod(pod, wanted);
    let keys = stored
        .iter()
        .chain(wanted.iter().filter(|entry| stored.get(entry.key).is_none()));
    for key in keys.map(|entry| entry.key) {
        let (before, after) = (stored.get(key), wanted.get(key));
        let ours = registry()
            .exactly(key)
            .is_some_and(|row| row.facts().is_for(Target::Pod) && row.facts().set_by == SetBy::User);
        if before == after || !ours {
            continue;
        }
        let gone =
            |text: Option<&str>| text.map_or_else(|| "no value".to_owned(), |text| format!("`{}`", excerpt(text)));
        let finding = subject.finding(CHANGED_ON_LIVE_POD, key);
        out.push(finding.note(format!("from {} to {}", gone(before), gone(after))));
    }
}

#[cfg(test)]
mod tests {
    use eci_model::policy::Policies;
    use eci_model::{Edition, Object};
    use k8s_openapi::api::core::v1::Pod;

    use super::*;

    #[test]
    fn a_retired_key_is_removed_only_beside_a_successor_with_a_value() {
        for (successor, is_removed) in [("ecs.c5.large", true), (" ", false)] {
            let annotations: BTreeMap<String, String> = [
                ("k8s.aliyun.com/eci-instance-type".to_owned(), "ecs.c5.large".to_owned()),
                ("k8s.aliyun.com/eci-use-specs".to_owned(), successor.to_owned()),
            ]
            .into();
            let pod = Pod::default();
            let view = Object::from(&pod).pod().expect("a pod");
            let policies = Policies::default();
            let site = Site::new(Edition::Ack, &policies);
            let mut found = Findings::new();
            let annotations = Overlay::of(Some(&annotations));
            crate::check(&view, annotations, Overlay::default(), &site, &[], &mut found);
            let retired = found.iter().find(|finding| finding.rule() == RETIRED).expect("told");
            assert_eq!(
                matches!(retired.fix(), Some(Fix::Remove { .. })),
                is_removed,
                "{successor}"
            );
            assert_eq!(retired.fix().is_some(), is_removed, "{successor}");
        }
    }
}
