//! What each rule says, word for word: every case of `golden/cases.txt` with all its findings.
#![allow(clippy::expect_used, clippy::panic, reason = "tests say what they expect")]

use std::collections::BTreeSet;

use eci_annotations::{
    DataCacheSize, Key, Known, RULES, Row, changed_on_live_pod, check, check_object, check_owner, check_together,
    check_unbound, not_string, read,
};
use eci_model::policy::Policies;
use eci_model::resource::ImageCache;
use eci_model::{
    Edition, EffectivePod, FieldPath, Finding, Findings, Location, Object, ObjectRef, Overlay, PodView, Site,
};
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::batch::v1::Job;
use k8s_openapi::api::core::v1::{Pod, Service};
use serde_json::{Value, json};

/// Keys that the program of a case declares.
static OWN: [Row; 3] = [
    Key::<u32>::pod("acme.example/shards")
        .requires(&["acme.example/mode=batch"])
        .min(1)
        .row(),
    Key::<bool>::pod("acme.example/eager")
        .conflicts(&["acme.example/mode=batch"])
        .row(),
    Key::<String>::pod("acme.example/mode").row(),
];

/// A case: lines of a word and what follows it.
struct Case<'t> {
    text: &'t str,
    lines: Vec<(&'t str, &'t str)>,
}

impl<'t> Case<'t> {
    fn new(text: &'t str) -> Self {
        let lines = text.lines().filter_map(|line| line.split_once(' ')).collect();
        Self { text, lines }
    }

    fn word(&self, name: &str) -> Option<&'t str> {
        self.lines.iter().find(|(word, _)| *word == name).map(|(_, rest)| *rest)
    }

    fn json(&self, name: &str) -> Value {
        let text = self.word(name).unwrap_or("null");
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
    }

    fn meta(&self) -> Value {
        let (annotations, labels) = (self.json("annotations"), self.json("labels"));
        json!({"name": "web", "namespace": "shop", "annotations": annotations, "labels": labels})
    }

    fn spec(&self) -> Value {
        match self.json("spec") {
            Value::Null => json!({"dnsPolicy": "Default", "containers": [{"name": "web", "image": "web:1.4"}]}),
            spec => spec,
        }
    }

    fn findings(&self) -> Findings {
        let mut policies = Policies::default();
        if let Some((name, choice)) = self.word("policy").and_then(|policy| policy.split_once('=')) {
            policies.set(name, choice).expect("a policy");
        }
        let edition: Edition = self.word("edition").unwrap_or("ack").parse().expect("an edition");
        let site = Site::new(edition, &policies);
        let mut findings = Findings::new();
        match self.word("kind").unwrap_or("Pod") {
            "Deployment" => self.deployment(&site, &mut findings),
            "Service" => {
                let service: Service = serde_json::from_value(json!({"metadata": self.meta()})).expect("a Service");
                let object = Object::from(&service);
                check_object(&object.reference(), object.meta(), &site, &OWN, &mut findings);
            }
            "ImageCache" => {
                let cache = json!({"metadata": self.meta(), "spec": self.json("spec")});
                let cache: ImageCache = serde_json::from_value(cache).expect("an ImageCache");
                let object = Object::from(&cache);
                check_object(&object.reference(), object.meta(), &site, &OWN, &mut findings);
            }
            "Job" => {
                let template = json!({"metadata": self.meta(), "spec": self.spec()});
                let job = json!({"metadata": {"name": "web", "namespace": "shop"}, "spec": {"template": template}});
                let job: Job = serde_json::from_value(job).expect("a Job");
                self.pod(&Object::from(&job).pod().expect("a template"), &site, &mut findings);
            }
            "value" => {
                let path = FieldPath::of("metadata.annotations").with_key("k8s.aliyun.com/eci-with-eip");
                let place = Location::new(ObjectRef::new("Pod", Some("shop"), "web"), path);
                findings.push(not_string(place, self.word("written").expect("a value")).expect("a listed key"));
            }
            _ => {
                let pod: Pod =
                    serde_json::from_value(json!({"metadata": self.meta(), "spec": self.spec()})).expect("a Pod");
                self.pod(&Object::from(&pod).pod().expect("a pod"), &site, &mut findings);
            }
        }
        findings
    }

    fn deployment(&self, site: &Site<'_>, findings: &mut Findings) {
        let template = json!({"metadata": {"annotations": self.json("template")}, "spec": self.spec()});
        let workload = json!({"metadata": self.meta(), "spec": {"selector": {}, "template": template}});
        let workload: Deployment = serde_json::from_value(workload).expect("a Deployment");
        check_owner(
            &Object::from(&workload).pod().expect("a template"),
            site,
            &OWN,
            findings,
        );
    }

    fn pod(&self, view: &PodView<'_>, site: &Site<'_>, findings: &mut Findings) {
        let meta = view.meta().expect("metadata");
        let (annotations, labels) = (
            Overlay::of(meta.annotations.as_ref()),
            Overlay::of(meta.labels.as_ref()),
        );
        if self.word("stored").is_some() {
            let stored = serde_json::from_value(self.json("stored")).expect("annotations");
            changed_on_live_pod(Some(&stored), view, findings);
            return;
        }
        if self.word("routing") == Some("elsewhere") {
            check_unbound(view, annotations, labels, site, &OWN, findings);
            return;
        }
        let settings = read(view, annotations, site, findings);
        check(view, annotations, labels, site, &OWN, findings);
        let mut known = Known::default();
        let caches = [DataCacheSize {
            bucket: "default",
            path: "/models",
            gib: 20,
        }];
        if self.word("known") == Some("facts") {
            known.log_controller = Some(true);
            known.version = Some((1, 30));
            known.data_caches = &caches;
        }
        check_together(
            &EffectivePod::new(*view, labels, annotations, &settings),
            site,
            &known,
            findings,
        );
    }
}

fn told(finding: &Finding) -> String {
    let within = finding
        .place()
        .within
        .map_or_else(String::new, |(start, end)| format!(" [{start}..{end}]"));
    let mut text = format!("  {} ({}){within}\n", finding, finding.rule().name());
    let related = finding
        .related()
        .iter()
        .map(|(place, why)| format!("beside {place}: {why}"));
    let notes = finding.notes().iter().map(|note| format!("note: {note}"));
    let fix = finding.fix().map(|_| "mends itself".to_owned());
    for line in notes
        .chain(related)
        .chain([format!("instead: {}", finding.remedy())])
        .chain(fix)
    {
        text += &format!("    {line}\n");
    }
    text
}

#[test]
fn findings_read_as_they_did() {
    let mut rules = BTreeSet::new();
    let mut shown = String::new();
    let cases = include_str!("golden/cases.txt")
        .split("\n\n")
        .map(str::trim)
        .filter(|text| !text.is_empty());
    for case in cases.map(Case::new) {
        shown += case.text;
        shown.push('\n');
        for finding in &case.findings() {
            rules.insert(finding.rule().code().number());
            shown += &told(finding);
        }
        shown.push('\n');
    }
    let missing = RULES
        .as_slice()
        .iter()
        .filter(|rule| !rules.contains(&rule.code().number()));
    assert_eq!(
        missing.map(|rule| rule.name()).collect::<Vec<_>>(),
        Vec::<&str>::new(),
        "rules without a case"
    );
    insta::with_settings!({prepend_module_to_snapshot => false, snapshot_path => "golden", omit_expression => true}, {
        insta::assert_snapshot!("findings", shown);
    });
}
