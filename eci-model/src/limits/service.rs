//! Services in front of pods on ECI.

use crate::digest::{Digests, PodDigest, Route, ServiceDigest};
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
    .basis(Basis::Documented("Limits, 2024-10-18"));

pub(super) static RULES: Rules = Rules::new(&[NODE_PORT_SERVICE]);

/// Judges Services against every pod of the input.
pub(super) fn check(digests: &Digests, site: &Site<'_>, out: &mut Findings) {
    for service in digests.services() {
        let pods = digests.pods_in(service.subject.namespace.as_deref().unwrap_or_default());
        let selected: Vec<&PodDigest> = pods.iter().filter(|pod| service.selector.select(&pod.labels)).collect();
        if &*service.kind == "NodePort" {
            node_port(service, &selected, site.edition, out);
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

/// The pod that shows best that some run on ECI: one that certainly does, else one that may.
fn on_eci<'d>(selected: &[&'d PodDigest]) -> Option<&'d PodDigest> {
    let bound = selected.iter().find(|pod| pod.route == Route::Bound);
    bound
        .or_else(|| selected.iter().find(|pod| pod.may_run_on_eci()))
        .copied()
}
