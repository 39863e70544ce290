//! Spreading, pins to zones, and disks.

use crate::{V1, autoscaler, facts, one, profile, two, vswitches, web};

pub(crate) fn spread(key: &str) -> String {
    format!(
        "topologySpreadConstraints: [{{maxSkew: 1, topologyKey: {key}, whenUnsatisfiable: DoNotSchedule, labelSelector: {{matchLabels: {{app: web}}}}}}]"
    )
}

fn apart(selector: &str, more: &str) -> String {
    format!(
        "affinity: {{podAntiAffinity: {{requiredDuringSchedulingIgnoredDuringExecution: [{{labelSelector: {{matchLabels: {selector}}}, \
         topologyKey: kubernetes.io/hostname{more}}}]}}}}"
    )
}

// Spreading.
tells! {
    node_affinity_on_zones_is_off_too: "ack" "" "zone-spread-off" [
        two(), web().with("eci-fail-strategy", "fail-fast").spec("affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: \
        [{weight: 1, preference: {matchExpressions: [{key: topology.kubernetes.io/zone, operator: In, values: [cn-hangzhou-h]}]}}]}}")]
        => ["warning zone-spread-off"];
    a_retired_key_fails_fast_too: "ack" "" "zone-spread-off" [
        two(), web().with("pod-fail-on-create-err", "true").spec(&spread("topology.kubernetes.io/zone"))] => ["warning zone-spread-off"];
    an_order_alone_is_fine: "ack" "" "zone-spread-off" [two(), web().with("eci-schedule-strategy", "VSwitchOrdered")] => [];
    preferred_terms_are_worth_knowing: "ack" "" "spread-topology-key" [
        two(), web().spec("affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: \
        {labelSelector: {matchLabels: {app: web}}, topologyKey: kubernetes.io/hostname}}]}}")] => ["info spread-topology-key"];
    spread_over_hosts_anyway_is_worth_knowing: "ack" "" "spread-topology-key" [
        two(), web().spec(&spread("kubernetes.io/hostname").replace("DoNotSchedule", "ScheduleAnyway"))] => ["info spread-topology-key"];
    self_managed_clusters_have_nodes_of_their_own: "self-managed" "" "spread-topology-key spread-needs one-pod-per-virtual-node" [
        web().spec(&spread("kubernetes.io/hostname"))] => [];
    versions_that_are_too_low_are_a_warning: "ack" "" "spread-needs" [
        facts("addons: {pro: true, kubernetes: '1.31', virtualNode: 2.9.3, scheduler: '5.9'}"), two(),
        web().spec(&spread("topology.kubernetes.io/zone"))] => ["warning spread-needs"];
    one_version_that_is_not_known_is_worth_knowing: "ack" "" "spread-needs" [
        facts("addons: {pro: true, kubernetes: '1.31', virtualNode: 2.10.0}"), two(),
        web().spec(&spread("topology.kubernetes.io/zone"))] => ["info spread-needs"];
    the_zone_of_old_clusters_is_a_zone: "ack" "" "spread-topology-key" [
        two(), web().spec(&spread("failure-domain.beta.kubernetes.io/zone"))] => [];
    hosts_are_told_by_the_narrower_rule: "ack" "" "one-pod-per-virtual-node spread-topology-key" [
        vswitches(&["zone: cn-hangzhou-h", "zone: cn-hangzhou-i"]), two(),
        web().head("replicas: 3").spec(&format!("{}, {}", apart("{app: web}", ""), spread("kubernetes.io/hostname")))]
        => ["warning one-pod-per-virtual-node"];
    pods_that_may_run_on_real_nodes_find_more_hosts: "ack" "" "one-pod-per-virtual-node" [
        vswitches(&["zone: cn-hangzhou-h"]), one(),
        web().labels("{app: web}").head("replicas: 3").spec(&format!("tolerations: [{{operator: Exists}}], {}", apart("{app: web}", "")))]
        => ["info one-pod-per-virtual-node"];
    a_rule_about_other_pods_is_another: "ack" "" "one-pod-per-virtual-node" [
        vswitches(&["zone: cn-hangzhou-h"]), one(), web().head("replicas: 3").spec(&apart("{app: api}", ""))] => [];
    a_rule_about_other_namespaces_is_another: "ack" "" "one-pod-per-virtual-node" [
        vswitches(&["zone: cn-hangzhou-h"]), one(), web().head("replicas: 3").spec(&apart("{app: web}", ", namespaces: [data]"))] => [];
    virtual_nodes_of_unknown_zones_are_not_counted: "ack" "" "one-pod-per-virtual-node" [
        one(), web().head("replicas: 3").spec(&apart("{app: web}", ""))] => [];
    an_autoscaler_needs_nodes: "ack" "" "one-pod-per-virtual-node" [
        vswitches(&["zone: cn-hangzhou-h", "zone: cn-hangzhou-i"]), two(), autoscaler(3),
        web().head("replicas: 2").spec(&apart("{app: web}", ""))] => ["warning one-pod-per-virtual-node"];
    ordinary_pods_hear_nothing_of_zones: "ack" "" "zone-spread-off spread-topology-key spread-needs one-pod-per-virtual-node" [
        vswitches(&["zone: cn-hangzhou-h"]), one(), web().head("replicas: 3")] => [];
}

fn pinned(zones: &str) -> String {
    format!(
        "affinity: {{nodeAffinity: {{requiredDuringSchedulingIgnoredDuringExecution: {{nodeSelectorTerms: [{zones}]}}}}}}"
    )
}

const TO_K: &str = "{matchExpressions: [{key: topology.kubernetes.io/zone, operator: In, values: [cn-hangzhou-k]}]}";
const ANY: &str = "{matchExpressions: [{key: type, operator: In, values: [virtual-kubelet]}]}";

// Pins to zones.
tells! {
    a_node_of_another_zone: "ack" "" "zone-pin-and-vswitch" [
        vswitches(&["zone: cn-hangzhou-h"]), one(), web().kind("Pod").spec("nodeName: virtual-kubelet-cn-hangzhou-k")]
        => ["warning zone-pin-and-vswitch"];
    required_affinity_pins: "ack" "" "zone-pin-and-vswitch" [
        vswitches(&["zone: cn-hangzhou-h"]), one(), web().spec(&pinned(TO_K))] => ["warning zone-pin-and-vswitch"];
    an_alternative_does_not_pin: "ack" "" "zone-pin-and-vswitch" [
        vswitches(&["zone: cn-hangzhou-h"]), one(), web().spec(&pinned(&format!("{TO_K}, {ANY}")))] => [];
    a_vswitch_of_an_unknown_zone_may_be_there: "ack" "" "zone-pin-and-vswitch" [
        vswitches(&["zone: cn-hangzhou-h", "nat: true"]), two(), web().spec(&pinned(TO_K))] => [];
    one_vswitch_in_the_zone_is_enough: "ack" "" "zone-pin-and-vswitch" [
        vswitches(&["zone: cn-hangzhou-h", "zone: cn-hangzhou-k"]), two(), web().spec(&pinned(TO_K))] => [];
}

fn claim(class: &str, volume: &str) -> String {
    format!(
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {{name: data, namespace: shop}}\nspec: {{{class}{volume}accessModes: \
         [ReadWriteOnce], resources: {{requests: {{storage: 40Gi}}}}}}"
    )
}

fn class(name: &str, mode: &str, provisioner: &str, more: &str) -> String {
    format!(
        "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {{name: {name}{more}}}\nprovisioner: {provisioner}\nvolumeBindingMode: {mode}"
    )
}

fn volume(driver: &str) -> String {
    format!(
        "apiVersion: v1\nkind: PersistentVolume\nmetadata: {{name: d-1}}\nspec: {{capacity: {{storage: 40Gi}}, accessModes: [ReadWriteOnce], \
         csi: {{driver: {driver}, volumeHandle: d-1}}, nodeAffinity: {{required: {{nodeSelectorTerms: [{{matchExpressions: [{{key: \
         topology.diskplugin.csi.alibabacloud.com/zone, operator: In, values: [cn-hangzhou-k]}}]}}]}}}}}}"
    )
}

const MOUNT: &str = "volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]";
const DISK: &str = "diskplugin.csi.alibabacloud.com";
const GATED: &str = "  featureGates: WaitForFirstConsumer=true\n";
pub(crate) const BY_SCHEDULER: &str = "nodeSelector: {type: virtual-kubelet}, tolerations: [{operator: Exists}]";

// Disks.
tells! {
    a_label_leaves_the_disk_waiting: "ack" "" "wait-for-first-consumer" [
        profile(V1, GATED), class("slow", "WaitForFirstConsumer", DISK, ""), claim("storageClassName: slow, ", ""), web().spec(MOUNT)]
        => ["error wait-for-first-consumer"];
    the_scheduler_and_the_gate_let_it_bind: "ack" "" "wait-for-first-consumer" [
        profile(V1, GATED), class("slow", "WaitForFirstConsumer", DISK, ""), claim("storageClassName: slow, ", ""),
        web().labels("{app: web}").spec(&format!("{BY_SCHEDULER}, {MOUNT}"))] => [];
    without_the_gate_it_does_not: "ack" "" "wait-for-first-consumer" [
        one(), class("slow", "WaitForFirstConsumer", DISK, ""), claim("storageClassName: slow, ", ""),
        web().labels("{app: web}").spec(&format!("{BY_SCHEDULER}, {MOUNT}"))] => ["error wait-for-first-consumer"];
    a_class_that_binds_at_once_waits_for_nobody: "ack" "" "wait-for-first-consumer" [
        one(), class("fast", "Immediate", DISK, ""), claim("storageClassName: fast, ", ""), web().spec(MOUNT)] => [];
    file_systems_have_no_zone: "ack" "" "wait-for-first-consumer" [
        one(), class("nas", "WaitForFirstConsumer", "nasplugin.csi.alibabacloud.com", ""), claim("storageClassName: nas, ", ""),
        web().spec(MOUNT)] => [];
    a_class_that_is_not_known_says_nothing: "ack" "" "wait-for-first-consumer" [
        one(), claim("storageClassName: own, ", ""), web().spec(MOUNT)] => [];
    the_default_class_counts: "ack" "" "wait-for-first-consumer" [
        one(), class("slow", "WaitForFirstConsumer", DISK, ", annotations: {storageclass.kubernetes.io/is-default-class: 'true'}"),
        claim("", ""), web().spec(MOUNT)] => ["error wait-for-first-consumer"];
    claims_of_a_stateful_set_count: "ack" "" "wait-for-first-consumer" [
        one(), web().kind("StatefulSet").head("serviceName: web, volumeClaimTemplates: [{metadata: {name: data}, spec: {storageClassName: \
        alicloud-disk-topology-alltype, accessModes: [ReadWriteOnce], resources: {requests: {storage: 40Gi}}}}]")]
        => ["error wait-for-first-consumer"];
    a_bound_claim_is_judged_by_its_zone: "ack" "" "wait-for-first-consumer disk-zone" [
        vswitches(&["zone: cn-hangzhou-h"]), one(), volume(DISK),
        claim("storageClassName: alicloud-disk-topology-alltype, ", "volumeName: d-1, "), web().spec(MOUNT)] => ["error disk-zone"];
    a_pod_whose_zones_are_not_known_may_reach_the_disk: "ack" "" "disk-zone" [
        one(), volume(DISK), claim("", "volumeName: d-1, "), web().spec(MOUNT)] => [];
    volumes_of_other_drivers_are_no_disks: "ack" "" "disk-zone" [
        vswitches(&["zone: cn-hangzhou-h"]), one(), volume("nasplugin.csi.alibabacloud.com"), claim("", "volumeName: d-1, "),
        web().spec(MOUNT)] => [];
}
