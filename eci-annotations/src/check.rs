//! Which keys an object carries: known ones in their place, and no others.

use eci_model::{
    EffectivePod, Finding, FindingBuilder, Findings, Given, Injected, Location, ObjectRef, Origin, Overlay, PodView,
    Rule, Segment, Settings, Site,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use crate::annotations::Annotations;
use crate::facts::Target;
use crate::key::Row;
use crate::keys;
use crate::read;
use crate::registry::registry;
use crate::rules::{identity, image_cache, own, place, scheduling, value};
use crate::subject::Subject;
use crate::together::{Known, Scene};

/// Judges which keys a pod carries: unknown, misspelt, retired, misplaced, written by the platform, of another edition.
///
/// `own` are keys that the program declares itself: they are known, and their values are judged here. Values of listed keys are judged
/// by [`read`](crate::read).
///
/// # Example
/// ```
/// use eci_annotations::{Key, check};
/// use eci_model::policy::Policies;
/// use eci_model::{Edition, Findings, Object, Overlay, Site};
/// use k8s_openapi::api::core::v1::Pod;
///
/// const SHARDS: Key<u32> = Key::pod("k8s.aliyun.com/eci-acme-shards").min(1);
///
/// let pod: Pod = serde_json::from_str(
///     r#"{"metadata": {"name": "web", "annotations": {
///         "k8s.aliyun.com/eci-use-spec": "2-4Gi",
///         "k8s.aliyun.com/eci-acme-shards": "0"}}}"#,
/// )?;
/// let view = Object::from(&pod).pod().expect("a pod");
/// let policies = Policies::default();
/// let site = Site::new(Edition::Ack, &policies);
/// let mut findings = Findings::new();
///
/// let annotations = Overlay::of(pod.metadata.annotations.as_ref());
/// check(&view, annotations, Overlay::default(), &site, &[SHARDS.row()], &mut findings);
/// let told: Vec<_> = findings.iter().map(|finding| (finding.rule().name(), finding.expected())).collect();
/// assert_eq!(told, [
///     ("annotation-out-of-range", Some("1 or more")),
///     ("annotation-misspelt", Some("`k8s.aliyun.com/eci-use-specs`")),
/// ]);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn check(
    pod: &PodView<'_>,
    annotations: Overlay<'_>,
    labels: Overlay<'_>,
    site: &Site<'_>,
    own: &[Row],
    out: &mut Findings,
) {
    let subject = Subject::pod(pod, annotations);
    annotations
        .iter()
        .for_each(|entry| check_entry_of(&subject, entry.key, entry.value, site, own, out));
    let subject = Subject::pod_labels(pod, labels);
    for entry in labels.iter() {
        if let Some(row) = row_of(entry.key, own) {
            place::among_labels(&subject, row, entry.key, site, out);
        }
    }
}

/// The declared or listed row of a key.
fn row_of<'r>(key: &str, own: &'r [Row]) -> Option<&'r Row> {
    let declared = own.iter().find(|row| row.facts().matches(key));
    declared.or_else(|| registry().find(key))
}

/// Judges which keys a pod carries that certainly does not run on ECI.
///
/// Misspelt, retired and misplaced keys are told as for any pod, since the pod may be sent to ECI one day. That the others do nothing is
/// told once, as information.
///
/// # Example
/// ```
/// use eci_model::policy::Policies;
/// use eci_model::{Edition, Findings, Object, Overlay, Site};
/// use k8s_openapi::api::core::v1::Pod;
///
/// let pod: Pod = serde_json::from_str(
///     r#"{"metadata": {"name": "web", "annotations": {"k8s.aliyun.com/eci-use-specs": "2-4Gi"}}}"#,
/// )?;
/// let view = Object::from(&pod).pod().expect("a pod");
/// let policies = Policies::default();
/// let site = Site::new(Edition::Ack, &policies);
/// let mut findings = Findings::new();
///
/// let annotations = Overlay::of(pod.metadata.annotations.as_ref());
/// eci_annotations::check_unbound(&view, annotations, Overlay::default(), &site, &[], &mut findings);
/// assert_eq!(findings.iter().next().map(|finding| finding.rule().name()), Some("annotation-without-effect"));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn check_unbound(
    pod: &PodView<'_>,
    annotations: Overlay<'_>,
    labels: Overlay<'_>,
    site: &Site<'_>,
    own: &[Row],
    out: &mut Findings,
) {
    let mut found = Findings::new();
    check(pod, annotations, labels, site, own, &mut found);
    let any_pod = |finding: &Finding| ROUTING_INDEPENDENT.iter().any(|rule| finding.rule() == *rule);
    out.extend(found.into_iter().filter(any_pod));
    burst_resource(pod, annotations, labels, site, out);
    identity::without_effect(pod, annotations, out);
}

/// This key decides where the pod runs, so it is judged on every pod.
fn burst_resource(
    pod: &PodView<'_>,
    annotations: Overlay<'_>,
    labels: Overlay<'_>,
    site: &Site<'_>,
    out: &mut Findings,
) {
    let key = keys::BURST_RESOURCE.name();
    let Some(text) = annotations.get(key) else { return };
    let subject = Subject::pod(pod, annotations);
    read::value_of(&subject, key, text, site, out);
    let Ok(Some(burst)) = Annotations::new(annotations).get(keys::BURST_RESOURCE) else {
        return;
    };
    let origin = Origin::PodAnnotation { key: key.into() };
    let mut settings = Settings::default();
    settings.burst_resource = Some(Given::new(burst, origin));
    let effective = EffectivePod::new(*pod, labels, annotations, &settings);
    let scene = Scene {
        pod: &effective,
        subject,
        site,
        known: &Known::default(),
    };
    scheduling::burst(&scene, out);
}

/// Rules about the identity and the place of keys, which hold wherever the pod runs.
const ROUTING_INDEPENDENT: [&Rule; 7] = [
    identity::MISSPELT,
    identity::RETIRED,
    identity::SET_BY_PLATFORM,
    identity::LEGACY_AND_CURRENT,
    place::WRONG_RESOURCE,
    place::LABEL_AS_ANNOTATION,
    place::SWITCH_AS_ANNOTATION,
];

/// Begins the finding that an entry of labels or annotations is no text, when its key is a listed one.
///
/// Typed objects cannot hold such an entry; this is for programs that read manifests.
///
/// # Example
/// ```
/// use eci_model::{FieldPath, Location, ObjectRef};
///
/// let path = FieldPath::of("metadata.annotations").with_key("k8s.aliyun.com/eci-with-eip");
/// let place = Location::new(ObjectRef::new("Pod", Some("shop"), "web"), path);
/// let finding = eci_annotations::not_string(place, "true").expect("a listed key").build();
/// assert_eq!(finding.rule().name(), "annotation-not-string");
/// ```
pub fn not_string(place: Location, written: &str) -> Option<FindingBuilder> {
    let [.., Segment::Field(map), Segment::Key(key)] = place.path.segments() else {
        return None;
    };
    let listed = matches!(map.as_ref(), "annotations" | "labels") && registry().find(key).is_some();
    listed.then(|| {
        let finding = value::NOT_STRING.at(place).found(value::excerpt(written));
        finding.expected("a text in quotes")
    })
}

fn check_entry_of(subject: &Subject<'_>, key: &str, text: &str, site: &Site<'_>, own: &[Row], out: &mut Findings) {
    if let Some(row) = own.iter().find(|row| row.facts().matches(key)) {
        own::judge(subject, row, (key, text), site, own, out);
        return;
    }
    match registry().find(key) {
        None => identity::unknown(subject, key, own, site, out),
        Some(row) => {
            if !place::on_pod(subject, row, key, site, out) {
                identity::listed(subject, row, key, text, site, out);
            }
        }
    }
}

/// Judges the annotations of the object around a pod template: keys of pods do nothing there.
pub fn check_owner(pod: &PodView<'_>, site: &Site<'_>, own: &[Row], out: &mut Findings) {
    if !pod.is_template() {
        return;
    }
    let subject = Subject::owner(pod);
    for entry in subject.entries.iter() {
        if let Some(row) = row_of(entry.key, own) {
            place::on_owner(&subject, pod, row, (entry.key, entry.value), site, out);
        }
    }
}

/// Judges the annotations of an object that holds no pod: a Service, a Namespace, a Node, a ConfigMap, an ImageCache.
///
/// Keys of pods do nothing there. The keys of an ImageCache are judged with their values.
///
/// # Example
/// ```
/// use eci_model::policy::Policies;
/// use eci_model::{Edition, Findings, ObjectRef, Site};
/// use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
///
/// let meta = ObjectMeta {
///     annotations: Some([("k8s.aliyun.com/eci-security-group".to_owned(), "sg-bp15ed6xe1yxeycg7o22".to_owned())].into()),
///     ..ObjectMeta::default()
/// };
/// let policies = Policies::default();
/// let site = Site::new(Edition::Ack, &policies);
/// let mut findings = Findings::new();
///
/// let cache = ObjectRef::new("ImageCache", None, "shop");
/// eci_annotations::check_object(&cache, &meta, &site, &[], &mut findings);
/// let finding = findings.iter().next().expect("a key of pods");
/// assert_eq!((finding.rule().name(), finding.expected()), ("annotation-on-wrong-resource", Some("`k8s.aliyun.com/security-group-id`")));
/// ```
pub fn check_object(object: &ObjectRef, meta: &ObjectMeta, site: &Site<'_>, own: &[Row], out: &mut Findings) {
    let subject = Subject::object(object, Overlay::of(meta.annotations.as_ref()));
    let is_cache = object.kind == "ImageCache";
    for entry in subject.entries.iter() {
        let Some(row) = row_of(entry.key, own) else {
            continue;
        };
        if !is_cache {
            place::on_object(&subject, row, entry.key, site, out);
        } else if row.facts().is_for(Target::ImageCache) {
            value::tell(&subject, row, entry.key, entry.value, site, out, |text, reading| {
                row.judge(text, reading)
            });
        } else if row.facts().is_for(Target::Pod) && !row.facts().is_written_by_platform() {
            place::wrong_resource(&subject, row, entry.key, site, out);
        }
    }
    if is_cache {
        image_cache::together(&subject, site, out);
    }
}

/// Judges one annotation that something writes on pods, such as an effect of eci-profile: its key and its value.
///
/// # Example
/// ```
/// use eci_model::policy::Policies;
/// use eci_model::{Edition, FieldPath, Findings, Location, ObjectRef, Site};
///
/// let profile = ObjectRef::new("ConfigMap", Some("kube-system"), "eci-profile");
/// let place = Location::new(profile, FieldPath::of("data.selectors"));
/// let policies = Policies::default();
/// let site = Site::new(Edition::Ack, &policies);
/// let mut findings = Findings::new();
///
/// eci_annotations::check_entry("k8s.aliyun.com/eci-max-pending-minute", "5", &place, &site, &[], &mut findings);
/// assert_eq!(findings.iter().next().map(|finding| finding.rule().name()), Some("annotation-out-of-range"));
/// ```
pub fn check_entry(key: &str, text: &str, place: &Location, site: &Site<'_>, own: &[Row], out: &mut Findings) {
    let entry = [Injected {
        key,
        value: text,
        origin: Origin::Caller,
        place: Some(place),
    }];
    let subject = Subject::entry(place, Overlay::with(None, &entry));
    check_entry_of(&subject, key, text, site, own, out);
    read::value_of(&subject, key, text, site, out);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use eci_model::policy::Policies;
    use eci_model::{Edition, Object};
    use k8s_openapi::api::core::v1::Pod;

    use super::*;
    use crate::facts::{Category, SetBy};
    use crate::key::Key;
    use crate::spelling::WORK;

    fn told(edition: Edition, annotations: &BTreeMap<String, String>, own: &[Row]) -> Findings {
        let pod = Pod::default();
        let view = Object::from(&pod).pod().expect("a pod");
        let policies = Policies::default();
        let site = Site::new(edition, &policies);
        let mut findings = Findings::new();
        let annotations = Overlay::of(Some(annotations));
        check(&view, annotations, Overlay::default(), &site, own, &mut findings);
        findings
    }

    fn names(edition: Edition, key: &str, text: &str, own: &[Row]) -> Vec<&'static str> {
        let findings = told(edition, &[(key.to_owned(), text.to_owned())].into(), own);
        findings.iter().map(|finding| finding.rule().name()).collect()
    }

    #[test]
    fn keys_without_effect_are_told_in_the_editions_that_lack_them_and_only_there() {
        let mut told = 0;
        for row in registry().iter().filter(|row| row.facts().is_for(Target::Pod)) {
            let facts = row.facts();
            for edition in Edition::ALL {
                let expected = facts.set_by != SetBy::Platform && !facts.works_in(edition);
                let names = names(edition, row.name(), facts.examples.first().unwrap_or(&"a"), &[]);
                assert_eq!(
                    names.contains(&"annotation-edition"),
                    expected,
                    "{} in {edition}",
                    row.name()
                );
                told += usize::from(expected);
            }
        }
        // Nine names of the catalogue, of which one stands for the two keys of private pools.
        assert_eq!(told, 10);
    }

    #[test]
    fn every_misspelling_by_one_letter_is_told_with_its_key() {
        let annotation = |row: &&Row| row.facts().is_for(Target::Pod) && row.facts().category != Category::System;
        for row in registry().iter().filter(annotation) {
            let name = row.name();
            for index in (0..name.len()).filter(|index| index % 3 == 0) {
                let misspelt = format!("{}{}", &name[..index], &name[index + 1..]);
                if registry().find(&misspelt).is_some() {
                    continue;
                }
                let findings = told(Edition::Ack, &[(misspelt.clone(), "a".to_owned())].into(), &[]);
                let finding = findings.iter().next().expect("told");
                assert_eq!(finding.rule(), identity::MISSPELT, "{misspelt}");
                assert!(
                    finding
                        .expected()
                        .is_some_and(|text| text.contains(&format!("`{name}`"))),
                    "{misspelt}"
                );
            }
        }
    }

    /// Unknown keys of the worst kind: each is compared with the listed ones.
    fn unknown(keys: usize) -> BTreeMap<String, String> {
        (0..keys)
            .map(|number| (format!("k8s.aliyun.com/eci-quantum-{number:06}"), "on".to_owned()))
            .collect()
    }

    #[test]
    fn the_work_grows_as_the_number_of_keys_does() {
        let work = |keys: usize| {
            WORK.with(|work| work.set(0));
            assert_eq!(told(Edition::Ack, &unknown(keys), &[]).len(), keys);
            WORK.with(std::cell::Cell::get)
        };
        let (few, many) = (work(1_000), work(100_000));
        assert!(
            many <= 100 * few + few,
            "{few} for a thousand keys, {many} for a hundred thousand"
        );
    }

    const SHARDS: Key<u32> = Key::pod("acme.example/shards").min(1).max(64);
    const ON_CACHES: Key<u32> = Key::on("acme.example/layers", &[Target::ImageCache]);
    const AS_LABEL: Key<bool> = Key::on("acme.example/team", &[Target::PodLabel]);
    const WRITTEN: Key<String> = Key::pod("acme.example/state").set_by(SetBy::Platform);
    const ACK_ONLY: Key<bool> = Key::pod("acme.example/boost").editions(eci_model::Editions::ACK_BOTH);
    const NUMBERED: Key<u32> = Key::pod("acme.example/shard.{key}").min(1);
    const GONE: Key<u32> =
        Key::pod("acme.example/parts").standing(crate::facts::Standing::Retired("acme.example/shards"));

    macro_rules! declared {
        ($($fact:ident: $edition:ident $key:literal = $text:literal => [$($rule:literal),*];)*) => {$(
            #[test]
            fn $fact() {
                let own = [
                    SHARDS.row(),
                    ON_CACHES.row(),
                    AS_LABEL.row(),
                    WRITTEN.row(),
                    ACK_ONLY.row(),
                    NUMBERED.row(),
                    GONE.row(),
                ];
                let expected: &[&str] = &[$($rule),*];
                assert_eq!(names(Edition::$edition, $key, $text, &own), expected);
            }
        )*};
    }

    declared! {
        a_declared_key_is_known: Ack "acme.example/shards" = "8" => [];
        a_declared_range_holds: Ack "acme.example/shards" = "65" => ["annotation-out-of-range"];
        a_declared_form_holds: Ack "acme.example/shards" = "many" => ["annotation-bad-value"];
        a_declared_key_has_a_value: Ack "acme.example/shards" = " " => ["annotation-empty"];
        a_declared_key_may_be_masked: Ack "acme.example/shards" = "****" => ["annotation-placeholder"];
        a_declared_key_may_be_misspelt: Ack "acme.example/shard" = "8" => ["annotation-misspelt"];
        declared_keys_of_caches_are_none_of_pods: Ack "acme.example/layers" = "1" => ["annotation-on-wrong-resource"];
        declared_labels_are_no_annotations: Ack "acme.example/team" = "true" => ["label-as-annotation"];
        declared_keys_may_be_written_by_programs_only: Ack "acme.example/state" = "on" => ["annotation-set-by-platform"];
        declared_editions_hold: SelfManaged "acme.example/boost" = "true" => ["annotation-edition"];
        declared_editions_hold_only_there: Ack "acme.example/boost" = "true" => [];
        declared_patterns_are_known: Ack "acme.example/shard.web" = "2" => [];
        declared_patterns_have_ranges: Ack "acme.example/shard.web" = "0" => ["annotation-out-of-range"];
        declared_keys_may_be_retired: Ack "acme.example/parts" = "2" => ["annotation-retired"];
    }
}
