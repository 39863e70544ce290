use std::sync::Arc;

use eci_model::{ObjectRef, Severity};

use super::*;
use crate::manifest::{Reader, Stream};
use crate::{Cluster, Edition, Planner};

const REQUIRED: SuppressionReason = SuppressionReason::Required;
const OPTIONAL: SuppressionReason = SuppressionReason::Optional;

fn documents(text: &str) -> Vec<Document> {
    Reader::new().read(&Arc::new(Source::new("web.yaml", text))).collect()
}

/// What hides the errors of the documents: the name of each rule, and by what.
fn errors(documents: &[Document], suppressions: &mut Suppressions) -> Vec<(&'static str, Option<v1::Suppressed>)> {
    let planner = Planner::new(Cluster::new(Edition::Ack));
    let mut told = Vec::new();
    for document in documents {
        suppressions.read(document);
        for object in document.objects().0 {
            for finding in &planner.review(object.object()).findings {
                if finding.severity() == Severity::Error {
                    told.push((finding.rule().name(), suppressions.hides(finding, Some(document))));
                }
            }
        }
    }
    told
}

fn hidden(text: &str) -> Vec<(&'static str, Option<&'static str>)> {
    let told = errors(&documents(text), &mut Suppressions::new());
    told.into_iter().map(|(rule, by)| (rule, by.map(|by| by.by))).collect()
}

/// A pod with two errors of two rules, and room for what goes before, on the first line and above the second one.
fn pod(head: &str, beside: &str, above: &str, annotation: &str) -> String {
    format!(
        "{head}apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels: {{alibabacloud.com/eci: \"true\"}}\n  annotations:\n    \
         a: b\n{annotation}spec:\n  hostNetwork: true{beside}\n{above}  hostPID: true\n  containers: [{{name: main, image: a:1}}]\n"
    )
}

const NETWORK: &str = "host-network";
const NAMESPACE: &str = "host-pid";

macro_rules! hides {
    ($($fact:ident: $head:literal, $beside:literal, $above:literal, $annotation:literal => $network:expr, $pid:expr;)*) => {$(
        #[test]
        fn $fact() {
            let text = pod($head, $beside, $above, $annotation);
            assert_eq!(hidden(&text), [(NETWORK, $network), (NAMESPACE, $pid)], "{text}");
        }
    )*};
}

hides! {
    nothing_is_hidden_without_suppressions: "", "", "", "" => None, None;
    a_comment_behind_content_holds_for_its_line: "", " # eci: ignore host-network, host-pid -- x", "", "" => Some("comment"), None;
    a_comment_above_holds_for_the_next_line: "", "", "  # eci: ignore ECI1020 host-pid\n", "" => None, Some("comment");
    blank_lines_and_comments_may_stand_between: "", "", "# eci: ignore host-pid\n\n  # other\n", "" => None, Some("comment");
    a_comment_at_the_top_holds_for_the_document: "# team\n# eci: ignore host-pid\n", "", "", "" => None, Some("comment");
    a_comment_above_a_separator_belongs_to_no_document: "# eci: ignore host-pid\n---\n", "", "", "" => None, None;
    a_comment_below_a_separator_is_at_the_top: "---\n# eci: ignore host-pid\n", "", "", "" => None, Some("comment");
    an_annotation_holds_for_its_object: "", "", "", "    eci.sdk/ignore: host-pid -- x\n" => None, Some("annotation");
    lines_of_an_annotation_count: "", "", "", "    eci.sdk/ignore: |\n      host-pid -- x\n      ECI1020\n" => Some("annotation"), Some("annotation");
    the_nearest_is_told: "# eci: ignore host-pid\n", "", "", "    eci.sdk/ignore: host-pid -- x\n" => None, Some("comment");
    text_that_is_no_comment_does_not_count: "", "", "", "    c: '# eci: ignore host-pid'\n" => None, None;
}

#[test]
fn other_documents_are_not_reached() {
    let suppressed = pod("# eci: ignore host-pid, host-network\n", "", "", "");
    let other = pod("", "", "", "    eci.sdk/ignore: host-network\n").replace("name: web", "name: api");
    let by = [Some("comment"), Some("comment"), Some("annotation"), None];
    let rules = [NETWORK, NAMESPACE, NETWORK, NAMESPACE];
    let expected: Vec<_> = rules.into_iter().zip(by).collect();
    assert_eq!(hidden(&format!("{suppressed}---\n{other}")), expected);
}

#[test]
fn items_of_a_list_are_reached_one_by_one() {
    let text = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  \
                metadata: {name: a, labels: {alibabacloud.com/eci: \"true\"}, annotations: {eci.sdk/ignore: host-pid}}\n  \
                spec: {hostPID: true, containers: [{name: main, image: a:1}]}\n- apiVersion: v1\n  kind: Pod\n  \
                metadata: {name: b, labels: {alibabacloud.com/eci: \"true\"}}\n  \
                spec: {hostPID: true, containers: [{name: main, image: a:1}]}\n- apiVersion: v1\n  kind: Pod\n  \
                metadata: {name: c, labels: {alibabacloud.com/eci: \"true\"}}\n  # eci: ignore host-pid\n  \
                spec: {hostPID: true, containers: [{name: main, image: a:1}]}\n";
    let by = [Some("annotation"), None, Some("comment")];
    assert_eq!(hidden(text), by.map(|by| (NAMESPACE, by)));
    let indented = text.replacen("kind: List\n", "kind: List\nmetadata: {}\n", 1);
    assert_eq!(hidden(&indented), by.map(|by| (NAMESPACE, by)));
    let mut suppressions = Suppressions::new();
    errors(&documents(&indented), &mut suppressions);
    assert!(suppressions.findings(OPTIONAL, &[]).is_empty());
}

#[test]
fn an_annotation_of_a_template_holds_for_its_pods() {
    let text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {app: web}}\n  \
                template:\n    metadata:\n      labels: {app: web, alibabacloud.com/eci: \"true\"}\n      \
                annotations: {eci.sdk/ignore: host-pid}\n    \
                spec: {hostPID: true, hostNetwork: true, containers: [{name: main, image: a:1}]}\n";
    assert_eq!(hidden(text), [(NETWORK, None), (NAMESPACE, Some("annotation"))]);
}

#[test]
fn documents_of_a_stream_are_told_apart() {
    let text = pod("# eci: ignore host-pid\n", "", "", "") + "---\n" + &pod("", " # eci: ignore host-network", "", "");
    let documents: Vec<Document> = Stream::new(Reader::new(), "-", text.as_bytes())
        .map(|document| document.expect("it is read"))
        .collect();
    let told = errors(&documents, &mut Suppressions::new());
    let by: Vec<bool> = told.iter().map(|(_, by)| by.is_some()).collect();
    assert_eq!(by, [false, true, true, false]);
}

#[test]
fn reasons_are_kept() {
    let told = errors(
        &documents(&pod("", "", "  #eci:ignore host-pid -- goes in May\n", "")),
        &mut Suppressions::new(),
    );
    let reason = told[1].1.as_ref().and_then(|by| by.reason.as_deref());
    assert_eq!(reason, Some("goes in May"));
}

/// Rule, found value and marked text of what is said about the suppressions of a text.
fn noted(text: &str, reason: SuppressionReason, silent: &[&str]) -> Vec<(&'static str, String, String)> {
    let mut suppressions = Suppressions::new();
    errors(&documents(text), &mut suppressions);
    let noted = suppressions.findings(reason, silent).into_iter().map(|noted| {
        let found = noted.finding.found().unwrap_or_default().to_owned();
        (noted.finding.rule().name(), found, text[noted.span].to_owned())
    });
    noted.collect()
}

#[test]
fn what_hides_nothing_is_told_at_its_name() {
    let text = pod(
        "# eci: ignore host-pid, host-path -- x\n",
        "",
        "",
        "    eci.sdk/ignore: ECI1020, node-port\n",
    );
    let expected = [
        ("suppression-unknown-rule", "node-port", "node-port"),
        ("suppression-unused", "host-path", "host-path"),
    ];
    let expected = expected.map(|(rule, found, marked)| (rule, found.to_owned(), marked.to_owned()));
    assert_eq!(noted(&text, OPTIONAL, &[]), expected);
    assert_eq!(noted(&text, OPTIONAL, &["host-path"]), expected[..1]);
}

#[test]
fn reasons_are_asked_for_once_a_directive_and_only_by_policy() {
    let text = pod("# eci: ignore host-pid, host-network\n", "", "", "");
    assert_eq!(noted(&text, OPTIONAL, &[]), []);
    let told = noted(&text, REQUIRED, &[]);
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].0, told[0].2.as_str()),
        ("suppression-without-reason", "host-pid")
    );
}

#[test]
fn a_directive_without_rules_is_told() {
    for text in [
        pod("", " # eci: ignore -- all of it", "", ""),
        pod("", "", "", "    eci.sdk/ignore: ''\n"),
    ] {
        let told = noted(&text, OPTIONAL, &[]);
        assert_eq!(
            told.iter().map(|told| told.0).collect::<Vec<_>>(),
            ["suppression-unknown-rule"],
            "{text}"
        );
    }
}

fn outside(rule: &str) -> Suppression {
    let place = Location::new(ObjectRef::new("command line", None, "--ignore"), FieldPath::ROOT);
    Suppression::new(rule, SuppressedBy::CommandLine, place)
}

#[test]
fn suppressions_from_outside_reach_everything_or_the_files_they_mean() {
    let documents = documents(&pod("", "", "", ""));
    let mut suppressions = Suppressions::new();
    suppressions.add(outside("host-pid").because("  "));
    suppressions.add(outside("host-network").only_in(|file| file == "other.yaml"));
    let told = errors(&documents, &mut suppressions);
    assert_eq!(told[0].1, None);
    let by = told[1].1.as_ref().expect("hidden");
    assert_eq!((by.by, &by.reason), ("commandLine", &None));
    let rules: Vec<_> = suppressions
        .findings(OPTIONAL, &[])
        .iter()
        .map(|noted| noted.finding.rule().name())
        .collect();
    assert_eq!(rules, ["suppression-unused"]);
}

#[test]
fn what_is_said_about_suppressions_is_suppressed_from_outside() {
    let mut suppressions = Suppressions::new();
    suppressions.add(outside("host-path"));
    suppressions.add(outside("suppression-unused"));
    assert!(suppressions.findings(OPTIONAL, &[]).is_empty());
    let mut suppressions = Suppressions::new();
    suppressions.add(outside("suppression-unused"));
    assert_eq!(suppressions.findings(OPTIONAL, &[]).len(), 1);
    let mut suppressions = Suppressions::new();
    suppressions.add(outside("host-path").told_when_unused(false));
    assert!(suppressions.findings(OPTIONAL, &[]).is_empty());
}
