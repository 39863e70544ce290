//! When and where the pod is placed, and what happens when it cannot be.

use eci_model::Editions;
use eci_model::settings::{BurstResource, FailStrategy, ScheduleStrategy};

use crate::facts::{Category, Confidence, Standing};
use crate::value::ClusterIpWait;

keys! {
    /// How to choose among several vSwitches.
    ///
    /// VSwitchOrdered tries them in the listed order. VSwitchRandom is described as random in the annotation tables but
    /// as a best-inventory policy on the feature page (favours zones holding reserved capacity and better storage,
    /// demotes some older zones). If cloud disks are mounted, zones that do not match the disk are dropped first. Some
    /// ACK pages spell the values with a lower-case first letter (vSwitchOrdered/vSwitchRandom).
    SCHEDULE_STRATEGY: ScheduleStrategy => schedule_strategy = pod("k8s.aliyun.com/eci-schedule-strategy")
        .category(Category::Instance).editions(Editions::ACK_BOTH).shape("enum")
        .words(&["VSwitchOrdered", "VSwitchRandom"]).default("VSwitchRandom")
        .requires(&["more than one vSwitch to be meaningful"])
        .conflicts(&[
            "VSwitchOrdered switches off zone spread/affinity scheduling (topologyKey topology.kubernetes.io/zone)",
        ])
        .api("ScheduleStrategy").aliases(&["value spellings vSwitchOrdered, vSwitchRandom"])
        .examples(&["VSwitchOrdered"]).source("Create a pod across zones (多可用区创建Pod)", "2025-05-23")
        .confidence(Confidence::BothLanguages)
        .disputed("the tables write `VSwitchOrdered`, ECI overview for ACK Serverless (2025-02-17) `vSwitchOrdered`; `VSwitchRandom` is random in the tables and goes by stock on the feature page (2025-05-23)")
        .policies(&["CaseRule"]);

    /// What to do when instance creation fails. fail-back retries, fail-over has the same effect as fail-back,
    /// fail-fast reports the error (pod status ProviderFailed, reason ContainerInstanceScheduleFailed).
    ///
    /// Replaces eci-reschedule-enable and pod-fail-on-create-err.
    FAIL_STRATEGY: FailStrategy => fail_strategy = pod("k8s.aliyun.com/eci-fail-strategy")
        .category(Category::Instance).editions(Editions::ACK_BOTH).shape("enum")
        .words(&["fail-back", "fail-over", "fail-fast"]).default("fail-back")
        .conflicts(&[
            "fail-fast with WaitForFirstConsumer dynamic disks",
            "fail-fast switches off zone spread/affinity scheduling",
        ])
        .aliases(&["k8s.aliyun.com/eci-reschedule-enable", "k8s.aliyun.com/pod-fail-on-create-err"])
        .examples(&["fail-back", "fail-fast"])
        .source("Configure a fault handling policy for a pod (设置ECI Pod的故障处理策略)", "2025-05-23")
        .confidence(Confidence::BothLanguages);

    /// Longest time the ECI instance may stay Pending before it is terminated (ends Failed).
    ///
    /// Scheduling and Restarting time is not counted and the limit is not applied while an init container runs. Pod
    /// phase afterwards: Pending with restartPolicy Always/OnFailure, Failed with Never.
    MAX_PENDING_MINUTE: u32 => max_pending_minutes = pod("k8s.aliyun.com/eci-max-pending-minute")
        .category(Category::Instance).editions(Editions::ACK_BOTH).shape("integer").min(10).max(1440).unit("minute")
        .default("240").api("MaxPendingMinute").examples(&["30", "10"])
        .source("Customize the maximum pending duration (自定义设置ECI Pod的最大Pending时长)", "2024-07-01")
        .confidence(Confidence::BothLanguages);

    /// Create the pod only after ClusterIP rules are synchronised; slows start-up.
    WAIT_CLUSTERIP_READY: ClusterIpWait => wait_cluster_ip = pod("k8s.aliyun.com/eci-wait-clusterip-ready")
        .category(Category::Scheduling).shape("enum").words(&["*"]).examples(&["*"])
        .source("Start a pod after ClusterIP synchronisation (配置ECI Pod在ClusterIP同步后再创建)", "2023-12-29")
        .confidence(Confidence::ChinesePages);

    /// ECS-first elasticity: eci uses ECI when ECS capacity is short, eci_only uses ECI only, absent uses ECS only.
    ///
    /// Any other value makes scheduling fail (message names eci, eci_only and also ecs as valid); eci_only without a
    /// virtual node fails too. Scheduler feature of ACK managed Pro clusters, Kubernetes 1.18-1.24; no longer
    /// maintained for 1.24 and later since May 2023.
    BURST_RESOURCE: BurstResource => burst_resource = pod("alibabacloud.com/burst-resource")
        .category(Category::Scheduling).shape("enum").words(&["eci", "eci_only"]).default("absent: ECS only")
        .conflicts(&["alibabacloud.com/fluid-sidecar-target=eci"]).examples(&["eci", "eci_only"])
        .source("Use Elastic Container Instance-based scheduling (ACK)", "").confidence(Confidence::BothLanguages)
        .disputed("the reference knows `eci` and `eci_only`, an error text names `ecs` too; the reference ends support at 1.24, the scheduling page names no last version")
        .policies(&["BurstResource", "OpenForms"]);

    /// Old switch for automatic re-creation.
    ///
    /// Deprecated in favour of eci-fail-strategy.
    RESCHEDULE_ENABLE: bool = pod("k8s.aliyun.com/eci-reschedule-enable")
        .category(Category::Instance).shape("boolean").words(&["true", "false"])
        .precedence("Superseded by k8s.aliyun.com/eci-fail-strategy; combined behaviour undocumented.")
        .aliases(&["k8s.aliyun.com/eci-fail-strategy"]).examples(&["true"])
        .standing(Standing::Retired("k8s.aliyun.com/eci-fail-strategy"))
        .source("Configure a fault handling policy for a pod (设置ECI Pod的故障处理策略)", "2025-05-23")
        .confidence(Confidence::BothLanguages);

    /// Old switch: surface creation errors at once.
    ///
    /// Superseded by eci-fail-strategy=fail-fast.
    FAIL_ON_CREATE_ERR: bool = pod("k8s.aliyun.com/pod-fail-on-create-err")
        .category(Category::Instance).shape("boolean").words(&["true", "false"])
        .aliases(&["k8s.aliyun.com/eci-fail-strategy"]).examples(&["true"])
        .standing(Standing::Retired("k8s.aliyun.com/eci-fail-strategy"))
        .source("ECI Pod Annotation (older editions)", "").confidence(Confidence::OldPages);
}
