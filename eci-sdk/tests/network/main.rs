//! The network rules as a whole input sees them: facts, profile, workloads and what stands around them, one fact a test.
#![cfg(feature = "manifest")]
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::sync::Arc;

use eci_model::Findings;
use eci_model::policy::Policies;
use eci_sdk::manifest::{Document, Parsed, Reader, Source};
use eci_sdk::{Cluster, FactsDocument, Planner};

pub(crate) const V1: &str = "vsw-bp1xpiowfm5vo8o3c1111";
pub(crate) const V2: &str = "vsw-bp1xpiowfm5vo8o3c2222";

/// What the network rules say of an input, as `severity name`, sorted; a choice of a policy is `Name::Choice`.
pub(crate) fn told(edition: &str, policy: &str, documents: &[String]) -> Vec<String> {
    let source = Arc::new(Source::new("input.yaml", documents.join("\n---\n")));
    let documents: Vec<Document> = Reader::new().read(&source).collect();
    let mut policies = Policies::default();
    if let Some((name, choice)) = policy.split_once("::") {
        policies.set(name, choice).expect("a policy and its choice");
    }
    let mut cluster = Cluster::new(edition.parse().expect("an edition")).with_policies(policies);
    for document in &documents {
        if FactsDocument::is_one(document.api_version(), document.kind()) {
            let facts: FactsDocument = document.read_as().expect("a facts document");
            cluster.learn(&facts).expect("facts that mean something");
        }
    }
    let objects: Vec<Parsed> = documents.iter().flat_map(|document| document.objects().0).collect();
    for object in &objects {
        cluster.observe(object.object());
    }
    let mut auditor = Planner::new(cluster).auditor();
    let mut findings = Findings::new();
    for object in &objects {
        findings.extend(auditor.push(object.object()).findings);
    }
    findings.extend(auditor.finish());
    let of_network = findings
        .iter()
        .filter(|finding| finding.rule().code().number() / 1000 == 3);
    let mut told: Vec<String> = of_network
        .map(|finding| format!("{} {}", finding.severity(), finding.rule().name()))
        .collect();
    told.sort();
    told
}

/// One test a row: edition, policy or nothing, documents, and what is told of one rule (or of a few, by a common start).
macro_rules! tells {
    ($($fact:ident: $edition:literal $policy:literal $about:literal [$($document:expr),* $(,)?] => [$($told:literal),*];)*) => {$(
        #[test]
        fn $fact() {
            let about: Vec<&str> = $about.split(' ').collect();
            let mut found = crate::told($edition, $policy, &[$($document.to_string()),*]);
            found.retain(|it| about.iter().any(|name| it.ends_with(&format!(" {name}"))));
            let expected: &[&str] = &[$($told),*];
            assert_eq!(found, expected);
        }
    )*};
}

mod address;
mod object;
mod zone;

pub(crate) fn profile(vswitches: &str, more: &str) -> String {
    format!(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: eci-profile, namespace: kube-system}}\ndata:\n  vSwitchIds: {vswitches}\n  \
         securityGroupId: sg-bp15ed6xe1yxeycg7o22\n{more}"
    )
}

pub(crate) fn one() -> String {
    profile(V1, "")
}

pub(crate) fn two() -> String {
    profile(&format!("{V1},{V2}"), "")
}

pub(crate) fn facts(body: &str) -> String {
    format!("apiVersion: eci.sdk/v1\nkind: Facts\n{body}")
}

/// vSwitches of a list with fields that all have in common, and one each of their own.
pub(crate) fn vswitches(fields: &[&str]) -> String {
    let rows = [V1, V2]
        .into_iter()
        .zip(fields)
        .map(|(id, fields)| format!("- {{id: {id}, {fields}}}\n"));
    facts(&format!("vswitches:\n{}", rows.collect::<String>()))
}

pub(crate) struct Workload {
    kind: &'static str,
    name: &'static str,
    head: &'static str,
    annotations: String,
    labels: &'static str,
    spec: String,
    image: &'static str,
    environment: &'static str,
}

/// A Deployment of one replica that a label sends to ECI.
pub(crate) fn web() -> Workload {
    Workload {
        kind: "Deployment",
        name: "web",
        head: "",
        annotations: String::new(),
        labels: "{app: web, alibabacloud.com/eci: 'true'}",
        spec: String::new(),
        image: "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4",
        environment: "",
    }
}

impl Workload {
    pub(crate) fn kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    pub(crate) fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    pub(crate) fn head(mut self, head: &'static str) -> Self {
        self.head = head;
        self
    }

    pub(crate) fn with(mut self, key: &str, value: &str) -> Self {
        self.annotations += &format!("k8s.aliyun.com/{key}: '{value}', ");
        self
    }

    pub(crate) fn labels(mut self, labels: &'static str) -> Self {
        self.labels = labels;
        self
    }

    pub(crate) fn spec(mut self, spec: &str) -> Self {
        self.spec = spec.to_owned();
        self
    }

    pub(crate) fn image(mut self, image: &'static str) -> Self {
        self.image = image;
        self
    }

    pub(crate) fn variable(mut self, value: &'static str) -> Self {
        self.environment = value;
        self
    }
}

impl std::fmt::Display for Workload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            kind,
            name,
            head,
            annotations,
            labels,
            spec,
            image,
            environment,
        } = self;
        let (api, is_pod) = match *kind {
            "Pod" => ("v1", true),
            "Job" => ("batch/v1", false),
            _ => ("apps/v1", false),
        };
        let env = match *environment {
            "" => String::new(),
            value => format!(", env: [{{name: ORDERS, value: '{value}'}}]"),
        };
        let inner = format!(
            "{spec}{}containers: [{{name: main, image: '{image}'{env}, resources: {{limits: {{cpu: '2', memory: 4Gi}}}}}}]",
            if spec.is_empty() { "" } else { ", " }
        );
        let meta = format!("labels: {labels}, annotations: {{{annotations}}}");
        if is_pod {
            return write!(
                f,
                "{{apiVersion: v1, kind: Pod, metadata: {{name: {name}, namespace: shop, {meta}}}, spec: {{{inner}}}}}"
            );
        }
        let comma = if head.is_empty() { "" } else { ", " };
        write!(
            f,
            "{{apiVersion: {api}, kind: {kind}, metadata: {{name: {name}, namespace: shop}}, spec: {{{head}{comma}selector: \
             {{matchLabels: {{app: web}}}}, template: {{metadata: {{{meta}}}, spec: {{{inner}}}}}}}}}"
        )
    }
}

pub(crate) fn autoscaler(most: u32) -> String {
    format!(
        "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {{name: web, namespace: shop}}\nspec:\n  maxReplicas: {most}\n  \
         scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: web}}"
    )
}

pub(crate) fn networking(name: &str, spec: &str) -> String {
    format!(
        "apiVersion: network.alibabacloud.com/v1beta1\nkind: PodNetworking\nmetadata: {{name: {name}}}\nspec: {spec}"
    )
}

pub(crate) const PRIVATE: (&str, &str) = ("eci-private-ip-address", "10.0.8.9");
pub(crate) const EIP: (&str, &str) = ("eci-eip-instanceid", "eip-bp1q5n8cq4p7f6dzu1111");

// The last cases of the published table; the others are told where layers are resolved.
tells! {
    case_7_eleven_vswitches_are_one_finding: "ack" "" "vswitch-too-many vswitch-none" [
        one(), web().with("eci-vswitch", &[V1; 11].join(","))] => [];
    case_9_an_order_switches_spreading_off: "ack" "" "zone-spread-off spread-topology-key spread-needs" [
        two(), web().with("eci-schedule-strategy", "VSwitchOrdered").spec(&zone::spread("topology.kubernetes.io/zone"))]
        => ["warning zone-spread-off"];
    case_10_one_pod_gets_the_given_address: "ack" "" "private-ip-replicas private-ip-rolling-update" [
        one(), web().head("replicas: 2").with(PRIVATE.0, PRIVATE.1)] => ["error private-ip-replicas"];
}

#[test]
fn the_forecast_names_numbers_and_zone() {
    let input = [
        vswitches(&["zone: cn-hangzhou-h, cidr: 10.0.8.0/27, used: 1"]),
        one(),
        web().head("replicas: 40").to_string(),
    ];
    let source = Arc::new(Source::new("input.yaml", input.join("\n---\n")));
    let documents: Vec<Document> = Reader::new().read(&source).collect();
    let mut cluster = Cluster::new(eci_sdk::Edition::Ack);
    cluster
        .learn(&documents[0].read_as().expect("facts"))
        .expect("they mean something");
    let objects: Vec<Parsed> = documents.iter().flat_map(|document| document.objects().0).collect();
    for object in &objects {
        cluster.observe(object.object());
    }
    let mut auditor = Planner::new(cluster).auditor();
    for object in &objects {
        auditor.push(object.object());
    }
    let findings = auditor.finish();
    let finding = findings
        .iter()
        .find(|finding| finding.rule().name() == "address-space")
        .expect("too few");
    assert_eq!(finding.title(), "40 addresses wanted, 27 free in zone cn-hangzhou-h");
    assert_eq!(finding.place().to_string(), "Deployment shop/web: spec.replicas");
}
