//! What can be wrong with a Selector of self-managed clusters, and with a ResourcePolicy.

use eci_model::{Basis, Code, Rule};

/// A Selector of an old version.
pub const VNODE_SELECTOR_VERSION: &Rule = &Rule::warning(Code::eci(4210), "vnode-selector-version")
    .summary("a Selector of `eci.aliyun.com/v1beta1`")
    .why("pages print it, and the definition for Kubernetes 1.16 and later serves v1 only")
    .remedy("write `eci.aliyun.com/v1`")
    .basis(Basis::Documented(
        "Use eci-profile to schedule pods to a VNode, 2024-09-20 and the manifests of the component",
    ))
    .page(include_str!("../../rules/vnode-selector-version.md"));

/// Not exactly one policy.
pub const VNODE_SELECTOR_POLICY: &Rule = &Rule::error(Code::eci(4212), "vnode-selector-policy")
    .summary("the Selector does not have exactly one policy")
    .why("the component reads the policy without asking whether it is there")
    .remedy("give exactly one of fair, virtualNodeOnly, normalNodePrefer, normalNodeOnly, namespaceResourceLimit")
    .basis(Basis::Inferred("the public code of the component, 2024-04"))
    .page(include_str!("../../rules/vnode-selector-policy.md"));

/// Two Selectors of equal priority.
pub const VNODE_SELECTOR_PRIORITY_TIE: &Rule = &Rule::warning(Code::eci(4214), "vnode-selector-priority-tie")
    .summary("two Selectors of equal priority match the same pod")
    .why("one of them acts, and which one is not defined")
    .remedy("give them distinct priorities")
    .basis(Basis::Documented(
        "Use eci-profile to schedule pods to a VNode, 2024-09-20: the highest priority takes effect",
    ))
    .page(include_str!("../../rules/vnode-selector-priority-tie.md"));

/// A Selector without a filter.
pub const VNODE_SELECTOR_NO_FILTER: &Rule = &Rule::error(Code::eci(4216), "vnode-selector-no-filter")
    .summary("the Selector has no filter")
    .why("a page demands at least one; the code takes every pod")
    .remedy("give `namespaceLabels` or `objectLabels`")
    .basis(Basis::Documented(
        "Use eci-profile to schedule pods to a VNode, 2024-09-20",
    ))
    .page(include_str!("../../rules/vnode-selector-no-filter.md"));

/// A Selector without an effect.
pub const VNODE_SELECTOR_EFFECT_MISSING: &Rule = &Rule::error(Code::eci(4217), "vnode-selector-effect-missing")
    .summary("the Selector has no effect")
    .why("the component reads the effect without asking whether it is there")
    .remedy("give one, empty if need be")
    .basis(Basis::Inferred("the public code of the component, 2024-04"))
    .page(include_str!("../../rules/vnode-selector-effect-missing.md"));

/// An effect that changes what the pod says itself.
pub const VNODE_SELECTOR_OVERWRITES: &Rule = &Rule::info(Code::eci(4218), "vnode-selector-overwrites")
    .summary("the Selector overwrites what the pod says itself")
    .why("other than in eci-profile, the effect wins")
    .remedy("drop one of the two")
    .basis(Basis::Documented("the public code of the component, 2024-04"))
    .page(include_str!("../../rules/vnode-selector-overwrites.md"));

/// A filter that cannot be evaluated.
pub const VNODE_SELECTOR_FILTER: &Rule = &Rule::error(Code::eci(4219), "vnode-selector-filter")
    .summary("a filter of the Selector means nothing")
    .why("a label selector that Kubernetes refuses selects nothing")
    .remedy("correct the expression")
    .basis(Basis::Inferred("label selectors of Kubernetes"))
    .page(include_str!("../../rules/vnode-selector-filter.md"));

/// A ResourcePolicy that means nothing.
pub const RESOURCE_POLICY_INVALID: &Rule = &Rule::error(Code::eci(4220), "resource-policy-invalid")
    .summary("the ResourcePolicy holds a value that is not listed")
    .remedy("write the values of the page")
    .basis(Basis::Documented(
        "Customize elastic resource priority scheduling, undated",
    ))
    .page(include_str!("../../rules/resource-policy-invalid.md"));

/// Two mechanisms for one pod.
pub const RESOURCE_POLICY_CONFLICT: &Rule = &Rule::warning(Code::eci(4222), "resource-policy-conflict")
    .summary("a pod of a ResourcePolicy uses a mechanism that conflicts with it")
    .why("both decide where pods run, or which go first")
    .remedy("use one mechanism")
    .basis(Basis::Documented(
        "Customize elastic resource priority scheduling, undated",
    ))
    .page(include_str!("../../rules/resource-policy-conflict.md"));

/// A pod that the scheduler rejects.
pub const RESOURCE_POLICY_MATCH_LABEL_MISSING: &Rule =
    &Rule::error(Code::eci(4223), "resource-policy-match-label-missing")
        .summary("the pod lacks a label that its ResourcePolicy counts by")
        .why("the scheduler rejects pods without it")
        .remedy("add the label")
        .basis(Basis::Documented(
            "Customize elastic resource priority scheduling, undated",
        ))
        .page(include_str!("../../rules/resource-policy-match-label-missing.md"));
