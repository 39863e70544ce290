//! Findings for the tests of the forms: every severity, with texts that are hard to write down.

use std::sync::Arc;

use super::v1;
use crate::manifest::{Reader, Source};
use crate::{Cluster, Edition, Planner};

const TEXT: &str = "\
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
  labels: {alibabacloud.com/eci: \"true\"}
  annotations:
    k8s.aliyun.com/eci-use-specs: \"2x4 | <b>&\"
spec:
  hostNetwork: true
  containers:
  - {name: main, image: 'shop/web:latest', resources: {limits: {cpu: 2, memory: 4Gi}}}
";

/// An error, a warning and an info of one pod.
pub(super) fn findings() -> Vec<v1::Finding> {
    read("deploy/web app.yaml", TEXT)
}

/// What is found in a text.
pub(super) fn read(name: &str, text: &str) -> Vec<v1::Finding> {
    let source = Arc::new(Source::new(name, text));
    let planner = Planner::new(Cluster::new(Edition::Ack));
    let mut rows = Vec::new();
    for document in Reader::new().read(&source) {
        for object in document.objects().0 {
            let review = planner.review(object.object());
            rows.extend(
                review
                    .findings
                    .iter()
                    .map(|finding| v1::Finding::within(finding, &document)),
            );
        }
    }
    rows
}
