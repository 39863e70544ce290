//! What each fuzz target does with its input. The same functions run under the fuzzing engine and, over the stored corpora, in
//! `cargo test` on stable Rust.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;

use eci_sdk::annotations::{ArrayDns, CommaDns, Value};
use eci_sdk::manifest::{Reader, Source};
use eci_sdk::model::api::{Action, Operation};
use eci_sdk::model::image::{ImageReference, Registry};
use eci_sdk::model::resource::PodNetworking;
use eci_sdk::model::spec::SpecList;
use eci_sdk::{Cluster, Completion, Edition, Identity, Planner, Quantity, Store};
use k8s_openapi::api::core::v1::{ConfigMap, Pod};

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
    ("spec_list", spec_list),
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

/// Reads any text as manifests; every finding stands inside the text, and every object can be judged.
pub fn manifest(input: &[u8]) {
    let source = Arc::new(Source::from_bytes("input.yaml", input.to_vec()));
    let planner = Planner::new(Cluster::new(Edition::AckServerless));
    for document in Reader::new().read(&source) {
        let (objects, findings) = document.objects();
        let reviews = objects.iter().map(|object| planner.review(object.object()).findings);
        for finding in reviews.flatten().chain(findings) {
            let span = document.span(&finding.place().path, finding.place().within);
            assert!(
                span.start <= source.text().len() + 1 && span.start <= span.end,
                "{span:?} of {finding}"
            );
        }
    }
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
    if let Completion::Ready(ready) = completion {
        let operation = Operation::from(ready.into_request());
        let again = Operation::from_parameters(Action::CreateContainerGroup, &operation.to_parameters());
        assert_eq!(again.as_ref(), Ok(&operation));
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

/// Reads any text as the selectors of eci-profile.
pub fn profile(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let mut config_map = ConfigMap::default();
    config_map.metadata.name = Some("eci-profile".to_owned());
    config_map.metadata.namespace = Some("kube-system".to_owned());
    config_map.data = Some([("selectors".to_owned(), text.to_owned())].into());
    let mut cluster = Cluster::new(Edition::Ack);
    let (_, findings) = cluster.observe(&config_map);
    for finding in &findings {
        if let Some((start, end)) = finding.place().within {
            let byte = |byte: u32| usize::try_from(byte).unwrap_or(usize::MAX);
            assert!(text.get(byte(start)..byte(end)).is_some(), "{finding}");
        }
    }
    let _ = Planner::new(cluster).review(&Pod::default());
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
