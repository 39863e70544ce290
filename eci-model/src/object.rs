//! Any object that is judged or that is a fact, borrowed.

mod workload;

use std::sync::Arc;

use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, ReplicaSet, StatefulSet};
use k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscaler;
use k8s_openapi::api::batch::v1::{CronJob, Job};
use k8s_openapi::api::core::v1::{
    ConfigMap, Namespace, PersistentVolume, PersistentVolumeClaim, Pod, PodTemplate, PodTemplateSpec,
    ReplicationController, Secret, Service,
};
use k8s_openapi::api::networking::v1::NetworkPolicy;
use k8s_openapi::api::policy::v1::PodDisruptionBudget;
use k8s_openapi::api::storage::v1::StorageClass;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use crate::finding::{Location, ObjectRef, Text};
use crate::path::At;
use crate::resource::{DataCache, ElasticResource, ImageCache, PodNetworking, ResourcePolicy, Selector};
use crate::template::name_of;

/// A pod template inside an object of a kind we do not know, such as a CloneSet or a Rollout.
#[derive(Clone, Copy, Debug)]
pub struct Template<'a> {
    /// The kind of the object.
    pub owner_kind: &'a str,
    /// The metadata of the object.
    pub owner: &'a ObjectMeta,
    /// The template.
    pub template: &'a PodTemplateSpec,
    /// Where it stands in the object, as fields with points: `spec.template`.
    pub template_path: &'a str,
    /// How many pods the object asks for, when known.
    pub replicas: Option<u32>,
}

macro_rules! objects {
    ($($(#[$doc:meta])* $kind:ident,)*) => {
        /// Any object that is judged or that is a fact, borrowed; `&T` and `&Arc<T>` convert.
        ///
        /// # Example
        /// ```
        /// use eci_model::Object;
        /// use k8s_openapi::api::core::v1::Pod;
        ///
        /// let pod = Pod::default();
        /// assert_eq!(Object::from(&pod).kind(), "Pod");
        /// ```
        #[derive(Clone, Copy, Debug)]
        #[non_exhaustive]
        pub enum Object<'a> {
            $($(#[$doc])* $kind(&'a $kind),)*
            /// A pod template inside an object of a kind we do not know.
            Template(Template<'a>),
        }

        impl<'a> Object<'a> {
            /// The kind.
            pub const fn kind(&self) -> &'a str {
                match self {
                    $(Self::$kind(_) => stringify!($kind),)*
                    Self::Template(template) => template.owner_kind,
                }
            }

            /// The metadata.
            pub const fn meta(&self) -> &'a ObjectMeta {
                match self {
                    $(Self::$kind(object) => &object.metadata,)*
                    Self::Template(template) => template.owner,
                }
            }
        }

        /// A kind as a text, which needs memory for kinds we do not know only.
        pub(crate) fn kind_text(kind: &str) -> Text {
            match kind {
                $(stringify!($kind) => Text::Borrowed(stringify!($kind)),)*
                other => Text::Owned(other.to_owned()),
            }
        }

        $(
            impl<'a> From<&'a $kind> for Object<'a> {
                fn from(object: &'a $kind) -> Self {
                    Self::$kind(object)
                }
            }

            impl<'a> From<&'a Arc<$kind>> for Object<'a> {
                fn from(object: &'a Arc<$kind>) -> Self {
                    Self::$kind(object)
                }
            }
        )*
    };
}

objects! {
    /// A pod.
    Pod,
    /// A Deployment.
    Deployment,
    /// A ReplicaSet.
    ReplicaSet,
    /// A StatefulSet.
    StatefulSet,
    /// A DaemonSet.
    DaemonSet,
    /// A Job.
    Job,
    /// A CronJob.
    CronJob,
    /// A PodTemplate.
    PodTemplate,
    /// A ReplicationController.
    ReplicationController,
    /// A Service.
    Service,
    /// A ConfigMap; `kube-system/eci-profile` is a fact.
    ConfigMap,
    /// A Secret.
    Secret,
    /// A Namespace: a fact, since its labels route pods.
    Namespace,
    /// A PersistentVolumeClaim.
    PersistentVolumeClaim,
    /// A PersistentVolume.
    PersistentVolume,
    /// A StorageClass.
    StorageClass,
    /// A HorizontalPodAutoscaler.
    HorizontalPodAutoscaler,
    /// A PodDisruptionBudget.
    PodDisruptionBudget,
    /// A NetworkPolicy.
    NetworkPolicy,
    /// A PodNetworking: a fact.
    PodNetworking,
    /// An ImageCache.
    ImageCache,
    /// A DataCache.
    DataCache,
    /// A Selector of a self-managed cluster.
    Selector,
    /// A ResourcePolicy.
    ResourcePolicy,
    /// An ElasticResource.
    ElasticResource,
}

impl<'a> From<Template<'a>> for Object<'a> {
    fn from(template: Template<'a>) -> Self {
        Self::Template(template)
    }
}

impl<'a> Object<'a> {
    /// Which object it is.
    pub fn reference(&self) -> ObjectRef {
        let meta = self.meta();
        let namespace = if self.is_cluster_scoped() {
            None
        } else {
            Some(meta.namespace.as_deref().unwrap_or("default"))
        };
        ObjectRef::new(kind_text(self.kind()), namespace, name_of(meta)).with_uid(meta.uid.as_deref())
    }

    /// A place inside the object.
    pub fn place(&self, at: &At<'_>) -> Location {
        Location::new(self.reference(), at.to_path())
    }

    /// The namespace; `default` where none is written, nothing for cluster-scoped kinds.
    pub fn namespace(&self) -> Option<&'a str> {
        (!self.is_cluster_scoped()).then(|| self.meta().namespace.as_deref().unwrap_or("default"))
    }

    /// The name, or the start of a generated one.
    pub fn name(&self) -> &'a str {
        name_of(self.meta())
    }

    const fn is_cluster_scoped(&self) -> bool {
        matches!(
            self,
            Self::Namespace(_)
                | Self::PersistentVolume(_)
                | Self::StorageClass(_)
                | Self::PodNetworking(_)
                | Self::ImageCache(_)
                | Self::DataCache(_)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_resources_are_written_as_they_were_read() {
        fn same<T: serde::de::DeserializeOwned + serde::Serialize>(json: &serde_json::Value) {
            let read: T = serde_json::from_value(json.clone()).expect("a custom resource");
            assert_eq!(&serde_json::to_value(read).expect("plain data"), json);
        }
        same::<ImageCache>(
            &serde_json::json!({"apiVersion": "eci.alibabacloud.com/v1", "kind": "ImageCache", "metadata": {"name": "a"},
            "spec": {"images": ["nginx:1.25"], "imageCacheSize": 25}, "status": {"phase": "Ready", "progress": "100%"}}),
        );
        same::<DataCache>(
            &serde_json::json!({"apiVersion": "eci.aliyun.com/v1alpha1", "kind": "DataCache", "metadata": {"name": "a"},
            "spec": {"path": "/models/a", "dataSource": {"type": "URL", "options": {"repoId": "x"}},
                     "netConfig": {"eipCreateParam": {"ISP": "BGP"}}}}),
        );
        same::<Selector>(
            &serde_json::json!({"apiVersion": "eci.aliyun.com/v1", "kind": "Selector", "metadata": {"name": "a"},
            "spec": {"objectLabels": {"matchLabels": {"a": "b"}}, "policy": {"fair": {}}, "priority": 3}}),
        );
        same::<ResourcePolicy>(
            &serde_json::json!({"apiVersion": "scheduling.alibabacloud.com/v1alpha1", "kind": "ResourcePolicy",
            "metadata": {"name": "a"}, "spec": {"strategy": "prefer", "units": [{"resource": "ecs", "max": 3}, {"resource": "eci"}]}}),
        );
        let secret = DataCache {
            spec: crate::resource::DataCacheSpec {
                data_source: crate::resource::CachedSource {
                    options: Some([("akSecret".to_owned(), "canary-1".to_owned())].into()),
                    ..Default::default()
                },
                ..Default::default()
            },
            ..Default::default()
        };
        assert!(!format!("{secret:?}").contains("canary-1"));
    }

    #[test]
    fn cluster_scoped_kinds_have_no_namespace() {
        let namespace = Namespace::default();
        assert_eq!(Object::from(&namespace).reference().namespace, None);
        let shared = Arc::new(ConfigMap::default());
        assert_eq!(Object::from(&shared).namespace(), Some("default"));
    }
}
