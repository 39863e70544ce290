//! What is chosen by hand: the names of types, where they stand, which values are secret, which texts are lists.

/// A struct inside requests (`>`) or answers (`<`): the end of its path, and the type. The first row that fits wins; an operation
/// before the arrow narrows a row to it. Two paths may share a type: requests only if they have the same fields, answers in any case.
pub(crate) const TYPES: &[(&str, &str)] = &[
    (">Container/SecurityContext", "SecurityContext"),
    (">InitContainer/SecurityContext", "SecurityContext"),
    (">SecurityContext/Capability", "Capability"),
    (">EnvironmentVar/FieldRef", "FieldRef"),
    (">EnvironmentVar", "EnvironmentVar"),
    (">LivenessProbe", "Probe"),
    (">ReadinessProbe", "Probe"),
    (">Exec", "ExecAction"),
    (">HttpGet", "HttpGetAction"),
    (">TcpSocket", "TcpSocketAction"),
    (">Port", "ContainerPort"),
    (">VolumeMount", "VolumeMount"),
    (">LifecyclePostStartHandlerHttpGetHttpHeader", "HttpHeader"),
    (">LifecyclePostStartHandlerHttpGetHttpHeaders", "HttpHeader"),
    (">LifecyclePreStopHandlerHttpGetHttpHeader", "HttpHeader"),
    ("UpdateContainerGroup>Container", "ContainerUpdate"),
    ("UpdateContainerGroup>InitContainer", "InitContainerUpdate"),
    ("UpdateContainerGroup>Volume", "VolumeUpdate"),
    ("UpdateContainerGroup>ConfigFileVolume", "ConfigFileVolumeUpdate"),
    ("UpdateContainerGroup>ConfigFileToPath", "ConfigFileUpdate"),
    (">Container", "Container"),
    (">InitContainer", "InitContainer"),
    (">Volume", "Volume"),
    (">ConfigFileVolume", "ConfigFileVolume"),
    (">ConfigFileToPath", "ConfigFile"),
    (">DiskVolume", "DiskVolume"),
    (">EmptyDirVolume", "EmptyDirVolume"),
    (">FlexVolume", "FlexVolume"),
    (">HostPathVolume", "HostPathVolume"),
    (">NFSVolume", "NfsVolume"),
    (">HostSecurityContext", "GroupSecurityContext"),
    (">SecurityContext", "GroupSecurityContext"),
    (">Sysctl", "Sysctl"),
    (">DnsConfig", "DnsConfig"),
    (">DnsConfig/Option", "DnsOption"),
    (">HostAliase", "HostAlias"),
    (">ImageRegistryCredential", "ImageRegistryCredential"),
    ("UpdateContainerGroup>AcrRegistryInfo", "AcrRegistryInfoUpdate"),
    ("UpdateImageCache>AcrRegistryInfo", "AcrRegistryInfoUpdate"),
    ("CommitContainer>AcrRegistryInfo", "CommitRegistry"),
    (">AcrRegistryInfo", "AcrRegistryInfo"),
    (">OverheadReservationOption", "OverheadReservationOption"),
    (">Arn", "CommitRole"),
    (">Image", "CommitImage"),
    (">DataSource", "DataSource"),
    (">EipCreateParam", "EipCreateParam"),
    (">Taint", "Taint"),
    (">Tag", "Tag"),
    (">DestinationResource", "DestinationResource"),
    (">SpotResource", "SpotResource"),
    ("<Regions", "RegionInfo"),
    ("<ContainerGroups", "ContainerGroup"),
    ("<Containers/SecurityContext", "SecurityContextInfo"),
    ("<InitContainers/SecurityContext", "SecurityContextInfo"),
    ("<SecurityContext/Capability", "CapabilityInfo"),
    ("<ContainerGroups/Containers", "ContainerInfo"),
    ("<InitContainers", "InitContainerInfo"),
    ("<CurrentState", "ContainerState"),
    ("<PreviousState", "ContainerState"),
    ("<EnvironmentVars", "EnvironmentVarInfo"),
    ("<ValueFrom", "EnvironmentVarSource"),
    ("<FieldRef", "FieldRef"),
    ("<LivenessProbe", "ProbeInfo"),
    ("<ReadinessProbe", "ProbeInfo"),
    ("<HttpGet", "HttpGetAction"),
    ("<TcpSocket", "TcpSocketInfo"),
    ("<Ports", "ContainerPort"),
    ("<VolumeMounts", "VolumeMount"),
    ("<DnsConfig/Options", "DnsOption"),
    ("<DnsConfig", "DnsConfigInfo"),
    ("<EciSecurityContext", "EciSecurityContext"),
    ("<Sysctls", "Sysctl"),
    ("DescribeContainerGroupEvents<Events", "GroupEvent"),
    ("<Events", "Event"),
    ("<HostAliases", "HostAliasInfo"),
    ("<Tags", "Tag"),
    ("<Volumes", "VolumeInfo"),
    ("<ConfigFileVolumeConfigFileToPaths", "ConfigFileInfo"),
    ("DescribeContainerGroupStatus<Data", "ContainerGroupStatus"),
    ("<PodStatus", "GroupPodStatus"),
    ("<Conditions", "PodCondition"),
    ("<ContainerStatuses", "ContainerStatus"),
    ("<State", "ContainerStatusState"),
    ("<LastState", "ContainerStatusState"),
    ("<Running", "RunningState"),
    ("<Terminated", "TerminatedState"),
    ("<Waiting", "WaitingState"),
    ("<PodIps", "PodIp"),
    ("DescribeContainerGroupEvents<Data", "ContainerGroupEvents"),
    ("<Metadata", "EventMetadata"),
    ("<Source", "EventSource"),
    ("<involvedObject", "InvolvedObject"),
    ("<CommitTasks", "CommitTask"),
    ("<CommitPhaseInfos", "CommitPhase"),
    ("<ImageCaches", "ImageCache"),
    ("<DataCaches", "DataCache"),
    ("<DataSource", "DataSourceInfo"),
    ("<VirtualNodes", "VirtualNode"),
    ("DescribeContainerGroupMetric<Records", "MetricRecord"),
    ("DescribeContainerGroupMetric<Disk", "DiskMetric"),
    ("<MonitorDatas", "ContainerGroupMetrics"),
    ("<MonitorDatas/Records", "LatestMetricRecord"),
    ("<MonitorDatas/Records/Disk", "LatestDiskMetric"),
    ("<CPU", "CpuMetric"),
    ("<Records/Containers", "ContainerMetric"),
    ("<Memory", "MemoryMetric"),
    ("<Filesystem", "FilesystemMetric"),
    ("<Network", "NetworkMetric"),
    ("<Interfaces", "InterfaceMetric"),
    ("DescribeInstanceOpsRecords<Records", "OpsRecord"),
    ("<TagResources", "TaggedResource"),
    ("<PriceInfo", "PriceInfo"),
    ("<Price", "Price"),
    ("<DetailInfo", "PriceDetail"),
    ("<Rule", "PriceRule"),
    ("<SpotPrice", "SpotPrice"),
    ("<AvailableZone", "AvailableZone"),
    ("<AvailableResource", "AvailableResource"),
    ("<SupportedResource", "SupportedResource"),
];

/// The files of the types: name, purpose, types. The types of an operation and its answer count as one.
pub(crate) const FILES: &[(&str, &str, &[&str])] = &[
    ("group_create", "Creating a container group.", &["CreateContainerGroup"]),
    (
        "group_parts",
        "What a container group is made of besides containers and volumes.",
        &[
            "GroupSecurityContext",
            "Sysctl",
            "DnsConfig",
            "DnsOption",
            "HostAlias",
            "ImageRegistryCredential",
            "AcrRegistryInfo",
            "AcrRegistryInfoUpdate",
            "OverheadReservationOption",
        ],
    ),
    (
        "container",
        "Containers of a request, and what they share with those of an answer.",
        &[
            "Container",
            "InitContainer",
            "EnvironmentVar",
            "FieldRef",
            "ContainerPort",
            "VolumeMount",
            "SecurityContext",
            "Capability",
        ],
    ),
    (
        "container_probe",
        "Probes and hooks of containers.",
        &["Probe", "ExecAction", "HttpGetAction", "TcpSocketAction", "HttpHeader"],
    ),
    (
        "volume",
        "Volumes of a request.",
        &[
            "Volume",
            "ConfigFileVolume",
            "ConfigFile",
            "DiskVolume",
            "EmptyDirVolume",
            "FlexVolume",
            "HostPathVolume",
            "NfsVolume",
        ],
    ),
    (
        "group_update",
        "Changing a container group.",
        &[
            "UpdateContainerGroup",
            "ContainerUpdate",
            "InitContainerUpdate",
            "VolumeUpdate",
            "ConfigFileVolumeUpdate",
            "ConfigFileUpdate",
        ],
    ),
    (
        "group_lifecycle",
        "Restarting, growing and deleting a container group.",
        &[
            "RestartContainerGroup",
            "ResizeContainerGroupVolume",
            "DeleteContainerGroup",
        ],
    ),
    (
        "group_describe",
        "Reading container groups.",
        &[
            "DescribeContainerGroups",
            "ContainerGroup",
            "DnsConfigInfo",
            "EciSecurityContext",
            "HostAliasInfo",
            "VolumeInfo",
            "ConfigFileInfo",
        ],
    ),
    (
        "container_info",
        "Containers of an answer.",
        &[
            "ContainerInfo",
            "InitContainerInfo",
            "ContainerState",
            "EnvironmentVarInfo",
            "EnvironmentVarSource",
            "ProbeInfo",
            "TcpSocketInfo",
            "SecurityContextInfo",
            "CapabilityInfo",
        ],
    ),
    (
        "group_status",
        "Reading the status of container groups as pods.",
        &[
            "DescribeContainerGroupStatus",
            "ContainerGroupStatus",
            "GroupPodStatus",
            "PodCondition",
            "PodIp",
            "ContainerStatus",
            "ContainerStatusState",
            "RunningState",
            "TerminatedState",
            "WaitingState",
        ],
    ),
    (
        "event",
        "Events of container groups, caches and virtual nodes.",
        &[
            "Event",
            "DescribeContainerGroupEvents",
            "ContainerGroupEvents",
            "GroupEvent",
            "EventMetadata",
            "EventSource",
            "InvolvedObject",
        ],
    ),
    (
        "exec",
        "Commands in containers, and their logs.",
        &["ExecContainerCommand", "DescribeContainerLog"],
    ),
    (
        "commit",
        "Saving a container as an image.",
        &[
            "CommitContainer",
            "CommitImage",
            "CommitRole",
            "CommitRegistry",
            "DescribeCommitContainerTask",
            "CommitTask",
            "CommitPhase",
        ],
    ),
    (
        "image_cache",
        "Image caches.",
        &[
            "CreateImageCache",
            "UpdateImageCache",
            "DeleteImageCache",
            "DescribeImageCaches",
            "ImageCache",
        ],
    ),
    (
        "data_cache",
        "Data caches.",
        &[
            "CreateDataCache",
            "UpdateDataCache",
            "CopyDataCache",
            "DeleteDataCache",
            "DescribeDataCaches",
            "DataSource",
            "EipCreateParam",
            "DataCache",
            "DataSourceInfo",
        ],
    ),
    (
        "virtual_node",
        "Virtual nodes of clusters that people run themselves.",
        &[
            "CreateVirtualNode",
            "Taint",
            "UpdateVirtualNode",
            "DeleteVirtualNode",
            "DescribeVirtualNodes",
            "VirtualNode",
        ],
    ),
    (
        "metric",
        "Metrics of container groups.",
        &[
            "DescribeContainerGroupMetric",
            "MetricRecord",
            "DescribeMultiContainerGroupMetric",
            "ContainerGroupMetrics",
            "LatestMetricRecord",
            "CpuMetric",
            "MemoryMetric",
            "ContainerMetric",
            "DiskMetric",
            "LatestDiskMetric",
            "FilesystemMetric",
            "NetworkMetric",
            "InterfaceMetric",
        ],
    ),
    (
        "ops",
        "Core dumps and packet captures.",
        &["CreateInstanceOpsTask", "DescribeInstanceOpsRecords", "OpsRecord"],
    ),
    (
        "tag",
        "Tags.",
        &[
            "Tag",
            "TagResources",
            "UntagResources",
            "ListTagResources",
            "TaggedResource",
        ],
    ),
    (
        "inventory",
        "Regions, quotas, and what is for sale.",
        &[
            "DescribeRegions",
            "RegionInfo",
            "ListUsage",
            "DescribeAvailableResource",
            "DestinationResource",
            "SpotResource",
            "AvailableZone",
            "AvailableResource",
            "SupportedResource",
        ],
    ),
    (
        "price",
        "Prices.",
        &[
            "DescribeContainerGroupPrice",
            "PriceInfo",
            "Price",
            "PriceDetail",
            "PriceRule",
            "SpotPrice",
        ],
    ),
];

/// Fields that can carry secret material, each with why. They are [`Sensitive`] wherever they stand.
pub(crate) const SECRETS: &[(&str, &str)] = &[
    ("ConfigFile.Content", "files made of Secrets"),
    ("ConfigFileInfo.Content", "files made of Secrets"),
    ("ConfigFileUpdate.Content", "files made of Secrets"),
    ("CreateVirtualNode.KubeConfig", "the key of a cluster"),
    ("DataSource.Options", "access tokens of model hubs, keys of buckets"),
    ("DataSourceInfo.Options", "access tokens of model hubs, keys of buckets"),
    ("EnvironmentVar.Value", "environments made of Secrets"),
    ("EnvironmentVarInfo.Value", "environments made of Secrets"),
    ("ExecContainerCommandAnswer.HttpUrl", "the address lets anybody in"),
    ("ExecContainerCommandAnswer.WebSocketUri", "the address lets anybody in"),
    ("FlexVolume.Options", "keys of buckets"),
    ("HttpHeader.Value", "authorization headers"),
    ("ImageRegistryCredential.Password", "a password"),
    ("OpsRecord.ResultContent", "the address lets anybody in"),
    ("VolumeInfo.FlexVolumeOptions", "keys of buckets"),
];

/// Fields into which `$(NAME)` puts the values of variables, which may be secret. They are [`MaybeSecret`] wherever they stand.
pub(crate) const EXPANDED: &[&str] = &[
    "Container.Arg",
    "Container.Command",
    "InitContainer.Arg",
    "InitContainer.Command",
    "VolumeMount.SubPath",
];

/// Texts that hold a JSON array.
pub(crate) const JSON_LISTS: &[&str] = &[
    "DescribeContainerGroupEvents.ContainerGroupIds",
    "DescribeContainerGroupStatus.ContainerGroupIds",
    "DescribeContainerGroups.ContainerGroupIds",
    "DescribeMultiContainerGroupMetric.ContainerGroupIds",
    "DescribeVirtualNodes.VirtualNodeIds",
    "ExecContainerCommand.Command",
];

/// Texts that hold values between commas.
pub(crate) const COMMA_LISTS: &[&str] = &[
    "CreateContainerGroup.InsecureRegistry",
    "CreateContainerGroup.InstanceType",
    "CreateContainerGroup.PlainHttpRegistry",
    "CreateContainerGroup.VSwitchId",
    "CreateImageCache.InsecureRegistry",
    "CreateImageCache.PlainHttpRegistry",
    "CreateImageCache.VSwitchId",
    "CreateVirtualNode.VSwitchId",
];

/// Values that work although the description does not list them, with the reason.
pub(crate) const MORE_VALUES: &[(&str, &str)] = &[
    // The English pages have printed it for years.
    ("VolumeMount.MountPropagation", "HostToCotainer"),
];

/// The type at a path, which is written like the rows of [`TYPES`].
pub(crate) fn type_at(operation: &str, arrow: char, path: &[&str]) -> &'static str {
    let path = path.join("/");
    let fits = |pattern: &str| {
        let (only, suffix) = pattern.split_once(['>', '<']).expect("an arrow");
        let here = pattern.contains(arrow) && (only.is_empty() || only == operation);
        here && (path == suffix || path.ends_with(&format!("/{suffix}")))
    };
    let Some((_, name)) = TYPES.iter().find(|(pattern, _)| fits(pattern)) else {
        panic!("no name for {operation}{arrow}{path}");
    };
    name
}

/// `VSwitchId` as `vswitch_id`, `StartedAtstartedAt` as `started_at`.
pub(crate) fn snake(wire: &str) -> String {
    match wire {
        "Type" | "type" => return "type_".to_owned(),
        "StartedAtstartedAt" => return "started_at".to_owned(),
        _ => {}
    }
    let wire = wire.replace("VSwitch", "Vswitch").replace("WebSocket", "Websocket");
    let chars: Vec<char> = wire.chars().collect();
    let mut name = String::new();
    for (at, c) in chars.iter().enumerate() {
        let after_small = at > 0 && !chars[at - 1].is_uppercase();
        let before_small = at > 0 && chars.get(at + 1).is_some_and(|next| next.is_lowercase());
        if c.is_uppercase() && (after_small || before_small) {
            name.push('_');
        }
        name.extend(c.to_lowercase());
    }
    name
}
