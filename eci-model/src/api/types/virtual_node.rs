//! Virtual nodes of clusters that people run themselves.
//!
//! Made by `tests/generate` from `data/openapi.json`; do not edit.

use super::event::Event;
use super::tag::Tag;
use crate::api::record::fields;
use crate::api::{CommaList, Extra, JsonList};
use crate::secret::Sensitive;

/// `CreateVirtualNode`.
///
/// The request of [`Action::CreateVirtualNode`](crate::api::Action::CreateVirtualNode).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateVirtualNode {
    /// `RegionId`. Required.
    pub region_id: String,
    /// `SecurityGroupId`. Required.
    pub security_group_id: String,
    /// `VSwitchId`. Required.
    pub vswitch_id: CommaList,
    /// `ClientToken`.
    pub client_token: Option<String>,
    /// `ClusterDNS`.
    pub cluster_dns: Option<String>,
    /// `ClusterDomain`.
    pub cluster_domain: Option<String>,
    /// `CustomResources`.
    pub custom_resources: Option<String>,
    /// `EipInstanceId`.
    pub eip_instance_id: Option<String>,
    /// `EnablePublicNetwork`. Off by default.
    pub enable_public_network: Option<bool>,
    /// `KubeConfig`.
    pub kube_config: Option<Sensitive<String>>,
    /// `ResourceGroupId`.
    pub resource_group_id: Option<String>,
    /// `Tag`. At most 20 items.
    pub tag: Vec<Tag>,
    /// `Taint`. At most 20 items.
    pub taint: Vec<Taint>,
    /// `TlsBootstrapEnabled`. Off by default.
    pub tls_bootstrap_enabled: Option<bool>,
    /// `VirtualNodeName`. From 2 to 128 characters.
    pub virtual_node_name: Option<String>,
    /// `ZoneId`.
    pub zone_id: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    CreateVirtualNode + extra {
        region_id = "RegionId".required(),
        security_group_id = "SecurityGroupId".required(),
        vswitch_id = "VSwitchId".required(),
        client_token = "ClientToken",
        cluster_dns = "ClusterDNS",
        cluster_domain = "ClusterDomain",
        custom_resources = "CustomResources",
        eip_instance_id = "EipInstanceId",
        enable_public_network = "EnablePublicNetwork",
        kube_config = "KubeConfig",
        resource_group_id = "ResourceGroupId",
        tag = "Tag".items(20),
        taint = "Taint".items(20),
        tls_bootstrap_enabled = "TlsBootstrapEnabled",
        virtual_node_name = "VirtualNodeName".length(2, 128),
        zone_id = "ZoneId",
    }
}

/// The answer to [`CreateVirtualNode`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateVirtualNodeAnswer {
    /// `RequestId`.
    pub request_id: String,
    /// `VirtualNodeId`.
    pub virtual_node_id: Option<String>,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    CreateVirtualNodeAnswer + extra {
        request_id = "RequestId",
        virtual_node_id = "VirtualNodeId",
    }
}

/// `Taint`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taint {
    /// `Effect`. `NoSchedule`, `NoExecute` or `PreferNoSchedule`.
    pub effect: Option<String>,
    /// `Key`.
    pub key: Option<String>,
    /// `Value`.
    pub value: Option<String>,
}

fields! {
    Taint {
        effect = "Effect".values(&["NoSchedule", "NoExecute", "PreferNoSchedule"]),
        key = "Key",
        value = "Value",
    }
}

/// `UpdateVirtualNode`.
///
/// The request of [`Action::UpdateVirtualNode`](crate::api::Action::UpdateVirtualNode).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateVirtualNode {
    /// `RegionId`. Required.
    pub region_id: String,
    /// `VirtualNodeId`. Required.
    pub virtual_node_id: String,
    /// `ClientToken`.
    pub client_token: Option<String>,
    /// `ClusterDNS`.
    pub cluster_dns: Option<String>,
    /// `ClusterDomain`.
    pub cluster_domain: Option<String>,
    /// `CustomResources`.
    pub custom_resources: Option<String>,
    /// `Tag`. At most 21 items.
    pub tag: Vec<Tag>,
    /// `VirtualNodeName`.
    pub virtual_node_name: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    UpdateVirtualNode + extra {
        region_id = "RegionId".required(),
        virtual_node_id = "VirtualNodeId".required(),
        client_token = "ClientToken",
        cluster_dns = "ClusterDNS",
        cluster_domain = "ClusterDomain",
        custom_resources = "CustomResources",
        tag = "Tag".items(21),
        virtual_node_name = "VirtualNodeName",
    }
}

/// The answer to [`UpdateVirtualNode`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateVirtualNodeAnswer {
    /// `RequestId`.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    UpdateVirtualNodeAnswer + extra {
        request_id = "RequestId",
    }
}

/// `DeleteVirtualNode`.
///
/// The request of [`Action::DeleteVirtualNode`](crate::api::Action::DeleteVirtualNode).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeleteVirtualNode {
    /// `RegionId`. Required.
    pub region_id: String,
    /// `VirtualNodeId`. Required.
    pub virtual_node_id: String,
    /// `ClientToken`.
    pub client_token: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    DeleteVirtualNode + extra {
        region_id = "RegionId".required(),
        virtual_node_id = "VirtualNodeId".required(),
        client_token = "ClientToken",
    }
}

/// The answer to [`DeleteVirtualNode`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeleteVirtualNodeAnswer {
    /// `RequestId`.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    DeleteVirtualNodeAnswer + extra {
        request_id = "RequestId",
    }
}

/// `DescribeVirtualNodes`.
///
/// The request of [`Action::DescribeVirtualNodes`](crate::api::Action::DescribeVirtualNodes).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeVirtualNodes {
    /// `RegionId`. Required.
    pub region_id: String,
    /// `ClientToken`.
    pub client_token: Option<String>,
    /// `Limit`. Default 20. At most 20.
    pub limit: Option<i64>,
    /// `NextToken`.
    pub next_token: Option<String>,
    /// `ResourceGroupId`.
    pub resource_group_id: Option<String>,
    /// `Status`. `Pending`, `Ready` or `Failed`.
    pub status: Option<String>,
    /// `Tag`. At most 21 items.
    pub tag: Vec<Tag>,
    /// `VirtualNodeIds`.
    pub virtual_node_ids: Option<JsonList>,
    /// `VirtualNodeName`.
    pub virtual_node_name: Option<String>,
    /// Parameters that the description does not know, under their full names.
    pub extra: Extra,
}

fields! {
    DescribeVirtualNodes + extra {
        region_id = "RegionId".required(),
        client_token = "ClientToken",
        limit = "Limit".range(i64::MIN, 20),
        next_token = "NextToken",
        resource_group_id = "ResourceGroupId",
        status = "Status".values(&["Pending", "Ready", "Failed"]),
        tag = "Tag".items(21),
        virtual_node_ids = "VirtualNodeIds",
        virtual_node_name = "VirtualNodeName",
    }
}

/// The answer to [`DescribeVirtualNodes`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeVirtualNodesAnswer {
    /// `NextToken`.
    pub next_token: Option<String>,
    /// `RequestId`.
    pub request_id: String,
    /// `TotalCount`.
    pub total_count: Option<i32>,
    /// `VirtualNodes`.
    pub virtual_nodes: Vec<VirtualNode>,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    DescribeVirtualNodesAnswer + extra {
        next_token = "NextToken",
        request_id = "RequestId",
        total_count = "TotalCount",
        virtual_nodes = "VirtualNodes",
    }
}

/// `VirtualNode`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VirtualNode {
    /// `CreationTime`.
    pub creation_time: Option<String>,
    /// `Events`.
    pub events: Vec<Event>,
    /// `InternetIp`.
    pub internet_ip: Option<String>,
    /// `IntranetIp`.
    pub intranet_ip: Option<String>,
    /// `RegionId`.
    pub region_id: Option<String>,
    /// `ResourceGroupId`.
    pub resource_group_id: Option<String>,
    /// `Status`. `Pending`, `Ready` or `Failed`.
    pub status: Option<String>,
    /// `Tags`.
    pub tags: Vec<Tag>,
    /// `VirtualNodeId`.
    pub virtual_node_id: Option<String>,
    /// `VirtualNodeName`.
    pub virtual_node_name: Option<String>,
    /// `VirtualNodeSecurityGroupId`.
    pub virtual_node_security_group_id: Option<String>,
    /// `VirtualNodeVSwitchId`.
    pub virtual_node_vswitch_id: Option<String>,
    /// `VpcId`.
    pub vpc_id: Option<String>,
}

fields! {
    VirtualNode {
        creation_time = "CreationTime",
        events = "Events",
        internet_ip = "InternetIp",
        intranet_ip = "IntranetIp",
        region_id = "RegionId",
        resource_group_id = "ResourceGroupId",
        status = "Status".values(&["Pending", "Ready", "Failed"]),
        tags = "Tags",
        virtual_node_id = "VirtualNodeId",
        virtual_node_name = "VirtualNodeName",
        virtual_node_security_group_id = "VirtualNodeSecurityGroupId",
        virtual_node_vswitch_id = "VirtualNodeVSwitchId",
        vpc_id = "VpcId",
    }
}
