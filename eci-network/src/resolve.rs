//! vSwitches and security groups: sources in order, the first that says something wins.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use eci_model::policy::{Ambiguity, MergeGranularity, PodNetworkingOnAck};
use eci_model::{
    Decided, Edition, EffectivePod, Findings, List, Origin, ScheduleStrategy, SecurityGroupId, Site, VSwitchId,
};

use crate::facts::NetworkFacts;
use crate::layer::{Layer, Source, Voice};
use crate::pod_networking::{Audience, Namespace, Selected};
use crate::rules::{self, Resolved};

/// Where the pod would live.
///
/// A field is `None` where no layer says anything, or several PodNetworkings say different things and nothing decides between them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resolution {
    /// The vSwitches to try.
    pub vswitches: Option<Decided<List<VSwitchId>>>,
    /// The security groups.
    pub security_groups: Option<Decided<List<SecurityGroupId>>>,
    /// How one of the vSwitches is chosen.
    pub strategy: Decided<ScheduleStrategy>,
    /// Which PodNetworking applies.
    pub pod_networking: Match,
}

/// Which PodNetworking applies to a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Match {
    /// PodNetworkings do not act on ECI pods here.
    Off,
    /// None.
    None,
    /// The one of this name.
    One(Arc<str>),
    /// Several, by name.
    Ambiguous(Vec<Arc<str>>),
}

impl Resolution {
    /// The vSwitches to try; none while nothing is decided.
    pub fn candidates(&self) -> &[VSwitchId] {
        self.vswitches
            .as_ref()
            .map(|decided| decided.value().as_ref())
            .unwrap_or_default()
    }

    /// The security groups; none while nothing is decided.
    pub fn groups(&self) -> &[SecurityGroupId] {
        self.security_groups
            .as_ref()
            .map(|decided| decided.value().as_ref())
            .unwrap_or_default()
    }
}

/// Decides on vSwitches, security groups and strategy, each with its origin and what it beat.
///
/// `namespace` are the labels of the pod's namespace, `None` when its object is not known. Findings are about the layers: that none says
/// anything, that several objects select the pod, that what they say takes no effect.
///
/// # Example
/// ```
/// use eci_model::{Edition, EffectivePod, Findings, Object, Overlay, Policies, Settings, Site};
/// use eci_network::{NetworkFacts, PodNetworkings, ProfileNetwork, resolve};
/// use k8s_openapi::api::core::v1::Pod;
///
/// let pod: Pod = serde_json::from_str(r#"{"metadata": {"name": "web", "labels": {"net": "shop"}}}"#)?;
/// let object: eci_model::resource::PodNetworking = serde_json::from_str(
///     r#"{"metadata": {"name": "shop"},
///         "spec": {"selector": {"podSelector": {"matchLabels": {"net": "shop"}}}, "vSwitchOptions": ["vsw-bp1aaaaaaaaaaaaaaaaaa"]}}"#,
/// )?;
/// let view = Object::from(&pod).pod().expect("a Pod is one");
/// let settings = Settings::default();
/// let pod = EffectivePod::new(view, Overlay::of(pod.metadata.labels.as_ref()), Overlay::default(), &settings);
///
/// let (vswitches, group) = (["vsw-bp1xpiowfm5vo8o3c1h01".parse()?], "sg-bp15ed6xe1yxeycg7o22".parse()?);
/// let objects: PodNetworkings = [object].into_iter().collect();
/// let profile = ProfileNetwork { vswitches: &vswitches, security_group: Some(&group), ..ProfileNetwork::default() };
/// let facts = NetworkFacts { pod_networkings: Some(&objects), profile: Some(profile), ..NetworkFacts::default() };
/// let policies = Policies::default();
/// let resolution = resolve(&pod, None, &facts, &Site::new(Edition::AckServerless, &policies), &mut Findings::new());
///
/// let vswitches = resolution.vswitches.expect("two layers name some");
/// assert_eq!(vswitches.origin().to_string(), "PodNetworking `shop`");
/// assert_eq!(vswitches.beaten()[0].origin.to_string(), "eci-profile vSwitchIds");
/// let groups = resolution.security_groups.expect("eci-profile names one");
/// assert_eq!(groups.origin().to_string(), "eci-profile securityGroupId");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn resolve(
    pod: &EffectivePod<'_>,
    namespace: Option<&BTreeMap<String, String>>,
    facts: &NetworkFacts<'_>,
    site: &Site<'_>,
    out: &mut Findings,
) -> Resolution {
    let acts = pod_networking_acts(site);
    let selected = match facts.pod_networkings {
        Some(objects) if acts => {
            let namespace = Namespace::new(pod.view().namespace(), namespace);
            objects.select(pod.labels(), namespace, Audience::Eci)
        }
        _ => Selected::NOTHING,
    };
    let contest = Contest::new(pod, &selected, facts, site);
    let resolution = Resolution {
        vswitches: contest.decide(|layer| &layer.vswitches),
        security_groups: contest.decide(|layer| &layer.security_groups),
        strategy: strategy(pod),
        pod_networking: matched(&selected, acts),
    };
    let resolved = Resolved {
        pod,
        facts,
        site,
        selected: &selected,
        deciding_layer: contest.deciding_layer(),
        vswitches_open: contest.is_open(|layer| &layer.vswitches),
        groups_open: contest.is_open(|layer| &layer.security_groups),
        resolution: &resolution,
    };
    rules::resolution(&resolved, out);
    resolution
}

/// Whether PodNetworkings act on ECI pods at a site; documented for ACK Serverless, a policy for ACK.
pub(crate) fn pod_networking_acts(site: &Site<'_>) -> bool {
    match site.edition {
        Edition::AckServerless => true,
        Edition::Ack => site.policies.pod_networking_on_ack == PodNetworkingOnAck::Applies,
        _ => false,
    }
}

/// vSwitches or security groups of a layer.
type Field<'a, T> = for<'l> fn(&'l Layer<'a>) -> &'l Voice<'a, T>;

/// The layers of a pod, highest first, and what was passed over before them.
struct Contest<'a> {
    layers: [Layer<'a>; 4],
    /// Objects that would have said something, and why they do not.
    passed_over: Vec<(Layer<'a>, &'static str)>,
    /// Whether the first layer that says anything decides both fields.
    whole_layer: bool,
    /// Whether a policy chose among several objects.
    chosen_by_policy: bool,
}

impl<'a> Contest<'a> {
    fn new(pod: &EffectivePod<'a>, selected: &'a Selected<'a>, facts: &NetworkFacts<'a>, site: &Site<'_>) -> Self {
        let first_only = site.edition == Edition::AckServerless;
        let first_by_name = site.policies.ambiguity == Ambiguity::FirstByName;
        let layer = |source| match source {
            Source::Annotation => Layer::of_annotations(pod),
            Source::PodNetworking => pod_networking(selected, first_only, first_by_name),
            Source::Profile => facts
                .profile
                .map_or(Layer::silent(source), |profile| Layer::of_profile(&profile)),
            Source::Environment => Layer::of_environment(&facts.environment),
        };
        Self {
            layers: Source::order(site.policies.network_order).map(layer),
            passed_over: passed_over(selected, first_only, first_by_name),
            whole_layer: site.policies.merge_granularity == MergeGranularity::WholeLayer,
            chosen_by_policy: first_by_name && matches!(selected, Selected::Ambiguous(_)),
        }
    }

    /// The layer that decides both fields, where one does.
    fn deciding_layer(&self) -> Option<Source> {
        let first = self
            .whole_layer
            .then(|| self.layers.iter().find(|layer| !layer.is_silent()));
        first.flatten().map(|layer| layer.source)
    }

    /// The position of the layer that decides a field.
    fn deciding<T>(&self, field: Field<'a, T>) -> Option<usize> {
        self.layers.iter().position(|layer| match self.whole_layer {
            true => !layer.is_silent(),
            false => !field(layer).is_silent(),
        })
    }

    fn is_open<T: PartialEq>(&self, field: Field<'a, T>) -> bool {
        let deciding = self.deciding(field);
        deciding.is_some_and(|deciding| *field(&self.layers[deciding]) == Voice::Open)
    }

    fn decide<T: Clone + fmt::Display>(&self, field: Field<'a, T>) -> Option<Decided<List<T>>> {
        let deciding = self.deciding(field)?;
        let (winner, lower) = self.layers.get(deciding..)?.split_first()?;
        let Voice::Says(offer) = field(winner) else {
            return None;
        };
        let mut decided = Decided::by(offer.origin.clone(), List(offer.values.to_vec()));
        if self.chosen_by_policy && winner.source == Source::PodNetworking {
            let policy = Origin::Policy {
                name: "Ambiguity",
                choice: Ambiguity::FirstByName.name(),
            };
            decided = decided.then(policy, "chosen as the first by name", |list| list);
        }
        if offer.first_only {
            let page = "Configure separate vSwitches and security groups for a pod, 2026-02-28";
            decided = decided.then(Origin::Platform { page }, "only the first takes effect", |mut list| {
                list.0.truncate(1);
                list
            });
        }
        let why = if self.whole_layer {
            "a higher layer decides both fields"
        } else {
            "a higher layer says something"
        };
        let lower = lower.iter().map(|layer| (layer, why));
        let passed_over = self.passed_over.iter().map(|(layer, why)| (layer, *why));
        for (layer, why) in lower.chain(passed_over) {
            if let Voice::Says(offer) = field(layer) {
                decided = decided.beat(List(offer.values.to_vec()).to_string(), offer.origin.clone(), why);
            }
        }
        Some(decided)
    }
}

fn pod_networking<'a>(selected: &'a Selected<'a>, first_only: bool, first_by_name: bool) -> Layer<'a> {
    match selected {
        Selected::One(object) => Layer::of_pod_networking(object, first_only),
        Selected::Ambiguous(objects) if first_by_name => {
            objects.first().map_or(Layer::silent(Source::PodNetworking), |object| {
                Layer::of_pod_networking(object, first_only)
            })
        }
        Selected::Ambiguous(objects) => {
            let mut open = Layer::silent(Source::PodNetworking);
            if objects.iter().any(|object| !object.vswitches().is_empty()) {
                open.vswitches = Voice::Open;
            }
            if objects.iter().any(|object| !object.security_groups().is_empty()) {
                open.security_groups = Voice::Open;
            }
            open
        }
        Selected::None { .. } => Layer::silent(Source::PodNetworking),
    }
}

fn passed_over<'a>(
    selected: &'a Selected<'a>,
    first_only: bool,
    first_by_name: bool,
) -> Vec<(Layer<'a>, &'static str)> {
    let layer = |why| move |object: &&'a _| (Layer::of_pod_networking(object, first_only), why);
    match selected {
        Selected::None { waiting, unknown } => {
            let waiting = waiting.iter().map(layer("the object is not Ready"));
            let unknown = unknown.iter().map(layer("labels of the namespace are not known"));
            waiting.chain(unknown).collect()
        }
        Selected::Ambiguous(objects) if first_by_name => {
            let others = objects.iter().skip(1);
            others.map(layer("another object comes first by name")).collect()
        }
        _ => Vec::new(),
    }
}

fn matched(selected: &Selected<'_>, acts: bool) -> Match {
    match selected {
        _ if !acts => Match::Off,
        Selected::None { .. } => Match::None,
        Selected::One(object) => Match::One(object.name().clone()),
        Selected::Ambiguous(objects) => Match::Ambiguous(objects.iter().map(|object| object.name().clone()).collect()),
    }
}

fn strategy(pod: &EffectivePod<'_>) -> Decided<ScheduleStrategy> {
    let page = "Configure multiple zones to create a pod, 2024-03-07";
    match &pod.settings().schedule_strategy {
        Some(given) => given.clone().decided(),
        None => Decided::because(Origin::Platform { page }, "default", ScheduleStrategy::default()),
    }
}
