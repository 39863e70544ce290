//! vSwitches, addresses, EIPs, NAT and IPv6.

use crate::{EIP, PRIVATE, V1, V2, Workload, autoscaler, facts, one, two, vswitches, web};

// Replicas, autoscalers, and who is told.
tells! {
    an_autoscaler_makes_replicas: "ack" "" "private-ip-replicas eip-shared vswitch-one-zone" [
        vswitches(&["zone: cn-hangzhou-h"]), one(), autoscaler(4),
        web().with(PRIVATE.0, PRIVATE.1).with(EIP.0, EIP.1)]
        => ["error eip-shared", "error private-ip-replicas", "info vswitch-one-zone"];
    replicas_are_told_once_beside_an_autoscaler: "ack" "" "private-ip-replicas" [
        one(), autoscaler(4), web().head("replicas: 2").with(PRIVATE.0, PRIVATE.1)] => ["error private-ip-replicas"];
    parallelism_counts_as_replicas: "ack" "" "eip-shared" [
        one(), web().kind("Job").head("parallelism: 3").with(EIP.0, EIP.1)] => ["error eip-shared"];
    two_workloads_share_an_eip: "ack" "" "eip-shared" [
        one(), web().with(EIP.0, EIP.1), web().named("api").with(EIP.0, EIP.1)] => ["error eip-shared"];
    an_image_cache_shares_it_too: "ack" "" "eip-shared" [
        one(), web().with(EIP.0, EIP.1),
        format!("apiVersion: eci.alibabacloud.com/v1\nkind: ImageCache\nmetadata: {{name: web, annotations: {{k8s.aliyun.com/eip-instance-id: \
                 {}}}}}\nspec: {{images: [nginx:1.25]}}", EIP.1)] => ["error eip-shared"];
    a_workload_that_was_given_twice_shares_nothing: "ack" "" "eip-shared" [
        one(), web().with(EIP.0, EIP.1), web().with(EIP.0, EIP.1)] => [];
}

// vSwitches.
tells! {
    a_vpc_that_is_not_known_says_nothing: "ack" "" "vswitch-other-vpc" [
        vswitches(&["vpc: vpc-bp1aevy8sofi8mh1q2c3d", "zone: cn-hangzhou-h"]), two(), web()] => [];
    an_order_is_kept_even_through_late_zones: "ack" "" "vswitch-late-zones" [
        vswitches(&["zone: cn-hangzhou-b"]), one(), web().with("eci-schedule-strategy", "VSwitchOrdered")] => [];
    a_zone_that_is_not_known_may_be_newer: "ack" "" "vswitch-late-zones vswitch-one-zone" [
        vswitches(&["zone: cn-hangzhou-b", "nat: true"]), two(), web().head("replicas: 2")] => [];
    the_environment_is_a_layer_like_others: "ack" "" "vswitch-none security-group-none vswitch-unknown" [
        facts(&format!("controller: {{vswitches: [{V1}], securityGroups: [sg-bp15ed6xe1yxeycg7o22]}}")), web()] => [];
}

// Given and fixed addresses.
tells! {
    an_address_of_one_list_only_is_a_warning: "ack" "" "private-ip-outside" [
        vswitches(&["cidr: 10.0.8.0/24", "cidr: 10.0.9.0/24"]), one(),
        web().with("eci-vswitch", V2).with(PRIVATE.0, PRIVATE.1)] => ["warning private-ip-outside"];
    an_address_of_no_list_is_an_error: "ack" "" "private-ip-outside" [
        vswitches(&["cidr: 10.0.7.0/24", "cidr: 10.0.9.0/24"]), one(),
        web().with("eci-vswitch", V2).with(PRIVATE.0, PRIVATE.1)] => ["error private-ip-outside"];
    a_range_that_is_not_known_may_hold_it: "ack" "" "private-ip-outside private-ip-reserved" [
        vswitches(&["cidr: 10.0.7.0/24", "zone: cn-hangzhou-h"]), two(), web().with(PRIVATE.0, PRIVATE.1)] => [];
    an_ipv6_address_is_told_once: "ack" "" "private-ip-v6 private-ip-outside" [
        vswitches(&["cidr: 10.0.8.0/24"]), one(), web().kind("Pod").with(PRIVATE.0, "2001:db8::9")] => ["error private-ip-v6"];
    a_stateful_set_replaces_in_place: "ack" "" "private-ip-rolling-update" [
        one(), web().kind("StatefulSet").head("serviceName: web").with(PRIVATE.0, PRIVATE.1)] => [];
    a_job_gives_new_names: "ack" "" "fixed-ip-names" [one(), web().kind("Job").with("eci-fixed-ip", "true")] => ["warning fixed-ip-names"];
    a_pod_keeps_its_name: "ack" "" "fixed-ip-names" [one(), web().kind("Pod").with("eci-fixed-ip", "true")] => [];
    a_fixed_address_that_is_off_is_none: "ack" "" "fixed-and-private-ip fixed-ip-two-addresses" [
        one(), web().kind("Pod").with("eci-fixed-ip", "false").with(PRIVATE.0, PRIVATE.1)] => [];
}

// Address space: a /27 gives 28 addresses.
tells! {
    pods_that_fit_are_not_told: "ack" "" "address-space address-space-low" [
        vswitches(&["cidr: 10.0.8.0/27"]), one(), web().head("replicas: 25")] => [];
    fixed_addresses_count_twice: "ack" "" "address-space address-space-low" [
        vswitches(&["cidr: 10.0.8.0/27"]), one(),
        web().kind("StatefulSet").head("serviceName: web, replicas: 15").with("eci-fixed-ip", "true")] => ["error address-space"];
    reserved_addresses_are_not_free: "ack" "" "address-space address-space-low" [
        vswitches(&["cidr: 10.0.8.0/27, used: 4, reserved: 5"]), one(), web().head("replicas: 20")] => ["error address-space"];
    workloads_are_short_together: "ack" "" "address-space address-space-low" [
        vswitches(&["cidr: 10.0.8.0/27"]), one(), web().head("replicas: 20"), web().named("api").head("replicas: 20")]
        => ["error address-space"];
    only_an_autoscaler_goes_beyond: "ack" "" "address-space address-space-low" [
        vswitches(&["cidr: 10.0.8.0/27"]), one(), autoscaler(40), web().head("replicas: 20")] => ["warning address-space"];
    a_second_vswitch_helps: "ack" "" "address-space address-space-low" [
        vswitches(&["cidr: 10.0.8.0/27", "cidr: 10.0.9.0/27"]), two(), web().head("replicas: 40")] => [];
    a_given_address_is_told_instead: "ack" "" "address-space address-space-low private-ip-replicas" [
        vswitches(&["cidr: 10.0.8.0/27"]), one(), web().head("replicas: 40").with(PRIVATE.0, PRIVATE.1)]
        => ["error private-ip-replicas"];
    pods_on_real_nodes_take_none: "ack" "" "address-space address-space-low" [
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}", vswitches(&["cidr: 10.0.8.0/27"]), one(),
        web().labels("{app: web}").head("replicas: 40")] => [];
}

// The Internet.
tells! {
    nothing_known_of_nat_is_worth_knowing: "ack" "" "internet-not-reachable" [one(), web().image("nginx:1.25.4")]
        => ["info internet-not-reachable"];
    some_nat_and_the_rest_unknown_is_silent: "ack" "" "internet-not-reachable" [
        vswitches(&["nat: true", "zone: cn-hangzhou-i"]), two(), web().image("nginx:1.25.4")] => [];
    a_named_image_cache_may_hold_the_image: "ack" "" "internet-not-reachable" [
        vswitches(&["nat: false"]), one(), web().image("nginx:1.25.4").with("eci-imc-id", "imc-bp1q5n8cq4p7f6dz1111")] => [];
    one_cause_is_one_finding_without_nat: "ack" "" "internet-not-reachable nat-per-vswitch" [
        vswitches(&["nat: true", "nat: false"]), two(), web().image("nginx:1.25.4")] => ["warning internet-not-reachable"];
    an_existing_eip_needs_no_nat: "ack" "" "internet-not-reachable nat-per-vswitch" [
        vswitches(&["nat: false"]), one(), web().image("nginx:1.25.4").with(EIP.0, EIP.1)] => [];
}

// IPv6.
tells! {
    ipv6_nowhere_is_an_error: "ack" "" "ipv6-vswitch" [
        vswitches(&["ipv6: false"]), one(), web().with("eci-enable-ipv6", "true")] => ["error ipv6-vswitch"];
    a_vpc_without_ipv6_has_no_vswitch_with_it: "ack" "" "ipv6-vswitch" [
        facts(&format!("vpcs: [{{id: vpc-1, ipv6: false}}]\nvswitches: [{{id: {V1}, vpc: vpc-1, ipv6: true}}]")), one(),
        web().with("eci-enable-ipv6", "true")] => ["error ipv6-vswitch"];
    ipv6_that_is_not_known_is_silent: "ack" "" "ipv6-vswitch" [
        vswitches(&["ipv6: true", "zone: cn-hangzhou-i"]), two(), web().with("eci-enable-ipv6", "true")] => [];
    the_limit_of_any_gateway: "ack" "" "ipv6-bandwidth-range" [one(), ipv6(web(), "2000M")] => [];
    beyond_the_limit_of_any_gateway: "ack" "" "ipv6-bandwidth-range" [one(), ipv6(web(), "2001M")]
        => ["error ipv6-bandwidth-range"];
    paid_by_traffic_a_thousand_is_the_limit: "ack" "" "ipv6-bandwidth-range" [
        facts("vpcs: [{id: vpc-1, ipv6ChargeType: PayByTraffic}]"), one(), ipv6(web(), "1001M")]
        => ["warning ipv6-bandwidth-range"];
    a_free_gateway_gives_two_hundred: "ack" "" "ipv6-bandwidth-range" [gateway("free"), one(), ipv6(web(), "201M")]
        => ["warning ipv6-bandwidth-range"];
    and_no_more_is_told_below: "ack" "" "ipv6-bandwidth-range" [gateway("free"), one(), ipv6(web(), "200M")] => [];
    an_enterprise_gateway_gives_five_hundred: "ack" "" "ipv6-bandwidth-range" [gateway("enterprise"), one(), ipv6(web(), "501M")]
        => ["warning ipv6-bandwidth-range"];
    an_enhanced_gateway_gives_a_thousand: "ack" "" "ipv6-bandwidth-range" [gateway("enhanced"), one(), ipv6(web(), "1000M")] => [];
    a_broken_chain_is_told_by_its_own_rule: "ack" "" "ipv6-bandwidth-range" [
        one(), web().with("eci-enable-ipv6", "true").with("eci-ipv6-bandwidth", "9999M")] => [];
}

fn ipv6(web: Workload, bandwidth: &str) -> Workload {
    let web = web
        .with("eci-enable-ipv6", "true")
        .with("eci-ipv6-bandwidth-enable", "true");
    web.with("eci-ipv6-bandwidth", bandwidth)
}

fn gateway(edition: &str) -> String {
    facts(&format!("vpcs: [{{id: vpc-1, ipv6Gateway: {edition}}}]"))
}
