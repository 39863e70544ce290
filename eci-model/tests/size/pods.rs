//! Pods of tests: JSON and annotations in, sizing and findings out.

use std::collections::BTreeMap;
use std::str::FromStr;

use eci_model::billing::{Currency, Prices};
use eci_model::policy::Policies;
use eci_model::settings::{Generation, Signed, SignedItem};
use eci_model::spec::{self, Sizing, SpecItem, SpecList, SpotStrategy};
use eci_model::{Edition, EffectivePod, Findings, Given, List, Object, Origin, Overlay, Region, Settings, Site};
use k8s_openapi::api::apps::v1::{Deployment, StatefulSet};
use k8s_openapi::api::core::v1::Pod;
use serde_json::{Value, json};

/// A pod, or a workload, and where it would run.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) spec: Value,
    pub(crate) annotations: BTreeMap<String, String>,
    pub(crate) policies: Policies,
    pub(crate) region: Option<Region>,
    pub(crate) edition: Edition,
    pub(crate) prices: Option<Prices>,
    pub(crate) owner: Owner,
}

#[derive(Clone, Copy)]
pub(crate) enum Owner {
    Pod,
    Deployment(u32),
    StatefulSet(u32),
}

impl Case {
    /// A pod of such containers, in Hangzhou, with list prices.
    pub(crate) fn of(containers: &Value) -> Self {
        Self {
            spec: json!({ "containers": containers }),
            annotations: BTreeMap::new(),
            policies: Policies::default(),
            region: Some("cn-hangzhou".parse().expect("a region")),
            edition: Edition::Ack,
            prices: Some(Prices::list(Currency::Cny)),
            owner: Owner::Pod,
        }
    }

    /// A pod of one container with such limits.
    pub(crate) fn limits(cpu: &str, memory: &str) -> Self {
        Self::of(&json!([{"name": "web", "resources": {"limits": {"cpu": cpu, "memory": memory}}}]))
    }

    pub(crate) fn note(mut self, key: &str, value: &str) -> Self {
        self.annotations
            .insert(format!("k8s.aliyun.com/{key}"), value.to_owned());
        self
    }

    pub(crate) fn with(mut self, field: &str, value: Value) -> Self {
        self.spec[field] = value;
        self
    }

    pub(crate) fn policy(mut self, name: &str, choice: &str) -> Self {
        self.policies.set(name, choice).expect("a policy");
        self
    }

    pub(crate) fn anywhere(mut self) -> Self {
        self.region = None;
        self
    }

    pub(crate) fn edition(mut self, edition: Edition) -> Self {
        self.edition = edition;
        self
    }

    pub(crate) fn owner(mut self, owner: Owner) -> Self {
        self.owner = owner;
        self
    }

    /// Sizes the pod.
    pub(crate) fn size(&self) -> (Sizing, Findings) {
        let template = json!({"metadata": {"annotations": self.annotations}, "spec": self.spec});
        let workload = |replicas: u32| {
            json!({"metadata": {"name": "web", "namespace": "shop"},
                "spec": {"replicas": replicas, "selector": {}, "serviceName": "web", "template": template}})
        };
        let read = |value: Value| serde_json::from_value(value).expect("a pod");
        match self.owner {
            Owner::Pod => {
                let mut pod = template.clone();
                pod["metadata"]["name"] = "web".into();
                pod["metadata"]["namespace"] = "shop".into();
                let pod: Pod = read(pod);
                self.judge(Object::from(&pod))
            }
            Owner::Deployment(replicas) => {
                let deployment: Deployment = serde_json::from_value(workload(replicas)).expect("a Deployment");
                self.judge(Object::from(&deployment))
            }
            Owner::StatefulSet(replicas) => {
                let set: StatefulSet = serde_json::from_value(workload(replicas)).expect("a StatefulSet");
                self.judge(Object::from(&set))
            }
        }
    }

    /// The names of the rules that fire, in order.
    pub(crate) fn rules(&self) -> Vec<&'static str> {
        self.size().1.iter().map(|finding| finding.rule().name()).collect()
    }

    fn judge(&self, object: Object<'_>) -> (Sizing, Findings) {
        let view = object.pod().expect("it holds a pod");
        let settings = settings(&self.annotations);
        let pod = EffectivePod::new(
            view,
            Overlay::default(),
            Overlay::of(Some(&self.annotations)),
            &settings,
        );
        let site = Site::new(self.edition, &self.policies).in_region(self.region.as_ref());
        let mut findings = Findings::new();
        let sizing = spec::size(&pod, &site, self.prices.as_ref(), &mut findings);
        (sizing, findings)
    }
}

/// The settings that sizes look at, read from well-formed annotations.
fn settings(annotations: &BTreeMap<String, String>) -> Settings {
    let text = |key: &str| annotations.get(&format!("k8s.aliyun.com/{key}")).map(String::as_str);
    let mut settings = Settings::default();
    settings.use_specs = text("eci-use-specs").and_then(|text| {
        let items: Result<Vec<SpecItem>, _> = text.split(',').map(|item| item.trim().parse()).collect();
        items.ok().map(|items| given(SpecList(items)))
    });
    settings.spot_strategy = text("eci-spot-strategy").map(|_| given(SpotStrategy::SpotAsPriceGo));
    settings.spot_fallback = text("eci-spot-fallback").map(|text| given(text == "true"));
    settings.instance_families = text("eci-instance-family").map(|text| given(signed(text, parse)));
    settings.instance_generations =
        text("eci-instance-generation").map(|text| given(signed(text, |n| Generation(parse(n)))));
    settings.gpu_driver = text("eci-gpu-driver-version").map(|text| given(parse(text)));
    settings.cpu_cores = text("eci-cpu-option-core").map(|text| given(parse(text)));
    settings.cpu_threads = text("eci-cpu-option-ht").map(|text| given(parse(text)));
    settings.compute_categories = text("eci-compute-category").map(|text| {
        let named = |name: &str| {
            use eci_model::settings::ComputeCategory;
            let mut all = ComputeCategory::ALL.iter().copied();
            all.find(|category| category.name() == name).expect("a category")
        };
        given(List(text.split(',').map(named).collect()))
    });
    settings.extra_storage = text("eci-extra-ephemeral-storage")
        .map(|text| given(eci_model::settings::ExtraStorage(parse(text.trim_end_matches("Gi")))));
    settings
}

fn given<T>(value: T) -> Given<T> {
    Given::new(value, Origin::Caller)
}

fn parse<T: FromStr>(text: &str) -> T {
    text.parse().ok().expect("well-formed")
}

fn signed<T>(text: &str, parse: impl Fn(&str) -> T) -> Signed<T> {
    let item = |item: &str| match item.strip_prefix('-') {
        Some(rest) => SignedItem {
            excluded: true,
            item: parse(rest),
        },
        None => SignedItem {
            excluded: false,
            item: parse(item),
        },
    };
    Signed(text.split(',').map(item).collect())
}
