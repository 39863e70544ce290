//! The instance itself: hosts, tags, roles, kernel, time, logs.

use std::net::IpAddr;

use eci_model::settings::CorePattern;
use eci_model::{Editions, List, ResourceGroupId};

use crate::facts::{Category, Confidence, Standing};
use crate::value::{Hosts, Sysctls, Tags};

keys! {
    /// Extra /etc/hosts lines as a JSON array of objects with string fields host and ip.
    CUSTOM_HOSTS: Hosts => custom_hosts = pod("k8s.aliyun.com/eci-custom-hosts")
        .category(Category::Instance).editions(Editions::ACK_BOTH).shape("json")
        .allowed(r#"json: [{"host":string,"ip":string}]"#).precedence("Relation to spec.hostAliases undocumented.")
        .api("HostAliase.N (inferred)")
        .examples(&[r#"[{"host":"example.com","ip":"100.100.1.1"},{"host":"aliyundoc.com","ip":"100.100.1.2"}]"#])
        .source("Customize the hosts of a pod (自定义设置ECI Pod的hosts)", "2024-01-30").confidence(Confidence::BothLanguages)
        .policies(&["HostSources"]);

    /// Alibaba Cloud tags for the instance.
    ///
    /// The annotation takes at most three pairs, although the API accepts 20. API limits: key up to 64 characters,
    /// value up to 128, keys must not start with aliyun or acs: and must not contain http:// or https://. The system
    /// adds its own tags (ManagedBy, ClusterId, NameSpace, OwnerReferenceKind, OwnerReferenceName, PodName).
    CUSTOM_TAGS: Tags => custom_tags = pod("k8s.aliyun.com/eci-custom-tags")
        .category(Category::Instance).editions(Editions::ACK_BOTH).shape("kv-list")
        .allowed("grammar: key:value(,key:value)*").max_items(3).api("Tag.N").examples(&["env:test,name:alice"])
        .source("Bind custom tags to a pod (为ECI Pod绑定自定义标签)", "2024-01-30").confidence(Confidence::BothLanguages);

    /// Instance RAM role.
    ///
    /// The role must trust ECS, and the caller needs ram:PassRole.
    RAM_ROLE_NAME: String => ram_role = pod("k8s.aliyun.com/eci-ram-role-name")
        .category(Category::Instance).editions(Editions::ACK_BOTH).max_items(1).api("RamRoleName")
        .examples(&["AliyunECIContainerGroupRole"]).source("Assign a RAM role to a pod (为ECI Pod绑定RAM角色)", "2024-08-29")
        .confidence(Confidence::BothLanguages);

    /// Host-level sysctls beyond those settable through securityContext.sysctls; support must be requested by ticket.
    /// securityContext covers kernel.shm*, kernel.msg*, kernel.sem, fs.mqueue.*, net.* (not net.ipv4.tcp_syncookies)
    /// and vm.min_free_kbytes.
    HOST_SYSCTLS: Sysctls => host_sysctls = pod("k8s.aliyun.com/eci-host-sysctls")
        .category(Category::Instance).shape("json").allowed(r#"json: [{"name":string,"value":string}]"#)
        .requires(&["allow-listing by ticket"]).api("HostSecurityContext.Sysctl.N")
        .examples(&[r#"[{"name":"kernel.pid_max", "value": "65536"}]"#])
        .source("Configure a security context (配置Security Context)", "2024-08-13").confidence(Confidence::ChinesePages);

    /// NTP server for the pod.
    ///
    /// Main table shows one IP; older pages and the API accept several.
    NTP_SERVER: List<IpAddr> => ntp_servers = pod("k8s.aliyun.com/eci-ntp-server")
        .category(Category::Ops).shape("ip-list").allowed("grammar: ip(,ip)*").api("NtpServer.N")
        .examples(&["100.100.5.1", "100.100.5.2", "100.100.5.1,100.100.5.2"])
        .source("Configure the NTP service (配置NTP服务)", "2024-01-30").confidence(Confidence::BothLanguages)
        .disputed("the main table shows one address, older pages and the API take several")
        .policies(&["ListLength"]);

    /// Where core files go; setting it enables core dumps.
    ///
    /// Must not start with a pipe. Samples appear with and without a leading slash. Blocks the core dump operations
    /// task for the pod.
    CORE_PATTERN: CorePattern => core_pattern = pod("k8s.aliyun.com/eci-core-pattern")
        .category(Category::Ops).shape("path").allowed("path not starting with |").default("core dumps off")
        .requires(&["a volume mounted at the directory"]).api("CorePattern")
        .examples(&["/data/dump-a/core", "/pod/data/dump/core", "pod/data/dump/core"])
        .source("Use coredump to analyze program exceptions (使用coredump分析实例程序异常)", "2025-10-22")
        .confidence(Confidence::BothLanguages)
        .disputed("samples begin with a slash or leave it out");

    /// false stops the system from adding the Logtail agent for the SLS CRD collection.
    SLS_ENABLE: bool => sls = pod("k8s.aliyun.com/eci-sls-enable")
        .category(Category::Log).shape("boolean").words(&["true", "false"]).default("true").api("SlsEnable")
        .examples(&["false"]).source("Collect logs by using SLS CRDs (通过SLS CRD采集日志)", "2025-12-24")
        .confidence(Confidence::BothLanguages);

    /// Installs the Security Center client in the instance.
    ///
    /// Documented by Security Center, not by the ECI annotation pages.
    ALIYUNDUN_ENABLED: bool => security_center = pod("k8s.aliyun.com/eci-aliyundun-enabled")
        .category(Category::Instance).shape("boolean").words(&["true", "false"]).examples(&["true"])
        .source("Security Center documentation on ECI assets", "").confidence(Confidence::OnePage);

    /// Resource group of the instance.
    ///
    /// Only in 2020-2021 documents; current clusters take it from eci-profile resourceGroupId. A 2025 issue on the
    /// open-source virtual node asks for such an annotation again under another spelling, so assume it is not honoured.
    RESOURCE_GROUP_ID: ResourceGroupId => resource_group = pod("k8s.aliyun.com/eci-resource-group-id")
        .category(Category::Instance).shape("id").allowed("pattern: ^rg-").default("eci-profile resourceGroupId")
        .api("ResourceGroupId")
        .aliases(&["k8s.aliyun.com/eci-resourcegroup-id (requested in an issue, not implemented)"])
        .standing(Standing::Doubtful).source("ECI pod annotations (2020-2021 editions)", "2021")
        .confidence(Confidence::OldPages)
        .disputed("only documents of 2020 and 2021 have the key; current ones name `resourceGroupId` of eci-profile")
        .policies(&["ResourceGroupKey"]);

    /// Seen in public code only (image building inside ECI).
    ///
    /// Undocumented.
    DOCKER_BUILD_ENABLE: bool = pod("k8s.aliyun.com/eci-docker-build-enable")
        .category(Category::Instance).shape("boolean").words(&["true", "false"]).examples(&["true"])
        .standing(Standing::ThirdParty).source("public repositories", "").confidence(Confidence::OthersCode);
}
