//! Services in front of pods on ECI.

use crate::digest::{DeclaredPort, Digests, PodDigest, Route, ServiceDigest, Target};
use crate::edition::Edition;
use crate::finding::Findings;
use crate::path::At;
use crate::rule::{Basis, Code, Rule, Rules, Severity};
use crate::site::Site;

/// A NodePort Service whose pods run on ECI.
pub const NODE_PORT_SERVICE: &Rule = &Rule::warning(Code::eci(1210), "node-port-service")
    .summary("NodePort is not served by ECI pods")
    .why("a virtual node is no machine that could listen on a port")
    .remedy("use a Service of type LoadBalancer from outside, of type ClusterIP inside")
    .basis(Basis::Documented("Limits, 2024-10-18"))
    .page(include_str!("../../rules/node-port-service.md"));

/// A Service that keeps clients at a pod.
pub const SESSION_AFFINITY: &Rule = &Rule::warning(Code::eci(1215), "session-affinity")
    .summary("session affinity of a Service in front of pods on ECI")
    .why("virtual nodes do not serve it, so clients may reach another pod each time")
    .remedy("use the stickiness of the load balancer")
    .basis(Basis::Documented("Virtual nodes overview, 2025-08-17"))
    .page(include_str!("../../rules/session-affinity.md"));

/// A Service whose port leads nowhere.
pub const SERVICE_PORT_WITHOUT_CONTAINER: &Rule = &Rule::warning(Code::eci(1230), "service-port-without-container")
    .summary("port of a Service that no selected pod declares")
    .why("a name that no container declares leads nowhere; a number may be open without being declared")
    .remedy("declare the port in a container, or name one that is declared")
    .basis(Basis::Ours("a Service sends by the ports that containers declare"))
    .page(include_str!("../../rules/service-port-without-container.md"));

/// A Service in front of pods that never start.
pub const SERVICE_OF_REFUSED_PODS: &Rule = &Rule::info(Code::eci(1235), "service-of-refused-pods")
    .summary("Service that selects pods which ECI refuses")
    .why("they never start, so it sends nothing to them; the findings of the pods say why")
    .remedy("mend the pods")
    .basis(Basis::Ours("a refused pod is never ready"))
    .page(include_str!("../../rules/service-of-refused-pods.md"));

pub(super) static RULES: Rules = Rules::new(&[NODE_PORT_SERVICE, SESSION_AFFINITY]);
pub(super) static PORT_RULES: Rules = Rules::new(&[SERVICE_PORT_WITHOUT_CONTAINER, SERVICE_OF_REFUSED_PODS]);

/// Judges Services against every pod of the input.
pub(super) fn together(digests: &Digests, site: &Site<'_>, out: &mut Findings) {
    for service in digests.services() {
        let pods = digests.pods_in(service.subject.namespace.as_deref().unwrap_or_default());
        let selected: Vec<&PodDigest> = pods.iter().filter(|pod| service.selector.select(&pod.labels)).collect();
        if &*service.kind == "NodePort" {
            node_port(service, &selected, site.edition, out);
        }
        if service.has_affinity
            && let Some(pod) = on_eci(&selected)
        {
            let spec = At::ROOT.field("spec");
            let finding = SESSION_AFFINITY.at(service.place(&spec.field("sessionAffinity")));
            let finding = finding.found("ClientIP");
            pod.tell(
                finding.related(pod.place(&At::ROOT), "selected by the Service, runs on ECI"),
                out,
            );
        }
        refused(service, &selected, out);
        if !selected.is_empty() {
            ports(service, &selected, out);
        }
    }
}

/// Where its pods all stay on real nodes, nothing is said; where no pod of the input is selected, it is worth knowing only. Without real
/// nodes, in ACK Serverless, it cannot work.
fn node_port(service: &ServiceDigest, selected: &[&PodDigest], edition: Edition, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let finding = NODE_PORT_SERVICE
        .at(service.place(&spec.field("type")))
        .found("NodePort");
    match (on_eci(selected), selected.is_empty()) {
        (Some(pod), _) => {
            let severity = if edition == Edition::AckServerless {
                Severity::Error
            } else {
                Severity::Warning
            };
            let related = pod.place(&At::ROOT);
            let finding = finding.severity(severity);
            pod.tell(finding.related(related, "selected by the Service, runs on ECI"), out);
        }
        (None, true) => out.push(finding.severity(Severity::Info).note("no pod of the input is selected")),
        (None, false) => {}
    }
}

/// One pod that is refused is enough, so that others beside it hide nothing.
fn refused(service: &ServiceDigest, selected: &[&PodDigest], out: &mut Findings) {
    let refused: Vec<&PodDigest> = selected.iter().copied().filter(|pod| pod.is_refused).collect();
    let Some(shown) = on_eci(&refused) else { return };
    let spec = At::ROOT.field("spec");
    let finding = SERVICE_OF_REFUSED_PODS.at(service.place(&spec.field("selector")));
    let finding = finding.related(shown.place(&At::ROOT), "selected by the Service, refused");
    shown.tell(
        if refused.len() == selected.len() {
            finding.note("no other pod is selected, so it has no endpoints")
        } else {
            finding
        },
        out,
    );
}

/// The pod that shows best that some run on ECI: one that certainly does, else one that may.
pub(super) fn on_eci<'d>(selected: &[&'d PodDigest]) -> Option<&'d PodDigest> {
    let bound = selected.iter().find(|pod| pod.route == Route::Bound);
    bound
        .or_else(|| selected.iter().find(|pod| pod.may_run_on_eci()))
        .copied()
}

/// Routing does not matter: it holds for every pod of Kubernetes.
fn ports(service: &ServiceDigest, selected: &[&PodDigest], out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let list = spec.field("ports");
    for (index, port) in service.ports.iter().enumerate() {
        let fits = |declared: &DeclaredPort| {
            declared.is_udp == port.is_udp
                && match &port.target {
                    Target::Name(name) => declared.name.as_ref() == Some(name),
                    Target::Number(number) => i32::from(declared.number) == *number,
                    _ => i32::from(declared.number) == port.number,
                }
        };
        if selected.iter().any(|pod| pod.ports.iter().any(fits)) {
            continue;
        }
        let at = list.index(index);
        let (field, found, severity) = match &port.target {
            Target::Name(name) => ("targetPort", name.to_string(), Severity::Warning),
            Target::Number(number) => ("targetPort", number.to_string(), Severity::Info),
            _ => ("port", port.number.to_string(), Severity::Info),
        };
        let finding = SERVICE_PORT_WITHOUT_CONTAINER.at(service.place(&at.field(field)));
        let finding = finding.found(found).severity(severity);
        let related = selected.first().map(|pod| pod.place(&At::ROOT));
        out.push(match related {
            Some(place) => finding.related(place, "selected by the Service"),
            None => finding,
        });
    }
}
