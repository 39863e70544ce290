//! Which pod a request is for.

use std::collections::BTreeMap;

use eci_model::ObjectRef;
use eci_model::group::Who;
use k8s_openapi::api::core::v1::Pod;

/// Which pod a request is for. The UID identifies it; names repeat.
///
/// # Example: a second creation after one that is known to have failed
/// ```
/// use eci_sdk::Identity;
/// use k8s_openapi::api::core::v1::Pod;
///
/// let pod: Pod = serde_json::from_str(r#"{"metadata": {"name": "web", "namespace": "shop", "uid": "u-1"}}"#)?;
/// let mut identity = Identity::of(&pod).expect("it has a UID");
/// identity.failed = 1;
/// identity.cluster = Some("c1".into());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Identity {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Its UID.
    pub uid: String,
    /// Its labels, for variables that show them.
    pub labels: BTreeMap<String, String>,
    /// Its annotations, for variables that show them.
    pub annotations: BTreeMap<String, String>,
    /// Its service account.
    pub service_account: String,
    /// The node it is bound to.
    pub node: String,
    /// The addresses of that node.
    pub host_ips: Vec<String>,
    /// When it was created, RFC 3339.
    pub created: Option<String>,
    /// The name of the cluster, for the tags of the instance.
    pub cluster: Option<String>,
    /// The domain of the cluster's Services: `cluster.local` unless changed.
    pub cluster_domain: String,
    /// How many creations for this pod are known to have failed. Each needs a token of its own; a retry of the same one does not.
    pub failed: u32,
}

impl Identity {
    /// The identity of a pod as an API server holds it; `None` without name or UID.
    pub fn of(pod: &Pod) -> Option<Self> {
        let meta = &pod.metadata;
        let spec = pod.spec.as_ref();
        let status = pod.status.as_ref();
        let host_ips = status.and_then(|status| status.host_ips.as_ref());
        let host_ips = host_ips.into_iter().flatten().map(|host| host.ip.clone());
        let host_ip = status.and_then(|status| status.host_ip.clone());
        let mut host_ips: Vec<String> = host_ips.collect();
        if host_ips.is_empty() {
            host_ips.extend(host_ip);
        }
        Some(Self {
            namespace: meta.namespace.clone().unwrap_or_else(|| "default".to_owned()),
            name: meta.name.clone()?,
            uid: meta.uid.clone()?,
            labels: meta.labels.clone().unwrap_or_default(),
            annotations: meta.annotations.clone().unwrap_or_default(),
            service_account: spec
                .and_then(|spec| spec.service_account_name.clone())
                .unwrap_or_else(|| "default".to_owned()),
            node: spec.and_then(|spec| spec.node_name.clone()).unwrap_or_default(),
            host_ips,
            created: meta.creation_timestamp.as_ref().map(|time| time.0.to_string()),
            cluster: None,
            cluster_domain: "cluster.local".to_owned(),
            failed: 0,
        })
    }

    pub(super) fn object(&self) -> ObjectRef {
        ObjectRef::new("Pod", Some(&self.namespace), &self.name).with_uid(Some(&self.uid))
    }

    pub(super) fn who(&self) -> Who<'_> {
        Who {
            namespace: &self.namespace,
            name: &self.name,
            uid: &self.uid,
            labels: &self.labels,
            annotations: &self.annotations,
            service_account: &self.service_account,
            node: &self.node,
            host_ips: &self.host_ips,
            cluster: self.cluster.as_deref(),
            cluster_domain: &self.cluster_domain,
            created: self.created.as_deref(),
            failed: self.failed,
        }
    }
}
