//! What can be wrong with the network: a file a family, each rule beside its check.

pub(crate) mod address;
pub(crate) mod admission;
mod affinity;
pub(crate) mod disk;
pub(crate) mod internet;
mod ipv6;
mod pod_networking;
mod security_group;
pub(crate) mod service;
pub(crate) mod space;
pub(crate) mod spread;
pub(crate) mod vswitch;
mod zone;

use eci_model::{EffectivePod, Findings, Object, Rules, Site};

use crate::audit::NetworkDigest;
use crate::facts::NetworkFacts;
use crate::layer::Source;
use crate::pod_networking::Selected;
use crate::resolve::Resolution;
use crate::scene::{Around, Scene};

pub use address::{
    FIXED_AND_PRIVATE_IP, FIXED_IP_NAMES, FIXED_IP_TWO_ADDRESSES, PRIVATE_IP_OUTSIDE, PRIVATE_IP_REPLICAS,
    PRIVATE_IP_RESERVED, PRIVATE_IP_ROLLING_UPDATE, PRIVATE_IP_V6,
};
pub use admission::{GROUPS_MANY, INVALID, NEVER_MATCHES, RELEASE_AFTER};
pub use disk::{DISK_ZONE, WAIT_FOR_FIRST_CONSUMER};
pub use internet::{EIP_CHARGE_WITH_PACKAGE, EIP_PER_REPLICA, EIP_SHARED, INTERNET_NOT_REACHABLE, NAT_PER_VSWITCH};
pub use ipv6::{IPV6_BANDWIDTH_RANGE, IPV6_VSWITCH};
pub use pod_networking::{AMBIGUOUS, FIXED_ON_ECI, NOT_READY, TERWAY_MAY_INJECT};
pub use security_group::{
    SECURITY_GROUP_CHANGE, SECURITY_GROUP_FIRST_ONLY, SECURITY_GROUP_MIXED_KIND, SECURITY_GROUP_NONE,
    SECURITY_GROUP_TOO_MANY, security_groups_changed,
};
pub use service::{CLUSTER_IP_OFF, PRIVATE_ZONE_AND_COREDNS, PRIVATE_ZONE_NOT_PUBLISHED, SERVICE_NAME_UNRESOLVABLE};
pub use space::{ADDRESS_SPACE, ADDRESS_SPACE_LOW};
pub use spread::{ONE_POD_PER_VIRTUAL_NODE, SPREAD_NEEDS, SPREAD_TOPOLOGY_KEY, ZONE_SPREAD_OFF};
pub use vswitch::{
    STRATEGY_ON_LOWER_LAYER, STRATEGY_WITHOUT_CHOICE, VSWITCH_LATE_ZONES, VSWITCH_NONE, VSWITCH_ONE_ZONE,
    VSWITCH_OTHER_VPC, VSWITCH_TOO_MANY, VSWITCH_UNKNOWN,
};
pub use zone::ZONE_PIN_AND_VSWITCH;

/// The lists of every family.
pub static RULES: &[&Rules] = &[
    &vswitch::RULES,
    &security_group::RULES,
    &pod_networking::RULES,
    &admission::RULES,
    &address::RULES,
    &space::RULES,
    &internet::RULES,
    &ipv6::RULES,
    &spread::RULES,
    &zone::RULES,
    &disk::RULES,
    &service::RULES,
];

/// Everything that a resolved pod shows by itself, with its owner and what is known of the network.
///
/// Gives what rules about several objects need of it; see [`NetworkAudit`](crate::NetworkAudit).
///
/// # Example
/// ```
/// use eci_model::{Edition, EffectivePod, Findings, Given, Object, Origin, Overlay, Policies, Settings, Site};
/// use eci_network::{Around, NetworkFacts, check, resolve, rules};
/// use k8s_openapi::api::apps::v1::Deployment;
///
/// let deployment: Deployment = serde_json::from_str(
///     r#"{"metadata": {"name": "web"}, "spec": {"replicas": 3, "selector": {}, "template": {}}}"#,
/// )?;
/// let object = Object::from(&deployment);
/// let key = "k8s.aliyun.com/eci-private-ip-address";
/// let mut settings = Settings::default();
/// settings.private_ip = Some(Given::new([10, 0, 8, 9].into(), Origin::PodAnnotation { key: key.into() }));
/// let pod = EffectivePod::new(object.pod().expect("a template"), Overlay::default(), Overlay::default(), &settings);
///
/// let (facts, policies, mut findings) = (NetworkFacts::default(), Policies::default(), Findings::new());
/// let site = Site::new(Edition::Ack, &policies);
/// let resolution = resolve(&pod, None, &facts, &site, &mut findings);
/// let around = Around { object, namespace: None, only_on_eci: true };
/// check(&pod, &around, &resolution, &facts, &site, &mut findings);
/// assert!(findings.contains(rules::PRIVATE_IP_REPLICAS));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn check(
    pod: &EffectivePod<'_>,
    around: &Around<'_>,
    resolution: &Resolution,
    facts: &NetworkFacts<'_>,
    site: &Site<'_>,
    out: &mut Findings,
) -> Option<NetworkDigest> {
    let scene = Scene {
        around,
        pod,
        facts,
        site,
        resolution,
    };
    vswitch::of_pod(&scene, out);
    security_group::of_pod(&scene, out);
    pod_networking::of_pod(&scene, out);
    address::of_pod(&scene, out);
    internet::of_pod(&scene, out);
    ipv6::of_pod(&scene, out);
    let one_per_node = spread::OnePerNode::of(&scene);
    spread::of_pod(&scene, one_per_node.as_ref(), out);
    zone::of_pod(&scene, out);
    let disks = disk::DiskNeeds::of(&scene);
    if let Some(needs) = &disks {
        disk::of_pod(&scene, needs, out);
    }
    let digest = NetworkDigest::of(&scene, one_per_node, disks);
    digest.grown(0, pod.view().replicas(), out);
    (!digest.is_empty()).then_some(digest)
}

/// Everything that an object without a pod shows by itself: a PodNetworking, a Service.
pub fn check_object(object: Object<'_>, facts: &NetworkFacts<'_>, site: &Site<'_>, out: &mut Findings) {
    match object {
        Object::PodNetworking(networking) => admission::check(networking, out),
        Object::Service(service) => service::not_published(service, facts, site, out),
        _ => {}
    }
}

/// A resolution and what it was made of.
#[derive(Clone, Copy)]
pub(crate) struct Resolved<'r> {
    pub(crate) pod: &'r EffectivePod<'r>,
    pub(crate) facts: &'r NetworkFacts<'r>,
    pub(crate) site: &'r Site<'r>,
    pub(crate) selected: &'r Selected<'r>,
    /// The layer that decides both fields, where one does.
    pub(crate) deciding_layer: Option<Source>,
    /// Whether several objects say something about vSwitches and nothing decides between them.
    pub(crate) vswitches_open: bool,
    /// The same about security groups.
    pub(crate) groups_open: bool,
    pub(crate) resolution: &'r Resolution,
}

/// Everything that the layers themselves show.
pub(crate) fn resolution(resolved: &Resolved<'_>, out: &mut Findings) {
    vswitch::of_layers(resolved, out);
    security_group::of_layers(resolved, out);
    pod_networking::of_layers(resolved, out);
}

/// Why a field is undecided although lower layers could decide it.
fn whole_layer(layer: Source, says: &str) -> String {
    format!("policy MergeGranularity=WholeLayer: the {layer} layer decides both fields, and it {says}")
}
