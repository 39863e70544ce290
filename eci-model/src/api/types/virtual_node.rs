//! Virtual nodes of clusters that people run themselves.
//!
//! Made by `tests/generate` from the files in `data`; do not edit.

use super::event::Event;
use super::tag::Tag;
use crate::api::record::fields;
use crate::api::{CommaList, Extra, JsonList};
use crate::secret::Sensitive;

/// Creates a virtual node for a cluster that people run themselves.
///
/// The request of [`Action::CreateVirtualNode`](crate::api::Action::CreateVirtualNode).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateVirtualNode {
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// The security group. Required.
    pub security_group_id: String,
    /// 1 to 10 vSwitches of one VPC. Required.
    pub vswitch_id: CommaList,
    /// A text of the caller that makes a repetition harmless: the same token and the same parameters give the first
    /// answer again. ASCII.
    pub client_token: Option<String>,
    /// The address of the cluster's name server.
    pub cluster_dns: Option<String>,
    /// The domain of the cluster.
    pub cluster_domain: Option<String>,
    /// Resources that the node offers besides CPU and memory, by its name; no page describes it.
    pub custom_resources: Option<String>,
    /// The id of an EIP to use.
    pub eip_instance_id: Option<String>,
    /// Whether the node has an address on the internet. Off by default.
    pub enable_public_network: Option<bool>,
    /// The kubeconfig of the cluster, in Base64.
    pub kube_config: Option<Sensitive<String>>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// Tags. At most 20 items.
    pub tag: Vec<Tag>,
    /// The taints of the node. At most 20 items.
    pub taint: Vec<Taint>,
    /// Whether the kubeconfig is for TLS bootstrapping. Off by default.
    pub tls_bootstrap_enabled: Option<bool>,
    /// The name of the virtual node. Lower-case letters, digits, dots and hyphens. From 2 to 128 characters.
    pub virtual_node_name: Option<String>,
    /// The zone, such as `cn-hangzhou-h`.
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
    /// The id that the service gave the call.
    pub request_id: String,
    /// The id of the virtual node.
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

/// A taint of the node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taint {
    /// What happens to pods that do not tolerate it. `NoSchedule`, `NoExecute` or `PreferNoSchedule`.
    pub effect: Option<String>,
    /// The key.
    pub key: Option<String>,
    /// The value.
    pub value: Option<String>,
}

fields! {
    Taint {
        effect = "Effect".values(&["NoSchedule", "NoExecute", "PreferNoSchedule"]),
        key = "Key",
        value = "Value",
    }
}

/// Changes a virtual node that is Ready.
///
/// The request of [`Action::UpdateVirtualNode`](crate::api::Action::UpdateVirtualNode).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateVirtualNode {
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// The id of the virtual node. Required.
    pub virtual_node_id: String,
    /// A text of the caller that makes a repetition harmless: the same token and the same parameters give the first
    /// answer again. ASCII.
    pub client_token: Option<String>,
    /// The address of the cluster's name server.
    pub cluster_dns: Option<String>,
    /// The domain of the cluster.
    pub cluster_domain: Option<String>,
    /// Resources that the node offers besides CPU and memory, by its name; no page describes it.
    pub custom_resources: Option<String>,
    /// Tags. At most 21 items (metadata).
    pub tag: Vec<Tag>,
    /// The name of the virtual node. Lower-case letters, digits, dots and hyphens.
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
    /// The id that the service gave the call.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    UpdateVirtualNodeAnswer + extra {
        request_id = "RequestId",
    }
}

/// Deletes a virtual node that holds no pods.
///
/// The request of [`Action::DeleteVirtualNode`](crate::api::Action::DeleteVirtualNode).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeleteVirtualNode {
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// The id of the virtual node. Required.
    pub virtual_node_id: String,
    /// A text of the caller that makes a repetition harmless: the same token and the same parameters give the first
    /// answer again. ASCII.
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
    /// The id that the service gave the call.
    pub request_id: String,
    /// Members that the description does not know, as JSON, under their JSON pointers.
    pub extra: Extra,
}

fields! {
    DeleteVirtualNodeAnswer + extra {
        request_id = "RequestId",
    }
}

/// Reads virtual nodes. It is the one read that takes a `ClientToken`.
///
/// The request of [`Action::DescribeVirtualNodes`](crate::api::Action::DescribeVirtualNodes).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribeVirtualNodes {
    /// The region, such as `cn-hangzhou`. Required.
    pub region_id: String,
    /// A text of the caller that makes a repetition harmless: the same token and the same parameters give the first
    /// answer again. ASCII.
    pub client_token: Option<String>,
    /// How many items a page has. Default 20. At most 20.
    pub limit: Option<i64>,
    /// Where the next page begins; empty or absent at the start and after the end.
    pub next_token: Option<String>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// Only nodes of this status. `Pending`, `Ready` or `Failed`.
    pub status: Option<String>,
    /// Tags. At most 21 items (metadata).
    pub tag: Vec<Tag>,
    /// The ids of at most 20 virtual nodes.
    pub virtual_node_ids: Option<JsonList>,
    /// The name of the virtual node. Lower-case letters, digits, dots and hyphens.
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
    /// Where the next page begins; empty or absent at the start and after the end.
    pub next_token: Option<String>,
    /// The id that the service gave the call.
    pub request_id: String,
    /// How many there are in all.
    pub total_count: Option<i32>,
    /// The virtual nodes.
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

/// A virtual node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VirtualNode {
    /// When it was created.
    pub creation_time: Option<String>,
    /// The latest events.
    pub events: Vec<Event>,
    /// The address on the internet.
    pub internet_ip: Option<String>,
    /// The address inside the VPC.
    pub intranet_ip: Option<String>,
    /// The region, such as `cn-hangzhou`.
    pub region_id: Option<String>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// The status. `Pending`, `Ready` or `Failed`.
    pub status: Option<String>,
    /// Tags.
    pub tags: Vec<Tag>,
    /// The id of the virtual node.
    pub virtual_node_id: Option<String>,
    /// The name of the virtual node. Lower-case letters, digits, dots and hyphens.
    pub virtual_node_name: Option<String>,
    /// The security group.
    pub virtual_node_security_group_id: Option<String>,
    /// The vSwitch.
    pub virtual_node_vswitch_id: Option<String>,
    /// The VPC.
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
