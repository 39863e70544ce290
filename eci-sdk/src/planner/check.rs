//! Checks of users' own, beside the built-in ones.

use eci_annotations::Annotations;
use eci_model::{EffectivePod, Findings, Object, Rule};
use eci_profile::Routing;

use crate::cluster::Cluster;

/// A check of a program's own.
///
/// It sees what the built-in checks see, and its rules are declared like theirs.
///
/// # Example
/// ```
/// use eci_model::{At, Basis, Code, Findings, Rule};
/// use eci_sdk::{Check, Cluster, Edition, Planner, View};
/// use k8s_openapi::api::core::v1::Pod;
///
/// const NO_TEAM: &Rule = &Rule::warning(Code::own("ACME", 1), "no-team")
///     .summary("pod without a `team` label")
///     .remedy("add the label `team`")
///     .basis(Basis::Ours("cost allocation"));
///
/// #[derive(Debug)]
/// struct TeamLabel;
///
/// impl Check for TeamLabel {
///     fn rules(&self) -> &'static [&'static Rule] {
///         &[NO_TEAM]
///     }
///
///     fn pod(&self, view: &View<'_>, out: &mut Findings) {
///         if view.pod.labels().get("team").is_none() {
///             let metadata = At::ROOT.field("metadata");
///             out.push(NO_TEAM.at(view.pod.place(&metadata.field("labels"))));
///         }
///     }
/// }
///
/// let planner = Planner::new(Cluster::new(Edition::AckServerless)).with_check(TeamLabel);
/// assert!(planner.review(&Pod::default()).findings.contains(NO_TEAM));
/// ```
pub trait Check: Send + Sync + 'static {
    /// The rules it may fire.
    fn rules(&self) -> &'static [&'static Rule];

    /// Judges a pod that is, or may be, bound for ECI.
    fn pod(&self, view: &View<'_>, out: &mut Findings);
}

/// What a check sees; all borrowed.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct View<'a> {
    /// The object that holds the pod.
    pub object: Object<'a>,
    /// The pod with everything that is injected into it.
    pub pod: &'a EffectivePod<'a>,
    /// Its annotations, typed on demand.
    pub annotations: Annotations<'a>,
    /// Where it runs.
    pub routing: &'a Routing,
    /// What is known of the cluster.
    pub cluster: &'a Cluster,
}

impl<'a> View<'a> {
    pub(super) const fn new(
        object: Object<'a>,
        pod: &'a EffectivePod<'a>,
        annotations: Annotations<'a>,
        routing: &'a Routing,
        cluster: &'a Cluster,
    ) -> Self {
        Self {
            object,
            pod,
            annotations,
            routing,
            cluster,
        }
    }
}
