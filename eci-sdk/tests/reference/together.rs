//! Annotations and switches together, a second time: what excludes, needs or idles what.

mod differential;
mod generate;
mod logs;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

pub(crate) use logs::distance;

/// The editions, as the pages tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// ACK, with nodes.
    Ack,
    /// ACK Serverless: every pod runs on ECI.
    Serverless,
    /// A self-managed cluster.
    SelfManaged,
}

/// Keys that the table of self-managed clusters lacks.
const NOT_SELF_MANAGED: [&str; 10] = [
    "eci-vswitch",
    "eci-schedule-strategy",
    "eci-compute-category",
    "eci-privatepool-matchcriteria",
    "eci-privatepool-id",
    "eci-fail-strategy",
    "eci-max-pending-minute",
    "eci-custom-hosts",
    "eci-custom-tags",
    "eci-ram-role-name",
];

/// Legacy keys and their successors.
const RETIRED: [(&str, &str); 8] = [
    ("eci-instance-type", "eci-use-specs"),
    ("eci-gpu-type", "eci-use-specs"),
    ("eci-image-cache", "eci-auto-imc"),
    ("eci-image-snapshot-id", "eci-imc-id"),
    ("eci-reschedule-enable", "eci-fail-strategy"),
    ("pod-fail-on-create-err", "eci-fail-strategy"),
    ("eci-ipv6-count", "eci-enable-ipv6"),
    ("acr-instance-id", "acr-instance-ids"),
];

const EIP_SETTINGS: [&str; 5] = [
    "eip-bandwidth",
    "eip-isp",
    "eip-internet-charge-type",
    "eip-common-bandwidth-package-id",
    "eip-public-ip-address-pool-id",
];

/// A pod as the rules see it.
pub(super) struct Seen<'a> {
    pod: &'a Value,
    /// Annotations without the usual prefix, those with an effect in the edition.
    set: BTreeMap<&'a str, &'a str>,
    fired: BTreeSet<&'static str>,
}

/// The names of the rules that fire on a pod that runs on ECI.
pub(super) fn fired(pod: &Value, place: Place) -> BTreeSet<&'static str> {
    let mut seen = Seen::new(pod, place);
    seen.identity();
    seen.spot_and_filters();
    seen.network();
    seen.names();
    seen.caches();
    seen.volumes();
    logs::switches(pod, &mut seen.fired);
    logs::logs(pod, &mut seen.fired);
    seen.fired
}

pub(super) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

impl<'a> Seen<'a> {
    fn new(pod: &'a Value, place: Place) -> Self {
        let mut set = BTreeMap::new();
        let mut fired = BTreeSet::new();
        for (key, value) in pod["metadata"]["annotations"].as_object().into_iter().flatten() {
            let short = key.strip_prefix("k8s.aliyun.com/").unwrap_or(key);
            if place == Place::SelfManaged && NOT_SELF_MANAGED.contains(&short) {
                fired.insert("annotation-edition");
                continue;
            }
            set.insert(short, value.as_str().unwrap_or_default());
        }
        Self { pod, set, fired }
    }

    fn is_set(&self, key: &str) -> bool {
        self.set.contains_key(key)
    }

    fn any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.is_set(key))
    }

    fn is(&self, key: &str, value: &str) -> bool {
        self.set.get(key).is_some_and(|found| found.eq_ignore_ascii_case(value))
    }

    fn fire(&mut self, rule: &'static str, yes: bool) {
        if yes {
            self.fired.insert(rule);
        }
    }

    /// Sizes and types; the legacy key stands for its successor.
    fn specs(&self) -> Vec<&str> {
        self.set
            .get("eci-use-specs")
            .or(self.set.get("eci-instance-type"))
            .map_or_else(Vec::new, |list| list.split(',').collect())
    }

    fn identity(&mut self) {
        for (old, new) in RETIRED {
            let (Some(was), now) = (self.set.get(old).copied(), self.set.get(new).copied()) else {
                continue;
            };
            let means = match (old, was) {
                ("eci-ipv6-count", _) => "true",
                ("pod-fail-on-create-err", "true") => "fail-fast",
                ("pod-fail-on-create-err", _) | ("eci-reschedule-enable", "true") => "fail-back",
                // No page says what switching it off comes to.
                ("eci-reschedule-enable", _) => {
                    self.fire("annotation-retired", true);
                    continue;
                }
                (_, was) => was,
            };
            let now = now.map(|now| if now == "fail-over" { "fail-back" } else { now });
            let differ = now.is_some_and(|now| now != means);
            self.fire(
                if differ {
                    "legacy-and-current"
                } else {
                    "annotation-retired"
                },
                true,
            );
        }
        self.fire(
            "annotation-doubtful",
            self.any(&[
                "eci-resource-group-id",
                "eci-kube-proxy-enabled",
                "eci-cpu-option-core",
                "eci-cpu-option-ht",
            ]),
        );
        self.fire(
            "annotation-third-party",
            self.any(&["eci-cpu", "eci-memory", "eci-docker-build-enable"]),
        );
        let on_eci = self.pod["metadata"]["labels"]["alibabacloud.com/fluid-sidecar-target"] == "eci";
        self.fire(
            "burst-resource-conflict",
            on_eci && self.is_set("alibabacloud.com/burst-resource"),
        );
    }

    fn spot_and_filters(&mut self) {
        let spot = self.is_set("eci-spot-strategy");
        let category = self.is_set("eci-compute-category");
        let limit = self.is_set("eci-spot-price-limit");
        let filter = self.any(&["eci-instance-family", "eci-instance-generation"]);
        let pool = self.any(&["eci-privatepool-id", "eci-privatepool-matchcriteria"]);
        let specs = self.specs();
        let arm_type = |spec: &str| {
            ["ecs.g8y.", "ecs.c8y.", "ecs.r8y."]
                .iter()
                .any(|arm| spec.starts_with(arm))
        };
        let arm_node = self.pod["spec"]["nodeSelector"]["kubernetes.io/arch"] == "arm64";
        let arm = arm_node || specs.iter().any(|spec| arm_type(spec));
        let only_types = !specs.is_empty() && specs.iter().all(|spec| spec.starts_with("ecs."));
        let any_type = specs.iter().any(|spec| spec.starts_with("ecs."));
        let other = self.any(&[
            "eci-spot-price-limit",
            "eci-spot-duration",
            "eci-spot-fallback",
            "eci-spot-release-strategy",
        ]);
        let target = self.is("eci-privatepool-matchcriteria", "Target");
        let id = self.is_set("eci-privatepool-id");
        let mixed = |key: &str| {
            self.set.get(key).is_some_and(|list| {
                let out = list.split(',').filter(|item| item.starts_with('-')).count();
                out > 0 && out < list.split(',').count()
            })
        };
        let mixed = mixed("eci-instance-family") || mixed("eci-instance-generation");

        self.fire(
            "spot-limit-missing",
            self.is("eci-spot-strategy", "SpotWithPriceLimit") && !limit,
        );
        self.fire(
            "spot-limit-inert",
            self.is("eci-spot-strategy", "SpotAsPriceGo") && limit,
        );
        self.fire("spot-setting-without-strategy", !spot && other);
        self.fire("spot-with-category", spot && category);
        self.fire("spot-with-private-pool", spot && pool);
        self.fire("category-with-filter", category && filter);
        self.fire("category-with-arm", category && arm);
        self.fire("filter-with-type", (filter || category) && only_types);
        self.fire("mixed-signs", mixed);
        self.fire("private-pool-id-missing", target && !id);
        self.fire("private-pool-id-inert", id && !target);
        self.fire("private-pool-needs-type", pool && !any_type);
    }

    fn network(&mut self) {
        let with_eip = self.is("eci-with-eip", "true");
        let ipv6 = match self.set.get("eci-enable-ipv6") {
            Some(enabled) => *enabled == "true",
            None => self.is("eci-ipv6-count", "1"),
        };
        let public = self.is("eci-ipv6-bandwidth-enable", "true");
        self.fire("eip-setting-without-eip", self.any(&EIP_SETTINGS) && !with_eip);
        self.fire("eip-both-modes", with_eip && self.is_set("eci-eip-instanceid"));
        let chain = (self.is_set("eci-ipv6-bandwidth") && !public) || (public && !ipv6);
        self.fire("ipv6-chain", chain);
        self.fire(
            "fixed-ip-retain-inert",
            self.is_set("eci-fixed-ip-retain-hour") && !self.is("eci-fixed-ip", "true"),
        );
        self.fire(
            "bandwidth-in-bytes",
            self.any(&["kubernetes.io/ingress-bandwidth", "kubernetes.io/egress-bandwidth"]),
        );
    }

    fn names(&mut self) {
        let custom = self.is_set("eci-custom-dnsconfig");
        let policy = &self.pod["spec"]["dnsPolicy"];
        self.fire("dns-both-keys", custom && self.is_set("eci-dns-config"));
        self.fire("dns-annotation-policy", custom && policy != "Default");
        let hosts: Value = self
            .set
            .get("eci-custom-hosts")
            .map_or(Value::Null, |text| serde_json::from_str(text).expect("generated JSON"));
        let twice = list(&hosts).any(|host| {
            list(&self.pod["spec"]["hostAliases"])
                .any(|alias| list(&alias["hostnames"]).any(|name| *name == host["host"]) && alias["ip"] != host["ip"])
        });
        self.fire("hosts-twice", twice);
        self.fire(
            "ram-role-and-password-free",
            self.any(&["eci-ram-role-name", "acr-service-arns", "acr-user-arns"]),
        );
    }

    fn caches(&mut self) {
        let matching = ["imc-perfect-match", "imc-match-count-request"];
        let named = self.any(&["eci-imc-id", "eci-image-snapshot-id"]);
        let off = match self.set.get("eci-auto-imc") {
            Some(matching) => *matching == "false",
            None => self.is("eci-image-cache", "false"),
        };
        let inert = off || named;
        let images: BTreeSet<&str> = ["containers", "initContainers"]
            .iter()
            .flat_map(|kind| list(&self.pod["spec"][*kind]))
            .filter_map(|container| container["image"].as_str())
            .collect();
        let count = self
            .set
            .get("imc-match-count-request")
            .and_then(|count| count.parse::<usize>().ok());
        let host_path = list(&self.pod["spec"]["volumes"]).any(|volume| volume["hostPath"].is_object());
        let bucket = self.is_set("eci-data-cache-bucket");
        let iops = self
            .set
            .get("eci-data-cache-provisionedIops")
            .is_some_and(|iops| *iops != "0");
        let settings = [
            "eci-data-cache-pl",
            "eci-data-cache-provisionedIops",
            "eci-data-cache-burstingEnabled",
        ];
        let encrypted = self
            .set
            .get("eci-ephemeral-storage-options")
            .is_some_and(|text| text.contains("true"));

        self.fire("image-cache-setting-inert", self.any(&matching) && inert);
        self.fire(
            "image-cache-match-both",
            !inert && self.is("imc-perfect-match", "true") && self.is_set("imc-match-count-request"),
        );
        self.fire(
            "image-cache-match-count-high",
            !inert && !self.is("imc-perfect-match", "true") && count.is_some_and(|count| count > images.len()),
        );
        self.fire(
            "acr-user-without-service",
            self.is_set("acr-user-arns") && !self.is_set("acr-service-arns"),
        );
        self.fire("data-cache-setting-without-bucket", self.any(&settings) && !bucket);
        let auto = iops || self.is("eci-data-cache-burstingEnabled", "true");
        self.fire(
            "data-cache-level-moot",
            bucket && self.is_set("eci-data-cache-pl") && auto,
        );
        self.fire("data-cache-nothing-mounted", bucket && !host_path);
        self.fire("encrypted-disk-with-manual-cache", encrypted && named);
    }

    fn volumes(&mut self) {
        let Some(pattern) = self.set.get("eci-core-pattern").copied() else {
            return;
        };
        // Samples of one page stand with and without the first slash.
        let pattern = format!("/{}", pattern.trim_start_matches('/'));
        let directory = pattern.rsplit_once('/').map_or("", |(directory, _)| directory);
        let mounted = mounts(self.pod).any(|mount| {
            let mount = mount.trim_end_matches('/');
            directory == mount || directory.starts_with(&format!("{mount}/"))
        });
        self.fire("core-pattern-without-volume", !directory.is_empty() && !mounted);
    }
}

fn mounts(pod: &Value) -> impl Iterator<Item = &str> {
    ["containers", "initContainers"]
        .into_iter()
        .flat_map(|kind| list(&pod["spec"][kind]))
        .flat_map(|container| list(&container["volumeMounts"]))
        .filter_map(|mount| mount["mountPath"].as_str())
}
