//! Requests and answers of the platform's API, version 2018-08-08: 36 operations, as plain types.
//!
//! ```
//! use eci_model::api::{Action, Container, CreateContainerGroup, EnvironmentVar, Operation};
//!
//! let request = CreateContainerGroup {
//!     region_id: "cn-hangzhou".into(),
//!     container_group_name: "web".into(),
//!     container: vec![Container {
//!         name: "main".into(),
//!         image: "nginx:1.25".into(),
//!         environment_var: vec![EnvironmentVar {
//!             key: Some("TOKEN".into()),
//!             value: Some("hunter2".into()),
//!             ..Default::default()
//!         }],
//!         ..Default::default()
//!     }],
//!     ..Default::default()
//! };
//! let operation = Operation::from(request);
//! assert!(operation.check().is_empty());
//!
//! // The wire form opens secrets, everything else hides them.
//! let parameters = operation.to_parameters();
//! assert!(parameters.contains(&("Container.1.EnvironmentVar.1.Value".into(), "hunter2".into())));
//! assert!(!operation.to_string().contains("hunter2"));
//! assert_eq!(Operation::from_parameters(Action::CreateContainerGroup, &parameters)?, operation);
//! # Ok::<(), eci_model::api::ParameterError>(())
//! ```
//!
//! # How the types are made
//! They are generated from `data/openapi.json`, which says where each fact comes from; field names are the wire names in Rust's
//! spelling. Fields are open and every type has a `Default`, so that programs can build them. Requests and answers keep what the
//! description does not know in `extra`.
//!
//! Fields that can carry secret material are [`Sensitive`](crate::Sensitive). The list is made by hand from the description and
//! stands in the generator, with the reason for each: values of environments, files, passwords, keys, authorization headers, options
//! of volumes and data caches that may hold keys, and addresses that let anybody in who knows them. What stands in `extra` is
//! unknown and therefore hidden too.

mod action;
mod check;
mod decimal;
mod endpoint;
pub mod errors;
mod flatten;
mod json;
mod list;
mod operation;
mod record;
mod types;

pub use action::{Action, ActionError, Bucket, Idempotency, Paging, Rate};
pub use check::Violation;
pub use decimal::{Decimal, DecimalError};
pub use endpoint::{CENTRAL_ENDPOINT, Network, RegionEndpoint, endpoint, region_endpoints};
pub use flatten::ParameterError;
pub use json::AnswerError;
pub use list::{CommaList, JsonList, JsonListError};
pub use operation::{Answer, Operation, Request, WrongAction};
pub use record::Extra;
pub use types::commit::{
    CommitContainer, CommitContainerAnswer, CommitImage, CommitPhase, CommitRegistry, CommitRole, CommitTask,
    DescribeCommitContainerTask, DescribeCommitContainerTaskAnswer,
};
pub use types::container::{
    Capability, Container, ContainerPort, EnvironmentVar, FieldRef, InitContainer, SecurityContext, VolumeMount,
};
pub use types::container_info::{
    CapabilityInfo, ContainerInfo, ContainerState, EnvironmentVarInfo, EnvironmentVarSource, InitContainerInfo,
    ProbeInfo, SecurityContextInfo, TcpSocketInfo,
};
pub use types::container_probe::{ExecAction, HttpGetAction, HttpHeader, Probe, TcpSocketAction};
pub use types::data_cache::{
    CopyDataCache, CopyDataCacheAnswer, CreateDataCache, CreateDataCacheAnswer, DataCache, DataSource, DataSourceInfo,
    DeleteDataCache, DeleteDataCacheAnswer, DescribeDataCaches, DescribeDataCachesAnswer, EipCreateParam,
    UpdateDataCache, UpdateDataCacheAnswer,
};
pub use types::event::{
    ContainerGroupEvents, DescribeContainerGroupEvents, DescribeContainerGroupEventsAnswer, Event, EventMetadata,
    EventSource, GroupEvent, InvolvedObject,
};
pub use types::exec::{
    DescribeContainerLog, DescribeContainerLogAnswer, ExecContainerCommand, ExecContainerCommandAnswer,
};
pub use types::group_create::{CreateContainerGroup, CreateContainerGroupAnswer};
pub use types::group_describe::{
    ConfigFileInfo, ContainerGroup, DescribeContainerGroups, DescribeContainerGroupsAnswer, DnsConfigInfo,
    EciSecurityContext, HostAliasInfo, VolumeInfo,
};
pub use types::group_lifecycle::{
    DeleteContainerGroup, DeleteContainerGroupAnswer, ResizeContainerGroupVolume, ResizeContainerGroupVolumeAnswer,
    RestartContainerGroup, RestartContainerGroupAnswer,
};
pub use types::group_parts::{
    AcrRegistryInfo, AcrRegistryInfoUpdate, DnsConfig, DnsOption, GroupSecurityContext, HostAlias,
    ImageRegistryCredential, OverheadReservationOption, Sysctl,
};
pub use types::group_status::{
    ContainerGroupStatus, ContainerStatus, ContainerStatusState, DescribeContainerGroupStatus,
    DescribeContainerGroupStatusAnswer, GroupPodStatus, PodCondition, PodIp, RunningState, TerminatedState,
    WaitingState,
};
pub use types::group_update::{
    ConfigFileUpdate, ConfigFileVolumeUpdate, ContainerUpdate, InitContainerUpdate, UpdateContainerGroup,
    UpdateContainerGroupAnswer, VolumeUpdate,
};
pub use types::image_cache::{
    CreateImageCache, CreateImageCacheAnswer, DeleteImageCache, DeleteImageCacheAnswer, DescribeImageCaches,
    DescribeImageCachesAnswer, ImageCache, UpdateImageCache, UpdateImageCacheAnswer,
};
pub use types::inventory::{
    AvailableResource, AvailableZone, DescribeAvailableResource, DescribeAvailableResourceAnswer, DescribeRegions,
    DescribeRegionsAnswer, DestinationResource, ListUsage, ListUsageAnswer, RegionInfo, SpotResource,
    SupportedResource,
};
pub use types::metric::{
    ContainerGroupMetrics, ContainerMetric, CpuMetric, DescribeContainerGroupMetric,
    DescribeContainerGroupMetricAnswer, DescribeMultiContainerGroupMetric, DescribeMultiContainerGroupMetricAnswer,
    DiskMetric, FilesystemMetric, InterfaceMetric, LatestDiskMetric, LatestMetricRecord, MemoryMetric, MetricRecord,
    NetworkMetric,
};
pub use types::ops::{
    CreateInstanceOpsTask, CreateInstanceOpsTaskAnswer, DescribeInstanceOpsRecords, DescribeInstanceOpsRecordsAnswer,
    OpsRecord,
};
pub use types::price::{
    DescribeContainerGroupPrice, DescribeContainerGroupPriceAnswer, Price, PriceDetail, PriceInfo, PriceRule, SpotPrice,
};
pub use types::tag::{
    ListTagResources, ListTagResourcesAnswer, Tag, TagResources, TagResourcesAnswer, TaggedResource, UntagResources,
    UntagResourcesAnswer,
};
pub use types::virtual_node::{
    CreateVirtualNode, CreateVirtualNodeAnswer, DeleteVirtualNode, DeleteVirtualNodeAnswer, DescribeVirtualNodes,
    DescribeVirtualNodesAnswer, Taint, UpdateVirtualNode, UpdateVirtualNodeAnswer, VirtualNode,
};
pub use types::volume::{
    ConfigFile, ConfigFileVolume, DiskVolume, EmptyDirVolume, FlexVolume, HostPathVolume, NfsVolume, Volume,
};
