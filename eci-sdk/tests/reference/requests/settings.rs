//! Annotations that become parameters of the group.

use serde_json::Value;

use super::Parameters;

/// Keys whose canonical text is the parameter.
const PLAIN: [(&str, &str); 24] = [
    ("eci-gpu-driver-version", "GpuDriverVersion"),
    ("eci-spot-price-limit", "SpotPriceLimit"),
    ("eci-spot-duration", "SpotDuration"),
    ("eci-max-pending-minute", "MaxPendingMinute"),
    ("eci-ram-role-name", "RamRoleName"),
    ("eci-cpu-option-core", "CpuOptionsCore"),
    ("eci-cpu-option-ht", "CpuOptionsThreadsPerCore"),
    ("eci-auto-imc", "AutoMatchImageCache"),
    ("plain-http-registry", "PlainHttpRegistry"),
    ("insecure-registry", "InsecureRegistry"),
    ("eci-data-cache-bucket", "DataCacheBucket"),
    ("eci-data-cache-pl", "DataCachePL"),
    ("eci-data-cache-provisionedIops", "DataCacheProvisionedIops"),
    ("eci-data-cache-burstingEnabled", "DataCacheBurstingEnabled"),
    ("eci-eip-instanceid", "EipInstanceId"),
    ("eci-with-eip", "AutoCreateEip"),
    ("eip-bandwidth", "EipBandwidth"),
    ("eip-common-bandwidth-package-id", "EipCommonBandwidthPackage"),
    ("eip-isp", "EipISP"),
    ("eci-ipv6-bandwidth-enable", "Ipv6GatewayBandwidthEnable"),
    ("eci-private-ip-address", "PrivateIpAddress"),
    ("eci-fixed-ip", "FixedIp"),
    ("eci-fixed-ip-retain-hour", "FixedIpRetainHour"),
    ("eci-core-pattern", "CorePattern"),
];

/// The parameters that this part compares.
pub(super) fn is_of_settings(name: &str) -> bool {
    let more = [
        "ImageSnapshotId",
        "Ipv6AddressCount",
        "Ipv6GatewayBandwidth",
        "IngressBandwidth",
        "SpotStrategy",
    ];
    PLAIN.iter().any(|(_, parameter)| *parameter == name) || more.contains(&name) || name.starts_with("NtpServer.")
}

/// Keys that pages give to ACK and ACK Serverless alone.
const NOT_SELF_MANAGED: [&str; 2] = ["eci-max-pending-minute", "eci-ram-role-name"];

pub(super) fn settings(pod: &Value, is_self_managed: bool, out: &mut Parameters) {
    let annotation = |key: &str| pod["metadata"]["annotations"][format!("k8s.aliyun.com/{key}")].as_str();
    let is = |key: &str, value: &str| annotation(key) == Some(value);
    for (key, parameter) in PLAIN {
        let counts = !is_self_managed || !NOT_SELF_MANAGED.contains(&key);
        if let Some(text) = annotation(key).filter(|_| counts) {
            out.insert(parameter.to_owned(), text.to_owned());
        }
    }
    let mut set = |name: &str, value: &str| {
        out.insert(name.to_owned(), value.to_owned());
    };
    if let Some(strategy) = annotation("eci-spot-strategy") {
        set("SpotStrategy", strategy);
    }
    if let Some(id) = annotation("eci-imc-id").or(annotation("eci-image-snapshot-id")) {
        set("ImageSnapshotId", id);
    }
    // Automatic matching is on unless a cache is named or something says otherwise; the current key wins over the legacy one.
    let named = annotation("eci-imc-id").or(annotation("eci-image-snapshot-id"));
    let default = if named.is_none() { Some("true") } else { None };
    if let Some(matching) = annotation("eci-auto-imc").or(annotation("eci-image-cache")).or(default) {
        set("AutoMatchImageCache", matching);
    }
    if is("eci-enable-ipv6", "true") || (annotation("eci-enable-ipv6").is_none() && is("eci-ipv6-count", "1")) {
        set("Ipv6AddressCount", "1");
    }
    if let Some(text) = annotation("eci-ipv6-bandwidth") {
        set("Ipv6GatewayBandwidth", text.trim_end_matches('M'));
    }
    // Bytes in the annotation, bits in the API.
    if let Some(text) = pod["metadata"]["annotations"]["kubernetes.io/ingress-bandwidth"].as_str() {
        let mega: u64 = text.trim_end_matches('M').parse().expect("a number of megabytes");
        set("IngressBandwidth", &(mega * 8_000_000).to_string());
    }
    for (index, server) in annotation("eci-ntp-server")
        .into_iter()
        .flat_map(|list| list.split(','))
        .enumerate()
    {
        set(&format!("NtpServer.{}", index + 1), server);
    }
}
