//! The network part of a facts document, as it is written.

use eci_model::{IdError, PlaceError};
use ipnet::{Ipv4Net, Ipv6Net};
use serde::Deserialize;

use super::{
    Addons, GroupKind, Inventory, Ipv6Gateway, KnownSecurityGroup, KnownVSwitch, ScheduledSpread, VersionError,
};

/// What Kubernetes objects cannot tell about the network, as it is written; every field may be missing.
///
/// # Example
/// ```
/// use eci_network::NetworkDocument;
///
/// let document: NetworkDocument = serde_json::from_str(
///     r#"{"vswitches": [{"id": "vsw-bp1xpiowfm5vo8o3c1h01", "zone": "cn-hangzhou-h", "cidr": "10.0.8.0/24", "used": 40, "nat": true}],
///         "securityGroups": [{"id": "sg-bp15ed6xe1yxeycg7o22", "kind": "basic"}],
///         "addons": {"coreDns": true, "virtualNode": "2.10.0"}}"#,
/// )?;
/// let inventory = document.inventory()?;
/// assert_eq!(inventory.vswitches().next().and_then(|vswitch| vswitch.free()), Some(212));
/// assert_eq!(document.addons()?.core_dns, Some(true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NetworkDocument {
    /// vSwitches.
    pub vswitches: Vec<VSwitchDocument>,
    /// Security groups.
    pub security_groups: Vec<SecurityGroupDocument>,
    /// Network add-ons.
    pub addons: AddonsDocument,
}

/// A vSwitch in a [`NetworkDocument`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct VSwitchDocument {
    /// Its id.
    pub id: String,
    /// Its zone, `cn-hangzhou-h`.
    pub zone: Option<String>,
    /// Its VPC, `vpc-...`.
    pub vpc: Option<String>,
    /// Its IPv4 addresses, `10.0.8.0/24`.
    pub cidr: Option<String>,
    /// How many of its addresses are in use.
    pub used: u32,
    /// Whether it has IPv6 addresses, or which.
    pub ipv6: Option<Ipv6Document>,
    /// Whether a NAT gateway has an entry for it.
    pub nat: Option<bool>,
}

/// The IPv6 addresses of a vSwitch in a [`NetworkDocument`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Ipv6Document {
    /// Whether it has any.
    Has(bool),
    /// Its range, `2001:db8:0:1::/64`.
    Range(String),
}

/// A security group in a [`NetworkDocument`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SecurityGroupDocument {
    /// Its id.
    pub id: String,
    /// `basic` or `advanced`.
    pub kind: Option<String>,
    /// Its VPC.
    pub vpc: Option<String>,
}

/// Network add-ons in a [`NetworkDocument`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AddonsDocument {
    /// Whether Terway's trunking is on.
    pub terway_trunking: Option<bool>,
    /// Whether CoreDNS is installed.
    pub core_dns: Option<bool>,
    /// `free`, `enterprise` or `enhanced`.
    pub ipv6_gateway: Option<String>,
    /// Whether the cluster is of a Pro edition.
    pub pro: Option<bool>,
    /// The version of Kubernetes.
    pub kubernetes: Option<String>,
    /// The version of ack-virtual-node.
    pub virtual_node: Option<String>,
    /// The version of ACK's kube-scheduler.
    pub scheduler: Option<String>,
}

/// A value of a [`NetworkDocument`] that means nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// An id.
    #[error(transparent)]
    Id(#[from] IdError),
    /// A zone.
    #[error(transparent)]
    Zone(#[from] PlaceError),
    /// A version.
    #[error(transparent)]
    Version(#[from] VersionError),
    /// A range of addresses.
    #[error("`{found}` is no range of addresses such as `{example}`")]
    Range {
        /// What was written.
        found: Box<str>,
        /// What could be written.
        example: &'static str,
    },
    /// One of a few words.
    #[error("`{found}` is no {what}; choices are {}", .choices.join(", "))]
    Choice {
        /// What was written.
        found: Box<str>,
        /// What it should be.
        what: &'static str,
        /// What could be written.
        choices: &'static [&'static str],
    },
}

impl NetworkDocument {
    /// The vSwitches and security groups.
    ///
    /// # Errors
    /// [`DocumentError`] for the first value that means nothing.
    pub fn inventory(&self) -> Result<Inventory, DocumentError> {
        let mut inventory = Inventory::default();
        for vswitch in &self.vswitches {
            inventory.insert_vswitch(vswitch.read()?);
        }
        for group in &self.security_groups {
            inventory.insert_security_group(group.read()?);
        }
        Ok(inventory)
    }

    /// What is known of the add-ons.
    ///
    /// # Errors
    /// [`DocumentError`] for the first value that means nothing.
    pub fn addons(&self) -> Result<Addons, DocumentError> {
        let addons = &self.addons;
        let version = |text: &Option<String>| text.as_deref().map(str::parse).transpose();
        let gateway = addons.ipv6_gateway.as_deref().map(|text| {
            let found = Ipv6Gateway::ALL.into_iter().find(|gateway| gateway.name() == text);
            found.ok_or_else(|| choice(text, "edition of the IPv6 gateway", &["free", "enterprise", "enhanced"]))
        });
        Ok(Addons {
            terway_trunking: addons.terway_trunking,
            core_dns: addons.core_dns,
            ipv6_gateway: gateway.transpose()?,
            spread: ScheduledSpread {
                pro: addons.pro,
                kubernetes: version(&addons.kubernetes)?,
                virtual_node: version(&addons.virtual_node)?,
                scheduler: version(&addons.scheduler)?,
            },
        })
    }
}

impl VSwitchDocument {
    fn read(&self) -> Result<KnownVSwitch, DocumentError> {
        let cidr = self.cidr.as_deref().map(|text| {
            let range = text.parse::<Ipv4Net>();
            range.map_err(|_| range_error(text, "10.0.8.0/24"))
        });
        let ipv6 = self.ipv6.as_ref().map(|ipv6| match ipv6 {
            Ipv6Document::Has(has) => Ok(*has),
            Ipv6Document::Range(text) => match text.parse::<Ipv6Net>() {
                Ok(_) => Ok(true),
                Err(_) => Err(range_error(text, "2001:db8:0:1::/64")),
            },
        });
        Ok(KnownVSwitch {
            id: self.id.parse()?,
            zone: self.zone.as_deref().map(str::parse).transpose()?,
            vpc: self.vpc.as_deref().map(str::parse).transpose()?,
            range: cidr.transpose()?,
            used: self.used,
            ipv6: ipv6.transpose()?,
            nat: self.nat,
        })
    }
}

impl SecurityGroupDocument {
    fn read(&self) -> Result<KnownSecurityGroup, DocumentError> {
        let kind = self.kind.as_deref().map(|text| match text {
            "basic" => Ok(GroupKind::Basic),
            "advanced" => Ok(GroupKind::Advanced),
            _ => Err(choice(text, "kind of security group", &["basic", "advanced"])),
        });
        Ok(KnownSecurityGroup {
            id: self.id.parse()?,
            kind: kind.transpose()?,
            vpc: self.vpc.as_deref().map(str::parse).transpose()?,
        })
    }
}

fn range_error(text: &str, example: &'static str) -> DocumentError {
    let found = excerpt(text);
    DocumentError::Range { found, example }
}

fn choice(text: &str, what: &'static str, choices: &'static [&'static str]) -> DocumentError {
    let found = excerpt(text);
    DocumentError::Choice { found, what, choices }
}

fn excerpt(text: &str) -> Box<str> {
    text.chars().take(64).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(json: serde_json::Value) -> Result<(Inventory, Addons), DocumentError> {
        let document: NetworkDocument = serde_json::from_value(json).expect("the shape is right");
        Ok((document.inventory()?, document.addons()?))
    }

    #[test]
    fn everything_may_be_missing() {
        let (inventory, addons) = read(json!({})).expect("nothing is wrong");
        assert!(inventory.is_empty());
        assert_eq!(addons, Addons::default());
    }

    #[test]
    fn ipv6_is_a_flag_or_a_range() {
        for (written, known) in [
            (json!(true), Some(true)),
            (json!(false), Some(false)),
            (json!("2001:db8::/64"), Some(true)),
            (json!(null), None),
        ] {
            let (inventory, _) = read(json!({"vswitches": [{"id": "vsw-1", "ipv6": written}]})).expect("right");
            assert_eq!(inventory.vswitches().next().expect("one").ipv6, known, "{written}");
        }
    }

    #[test]
    fn what_means_nothing_is_told() {
        for (json, message) in [
            (
                json!({"vswitches": [{"id": "sg-1"}]}),
                "`sg-1` does not begin with `vsw-`",
            ),
            (
                json!({"vswitches": [{"id": "vsw-1", "zone": "Hangzhou"}]}),
                "`Hangzhou` is no zone such as `cn-hangzhou-h`",
            ),
            (
                json!({"vswitches": [{"id": "vsw-1", "cidr": "10.0.0.0"}]}),
                "`10.0.0.0` is no range of addresses such as `10.0.8.0/24`",
            ),
            (
                json!({"vswitches": [{"id": "vsw-1", "ipv6": "yes"}]}),
                "`yes` is no range of addresses such as `2001:db8:0:1::/64`",
            ),
            (
                json!({"securityGroups": [{"id": "sg-1", "kind": "big"}]}),
                "`big` is no kind of security group; choices are basic, advanced",
            ),
            (
                json!({"addons": {"ipv6Gateway": "large"}}),
                "`large` is no edition of the IPv6 gateway; choices are free, enterprise, enhanced",
            ),
            (
                json!({"addons": {"kubernetes": "new"}}),
                "`new` is no version such as `2.10.0`",
            ),
        ] {
            assert_eq!(read(json).expect_err(message).to_string(), message);
        }
    }
}
