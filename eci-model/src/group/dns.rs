//! Names: how the pod looks others up, and what it is called itself.

use k8s_openapi::api::core::v1 as core;

use super::who::Who;
use crate::api::{CreateContainerGroup, DnsConfig, DnsOption, HostAlias};

/// The longest hostname of Linux.
const HOSTNAME: usize = 63;

/// What is said of names, as far as only the pod's identity completes it.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// The cluster's DNS answers first: the policy ClusterFirst, said or not.
    cluster_first: bool,
    subdomain: Option<String>,
    /// The hostname is the whole name in the cluster's domain.
    as_fqdn: bool,
}

impl Names {
    /// Writes what the pod alone decides.
    ///
    /// The API knows two policies: the resolver of the cloud, and none but what is listed. ClusterFirst with the node's network comes out
    /// as the resolver of the cloud, since there is no such network.
    pub(super) fn of(spec: &core::PodSpec, request: &mut CreateContainerGroup) -> Self {
        let alias = |alias: &core::HostAlias| HostAlias {
            ip: Some(alias.ip.clone()),
            hostname: alias.hostnames.clone().unwrap_or_default(),
        };
        request.host_aliase = spec.host_aliases.iter().flatten().map(alias).collect();
        request.host_name = own_name(spec);
        request.dns_policy = match spec.dns_policy.as_deref() {
            Some("Default" | "ClusterFirstWithHostNet") => Some("Default".to_owned()),
            Some("None") => Some("None".to_owned()),
            _ => None,
        };
        request.dns_config = spec.dns_config.as_ref().map(config);
        Self {
            cluster_first: request.dns_policy.is_none(),
            subdomain: spec.subdomain.clone().filter(|subdomain| !subdomain.is_empty()),
            as_fqdn: spec.set_hostname_as_fqdn == Some(true),
        }
    }

    /// Writes what depends on the pod's identity and the cluster: `server` is the address of its DNS, when known.
    pub(super) fn complete(&self, request: &mut CreateContainerGroup, server: Option<&str>, who: &Who<'_>) {
        let domain = |first: &str| format!("{first}.{}", who.cluster_domain);
        let services = domain(&format!("{}.svc", who.namespace));
        let name = request.host_name.take().unwrap_or_else(|| short(who.name));
        request.host_name = Some(match &self.subdomain {
            Some(subdomain) if self.as_fqdn => format!("{name}.{subdomain}.{services}"),
            _ => name,
        });
        // An annotation may have decided in the meantime.
        if request.dns_policy.is_some() || !self.cluster_first {
            return;
        }
        let Some(server) = server else { return };
        let own = request.dns_config.take().unwrap_or_default();
        let subdomain = self.subdomain.iter().map(|subdomain| format!("{subdomain}.{services}"));
        let searches = [services.clone(), domain("svc"), who.cluster_domain.to_owned()];
        let searches = searches.into_iter().chain(subdomain).chain(own.search);
        let mut option = own.option;
        if !option.iter().any(|option| option.name.as_deref() == Some("ndots")) {
            let (name, value) = (Some("ndots".to_owned()), Some("5".to_owned()));
            option.insert(0, DnsOption { name, value });
        }
        request.dns_policy = Some("None".to_owned());
        request.dns_config = Some(DnsConfig {
            name_server: once(std::iter::once(server.to_owned()).chain(own.name_server)),
            search: once(searches),
            option,
        });
    }
}

fn once(items: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = Vec::new();
    for item in items {
        if !seen.contains(&item) {
            seen.push(item);
        }
    }
    seen
}

fn own_name(spec: &core::PodSpec) -> Option<String> {
    #[allow(unused_mut, reason = "older versions of Kubernetes have no override")]
    let mut name = spec.hostname.clone();
    k8s_openapi::k8s_if_ge_1_34! {
        name = spec.hostname_override.clone().or(name);
    }
    name.filter(|name| !name.is_empty())
}

/// The name of a pod as a hostname: cut as kubelet cuts it.
fn short(name: &str) -> String {
    let cut: String = name.chars().take(HOSTNAME).collect();
    cut.trim_end_matches(['-', '.']).to_owned()
}

fn config(config: &core::PodDNSConfig) -> DnsConfig {
    let option = |option: &core::PodDNSConfigOption| DnsOption {
        name: option.name.clone(),
        value: option.value.clone(),
    };
    DnsConfig {
        name_server: config.nameservers.clone().unwrap_or_default(),
        search: config.searches.clone().unwrap_or_default(),
        option: config.options.iter().flatten().map(option).collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn completed(spec: serde_json::Value, server: Option<&str>) -> CreateContainerGroup {
        let spec: core::PodSpec = serde_json::from_value(spec).expect("a specification");
        let mut request = CreateContainerGroup::default();
        let map = BTreeMap::new();
        let who = Who {
            namespace: "shop",
            name: "web-0",
            uid: "u",
            labels: &map,
            annotations: &map,
            service_account: "default",
            node: "",
            host_ips: &[],
            cluster: None,
            cluster_domain: "cluster.local",
            created: None,
            failed: 0,
        };
        Names::of(&spec, &mut request).complete(&mut request, server, &who);
        request
    }

    fn dns(spec: serde_json::Value, server: Option<&str>) -> (Option<String>, Vec<String>, Vec<String>, Vec<String>) {
        let request = completed(spec, server);
        let config = request.dns_config.unwrap_or_default();
        let option = |option: &DnsOption| {
            format!(
                "{}:{}",
                option.name.as_deref().unwrap_or_default(),
                option.value.as_deref().unwrap_or_default()
            )
        };
        let options = config.option.iter().map(option).collect();
        (request.dns_policy, config.name_server, config.search, options)
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(ToString::to_string).collect()
    }

    const CLUSTER: [&str; 3] = ["shop.svc.cluster.local", "svc.cluster.local", "cluster.local"];

    #[test]
    fn cluster_first_lists_the_cluster_and_then_the_pods_own() {
        let spec = serde_json::json!({"containers": [], "dnsConfig": {"nameservers": ["10.0.0.53"],
            "searches": ["example.com", "cluster.local"], "options": [{"name": "ndots", "value": "2"}, {"name": "edns0"}]}});
        let search = texts(&[CLUSTER.as_slice(), &["example.com"]].concat());
        let servers = texts(&["172.16.0.10", "10.0.0.53"]);
        let expected = (Some("None".into()), servers, search, texts(&["ndots:2", "edns0:"]));
        assert_eq!(dns(spec, Some("172.16.0.10")), expected);
        let plain = serde_json::json!({"containers": [], "dnsPolicy": "ClusterFirst"});
        let expected = (
            Some("None".into()),
            texts(&["172.16.0.10"]),
            texts(&CLUSTER),
            texts(&["ndots:5"]),
        );
        assert_eq!(dns(plain, Some("172.16.0.10")), expected);
    }

    #[test]
    fn without_a_known_dns_the_platform_chooses() {
        assert_eq!(
            dns(serde_json::json!({"containers": []}), None),
            (None, vec![], vec![], vec![])
        );
    }

    #[test]
    fn other_policies_stay_as_they_are() {
        for (policy, sent) in [
            ("Default", "Default"),
            ("None", "None"),
            ("ClusterFirstWithHostNet", "Default"),
        ] {
            let spec =
                serde_json::json!({"containers": [], "dnsPolicy": policy, "dnsConfig": {"nameservers": ["10.0.0.53"]}});
            let expected = (Some(sent.to_owned()), texts(&["10.0.0.53"]), vec![], vec![]);
            assert_eq!(dns(spec, Some("172.16.0.10")), expected, "{policy}");
        }
    }

    #[test]
    fn hostnames_are_those_of_kubernetes() {
        for (spec, name) in [
            (serde_json::json!({"containers": []}), "web-0"),
            (serde_json::json!({"containers": [], "hostname": "db"}), "db"),
            (
                serde_json::json!({"containers": [], "hostname": "db", "subdomain": "pool"}),
                "db",
            ),
            (
                serde_json::json!({"containers": [], "hostname": "db", "subdomain": "pool", "setHostnameAsFQDN": true}),
                "db.pool.shop.svc.cluster.local",
            ),
        ] {
            assert_eq!(completed(spec, None).host_name.as_deref(), Some(name));
        }
        assert_eq!(short(&format!("{}-b", "a".repeat(62))), "a".repeat(62));
    }

    #[test]
    fn a_subdomain_is_searched() {
        let (_, _, search, _) = dns(
            serde_json::json!({"containers": [], "subdomain": "pool"}),
            Some("172.16.0.10"),
        );
        assert_eq!(search.last().map(String::as_str), Some("pool.shop.svc.cluster.local"));
    }
}
