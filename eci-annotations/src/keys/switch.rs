//! Environment variables of containers that the platform acts on.

use crate::facts::{Category, Confidence, Target};
use crate::value::{ContainerType, LogSource, LogTag, Priority, ResourceIgnore, Verbatim};

keys! {
    /// Leaves the container out of the sum of resources used for sizing; matters only when size is derived from
    /// containers.
    ///
    /// The documented value is upper-case TRUE. No variable called ECI_CONTAINER_IGNORE_RESOURCE exists in the docs.
    RESOURCE_IGNORE: ResourceIgnore = on("__ECI_RESOURCE_IGNORE__", &[Target::ContainerEnv])
        .category(Category::Env).shape("boolean").words(&["TRUE"]).examples(&["TRUE"])
        .source("Ignore specific containers when resources are sized (配置资源规整忽略特定容器)", "2024-02-01")
        .confidence(Confidence::ChinesePages);

    /// Marks a container as sidecar: it is stopped when the other containers have finished.
    CONTAINER_TYPE: ContainerType = on("ECI_CONTAINER_TYPE", &[Target::ContainerEnv])
        .category(Category::Env).shape("enum").words(&["normal", "sidecar"]).default("normal").examples(&["sidecar"])
        .source("Force sidecars to exit (强制终止Sidecar容器并忽略容器退出码)", "2024-01-11").confidence(Confidence::ChinesePages);

    /// A non-zero exit is turned into success; the real code, reason and message are kept in the Message field.
    IGNORE_EXIT_CODE: bool = on("ECI_CONTAINER_IGNORE_EXIT_CODE", &[Target::ContainerEnv])
        .category(Category::Env).shape("boolean").words(&["true", "false"]).examples(&["true"])
        .source("Force sidecars to exit (强制终止Sidecar容器并忽略容器退出码)", "2024-01-11").confidence(Confidence::ChinesePages);

    /// Not-ready state of the container does not count for the pod.
    IGNORE_READY: bool = on("ECI_CONTAINER_IGNORE_READY", &[Target::ContainerEnv])
        .category(Category::Env).shape("boolean").words(&["true", "false"]).examples(&["true"])
        .source("Ignore the NotReady state of sidecars (忽略Sidecar容器的NotReady状态)", "2023-12-29")
        .confidence(Confidence::ChinesePages);

    /// Relative start order of containers; a larger number goes first, equal numbers run concurrently.
    ///
    /// To wait for readiness and not only start, give the earlier container a readiness probe.
    LAUNCH_PRIORITY: Priority = on("ECI_CONTAINER_LAUNCH_PRIORITY", &[Target::ContainerEnv])
        .category(Category::Env).shape("integer").min(-1000).max(1000).default("0").examples(&["1000", "-1000"])
        .source("Set container start and exit order (设置容器启动和退出顺序)", "2023-08-22").confidence(Confidence::ChinesePages);

    /// Relative stop order of containers; a larger number goes first, equal numbers run concurrently.
    ///
    /// Total teardown may run past terminationGracePeriodSeconds.
    EXIT_PRIORITY: Priority = on("ECI_CONTAINER_EXIT_PRIORITY", &[Target::ContainerEnv])
        .category(Category::Env).shape("integer").min(-1000).max(1000).default("0").examples(&["1000", "-1000"])
        .source("Set container start and exit order (设置容器启动和退出顺序)", "2023-08-22").confidence(Confidence::ChinesePages);

    /// Used as the VALUE of an environment variable; replaced by instance metadata.
    ECI_ID: Verbatim = on("__ECI_ID__", &[Target::ContainerEnv])
        .category(Category::Env).shape("placeholder").examples(&["__ECI_ID__"])
        .source("Obtain metadata from a container (在容器内获取元数据)", "2024-08-01").confidence(Confidence::ChinesePages);

    /// Used as the VALUE of an environment variable; replaced by instance metadata.
    ECI_NAME: Verbatim = on("__ECI_NAME__", &[Target::ContainerEnv])
        .category(Category::Env).shape("placeholder").examples(&["__ECI_NAME__"])
        .source("Obtain metadata from a container (在容器内获取元数据)", "2024-08-01").confidence(Confidence::ChinesePages);

    /// Used as the VALUE of an environment variable; replaced by instance metadata.
    REGION_ID: Verbatim = on("__REGION_ID__", &[Target::ContainerEnv])
        .category(Category::Env).shape("placeholder").examples(&["__REGION_ID__"])
        .source("Obtain metadata from a container (在容器内获取元数据)", "2024-08-01").confidence(Confidence::ChinesePages);

    /// Used as the VALUE of an environment variable; replaced by instance metadata.
    ZONE_ID: Verbatim = on("__ZONE_ID__", &[Target::ContainerEnv])
        .category(Category::Env).shape("placeholder").examples(&["__ZONE_ID__"])
        .source("Obtain metadata from a container (在容器内获取元数据)", "2024-08-01").confidence(Confidence::ChinesePages);

    /// Used as the VALUE of an environment variable; replaced by instance metadata.
    CONTAINER_NAME: Verbatim = on("__CONTAINER_NAME__", &[Target::ContainerEnv])
        .category(Category::Env).shape("placeholder").examples(&["__CONTAINER_NAME__"])
        .source("Obtain metadata from a container (在容器内获取元数据)", "2024-08-01").confidence(Confidence::ChinesePages);

    /// Collects one log source.
    ///
    /// Value stdout, stderr-only, stdout-only, or a path (then an emptyDir must be mounted). `{key}` is lower-case
    /// letters, digits and hyphens, and unique in the cluster; only read at creation; other settings use the same key.
    /// Do not combine with the SLS CRD.
    LOGS: LogSource = on("aliyun_logs_{key}", &[Target::ContainerEnv])
        .category(Category::Env).allowed("stdout | stderr-only | stdout-only | absolute path")
        .examples(&["stdout", "/log/*.log"])
        .source("Collect logs by using environment variables (通过环境变量方式采集日志)", "2025-08-18")
        .confidence(Confidence::ChinesePages);

    /// Log Service project.
    LOGS_PROJECT: String = on("aliyun_logs_{key}_project", &[Target::ContainerEnv])
        .category(Category::Env).default("`k8s-log-<cluster-id>`").requires(&["`aliyun_logs_{key}`"])
        .source("Collect logs by using environment variables (通过环境变量方式采集日志)", "2025-08-18")
        .confidence(Confidence::ChinesePages);

    /// Logstore name.
    LOGS_LOGSTORE: String = on("aliyun_logs_{key}_logstore", &[Target::ContainerEnv])
        .category(Category::Env).default("`{key}`").requires(&["`aliyun_logs_{key}`"])
        .source("Collect logs by using environment variables (通过环境变量方式采集日志)", "2025-08-18")
        .confidence(Confidence::ChinesePages);

    /// Logtail machine group.
    LOGS_MACHINEGROUP: String = on("aliyun_logs_{key}_machinegroup", &[Target::ContainerEnv])
        .category(Category::Env).default("default machine group of the cluster").requires(&["`aliyun_logs_{key}`"])
        .source("Collect logs by using environment variables (通过环境变量方式采集日志)", "2025-08-18")
        .confidence(Confidence::ChinesePages);

    /// Shards of a newly created logstore.
    LOGS_SHARD: u32 = on("aliyun_logs_{key}_shard", &[Target::ContainerEnv])
        .category(Category::Env).shape("integer").min(1).max(10).default("2").requires(&["`aliyun_logs_{key}`"])
        .source("Collect logs by using environment variables (通过环境变量方式采集日志)", "2025-08-18")
        .confidence(Confidence::ChinesePages);

    /// Retention of a newly created logstore; 3650 means forever.
    LOGS_TTL: u32 = on("aliyun_logs_{key}_ttl", &[Target::ContainerEnv])
        .category(Category::Env).shape("integer").min(1).max(3650).unit("day").default("90")
        .requires(&["`aliyun_logs_{key}`"])
        .source("Collect logs by using environment variables (通过环境变量方式采集日志)", "2025-08-18")
        .confidence(Confidence::ChinesePages);

    /// Tag added to the log, `tag-key=tag-value`.
    LOGS_TAGS: LogTag = on("aliyun_logs_{key}_tags", &[Target::ContainerEnv])
        .category(Category::Env).allowed("grammar: name=value").requires(&["`aliyun_logs_{key}`"])
        .examples(&["tag1=v1"]).source("Collect logs by using environment variables (通过环境变量方式采集日志)", "2025-08-18")
        .confidence(Confidence::ChinesePages);
}
