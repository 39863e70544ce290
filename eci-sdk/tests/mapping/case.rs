//! A pod, the cluster around it, and the parameters of its request.

use eci_sdk::model::api::Operation;
use eci_sdk::{Cluster, Completion, Edition, Findings, Identity, Need, Object, Planner, Policies, Ready, Store};
use k8s_openapi::api::core::v1::{ConfigMap, PersistentVolume, PersistentVolumeClaim, Pod, Secret, Service};
use k8s_openapi::api::storage::v1::StorageClass;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

/// A pod with what is around it.
pub(crate) struct Case {
    pub(crate) pod: Pod,
    pub(crate) store: Store,
    pub(crate) policies: Policies,
}

/// A pod with one container, whose fields are added to or replaced by those of `container`, and the other fields of `spec`.
pub(crate) fn case(container: &Json, spec: &Json) -> Case {
    let mut main = json!({"name": "main", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4"});
    extend(&mut main, container);
    let mut whole = json!({"containers": [main]});
    extend(&mut whole, spec);
    of(
        &json!({"metadata": {"name": "web", "namespace": "shop", "uid": "6ba7b810-9dad-11d1-80b4-00c04fd430c8"}, "spec": whole}),
    )
}

pub(crate) fn of(pod: &Json) -> Case {
    Case {
        pod: read(pod),
        store: Store::default(),
        policies: Policies::default(),
    }
}

pub(crate) fn extend(object: &mut Json, more: &Json) {
    let (Json::Object(object), Json::Object(more)) = (object, more) else {
        panic!("two objects");
    };
    object.extend(more.clone());
}

pub(crate) fn read<T: DeserializeOwned>(json: &Json) -> T {
    serde_json::from_value(json.clone()).expect("an object of this kind")
}

impl Case {
    pub(crate) fn with(mut self, object: &Json) -> Self {
        match object["kind"].as_str().expect("a kind") {
            "ConfigMap" => self.store.put(Object::from(&read::<ConfigMap>(object))),
            "Secret" => self.store.put(Object::from(&read::<Secret>(object))),
            "PersistentVolumeClaim" => self.store.put(Object::from(&read::<PersistentVolumeClaim>(object))),
            "PersistentVolume" => self.store.put(Object::from(&read::<PersistentVolume>(object))),
            "StorageClass" => self.store.put(Object::from(&read::<StorageClass>(object))),
            "Service" => self.store.put(Object::from(&read::<Service>(object))),
            other => panic!("no {other} in a store"),
        }
        self
    }

    /// A ConfigMap of the pod's namespace.
    pub(crate) fn config_map(self, name: &str, data: &Json) -> Self {
        self.with(&json!({"kind": "ConfigMap", "metadata": {"name": name, "namespace": "shop"}, "data": data}))
    }

    /// A Secret of the pod's namespace.
    pub(crate) fn secret(self, name: &str, data: &Json) -> Self {
        self.with(&json!({"kind": "Secret", "metadata": {"name": name, "namespace": "shop"}, "stringData": data}))
    }

    pub(crate) fn policy(mut self, name: &str, choice: &str) -> Self {
        self.policies.set(name, choice).expect("a policy");
        self
    }

    pub(crate) fn annotation(mut self, key: &str, value: &str) -> Self {
        let annotations = self.pod.metadata.annotations.get_or_insert_default();
        annotations.insert(format!("k8s.aliyun.com/{key}"), value.to_owned());
        self
    }

    pub(crate) fn planner(&self) -> Planner {
        let profile: ConfigMap = read(&json!({
            "metadata": {"name": "eci-profile", "namespace": "kube-system"},
            "data": {"vSwitchIds": "vsw-bp1xpiowfm5vo8o3c1h01", "securityGroupId": "sg-bp15ed6xe1yxeycg7o22"},
        }));
        let cluster = Cluster::new(Edition::AckServerless).in_region("cn-hangzhou".parse().expect("a region"));
        let mut cluster = cluster.with_policies(self.policies.clone());
        cluster.observe(&profile);
        Planner::new(cluster)
    }

    pub(crate) fn identity(&self) -> Identity {
        let mut identity = Identity::of(&self.pod).expect("a pod with a UID");
        identity.node = "virtual-kubelet-cn-hangzhou-h".to_owned();
        identity
    }

    pub(crate) fn complete(&self) -> Completion {
        let plan = self.planner().plan(&self.pod).unwrap_or_else(|error| panic!("{error}"));
        self.store.complete("shop", plan.bind(self.identity()))
    }

    pub(crate) fn ready(&self) -> Ready {
        match self.complete() {
            Completion::Ready(ready) => ready,
            Completion::Rejected(findings) => panic!("{}", lines(&findings).join("\n")),
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn rejected(&self) -> Vec<String> {
        match self.complete() {
            Completion::Rejected(findings) => lines(&findings),
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn needs(&self) -> Vec<Need> {
        let plan = self.planner().plan(&self.pod).unwrap_or_else(|error| panic!("{error}"));
        plan.bind(self.identity()).needs()
    }

    /// The parameters of the request, as they go on the wire.
    pub(crate) fn wire(&self) -> Vec<(String, String)> {
        Operation::from(self.ready().into_request()).to_parameters()
    }

    /// `Name=value` of the parameters below a name.
    pub(crate) fn below(&self, prefix: &str) -> Vec<String> {
        let wire = self.wire().into_iter();
        let below = wire.filter_map(|(name, value)| {
            let rest = name.strip_prefix(prefix)?;
            let is_below = rest.is_empty() || rest.starts_with('.') || prefix.ends_with('.');
            is_below.then(|| format!("{}={value}", rest.trim_start_matches('.')))
        });
        below.collect()
    }

    /// One parameter.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        self.wire()
            .into_iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }
}

fn lines(findings: &Findings) -> Vec<String> {
    findings.iter().map(ToString::to_string).collect()
}
