//! ResourcePolicy objects: in which order kinds of nodes are used, and what of it lands on ECI.

use std::collections::BTreeMap;
use std::sync::Arc;

use eci_model::labels::Labelled;
use eci_model::resource::{self, ResourcePolicySelector};
use eci_model::{At, FieldPath, FindingBuilder, Findings, Location, Object, Origin, Overlay, PodView};

use crate::rules::{RESOURCE_POLICY_CONFLICT, RESOURCE_POLICY_INVALID, RESOURCE_POLICY_MATCH_LABEL_MISSING};
use crate::selector::{Effect, Entry};

/// A ResourcePolicy that could be read (Customize elastic resource priority scheduling, undated).
///
/// # Example
/// ```
/// use eci_model::resource;
/// use eci_profile::{Landing, ResourcePolicy};
///
/// let object: resource::ResourcePolicy = serde_json::from_str(
///     r#"{"apiVersion": "scheduling.alibabacloud.com/v1alpha1", "kind": "ResourcePolicy", "metadata": {"name": "web", "namespace": "shop"},
///         "spec": {"selector": {"app": "web"}, "strategy": "prefer", "units": [{"resource": "ecs", "max": 10}, {"resource": "eci"}]}}"#,
/// )?;
/// let (policy, findings) = ResourcePolicy::read(&object);
/// assert!(findings.is_empty());
/// assert_eq!(policy.map(|policy| policy.landing()), Some(Landing::AfterRealNodes));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ResourcePolicy {
    /// Its name.
    pub name: Arc<str>,
    /// Its namespace; it selects pods of this one only.
    pub namespace: Arc<str>,
    /// Labels that a pod must have; empty for every pod of the namespace.
    pub selector: BTreeMap<String, String>,
    /// Kinds of nodes, tried in order when pods are added, and given up in the reverse order, as far as possible.
    pub units: Vec<UnitKind>,
    /// Labels that each pod must have, since they group the count of a unit.
    pub match_label_keys: Vec<String>,
    /// What pods get in the first unit of ECI.
    pub effect: Effect,
}

/// The kind of nodes of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnitKind {
    /// Real nodes.
    Ecs,
    /// Elastic Container Instance.
    Eci,
    /// Container Compute Service, a product of its own.
    Acs,
    /// Nodes that are added on demand; being deprecated.
    Elastic,
}

/// Where pods of a ResourcePolicy land.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Landing {
    /// On ECI only.
    EciOnly,
    /// On ECI once what stands before it has no room or is full.
    AfterRealNodes,
    /// On ECI first, elsewhere once it has no stock or is full.
    EciFirst,
    /// Never on ECI by this policy.
    Elsewhere,
}

const STRATEGIES: [&str; 1] = ["prefer"];
const UNITS: [(&str, UnitKind); 4] = [
    ("ecs", UnitKind::Ecs),
    ("eci", UnitKind::Eci),
    ("acs", UnitKind::Acs),
    ("elastic", UnitKind::Elastic),
];
const PREEMPT: [&str; 2] = ["AfterAllUnits", "BeforeNextUnit"];
const NEXT: [&str; 4] = [
    "LackResourceOrExceedMax",
    "ExceedMax",
    "TimeoutOrExceedMax",
    "LackResourceAndNoTerminating",
];

impl ResourcePolicy {
    /// Reads an object and says what is wrong with it; with an error among the findings there is no policy.
    pub fn read(object: &resource::ResourcePolicy) -> (Option<Self>, Findings) {
        let mut findings = Findings::new();
        let spec = &object.spec;
        let at = |path: &str| {
            let place = Location::new(Object::from(object).reference(), FieldPath::of(path));
            RESOURCE_POLICY_INVALID.at(place)
        };
        let mut word = |path: &str, written: Option<&String>, known: &[&str]| {
            if let Some(written) = written.filter(|written| !known.contains(&written.as_str())) {
                findings.push(listed(at(path), written, known));
            }
        };
        word("spec.strategy", spec.strategy.as_ref(), &STRATEGIES);
        word("spec.preemptPolicy", spec.preempt_policy.as_ref(), &PREEMPT);
        let next = spec.when_try_next_units.as_ref();
        let next_policy = next.and_then(|next| next.policy.as_ref());
        word("spec.whenTryNextUnits.policy", next_policy, &NEXT);
        if next.is_some_and(|next| next.timeout.is_some())
            && next_policy.is_none_or(|name| name != "TimeoutOrExceedMax")
        {
            let finding = at("spec.whenTryNextUnits.timeout").title("a timeout acts with `TimeoutOrExceedMax` only");
            findings.push(finding.remedy("drop it, or write `policy: TimeoutOrExceedMax`"));
        }
        let mut units = Vec::with_capacity(spec.units.len());
        for (index, unit) in spec.units.iter().enumerate() {
            match UNITS.iter().find(|(name, _)| *name == unit.resource) {
                Some((_, kind)) => units.push(*kind),
                None => {
                    let finding = at(&format!("spec.units[{index}].resource"));
                    findings.push(listed(finding, &unit.resource, &UNITS.map(|(name, _)| name)));
                }
            }
        }
        let selector = match &spec.selector {
            None => BTreeMap::new(),
            Some(ResourcePolicySelector::Labels(labels)) => labels.clone(),
            Some(_) => {
                let finding = at("spec.selector").title("`selector` is a plain map of labels, no label selector");
                findings.push(finding.remedy("write the labels directly under `selector`"));
                BTreeMap::new()
            }
        };
        let policy = Self {
            name: object.metadata.name.as_deref().unwrap_or_default().into(),
            namespace: object.metadata.namespace.as_deref().unwrap_or("default").into(),
            selector,
            units,
            match_label_keys: spec.match_label_keys.clone().unwrap_or_default(),
            effect: effect(object),
        };
        ((!findings.has_errors()).then_some(policy), findings)
    }

    /// Whether it selects a pod of its namespace.
    pub fn selects(&self, labels: &impl Labelled) -> bool {
        self.selector
            .iter()
            .all(|(key, value)| labels.label(key) == Some(value))
    }

    /// Where its pods land.
    pub fn landing(&self) -> Landing {
        let is_eci = |unit: &UnitKind| *unit == UnitKind::Eci;
        match self.units.as_slice() {
            units if !units.iter().any(is_eci) => Landing::Elsewhere,
            units if units.iter().all(is_eci) => Landing::EciOnly,
            [UnitKind::Eci, ..] => Landing::EciFirst,
            _ => Landing::AfterRealNodes,
        }
    }

    /// Who routes.
    pub fn origin(&self) -> Origin {
        Origin::ResourcePolicy {
            name: Arc::clone(&self.name),
        }
    }
}

/// The maps of the first unit of ECI.
fn effect(object: &resource::ResourcePolicy) -> Effect {
    let mut units = object.spec.units.iter().enumerate();
    let Some((index, unit)) = units.find(|(_, unit)| unit.resource == "eci") else {
        return Effect::default();
    };
    let spec = At::ROOT.field("spec");
    let units = spec.field("units");
    let at = units.index(index);
    let entries = |field: &'static str, map: Option<&BTreeMap<String, String>>| {
        let at = at.field(field);
        let entry = |(key, value): (&String, &String)| Entry {
            key: key.as_str().into(),
            value: value.as_str().into(),
            place: Location::new(Object::from(object).reference(), at.key(key).to_path()),
        };
        map.into_iter().flatten().map(entry).collect()
    };
    Effect {
        annotations: entries("podAnnotations", unit.pod_annotations.as_ref()),
        labels: entries("podLabels", unit.pod_labels.as_ref()),
    }
}

fn listed(finding: FindingBuilder, written: &str, known: &[&str]) -> FindingBuilder {
    finding
        .found(written.to_owned())
        .expected(format!("one of `{}`", known.join("`, `")))
}

/// ResourcePolicies by namespace.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResourcePolicies(BTreeMap<Arc<str>, Vec<Arc<ResourcePolicy>>>);

impl FromIterator<Arc<ResourcePolicy>> for ResourcePolicies {
    fn from_iter<I: IntoIterator<Item = Arc<ResourcePolicy>>>(policies: I) -> Self {
        let mut map: BTreeMap<Arc<str>, Vec<Arc<ResourcePolicy>>> = BTreeMap::new();
        for policy in policies {
            map.entry(Arc::clone(&policy.namespace)).or_default().push(policy);
        }
        for policies in map.values_mut() {
            policies.sort_by(|a, b| a.name.cmp(&b.name));
        }
        Self(map)
    }
}

impl ResourcePolicies {
    /// Those that select a pod of a namespace, by name.
    pub fn selecting<'p>(
        &'p self,
        namespace: &str,
        labels: Option<&'p BTreeMap<String, String>>,
    ) -> impl Iterator<Item = &'p ResourcePolicy> {
        let policies = self.0.get(namespace).into_iter().flatten();
        policies
            .map(|policy| &**policy)
            .filter(move |policy| policy.selects(&labels))
    }
}

/// Says that an ElasticResource stands beside a ResourcePolicy of its namespace that selects pods.
///
/// # Example
/// ```
/// use eci_model::{Findings, resource::ElasticResource};
///
/// let object: ElasticResource = serde_json::from_str(r#"{"metadata": {"name": "web", "namespace": "shop"}}"#)?;
/// let mut findings = Findings::new();
/// eci_profile::elastic_resource(&object, "web", 3, &mut findings);
/// assert_eq!(findings.iter().next().map(|finding| finding.rule().name()), Some("resource-policy-conflict"));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn elastic_resource(object: &resource::ElasticResource, policy: &str, pods: usize, out: &mut Findings) {
    let place = Location::new(Object::from(object).reference(), FieldPath::ROOT);
    let plural = if pods == 1 { "" } else { "s" };
    let finding = RESOURCE_POLICY_CONFLICT.at(place).title(format!(
        "ResourcePolicy `{policy}` of the same namespace selects {pods} pod{plural}"
    ));
    out.push(finding.note("a ResourcePolicy cannot be used together with an ElasticResource"));
}

/// Judges a pod that a ResourcePolicy selects.
pub(crate) fn check(pod: &PodView<'_>, policy: &ResourcePolicy, out: &mut Findings) {
    const CONFLICTS: [&str; 2] = [
        "controller.kubernetes.io/pod-deletion-cost",
        "alibabacloud.com/burst-resource",
    ];
    let because = || format!("ResourcePolicy `{}` selects the pod", policy.name);
    let meta = pod.meta();
    let metadata = At::ROOT.field("metadata");
    let annotations = metadata.field("annotations");
    let own = Overlay::of(meta.and_then(|meta| meta.annotations.as_ref()));
    for key in CONFLICTS {
        if let Some(value) = own.own(key) {
            let finding = RESOURCE_POLICY_CONFLICT.at(pod.place(&annotations.key(key)));
            out.push(finding.found(value.to_owned()).note(because()));
        }
    }
    let labels = meta.and_then(|meta| meta.labels.as_ref());
    for key in &policy.match_label_keys {
        if labels.label(key).is_none() {
            let place = if labels.is_some() {
                pod.place(&metadata.field("labels"))
            } else {
                pod.place(&metadata)
            };
            let finding = RESOURCE_POLICY_MATCH_LABEL_MISSING
                .at(place)
                .expected(format!("a label `{key}`"));
            out.push(finding.note(because()));
        }
    }
}
