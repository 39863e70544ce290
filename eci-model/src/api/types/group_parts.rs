//! What a container group is made of besides containers and volumes.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

use crate::api::record::fields;
use crate::secret::Sensitive;

/// Kernel parameters of the group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupSecurityContext {
    /// The parameters. At most 101 items (metadata).
    pub sysctl: Vec<Sysctl>,
}

fields! {
    GroupSecurityContext {
        sysctl = "Sysctl".items(101),
    }
}

/// A kernel parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sysctl {
    /// The name of the parameter.
    pub name: Option<String>,
    /// The value.
    pub value: Option<String>,
}

fields! {
    Sysctl {
        name = "Name",
        value = "Value",
    }
}

/// How the containers look names up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DnsConfig {
    /// The servers to ask. At most 21 items (metadata).
    pub name_server: Vec<String>,
    /// The options of the resolver. At most 21 items (metadata).
    pub option: Vec<DnsOption>,
    /// The domains to try. At most 21 items (metadata).
    pub search: Vec<String>,
}

fields! {
    DnsConfig {
        name_server = "NameServer".items(21),
        option = "Option".items(21),
        search = "Search".items(21),
    }
}

/// An option of the resolver.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DnsOption {
    /// The name.
    pub name: Option<String>,
    /// The value.
    pub value: Option<String>,
}

fields! {
    DnsOption {
        name = "Name",
        value = "Value",
    }
}

/// Names of an address in the hosts file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostAlias {
    /// The names. At most 51 items (metadata).
    pub hostname: Vec<String>,
    /// The address.
    pub ip: Option<String>,
}

fields! {
    HostAlias {
        hostname = "Hostname".items(51),
        ip = "Ip",
    }
}

/// How to log in to a registry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImageRegistryCredential {
    /// The password.
    pub password: Option<Sensitive<String>>,
    /// The registry, without a protocol.
    pub server: Option<String>,
    /// The user.
    pub user_name: Option<String>,
}

fields! {
    ImageRegistryCredential {
        password = "Password",
        server = "Server",
        user_name = "UserName",
    }
}

/// An instance of the container registry that needs no password.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AcrRegistryInfo {
    /// The role of the service that reads the registry.
    pub arn_service: Option<String>,
    /// The role of the user that reads the registry.
    pub arn_user: Option<String>,
    /// The domains of the registry's instance; all if there are none. At most 100 items (metadata).
    pub domain: Vec<String>,
    /// The id of the registry's instance.
    pub instance_id: Option<String>,
    /// The name of the registry's instance.
    pub instance_name: Option<String>,
    /// The region, such as `cn-hangzhou`.
    pub region_id: Option<String>,
}

fields! {
    AcrRegistryInfo {
        arn_service = "ArnService",
        arn_user = "ArnUser",
        domain = "Domain".items(100),
        instance_id = "InstanceId",
        instance_name = "InstanceName",
        region_id = "RegionId",
    }
}

/// An instance of the container registry that needs no password, in an update.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AcrRegistryInfoUpdate {
    /// The domains of the registry's instance; all if there are none. At most 100 items (metadata).
    pub domain: Vec<String>,
    /// The id of the registry's instance.
    pub instance_id: Option<String>,
    /// The name of the registry's instance.
    pub instance_name: Option<String>,
    /// The region, such as `cn-hangzhou`.
    pub region_id: Option<String>,
}

fields! {
    AcrRegistryInfoUpdate {
        domain = "Domain".items(100),
        instance_id = "InstanceId",
        instance_name = "InstanceName",
        region_id = "RegionId",
    }
}

/// Whether the platform's own overhead is reserved beside the size that was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OverheadReservationOption {
    /// Whether it is. Known to the Python SDK of 2024-06 only; dropped since.
    pub enable_overhead_reservation: Option<bool>,
}

fields! {
    OverheadReservationOption {
        enable_overhead_reservation = "EnableOverheadReservation",
    }
}
