//! Many objects: what each decides alone at once, what needs several at the end.

use k8s_openapi::api::core::v1::Service;

use eci_model::limits::{self, Bound};
use eci_model::{At, Findings, Object};

use super::{Planner, Review};

/// Judges many objects.
///
/// [`push`](Self::push) gives what an object alone decides and keeps a digest of it; [`finish`](Self::finish) runs the rules that need
/// several. Of a pod the digest holds namespace, labels and place, of a Service only one that such a rule is about.
///
/// # Example
/// ```
/// use eci_sdk::{Cluster, Edition, Planner};
/// use k8s_openapi::api::core::v1::{Pod, Service};
///
/// let service: Service = serde_json::from_str(
///     r#"{"metadata": {"name": "web"}, "spec": {"type": "NodePort", "selector": {"app": "web"}}}"#,
/// )?;
/// let pod: Pod = serde_json::from_str(
///     r#"{"metadata": {"name": "web", "labels": {"app": "web", "alibabacloud.com/eci": "true"}}}"#,
/// )?;
/// let mut auditor = Planner::new(Cluster::new(Edition::Ack)).auditor();
/// auditor.push(&service);
/// auditor.push(&pod);
/// let names: Vec<&str> = auditor.finish().iter().map(|finding| finding.rule().name()).collect();
/// assert_eq!(names, ["node-port-service"]);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug)]
pub struct Auditor {
    planner: Planner,
    pods: Vec<Bound>,
    services: Vec<Service>,
}

impl Auditor {
    pub(super) const fn new(planner: Planner) -> Self {
        Self {
            planner,
            pods: Vec::new(),
            services: Vec::new(),
        }
    }

    /// Judges one object by itself, and keeps what the others need of it.
    pub fn push<'a>(&mut self, object: impl Into<Object<'a>>) -> Review {
        let object = object.into();
        let review = self.planner.review(object);
        if let Some(pod) = object.pod() {
            let on_eci = review
                .routing
                .as_ref()
                .is_some_and(eci_profile::Routing::may_run_on_eci);
            let labels = pod.meta().and_then(|meta| meta.labels.clone()).unwrap_or_default();
            self.pods
                .push(Bound::new(pod.namespace(), labels, on_eci, pod.place(&At::ROOT)));
        }
        if let Object::Service(service) = object
            && service
                .spec
                .as_ref()
                .is_some_and(|spec| spec.type_.as_deref() == Some("NodePort"))
        {
            self.services.push(service.clone());
        }
        review
    }

    /// What only several objects together show.
    pub fn finish(self) -> Findings {
        let mut findings = Findings::new();
        let edition = self.planner.cluster().edition();
        for service in &self.services {
            limits::node_port(service, &self.pods, edition, &mut findings);
        }
        findings
    }
}
