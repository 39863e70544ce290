//! What a container group is made of besides containers and volumes.
//!
//! Made by `tests/generate` from `data/openapi.json`; do not edit.

use crate::api::record::fields;
use crate::secret::Sensitive;

/// `GroupSecurityContext`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupSecurityContext {
    /// `Sysctl`. At most 101 items.
    pub sysctl: Vec<Sysctl>,
}

fields! {
    GroupSecurityContext {
        sysctl = "Sysctl".items(101),
    }
}

/// `Sysctl`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sysctl {
    /// `Name`.
    pub name: Option<String>,
    /// `Value`.
    pub value: Option<String>,
}

fields! {
    Sysctl {
        name = "Name",
        value = "Value",
    }
}

/// `DnsConfig`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DnsConfig {
    /// `NameServer`. At most 21 items.
    pub name_server: Vec<String>,
    /// `Option`. At most 21 items.
    pub option: Vec<DnsOption>,
    /// `Search`. At most 21 items.
    pub search: Vec<String>,
}

fields! {
    DnsConfig {
        name_server = "NameServer".items(21),
        option = "Option".items(21),
        search = "Search".items(21),
    }
}

/// `DnsOption`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DnsOption {
    /// `Name`.
    pub name: Option<String>,
    /// `Value`.
    pub value: Option<String>,
}

fields! {
    DnsOption {
        name = "Name",
        value = "Value",
    }
}

/// `HostAlias`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostAlias {
    /// `Hostname`. At most 51 items.
    pub hostname: Vec<String>,
    /// `Ip`.
    pub ip: Option<String>,
}

fields! {
    HostAlias {
        hostname = "Hostname".items(51),
        ip = "Ip",
    }
}

/// `ImageRegistryCredential`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImageRegistryCredential {
    /// `Password`.
    pub password: Option<Sensitive<String>>,
    /// `Server`.
    pub server: Option<String>,
    /// `UserName`.
    pub user_name: Option<String>,
}

fields! {
    ImageRegistryCredential {
        password = "Password",
        server = "Server",
        user_name = "UserName",
    }
}

/// `AcrRegistryInfo`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AcrRegistryInfo {
    /// `ArnService`.
    pub arn_service: Option<String>,
    /// `ArnUser`.
    pub arn_user: Option<String>,
    /// `Domain`. At most 100 items.
    pub domain: Vec<String>,
    /// `InstanceId`.
    pub instance_id: Option<String>,
    /// `InstanceName`.
    pub instance_name: Option<String>,
    /// `RegionId`.
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

/// `AcrRegistryInfoUpdate`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AcrRegistryInfoUpdate {
    /// `Domain`. At most 100 items.
    pub domain: Vec<String>,
    /// `InstanceId`.
    pub instance_id: Option<String>,
    /// `InstanceName`.
    pub instance_name: Option<String>,
    /// `RegionId`.
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

/// `OverheadReservationOption`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OverheadReservationOption {
    /// `EnableOverheadReservation`. Known to the Python SDK of 2024-06 only; dropped since.
    pub enable_overhead_reservation: Option<bool>,
}

fields! {
    OverheadReservationOption {
        enable_overhead_reservation = "EnableOverheadReservation",
    }
}
