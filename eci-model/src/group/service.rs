//! Services of the cluster: the variables that Kubernetes makes of them, and the address of its DNS.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::Service;

/// Namespace and name of the Service of the API server.
const API_SERVER: (&str, &str) = ("default", "kubernetes");
/// Namespace and name of the Service of the cluster's DNS.
const DNS: (&str, &str) = ("kube-system", "kube-dns");

/// Services as far as pods see them.
#[derive(Clone, Debug, Default)]
pub(super) struct ClusterServices(BTreeMap<(String, String), Known>);

#[derive(Clone, Debug)]
struct Known {
    address: String,
    /// Name, number and protocol of each port.
    ports: Vec<(Option<String>, i32, String)>,
}

impl<'a> FromIterator<&'a Service> for ClusterServices {
    fn from_iter<I: IntoIterator<Item = &'a Service>>(services: I) -> Self {
        Self(services.into_iter().filter_map(known).collect())
    }
}

impl ClusterServices {
    /// The address of the cluster's DNS.
    pub(super) fn dns(&self) -> Option<&str> {
        let (namespace, name) = DNS;
        let known = self.0.get(&(namespace.to_owned(), name.to_owned()))?;
        Some(&known.address)
    }

    /// The variables of a pod, by name: of the API server always, of the Services of its namespace if it wants links.
    pub(super) fn variables(&self, namespace: &str, links: bool) -> BTreeMap<String, String> {
        let mut variables = BTreeMap::new();
        let seen = |at: &str, name: &str| (at, name) == API_SERVER || links && at == namespace;
        for ((_, name), known) in self.0.iter().filter(|((at, name), _)| seen(at, name)) {
            known.write(name, &mut variables);
        }
        variables
    }
}

impl Known {
    fn write(&self, name: &str, variables: &mut BTreeMap<String, String>) {
        let name = variable(name);
        let address = &self.address;
        let mut set = |key: String, value: String| drop(variables.insert(key, value));
        set(format!("{name}_SERVICE_HOST"), address.clone());
        for (index, (port_name, port, protocol)) in self.ports.iter().enumerate() {
            let url = format!("{}://{address}:{port}", protocol.to_ascii_lowercase());
            if index == 0 {
                set(format!("{name}_SERVICE_PORT"), port.to_string());
                set(format!("{name}_PORT"), url.clone());
            }
            if let Some(port_name) = port_name {
                set(format!("{name}_SERVICE_PORT_{}", variable(port_name)), port.to_string());
            }
            let prefix = format!("{name}_PORT_{port}_{protocol}");
            set(format!("{prefix}_PROTO"), protocol.to_ascii_lowercase());
            set(format!("{prefix}_PORT"), port.to_string());
            set(format!("{prefix}_ADDR"), address.clone());
            set(prefix, url);
        }
    }
}

/// Services without an address of their own are none for variables.
fn known(service: &Service) -> Option<((String, String), Known)> {
    let name = service.metadata.name.clone()?;
    let namespace = service
        .metadata
        .namespace
        .clone()
        .unwrap_or_else(|| "default".to_owned());
    let spec = service.spec.as_ref()?;
    let address = spec
        .cluster_ip
        .clone()
        .filter(|ip| !matches!(ip.as_str(), "" | "None"))?;
    let port = |port: &k8s_openapi::api::core::v1::ServicePort| {
        let protocol = port.protocol.as_deref().unwrap_or("TCP").to_ascii_uppercase();
        (port.name.clone().filter(|name| !name.is_empty()), port.port, protocol)
    };
    let ports = spec.ports.iter().flatten().map(port).collect();
    Some(((namespace, name), Known { address, ports }))
}

fn variable(name: &str) -> String {
    name.to_ascii_uppercase().replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn services() -> ClusterServices {
        let service = |namespace: &str, name: &str, address: &str, ports: serde_json::Value| -> Service {
            serde_json::from_value(serde_json::json!({"metadata": {"namespace": namespace, "name": name},
                "spec": {"clusterIP": address, "ports": ports}}))
            .expect("a Service")
        };
        let https = serde_json::json!([{"name": "https", "port": 443}]);
        let dns =
            serde_json::json!([{"name": "dns", "port": 53, "protocol": "UDP"}, {"name": "metrics", "port": 9153}]);
        [
            service("default", "kubernetes", "172.16.0.1", https.clone()),
            service("kube-system", "kube-dns", "172.16.0.10", dns),
            service("shop", "my-db", "172.16.0.20", serde_json::json!([{"port": 5432}])),
            service("shop", "headless", "None", https.clone()),
            service("other", "elsewhere", "172.16.0.30", https),
        ]
        .iter()
        .collect()
    }

    fn list(variables: BTreeMap<String, String>) -> Vec<String> {
        variables
            .into_iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect()
    }

    #[test]
    fn a_service_becomes_the_variables_of_kubernetes() {
        assert_eq!(
            list(services().variables("shop", true)),
            [
                "KUBERNETES_PORT=tcp://172.16.0.1:443",
                "KUBERNETES_PORT_443_TCP=tcp://172.16.0.1:443",
                "KUBERNETES_PORT_443_TCP_ADDR=172.16.0.1",
                "KUBERNETES_PORT_443_TCP_PORT=443",
                "KUBERNETES_PORT_443_TCP_PROTO=tcp",
                "KUBERNETES_SERVICE_HOST=172.16.0.1",
                "KUBERNETES_SERVICE_PORT=443",
                "KUBERNETES_SERVICE_PORT_HTTPS=443",
                "MY_DB_PORT=tcp://172.16.0.20:5432",
                "MY_DB_PORT_5432_TCP=tcp://172.16.0.20:5432",
                "MY_DB_PORT_5432_TCP_ADDR=172.16.0.20",
                "MY_DB_PORT_5432_TCP_PORT=5432",
                "MY_DB_PORT_5432_TCP_PROTO=tcp",
                "MY_DB_SERVICE_HOST=172.16.0.20",
                "MY_DB_SERVICE_PORT=5432",
            ]
        );
    }

    #[test]
    fn without_links_the_api_server_stays() {
        let variables = list(services().variables("shop", false));
        assert_eq!(variables.len(), 8);
        assert!(variables.iter().all(|variable| variable.starts_with("KUBERNETES_")));
    }

    #[test]
    fn the_dns_is_known_by_its_name() {
        assert_eq!(services().dns(), Some("172.16.0.10"));
        assert_eq!(ClusterServices::default().dns(), None);
        let dns = services().variables("kube-system", true);
        assert_eq!(
            dns.get("KUBE_DNS_PORT").map(String::as_str),
            Some("udp://172.16.0.10:53")
        );
        assert_eq!(
            dns.get("KUBE_DNS_SERVICE_PORT_METRICS").map(String::as_str),
            Some("9153")
        );
    }
}
