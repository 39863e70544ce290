//! Fields of containers and pods that have no counterpart, and names that are written otherwise.

use k8s_openapi::api::core::v1::Container;

use crate::finding::Findings;
use crate::path::At;
use crate::pod::EffectivePod;
use crate::rule::{Basis, Code, Rule, Rules};

/// Restart and resize settings of a single container.
pub const POD_RESTART_SETTING_DROPPED: &Rule = &Rule::warning(Code::eci(1375), "pod-restart-setting-dropped")
    .summary("restart or resize setting of a single container")
    .why("the API has one restart policy for all containers, and containers are not resized in place")
    .remedy("use the `restartPolicy` of the pod")
    .basis(Basis::Inferred("the fields of CreateContainerGroup, 2018-08-08"))
    .page(include_str!("../../rules/pod-restart-setting-dropped.md"));

/// The DNS policy of pods on the network of their node.
pub const DNS_POLICY_HOST: &Rule = &Rule::warning(Code::eci(1390), "dns-policy-host")
    .summary("DNS policy for pods on the network of a node")
    .why("there is no such network, and without it the policy means the DNS servers of the VPC")
    .remedy("use ClusterFirst")
    .basis(Basis::Inferred("the API knows Default and None"))
    .page(include_str!("../../rules/dns-policy-host.md"));

/// A name that an instance cannot have.
pub const INSTANCE_NAME_REWRITTEN: &Rule = &Rule::info(Code::eci(1392), "instance-name-rewritten")
    .summary("namespace and name make a name that an instance cannot have")
    .why("instances have 2 to 128 lower-case letters, digits and hyphens")
    .remedy("nothing; the instance has a shorter name, and its UID tag says which pod it is")
    .basis(Basis::Inferred("CreateContainerGroup, ContainerGroupName"))
    .page(include_str!("../../rules/instance-name-rewritten.md"));

pub(super) static CONTAINER_RULES: Rules = Rules::new(&[POD_RESTART_SETTING_DROPPED]);
pub(super) static RULES: Rules = Rules::new(&[DNS_POLICY_HOST, INSTANCE_NAME_REWRITTEN]);

/// Letters of an instance's name (CreateContainerGroup, 2018-08-08).
const LONGEST: usize = 128;

pub(super) fn check(pod: &EffectivePod<'_>, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let containers = spec.field("containers");
    for (index, container) in pod.containers().iter().enumerate() {
        restarts(pod, container, &containers.index(index), out);
    }
    dns_policy(pod, out);
    name(pod, out);
}

fn restarts(pod: &EffectivePod<'_>, container: &Container, at: &At<'_>, out: &mut Findings) {
    if let Some(policy) = &container.restart_policy {
        let finding = POD_RESTART_SETTING_DROPPED.at(pod.place(&at.field("restartPolicy")));
        out.push(finding.found(policy.clone()));
    }
    k8s_openapi::k8s_if_ge_1_34! {
        if container.restart_policy_rules.as_ref().is_some_and(|rules| !rules.is_empty()) {
            out.push(POD_RESTART_SETTING_DROPPED.at(pod.place(&at.field("restartPolicyRules"))));
        }
    }
    // What Kubernetes fills in asks for nothing.
    let resize = container.resize_policy.iter().flatten();
    if let Some(policy) = resize
        .map(|it| &it.restart_policy)
        .find(|policy| *policy != "NotRequired")
    {
        let finding = POD_RESTART_SETTING_DROPPED.at(pod.place(&at.field("resizePolicy")));
        out.push(
            finding
                .found(policy.clone())
                .remedy("drop it; a new size needs a new pod"),
        );
    }
}

fn dns_policy(pod: &EffectivePod<'_>, out: &mut Findings) {
    const POLICY: &str = "ClusterFirstWithHostNet";
    let Some(spec) = pod.spec() else { return };
    if spec.dns_policy.as_deref() == Some(POLICY) && spec.host_network != Some(true) {
        let at = At::ROOT.field("spec");
        out.push(DNS_POLICY_HOST.at(pod.place(&at.field("dnsPolicy"))).found(POLICY));
    }
}

/// Names of pods that a template makes are not known yet.
fn name(pod: &EffectivePod<'_>, out: &mut Findings) {
    let view = pod.view();
    let Some(name) = view.owner().name.as_deref().filter(|_| !view.is_template()) else {
        return;
    };
    let length = view.namespace().len() + 1 + name.len();
    if length > LONGEST || name.contains('.') {
        let metadata = At::ROOT.field("metadata");
        let finding = INSTANCE_NAME_REWRITTEN.at(pod.place(&metadata.field("name")));
        out.push(finding.found(format!("{}-{name}", view.namespace())));
    }
}
