//! Services in front of pods on ECI.

use std::collections::BTreeMap;
use std::sync::Arc;

use k8s_openapi::api::core::v1::Service;

use crate::edition::Edition;
use crate::finding::{Findings, Location};
use crate::labels;
use crate::object::Object;
use crate::path::At;
use crate::rule::{Basis, Code, Rule, Rules, Severity};

/// A NodePort Service whose pods run on ECI.
pub const NODE_PORT_SERVICE: &Rule = &Rule::warning(Code::eci(1210), "node-port-service")
    .summary("NodePort is not served by ECI pods")
    .why("a virtual node is no machine that could listen on a port")
    .remedy("use a Service of type LoadBalancer from outside, of type ClusterIP inside")
    .basis(Basis::Documented("Limits, 2024-10-18"));

pub(super) static RULES: Rules = Rules::new(&[NODE_PORT_SERVICE]);

/// What rules about Services need of a pod, or of a pod template.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Bound {
    /// Its namespace.
    pub namespace: Arc<str>,
    /// Its labels.
    pub labels: Arc<BTreeMap<String, String>>,
    /// Whether it may run on ECI.
    pub on_eci: bool,
    /// Where it stands.
    pub place: Location,
}

impl Bound {
    /// What is needed of a pod.
    pub fn new(namespace: &str, labels: BTreeMap<String, String>, on_eci: bool, place: Location) -> Self {
        Self {
            namespace: namespace.into(),
            labels: Arc::new(labels),
            on_eci,
            place,
        }
    }
}

/// Judges a Service of type NodePort against every pod of the input.
///
/// Where its pods all stay on real nodes, nothing is said; where no pod of the input is selected, it is worth knowing only. Without real
/// nodes, in ACK Serverless, it cannot work.
pub fn node_port(service: &Service, pods: &[Bound], edition: Edition, out: &mut Findings) {
    let Some(spec) = service
        .spec
        .as_ref()
        .filter(|spec| spec.type_.as_deref() == Some("NodePort"))
    else {
        return;
    };
    let object = Object::from(service);
    let namespace = object.namespace().unwrap_or_default();
    let selects =
        |pod: &&Bound| &*pod.namespace == namespace && labels::map_selects(spec.selector.as_ref(), &*pod.labels);
    let selected: Vec<&Bound> = pods.iter().filter(selects).collect();
    let on_eci = selected.iter().find(|pod| pod.on_eci);
    let severity = match (on_eci, selected.is_empty()) {
        (None, false) => return,
        (None, true) => Severity::Info,
        (Some(_), _) if edition == Edition::AckServerless => Severity::Error,
        (Some(_), _) => Severity::Warning,
    };
    let at = At::ROOT.field("spec");
    let finding = NODE_PORT_SERVICE
        .at(object.place(&at.field("type")))
        .severity(severity)
        .found("NodePort");
    out.push(match on_eci {
        Some(pod) => finding.related(pod.place.clone(), "selected by the Service, runs on ECI"),
        None => finding.note("no pod of the input is selected"),
    });
}
