//! The engine: objects in, findings and explained plans out.
//!
//! This is the only place that knows the order of the stages; see [`Planner`].

mod auditor;
mod binding;
mod check;
mod identity;
mod plan;
mod remembered;
mod selectors;
mod stages;
mod store;
mod stored;
mod update;

use std::fmt;
use std::sync::Arc;

use eci_annotations::Row;
use eci_model::{Findings, Object, ObjectRef};
use eci_profile::Routing;

use crate::cluster::Cluster;

pub use eci_model::group::Ask;

pub use auditor::Auditor;
pub use binding::{Binding, Completion, Material, Need, Ready};
pub use check::{Check, View};
pub use identity::Identity;
pub use plan::Plan;
pub(crate) use selectors::RULES;
pub use store::Store;

/// Judges objects and plans pods, on what is known of a cluster.
///
/// Cheap to clone and to share between threads; a new state of the cluster makes a new planner by [`with_cluster`](Self::with_cluster),
/// while running judgements finish on the old one.
///
/// # Example
/// ```
/// use eci_sdk::{Cluster, Edition, Planner};
/// use k8s_openapi::api::core::v1::Pod;
///
/// let pod: Pod = serde_json::from_str(
///     r#"{"metadata": {"name": "web", "labels": {"alibabacloud.com/eci": "true"}},
///         "spec": {"hostNetwork": true, "containers": [{"name": "main", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4"}]}}"#,
/// )?;
/// let review = Planner::new(Cluster::new(Edition::Ack)).review(&pod);
/// let codes: Vec<String> = review.findings.iter().map(|finding| finding.rule().code().to_string()).collect();
/// assert!(codes.contains(&"ECI1020".to_owned()));
/// assert!(review.plan.is_none());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct Planner(Arc<Inner>);

#[derive(Clone)]
pub(crate) struct Inner {
    pub(crate) cluster: Cluster,
    pub(crate) checks: Vec<Arc<dyn Check>>,
    pub(crate) keys: Vec<Row>,
    /// Judge every pod as if it were bound for ECI.
    pub(crate) assume_bound: bool,
    /// Whether reviews carry plans.
    pub(crate) plans: bool,
}

impl Planner {
    /// A planner for a cluster.
    pub fn new(cluster: Cluster) -> Self {
        Self(Arc::new(Inner {
            cluster,
            checks: Vec::new(),
            keys: Vec::new(),
            assume_bound: false,
            plans: true,
        }))
    }

    /// The same planner on another state of the cluster.
    #[must_use]
    pub fn with_cluster(&self, cluster: Cluster) -> Self {
        self.changed(|inner| inner.cluster = cluster)
    }

    /// The same planner with a check of the user's own, run on every pod after the built-in ones.
    #[must_use]
    pub fn with_check(&self, check: impl Check) -> Self {
        self.changed(|inner| inner.checks.push(Arc::new(check)))
    }

    /// The same planner with annotation keys of the user's own, checked as the built-in ones are.
    #[must_use]
    pub fn with_keys(&self, keys: &[Row]) -> Self {
        self.changed(|inner| inner.keys.extend_from_slice(keys))
    }

    /// The same planner, judging every pod as if it were bound for ECI.
    #[must_use]
    pub fn assume_bound(&self, assume: bool) -> Self {
        self.changed(|inner| inner.assume_bound = assume)
    }

    /// The same planner for callers that want findings only, such as admission and checks in CI: its reviews carry no plan, which saves the
    /// work of drawing up the request. [`plan`](Self::plan) plans as before.
    ///
    /// # Example
    /// ```
    /// use eci_sdk::{Cluster, Edition, Planner};
    /// use k8s_openapi::api::core::v1::Pod;
    ///
    /// let pod: Pod = serde_json::from_str(
    ///     r#"{"metadata": {"name": "web", "labels": {"alibabacloud.com/eci": "true"}},
    ///         "spec": {"hostNetwork": true, "containers": [{"name": "main", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4"}]}}"#,
    /// )?;
    /// let review = Planner::new(Cluster::new(Edition::Ack)).without_plans().review(&pod);
    /// assert!(review.findings.has_errors() && review.plan.is_none());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn without_plans(&self) -> Self {
        self.changed(|inner| inner.plans = false)
    }

    /// What is known of the cluster.
    pub fn cluster(&self) -> &Cluster {
        &self.0.cluster
    }

    /// Judges one object of any kind, by itself: for webhooks, nodes and editors.
    ///
    /// A pod that is not refused is planned as well, unless the planner is one [`without_plans`](Self::without_plans). Findings that need several objects come from an [`auditor`](Self::auditor).
    pub fn review<'a>(&self, object: impl Into<Object<'a>>) -> Review {
        stages::review(&self.0, object.into(), self.0.plans)
    }

    /// Judges an update of an object: what [`review`](Self::review) says about `wanted`, and what the update changes in vain.
    ///
    /// An instance keeps what it was created with. Of a pod that may run on ECI it is told which annotations, security groups, deadlines
    /// and resources change and do nothing until the pod is created again; images of containers may change. Whether the pod runs on ECI
    /// is decided by `stored`, since that is how it was created. A template inside a workload makes new pods, so its change is no update
    /// of a pod; neither is a `stored` of another kind, name or UID.
    ///
    /// # Example
    /// ```
    /// use eci_sdk::{Cluster, Edition, Planner};
    /// use k8s_openapi::api::core::v1::Pod;
    ///
    /// let stored: Pod = serde_json::from_str(
    ///     r#"{"metadata": {"name": "web", "namespace": "shop", "uid": "5c0c1d5e-1f2a-4a6b-9a43-7f1e8f0f7a11",
    ///                      "labels": {"alibabacloud.com/eci": "true"}, "annotations": {"k8s.aliyun.com/eci-use-specs": "2-4Gi"}},
    ///         "spec": {"containers": [{"name": "main", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4"}]}}"#,
    /// )?;
    /// let mut wanted = stored.clone();
    /// let annotations = wanted.metadata.annotations.get_or_insert_default();
    /// annotations.insert("k8s.aliyun.com/eci-use-specs".to_owned(), "4-8Gi".to_owned());
    ///
    /// let planner = Planner::new(Cluster::new(Edition::Ack));
    /// let names = |stored: &Pod, wanted: &Pod| -> Vec<&'static str> {
    ///     let findings = planner.review_update(stored, wanted).findings;
    ///     findings.iter().map(|finding| finding.rule().name()).collect()
    /// };
    /// assert!(names(&stored, &wanted).contains(&"annotation-changed-on-live-pod"));
    /// assert!(!names(&stored, &stored).contains(&"annotation-changed-on-live-pod"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn review_update<'a>(&self, stored: impl Into<Object<'a>>, wanted: impl Into<Object<'a>>) -> Review {
        update::review(&self.0, stored.into(), wanted.into())
    }

    /// Plans the pod in an object.
    ///
    /// # Errors
    /// [`PlanError`] when the object holds no pod, the pod is not bound for ECI, or it would be refused.
    pub fn plan<'a>(&self, object: impl Into<Object<'a>>) -> Result<Plan, PlanError> {
        let review = stages::review(&self.0, object.into(), true);
        match (review.plan, review.routing) {
            (Some(plan), _) => Ok(plan),
            (None, None) => Err(PlanError::NoPod),
            (None, Some(routing @ Routing::NotEci { .. })) => Err(PlanError::NotBound(routing)),
            (None, Some(_)) => Err(PlanError::Rejected(review.findings)),
        }
    }

    /// Judges many objects: push each, then finish with the rules that need several.
    pub fn auditor(&self) -> Auditor {
        Auditor::new(self.clone())
    }

    fn changed(&self, change: impl FnOnce(&mut Inner)) -> Self {
        let mut inner = (*self.0).clone();
        change(&mut inner);
        Self(Arc::new(inner))
    }
}

impl fmt::Debug for Planner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Planner")
            .field("cluster", &self.0.cluster)
            .field("checks", &self.0.checks.len())
            .field("keys", &self.0.keys.len())
            .finish()
    }
}

/// What is to be said about one object.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Review {
    /// The object.
    pub subject: ObjectRef,
    /// Where the pod in it runs; `None` for objects that hold none.
    pub routing: Option<Routing>,
    /// Everything found.
    pub findings: Findings,
    /// How the pod would run on ECI; `None` when it is not bound for it, would be refused, or the planner is one
    /// [`without_plans`](Planner::without_plans).
    pub plan: Option<Plan>,
    /// What rules about several objects need to know of the pod; `None` when nothing judged it.
    pub(crate) remembered: Option<remembered::Remembered>,
    /// What the rules about several objects need of the pod's network.
    pub(crate) network: Option<eci_network::NetworkDigest>,
}

impl Review {
    /// Nothing known and nothing found of an object yet.
    const fn of(subject: ObjectRef) -> Self {
        Self {
            subject,
            routing: None,
            findings: Findings::new(),
            plan: None,
            remembered: None,
            network: None,
        }
    }
}

/// Why there is no plan.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The pod is not bound for ECI.
    #[error("the pod is not bound for eci: {0}")]
    NotBound(Routing),
    /// ECI would refuse the pod, or it could not work; the findings say why.
    #[error("the pod is refused: {}", first(.0))]
    Rejected(Findings),
    /// The object holds no pod.
    #[error("the object holds no pod")]
    NoPod,
}

fn first(findings: &Findings) -> String {
    let worst = findings.iter().max_by_key(|finding| finding.severity());
    worst.map_or_else(|| "nothing was found".to_owned(), ToString::to_string)
}
