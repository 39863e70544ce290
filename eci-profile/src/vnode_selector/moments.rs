//! What a Selector does to a pod, moment by moment.

use eci_model::policy::{Policies, VNodeMoments};

use super::{VNodePolicy, VNodeSelector};

/// What a [`VNodeSelector`] does to a pod at creation, once it is reported unschedulable, and when it is bound to a VNode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Moments {
    /// When the pod is created.
    pub creation: Change,
    /// When the scheduler reports that no node takes it.
    pub unschedulable: Change,
    /// When it is bound to a VNode.
    pub binding: Change,
}

/// What is done to a pod at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The toleration of VNodes is added: `k8s.aliyun.com/vnode=true:NoSchedule`.
    pub toleration: bool,
    /// What happens to the node selector.
    pub node_selector: NodeSelection,
    /// The effect is injected, over what the pod has.
    pub effect: bool,
}

/// What happens to the node selector of a pod.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum NodeSelection {
    /// It stays.
    #[default]
    Kept,
    /// It becomes `k8s.aliyun.com/vnode: "true"`; the code drops what was there.
    Replaced,
}

impl Change {
    /// Whether nothing is done.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl Moments {
    /// Whether the effect reaches a pod that runs on a VNode.
    pub const fn injects(&self) -> bool {
        self.creation.effect || self.unschedulable.effect || self.binding.effect
    }
}

impl VNodeSelector {
    /// What it does, and when, to a pod that is created without a node name.
    ///
    /// By default the documented column, with the moments of the code of 2022. The code of 2024 leaves such a pod alone at creation; once it
    /// is unschedulable, `fair` and `normalNodePrefer` add the toleration, `virtualNodeOnly` toleration and effect but no node selector; at
    /// binding to a VNode toleration and effect are patched in. There `fair` equals `normalNodePrefer`, and a pod of `virtualNodeOnly` may
    /// start on a real node.
    pub fn moments(&self, policies: &Policies) -> Moments {
        let mut moments = Moments::default();
        let toleration = Change {
            toleration: true,
            ..Change::default()
        };
        let both = Change {
            effect: true,
            ..toleration
        };
        let is_documented = policies.vnode_moments == VNodeMoments::Documented;
        match (&self.policy, is_documented) {
            (VNodePolicy::Fair, true) => moments.creation = both,
            (VNodePolicy::VirtualNodeOnly, true) => {
                moments.creation = Change {
                    node_selector: NodeSelection::Replaced,
                    ..both
                };
            }
            (VNodePolicy::NormalNodePrefer { .. }, true) => moments.unschedulable = both,
            (VNodePolicy::Fair | VNodePolicy::NormalNodePrefer { .. }, false) => {
                moments.unschedulable = toleration;
                moments.binding = both;
            }
            (VNodePolicy::VirtualNodeOnly, false) => {
                moments.unschedulable = both;
                moments.binding = both;
            }
            (VNodePolicy::NormalNodeOnly | VNodePolicy::NamespaceResourceLimit { .. }, _) => {}
        }
        moments
    }

    /// The same for a pod that is created with the name of a VNode: both readings change it at creation, except for `normalNodeOnly`.
    pub fn moments_on_vnode(&self) -> Moments {
        let acts = !matches!(
            self.policy,
            VNodePolicy::NormalNodeOnly | VNodePolicy::NamespaceResourceLimit { .. }
        );
        Moments {
            creation: Change {
                toleration: acts,
                effect: acts,
                ..Change::default()
            },
            ..Moments::default()
        }
    }
}
