//! Things that are made, listed and deleted besides container groups, each as the checks see it.

use eci_model::api::{
    Action, Answer, CreateContainerGroup, CreateDataCache, CreateImageCache, CreateVirtualNode, DataCache, DataSource,
    DeleteDataCache, DeleteImageCache, DeleteVirtualNode, DescribeDataCaches, DescribeImageCaches,
    DescribeVirtualNodes, ImageCache, Operation, VirtualNode,
};

use crate::backend::PagedRequest;

/// A kind of thing.
pub(super) trait Kind {
    /// The request of its list.
    type List: PagedRequest;

    /// What it is called.
    const NAME: &'static str;
    /// The actions that make one and delete it.
    const MAKES: Action;
    const DELETES: Action;

    /// A request that makes one, with a token of its own.
    fn make(example: &CreateContainerGroup, name: &str) -> Operation;
    /// The id of what was made.
    fn made(answer: Answer) -> Option<String>;
    /// A request that deletes one.
    fn delete(region: &str, id: &str) -> Operation;
    /// A request of all, one on a page.
    fn list(region: &str) -> Self::List;
    /// The id of one in the list.
    fn id(item: &<Self::List as PagedRequest>::Item) -> Option<&str>;
}

/// Image caches.
pub(super) struct ImageCaches;

impl Kind for ImageCaches {
    type List = DescribeImageCaches;

    const NAME: &'static str = "image cache";
    const MAKES: Action = Action::CreateImageCache;
    const DELETES: Action = Action::DeleteImageCache;

    fn make(example: &CreateContainerGroup, name: &str) -> Operation {
        let images = example.container.iter().map(|container| container.image.clone());
        CreateImageCache {
            region_id: example.region_id.clone(),
            image_cache_name: name.to_owned(),
            client_token: Some(name.to_owned()),
            image: images.collect(),
            security_group_id: example.security_group_id.clone(),
            vswitch_id: example.vswitch_id.clone(),
            ..Default::default()
        }
        .into()
    }

    fn made(answer: Answer) -> Option<String> {
        match answer {
            Answer::CreateImageCache(answer) => answer.image_cache_id,
            _ => None,
        }
    }

    fn delete(region: &str, id: &str) -> Operation {
        DeleteImageCache {
            region_id: region.to_owned(),
            image_cache_id: id.to_owned(),
            client_token: Some(format!("delete-{id}")),
            ..Default::default()
        }
        .into()
    }

    fn list(region: &str) -> DescribeImageCaches {
        DescribeImageCaches {
            region_id: region.to_owned(),
            limit: Some(1),
            ..Default::default()
        }
    }

    fn id(item: &ImageCache) -> Option<&str> {
        item.image_cache_id.as_deref()
    }
}

/// Data caches.
pub(super) struct DataCaches;

impl Kind for DataCaches {
    type List = DescribeDataCaches;

    const NAME: &'static str = "data cache";
    const MAKES: Action = Action::CreateDataCache;
    const DELETES: Action = Action::DeleteDataCache;

    fn make(example: &CreateContainerGroup, name: &str) -> Operation {
        CreateDataCache {
            region_id: example.region_id.clone(),
            name: Some(name.to_owned()),
            client_token: Some(name.to_owned()),
            bucket: Some("conformance".to_owned()),
            path: Some(format!("/{name}")),
            data_source: Some(DataSource {
                type_: Some("URL".to_owned()),
                ..Default::default()
            }),
            security_group_id: example.security_group_id.clone(),
            ..Default::default()
        }
        .into()
    }

    fn made(answer: Answer) -> Option<String> {
        match answer {
            Answer::CreateDataCache(answer) => answer.data_cache_id,
            _ => None,
        }
    }

    fn delete(region: &str, id: &str) -> Operation {
        DeleteDataCache {
            region_id: region.to_owned(),
            data_cache_id: Some(id.to_owned()),
            client_token: Some(format!("delete-{id}")),
            ..Default::default()
        }
        .into()
    }

    fn list(region: &str) -> DescribeDataCaches {
        DescribeDataCaches {
            region_id: region.to_owned(),
            limit: Some(1),
            ..Default::default()
        }
    }

    fn id(item: &DataCache) -> Option<&str> {
        item.data_cache_id.as_deref()
    }
}

/// Virtual nodes.
pub(super) struct VirtualNodes;

impl Kind for VirtualNodes {
    type List = DescribeVirtualNodes;

    const NAME: &'static str = "virtual node";
    const MAKES: Action = Action::CreateVirtualNode;
    const DELETES: Action = Action::DeleteVirtualNode;

    fn make(example: &CreateContainerGroup, name: &str) -> Operation {
        CreateVirtualNode {
            region_id: example.region_id.clone(),
            virtual_node_name: Some(name.to_owned()),
            client_token: Some(name.to_owned()),
            security_group_id: example.security_group_id.clone().unwrap_or_default(),
            vswitch_id: example.vswitch_id.clone().unwrap_or_default(),
            ..Default::default()
        }
        .into()
    }

    fn made(answer: Answer) -> Option<String> {
        match answer {
            Answer::CreateVirtualNode(answer) => answer.virtual_node_id,
            _ => None,
        }
    }

    fn delete(region: &str, id: &str) -> Operation {
        DeleteVirtualNode {
            region_id: region.to_owned(),
            virtual_node_id: id.to_owned(),
            client_token: Some(format!("delete-{id}")),
            ..Default::default()
        }
        .into()
    }

    fn list(region: &str) -> DescribeVirtualNodes {
        DescribeVirtualNodes {
            region_id: region.to_owned(),
            limit: Some(1),
            ..Default::default()
        }
    }

    fn id(item: &VirtualNode) -> Option<&str> {
        item.virtual_node_id.as_deref()
    }
}
