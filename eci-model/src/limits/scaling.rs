//! Budgets and autoscalers that cannot work.

use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::digest::{AutoscalerDigest, BudgetDigest, Digests, Lacking, PodDigest};
use crate::finding::Findings;
use crate::labels;
use crate::path::At;
use crate::rule::{Basis, Code, Rule, Rules};
use crate::settings::SpotRelease;

/// A budget that stops the eviction before spot capacity is reclaimed.
pub const EVICTION_BLOCKED: &Rule = &Rule::warning(Code::eci(1240), "eviction-blocked")
    .summary("budget that never lets a spot pod be evicted")
    .why("the eviction before the release waits for the budget, the release does not, so the pod ends without its grace period")
    .remedy("allow one disruption")
    .basis(Basis::Documented("Create a preemptible instance, 2024-11-19"))
    .page(include_str!("../../rules/eviction-blocked.md"));

/// An autoscaler without a number to compare with.
pub const AUTOSCALER_WITHOUT_REQUEST: &Rule = &Rule::warning(Code::eci(1245), "autoscaler-without-request")
    .summary("container without the request that an autoscaler compares with")
    .why("utilization is a share of the requests; without one the autoscaler has no number and does nothing")
    .remedy("set the request, also beside the annotation `k8s.aliyun.com/eci-use-specs`")
    .basis(Basis::Documented("Kubernetes, horizontal pod autoscaling"))
    .page(include_str!("../../rules/autoscaler-without-request.md"));

pub(super) static RULES: Rules = Rules::new(&[EVICTION_BLOCKED, AUTOSCALER_WITHOUT_REQUEST]);

pub(super) fn together(digests: &Digests, out: &mut Findings) {
    for budget in digests.budgets() {
        blocked(digests, budget, out);
    }
    for autoscaler in digests.autoscalers() {
        for pod in digests.pods_in(autoscaler.subject.namespace.as_deref().unwrap_or_default()) {
            if autoscaler.target.is(&pod.subject) {
                lacking(autoscaler, pod, out);
            }
        }
    }
}

fn blocked(digests: &Digests, budget: &BudgetDigest, out: &mut Findings) {
    let pods = digests.pods_in(budget.subject.namespace.as_deref().unwrap_or_default());
    let selects = |pod: &&PodDigest| labels::selects(budget.selector.as_ref(), &pod.labels).unwrap_or(false);
    let selected: Vec<&PodDigest> = pods.iter().filter(selects).collect();
    let is_evicted = |pod: &&&PodDigest| {
        let asked = pod.asked.as_ref();
        pod.may_run_on_eci() && asked.is_some_and(|asked| asked.spot_release == Some(SpotRelease::ApiEvict))
    };
    let Some(pod) = selected.iter().find(is_evicted) else {
        return;
    };
    let counted = selected.iter().filter(|pod| pod.is_counted);
    let replicas: u64 = counted.map(|pod| u64::from(pod.replicas())).sum();
    let Some((field, value)) = nothing_allowed(budget, replicas) else {
        return;
    };
    let spec = At::ROOT.field("spec");
    let finding = EVICTION_BLOCKED.at(budget.place(&spec.field(field))).found(value);
    pod.tell(
        finding.related(pod.place(&At::ROOT), "is to be evicted before it is reclaimed"),
        out,
    );
}

/// The field that allows no disruption of so many replicas.
fn nothing_allowed(budget: &BudgetDigest, replicas: u64) -> Option<(&'static str, String)> {
    let none = match &budget.max_unavailable {
        Some(IntOrString::Int(0)) => Some("0".to_owned()),
        Some(IntOrString::String(share)) if share.trim() == "0%" => Some(share.clone()),
        _ => None,
    };
    let all = match &budget.min_available {
        Some(IntOrString::Int(least)) if u64::try_from(*least).is_ok_and(|least| least >= replicas) => {
            Some(least.to_string())
        }
        Some(IntOrString::String(share)) if share.trim() == "100%" => Some(share.clone()),
        _ => None,
    };
    let none = none.map(|value| ("maxUnavailable", value));
    none.or_else(|| all.map(|value| ("minAvailable", value)))
}

/// Routing does not matter: it holds for every pod of Kubernetes.
fn lacking(autoscaler: &AutoscalerDigest, pod: &PodDigest, out: &mut Findings) {
    for metric in &autoscaler.metrics {
        let lacks = |container: &&Lacking| {
            let lacks = match &*metric.resource {
                "cpu" => container.cpu,
                "memory" => container.memory,
                _ => false,
            };
            lacks && metric.container.as_ref().is_none_or(|name| *name == container.name)
        };
        for container in pod.lacking.iter().filter(lacks) {
            let spec = At::ROOT.field("spec");
            let containers = spec.field("containers");
            let place = pod.place(&containers.index(usize::from(container.container)));
            let finding = AUTOSCALER_WITHOUT_REQUEST.at(place);
            let finding = finding.expected(format!("a request of {}", metric.resource));
            out.push(finding.related(autoscaler.place(&At::ROOT), "scales by utilization"));
        }
    }
}
