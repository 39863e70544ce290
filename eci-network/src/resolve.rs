//! vSwitches and security groups: sources in order, the first that says something wins.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use eci_model::policy::{Ambiguity, MergeGranularity, NetworkOrder, PodNetworkingOnAck};
use eci_model::resource::PodNetworking;
use eci_model::{
    At, Decided, Edition, EffectivePod, Findings, Given, List, Origin, ScheduleStrategy, SecurityGroupId, Severity,
    Site, VSwitchId,
};

use crate::pod_networking::{Selected, select};
use crate::rules::{
    POD_NETWORKING_AMBIGUOUS, POD_NETWORKING_NOT_READY, SECURITY_GROUP_FIRST_ONLY, SECURITY_GROUP_NONE, VSWITCH_NONE,
};

/// What is known of the network beyond the pod; all borrowed.
#[derive(Clone, Debug, Default)]
pub struct NetworkFacts<'a> {
    /// The PodNetworkings of the cluster, by name.
    pub pod_networkings: Vec<&'a PodNetworking>,
    /// The vSwitches of eci-profile.
    pub vswitches: &'a [VSwitchId],
    /// The security group of eci-profile.
    pub security_group: Option<&'a SecurityGroupId>,
    /// Whether an eci-profile is known at all; without one, nothing is said about what it lacks.
    pub has_profile: bool,
}

/// Where the pod would live. A field is `None` where no layer says anything, or several disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resolution {
    /// The vSwitches to try.
    pub vswitches: Option<Decided<List<VSwitchId>>>,
    /// The security groups.
    pub security_groups: Option<Decided<List<SecurityGroupId>>>,
    /// How one of the vSwitches is chosen.
    pub strategy: Decided<ScheduleStrategy>,
}

/// Decides on vSwitches, security groups and strategy, each with its origin and what it beat.
pub fn resolve(
    pod: &EffectivePod<'_>,
    namespace: Option<&BTreeMap<String, String>>,
    facts: &NetworkFacts<'_>,
    site: &Site<'_>,
    out: &mut Findings,
) -> Resolution {
    let selected = if pod_networking_applies(site) {
        select(&facts.pod_networkings, pod.labels(), namespace)
    } else {
        Selected::None { waiting: Vec::new() }
    };
    let layers = layers(pod, &selected, facts, site);
    let strategy = strategy(pod);
    if let Selected::Ambiguous(candidates) = &selected {
        tell_ambiguous(pod, candidates, site, out);
        if site.policies.ambiguity != Ambiguity::FirstByName && !layers.first().is_some_and(Layer::is_complete) {
            return Resolution {
                vswitches: None,
                security_groups: None,
                strategy,
            };
        }
    }
    let whole = site.policies.merge_granularity == MergeGranularity::WholeLayer;
    let deciding = |layer: &&Layer| !whole || !layer.is_empty();
    let layers: Vec<&Layer> = layers
        .iter()
        .filter(deciding)
        .take(if whole { 1 } else { usize::MAX })
        .collect();
    let vswitches = decide(layers.iter().filter_map(|layer| layer.vswitches.clone()));
    let security_groups = decide(layers.iter().filter_map(|layer| layer.security_groups.clone()));
    let resolution = Resolution {
        vswitches,
        security_groups,
        strategy,
    };
    tell(pod, &selected, &resolution, facts, site, out);
    resolution
}

/// What one source says.
#[derive(Clone, Debug, Default)]
struct Layer {
    vswitches: Option<Given<List<VSwitchId>>>,
    security_groups: Option<Given<List<SecurityGroupId>>>,
}

impl Layer {
    const fn is_complete(&self) -> bool {
        self.vswitches.is_some() && self.security_groups.is_some()
    }

    const fn is_empty(&self) -> bool {
        self.vswitches.is_none() && self.security_groups.is_none()
    }
}

fn layers(pod: &EffectivePod<'_>, selected: &Selected<'_>, facts: &NetworkFacts<'_>, site: &Site<'_>) -> Vec<Layer> {
    let annotation = Layer {
        vswitches: pod.settings().vswitches.clone(),
        security_groups: pod.settings().security_groups.clone(),
    };
    let object = match selected {
        Selected::One(object) => Some(*object),
        Selected::Ambiguous(candidates) if site.policies.ambiguity == Ambiguity::FirstByName => {
            candidates.iter().copied().min_by_key(|object| name(object))
        }
        _ => None,
    };
    let networking = object
        .map(|object| from_object(object, site.edition))
        .unwrap_or_default();
    let origin = |key: &'static str| Origin::Profile { key: key.into() };
    let profile = Layer {
        vswitches: (!facts.vswitches.is_empty())
            .then(|| Given::new(List(facts.vswitches.to_vec()), origin("vSwitchIds"))),
        security_groups: facts
            .security_group
            .map(|id| Given::new(List(vec![id.clone()]), origin("securityGroupId"))),
    };
    match site.policies.network_order {
        NetworkOrder::PodNetworkingAnnotationProfile => vec![networking, annotation, profile],
        NetworkOrder::AnnotationProfilePodNetworking => vec![annotation, profile, networking],
        _ => vec![annotation, networking, profile],
    }
}

fn from_object(object: &PodNetworking, edition: Edition) -> Layer {
    let origin = || Origin::PodNetworking {
        name: name(object).into(),
    };
    let vswitches = ids(object.spec.v_switch_options.as_deref());
    let mut groups = ids(object.spec.security_group_ids.as_deref());
    if edition == Edition::AckServerless {
        groups.truncate(1);
    }
    Layer {
        vswitches: (!vswitches.is_empty()).then(|| Given::new(List(vswitches), origin())),
        security_groups: (!groups.is_empty()).then(|| Given::new(List(groups), origin())),
    }
}

fn ids<T: FromStr>(texts: Option<&[String]>) -> Vec<T> {
    texts
        .unwrap_or_default()
        .iter()
        .filter_map(|text| text.parse().ok())
        .collect()
}

/// The first layer that says something; later ones are beaten.
fn decide<T: fmt::Display>(layers: impl Iterator<Item = Given<List<T>>>) -> Option<Decided<List<T>>> {
    let mut layers = layers;
    let mut decided = layers.next()?.decided();
    for lower in layers {
        decided = decided.beat(lower.value.to_string(), lower.origin, "a higher layer says something");
    }
    Some(decided)
}

fn strategy(pod: &EffectivePod<'_>) -> Decided<ScheduleStrategy> {
    let page = "Configure multiple zones to create a pod, 2024-03-07";
    match &pod.settings().schedule_strategy {
        Some(given) => given.clone().decided(),
        None => Decided::because(Origin::Platform { page }, "default", ScheduleStrategy::default()),
    }
}

fn pod_networking_applies(site: &Site<'_>) -> bool {
    match site.edition {
        Edition::AckServerless => true,
        Edition::Ack => site.policies.pod_networking_on_ack == PodNetworkingOnAck::Applies,
        _ => false,
    }
}

fn tell_ambiguous(pod: &EffectivePod<'_>, candidates: &[&PodNetworking], site: &Site<'_>, out: &mut Findings) {
    let settings = pod.settings();
    let moot = settings.vswitches.is_some() && settings.security_groups.is_some();
    let severity = if moot || site.policies.ambiguity != Ambiguity::Error {
        Severity::Warning
    } else {
        Severity::Error
    };
    let mut names: Vec<&str> = candidates.iter().map(|object| name(object)).collect();
    names.sort_unstable();
    let metadata = At::ROOT.field("metadata");
    let place = pod.place(&metadata.field("labels"));
    out.push(
        POD_NETWORKING_AMBIGUOUS
            .at(place)
            .severity(severity)
            .found(names.join(", ")),
    );
}

fn tell(
    pod: &EffectivePod<'_>,
    selected: &Selected<'_>,
    resolution: &Resolution,
    facts: &NetworkFacts<'_>,
    site: &Site<'_>,
    out: &mut Findings,
) {
    let metadata = At::ROOT.field("metadata");
    let labels = metadata.field("labels");
    if let Selected::None { waiting } = selected {
        for object in waiting {
            let message = object.status.as_ref().and_then(|status| status.message.clone());
            let finding = POD_NETWORKING_NOT_READY
                .at(pod.place(&labels))
                .found(name(object).to_owned());
            out.push(match message {
                Some(message) => finding.note(message),
                None => finding,
            });
        }
    }
    if facts.has_profile {
        if resolution.vswitches.is_none() {
            out.push(VSWITCH_NONE.at(pod.place(&At::ROOT)));
        }
        if resolution.security_groups.is_none() {
            out.push(SECURITY_GROUP_NONE.at(pod.place(&At::ROOT)));
        }
    }
    let deciding = resolution.security_groups.as_ref().map(Decided::origin);
    if let (Selected::One(object), Edition::AckServerless, Some(Origin::PodNetworking { .. })) =
        (selected, site.edition, deciding)
    {
        let listed = object.spec.security_group_ids.as_deref().unwrap_or_default();
        if listed.len() > 1 {
            out.push(SECURITY_GROUP_FIRST_ONLY.at(pod.place(&labels)).found(listed.join(",")));
        }
    }
}

fn name(object: &PodNetworking) -> &str {
    object.metadata.name.as_deref().unwrap_or_default()
}
