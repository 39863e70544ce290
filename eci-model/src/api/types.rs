//! The structs of requests and answers, a file a family.
//!
//! The files are made by `tests/generate`; how the structs are read and written is in [`super::record`].

pub(super) mod commit;
pub(super) mod container;
pub(super) mod container_info;
pub(super) mod container_probe;
pub(super) mod data_cache;
pub(super) mod event;
pub(super) mod exec;
pub(super) mod group_create;
pub(super) mod group_describe;
pub(super) mod group_lifecycle;
pub(super) mod group_parts;
pub(super) mod group_status;
pub(super) mod group_update;
pub(super) mod image_cache;
pub(super) mod inventory;
pub(super) mod metric;
pub(super) mod ops;
pub(super) mod price;
pub(super) mod tag;
pub(super) mod virtual_node;
pub(super) mod volume;
