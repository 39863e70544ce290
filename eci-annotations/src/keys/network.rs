//! vSwitches, security groups, addresses, bandwidth, DNS.

use std::net::IpAddr;
use std::num::NonZeroU32;

use eci_model::settings::ByteRate;
use eci_model::{Editions, List, SecurityGroupId, VSwitchId};

use crate::facts::{Category, Confidence, SetBy, Standing};
use crate::value::{ArrayDns, CommaDns};

keys! {
    /// vSwitches (and so zones) the pod may use.
    ///
    /// All must belong to the cluster VPC; different zones are allowed and are the point of the feature. After
    /// scheduling the system stores the single vSwitch it picked under the same key. Not offered for self-managed VNode
    /// clusters (the vSwitch comes from the virtual node).
    VSWITCH: List<VSwitchId> => vswitches = pod("k8s.aliyun.com/eci-vswitch")
        .category(Category::Network).set_by(SetBy::UserAndPlatform).editions(Editions::ACK_BOTH).shape("id-list")
        .allowed("grammar: vsw-<id>(,vsw-<id>)*").min(1).max_items(10).default("eci-profile vSwitchIds")
        .conflicts(&["dynamic disk volumes whose StorageClass uses WaitForFirstConsumer"])
        .precedence("Pod annotation, then PodNetworking, then eci-profile vSwitchIds.").api("VSwitchId")
        .aliases(&["ECI_VSWITCH env of the virtual node (legacy default source)"])
        .examples(&["vsw-bp1xpiowfm5vo8o3cabcd", "vsw-bp1xpiowfm5vo8o3cabcd,vsw-bp1rkyjgr1xwoho6kabcd"])
        .source("Create a pod across zones (多可用区创建Pod)", "2025-05-23").confidence(Confidence::BothLanguages);

    /// Security groups of the pod; same VPC and same type (basic or enterprise).
    ///
    /// Older editions allowed one ID. The system also writes the group in use back under this key.
    SECURITY_GROUP: List<SecurityGroupId> => security_groups = pod("k8s.aliyun.com/eci-security-group")
        .category(Category::Network).set_by(SetBy::UserAndPlatform).shape("id-list")
        .allowed("grammar: sg-<id>(,sg-<id>)*").min(1).max_items(5).default("eci-profile securityGroupId (one ID only)")
        .api("SecurityGroupId")
        .examples(&["sg-bp1dktddjsg5nktvabcd", "sg-bp1dktddjsg5nktvabcd,sg-2ze0b9o8pjjzts4habcd"])
        .source("Configure a security group (配置ECI Pod所属安全组)", "2024-02-29").confidence(Confidence::BothLanguages)
        .disputed("older pages allow one id, current ones five")
        .policies(&["NetworkOrder"]);

    /// Fixed private IPv4; must be idle and inside the eci-profile vSwitch range.
    ///
    /// Use with one replica: other replicas fail (API error PrivateIpAddress.Already.InUse).
    PRIVATE_IP_ADDRESS: IpAddr => private_ip = pod("k8s.aliyun.com/eci-private-ip-address")
        .category(Category::Network).shape("ip").max_items(1).conflicts(&["replicas greater than 1"])
        .api("PrivateIpAddress").examples(&["172.16.0.1", "172.16.0.11"])
        .source("Specify the private IP address of a pod (指定ECI Pod的私网IP地址)", "2023-09-05")
        .confidence(Confidence::BothLanguages)
        .policies(&["FixedAndPrivateIp"]);

    /// Keep the pod IP across re-creation.
    ///
    /// Reuse is keyed by cluster ID, namespace and pod name, so StatefulSets. Occupies two IPs of the vSwitch.
    FIXED_IP: bool => fixed_ip = pod("k8s.aliyun.com/eci-fixed-ip")
        .category(Category::Network).shape("boolean").words(&["true", "false"]).requires(&["stable pod name"])
        .api("FixedIp").examples(&["true"]).source("Use a fixed IP address (配置ECI Pod使用固定IP地址)", "2023-08-08")
        .confidence(Confidence::BothLanguages)
        .policies(&["FixedAndPrivateIp"]);

    /// How long an idle fixed IP is kept after the pod is released.
    ///
    /// No page gives a range; less than an hour keeps nothing.
    FIXED_IP_RETAIN_HOUR: NonZeroU32 => fixed_ip_retain_hours = pod("k8s.aliyun.com/eci-fixed-ip-retain-hour")
        .category(Category::Network).shape("integer").min(1).unit("hour").default("48")
        .requires(&["k8s.aliyun.com/eci-fixed-ip=true"]).api("FixedIpRetainHour").examples(&["24"])
        .source("Use a fixed IP address (配置ECI Pod使用固定IP地址)", "2023-08-08").confidence(Confidence::BothLanguages);

    /// Limit on inbound traffic.
    ///
    /// Suffixes TB,T,GB,G,MB,M,KB,K,B; no suffix means bytes. Values are BYTES per second: 40M is 320 Mbit/s. Decimals
    /// are undocumented. Upstream Kubernetes reads the same key as bits per second.
    INGRESS_BANDWIDTH: ByteRate => ingress = pod("kubernetes.io/ingress-bandwidth")
        .category(Category::Network).shape("byte-rate").allowed("pattern: ^[0-9]+(TB|T|GB|G|MB|M|KB|K|B)?$")
        .unit("byte/s").api("IngressBandwidth (bit/s)").examples(&["40M"])
        .source("Limit the bandwidth of a pod (限制ECI Pod的出入带宽)", "2024-01-10").confidence(Confidence::BothLanguages)
        .policies(&["OpenForms", "RateUnits"]);

    /// Limit on outbound traffic.
    ///
    /// Suffixes TB,T,GB,G,MB,M,KB,K,B; no suffix means bytes. Values are BYTES per second: 40M is 320 Mbit/s. Decimals
    /// are undocumented. Upstream Kubernetes reads the same key as bits per second.
    EGRESS_BANDWIDTH: ByteRate => egress = pod("kubernetes.io/egress-bandwidth")
        .category(Category::Network).shape("byte-rate").allowed("pattern: ^[0-9]+(TB|T|GB|G|MB|M|KB|K|B)?$")
        .unit("byte/s").api("EgressBandwidth (bit/s)").examples(&["20M", "10M"])
        .source("Limit the bandwidth of a pod (限制ECI Pod的出入带宽)", "2024-01-10").confidence(Confidence::BothLanguages)
        .policies(&["OpenForms", "RateUnits"]);

    /// DNS settings as a JSON object whose fields are comma-separated strings.
    ///
    /// First two nameservers are used, the rest ignored, and Alibaba Cloud DNS is appended. Up to 32 search domains.
    /// Options ndots, edns0, timeout, attempts. dnsPolicy Default is recommended with it.
    CUSTOM_DNSCONFIG: CommaDns => custom_dns = pod("k8s.aliyun.com/eci-custom-dnsconfig")
        .category(Category::Network).shape("json")
        .allowed(r#"json: {"nameservers":"a,b","searches":"x,y","options":"ndots:2,edns0"}"#)
        .conflicts(&["k8s.aliyun.com/eci-dns-config (overlap, precedence undocumented)"])
        .api("DnsConfig.NameServer.N, DnsConfig.Search.N, DnsConfig.Option.N (inferred)")
        .examples(&[
            r#"{"nameservers":"20.1.1.1,20.1.1.2","searches":"example.com,example.org","options":"ndots:2,edns0"}"#,
        ])
        .source("Configure custom DNS for ECI pods (为ECI Pod配置自定义DNS)", "2024-06-28")
        .confidence(Confidence::BothLanguages)
        .disputed("the pod page has this key with strings, pages of ACK One have `eci-dns-config` with arrays; none mentions both")
        .policies(&["DnsKeys"]);

    /// DNS settings in the PodDNSConfig shape (arrays).
    ///
    /// Described for ACK One registered clusters; a malformed value can crash the virtual node component.
    DNS_CONFIG: ArrayDns => dns_config = pod("k8s.aliyun.com/eci-dns-config")
        .category(Category::Network).shape("json")
        .allowed(r#"json: {"nameservers":[string],"searches":[string],"options":[{"name":string,"value":string}]}"#)
        .conflicts(&["k8s.aliyun.com/eci-custom-dnsconfig (overlap, precedence undocumented)"])
        .examples(&[
            r#"{"nameservers":["10.10.1.1"],"searches":["example.com"],"options":[{"name":"ndots","value":"2"}]}"#,
        ])
        .source("ACK One registered cluster elasticity pages", "").confidence(Confidence::OnePage)
        .disputed("the pod page has `eci-custom-dnsconfig` with strings, pages of ACK One have this key with arrays; none mentions both")
        .policies(&["DnsKeys"]);

    /// Run kube-proxy service rules inside the pod.
    ///
    /// Seen in 2020 Spark samples and written back by the system.
    KUBE_PROXY_ENABLED: bool => kube_proxy = pod("k8s.aliyun.com/eci-kube-proxy-enabled")
        .category(Category::Network).set_by(SetBy::UserAndPlatform).shape("boolean").words(&["true", "false"])
        .examples(&["true"]).standing(Standing::Doubtful).source("ECI Spark samples (2020) and a 2023 live pod", "")
        .confidence(Confidence::OldPages);
}
