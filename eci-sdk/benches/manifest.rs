//! Reading and judging 5,000 generated files, against reading and typed parsing of the same objects as JSON; ratios of one run count.
#![allow(missing_docs, clippy::expect_used, reason = "a benchmark")]

use std::hint::black_box;
use std::sync::Arc;

use divan::Bencher;
use eci_sdk::manifest::{Reader, Source, Stream};
use eci_sdk::{Cluster, Edition, Planner};
use k8s_openapi::api::apps::v1::Deployment;

const FILES: usize = 5_000;

fn main() {
    divan::main();
}

/// One file as a person writes it.
fn yaml(number: usize) -> String {
    let (team, replicas, cpu) = (number % 17, 1 + number % 5, 1 + number % 4);
    format!(
        "# Deployment {number} of team {team}\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web-{number}\n  namespace: team-{team}\n  \
         labels: {{app: web-{number}, team: team-{team}}}\nspec:\n  replicas: {replicas}\n  selector:\n    matchLabels:\n      app: web-{number}\n  \
         template:\n    metadata:\n      labels:\n        app: web-{number}\n        alibabacloud.com/eci: \"true\"\n      annotations:\n        \
         k8s.aliyun.com/eci-use-specs: {cpu}-{memory}Gi\n    spec:\n      containers:\n      - name: web\n        \
         image: registry-vpc.cn-hangzhou.aliyuncs.com/team-{team}/web:1.{number}\n        command: [\"/bin/web\", \"--port\", \"8080\"]\n        \
         args:\n        - --verbose\n        - \"--name=web {number}\"\n        env:\n        - name: LOG_LEVEL\n          value: info\n        \
         - name: PASSWORD\n          valueFrom:\n            secretKeyRef:\n              name: web-{number}\n              key: password\n        \
         ports:\n        - containerPort: 8080\n          name: http\n        resources:\n          requests:\n            cpu: {cpu}\n            \
         memory: {memory}Gi\n          limits:\n            cpu: {cpu}\n            memory: {memory}Gi\n        readinessProbe:\n          \
         httpGet:\n            path: /ready\n            port: http\n          periodSeconds: 5\n        volumeMounts:\n        \
         - name: config\n          mountPath: /etc/web\n      volumes:\n      - name: config\n        configMap:\n          name: web-{number}\n",
        memory = cpu * 2
    )
}

fn files() -> Vec<Arc<Source>> {
    let files = (0..FILES).map(|number| Arc::new(Source::new(format!("web-{number}.yaml"), yaml(number))));
    files.collect()
}

/// The same objects as JSON.
fn json() -> Vec<String> {
    let texts = files().into_iter().map(|source| {
        let document = Reader::new().read(&source).next().expect("a document");
        document.root().expect("a value").to_json().to_string()
    });
    texts.collect()
}

fn read_and_judge(sources: &[Arc<Source>]) -> usize {
    let mut auditor = Planner::new(Cluster::new(Edition::Ack)).auditor();
    let mut findings = 0;
    for source in sources {
        for document in Reader::new().read(source) {
            let (objects, found) = document.objects();
            findings += found.len();
            for object in &objects {
                findings += auditor.push(object.object()).findings.len();
            }
        }
    }
    findings + auditor.finish().len()
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn yaml_read_and_judged(bencher: Bencher<'_, '_>) {
    let sources = files();
    bencher.bench(|| read_and_judge(black_box(&sources)));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn json_read_and_judged(bencher: Bencher<'_, '_>) {
    let sources: Vec<Arc<Source>> = json()
        .into_iter()
        .map(|text| Arc::new(Source::new("a.json", text)))
        .collect();
    bencher.bench(|| read_and_judge(black_box(&sources)));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn yaml_stream_read(bencher: Bencher<'_, '_>) {
    let text: Vec<String> = (0..FILES).map(yaml).collect();
    let text = text.join("---\n");
    bencher.bench(|| Stream::new(Reader::new(), "-", black_box(text.as_bytes())).count());
}

/// What nobody avoids: the unit of the others.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn json_parsed_typed(bencher: Bencher<'_, '_>) {
    let texts = json();
    bencher.bench(|| {
        let parsed = texts
            .iter()
            .filter_map(|text| serde_json::from_str::<Deployment>(black_box(text)).ok());
        parsed.map(black_box).count()
    });
}
