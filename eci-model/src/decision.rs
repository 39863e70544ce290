//! Decisions: a value, who decided it, and what it beat.

use std::fmt;
use std::sync::Arc;

use crate::finding::Text;

/// Who or what a value comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Origin {
    /// A field of the pod, such as the limits of its containers.
    PodSpec {
        /// The field.
        path: Text,
    },
    /// An annotation the pod carries itself.
    PodAnnotation {
        /// The key.
        key: Text,
    },
    /// A label the pod carries itself.
    PodLabel {
        /// The key.
        key: Text,
    },
    /// The effect of a selector of eci-profile.
    ProfileEffect {
        /// The selector's name.
        selector: Arc<str>,
    },
    /// A `PodNetworking` object.
    PodNetworking {
        /// Its name.
        name: Arc<str>,
    },
    /// A key of the eci-profile ConfigMap.
    Profile {
        /// The key.
        key: Text,
    },
    /// A Namespace.
    Namespace {
        /// Its name.
        name: Arc<str>,
    },
    /// A `Selector` object of a self-managed cluster.
    VNodeSelector {
        /// Its name.
        name: Arc<str>,
    },
    /// A `ResourcePolicy` object.
    ResourcePolicy {
        /// Its name.
        name: Arc<str>,
    },
    /// A choice about undocumented behaviour.
    Policy {
        /// The policy.
        name: &'static str,
        /// The choice.
        choice: &'static str,
    },
    /// A default or rule of the platform.
    Platform {
        /// The page that says so.
        page: &'static str,
    },
    /// The edition of the cluster.
    Edition {
        /// Its name.
        name: &'static str,
    },
    /// The environment of an old virtual-node controller.
    ControllerEnvironment {
        /// The variable.
        variable: &'static str,
    },
    /// The program that uses this library.
    Caller,
    /// Nobody who is known: what would decide is missing.
    Unknown {
        /// What is missing.
        missing: &'static str,
    },
}

impl Origin {
    /// Whether the value stands in an annotation of the pod as the platform sees it: its own, or one that a profile, a Selector or a
    /// ResourcePolicy injects.
    ///
    /// # Example
    /// ```
    /// use eci_model::Origin;
    ///
    /// assert!(Origin::ResourcePolicy { name: "web".into() }.is_annotation());
    /// assert!(!Origin::PodNetworking { name: "web".into() }.is_annotation());
    /// ```
    pub const fn is_annotation(&self) -> bool {
        matches!(
            self,
            Self::PodAnnotation { .. }
                | Self::ProfileEffect { .. }
                | Self::VNodeSelector { .. }
                | Self::ResourcePolicy { .. }
        )
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PodSpec { path } => write!(f, "pod field {path}"),
            Self::PodAnnotation { key } => write!(f, "pod annotation {key}"),
            Self::PodLabel { key } => write!(f, "pod label {key}"),
            Self::ProfileEffect { selector } => write!(f, "eci-profile selector `{selector}`"),
            Self::PodNetworking { name } => write!(f, "PodNetworking `{name}`"),
            Self::Profile { key } => write!(f, "eci-profile {key}"),
            Self::Namespace { name } => write!(f, "namespace `{name}`"),
            Self::VNodeSelector { name } => write!(f, "Selector `{name}`"),
            Self::ResourcePolicy { name } => write!(f, "ResourcePolicy `{name}`"),
            Self::Policy { name, choice } => write!(f, "policy {name}={choice}"),
            Self::Platform { page } => write!(f, "platform ({page})"),
            Self::Edition { name } => write!(f, "edition {name}"),
            Self::ControllerEnvironment { variable } => write!(f, "controller environment {variable}"),
            Self::Caller => f.write_str("caller"),
            Self::Unknown { missing } => write!(f, "not known: {missing}"),
        }
    }
}

/// A value and who gave it, before anything was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given<T> {
    /// The value.
    pub value: T,
    /// Who gave it.
    pub origin: Origin,
}

impl<T> Given<T> {
    /// A value of an origin.
    pub const fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }

    /// The same as a decision that beat nothing yet.
    pub fn decided(self) -> Decided<T> {
        Decided::by(self.origin, self.value)
    }
}

/// One step on the way to a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reason {
    /// Who did it.
    pub origin: Origin,
    /// What was done: `asked`, `rounded up to the regional grid`.
    pub what: Text,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} by {}", self.what, self.origin)
    }
}

/// A candidate that lost, as text, since it may not even parse.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Beaten {
    /// The value.
    pub value: Text,
    /// Who gave it.
    pub origin: Origin,
    /// Why it lost.
    pub why: Text,
}

/// A value, the trail of reasons that led to it, and what it beat.
///
/// # Example
/// ```
/// use eci_model::{Decided, Origin};
///
/// let asked = Decided::by(Origin::PodAnnotation { key: "k8s.aliyun.com/eci-use-specs".into() }, "7-13Gi");
/// let size = asked
///     .beat("0.5-1Gi", Origin::PodSpec { path: "containers[].resources.limits".into() }, "an annotation beats limits")
///     .then(Origin::Policy { name: "Rounding", choice: "VcpuFirst" }, "rounded up", |_| "8-14Gi");
/// assert_eq!(*size.value(), "8-14Gi");
/// assert_eq!(size.trail().len(), 2);
/// assert_eq!(size.beaten().len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided<T> {
    value: T,
    trail: Trail,
    beaten: Vec<Beaten>,
}

/// Reasons in order. Most decisions have one, which needs no memory of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Trail {
    One([Reason; 1]),
    More(Vec<Reason>),
}

impl Trail {
    fn push(self, reason: Reason) -> Self {
        Self::More(match self {
            Self::One([first]) => vec![first, reason],
            Self::More(mut reasons) => {
                reasons.push(reason);
                reasons
            }
        })
    }

    fn as_slice(&self) -> &[Reason] {
        match self {
            Self::One(reason) => reason,
            Self::More(reasons) => reasons,
        }
    }
}

impl<T> Decided<T> {
    /// A value as an origin asked for it.
    pub fn by(origin: Origin, value: T) -> Self {
        Self::because(origin, "asked", value)
    }

    /// A value with a first reason of its own words.
    pub fn because(origin: Origin, what: impl Into<Text>, value: T) -> Self {
        let what = what.into();
        Self {
            value,
            trail: Trail::One([Reason { origin, what }]),
            beaten: Vec::new(),
        }
    }

    /// Notes a candidate that lost.
    #[must_use]
    pub fn beat(mut self, value: impl Into<Text>, origin: Origin, why: impl Into<Text>) -> Self {
        self.beaten.push(Beaten {
            value: value.into(),
            origin,
            why: why.into(),
        });
        self
    }

    /// Turns the value into another one and notes who did it and how.
    #[must_use]
    pub fn then<U>(mut self, origin: Origin, what: impl Into<Text>, turn: impl FnOnce(T) -> U) -> Decided<U> {
        let what = what.into();
        self.trail = self.trail.push(Reason { origin, what });
        self.map(turn)
    }

    /// The same decision about another form of the value.
    pub fn with_value<U>(&self, value: U) -> Decided<U> {
        Decided {
            value,
            trail: self.trail.clone(),
            beaten: self.beaten.clone(),
        }
    }

    /// Turns the value into another form of the same, without a reason.
    #[must_use]
    pub fn map<U>(self, turn: impl FnOnce(T) -> U) -> Decided<U> {
        Decided {
            value: turn(self.value),
            trail: self.trail,
            beaten: self.beaten,
        }
    }

    /// The value.
    pub const fn value(&self) -> &T {
        &self.value
    }

    /// The value alone.
    pub fn into_value(self) -> T {
        self.value
    }

    /// Who decided: the origin of the first reason.
    pub fn origin(&self) -> &Origin {
        self.trail().first().map_or(&Origin::Caller, |reason| &reason.origin)
    }

    /// The reasons, first to last.
    pub fn trail(&self) -> &[Reason] {
        self.trail.as_slice()
    }

    /// What lost.
    pub fn beaten(&self) -> &[Beaten] {
        &self.beaten
    }
}

impl<T: fmt::Display> Decided<T> {
    /// The decision without its type, under a name.
    pub fn named(&self, name: &'static str) -> Decision<'_> {
        Decision {
            name,
            value: &self.value,
            trail: self.trail(),
            beaten: &self.beaten,
        }
    }
}

/// A decision of any type, borrowed: all that reports and explanations see.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Decision<'p> {
    /// What was decided: `size`, `vSwitches`.
    pub name: &'static str,
    /// The value.
    pub value: &'p dyn fmt::Display,
    /// The reasons, first to last.
    pub trail: &'p [Reason],
    /// What lost.
    pub beaten: &'p [Beaten],
}

impl fmt::Debug for Decision<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decision")
            .field("name", &self.name)
            .field("value", &self.value.to_string())
            .field("trail", &self.trail)
            .field("beaten", &self.beaten)
            .finish()
    }
}

/// Several values that print as a list with commas, for decisions about lists.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct List<T>(pub Vec<T>);

impl<T> std::ops::Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: fmt::Display> fmt::Display for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, item) in self.0.iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            write!(f, "{comma}{item}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_reason_names_the_origin() {
        let decided = Decided::by(Origin::Caller, 1).then(Origin::Platform { page: "limits" }, "capped", |n| n + 1);
        assert_eq!((*decided.value(), decided.origin()), (2, &Origin::Caller));
        assert_eq!(decided.trail()[1].to_string(), "capped by platform (limits)");
    }

    #[test]
    fn the_erased_view_shows_the_same() {
        let decided = Decided::by(Origin::Caller, List(vec!["vsw-a", "vsw-b"])).beat("vsw-c", Origin::Caller, "later");
        let decision = decided.named("vSwitches");
        assert_eq!(decision.value.to_string(), "vsw-a,vsw-b");
        assert_eq!(decision.beaten[0].value, "vsw-c");
    }

    #[test]
    fn what_was_given_becomes_a_decision() {
        let given = Given::new(5, Origin::Namespace { name: "shop".into() });
        assert_eq!(given.decided().origin().to_string(), "namespace `shop`");
    }
}
