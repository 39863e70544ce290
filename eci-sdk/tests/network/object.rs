//! Names of Services, and PodNetworking objects.

use crate::zone::BY_SCHEDULER;
use crate::{V1, Workload, facts, networking, one, profile, web};

const ORDERS: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: orders, namespace: shop}\nspec: {selector: {app: orders}, ports: [{port: 80}]}";
const NO_DNS: &str = "addons: {coreDns: false}";

fn on_serverless(value: &'static str) -> Workload {
    web().labels("{app: web}").variable(value)
}

// Names of Services.
tells! {
    a_short_name_is_a_name: "ack-serverless" "" "service-name-unresolvable" [facts(NO_DNS), one(), ORDERS, on_serverless("orders")]
        => ["info service-name-unresolvable"];
    a_name_with_a_port_is_a_name: "ack-serverless" "" "service-name-unresolvable" [facts(NO_DNS), one(), ORDERS, on_serverless("orders:80")]
        => ["info service-name-unresolvable"];
    a_long_name_is_a_name: "ack-serverless" "" "service-name-unresolvable" [
        facts(NO_DNS), one(), ORDERS, on_serverless("tcp://orders.shop.svc.cluster.local:80/x")] => ["info service-name-unresolvable"];
    a_word_in_a_sentence_is_none: "ack-serverless" "" "service-name-unresolvable" [
        facts(NO_DNS), one(), ORDERS, on_serverless("takes orders from shops")] => [];
    a_name_of_another_namespace_is_another: "ack-serverless" "" "service-name-unresolvable" [
        facts(NO_DNS), one(), ORDERS, on_serverless("http://orders.data/")] => [];
    a_longer_word_is_another: "ack-serverless" "" "service-name-unresolvable" [
        facts(NO_DNS), one(), ORDERS, on_serverless("http://orders-db:80")] => [];
    private_zone_resolves_names: "ack-serverless" "" "service-name-unresolvable" [
        facts(NO_DNS), profile(V1, "  enablePrivateZone: 'true'\n"), ORDERS, on_serverless("orders")] => [];
    nothing_known_of_dns_says_nothing: "ack-serverless" "" "service-name-unresolvable" [one(), ORDERS, on_serverless("orders")] => [];
    a_short_name_says_no_address: "ack" "" "cluster-ip-off" [
        profile(V1, "  enableClusterIp: 'false'\n"), ORDERS, web().variable("orders")] => [];
    name_and_namespace_lead_to_the_address: "ack" "" "cluster-ip-off" [
        profile(V1, "  enableClusterIp: 'false'\n"), ORDERS, web().variable("orders.shop")] => ["warning cluster-ip-off"];
    private_zone_and_facts_about_core_dns: "ack" "" "private-zone-and-coredns" [
        facts("addons: {coreDns: true}"), profile(V1, "  enablePrivateZone: 'true'\n")] => ["warning private-zone-and-coredns"];
    in_ack_serverless_they_are_not_said_to_exclude_each_other: "ack-serverless" "" "private-zone-and-coredns private-zone-not-published" [
        facts("addons: {coreDns: true}"), profile(V1, "  enablePrivateZone: 'true'\n"), ORDERS] => [];
    services_are_published_by_annotation: "ack" "" "private-zone-not-published" [profile(V1, "  enablePrivateZone: 'true'\n"), ORDERS]
        => ["info private-zone-not-published"];
    a_policy_says_that_they_need_none: "ack" "PrivateZoneAnnotation::NotNeeded" "private-zone-not-published" [
        profile(V1, "  enablePrivateZone: 'true'\n"), ORDERS] => [];
    services_for_the_outside_are_not_published: "ack" "" "private-zone-not-published" [
        profile(V1, "  enablePrivateZone: 'true'\n"), ORDERS.replace("spec: {", "spec: {type: LoadBalancer, ")] => [];
    internal_load_balancers_are: "ack" "" "private-zone-not-published" [
        profile(V1, "  enablePrivateZone: 'true'\n"),
        ORDERS.replace("spec: {", "spec: {type: LoadBalancer, ").replace("namespace: shop", "namespace: shop, annotations: \
        {service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type: intranet}")] => ["info private-zone-not-published"];
}

const LISTS: &str = "vSwitchOptions: [vsw-bp1xpiowfm5vo8o3c1111], securityGroupIDs: [sg-bp15ed6xe1yxeycg7o22]";
const TO_WEB: &str = "selector: {podSelector: {matchLabels: {app: web}}}";

fn allocated(allocation: &str) -> String {
    networking(
        "web",
        &format!("{{{TO_WEB}, {LISTS}, allocationType: {{{allocation}}}}}"),
    )
}

// PodNetworking objects.
tells! {
    an_object_that_a_pod_names_needs_no_selector: "ack" "" "pod-networking-never-matches" [
        networking("own", &format!("{{{LISTS}}}")),
        web().with("pod-networks-request", r#"[{"interfaceName":"eth0","network":"own"}]"#)] => [];
    an_empty_selector_block_selects_nothing: "ack" "" "pod-networking-never-matches" [
        networking("own", &format!("{{selector: {{}}, {LISTS}}}"))] => ["warning pod-networking-never-matches"];
    never_takes_no_time: "ack" "" "pod-networking-invalid" [
        allocated("type: Fixed, releaseStrategy: Never, releaseAfter: 5m")] => ["error pod-networking-invalid"];
    ttl_takes_a_time: "ack" "" "pod-networking-invalid" [allocated("type: Fixed, releaseStrategy: TTL")]
        => ["error pod-networking-invalid"];
    words_are_those_of_the_schema: "ack" "" "pod-networking-invalid" [allocated("type: fixed")] => ["error pod-networking-invalid"];
    a_negative_time_keeps_for_ever: "ack" "" "pod-networking-release-after" [
        allocated("type: Fixed, releaseStrategy: TTL, releaseAfter: -10m")] => ["warning pod-networking-release-after"];
    five_minutes_are_enough: "ack" "" "pod-networking-invalid pod-networking-release-after" [
        allocated("type: Fixed, releaseStrategy: TTL, releaseAfter: 5m0s")] => [];
    elastic_addresses_are_not_kept: "ack" "" "pod-networking-release-after" [
        allocated("type: Elastic, releaseStrategy: TTL, releaseAfter: 1m")] => [];
    empty_lists_are_filled: "ack" "" "pod-networking-invalid" [networking("web", &format!("{{{TO_WEB}}}"))]
        => ["info pod-networking-invalid", "info pod-networking-invalid"];
    texts_that_are_no_ids_are_warned_of: "ack" "" "pod-networking-invalid" [
        networking("web", &format!("{{{TO_WEB}, vSwitchOptions: [sg-1], securityGroupIDs: [vsw-1]}}"))]
        => ["warning pod-networking-invalid", "warning pod-networking-invalid"];
    selectors_are_those_of_kubernetes: "ack" "" "pod-networking-invalid" [
        networking("web", &format!("{{selector: {{podSelector: {{matchExpressions: [{{key: app, operator: Gt, values: ['1']}}]}}}}, {LISTS}}}"))]
        => ["error pod-networking-invalid"];
    a_complete_object_is_fine: "ack" "" "pod-networking-invalid pod-networking-release-after pod-networking-groups-many pod-networking-never-matches" [
        allocated("type: Elastic")] => [];
}

const TRUNKING: &str = "addons: {terwayTrunking: true}";

fn scheduled() -> Workload {
    web().labels("{app: web}").spec(BY_SCHEDULER)
}

// Terway's webhook.
tells! {
    a_scheduled_pod_may_be_changed: "ack" "" "terway-may-inject" [facts(TRUNKING), one(), allocated("type: Elastic"), scheduled()]
        => ["warning terway-may-inject"];
    a_label_route_is_not_the_schedulers: "ack" "" "terway-may-inject" [facts(TRUNKING), one(), allocated("type: Elastic"), web()] => [];
    without_trunking_nothing_happens: "ack" "" "terway-may-inject" [one(), allocated("type: Elastic"), scheduled()] => [];
    fixed_objects_are_for_stable_names: "ack" "" "terway-may-inject" [
        facts(TRUNKING), one(), allocated("type: Fixed, releaseStrategy: Never"), scheduled()] => [];
    a_stateful_set_has_stable_names: "ack" "" "terway-may-inject" [
        facts(TRUNKING), one(), allocated("type: Fixed, releaseStrategy: Never"),
        scheduled().kind("StatefulSet").head("serviceName: web")] => ["warning terway-may-inject"];
    a_namespace_can_opt_out: "ack" "" "terway-may-inject" [
        facts(TRUNKING), one(), allocated("type: Elastic"), scheduled(),
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {k8s.aliyun.com/pod-eni: 'false'}}"] => [];
}
