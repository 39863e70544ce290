//! EIP and IPv6.

use eci_model::settings::{EipChargeType, EipIsp, Megabits};
use eci_model::{BandwidthPlanId, EipId, IpPoolId};

use crate::facts::{Category, Confidence, Standing, Target};

keys! {
    /// Bind an existing EIP.
    ///
    /// One EIP serves one instance, so not for multi-replica workloads. Precedence against eci-with-eip undocumented.
    /// Terway accepts the same key as a compatibility alias for ECS-node pods.
    EIP_INSTANCEID: EipId => eip = pod("k8s.aliyun.com/eci-eip-instanceid")
        .category(Category::Network).shape("id").allowed("pattern: ^eip-").max_items(1)
        .conflicts(&["k8s.aliyun.com/eci-with-eip (not meant to be combined: inferred)"]).api("EipInstanceId")
        .examples(&["eip-bp1q5n8cq4p7f6dzuabcd"]).source("Enable Internet access (为ECI Pod配置公网连接)", "2024-01-11")
        .confidence(Confidence::BothLanguages)
        .policies(&["EipModes"]);

    /// Create an EIP and bind it.
    ///
    /// Gates all eip-* settings below.
    WITH_EIP: bool => with_eip = pod("k8s.aliyun.com/eci-with-eip")
        .category(Category::Network).shape("boolean").words(&["true", "false"]).api("AutoCreateEip").examples(&["true"])
        .source("Enable Internet access (为ECI Pod配置公网连接)", "2024-01-11").confidence(Confidence::BothLanguages)
        .policies(&["EipModes"]);

    /// Peak bandwidth of the automatically created EIP.
    ///
    /// Bounds 0-1000000 are the API metadata bounds, real EIP limits are lower. A 2021 EN sample shows a stray leading
    /// comma in the value.
    EIP_BANDWIDTH: u32 => eip_bandwidth = on("k8s.aliyun.com/eip-bandwidth", &[Target::Pod, Target::ImageCache])
        .category(Category::Network).shape("integer").min(0).max(1000000).unit("Mbit/s").default("5")
        .requires(&["Pod: k8s.aliyun.com/eci-with-eip=true", "ImageCache: k8s.aliyun.com/auto-create-eip=true"])
        .api("EipBandwidth").examples(&["5", "10"]).source("Enable Internet access (为ECI Pod配置公网连接)", "2024-01-11")
        .confidence(Confidence::BothLanguages)
        .policies(&["ApiBounds"]);

    /// Shared bandwidth package for the created EIP.
    ///
    /// A 2020 page misspells it.
    EIP_COMMON_BANDWIDTH_PACKAGE_ID: BandwidthPlanId => eip_bandwidth_plan = on("k8s.aliyun.com/eip-common-bandwidth-package-id", &[Target::Pod, Target::ImageCache])
        .category(Category::Network).shape("id").allowed("pattern: ^cbwp-")
        .requires(&["Pod: k8s.aliyun.com/eci-with-eip=true", "ImageCache: k8s.aliyun.com/auto-create-eip=true"])
        .api("EipCommonBandwidthPackage").aliases(&["k8s.aliyun.com/eip-common-bandwith-package-id (misspelling)"])
        .examples(&["cbwp-2zeukbj916scmj51mabcd"]).source("Enable Internet access (为ECI Pod配置公网连接)", "2024-01-11")
        .confidence(Confidence::BothLanguages)
        .disputed("a page of 2020 writes `eip-common-bandwith-package-id`");

    /// Line type; only for pay-as-you-go EIPs.
    ///
    /// An older page and an SDK example carry the typo BPG.
    EIP_ISP: EipIsp => eip_isp = on("k8s.aliyun.com/eip-isp", &[Target::Pod, Target::ImageCache])
        .category(Category::Network).shape("enum").words(&["BGP", "BGP_PRO"]).default("BGP")
        .requires(&["Pod: k8s.aliyun.com/eci-with-eip=true", "ImageCache: k8s.aliyun.com/auto-create-eip=true"])
        .api("EipISP").examples(&["BGP"]).source("Enable Internet access (为ECI Pod配置公网连接)", "2024-01-11")
        .confidence(Confidence::BothLanguages)
        .disputed("an older page and a sample of the SDK write `BPG`");

    /// Metering of the created EIP.
    ///
    /// Default not stated for ECI.
    EIP_INTERNET_CHARGE_TYPE: EipChargeType => eip_charge_type = on("k8s.aliyun.com/eip-internet-charge-type", &[Target::Pod, Target::ImageCache])
        .category(Category::Network).shape("enum").words(&["PayByBandwidth", "PayByTraffic"])
        .requires(&["Pod: k8s.aliyun.com/eci-with-eip=true", "ImageCache: k8s.aliyun.com/auto-create-eip=true"])
        .examples(&["PayByTraffic", "PayByBandwidth"]).source("Enable Internet access (为ECI Pod配置公网连接)", "2024-01-11")
        .confidence(Confidence::BothLanguages)
        .disputed("the tables show `PayByBandwidth`, the feature page (2024-01-11) `PayByTraffic`; neither names a default");

    /// Address pool the created EIP is taken from.
    EIP_PUBLIC_IP_ADDRESS_POOL_ID: IpPoolId => eip_pool = pod("k8s.aliyun.com/eip-public-ip-address-pool-id")
        .category(Category::Network).shape("id").allowed("pattern: ^pippool-")
        .requires(&["k8s.aliyun.com/eci-with-eip=true"]).examples(&["pippool-bp187arfugi543y1sabcd"])
        .source("Enable Internet access (为ECI Pod配置公网连接)", "2024-01-11").confidence(Confidence::BothLanguages);

    /// Give the pod one IPv6 address.
    ///
    /// VPC and vSwitch must have IPv6, and the ECS type must support it.
    ENABLE_IPV6: bool => ipv6 = pod("k8s.aliyun.com/eci-enable-ipv6")
        .category(Category::Network).shape("boolean").words(&["true", "false"]).api("Ipv6AddressCount=1")
        .aliases(&["k8s.aliyun.com/eci-ipv6-count"]).examples(&["true"])
        .source("Assign an IPv6 address (为ECI Pod分配IPv6地址)", "2025-01-14").confidence(Confidence::BothLanguages);

    /// Old form of eci-enable-ipv6, only 1 is valid.
    IPV6_COUNT: u32 = pod("k8s.aliyun.com/eci-ipv6-count")
        .category(Category::Network).shape("integer").words(&["1"]).min(1).max(1).api("Ipv6AddressCount")
        .aliases(&["k8s.aliyun.com/eci-enable-ipv6"]).examples(&["1"])
        .standing(Standing::Retired("k8s.aliyun.com/eci-enable-ipv6"))
        .source("ECI pod annotations (2020-2021 editions)", "2021").confidence(Confidence::OldPages);

    /// Open public IPv6 traffic for the address.
    IPV6_BANDWIDTH_ENABLE: bool => ipv6_public = pod("k8s.aliyun.com/eci-ipv6-bandwidth-enable")
        .category(Category::Network).shape("boolean").words(&["true", "false"])
        .requires(&["k8s.aliyun.com/eci-enable-ipv6=true"]).api("Ipv6GatewayBandwidthEnable").examples(&["true"])
        .source("Assign an IPv6 address (为ECI Pod分配IPv6地址)", "2025-01-14").confidence(Confidence::BothLanguages);

    /// Peak public IPv6 bandwidth.
    ///
    /// The ZH feature page shows 200 in its table and 100M in its YAML; the main table shows 100M. Range 1-2000 Mbit/s
    /// for pay-by-bandwidth; for pay-by-traffic 1-1000 (feature page) or by gateway edition 200/500/1000 (SDK comment).
    IPV6_BANDWIDTH: Megabits => ipv6_bandwidth = pod("k8s.aliyun.com/eci-ipv6-bandwidth")
        .category(Category::Network).shape("integer-with-suffix").allowed("pattern: ^[0-9]+M?$").min(1).max(2000)
        .unit("Mbit/s").default("largest value the gateway supports")
        .requires(&["k8s.aliyun.com/eci-ipv6-bandwidth-enable=true"]).api("Ipv6GatewayBandwidth")
        .examples(&["100M", "200"]).source("Assign an IPv6 address (为ECI Pod分配IPv6地址)", "2025-01-14")
        .confidence(Confidence::BothLanguages)
        .disputed("the table of the feature page (2025-01-14) shows `200`, its sample and the main table `100M`; paid by traffic, 1 to 1000 on the page and 200, 500 or 1000 by gateway edition in the SDK")
        .policies(&["BareBandwidth"]);
}
