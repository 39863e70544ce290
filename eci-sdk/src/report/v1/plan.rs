//! Plans and their decisions.

use std::collections::BTreeMap;

use eci_model::Decision;
use eci_model::api::Operation;
use eci_model::group::{Ask, Materials, Who};
use eci_profile::Routing;
use serde::Serialize;

use super::Place;
use crate::planner::Plan;

/// A plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PlanRow {
    /// The object that was planned, and where it stands.
    pub subject: Place,
    /// Where its pods run, and why.
    pub routing: RoutingRow,
    /// How many pods it asks for.
    pub replicas: u32,
    /// What was decided.
    pub decisions: Vec<DecisionRow>,
    /// What a pod costs; nothing when the ECS type or the spot market decides.
    pub price: Option<PriceRow>,
    /// What must be looked up before a pod can be created.
    pub needs: Vec<String>,
    /// Which fields of the pod ask for it. In the request each key stands as `<Secret NAME key KEY>`; what whole objects bring is not in it.
    pub references: Vec<ReferenceRow>,
    /// The parameters of `CreateContainerGroup` as far as they are decided, the same for all pods of the template; what may be secret is
    /// hidden.
    pub request: serde_json::Value,
}

/// A field of a pod that asks for something outside of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ReferenceRow {
    /// The field, from the pod's root on.
    pub field: String,
    /// What it asks for, `Secret orders-db`.
    pub asks_for: String,
    /// The key in it, when only that is wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

impl From<&Ask> for ReferenceRow {
    fn from(ask: &Ask) -> Self {
        Self {
            field: ask.path.to_string(),
            asks_for: ask.reference.to_string(),
            key: ask.key.clone(),
        }
    }
}

/// What a pod costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PriceRow {
    /// Of one pod in an hour, a decimal number.
    pub per_hour: String,
    /// Of all replicas in a month of 730 hours, a decimal number.
    pub all_per_month: String,
    /// `CNY` or another one.
    pub currency: &'static str,
}

/// Where a pod runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RoutingRow {
    /// `eci`, `eci-on-shortage`, `real-nodes` or `unknown`.
    pub to: &'static str,
    /// What decides it; of `unknown` what is missing.
    pub why: String,
    /// How sure it is: `decided at creation`, `ECI only on shortage` and so on.
    pub confidence: &'static str,
    /// What would change it; left out of `unknown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub would_change: Option<String>,
}

impl From<&Routing> for RoutingRow {
    fn from(routing: &Routing) -> Self {
        let (to, why) = match routing {
            Routing::Eci { why, .. } => ("eci", why.to_string()),
            Routing::OnShortage { why, .. } => ("eci-on-shortage", why.to_string()),
            Routing::NotEci { why, .. } => ("real-nodes", why.to_string()),
            Routing::Unknown { missing } => ("unknown", missing.to_string()),
            other => ("unknown", other.to_string()),
        };
        Self {
            to,
            why,
            confidence: routing.confidence().words(),
            would_change: routing.would_change().map(str::to_owned),
        }
    }
}

impl PlanRow {
    /// A plan of so many pods.
    pub fn new(plan: &Plan, replicas: u32) -> Self {
        let price = plan.price().map(|(rate, currency)| PriceRow {
            per_hour: rate.hour().to_string(),
            all_per_month: rate.times(u64::from(replicas)).month().to_string(),
            currency: currency.name(),
        });
        Self {
            subject: Place::from(plan.subject()),
            routing: plan.routing().into(),
            replicas,
            decisions: plan.decisions().map(Into::into).collect(),
            price,
            needs: plan.needs().iter().map(ToString::to_string).collect(),
            references: plan.asks().iter().map(Into::into).collect(),
            request: serde_json::to_value(request(plan)).unwrap_or_default(),
        }
    }
}

/// The request of any pod of the template: references in place of what must be looked up, identities left out.
fn request(plan: &Plan) -> Operation {
    let none = BTreeMap::new();
    let who = Who {
        namespace: plan.subject().namespace.as_deref().unwrap_or("default"),
        name: "",
        uid: "",
        labels: &none,
        annotations: &none,
        service_account: "",
        node: "",
        host_ips: &[],
        cluster: None,
        cluster_domain: "cluster.local",
        created: None,
        failed: 0,
    };
    let mut materials = Materials::default();
    for ask in plan.asks() {
        materials.awaited(&ask);
    }
    let mut request = plan.draft().complete(&materials, &who).request;
    request.container_group_name = String::new();
    request.client_token = None;
    request.tag.clone_from(&plan.draft().request().tag);
    Operation::from(request)
}

/// A decision of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DecisionRow {
    /// What was decided.
    pub name: &'static str,
    /// The value.
    pub value: String,
    /// The reasons, first to last.
    pub trail: Vec<Step>,
    /// What lost.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beaten: Vec<Loser>,
}

/// A reason of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Step {
    /// Who.
    pub by: String,
    /// What was done.
    pub what: String,
}

/// A candidate that lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Loser {
    /// The value.
    pub value: String,
    /// Who gave it.
    pub by: String,
    /// Why it lost.
    pub why: String,
}

impl From<Decision<'_>> for DecisionRow {
    fn from(decision: Decision<'_>) -> Self {
        let step = |reason: &eci_model::Reason| Step {
            by: reason.origin.to_string(),
            what: reason.what.to_string(),
        };
        let loser = |beaten: &eci_model::Beaten| Loser {
            value: beaten.value.to_string(),
            by: beaten.origin.to_string(),
            why: beaten.why.to_string(),
        };
        Self {
            name: decision.name,
            value: decision.value.to_string(),
            trail: decision.trail.iter().map(step).collect(),
            beaten: decision.beaten.iter().map(loser).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eci_model::{Decided, Origin};

    #[test]
    fn decisions_serialise_with_what_they_beat() {
        let decided = Decided::by(Origin::Caller, 5).beat("4", Origin::Caller, "smaller");
        let json = serde_json::to_value(DecisionRow::from(decided.named("number"))).expect("plain data");
        assert_eq!(
            json,
            serde_json::json!({
                "name": "number", "value": "5", "trail": [{"by": "caller", "what": "asked"}],
                "beaten": [{"value": "4", "by": "caller", "why": "smaller"}],
            })
        );
    }
}
