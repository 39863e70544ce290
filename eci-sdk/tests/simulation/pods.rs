//! The pods of the test: of every kind one plan, made by the planner as a user would.

use std::collections::BTreeMap;

use eci_sdk::model::api::CreateContainerGroup;
use eci_sdk::{Cluster, Completion, Edition, Identity, Planner, Ready, Store};
use k8s_openapi::api::core::v1::{ConfigMap, Pod};
use serde_json::{Value, json};

/// How many pods a client keeps.
pub(crate) const PODS: usize = 5;

/// What makes a pod's life interesting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Plain,
    Spot,
    /// Ends well by itself.
    Job,
    /// Ends badly by itself.
    BadJob,
    /// Has a hook before its end.
    Stopping,
    /// Is told at once when nothing could be had.
    FailFast,
    /// May live for ten minutes.
    Deadline,
    /// One container waits for the other, which has a hook before its end.
    Ordered,
}

impl Kind {
    pub(crate) const ALL: [Self; 8] = [
        Self::Plain,
        Self::Spot,
        Self::Job,
        Self::BadJob,
        Self::Stopping,
        Self::FailFast,
        Self::Deadline,
        Self::Ordered,
    ];

    fn spec(self) -> Value {
        let image = match self {
            Self::BadJob => "registry-vpc.cn-hangzhou.aliyuncs.com/shop/bad:1",
            _ => "registry-vpc.cn-hangzhou.aliyuncs.com/shop/main:1",
        };
        let mut main = json!({"name": "main", "image": image});
        if matches!(self, Self::Stopping | Self::Ordered) {
            main["lifecycle"] = json!({"preStop": {"exec": {"command": ["/stop"]}}});
        }
        let mut containers = vec![main];
        if self == Self::Ordered {
            containers[0]["readinessProbe"] = json!({"exec": {"command": ["/ok"]}, "initialDelaySeconds": 30});
            containers[0]["env"] = json!([{"name": "ECI_CONTAINER_LAUNCH_PRIORITY", "value": "10"}]);
            containers.push(json!({"name": "second", "image": image}));
        }
        let mut spec = json!({ "containers": containers });
        match self {
            Self::Job | Self::BadJob => spec["restartPolicy"] = "Never".into(),
            Self::Deadline => spec["activeDeadlineSeconds"] = 600.into(),
            _ => {}
        }
        spec
    }

    fn annotations(self) -> Value {
        let mut annotations = json!({"k8s.aliyun.com/eci-max-pending-minute": "10"});
        match self {
            Self::Spot => annotations["k8s.aliyun.com/eci-spot-strategy"] = "SpotAsPriceGo".into(),
            Self::FailFast => annotations["k8s.aliyun.com/eci-fail-strategy"] = "fail-fast".into(),
            _ => {}
        }
        annotations
    }
}

/// Requests by pod, kind, and how many creations of the pod failed before.
#[derive(Debug)]
pub(crate) struct Plans {
    planner: Planner,
    ready: BTreeMap<(usize, Kind, u32), Ready>,
}

impl Plans {
    pub(crate) fn new() -> Self {
        let profile: ConfigMap = serde_json::from_value(json!({
            "metadata": {"name": "eci-profile", "namespace": "kube-system"},
            "data": {"vSwitchIds": "vsw-h", "securityGroupId": "sg-bp15ed6xe1yxeycg7o22"},
        }))
        .expect("a ConfigMap");
        let mut cluster = Cluster::new(Edition::AckServerless).in_region("cn-hangzhou".parse().expect("a region"));
        cluster.observe(&profile);
        Self {
            planner: Planner::new(cluster),
            ready: BTreeMap::new(),
        }
    }

    pub(crate) fn of(&mut self, pod: usize, kind: Kind, failed: u32) -> &Ready {
        let planner = &self.planner;
        self.ready.entry((pod, kind, failed)).or_insert_with(|| {
            let pod: Pod = serde_json::from_value(json!({
                "metadata": {
                    "name": format!("pod-{pod}"), "namespace": "shop", "uid": format!("uid-{pod}"),
                    "annotations": kind.annotations(),
                },
                "spec": kind.spec(),
            }))
            .expect("a pod");
            let mut identity = Identity::of(&pod).expect("it has a uid");
            identity.failed = failed;
            let plan = planner.plan(&pod).expect("planned");
            match Store::provisioning().complete("shop", plan.bind(identity)) {
                Completion::Ready(ready) => ready,
                other => panic!("{other:?}"),
            }
        })
    }
}

/// What the virtual node adds to a request by itself, since no documented parameter carries it.
pub(crate) fn as_the_virtual_node_sends_it(request: &CreateContainerGroup, kind: Kind) -> CreateContainerGroup {
    let mut request = request.clone();
    if kind == Kind::FailFast {
        let strategy = "fail-fast".to_owned().into();
        request.extra.insert("EciFailStrategy".into(), strategy);
    }
    request
}
