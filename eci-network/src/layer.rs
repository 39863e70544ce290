//! The sources of vSwitches and security groups, and what each of them says.

use std::fmt;

use eci_model::policy::NetworkOrder;
use eci_model::{EffectivePod, Given, List, Origin, SecurityGroupId, VSwitchId};

use crate::facts::{Environment, ProfileNetwork};
use crate::pod_networking::Networking;

/// A place where vSwitches and security groups can be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Source {
    /// An annotation of the pod, its own or injected by eci-profile.
    Annotation,
    /// A PodNetworking that selects the pod.
    PodNetworking,
    /// `vSwitchIds` and `securityGroupId` of eci-profile.
    Profile,
    /// The environment of an old virtual-node controller.
    Environment,
}

impl Source {
    /// The sources, highest first.
    ///
    /// Annotation, PodNetworking, eci-profile is documented for vSwitches (Overview of Elastic Container Instance, 2026-03-26) and the
    /// default for both fields; the environment has always been the lowest.
    pub const fn order(policy: NetworkOrder) -> [Self; 4] {
        use Source::{Annotation, Environment, PodNetworking, Profile};
        match policy {
            NetworkOrder::PodNetworkingAnnotationProfile => [PodNetworking, Annotation, Profile, Environment],
            NetworkOrder::AnnotationProfilePodNetworking => [Annotation, Profile, PodNetworking, Environment],
            _ => [Annotation, PodNetworking, Profile, Environment],
        }
    }

    /// The source in words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Annotation => "annotation",
            Self::PodNetworking => "PodNetworking",
            Self::Profile => "eci-profile",
            Self::Environment => "controller environment",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What one source says about one field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Voice<'a, T> {
    /// Nothing.
    #[default]
    Silent,
    /// These values.
    Says(Offer<'a, T>),
    /// Several objects say something, and nothing decides between them.
    Open,
}

impl<T> Voice<'_, T> {
    /// Whether it says nothing.
    pub const fn is_silent(&self) -> bool {
        matches!(self, Self::Silent)
    }
}

/// The values a source offers for a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer<'a, T> {
    /// The values, in the order written.
    pub values: &'a [T],
    /// Who wrote them.
    pub origin: Origin,
    /// Whether only the first takes effect.
    pub first_only: bool,
}

/// A source and what it says about both fields.
///
/// # Example
/// ```
/// use eci_network::{Layer, ProfileNetwork, Voice};
///
/// let vswitches = ["vsw-bp1xpiowfm5vo8o3c1h01".parse()?];
/// let layer = Layer::of_profile(&ProfileNetwork { vswitches: &vswitches, ..ProfileNetwork::default() });
/// assert!(matches!(layer.vswitches, Voice::Says(_)));
/// assert!(layer.security_groups.is_silent());
/// # Ok::<(), eci_model::IdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer<'a> {
    /// The source.
    pub source: Source,
    /// What it says about vSwitches.
    pub vswitches: Voice<'a, VSwitchId>,
    /// What it says about security groups.
    pub security_groups: Voice<'a, SecurityGroupId>,
}

impl<'a> Layer<'a> {
    /// A source that says nothing.
    pub const fn silent(source: Source) -> Self {
        Self {
            source,
            vswitches: Voice::Silent,
            security_groups: Voice::Silent,
        }
    }

    /// What the annotations of a pod say.
    pub fn of_annotations(pod: &EffectivePod<'a>) -> Self {
        let settings = pod.settings();
        Self {
            source: Source::Annotation,
            vswitches: given(settings.vswitches.as_ref()),
            security_groups: given(settings.security_groups.as_ref()),
        }
    }

    /// What a PodNetworking says; in ACK Serverless only the first security group takes effect (Configure separate vSwitches and security
    /// groups for a pod, 2026-02-28).
    pub fn of_pod_networking(object: &'a Networking, first_group_only: bool) -> Self {
        let origin = || Origin::PodNetworking {
            name: object.name().clone(),
        };
        Self {
            source: Source::PodNetworking,
            vswitches: says(object.vswitches(), origin, false),
            security_groups: says(object.security_groups(), origin, first_group_only),
        }
    }

    /// What eci-profile says.
    pub fn of_profile(profile: &ProfileNetwork<'a>) -> Self {
        let origin = |key: &'static str| move || Origin::Profile { key: key.into() };
        let group = profile.security_group.map(std::slice::from_ref).unwrap_or_default();
        Self {
            source: Source::Profile,
            vswitches: says(profile.vswitches, origin("vSwitchIds"), false),
            security_groups: says(group, origin("securityGroupId"), false),
        }
    }

    /// What the environment of an old virtual-node controller says.
    pub fn of_environment(environment: &Environment<'a>) -> Self {
        let origin = |variable: &'static str| move || Origin::ControllerEnvironment { variable };
        Self {
            source: Source::Environment,
            vswitches: says(environment.vswitches, origin("ECI_VSWITCH"), false),
            security_groups: says(environment.security_groups, origin("ECI_SECURITY_GROUP"), false),
        }
    }

    /// Whether it says nothing at all.
    pub const fn is_silent(&self) -> bool {
        self.vswitches.is_silent() && self.security_groups.is_silent()
    }
}

fn given<T>(given: Option<&Given<List<T>>>) -> Voice<'_, T> {
    match given {
        Some(given) => says(&given.value, || given.origin.clone(), false),
        None => Voice::Silent,
    }
}

fn says<T>(values: &[T], origin: impl FnOnce() -> Origin, first_only: bool) -> Voice<'_, T> {
    if values.is_empty() {
        return Voice::Silent;
    }
    Voice::Says(Offer {
        values,
        origin: origin(),
        first_only: first_only && values.len() > 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_is_always_the_lowest() {
        for policy in [
            NetworkOrder::AnnotationPodNetworkingProfile,
            NetworkOrder::PodNetworkingAnnotationProfile,
            NetworkOrder::AnnotationProfilePodNetworking,
        ] {
            let order = Source::order(policy);
            assert_eq!(order[3], Source::Environment, "{policy}");
            let mut all = order;
            all.sort_unstable();
            assert!(all.is_sorted_by(|a, b| a < b), "each source once: {policy}");
        }
    }

    #[test]
    fn empty_lists_say_nothing() {
        let layer = Layer::of_environment(&Environment::default());
        assert!(layer.is_silent());
        assert!(Layer::of_profile(&ProfileNetwork::default()).is_silent());
        assert!(Layer::silent(Source::Annotation).is_silent());
    }
}
