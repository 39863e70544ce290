//! Rows of pods: names, tags, deadlines, DNS, hosts, storage, images.

use serde_json::{Value as Json, json};

use crate::case::{Case, case};

/// A row: fields of the specification, a name of parameters, what is sent.
macro_rules! sent {
    ($($fact:ident: $spec:expr => $below:literal, $expected:expr;)*) => {$(
        #[test]
        fn $fact() {
            let expected: &[&str] = &$expected;
            assert_eq!(case(&json!({}), &$spec).below($below), expected);
        }
    )*};
}

sent! {
    the_restart_policy: json!({"restartPolicy": "OnFailure"}) => "RestartPolicy", ["=OnFailure"];
    the_grace_period: json!({"terminationGracePeriodSeconds": 90}) => "TerminationGracePeriodSeconds", ["=90"];
    the_deadline: json!({"activeDeadlineSeconds": 600}) => "ActiveDeadlineSeconds", ["=600"];
    aliases_of_hosts: json!({"hostAliases": [{"ip": "10.0.0.1", "hostnames": ["a.example", "b.example"]}]})
        => "HostAliase.1", ["Hostname.1=a.example", "Hostname.2=b.example", "Ip=10.0.0.1"];
    the_hostname: json!({"hostname": "db"}) => "HostName", ["=db"];
    a_pod_is_called_by_its_name: json!({}) => "HostName", ["=web"];
    processes_can_be_shared: json!({"shareProcessNamespace": true}) => "ShareProcessNamespace", ["=true"];
    the_resolver_of_the_cloud: json!({"dnsPolicy": "Default"}) => "DnsPolicy", ["=Default"];
    own_settings_of_names: json!({"dnsPolicy": "None", "dnsConfig": {"nameservers": ["10.0.0.2"], "searches": ["example"],
        "options": [{"name": "ndots", "value": "2"}, {"name": "edns0"}]}})
        => "DnsConfig", ["NameServer.1=10.0.0.2", "Option.1.Name=ndots", "Option.1.Value=2", "Option.2.Name=edns0", "Search.1=example"];
    kernel_settings_of_the_pod: json!({"securityContext": {"sysctls": [{"name": "net.ipv4.ping_group_range", "value": "0 1"}]}})
        => "SecurityContext.Sysctl.1", ["Name=net.ipv4.ping_group_range", "Value=0 1"];
    kernel_settings_of_the_host: json!({"securityContext": {"sysctls": [{"name": "net.core.somaxconn", "value": "1024"}]}})
        => "HostSecurityContext.Sysctl.1", ["Name=net.core.somaxconn", "Value=1024"];
    nothing_that_the_scheduler_reads: json!({"tolerations": [{"operator": "Exists"}], "priorityClassName": "high"})
        => "Priority", [];
}

fn dns_service() -> Json {
    json!({"kind": "Service", "metadata": {"name": "kube-dns", "namespace": "kube-system"},
        "spec": {"clusterIP": "172.16.0.10", "ports": [{"port": 53, "protocol": "UDP"}]}})
}

#[test]
fn the_clusters_dns_answers_first() {
    let config = json!({"dnsConfig": {"searches": ["example"], "options": [{"name": "edns0"}]}});
    let case = case(&json!({}), &config).with(&dns_service());
    assert_eq!(case.value("DnsPolicy").as_deref(), Some("None"));
    assert_eq!(
        case.below("DnsConfig"),
        [
            "NameServer.1=172.16.0.10",
            "Option.1.Name=ndots",
            "Option.1.Value=5",
            "Option.2.Name=edns0",
            "Search.1=shop.svc.cluster.local",
            "Search.2=svc.cluster.local",
            "Search.3=cluster.local",
            "Search.4=example",
        ]
    );
}

#[test]
fn an_annotation_about_names_beats_the_cluster() {
    let case = case(&json!({}), &json!({})).with(&dns_service()).annotation(
        "eci-custom-dnsconfig",
        r#"{"nameservers": "10.0.0.2", "searches": "example", "options": "ndots:2"}"#,
    );
    assert_eq!(case.value("DnsConfig.NameServer.1").as_deref(), Some("10.0.0.2"));
    assert_eq!(case.value("DnsConfig.NameServer.2"), None);
}

#[test]
fn which_of_two_annotations_about_names_wins_is_a_choice() {
    let case = |choice: &str| {
        case(&json!({}), &json!({}))
            .annotation("eci-custom-dnsconfig", r#"{"nameservers": "10.0.0.2"}"#)
            .annotation("eci-dns-config", r#"{"nameservers": ["10.0.0.3"]}"#)
            .policy("DnsKeys", choice)
            .value("DnsConfig.NameServer.1")
    };
    assert_eq!(case("CustomWins").as_deref(), Some("10.0.0.2"));
    assert_eq!(case("ConfigWins").as_deref(), Some("10.0.0.3"));
}

#[test]
fn names_and_tags_say_whose_the_instance_is() {
    let case = case(&json!({}), &json!({})).annotation("eci-custom-tags", "team:shop");
    assert_eq!(case.value("ContainerGroupName").as_deref(), Some("shop-web"));
    assert_eq!(
        case.value("ClientToken").as_deref(),
        Some("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
    );
    assert_eq!(
        case.below("Tag"),
        [
            "1.Key=NodeName",
            "1.Value=virtual-kubelet-cn-hangzhou-h",
            "2.Key=NameSpace",
            "2.Value=shop",
            "3.Key=PodName",
            "3.Value=web",
            "4.Key=UID",
            "4.Value=6ba7b810-9dad-11d1-80b4-00c04fd430c8",
            "5.Key=team",
            "5.Value=shop",
        ]
    );
}

#[test]
fn temporary_storage_is_the_larger_of_annotation_and_requests() {
    let asks = |gib: u32| json!({"resources": {"requests": {"ephemeral-storage": format!("{gib}Gi")}}});
    let sent = |case: &Case| case.value("EphemeralStorage");
    assert_eq!(sent(&case(&asks(30), &json!({}))), None);
    assert_eq!(sent(&case(&asks(50), &json!({}))).as_deref(), Some("20"));
    let both = case(&asks(50), &json!({})).annotation("eci-extra-ephemeral-storage", "40Gi");
    assert_eq!(sent(&both).as_deref(), Some("40"));
    let less = case(&asks(50), &json!({})).annotation("eci-extra-ephemeral-storage", "10Gi");
    assert_eq!(sent(&less).as_deref(), Some("20"));
}

#[test]
fn image_caches_are_matched_unless_one_is_named() {
    let plain = case(&json!({}), &json!({}));
    assert_eq!(plain.value("AutoMatchImageCache").as_deref(), Some("true"));
    assert_eq!(
        plain
            .policy("AutoImageCache", "OffByDefault")
            .value("AutoMatchImageCache"),
        None
    );
    let named = case(&json!({}), &json!({})).annotation("eci-imc-id", "imc-bp195erqe9o2pb09****".trim_end_matches('*'));
    assert_eq!(named.value("AutoMatchImageCache"), None);
    assert_eq!(named.value("ImageSnapshotId").as_deref(), Some("imc-bp195erqe9o2pb09"));
    let off = case(&json!({}), &json!({})).annotation("eci-auto-imc", "false");
    assert_eq!(off.value("AutoMatchImageCache").as_deref(), Some("false"));
}

#[test]
fn arm_pods_ask_for_arm() {
    let arm = case(&json!({}), &json!({"nodeSelector": {"kubernetes.io/arch": "arm64"}}));
    assert_eq!(arm.value("CpuArchitecture").as_deref(), Some("ARM64"));
    assert_eq!(case(&json!({}), &json!({})).value("CpuArchitecture"), None);
}

#[test]
fn registries_log_in_once_by_the_first_secret() {
    let config = |server: &str, user: &str| json!({".dockerconfigjson": json!({"auths": {server: {"username": user, "password": "p"}}}).to_string()});
    let secrets =
        json!({"imagePullSecrets": [{"name": "first"}, {"name": "gone"}, {"name": "second"}, {"name": "other"}]});
    let case = case(&json!({}), &secrets)
        .secret("first", &config("https://registry.example.com/v2/", "one"))
        .secret("second", &config("registry.example.com", "two"))
        .secret("other", &config("other.example.com", "three"));
    assert_eq!(
        case.below("ImageRegistryCredential"),
        [
            "1.Password=p",
            "1.Server=registry.example.com",
            "1.UserName=one",
            "2.Password=p",
            "2.Server=other.example.com",
            "2.UserName=three"
        ]
    );
    let told: Vec<String> = case.ready().findings().iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "info[ECI6142] Pod shop/web: spec.imagePullSecrets[1]: the pod refers to something that does not exist: found `Secret gone`"
        ]
    );
}

#[test]
fn registries_of_the_platform_need_no_secret() {
    let case = case(&json!({}), &json!({}))
        .annotation(
            "acr-instance-ids",
            "cri-j36zhodptmyq1234,cn-beijing:cri-j36zhodptmyq1235",
        )
        .annotation("acr-service-arns", "acs:ram::1609982529010001:role/svc");
    assert_eq!(
        case.below("AcrRegistryInfo"),
        [
            "1.ArnService=acs:ram::1609982529010001:role/svc",
            "1.InstanceId=cri-j36zhodptmyq1234",
            "2.ArnService=acs:ram::1609982529010001:role/svc",
            "2.InstanceId=cri-j36zhodptmyq1235",
            "2.RegionId=cn-beijing"
        ]
    );
    let roles = self::case(&json!({}), &json!({})).annotation("acr-service-arns", "acs:ram::1609982529010001:role/svc");
    assert_eq!(
        roles.below("AcrRegistryInfo"),
        ["1.ArnService=acs:ram::1609982529010001:role/svc"]
    );
}

#[test]
fn loading_images_on_demand_is_a_label() {
    for (label, mode) in [("on-demand", Some("dadi")), ("p2p", Some("p2p")), ("other", None)] {
        let mut case = case(&json!({}), &json!({}));
        let labels = case.pod.metadata.labels.get_or_insert_default();
        labels.insert("k8s.aliyun.com/image-accelerate-mode".into(), label.into());
        assert_eq!(case.value("ImageAccelerateMode").as_deref(), mode, "{label}");
    }
}
