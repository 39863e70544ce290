//! Does the platform do what is planned? What it wrote on running pods against their plans.

mod compare;
mod fleet;
mod observed;
mod subject;

use std::fmt;

use eci_model::policy::{POLICIES, Policies};
use k8s_openapi::api::core::v1::Pod;

use crate::planner::{PlanError, Planner};
use compare::compare;
use observed::Observed;
use subject::as_created;

pub use fleet::{Evidence, Tally, Verification};

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Aspect {
    /// Whether the pod runs at all.
    Runs,
    /// The size or ECS type that is billed.
    Size,
    /// The compute category.
    Category,
    /// The vSwitch.
    VSwitch,
    /// The security groups.
    SecurityGroups,
    /// The zone.
    Zone,
    /// The image cache.
    ImageCache,
    /// The EIP.
    Eip,
}

impl Aspect {
    /// The word that reports use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Runs => "runs",
            Self::Size => "size",
            Self::Category => "compute category",
            Self::VSwitch => "vSwitch",
            Self::SecurityGroups => "security groups",
            Self::Zone => "zone",
            Self::ImageCache => "image cache",
            Self::Eip => "EIP",
        }
    }
}

impl fmt::Display for Aspect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How what was planned and what was observed stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// They agree.
    Agrees,
    /// They differ.
    Differs,
    /// What was written back does not tell: several plans would look like this.
    CannotTell,
}

/// A choice of a policy, by the names that `Policies::set` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct PolicyChoice {
    /// The policy.
    pub policy: &'static str,
    /// The choice.
    pub choice: &'static str,
}

impl fmt::Display for PolicyChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.policy, self.choice)
    }
}

/// One aspect of a running pod: what was planned, and what the platform wrote back.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Compared {
    /// What is compared.
    pub aspect: Aspect,
    /// What the plan says.
    pub planned: String,
    /// What the platform wrote.
    pub observed: String,
    /// How they stand to one another.
    pub outcome: Outcome,
    /// Where they differ: the single choices of policies under which they would not.
    pub would_agree: Vec<PolicyChoice>,
}

impl Planner {
    /// Compares a running pod with its plan, aspect by aspect; nothing for a pod that the platform has written nothing on.
    ///
    /// The pod is planned as it was created: without what the platform wrote back. Whether `eci-vswitch` and `eci-security-group` are the
    /// user's own or were written back, the managed fields tell (`kubectl get --show-managed-fields`); without them, what no lower layer
    /// explains [cannot be told](Outcome::CannotTell). Where planned and observed differ, every choice of every policy is tried.
    ///
    /// # Example
    /// ```
    /// use eci_sdk::verify::{Aspect, Outcome};
    /// use eci_sdk::{Cluster, Edition, Planner};
    /// use k8s_openapi::api::core::v1::{ConfigMap, Pod};
    ///
    /// let profile: ConfigMap = serde_json::from_str(
    ///     r#"{"metadata": {"name": "eci-profile", "namespace": "kube-system"},
    ///         "data": {"vSwitchIds": "vsw-bp1xpiowfm5vo8o3c1h01", "securityGroupId": "sg-bp15ed6xe1yxeycg7o22"}}"#,
    /// )?;
    /// let mut cluster = Cluster::new(Edition::AckServerless).in_region("cn-hangzhou".parse()?);
    /// cluster.observe(&profile);
    /// let live: Pod = serde_json::from_str(
    ///     r#"{"metadata": {"name": "big", "uid": "u-1", "annotations": {
    ///             "k8s.aliyun.com/eci-instance-id": "eci-2ze1y0la40qgva09abcd", "k8s.aliyun.com/eci-instance-spec": "16.0-64.0Gi"}},
    ///         "spec": {"containers": [{"name": "main", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4",
    ///             "resources": {"limits": {"cpu": "10", "memory": "60Gi"}}}]}}"#,
    /// )?;
    /// let size = Planner::new(cluster).verify(&live).into_iter().find(|row| row.aspect == Aspect::Size).expect("written back");
    /// assert_eq!((size.planned.as_str(), size.observed.as_str(), size.outcome), ("12-96Gi", "16-64Gi", Outcome::Differs));
    /// assert!(size.would_agree.iter().any(|choice| choice.to_string() == "Rounding=LeastPrice"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn verify(&self, live: &Pod) -> Vec<Compared> {
        let Some(observed) = Observed::of(live) else {
            return Vec::new();
        };
        let created = as_created(live, &observed);
        let mut rows = self.compare(&created, &observed);
        if rows.iter().any(|row| row.outcome == Outcome::Differs) {
            for (choice, planner) in self.other_choices() {
                let others = planner.compare(&created, &observed);
                for row in rows.iter_mut().filter(|row| row.outcome == Outcome::Differs) {
                    if others
                        .iter()
                        .any(|other| other.aspect == row.aspect && other.outcome == Outcome::Agrees)
                    {
                        row.would_agree.push(choice);
                    }
                }
            }
        }
        rows
    }

    /// The same without the search for policies.
    fn verify_once(&self, live: &Pod) -> Vec<Compared> {
        let observed = Observed::of(live);
        observed.map_or_else(Vec::new, |observed| {
            self.compare(&as_created(live, &observed), &observed)
        })
    }

    fn compare(&self, created: &Pod, observed: &Observed) -> Vec<Compared> {
        match self.plan(created) {
            Ok(plan) => compare(&plan, self, observed),
            Err(error) => vec![Compared {
                aspect: Aspect::Runs,
                planned: refusal(&error),
                observed: "runs on ECI".to_owned(),
                outcome: Outcome::Differs,
                would_agree: Vec::new(),
            }],
        }
    }

    /// The planner with each choice that is not the one in force, one at a time.
    fn other_choices(&self) -> impl Iterator<Item = (PolicyChoice, Self)> {
        let current = self.cluster().policies().choices();
        let choices = POLICIES.iter().flat_map(|policy| {
            policy.choices.iter().map(|choice| PolicyChoice {
                policy: policy.name,
                choice,
            })
        });
        let others = choices.filter(move |it| !current.contains(&(it.policy, it.choice)));
        others.filter_map(|choice| Some((choice, self.choosing(choice)?)))
    }

    /// The planner with another choice of a policy; `None` when there is no such choice.
    fn choosing(&self, choice: PolicyChoice) -> Option<Self> {
        let mut policies: Policies = self.cluster().policies().clone();
        policies.set(choice.policy, choice.choice).ok()?;
        Some(self.with_cluster(self.cluster().clone().with_policies(policies)))
    }
}

fn refusal(error: &PlanError) -> String {
    match error {
        PlanError::NotBound(routing) => routing.to_string(),
        PlanError::Rejected(findings) => {
            let worst = findings.iter().max_by_key(|finding| finding.severity());
            worst.map_or_else(
                || "refused".to_owned(),
                |finding| format!("refused, {}", finding.rule().name()),
            )
        }
        PlanError::NoPod => error.to_string(),
    }
}

#[cfg(test)]
mod tests;
