//! Whose registry a host is, and how it is reached.

use super::ImageReference;
use super::reference::split_port;

/// Hosts that give out public images without a login.
const LISTED: [&str; 11] = [
    "cgr.dev",
    "docker.elastic.co",
    "docker.io",
    "gcr.io",
    "ghcr.io",
    "k8s.gcr.io",
    "mcr.microsoft.com",
    "nvcr.io",
    "public.ecr.aws",
    "quay.io",
    "registry.k8s.io",
];
/// Ends of such hosts.
const LISTED_ENDS: [&str; 2] = [".gcr.io", ".pkg.dev"];

/// How a registry is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Network {
    /// Over the Internet: the pod needs an EIP, or its vSwitch a NAT gateway.
    Public,
    /// Inside the VPC.
    Vpc,
}

/// Whose registry a host is (Configure the image of a container, 2025-01-14; Pull ACR images without a secret, 2025-03-03).
///
/// # Example
/// ```
/// use eci_model::image::{AcrEdition, ImageReference, Network, Registry};
///
/// let image = ImageReference::parse("shop-registry.cn-hangzhou.cr.aliyuncs.com/web:1")?;
/// let Registry::Acr(acr) = Registry::of(&image) else { panic!("a registry of ACR") };
/// assert_eq!(acr.edition, AcrEdition::Enterprise { instance: "shop" });
/// assert_eq!((acr.region, acr.network), ("cn-hangzhou", Network::Public));
/// assert_eq!(acr.vpc_form().as_deref(), Some("shop-registry-vpc.cn-hangzhou.cr.aliyuncs.com"));
/// # Ok::<(), eci_model::image::ReferenceError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Registry<'a> {
    /// A default domain of the platform's container registry, whose images of the own account need no secret.
    Acr(AcrHost<'a>),
    /// Images of the platform's own components.
    AckSystem {
        /// The region.
        region: &'a str,
        /// How it is reached.
        network: Network,
    },
    /// A registry that gives out public images without a login.
    Listed(&'a str),
    /// Any other: self-managed, or an own domain of an enterprise instance.
    Other(&'a str),
}

/// A default domain of the container registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AcrHost<'a> {
    /// The edition.
    pub edition: AcrEdition<'a>,
    /// The region.
    pub region: &'a str,
    /// How it is reached.
    pub network: Network,
    /// Whether the peer-to-peer agent is asked.
    pub p2p: bool,
}

/// An edition of the container registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AcrEdition<'a> {
    /// Personal edition.
    Personal,
    /// Enterprise edition.
    Enterprise {
        /// The name of the instance.
        instance: &'a str,
    },
}

impl<'a> Registry<'a> {
    /// The registry of an image.
    pub fn of(image: &ImageReference<'a>) -> Self {
        Self::of_host(image.registry_host())
    }

    /// The registry at a host, with or without a port.
    pub fn of_host(host: &'a str) -> Self {
        let (name, _) = split_port(host);
        let acr = || personal(name).or_else(|| enterprise(name));
        if let Some(acr) = name.strip_suffix(".aliyuncs.com").and_then(|_| acr()) {
            return Self::Acr(acr);
        }
        if let Some(system) = ack_system(name) {
            return system;
        }
        if LISTED.contains(&name) || LISTED_ENDS.iter().any(|end| name.ends_with(end)) {
            return Self::Listed(name);
        }
        Self::Other(host)
    }

    /// The region, where the host names it.
    pub const fn region(&self) -> Option<&'a str> {
        match self {
            Self::Acr(acr) => Some(acr.region),
            Self::AckSystem { region, .. } => Some(region),
            Self::Listed(_) | Self::Other(_) => None,
        }
    }

    /// How it is reached, where the host tells; a self-managed registry may be anywhere.
    pub const fn network(&self) -> Option<Network> {
        match self {
            Self::Acr(acr) => Some(acr.network),
            Self::AckSystem { network, .. } => Some(*network),
            Self::Listed(_) => Some(Network::Public),
            Self::Other(_) => None,
        }
    }
}

impl AcrHost<'_> {
    /// The host that is reached inside the VPC, for a public one.
    pub fn vpc_form(&self) -> Option<String> {
        if self.network == Network::Vpc {
            return None;
        }
        let region = self.region;
        Some(match self.edition {
            AcrEdition::Personal => format!("registry-vpc.{region}.aliyuncs.com"),
            AcrEdition::Enterprise { instance } => format!("{instance}-registry-vpc.{region}.cr.aliyuncs.com"),
        })
    }
}

fn personal(name: &str) -> Option<AcrHost<'_>> {
    let rest = name.strip_prefix("registry")?;
    let (network, rest) = match rest.strip_prefix("-vpc.") {
        Some(rest) => (Network::Vpc, rest),
        None => (Network::Public, rest.strip_prefix('.')?),
    };
    let region = rest.strip_suffix(".aliyuncs.com").filter(|region| is_region(region))?;
    Some(AcrHost {
        edition: AcrEdition::Personal,
        region,
        network,
        p2p: false,
    })
}

fn enterprise(name: &str) -> Option<AcrHost<'_>> {
    let (kind, rest) = name.split_once('.')?;
    let (instance, network) = match kind.strip_suffix("-registry-vpc") {
        Some(instance) => (instance, Network::Vpc),
        None => (kind.strip_suffix("-registry")?, Network::Public),
    };
    let rest = rest.strip_suffix(".cr.aliyuncs.com")?;
    let (region, p2p) = match rest.strip_prefix("distributed.") {
        Some(region) => (region, true),
        None => (rest, false),
    };
    (!instance.is_empty() && is_region(region)).then_some(AcrHost {
        edition: AcrEdition::Enterprise { instance },
        region,
        network,
        p2p,
    })
}

fn ack_system(name: &str) -> Option<Registry<'_>> {
    let rest = name.strip_prefix("registry-")?.strip_suffix(".ack.aliyuncs.com")?;
    let (region, network) = match rest.strip_suffix("-vpc") {
        Some(region) => (region, Network::Vpc),
        None => (rest, Network::Public),
    };
    is_region(region).then_some(Registry::AckSystem { region, network })
}

fn is_region(text: &str) -> bool {
    let mut before = b'-';
    let mut has_parts = false;
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => {}
            b'-' if before != b'-' => has_parts = true,
            _ => return false,
        }
        before = byte;
    }
    has_parts && before != b'-'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acr(host: &str) -> AcrHost<'_> {
        match Registry::of_host(host) {
            Registry::Acr(acr) => acr,
            other => panic!("{host} is {other:?}"),
        }
    }

    #[test]
    fn the_forms_of_acr_are_told_apart() {
        let enterprise = AcrEdition::Enterprise { instance: "shop" };
        for (host, edition, network, p2p) in [
            (
                "registry.cn-hangzhou.aliyuncs.com",
                AcrEdition::Personal,
                Network::Public,
                false,
            ),
            (
                "registry-vpc.cn-hangzhou.aliyuncs.com",
                AcrEdition::Personal,
                Network::Vpc,
                false,
            ),
            (
                "shop-registry.cn-hangzhou.cr.aliyuncs.com",
                enterprise,
                Network::Public,
                false,
            ),
            (
                "shop-registry-vpc.cn-hangzhou.cr.aliyuncs.com",
                enterprise,
                Network::Vpc,
                false,
            ),
            (
                "shop-registry-vpc.distributed.cn-hangzhou.cr.aliyuncs.com:65001",
                enterprise,
                Network::Vpc,
                true,
            ),
        ] {
            let acr = acr(host);
            assert_eq!((acr.edition, acr.network, acr.p2p), (edition, network, p2p), "{host}");
            assert_eq!(acr.region, "cn-hangzhou");
        }
    }

    #[test]
    fn public_forms_have_a_form_inside_the_vpc() {
        let form = |host| acr(host).vpc_form();
        assert_eq!(
            form("registry.cn-beijing.aliyuncs.com").as_deref(),
            Some("registry-vpc.cn-beijing.aliyuncs.com")
        );
        assert_eq!(form("registry-vpc.cn-beijing.aliyuncs.com"), None);
    }

    #[test]
    fn system_images_and_public_hubs_are_known() {
        let system = Registry::of_host("registry-cn-hangzhou-vpc.ack.aliyuncs.com");
        assert_eq!(
            (system.region(), system.network()),
            (Some("cn-hangzhou"), Some(Network::Vpc))
        );
        for host in ["docker.io", "quay.io", "eu.gcr.io", "europe-docker.pkg.dev"] {
            assert!(matches!(Registry::of_host(host), Registry::Listed(_)), "{host}");
        }
    }

    #[test]
    fn other_hosts_are_others() {
        for host in [
            "harbor.example:5000",
            "registry.hangzhou.aliyuncs.com",
            "web.cn-hangzhou.aliyuncs.com",
            "-registry.cn-hangzhou.cr.aliyuncs.com",
            "notgcr.io",
        ] {
            assert_eq!(Registry::of_host(host), Registry::Other(host));
        }
    }
}
