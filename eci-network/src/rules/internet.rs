//! EIPs and NAT.

use eci_model::image::{ImageReference, Network, Registry};
use eci_model::{At, Basis, Code, EipId, Findings, Location, Rule, Rules, Severity};

use crate::scene::{Listed, Scene};

/// One EIP for several pods.
pub const EIP_SHARED: &Rule = &Rule::error(Code::eci(3090), "eip-shared")
    .summary("one EIP for more than one instance")
    .why("an EIP is bound to one instance; every other one fails")
    .remedy("set `k8s.aliyun.com/eci-with-eip: \"true\"`, which makes an EIP for each pod")
    .basis(Basis::Documented("Enable Internet access, undated"))
    .page(include_str!("../../rules/eip-shared.md"));

/// As many EIPs as pods.
pub const EIP_PER_REPLICA: &Rule = &Rule::info(Code::eci(3091), "eip-per-replica")
    .summary("an EIP for each replica, which goes with its pod")
    .why("each is billed, and counts against the quota of EIPs")
    .remedy("a NAT gateway serves plain outbound traffic of all pods")
    .basis(Basis::Documented("Enable Internet access, undated"))
    .page(include_str!("../../rules/eip-per-replica.md"));

/// Two ways to pay for one EIP.
pub const EIP_CHARGE_WITH_PACKAGE: &Rule = &Rule::info(Code::eci(3092), "eip-charge-with-package")
    .summary("bandwidth or charge type of an EIP that joins a shared-bandwidth plan")
    .why("no page says which of the two counts")
    .remedy("keep one")
    .basis(Basis::Documented("Enable Internet access, undated, leaves it open"))
    .page(include_str!("../../rules/eip-charge-with-package.md"));

/// A public image and no way to it.
pub const INTERNET_NOT_REACHABLE: &Rule = &Rule::warning(Code::eci(3094), "internet-not-reachable")
    .summary("an image from the Internet, and no way there is known")
    .why("a pod has a private address only; without an EIP or a NAT gateway the image cannot be pulled")
    .remedy("add an EIP or a NAT gateway, or use the VPC form of the registry")
    .basis(Basis::Documented("Enable Internet access, undated"))
    .page(include_str!("../../rules/internet-not-reachable.md"));

/// NAT for some vSwitches of a pod only.
pub const NAT_PER_VSWITCH: &Rule = &Rule::info(Code::eci(3140), "nat-per-vswitch")
    .summary("a NAT entry for some vSwitches of the pod only")
    .why("SNAT entries are made per vSwitch; in the others the pod has no way to the Internet")
    .remedy("add an entry for each vSwitch")
    .basis(Basis::Documented(
        "Configure multiple zones to create a pod, 2024-03-07",
    ))
    .page(include_str!("../../rules/nat-per-vswitch.md"));

pub(super) static RULES: Rules = Rules::new(&[
    EIP_SHARED,
    EIP_PER_REPLICA,
    EIP_CHARGE_WITH_PACKAGE,
    INTERNET_NOT_REACHABLE,
    NAT_PER_VSWITCH,
]);

const EIP: &str = "k8s.aliyun.com/eci-eip-instanceid";
const WITH_EIP: &str = "k8s.aliyun.com/eci-with-eip";

pub(super) fn of_pod(scene: &Scene<'_>, out: &mut Findings) {
    let settings = scene.pod.settings();
    let is_created = settings.with_eip.as_ref().is_some_and(|given| given.value);
    if is_created && settings.eip_bandwidth_plan.is_some() {
        let other = [
            (
                "k8s.aliyun.com/eip-internet-charge-type",
                settings.eip_charge_type.is_some(),
            ),
            ("k8s.aliyun.com/eip-bandwidth", settings.eip_bandwidth.is_some()),
        ];
        if let Some((key, _)) = other.into_iter().find(|(_, is_set)| *is_set) {
            let finding = scene.pod.annotation_finding(EIP_CHARGE_WITH_PACKAGE, key);
            let plan = scene
                .pod
                .annotation_place("k8s.aliyun.com/eip-common-bandwidth-package-id");
            out.push(finding.related(plan, "joins a plan"));
        }
    }
    if !scene.has_eip() && !unreachable(scene, out) {
        some_nat(scene, out);
    }
}

/// Whether the facts say that a candidate has no way to the Internet, and the pod needs one.
fn unreachable(scene: &Scene<'_>, out: &mut Findings) -> bool {
    let candidates = scene.resolution.candidates();
    // What a named image cache holds is not known here, so it may hold everything.
    if candidates.is_empty() || scene.pod.settings().image_cache.is_some() {
        return false;
    }
    let nat = |id| scene.facts.inventory.and_then(|inventory| inventory.vswitch(id)?.nat);
    let without = candidates.iter().find(|id| nat(id) == Some(false));
    let severity = match without {
        Some(_) => Severity::Warning,
        None if candidates.iter().all(|id| nat(id).is_none()) => Severity::Info,
        None => return false,
    };
    let Some((place, image)) = public_image(scene) else {
        return false;
    };
    let finding = INTERNET_NOT_REACHABLE
        .at(place)
        .severity(severity)
        .found(image.to_owned());
    out.push(match without {
        Some(id) => finding
            .title("an image from the Internet, and no way there from one of the vSwitches")
            .note(format!("`{id}` has no NAT entry"))
            .related(scene.list(Listed::VSwitches), "lists the vSwitch"),
        None => finding.note("nothing is known of NAT gateways; a facts document can tell"),
    });
    without.is_some()
}

/// Whether an image comes over the Internet; a host that nothing is known of may stand in the VPC.
fn is_public(image: &str) -> bool {
    let read = ImageReference::parse(image.trim());
    read.is_ok_and(|image| Registry::of(&image).network() == Some(Network::Public))
}

fn public_image<'s>(scene: &Scene<'s>) -> Option<(Location, &'s str)> {
    let pod = scene.pod;
    let lists = [
        ("initContainers", pod.init_containers()),
        ("containers", pod.containers()),
    ];
    let mut images = lists.into_iter().flat_map(|(field, containers)| {
        let image = move |(index, container): (usize, &'s k8s_openapi::api::core::v1::Container)| {
            Some((field, index, container.image.as_deref()?))
        };
        containers.iter().enumerate().filter_map(image)
    });
    let (field, index, image) = images.find(|(_, _, image)| is_public(image))?;
    let spec = At::ROOT.field("spec");
    let containers = spec.field(field);
    let container = containers.index(index);
    Some((pod.place(&container.field("image")), image))
}

fn some_nat(scene: &Scene<'_>, out: &mut Findings) {
    let candidates = scene.resolution.candidates();
    let Some(inventory) = scene.facts.inventory.filter(|_| candidates.len() > 1) else {
        return;
    };
    let has_nat = |id: &&eci_model::VSwitchId| inventory.vswitch(id).and_then(|vswitch| vswitch.nat) == Some(true);
    let (with, without): (Vec<_>, Vec<_>) = candidates.iter().partition(has_nat);
    if !with.is_empty() && !without.is_empty() {
        let names: Vec<&str> = without.iter().map(|id| id.as_str()).collect();
        let finding = NAT_PER_VSWITCH.at(scene.list(Listed::VSwitches));
        out.push(finding.found(names.join(", ")).expected("a NAT entry for each"));
    }
}

/// The existing EIP of a pod, and where it is named.
pub(crate) fn eip(scene: &Scene<'_>) -> Option<(EipId, Location)> {
    let given = scene.pod.settings().eip.as_ref()?;
    Some((given.value.clone(), scene.pod.annotation_place(EIP)))
}

/// Where a pod asks for an EIP of its own.
pub(crate) fn with_eip(scene: &Scene<'_>) -> Option<Location> {
    let given = scene.pod.settings().with_eip.as_ref();
    given
        .filter(|given| given.value)
        .map(|_| scene.pod.annotation_place(WITH_EIP))
}

/// Tells that several replicas share an existing EIP.
pub(crate) fn eip_replicas(id: &EipId, named: &Location, replicas: u32, pod: &Location, out: &mut Findings) {
    let finding = EIP_SHARED
        .at(named.clone())
        .found(format!("{id} for {replicas} replicas"));
    out.push(finding.related(pod.clone(), "has the replicas"));
}

/// Tells that two objects name one EIP.
pub(crate) fn eip_twice(id: &EipId, named: &Location, first: &Location, out: &mut Findings) {
    let finding = EIP_SHARED.at(named.clone()).found(id.to_string());
    out.push(finding.related(first.clone(), "names the same EIP"));
}

/// Tells that each replica gets an EIP.
pub(crate) fn eips_created(asked: &Location, replicas: u32, pod: &Location, out: &mut Findings) {
    let finding = EIP_PER_REPLICA.at(asked.clone()).found(format!("{replicas} EIPs"));
    out.push(finding.related(pod.clone(), "has the replicas"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_of_public_registries_come_over_the_internet() {
        for image in [
            "nginx",
            "nginx:1.25",
            "bitnami/redis@sha256:0000000000000000000000000000000000000000000000000000000000000000",
            "docker.io/library/nginx",
            "quay.io/coreos/etcd:v3.5",
            "eu.gcr.io/project/app",
            "registry.cn-hangzhou.aliyuncs.com/shop/web:1.4",
            "shop-registry.cn-hangzhou.cr.aliyuncs.com/shop/web:1.4",
        ] {
            assert!(is_public(image), "{image}");
        }
    }

    #[test]
    fn images_of_the_vpc_and_of_unknown_hosts_do_not() {
        for image in [
            "",
            "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4",
            "registry-internal.cn-hangzhou.aliyuncs.com/shop/web",
            "shop-registry-vpc.cn-hangzhou.cr.aliyuncs.com/shop/web:1.4",
            "registry-cn-hangzhou-vpc.ack.aliyuncs.com/acs/pause:3.9",
            "harbor.example.com/lib/web",
            "10.0.0.7:5000/web",
            "localhost/web",
        ] {
            assert!(!is_public(image), "{image}");
        }
    }
}
