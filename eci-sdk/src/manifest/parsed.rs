//! Typed objects that own what they read.

use std::fmt;

use eci_model::resource::{DataCache, ElasticResource, ImageCache, PodNetworking, ResourcePolicy, Selector};
use eci_model::{Object, Template};
use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, ReplicaSet, StatefulSet};
use k8s_openapi::api::autoscaling::v1::{
    HorizontalPodAutoscaler as HorizontalPodAutoscalerV1, HorizontalPodAutoscalerSpec as HorizontalPodAutoscalerSpecV1,
};
use k8s_openapi::api::autoscaling::v2::{
    CrossVersionObjectReference, HorizontalPodAutoscaler, HorizontalPodAutoscalerSpec, MetricSpec, MetricTarget,
    ResourceMetricSource,
};
use k8s_openapi::api::batch::v1::{CronJob, Job};
use k8s_openapi::api::core::v1::{
    ConfigMap, Namespace, PersistentVolume, PersistentVolumeClaim, Pod, PodTemplate, PodTemplateSpec,
    ReplicationController, Secret, Service,
};
use k8s_openapi::api::networking::v1::NetworkPolicy;
use k8s_openapi::api::policy::v1::PodDisruptionBudget;
use k8s_openapi::api::storage::v1::StorageClass;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::arena::{Arena, Id};
use super::typed::{self, Typed};

/// A pod template inside an object of another kind, with what is needed to judge it.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct OwnedTemplate {
    /// The kind of the object.
    pub owner_kind: String,
    /// The metadata of the object.
    pub owner: ObjectMeta,
    /// The template.
    pub template: PodTemplateSpec,
    /// Where it stands in the object: `spec.tasks[0].template`.
    pub path: String,
    /// How many pods the object asks for, when it says so.
    pub replicas: Option<u32>,
}

impl OwnedTemplate {
    /// The template, borrowed.
    pub fn template(&self) -> Template<'_> {
        Template {
            owner_kind: &self.owner_kind,
            owner: &self.owner,
            template: &self.template,
            template_path: &self.path,
            replicas: self.replicas,
        }
    }
}

impl fmt::Debug for OwnedTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", Object::from(self.template()).reference(), self.path)
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $api_version:literal,)*) => {
        /// An object that was read, of any kind that is judged or that is a fact.
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum Parsed {
            $($(#[$doc])* $kind(Box<$kind>),)*
            /// A pod template inside an object of another kind.
            Template(Box<OwnedTemplate>),
        }

        impl Parsed {
            /// The object, borrowed, as checks and the planner take it.
            pub fn object(&self) -> Object<'_> {
                match self {
                    $(Self::$kind(object) => Object::$kind(object),)*
                    Self::Template(template) => Object::Template(template.template()),
                }
            }
        }

        /// The API version that is read as the kind's type.
        pub(super) fn api_version(kind: &str) -> Option<&'static str> {
            match kind {
                $(stringify!($kind) => Some($api_version),)*
                _ => None,
            }
        }

        /// Reads a node as the type of a kind; `None` for kinds without one.
        pub(super) fn read(kind: &str, arena: &Arena, text: &str, node: Id) -> Option<Typed<Parsed>> {
            match kind {
                $(stringify!($kind) => {
                    Some(typed::read::<$kind>(arena, text, node).map(|object| Parsed::$kind(Box::new(object))))
                })*
                _ => None,
            }
        }
    };
}

kinds! {
    /// A pod.
    Pod "v1",
    /// A Deployment.
    Deployment "apps/v1",
    /// A ReplicaSet.
    ReplicaSet "apps/v1",
    /// A StatefulSet.
    StatefulSet "apps/v1",
    /// A DaemonSet.
    DaemonSet "apps/v1",
    /// A Job.
    Job "batch/v1",
    /// A CronJob.
    CronJob "batch/v1",
    /// A PodTemplate.
    PodTemplate "v1",
    /// A ReplicationController.
    ReplicationController "v1",
    /// A Service.
    Service "v1",
    /// A ConfigMap.
    ConfigMap "v1",
    /// A Secret.
    Secret "v1",
    /// A Namespace.
    Namespace "v1",
    /// A PersistentVolumeClaim.
    PersistentVolumeClaim "v1",
    /// A PersistentVolume.
    PersistentVolume "v1",
    /// A StorageClass.
    StorageClass "storage.k8s.io/v1",
    /// A HorizontalPodAutoscaler, also one written for `autoscaling/v1`.
    HorizontalPodAutoscaler "autoscaling/v2",
    /// A PodDisruptionBudget.
    PodDisruptionBudget "policy/v1",
    /// A NetworkPolicy.
    NetworkPolicy "networking.k8s.io/v1",
    /// A PodNetworking.
    PodNetworking "network.alibabacloud.com/v1beta1",
    /// An ImageCache.
    ImageCache "eci.alibabacloud.com/v1",
    /// A DataCache.
    DataCache "eci.aliyun.com/v1alpha1",
    /// A Selector of a self-managed cluster.
    Selector "eci.aliyun.com/v1",
    /// A ResourcePolicy.
    ResourcePolicy "scheduling.alibabacloud.com/v1alpha1",
    /// An ElasticResource.
    ElasticResource "scheduling.alibabacloud.com/v1alpha1",
}

impl fmt::Debug for Parsed {
    /// Which object it is, and nothing of what it says: that may be a Secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template(template) => template.fmt(f),
            _ => write!(f, "{}", self.object().reference()),
        }
    }
}

/// The API version of autoscalers that scale by CPU only; still served, and read as the newer one.
pub(super) const AUTOSCALING_V1: &str = "autoscaling/v1";

/// The version of Selectors that pages print and newer clusters do not serve; the type of the kind knows both.
pub(super) const SELECTOR_V1BETA1: (&str, &str) = ("eci.aliyun.com/v1beta1", "Selector");

/// Metrics of an autoscaler of the old API version beside its target, which stand in an annotation.
const OTHER_METRICS: &str = "autoscaling.alpha.kubernetes.io/metrics";

/// Reads an autoscaler of the old API version, which scales by the utilization of CPU unless an annotation says otherwise.
pub(super) fn read_autoscaler(arena: &Arena, text: &str, node: Id) -> Typed<Parsed> {
    #[allow(
        clippy::useless_conversion,
        reason = "optional in some versions of Kubernetes, required in others"
    )]
    typed::read::<HorizontalPodAutoscalerV1>(arena, text, node).map(|old| {
        let spec: Option<HorizontalPodAutoscalerSpecV1> = Option::from(old.spec);
        let spec = spec.unwrap_or_default();
        let annotations = old.metadata.annotations.as_ref();
        let has_others = annotations.is_some_and(|annotations| annotations.contains_key(OTHER_METRICS));
        let by_cpu = spec.target_cpu_utilization_percentage.is_some() || !has_others;
        let metric = if by_cpu {
            cpu_utilization(spec.target_cpu_utilization_percentage)
        } else {
            other_metric()
        };
        Parsed::HorizontalPodAutoscaler(Box::new(HorizontalPodAutoscaler {
            metadata: old.metadata,
            spec: HorizontalPodAutoscalerSpec {
                max_replicas: spec.max_replicas,
                metrics: Some(vec![metric]),
                min_replicas: spec.min_replicas,
                scale_target_ref: CrossVersionObjectReference {
                    api_version: spec.scale_target_ref.api_version,
                    kind: spec.scale_target_ref.kind,
                    name: spec.scale_target_ref.name,
                },
                ..HorizontalPodAutoscalerSpec::default()
            }
            .into(),
            ..HorizontalPodAutoscaler::default()
        }))
    })
}

fn cpu_utilization(percent: Option<i32>) -> MetricSpec {
    MetricSpec {
        type_: "Resource".to_owned(),
        resource: Some(ResourceMetricSource {
            name: "cpu".to_owned(),
            target: MetricTarget {
                type_: "Utilization".to_owned(),
                average_utilization: percent,
                ..MetricTarget::default()
            },
        }),
        ..MetricSpec::default()
    }
}

/// A metric of which nothing is judged.
fn other_metric() -> MetricSpec {
    MetricSpec {
        type_: "External".to_owned(),
        ..MetricSpec::default()
    }
}
