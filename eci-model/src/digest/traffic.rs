//! Digests of what stands around pods: Services, NetworkPolicies, budgets and autoscalers.

use std::sync::Arc;

use k8s_openapi::api::autoscaling::v2::{HorizontalPodAutoscaler, HorizontalPodAutoscalerSpec, MetricSpec};
use k8s_openapi::api::core::v1::Service;
use k8s_openapi::api::networking::v1::{
    IPBlock, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec,
};
use k8s_openapi::api::policy::v1::{PodDisruptionBudget, PodDisruptionBudgetSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::names::{Names, SharedLabels};
use crate::finding::{Location, ObjectRef};
use crate::object::Object;
use crate::path::{At, FieldPath};

/// A Service.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ServiceDigest {
    /// Which one.
    pub subject: ObjectRef,
    /// What it selects.
    pub selector: SharedLabels,
    /// `ClusterIP`, `NodePort`, `LoadBalancer` or `ExternalName`.
    pub kind: Arc<str>,
    /// Whether it has no address of its own.
    pub is_headless: bool,
    /// Whether clients stay with a pod.
    pub has_affinity: bool,
    /// The annotation that publishes it in PrivateZone.
    pub private_zone: Option<Arc<str>>,
    /// Whether its load balancer is internal.
    pub is_internal: bool,
    /// Its ports.
    pub ports: Box<[ServicePort]>,
}

/// A port of a Service.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServicePort {
    /// What it listens on.
    pub number: i32,
    /// Whether it is a UDP port.
    pub is_udp: bool,
    /// Where it sends to.
    pub target: Target,
}

/// Where a port of a Service sends to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// The same number.
    Same,
    /// A number.
    Number(i32),
    /// A port that the pod names.
    Name(Arc<str>),
}

impl ServiceDigest {
    pub(super) fn of(service: &Service, names: &mut Names) -> Self {
        let spec = service.spec.as_ref();
        let annotation = |key: &str| service.metadata.annotations.as_ref()?.get(key).map(String::as_str);
        let ports = spec.and_then(|spec| spec.ports.as_deref()).unwrap_or_default();
        let port = |port: &k8s_openapi::api::core::v1::ServicePort, names: &mut Names| ServicePort {
            number: port.port,
            is_udp: port.protocol.as_deref() == Some("UDP"),
            target: match &port.target_port {
                Some(IntOrString::Int(0)) | None => Target::Same,
                Some(IntOrString::Int(number)) => Target::Number(*number),
                Some(IntOrString::String(name)) => name
                    .parse()
                    .map_or_else(|_| Target::Name(names.share(name)), Target::Number),
            },
        };
        Self {
            subject: names.subject(&Object::from(service)),
            selector: names.map(spec.and_then(|spec| spec.selector.as_ref())),
            kind: names.share(spec.and_then(|spec| spec.type_.as_deref()).unwrap_or("ClusterIP")),
            is_headless: spec.is_some_and(|spec| spec.cluster_ip.as_deref() == Some("None")),
            has_affinity: spec.is_some_and(|spec| spec.session_affinity.as_deref() == Some("ClientIP")),
            private_zone: annotation("service.beta.kubernetes.io/alibaba-cloud-private-zone-enable")
                .map(|value| names.share(value)),
            is_internal: annotation("service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type")
                == Some("intranet"),
            ports: ports.iter().map(|it| port(it, names)).collect(),
        }
    }

    /// A place inside it.
    pub fn place(&self, at: &At<'_>) -> Location {
        Location::new(self.subject.clone(), at.to_path())
    }
}

/// A NetworkPolicy.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PolicyDigest {
    /// Which one.
    pub subject: ObjectRef,
    /// The pods it selects.
    pub selector: LabelSelector,
    /// Where it gives a range of ports, with its end.
    pub ranges: Box<[(FieldPath, i32)]>,
    /// Where it names an IPv6 range, with the range.
    pub v6: Box<[(FieldPath, Box<str>)]>,
}

impl PolicyDigest {
    pub(super) fn of(policy: &NetworkPolicy, names: &mut Names) -> Self {
        let spec: Option<&NetworkPolicySpec> = Option::from(&policy.spec);
        let (mut ranges, mut v6) = (Vec::new(), Vec::new());
        for (list, index, peers, ports) in spec.into_iter().flat_map(rules) {
            let spec = At::ROOT.field("spec");
            let list_at = spec.field(list);
            let at = list_at.index(index);
            let ports_at = at.field("ports");
            for (index, port) in ports.iter().enumerate() {
                if let Some(end) = port.end_port {
                    ranges.push((ports_at.index(index).field("endPort").to_path(), end));
                }
            }
            let peers_at = at.field(if list == "ingress" { "from" } else { "to" });
            for (index, peer) in peers.iter().enumerate() {
                let block = peer.ip_block.as_ref();
                if let Some(IPBlock { cidr, .. }) = block.filter(|block| block.cidr.contains(':')) {
                    let peer_at = peers_at.index(index);
                    let block_at = peer_at.field("ipBlock");
                    v6.push((block_at.field("cidr").to_path(), cidr.as_str().into()));
                }
            }
        }
        Self {
            subject: names.subject(&Object::from(policy)),
            selector: spec.map(selector_of).unwrap_or_default(),
            ranges: ranges.into(),
            v6: v6.into(),
        }
    }

    /// A place inside it.
    pub fn place(&self, at: &At<'_>) -> Location {
        Location::new(self.subject.clone(), at.to_path())
    }
}

/// Every pod, where newer versions of Kubernetes leave the selector out.
fn selector_of(spec: &NetworkPolicySpec) -> LabelSelector {
    #[allow(
        clippy::useless_conversion,
        reason = "optional in some versions of Kubernetes, required in others"
    )]
    let selector: Option<LabelSelector> = Option::from(spec.pod_selector.clone());
    selector.unwrap_or_default()
}

type PolicyRule<'a> = (&'static str, usize, &'a [NetworkPolicyPeer], &'a [NetworkPolicyPort]);

fn rules(spec: &NetworkPolicySpec) -> impl Iterator<Item = PolicyRule<'_>> {
    let ingress = spec.ingress.iter().flatten().enumerate().map(|(index, rule)| {
        let (peers, ports) = (rule.from.as_deref(), rule.ports.as_deref());
        ("ingress", index, peers.unwrap_or_default(), ports.unwrap_or_default())
    });
    let egress = spec.egress.iter().flatten().enumerate().map(|(index, rule)| {
        let (peers, ports) = (rule.to.as_deref(), rule.ports.as_deref());
        ("egress", index, peers.unwrap_or_default(), ports.unwrap_or_default())
    });
    ingress.chain(egress)
}

/// A PodDisruptionBudget.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct BudgetDigest {
    /// Which one.
    pub subject: ObjectRef,
    /// The pods it selects.
    pub selector: Option<LabelSelector>,
    /// How many may be missing.
    pub max_unavailable: Option<IntOrString>,
    /// How many must be there.
    pub min_available: Option<IntOrString>,
}

impl BudgetDigest {
    pub(super) fn of(budget: &PodDisruptionBudget, names: &mut Names) -> Self {
        let spec: Option<&PodDisruptionBudgetSpec> = Option::from(&budget.spec);
        Self {
            subject: names.subject(&Object::from(budget)),
            selector: spec.and_then(|spec| spec.selector.clone()),
            max_unavailable: spec.and_then(|spec| spec.max_unavailable.clone()),
            min_available: spec.and_then(|spec| spec.min_available.clone()),
        }
    }

    /// A place inside it.
    pub fn place(&self, at: &At<'_>) -> Location {
        Location::new(self.subject.clone(), at.to_path())
    }
}

/// A HorizontalPodAutoscaler.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct AutoscalerDigest {
    /// Which one.
    pub subject: ObjectRef,
    /// What it scales: kind and name, in its own namespace.
    pub target: Scaled,
    /// The highest number of replicas.
    pub most: u32,
    /// The metrics that are a share of what containers request.
    pub metrics: Box<[Metric]>,
}

/// What an autoscaler scales.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scaled {
    kind: Arc<str>,
    namespace: Arc<str>,
    name: Arc<str>,
}

impl Scaled {
    /// Whether it is this object.
    pub fn is(&self, object: &ObjectRef) -> bool {
        *object.kind == *self.kind && object.name == self.name && object.namespace.as_ref() == Some(&self.namespace)
    }
}

/// A metric that is a share of what containers request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Metric {
    /// The resource: `cpu` or `memory`.
    pub resource: Arc<str>,
    /// The container it is about; all when `None`.
    pub container: Option<Arc<str>>,
}

impl AutoscalerDigest {
    pub(super) fn of(it: &HorizontalPodAutoscaler, names: &mut Names) -> Self {
        let object = Object::from(it);
        let spec: Option<&HorizontalPodAutoscalerSpec> = Option::from(&it.spec);
        let target = spec.map(|spec| &spec.scale_target_ref);
        let metrics = spec.and_then(|spec| spec.metrics.as_deref()).unwrap_or_default();
        Self {
            target: Scaled {
                kind: names.share(target.map(|target| target.kind.as_str()).unwrap_or_default()),
                namespace: names.share(object.namespace().unwrap_or_default()),
                name: names.share(target.map(|target| target.name.as_str()).unwrap_or_default()),
            },
            most: spec.map_or(0, |spec| u32::try_from(spec.max_replicas).unwrap_or(0)),
            metrics: if metrics.is_empty() {
                // Kubernetes then scales at 80 % of the CPU (HorizontalPodAutoscalerSpec v2, field metrics).
                [Metric {
                    resource: names.share("cpu"),
                    container: None,
                }]
                .into()
            } else {
                metrics.iter().filter_map(|it| metric(it, names)).collect()
            },
            subject: names.subject(&object),
        }
    }

    /// A place inside it.
    pub fn place(&self, at: &At<'_>) -> Location {
        Location::new(self.subject.clone(), at.to_path())
    }
}

fn metric(metric: &MetricSpec, names: &mut Names) -> Option<Metric> {
    if let Some(it) = metric.resource.as_ref().filter(|it| it.target.type_ == "Utilization") {
        return Some(Metric {
            resource: names.share(&it.name),
            container: None,
        });
    }
    let it = metric.container_resource.as_ref()?;
    (it.target.type_ == "Utilization").then(|| Metric {
        resource: names.share(&it.name),
        container: Some(names.share(&it.container)),
    })
}
