//! Names of Services that pods use, and whether they can be found.

use eci_model::digest::ServiceDigest;
use eci_model::policy::PrivateZoneAnnotation;
use eci_model::{At, Basis, Code, Edition, Findings, Location, Object, Rule, Rules, Site};
use k8s_openapi::api::core::v1::Service;

use crate::facts::{NetworkFacts, ProfileNetwork};
use crate::scene::Scene;

/// PrivateZone and CoreDNS together.
pub const PRIVATE_ZONE_AND_COREDNS: &Rule = &Rule::warning(Code::eci(3130), "private-zone-and-coredns")
    .summary("PrivateZone and CoreDNS exclude each other on virtual nodes")
    .remedy("keep one of them")
    .basis(Basis::Documented(
        "Service discovery for virtual nodes using PrivateZone, 2026-03-25",
    ))
    .page(include_str!("../../rules/private-zone-and-coredns.md"));

/// A name that nothing resolves.
pub const SERVICE_NAME_UNRESOLVABLE: &Rule = &Rule::info(Code::eci(3132), "service-name-unresolvable")
    .summary("a name of a Service, and nothing in the cluster resolves such names")
    .why("without CoreDNS or PrivateZone a pod of ACK Serverless asks the resolver of its VPC, which knows no Services")
    .remedy("install CoreDNS, or switch PrivateZone on")
    .basis(Basis::Documented(
        "Service discovery and DNS for ACK Serverless, 2024-12-14",
    ))
    .page(include_str!("../../rules/service-name-unresolvable.md"));

/// A Service that PrivateZone does not know.
pub const PRIVATE_ZONE_NOT_PUBLISHED: &Rule = &Rule::info(Code::eci(3134), "private-zone-not-published")
    .summary("the Service is not published in PrivateZone")
    .why("on ACK only Services with the annotation are; pods on ECI cannot resolve the others")
    .remedy("add `service.beta.kubernetes.io/alibaba-cloud-private-zone-enable: \"true\"`")
    .basis(Basis::Documented(
        "Service discovery for virtual nodes using PrivateZone, 2026-03-25",
    ))
    .page(include_str!("../../rules/private-zone-not-published.md"));

/// The address of a Service that pods cannot reach.
pub const CLUSTER_IP_OFF: &Rule = &Rule::warning(Code::eci(3136), "cluster-ip-off")
    .summary("a ClusterIP Service, and pods on ECI cannot reach cluster addresses")
    .why("eci-profile switches ClusterIP off, so nothing in the instance translates the address")
    .remedy("use a LoadBalancer or headless Service, or switch `enableClusterIp` on")
    .basis(Basis::Documented("Configure an eci-profile, 2024-10-21"))
    .page(include_str!("../../rules/cluster-ip-off.md"));

pub(super) static RULES: Rules = Rules::new(&[
    PRIVATE_ZONE_AND_COREDNS,
    SERVICE_NAME_UNRESOLVABLE,
    PRIVATE_ZONE_NOT_PUBLISHED,
    CLUSTER_IP_OFF,
]);

const PUBLISHED: &str = "service.beta.kubernetes.io/alibaba-cloud-private-zone-enable";
const ADDRESS_TYPE: &str = "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type";

/// Tells that PrivateZone and CoreDNS are both there.
pub(crate) fn private_zone_and_core_dns(
    facts: &NetworkFacts<'_>,
    site: &Site<'_>,
    core_dns: Option<&Location>,
    out: &mut Findings,
) {
    let published = facts.profile.and_then(|profile| profile.private_zone) == Some(true);
    let installed = core_dns.is_some() || facts.addons.core_dns == Some(true);
    if site.edition == Edition::Ack && published && installed {
        let finding = PRIVATE_ZONE_AND_COREDNS.at(ProfileNetwork::place("enablePrivateZone"));
        out.push(match core_dns {
            Some(place) => finding.related(place.clone(), "is CoreDNS"),
            None => finding.note("the facts say that CoreDNS is installed"),
        });
    }
}

/// Tells that a Service is not published where it must say so.
pub(super) fn not_published(service: &Service, facts: &NetworkFacts<'_>, site: &Site<'_>, out: &mut Findings) {
    let on = facts.profile.and_then(|profile| profile.private_zone) == Some(true);
    let needed = site.policies.private_zone_annotation == PrivateZoneAnnotation::NeededOnAck;
    if site.edition != Edition::Ack || !on || !needed {
        return;
    }
    let annotations = service.metadata.annotations.as_ref();
    let annotation = |key: &str| annotations.and_then(|it| it.get(key)).map(String::as_str);
    let kind = service
        .spec
        .as_ref()
        .and_then(|spec| spec.type_.as_deref())
        .unwrap_or("ClusterIP");
    let is_inside = kind == "ClusterIP" || kind == "LoadBalancer" && annotation(ADDRESS_TYPE) == Some("intranet");
    if is_inside && annotation(PUBLISHED) != Some("true") {
        let metadata = At::ROOT.field("metadata");
        let object = Object::from(service);
        out.push(PRIVATE_ZONE_NOT_PUBLISHED.at(object.place(&metadata)));
    }
}

/// Something like a host name that a pod is given, and where.
#[derive(Clone, Debug)]
pub(crate) struct Spoken {
    host: Box<str>,
    /// Whether it can only be a host: the whole value, or behind `://`, or before a port.
    is_host: bool,
    place: Location,
}

/// Which rules about names could fire at all.
#[derive(Clone, Copy, Debug)]
struct Open {
    unresolvable: bool,
    cluster_ip_off: bool,
}

impl Open {
    fn of(facts: &NetworkFacts<'_>, site: &Site<'_>) -> Self {
        let no_private_zone = facts.profile.is_some_and(|profile| profile.private_zone != Some(true));
        let no_core_dns = facts.addons.core_dns == Some(false);
        Self {
            unresolvable: site.edition == Edition::AckServerless && no_core_dns && no_private_zone,
            cluster_ip_off: facts.profile.and_then(|profile| profile.cluster_ip) == Some(false),
        }
    }

    const fn any(self) -> bool {
        self.unresolvable || self.cluster_ip_off
    }
}

/// The names in variables, commands and arguments of a pod; none when no rule asks for them.
pub(crate) fn spoken(scene: &Scene<'_>) -> Vec<Spoken> {
    let mut spoken = Vec::new();
    if !Open::of(scene.facts, scene.site).any() {
        return spoken;
    }
    let spec = At::ROOT.field("spec");
    for (field, containers) in [
        ("initContainers", scene.pod.init_containers()),
        ("containers", scene.pod.containers()),
    ] {
        let list = spec.field(field);
        for (index, container) in containers.iter().enumerate() {
            let at = list.index(index);
            let variables = at.field("env");
            for (index, variable) in container.env.iter().flatten().enumerate() {
                let at = variables.index(index);
                let text = variable.value.as_deref().unwrap_or_default();
                hosts(text, || scene.pod.place(&at.field("value")), &mut spoken);
            }
            for (field, texts) in [("command", &container.command), ("args", &container.args)] {
                let texts_at = at.field(field);
                for (index, text) in texts.iter().flatten().enumerate() {
                    hosts(text, || scene.pod.place(&texts_at.index(index)), &mut spoken);
                }
            }
        }
    }
    spoken
}

fn hosts(text: &str, place: impl Fn() -> Location, spoken: &mut Vec<Spoken>) {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let mut start = 0;
    for piece in text.split_inclusive(|c: char| !is_part(c)) {
        let host = piece.trim_end_matches(|c: char| !is_part(c));
        let end = start + host.len();
        let (before, after) = (&text[..start], &text[end..]);
        start += piece.len();
        if host.is_empty() || host.len() > 253 {
            continue;
        }
        let port = after
            .strip_prefix(':')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let is_host = host.len() == text.len() || before.ends_with("://") || before.ends_with('@') || port;
        if is_host || host.contains('.') {
            spoken.push(Spoken {
                host: host.into(),
                is_host,
                place: place(),
            });
        }
    }
}

/// Tells names of Services that cannot be resolved, or lead to addresses that cannot be reached.
pub(crate) fn names(
    spoken: &[Spoken],
    namespace: &str,
    services: &[ServiceDigest],
    facts: &NetworkFacts<'_>,
    site: &Site<'_>,
    out: &mut Findings,
) {
    let open = Open::of(facts, site);
    for word in spoken {
        let Some((service, is_full)) = services.iter().find_map(|it| Some((it, means(word, it, namespace)?))) else {
            continue;
        };
        if open.unresolvable {
            let finding = SERVICE_NAME_UNRESOLVABLE.at(word.place.clone());
            out.push(finding.found(word.host.to_string()));
        }
        if open.cluster_ip_off && has_cluster_ip(service) && is_full {
            let finding = CLUSTER_IP_OFF.at(word.place.clone()).found(word.host.to_string());
            let switch = ProfileNetwork::place("enableClusterIp");
            out.push(finding.related(switch, "switches ClusterIP off"));
        }
    }
}

fn has_cluster_ip(service: &ServiceDigest) -> bool {
    &*service.kind == "ClusterIP" && !service.is_headless
}

/// Whether a word means a Service, and does so with its namespace.
fn means(word: &Spoken, service: &ServiceDigest, namespace: &str) -> Option<bool> {
    let own = service.subject.namespace.as_deref().unwrap_or("default");
    let rest = word.host.strip_prefix(&*service.subject.name)?;
    if rest.is_empty() {
        return (word.is_host && own == namespace).then_some(false);
    }
    let rest = rest.strip_prefix('.')?.strip_prefix(own)?;
    (rest.is_empty() || rest == ".svc" || rest.starts_with(".svc.")).then_some(true)
}
