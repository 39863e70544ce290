//! What each fuzz target does with its input. The same functions run under the fuzzing engine and, over the stored corpora, in
//! `cargo test` on stable Rust.

mod world;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;

use eci_sdk::annotations::{ArrayDns, CommaDns, Value};
use eci_sdk::manifest::{Document, Reader, Seen, Source, Stream};
use eci_sdk::model::api::{Action, Operation};
use eci_sdk::model::image::{ImageReference, Registry};
use eci_sdk::model::resource::PodNetworking;
use eci_sdk::model::spec::SpecList;
use eci_sdk::model::{Segment, resource};
use eci_sdk::profile::route;
use eci_sdk::{
    Cluster, Completion, Edition, FieldPath, Finding, Identity, Object, Observed, Planner, Policies, Quantity, Store,
};
use k8s_openapi::api::core::v1::{ConfigMap, Pod};

pub use world::{CHANGES, changes_of, world_operations};

/// A fuzz target: its name, and what it does with an input.
pub type Target = (&'static str, fn(&[u8]));

/// Every target. The folder of its corpus and its file under `fuzz_targets` have the same name.
pub static TARGETS: &[Target] = &[
    ("annotations", annotations),
    ("dns", dns),
    ("image", image),
    ("manifest", manifest),
    ("parameters", parameters),
    ("pod", pod),
    ("pod_networking", pod_networking),
    ("profile", profile),
    ("quantity", quantity),
    ("selector", selector),
    ("spec_list", spec_list),
    ("world_operations", world_operations),
];

/// Judges a pod with any annotations, and plans it.
pub fn annotations(input: &[u8]) {
    let Some(annotations) = map(input) else { return };
    let mut pod = Pod::default();
    pod.metadata.annotations = Some(annotations);
    for edition in [Edition::AckServerless, Edition::SelfManaged] {
        let review = Planner::new(Cluster::new(edition)).review(&pod);
        for finding in &review.findings {
            assert!(!finding.to_string().is_empty());
        }
    }
}

/// Reads any text as a list of sizes and ECS types.
pub fn spec_list(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    value::<SpecList>(text);
}

/// Reads any text as DNS settings, in both shapes.
pub fn dns(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    value::<CommaDns>(text);
    value::<ArrayDns>(text);
}

/// What is read prints as a text that is read as the same; what is not is pointed at inside the text.
fn value<T: Value + PartialEq + Debug>(text: &str) {
    match T::parse(text) {
        Ok(value) => assert_eq!(T::parse(&value.to_string()), Ok(value)),
        Err(error) => {
            let byte = |byte: u32| usize::try_from(byte).unwrap_or(usize::MAX);
            let within = byte(error.within.start)..byte(error.within.end);
            assert!(text.get(within).is_some(), "{error:?}");
        }
    }
}

/// Reads any text as a reference to an image; what was read prints as it was written, and what registries assume changes nothing more.
pub fn image(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    match ImageReference::parse(text) {
        Ok(image) => {
            assert_eq!(image.to_string(), text);
            let _ = Registry::of(&image).region();
            let whole = image.normalized();
            // What is assumed may make a long text too long.
            if let Ok(again) = ImageReference::parse(&whole) {
                assert_eq!(again.normalized(), whole);
                assert!(image.is_same_image(&again) && again.is_same_image(&image));
            }
        }
        Err(error) => assert!(text.get(error.within()).is_some(), "{error}"),
    }
}

/// Reads any bytes as manifests, whole and as a stream, which must agree; every finding stands inside the text, every object can be judged.
pub fn manifest(input: &[u8]) {
    let source = Arc::new(Source::from_bytes("input.yaml", input.to_vec()));
    let planner = Planner::new(Cluster::new(Edition::AckServerless));
    let mut seen = Seen::default();
    let mut whole = Vec::new();
    for document in Reader::new().read(&source) {
        whole.push((document.reference(), line(&document)));
        let (objects, findings) = document.objects();
        let reviews = objects.iter().map(|object| planner.review(object.object()).findings);
        for finding in reviews.flatten().chain(findings).chain(seen.again(&document)) {
            let span = document.span(&finding.place().path, finding.place().within);
            assert!(source.text().get(span.clone()).is_some(), "{span:?} of {finding}");
        }
    }
    let stream = Stream::new(Reader::new(), "input.yaml", input).filter_map(Result::ok);
    let streamed: Vec<_> = stream.map(|document| (document.reference(), line(&document))).collect();
    assert_eq!(streamed, whole);
}

/// Where a document begins.
fn line(document: &Document) -> usize {
    let begin = document.span(&FieldPath::ROOT, None).start;
    document.source().position(begin).line
}

/// Reads any parameters as a create request; what was read flattens and reads back as the same.
pub fn parameters(input: &[u8]) {
    let Some(parameters) = map(input) else { return };
    let parameters: Vec<(String, String)> = parameters.into_iter().collect();
    let Ok(read) = Operation::from_parameters(Action::CreateContainerGroup, &parameters) else {
        return;
    };
    let again = Operation::from_parameters(read.action(), &read.to_parameters());
    assert_eq!(again.as_ref(), Ok(&read));
}

/// Judges, plans and completes any pod; whatever is sent keeps its secrets from being printed.
pub fn pod(input: &[u8]) {
    let Ok(mut pod) = serde_json::from_slice::<Pod>(input) else {
        return;
    };
    pod.metadata.name.get_or_insert_with(|| "web".to_owned());
    pod.metadata.uid.get_or_insert_with(|| "u-1".to_owned());
    let mut profile = ConfigMap::default();
    profile.metadata.name = Some("eci-profile".to_owned());
    profile.metadata.namespace = Some("kube-system".to_owned());
    let data = [
        ("vSwitchIds", "vsw-bp1xpiowfm5vo8o3c1h01"),
        ("securityGroupId", "sg-bp15ed6xe1yxeycg7o22"),
    ];
    profile.data = Some(data.map(|(key, value)| (key.to_owned(), value.to_owned())).into());
    let mut cluster = Cluster::new(Edition::AckServerless);
    cluster.observe(&profile);
    let review = Planner::new(cluster).assume_bound(true).review(&pod);
    for finding in &review.findings {
        assert!(!finding.to_string().is_empty());
    }
    let (Some(plan), Some(identity)) = (review.plan, Identity::of(&pod)) else {
        return;
    };
    assert_eq!(plan.asks().is_empty(), plan.needs().is_empty());
    let completion = Store::provisioning().complete(
        pod.metadata.namespace.as_deref().unwrap_or("default"),
        plan.bind(identity),
    );
    // No API server keeps a pod without containers, and no request without any can be read.
    let has_containers = pod.spec.as_ref().is_some_and(|spec| !spec.containers.is_empty());
    if let Completion::Ready(ready) = completion
        && has_containers
    {
        let operation = Operation::from(ready.into_request());
        // The wire does not say which texts were hidden, so the parameters are compared.
        let again = Operation::from_parameters(Action::CreateContainerGroup, &operation.to_parameters());
        let again = again.as_ref().map(Operation::to_parameters);
        assert_eq!(again, Ok(operation.to_parameters()));
    }
}

/// Reads any text as a PodNetworking; what is written reads back as the same, and it and a pod that it selects can be judged.
pub fn pod_networking(input: &[u8]) {
    let Ok(read) = serde_json::from_slice::<PodNetworking>(input) else {
        return;
    };
    let Ok(written) = serde_json::to_value(&read) else {
        return;
    };
    let again = serde_json::from_value::<PodNetworking>(written.clone()).and_then(serde_json::to_value);
    assert_eq!(again.ok(), Some(written));
    let selector = read.spec.selector.as_ref().and_then(|it| it.pod_selector.as_ref());
    let mut pod = Pod::default();
    pod.metadata.labels = selector.and_then(|it| it.match_labels.clone());
    for edition in Edition::ALL {
        let mut cluster = Cluster::new(edition);
        cluster.observe(&read);
        let mut auditor = Planner::new(cluster).auditor();
        let reviews = [auditor.push(&read), auditor.push(&pod)];
        for finding in reviews
            .iter()
            .flat_map(|review| &review.findings)
            .chain(&auditor.finish())
        {
            assert!(!finding.to_string().is_empty());
        }
    }
}

/// Reads any text as the data of eci-profile: lines `key=value`, an empty line, and the selectors; without the empty line only those.
///
/// Findings stand inside the text they are about; what was read is written back as it was; what matches the pod of a selector's labels
/// can be routed, injected and told under every reading.
pub fn profile(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let (keys, selectors) = text.split_once("\n\n").unwrap_or(("", text));
    let mut data = map(keys.as_bytes()).unwrap_or_default();
    data.insert("selectors".to_owned(), selectors.to_owned());
    let mut config_map = ConfigMap::default();
    config_map.metadata.name = Some("eci-profile".to_owned());
    config_map.metadata.namespace = Some("kube-system".to_owned());
    config_map.data = Some(data.clone());
    for (edition, matching, expressions) in [
        (Edition::Ack, "OriginalLabels", "Honoured"),
        (Edition::AckServerless, "Chained", "Doubt"),
        (Edition::SelfManaged, "Chained", "Honoured"),
    ] {
        let mut policies = Policies::default();
        let chosen =
            policies.set("Matching", matching).is_ok() && policies.set("MatchExpressions", expressions).is_ok();
        assert!(chosen, "choices that exist");
        let mut cluster = Cluster::new(edition).with_policies(policies);
        let (_, findings) = cluster.observe(&config_map);
        for finding in &findings {
            stands_inside(finding, &data);
        }
        let Some(profile) = cluster.profile() else { continue };
        assert_eq!(profile.to_config_map(), config_map);
        let labels = profile
            .selectors()
            .iter()
            .find_map(|selector| selector.object_selector.as_ref()?.match_labels.clone());
        let mut pod = Pod::default();
        pod.metadata.labels = labels;
        let facts = cluster.route_facts("default");
        if let Some(view) = Object::from(&pod).pod() {
            let route = route(&view, &facts);
            for outcome in route.outcomes(&view, &facts) {
                assert!(!outcome.key.is_empty() || outcome.beaten.is_empty() || !outcome.by.to_string().is_empty());
            }
        }
        let _ = Planner::new(cluster.clone()).review(&pod);
    }
}

/// A place inside a value of a ConfigMap is a part of its text.
fn stands_inside(finding: &Finding, data: &BTreeMap<String, String>) {
    let Some((start, end)) = finding.place().within else {
        return;
    };
    let byte = |byte: u32| usize::try_from(byte).unwrap_or(usize::MAX);
    let Some(Segment::Key(key)) = finding.place().path.segments().last() else {
        return;
    };
    let value = data.get(&**key).map(String::as_str).unwrap_or_default();
    assert!(value.get(byte(start)..byte(end)).is_some(), "{finding}");
}

/// Reads any text as a Selector of a self-managed cluster; what was read is written back as the same, and acts on a pod of its labels.
pub fn selector(input: &[u8]) {
    let Ok(object) = serde_json::from_slice::<resource::Selector>(input) else {
        return;
    };
    let written = serde_json::to_string(&object).unwrap_or_default();
    assert_eq!(
        serde_json::from_str::<resource::Selector>(&written).ok().as_ref(),
        Some(&object)
    );
    for moments in ["Documented", "Code2024"] {
        let mut policies = Policies::default();
        let chosen =
            policies.set("VNodeMoments", moments).is_ok() && policies.set("SelectorNoFilter", "MatchesAll").is_ok();
        assert!(chosen, "choices that exist");
        let mut cluster = Cluster::new(Edition::SelfManaged).with_policies(policies);
        let (observed, findings) = cluster.observe(&object);
        assert_eq!(observed == Observed::Refused, findings.has_errors());
        let mut pod = Pod::default();
        pod.metadata.labels = object
            .spec
            .object_labels
            .as_ref()
            .and_then(|labels| labels.match_labels.clone());
        pod.metadata.annotations = object
            .spec
            .effect
            .as_ref()
            .and_then(|effect| effect.annotations.clone());
        let review = Planner::new(cluster).review(&pod);
        for finding in &review.findings {
            assert!(!finding.to_string().is_empty());
        }
    }
}

/// Reads a Kubernetes quantity; what can be printed reads back as the same.
pub fn quantity(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let Ok(read) = text.parse::<Quantity>() else { return };
    if let Ok(cpu) = read.cpu() {
        assert_eq!(cpu.to_string().parse::<Quantity>().and_then(Quantity::cpu), Ok(cpu));
    }
    if let Ok(memory) = read.memory() {
        assert_eq!(
            memory.to_string().parse::<Quantity>().and_then(Quantity::memory),
            Ok(memory)
        );
    }
}

/// A map out of a text with a line an entry, `key=value`: a readable form for corpora.
pub fn map(input: &[u8]) -> Option<BTreeMap<String, String>> {
    let text = std::str::from_utf8(input).ok()?;
    let entry = |line: &str| {
        line.split_once('=')
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
    };
    Some(text.lines().filter_map(entry).collect())
}
