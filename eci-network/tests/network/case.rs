//! A pod in the setting of the tables: one eci-profile, some PodNetworkings, whatever else a case adds.

use std::collections::BTreeMap;

use eci_model::resource::PodNetworking;
use eci_model::{
    Decided, Edition, EffectivePod, Findings, Given, List, Object, Origin, Overlay, Policies, SecurityGroupId,
    Settings, Site, VSwitchId,
};
use eci_network::{Environment, NetworkFacts, PodNetworkings, ProfileNetwork, Resolution, resolve};
use k8s_openapi::api::core::v1::Pod;
use serde_json::{Value, json};

/// A pod and everything around it.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) edition: Edition,
    pub(crate) policies: Policies,
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) namespace: Option<BTreeMap<String, String>>,
    pub(crate) settings: Settings,
    pub(crate) networkings: Vec<PodNetworking>,
    /// vSwitches and security group of eci-profile; `None` when no profile is known.
    pub(crate) profile: Option<(Vec<VSwitchId>, Option<SecurityGroupId>)>,
    pub(crate) environment: (Vec<VSwitchId>, Vec<SecurityGroupId>),
}

/// A PodNetworking that selects pods by one label.
pub(crate) fn networking(name: &str, label: (&str, &str), vswitches: &[&str], groups: &[&str]) -> Value {
    json!({
        "metadata": {"name": name},
        "spec": {"selector": {"podSelector": {"matchLabels": {label.0: label.1}}},
                 "vSwitchOptions": vswitches, "securityGroupIDs": groups},
        "status": {"status": "Ready"},
    })
}

pub(crate) fn ids<T: std::str::FromStr<Err = eci_model::IdError>>(texts: &[&str]) -> Vec<T> {
    texts.iter().map(|text| text.parse().expect("an id")).collect()
}

fn by_annotation<T: std::str::FromStr<Err = eci_model::IdError>>(key: &'static str, texts: &[&str]) -> Given<List<T>> {
    Given::new(List(ids(texts)), Origin::PodAnnotation { key: key.into() })
}

impl Case {
    /// The setting of the resolution table: `a` is Ready and selects `net=a`, `b` failed and selects `tier=b`.
    pub(crate) fn pod(labels: &[(&str, &str)]) -> Self {
        let mut b = networking("b", ("tier", "b"), &["vsw-b1"], &["sg-b"]);
        b["status"] = json!({"status": "Fail", "message": "vsw-b1 not found"});
        let case = Self {
            edition: Edition::AckServerless,
            policies: Policies::default(),
            labels: map(labels),
            namespace: None,
            settings: Settings::default(),
            networkings: Vec::new(),
            profile: Some((ids(&["vsw-p1", "vsw-p2"]), ids(&["sg-p"]).pop())),
            environment: (Vec::new(), Vec::new()),
        };
        case.object(networking(
            "a",
            ("net", "a"),
            &["vsw-a1", "vsw-a2"],
            &["sg-a1", "sg-a2"],
        ))
        .object(b)
    }

    pub(crate) fn on(mut self, edition: Edition) -> Self {
        self.edition = edition;
        self
    }

    pub(crate) fn object(mut self, object: Value) -> Self {
        self.networkings
            .push(serde_json::from_value(object).expect("a PodNetworking"));
        self
    }

    pub(crate) fn namespace(mut self, labels: &[(&str, &str)]) -> Self {
        self.namespace = Some(map(labels));
        self
    }

    pub(crate) fn vswitches(mut self, texts: &[&str]) -> Self {
        self.settings.vswitches = Some(by_annotation("eci-vswitch", texts));
        self
    }

    pub(crate) fn groups(mut self, texts: &[&str]) -> Self {
        self.settings.security_groups = Some(by_annotation("eci-security-group", texts));
        self
    }

    pub(crate) fn policy(mut self, name: &str, choice: &str) -> Self {
        self.policies.set(name, choice).expect("a policy and its choice");
        self
    }

    pub(crate) fn resolve(&self) -> (Resolution, Findings) {
        let pod = Pod::default();
        let view = Object::from(&pod).pod().expect("a pod");
        let labels = Overlay::of(Some(&self.labels));
        let pod = EffectivePod::new(view, labels, Overlay::default(), &self.settings);
        let objects: PodNetworkings = self.networkings.iter().cloned().collect();
        let facts = NetworkFacts {
            pod_networkings: Some(&objects),
            profile: self.profile.as_ref().map(|(vswitches, group)| ProfileNetwork {
                vswitches,
                security_group: group.as_ref(),
                ..ProfileNetwork::default()
            }),
            environment: Environment {
                vswitches: &self.environment.0,
                security_groups: &self.environment.1,
            },
            ..NetworkFacts::default()
        };
        let mut findings = Findings::new();
        let site = Site::new(self.edition, &self.policies);
        let resolution = resolve(&pod, self.namespace.as_ref(), &facts, &site, &mut findings);
        (resolution, findings)
    }

    /// vSwitches and security groups with who decided: `vsw-a1,vsw-a2 by PodNetworking a`.
    pub(crate) fn decided(&self) -> (String, String) {
        let (resolution, _) = self.resolve();
        (shown(resolution.vswitches), shown(resolution.security_groups))
    }

    /// The findings as `severity name`.
    pub(crate) fn told(&self) -> Vec<String> {
        let (_, findings) = self.resolve();
        findings
            .iter()
            .map(|finding| format!("{} {}", finding.severity(), finding.rule().name()))
            .collect()
    }
}

pub(crate) fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

fn shown<T: std::fmt::Display>(decided: Option<Decided<List<T>>>) -> String {
    let shown = decided.map(|decided| format!("{} by {}", decided.value(), decided.origin()));
    shown.unwrap_or_else(|| "undecided".to_owned())
}
