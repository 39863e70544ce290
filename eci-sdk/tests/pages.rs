//! The page of every rule is run: wrong manifests fire the rule at the marked line and nothing else, right ones are clean.
#![cfg(feature = "report")]
#![allow(clippy::expect_used, clippy::panic, reason = "tests say what they expect")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use eci_model::policy::Policies;
use eci_model::{Finding, Findings, Severity};
use eci_sdk::annotations::{Key, Row};
use eci_sdk::manifest::rules::unreadable;
use eci_sdk::manifest::{Document, Parsed, Reader, Seen, Source};
use eci_sdk::report::{Suppressions, mend};
use eci_sdk::{Cluster, Completion, FactsDocument, Identity, Planner, Store};

/// A fenced block of a page that names a case.
struct Case {
    is_wrong: bool,
    is_live: bool,
    /// Whether the program declares keys of its own.
    has_own_keys: bool,
    /// Whether the requests of its pods are completed with the other objects.
    is_bound: bool,
    /// Whether `\xHH` in it is a byte.
    has_bytes: bool,
    settings: Vec<(String, String)>,
    text: String,
}

impl Case {
    fn policies(&self) -> Policies {
        let mut policies = Policies::default();
        for (_, choice) in self.settings.iter().filter(|(key, _)| key == "policy") {
            let (name, choice) = choice.split_once("::").expect("a policy and its choice");
            policies.set(name, choice).expect("a policy");
        }
        policies
    }

    fn setting(&self, name: &str) -> Option<&str> {
        let setting = self.settings.iter().find(|(key, _)| key == name);
        setting.map(|(_, value)| value.as_str())
    }

    /// Whether it names a version of Kubernetes that is newer than the one of this build: `kubernetes=1.34`.
    fn is_newer(&self) -> bool {
        self.setting("kubernetes").is_some_and(|version| {
            assert_eq!(version, "1.34", "the only version that a page has asked for");
            #[allow(unused_mut, unused_assignments, reason = "changed in newer versions only")]
            let mut is_newer = true;
            k8s_openapi::k8s_if_ge_1_34! {
                is_newer = false;
            }
            is_newer
        })
    }
}

fn cases(page: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```yaml ") else {
            continue;
        };
        let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let mut words = info.split(' ');
        let is_wrong = words.next() == Some("wrong");
        let says = |wanted: &str| info.split(' ').any(|word| word == wanted);
        let pair = |word: &str| {
            word.split_once('=')
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
        };
        cases.push(Case {
            is_wrong,
            is_live: says("live"),
            has_own_keys: says("own"),
            is_bound: says("bound"),
            has_bytes: says("bytes"),
            settings: words.filter_map(pair).collect(),
            text: text.join("\n") + "\n",
        });
    }
    cases
}

/// Keys that the program of a case declares.
static OWN_KEYS: [Row; 3] = [
    Key::<u32>::pod("acme.example/shards")
        .requires(&["acme.example/mode=batch"])
        .row(),
    Key::<bool>::pod("acme.example/eager")
        .conflicts(&["acme.example/mode=batch"])
        .row(),
    Key::<String>::pod("acme.example/mode").row(),
];

/// What the file of a case holds, or why it cannot be read.
///
/// `path` names a file that is read in place of the text, `padding` MiB of a comment that ends it.
fn file(case: &Case) -> Result<Source, Finding> {
    if let Some(path) = case.setting("path") {
        let path = Path::new(path);
        let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
        return Ok(Source::from_bytes("page.yaml", bytes));
    }
    let (text, escaped) = match case.text.split_once("\\x").filter(|_| case.has_bytes) {
        Some((text, escaped)) => (text, escaped.split("\\x").collect()),
        None => (case.text.as_str(), Vec::new()),
    };
    let mut bytes = text.as_bytes().to_vec();
    for part in escaped {
        let (byte, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(byte, 16).expect("a byte"));
        bytes.extend(rest.bytes());
    }
    if let Some(mebibytes) = case.setting("padding") {
        let mebibytes: usize = mebibytes.parse().expect("a number");
        bytes.push(b'#');
        bytes.resize(bytes.len() + (mebibytes << 20), b'.');
        bytes.push(b'\n');
    }
    Ok(Source::from_bytes("page.yaml", bytes))
}

fn run(case: &Case) -> Vec<(usize, Finding)> {
    let source = match file(case) {
        Ok(source) => Arc::new(source),
        Err(finding) => return vec![(0, finding)],
    };
    let documents: Vec<Document> = Reader::new().read(&source).collect();
    let line_of = |byte: usize| source.text()[..byte].matches('\n').count() + 1;
    let line = |(index, finding): (usize, Finding)| {
        let place = finding.place();
        let begin = |document: &Document| document.span(&place.path, place.within).start;
        (
            documents.get(index).map_or(0, |document| line_of(begin(document))),
            finding,
        )
    };
    let mut suppressions = Suppressions::new();
    documents.iter().for_each(|document| suppressions.read(document));
    let mut findings = judged(case, &source);
    findings.retain(|(index, finding)| suppressions.hides(finding, documents.get(*index)).is_none());
    let noted = suppressions.findings(case.policies().suppression_reason, &[]);
    let noted = noted
        .into_iter()
        .map(|noted| (line_of(noted.span.start), noted.finding));
    findings.into_iter().map(line).chain(noted).collect()
}

/// What is found in a text, with the number of the document that each finding is about.
fn judged(case: &Case, source: &Arc<Source>) -> Vec<(usize, Finding)> {
    let documents: Vec<Document> = Reader::new().read(source).collect();
    let mut findings = Vec::new();
    let mut objects: Vec<(usize, Parsed)> = Vec::new();
    let mut seen = Seen::default();
    for (index, document) in documents.iter().enumerate() {
        let (parsed, found) = document.objects();
        let again = seen.again(document).filter(|_| !case.is_live);
        findings.extend(again.map(|finding| (index, finding)));
        findings.extend(found.into_iter().map(|finding| (index, finding)));
        objects.extend(parsed.into_iter().map(|object| (index, object)));
    }
    let edition = case.setting("edition").unwrap_or("ack").parse().expect("an edition");
    let mut cluster = Cluster::new(edition).with_policies(case.policies());
    if let Some(region) = case.setting("region") {
        cluster = cluster.in_region(region.parse().expect("a region"));
    }
    for (index, document) in documents.iter().enumerate() {
        if FactsDocument::is_one(document.api_version(), document.kind()) {
            let told = match document.read_as::<FactsDocument>() {
                Ok(facts) => cluster.learn(&facts).err().map(|error| error.at(document.reference())),
                Err(finding) => Some(finding),
            };
            findings.extend(told.map(|finding| (index, finding)));
        }
    }
    for (index, object) in &objects {
        let (_, found) = cluster.observe(object.object());
        findings.extend(found.into_iter().map(|finding| (*index, finding)));
    }
    let mut planner = Planner::new(cluster);
    if case.has_own_keys {
        planner = planner.with_keys(&OWN_KEYS);
    }
    if case.is_live {
        findings.extend(changed(&planner, &objects));
    }
    if case.is_bound {
        findings.extend(completed(&planner, &objects));
    }
    let mut auditor = planner.auditor();
    let mut of_objects = Findings::new();
    for (_, object) in &objects {
        of_objects.extend(auditor.push(object.object()).findings);
    }
    of_objects.extend(auditor.finish());
    for finding in of_objects {
        let at = documents.iter().position(|document| {
            let reference = document.reference();
            let place = &finding.place().object;
            reference.kind == place.kind && reference.name == place.name
        });
        findings.push((at.unwrap_or(usize::MAX), finding));
    }
    findings
}

/// What is found when the request of each pod is completed with the other objects.
fn completed(planner: &Planner, objects: &[(usize, Parsed)]) -> Vec<(usize, Finding)> {
    let mut store = Store::provisioning();
    for (_, object) in objects {
        store.put(object.object());
    }
    let pods = objects.iter().filter_map(|(index, object)| match object {
        Parsed::Pod(pod) => Some((*index, pod)),
        _ => None,
    });
    let mut all = Vec::new();
    for (index, pod) in pods {
        let identity = Identity::of(pod).expect("a pod with a UID");
        let namespace = identity.namespace.clone();
        let binding = planner.plan(&**pod).expect("a plan").bind(identity);
        let findings = match store.complete(&namespace, binding) {
            Completion::Ready(ready) => ready.findings().clone(),
            Completion::Rejected(findings) => findings,
            other => panic!("the store answers everything: {other:?}"),
        };
        all.extend(findings.into_iter().map(|finding| (index, finding)));
    }
    all
}

/// The first pod of a case that is live is the stored one, the second what it would become.
fn changed(planner: &Planner, objects: &[(usize, Parsed)]) -> Vec<(usize, Finding)> {
    let mut pods = objects.iter().filter(|(_, object)| matches!(object, Parsed::Pod(_)));
    let (Some((_, stored)), Some((index, wanted))) = (pods.next(), pods.next()) else {
        return Vec::new();
    };
    let about_updates = [
        eci_sdk::annotations::rules::identity::CHANGED_ON_LIVE_POD,
        eci_sdk::network::rules::SECURITY_GROUP_CHANGE,
        eci_model::limits::LIVE_POD_CHANGE,
    ];
    let mut findings = planner.review_update(stored.object(), wanted.object()).findings;
    findings.retain(|finding| about_updates.contains(&finding.rule()));
    findings.into_iter().map(|finding| (*index, finding)).collect()
}

fn marked(text: &str) -> Vec<(usize, &str)> {
    let mut marks = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if let Some((_, rule)) = line.trim().split_once("# ^^^ ") {
            marks.push((index, rule.trim()));
        }
    }
    marks
}

#[test]
fn pages_tell_the_truth() {
    let mut wrong = Vec::new();
    for rule in eci_sdk::rules().filter(|rule| !rule.page_text().is_empty()) {
        for (number, case) in cases(rule.page_text()).iter().enumerate() {
            if case.is_newer() {
                continue;
            }
            let found = run(case);
            let loud: Vec<String> = found
                .iter()
                .filter(|(_, finding)| finding.severity() > Severity::Info || finding.rule() == rule)
                .map(|(line, finding)| format!("{line} {}", finding.rule().name()))
                .collect();
            let expected: Vec<String> = marked(&case.text)
                .iter()
                .map(|(line, rule)| format!("{line} {rule}"))
                .collect();
            if loud != expected || case.is_wrong == expected.is_empty() {
                let all: Vec<String> = found
                    .iter()
                    .map(|(line, finding)| format!("    {line} {finding}"))
                    .collect();
                wrong.push(format!(
                    "{} case {number}: expected {expected:?}, found {loud:?}\n{}",
                    rule.name(),
                    all.join("\n")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} cases\n{}", wrong.len(), wrong.join("\n"));
}

/// Rules that have a fix in the wrong manifest of their page.
const MENDED: [&str; 27] = [
    "annotation-duplicate-item",
    "annotation-empty",
    "annotation-misplaced",
    "annotation-misspelt",
    "annotation-not-string",
    "annotation-on-wrong-resource",
    "annotation-retired",
    "annotation-set-by-platform",
    "annotation-spaces",
    "annotation-value-case",
    "data-cache-level-moot",
    "eip-setting-without-eip",
    "filter-with-type",
    "fixed-ip-retain-inert",
    "image-cache-setting-inert",
    "image-public-form-in-region",
    "label-as-annotation",
    "manifest-ambiguous-scalar",
    "private-pool-id-inert",
    "profile-bool",
    "profile-key-retired",
    "profile-key-unknown",
    "profile-selectors-syntax",
    "route-label-discouraged",
    "route-label-misplaced",
    "sidecar-switch-misspelt",
    "spot-limit-inert",
];

/// A fixed file has no finding of that rule, and a second run changes nothing; that nothing else changes is what `mend` looks at itself.
#[test]
fn fixes_mend_what_is_wrong() {
    let mut mended_rules = BTreeSet::new();
    for rule in eci_sdk::rules() {
        let wrong = cases(rule.page_text())
            .into_iter()
            .filter(|case| case.is_wrong && !case.is_newer());
        for case in wrong.filter(|case| !case.is_live && !case.has_bytes) {
            let Ok(source) = file(&case) else { continue };
            let mut source = Arc::new(source);
            let mut mended = BTreeSet::new();
            for round in 0.. {
                let findings = judged(&case, &source);
                let fixes: Vec<_> = findings
                    .iter()
                    .filter_map(|(at, finding)| Some((*at, finding.fix()?)))
                    .collect();
                let Some(done) = mend(&source, &fixes) else {
                    let left = findings
                        .iter()
                        .find(|(_, finding)| finding.fix().is_some() && mended.contains(finding.rule().name()));
                    assert!(left.is_none(), "{}: still there: {left:?}", rule.name());
                    break;
                };
                assert!(
                    round < 8 && done.text != source.text(),
                    "{}: fixes go on and on:\n{}",
                    rule.name(),
                    done.text
                );
                mended.extend(
                    findings
                        .iter()
                        .filter(|(_, finding)| finding.fix().is_some())
                        .map(|(_, finding)| finding.rule().name()),
                );
                source = Arc::new(Source::new("page.yaml", done.text));
            }
            mended_rules.extend(mended);
        }
    }
    let mended_rules: Vec<&str> = mended_rules.into_iter().collect();
    assert_eq!(mended_rules, MENDED);
}
