//! The pod in a workload, and what the workload says of it.

use k8s_openapi::api::apps::v1::{DaemonSetSpec, DeploymentSpec, ReplicaSetSpec, StatefulSetSpec};
use k8s_openapi::api::batch::v1::{CronJobSpec, JobSpec};
use k8s_openapi::api::core::v1::{PersistentVolumeClaim, ReplicationControllerSpec};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::Object;
use crate::template::PodView;

impl<'a> Object<'a> {
    /// The pod, or the pod template inside; `None` for objects that hold none.
    ///
    /// Fields that are optional in one Kubernetes version and required in another are read alike.
    pub fn pod(&self) -> Option<PodView<'a>> {
        let (template, path, replicas) = match *self {
            Self::Pod(pod) => return Some(PodView::pod(&pod.metadata, pod.spec.as_ref())),
            Self::PodTemplate(object) => (object.template.as_ref()?, "template", None),
            Self::Deployment(object) => {
                let spec: Option<&DeploymentSpec> = Option::from(&object.spec);
                (&spec?.template, "spec.template", spec?.replicas)
            }
            Self::ReplicaSet(object) => {
                let spec: Option<&ReplicaSetSpec> = Option::from(&object.spec);
                (spec?.template.as_ref()?, "spec.template", spec?.replicas)
            }
            Self::ReplicationController(object) => {
                let spec: Option<&ReplicationControllerSpec> = Option::from(&object.spec);
                (spec?.template.as_ref()?, "spec.template", spec?.replicas)
            }
            Self::StatefulSet(object) => {
                let spec: Option<&StatefulSetSpec> = Option::from(&object.spec);
                (&spec?.template, "spec.template", spec?.replicas)
            }
            Self::DaemonSet(object) => {
                let spec: Option<&DaemonSetSpec> = Option::from(&object.spec);
                (&spec?.template, "spec.template", None)
            }
            Self::Job(object) => {
                let spec: Option<&JobSpec> = Option::from(&object.spec);
                (&spec?.template, "spec.template", spec?.parallelism)
            }
            Self::CronJob(object) => {
                let spec: Option<&CronJobSpec> = Option::from(&object.spec);
                let job: Option<&JobSpec> = Option::from(&spec?.job_template.spec);
                (&job?.template, "spec.jobTemplate.spec.template", job?.parallelism)
            }
            Self::Template(object) => {
                let view = PodView::template(object.owner_kind, object.owner, object.template, object.template_path);
                return Some(view.with_replicas(object.replicas).foreign());
            }
            _ => return None,
        };
        let replicas = replicas.map(|replicas| u32::try_from(replicas).unwrap_or(0));
        let view = PodView::template(self.kind(), self.meta(), template, path).with_replicas(replicas);
        Some(view.with_claims(self.claim_templates()))
    }

    /// The claims that a StatefulSet makes for each of its pods.
    pub fn claim_templates(&self) -> &'a [PersistentVolumeClaim] {
        let Self::StatefulSet(object) = *self else { return &[] };
        let spec: Option<&StatefulSetSpec> = Option::from(&object.spec);
        spec.and_then(|spec| spec.volume_claim_templates.as_deref())
            .unwrap_or_default()
    }

    /// The schedule of a CronJob that is not suspended, as it is written.
    pub fn schedule(&self) -> Option<&'a str> {
        let Self::CronJob(object) = *self else { return None };
        let spec: Option<&CronJobSpec> = Option::from(&object.spec);
        spec.filter(|spec| spec.suspend != Some(true))
            .map(|spec| spec.schedule.as_str())
    }

    /// Whether an update starts new pods before old ones are gone; `None` for other kinds than Deployments.
    ///
    /// It does not with the strategy `Recreate`, nor with a `maxSurge` of 0; the default is a quarter, rounded up.
    pub fn surges(&self) -> Option<bool> {
        let Self::Deployment(object) = *self else { return None };
        let spec: Option<&DeploymentSpec> = Option::from(&object.spec);
        let strategy = spec?.strategy.as_ref();
        if strategy.and_then(|strategy| strategy.type_.as_deref()) == Some("Recreate") {
            return Some(false);
        }
        let rolling = strategy.and_then(|strategy| strategy.rolling_update.as_ref());
        Some(match rolling.and_then(|rolling| rolling.max_surge.as_ref()) {
            Some(IntOrString::Int(count)) => *count != 0,
            Some(IntOrString::String(share)) => share.trim_end_matches('%').parse() != Ok(0_u32),
            None => true,
        })
    }
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::apps::v1::{DaemonSet, Deployment, ReplicaSet, StatefulSet};
    use k8s_openapi::api::batch::v1::{CronJob, Job};
    use k8s_openapi::api::core::v1::{Pod, PodTemplateSpec, ReplicationController, Service};
    use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

    use super::*;
    use crate::object::Template;
    use crate::path::At;

    fn template() -> serde_json::Value {
        serde_json::json!({"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "main"}]}})
    }

    fn read<T: serde::de::DeserializeOwned>(spec: &serde_json::Value) -> T {
        let object = serde_json::json!({"metadata": {"name": "web", "namespace": "shop"}, "spec": spec});
        serde_json::from_value(object).expect("a workload")
    }

    macro_rules! workloads {
        ($($fact:ident: $kind:ident $spec:tt => $path:literal, $replicas:literal;)*) => {$(
            #[test]
            fn $fact() {
                let object: $kind = read(&serde_json::json!($spec));
                let pod = Object::from(&object).pod().expect("a template");
                assert_eq!((pod.kind(), pod.replicas()), (stringify!($kind), $replicas));
                assert_eq!(pod.spec().map(|spec| spec.containers.len()), Some(1));
                let place = pod.place(&At::ROOT.field("spec"));
                assert_eq!(place.to_string(), concat!(stringify!($kind), " shop/web: ", $path, ".spec"));
            }
        )*};
    }

    workloads! {
        deployment: Deployment {"replicas": 3, "selector": {}, "template": (template())} => "spec.template", 3;
        replica_set: ReplicaSet {"selector": {}, "template": (template())} => "spec.template", 1;
        replication_controller: ReplicationController {"replicas": 2, "template": (template())} => "spec.template", 2;
        stateful_set: StatefulSet {"replicas": 0, "selector": {}, "serviceName": "web", "template": (template())} => "spec.template", 0;
        daemon_set: DaemonSet {"selector": {}, "template": (template())} => "spec.template", 1;
        job: Job {"parallelism": 4, "template": (template())} => "spec.template", 4;
        cron_job: CronJob {"schedule": "* * * * *", "jobTemplate": {"spec": {"template": (template())}}} => "spec.jobTemplate.spec.template", 1;
    }

    #[test]
    fn deployments_surge_unless_they_say_otherwise() {
        let surges = |strategy: serde_json::Value| {
            let mut spec = serde_json::json!({"selector": {}, "template": template()});
            spec["strategy"] = strategy;
            let object: Deployment = read(&spec);
            Object::from(&object).surges()
        };
        for (strategy, expected) in [
            (serde_json::json!(null), true),
            (serde_json::json!({"type": "Recreate"}), false),
            (serde_json::json!({"rollingUpdate": {"maxSurge": 0}}), false),
            (serde_json::json!({"rollingUpdate": {"maxSurge": "0%"}}), false),
            (
                serde_json::json!({"rollingUpdate": {"maxSurge": "25%", "maxUnavailable": 1}}),
                true,
            ),
            (serde_json::json!({"rollingUpdate": {"maxSurge": 1}}), true),
        ] {
            assert_eq!(surges(strategy.clone()), Some(expected), "{strategy}");
        }
        assert_eq!(Object::from(&Pod::default()).surges(), None);
    }

    #[test]
    fn stateful_sets_make_claims() {
        let object: StatefulSet = read(&serde_json::json!({
            "selector": {}, "serviceName": "db", "template": template(),
            "volumeClaimTemplates": [{"metadata": {"name": "data"}}],
        }));
        assert_eq!(Object::from(&object).claim_templates().len(), 1);
        assert!(Object::from(&Pod::default()).claim_templates().is_empty());
    }

    #[test]
    fn a_pod_stands_at_its_root() {
        let pod: Pod = read(&template()["spec"]);
        let view = Object::from(&pod).pod().expect("a pod");
        assert!(!view.is_template());
        let spec = At::ROOT.field("spec");
        assert_eq!(
            view.place(&spec.field("hostPID")).to_string(),
            "Pod shop/web: spec.hostPID"
        );
    }

    #[test]
    fn templates_of_unknown_kinds_are_pods_too() {
        let template: PodTemplateSpec = serde_json::from_value(template()).expect("a template");
        let owner = ObjectMeta {
            name: Some("web".into()),
            ..ObjectMeta::default()
        };
        let object = Object::from(Template {
            owner_kind: "CloneSet",
            owner: &owner,
            template: &template,
            template_path: "spec.template",
            replicas: Some(6),
        });
        let pod = object.pod().expect("a template");
        assert_eq!(
            (object.kind(), pod.replicas(), pod.namespace()),
            ("CloneSet", 6, "default")
        );
    }

    #[test]
    fn objects_without_a_pod_have_none() {
        let service = Service::default();
        assert!(Object::from(&service).pod().is_none());
        let empty = Deployment::default();
        let pod = Object::from(&empty).pod();
        assert!(pod.is_none_or(|pod| pod.spec().is_none()));
    }
}
