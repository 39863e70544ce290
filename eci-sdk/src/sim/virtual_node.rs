//! Virtual nodes of clusters that users run themselves.

use eci_model::api::{
    CreateVirtualNode, DeleteVirtualNode, DescribeVirtualNodes, DescribeVirtualNodesAnswer, UpdateVirtualNode,
    VirtualNode,
};

use super::list::{page_size, place};
use super::random::Concern;
use super::shelf::{Kept, Stage, missing};
use super::world::World;
use crate::backend::BackendError;

/// Nodes on one page, at most and by default (DescribeVirtualNodes, schema of 2024-06-24).
const PAGE: usize = 20;

/// What a virtual node was asked to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Node {
    name: Option<Box<str>>,
    region: Box<str>,
    security_group: Box<str>,
    vswitch: Box<str>,
}

impl World {
    pub(super) fn create_virtual_node(&mut self, request: &CreateVirtualNode) -> Result<Box<str>, BackendError> {
        let Some(vswitch) = request.vswitch_id.iter().next() else {
            return Err(BackendError::of_code("MissingParameter.VSwitchId", 400, "no vSwitch"));
        };
        let what = Node {
            name: request.virtual_node_name.as_deref().map(Into::into),
            region: request.region_id.as_str().into(),
            security_group: request.security_group_id.as_str().into(),
            vswitch: vswitch.into(),
        };
        let made = self.virtual_nodes.made();
        let number = self.chance.number(Concern::Identity, made, u32::MAX - 1);
        let id = format!("vnd-2ze{:09x}{made:05}", number & 0xf_ffff_ffff).into();
        let kept = self
            .virtual_nodes
            .add(id, self.now, (self.settings.node_start, Default::default()), what);
        kept.tags.clone_from(&request.tag);
        Ok(kept.id.clone())
    }

    pub(super) fn update_virtual_node(&mut self, request: &UpdateVirtualNode) -> Result<(), BackendError> {
        let now = self.now;
        let kept = self.virtual_nodes.find_mut(&request.virtual_node_id);
        let kept = kept.ok_or_else(|| missing("virtual node", &request.virtual_node_id))?;
        if kept.stage(now) != Stage::Ready {
            let message = format!("virtual node {} is {}", kept.id, word(kept.stage(now)));
            return Err(BackendError::of_code("IncorrectStatus", 400, message));
        }
        if let Some(name) = &request.virtual_node_name {
            kept.what.name = Some(name.as_str().into());
        }
        if !request.tag.is_empty() {
            kept.tags.clone_from(&request.tag);
        }
        Ok(())
    }

    pub(super) fn delete_virtual_node(&mut self, request: &DeleteVirtualNode) -> Result<(), BackendError> {
        let taken = self.virtual_nodes.take(|kept| *kept.id == *request.virtual_node_id);
        taken
            .map(drop)
            .ok_or_else(|| missing("virtual node", &request.virtual_node_id))
    }

    pub(super) fn list_virtual_nodes(
        &mut self,
        request: &DescribeVirtualNodes,
    ) -> Result<DescribeVirtualNodesAnswer, BackendError> {
        let from = place(request.next_token.as_deref())?;
        let limit = request.limit.and_then(|limit| i32::try_from(limit).ok());
        let (now, ids) = (self.now, request.virtual_node_ids.as_ref());
        let fits = |kept: &Kept<Node>| {
            ids.is_none_or(|ids| ids.0.iter().any(|id| **id == *kept.id))
                && request
                    .virtual_node_name
                    .as_deref()
                    .is_none_or(|name| Some(name) == kept.what.name.as_deref())
                && request
                    .status
                    .as_deref()
                    .is_none_or(|status| status == word(kept.stage(now)))
                && (request.region_id.is_empty() || *request.region_id == *kept.what.region)
                && request.tag.iter().all(|tag| kept.tags.contains(tag))
        };
        let (page, next_token, total) = self.virtual_nodes.page(from, page_size(limit, PAGE, PAGE), fits);
        let node = |kept: &Kept<Node>| VirtualNode {
            creation_time: Some(self.timestamp(kept.created)),
            region_id: Some(kept.what.region.to_string()),
            status: Some(word(kept.stage(now)).to_owned()),
            tags: kept.tags.clone(),
            virtual_node_id: Some(kept.id.to_string()),
            virtual_node_name: kept.what.name.as_deref().map(Into::into),
            virtual_node_security_group_id: Some(kept.what.security_group.to_string()),
            virtual_node_vswitch_id: Some(kept.what.vswitch.to_string()),
            ..Default::default()
        };
        Ok(DescribeVirtualNodesAnswer {
            virtual_nodes: page.into_iter().map(node).collect(),
            next_token,
            total_count: i32::try_from(total).ok(),
            request_id: self.request_id(),
            ..Default::default()
        })
    }
}

const fn word(stage: Stage) -> &'static str {
    match stage {
        Stage::Ready => "Ready",
        Stage::Failed | Stage::UpdateFailed => "Failed",
        Stage::Loading | Stage::Storing | Stage::Updating => "Pending",
    }
}
