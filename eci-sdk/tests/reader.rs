//! No input makes the reader panic, and every place that it names lies inside the text.
#![cfg(feature = "report")]
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::sync::Arc;

use eci_sdk::manifest::{Document, Reader, Seen, Source, Stream};
use eci_sdk::report::human::{Excerpt, Style, render};
use eci_sdk::{Cluster, Edition, Planner};
use proptest::prelude::*;

/// Documents with everything that the reader has an opinion on.
const MANIFESTS: &str = r#"# a comment
apiVersion: v1
kind: ConfigMap
metadata: {name: eci-profile, namespace: kube-system}
data:
  vSwitchIds: vsw-bp1xpiowfm5vo8o3c1h01,vsw-1
  selectors: |
    [{"name": "größe", "objectSelector": {"matchLabels": {"app": "web"}},
      "effect": {"annotations": {"k8s.aliyun.com/eci-use-specs": "2-4Gi,4x8"}}}]
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: &labels {app: web, 标签: "日本語 \u00e9 \e"}
spec:
  replicas: 0x2
  template:
    metadata:
      labels: {<<: *labels, alibabacloud.com/eci: "true"}
      annotations:
        k8s.aliyun.com/eci-ntp-server: 'it''s, 100.100.5.1'
        k8s.aliyun.com/eci-custom-hosts: >-
          [{"host": "db",
          "adress": "10.0.0.1"}]
    spec:
      hostNetwork: yes
      containres: []
      containers:
      - {name: web, image: "shop/web:1.4", env: [{name: A, value: 0644}, {name: A, name: B}]}
      volumes:
      - name: v
        hostPath: {path: "/a\
          b"}
---
{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Pod", "spec": {"hostPID": "\ud83d\ude00"}}]}
--- text
apiVersion: example.com/v1
kind: Fleet
spec: {podTemplate: {spec: {containers: [{name: a}]}}}
"#;

/// A change of a text: bytes taken out, others put in.
type Edit = (prop::sample::Index, usize, Vec<u8>);

fn edit() -> impl Strategy<Value = Edit> {
    let insert = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..4),
        prop::sample::select(vec![
            "\n", "\r\n", "\t", "---\n", ": ", "- ", "{", "}", "[", "]", "\"", "'", "#", "&a ", "*a ", "|\n", ">\n",
            "<<: ", "!!str ", "\\", "日", "\u{feff}", "? ", "%", "...\n",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    (any::<prop::sample::Index>(), 0_usize..12, insert)
}

fn edited(edits: &[Edit]) -> Vec<u8> {
    let mut bytes = MANIFESTS.as_bytes().to_vec();
    for (index, length, insert) in edits {
        let start = index.index(bytes.len() + 1);
        let end = (start + length).min(bytes.len());
        bytes.splice(start..end, insert.iter().copied());
    }
    bytes
}

/// Judges documents as the command line does; each finding must stand inside the text and can be printed.
fn judge(documents: &[Document]) -> Result<(), TestCaseError> {
    let mut cluster = Cluster::new(Edition::AckServerless);
    let mut seen = Seen::default();
    let mut found = Vec::new();
    for document in documents {
        let (objects, findings) = document.objects();
        found.extend(
            findings
                .into_iter()
                .chain(seen.again(document))
                .map(|finding| (document, finding)),
        );
        for object in &objects {
            found.extend(
                cluster
                    .observe(object.object())
                    .1
                    .into_iter()
                    .map(|finding| (document, finding)),
            );
        }
    }
    let planner = Planner::new(cluster);
    for document in documents {
        for object in &document.objects().0 {
            let review = planner.review(object.object());
            found.extend(review.findings.into_iter().map(|finding| (document, finding)));
        }
        for (span, comment) in document.comments() {
            prop_assert_eq!(document.source().text().get(span), Some(comment));
        }
    }
    for (document, finding) in found {
        let text = document.source().text();
        let span = document.span(&finding.place().path, finding.place().within);
        prop_assert!(
            text.get(span.clone()).is_some(),
            "{:?} of {} bytes: {}",
            span,
            text.len(),
            finding
        );
        let style = Style {
            colours: true,
            ..Style::PLAIN
        };
        let printed = render(&finding, Some(&Excerpt::of(document, &finding)), &[], style);
        prop_assert!(printed.contains(finding.rule().name()));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn edited_manifests_are_judged(edits in prop::collection::vec(edit(), 0..6)) {
        let source = Arc::new(Source::from_bytes("input.yaml", edited(&edits)));
        let documents: Vec<Document> = Reader::new().read(&source).collect();
        judge(&documents)?;
    }

    #[test]
    fn edited_streams_are_judged(edits in prop::collection::vec(edit(), 0..6)) {
        let bytes = edited(&edits);
        let stream = Stream::new(Reader::new(), "-", bytes.as_slice());
        let documents: Vec<Document> = stream.map(|document| document.expect("memory can be read")).collect();
        judge(&documents)?;
    }

    #[test]
    fn any_bytes_are_judged(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let source = Arc::new(Source::from_bytes("input.yaml", bytes));
        let documents: Vec<Document> = Reader::new().read(&source).collect();
        judge(&documents)?;
    }
}
