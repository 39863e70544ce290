//! From a plan to the request of one pod: a loop over what must be looked up.

use std::collections::BTreeMap;

use eci_model::api::CreateContainerGroup;
use eci_model::group::{Draft, MATERIAL_MISSING, Materials, Reference, Who};
use eci_model::{At, FieldPath, Findings, Location, ObjectRef, Sensitive};
use k8s_openapi::api::core::v1::{ConfigMap, PersistentVolume, PersistentVolumeClaim, Pod, Secret};

/// Which pod a request is for. The UID identifies it; names repeat.
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
}

impl Identity {
    /// The identity of a pod as an API server holds it; `None` without name or UID.
    pub fn of(pod: &Pod) -> Option<Self> {
        let meta = &pod.metadata;
        let spec = pod.spec.as_ref();
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
        })
    }

    fn object(&self) -> ObjectRef {
        ObjectRef::new("Pod", Some(&self.namespace), &self.name).with_uid(Some(&self.uid))
    }

    fn who(&self) -> Who<'_> {
        Who {
            namespace: &self.namespace,
            name: &self.name,
            uid: &self.uid,
            labels: &self.labels,
            annotations: &self.annotations,
            service_account: &self.service_account,
            node: &self.node,
        }
    }
}

/// Something that must be looked up before the request is whole.
pub type Need = Reference;

/// An answer to a [`Need`]. It is copied as far as needed, so that the caller's guards may go.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Material<'a> {
    /// A ConfigMap.
    ConfigMap(&'a ConfigMap),
    /// A Secret.
    Secret(&'a Secret),
    /// A PersistentVolumeClaim.
    Claim(&'a PersistentVolumeClaim),
    /// A PersistentVolume.
    Volume(&'a PersistentVolume),
    /// A token of the pod's service account, for an audience.
    Token {
        /// The audience it was asked for.
        audience: Option<&'a str>,
        /// The token.
        token: &'a str,
    },
}

/// The request of one pod under construction.
///
/// # Example
/// ```
/// use eci_sdk::{Cluster, Completion, Edition, Identity, Material, Need, Planner};
/// use k8s_openapi::api::core::v1::{ConfigMap, Pod};
///
/// let profile: ConfigMap = serde_json::from_str(
///     r#"{"metadata": {"name": "eci-profile", "namespace": "kube-system"},
///         "data": {"vSwitchIds": "vsw-bp1xpiowfm5vo8o3c1h01", "securityGroupId": "sg-bp15ed6xe1yxeycg7o22"}}"#,
/// )?;
/// let mut cluster = Cluster::new(Edition::AckServerless).in_region("cn-hangzhou".parse()?);
/// cluster.observe(&profile);
/// let pod: Pod = serde_json::from_str(
///     r#"{"metadata": {"name": "web", "namespace": "shop", "uid": "u-1"},
///         "spec": {"containers": [{"name": "main", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4",
///             "env": [{"name": "GREETING", "valueFrom": {"configMapKeyRef": {"name": "web", "key": "greeting"}}}]}]}}"#,
/// )?;
///
/// let plan = Planner::new(cluster).plan(&pod)?;
/// let mut binding = plan.bind(Identity::of(&pod).expect("it has a UID"));
/// assert_eq!(binding.needs(), [Need::ConfigMap { name: "web".into(), optional: false }]);
/// let found: ConfigMap = serde_json::from_str(r#"{"metadata": {"name": "web"}, "data": {"greeting": "welcome"}}"#)?;
/// binding.give(Material::ConfigMap(&found));
/// assert!(matches!(binding.complete(), Completion::Ready(_)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Binding {
    draft: Box<Draft>,
    identity: Box<Identity>,
    materials: Materials,
}

impl Binding {
    pub(super) fn new(draft: Draft, identity: Identity) -> Self {
        Self {
            draft: Box::new(draft),
            identity: Box::new(identity),
            materials: Materials::default(),
        }
    }

    /// What must be looked up still. Answers raise questions: a claim that was given needs its volume.
    pub fn needs(&self) -> Vec<Need> {
        let mut needs = self.draft.references(&self.materials);
        needs.retain(|need| !self.materials.is_answered(need));
        needs
    }

    /// Gives an answer.
    pub fn give(&mut self, material: Material<'_>) -> &mut Self {
        match material {
            Material::ConfigMap(object) => self.materials.config_map(object),
            Material::Secret(object) => self.materials.secret(object),
            Material::Claim(object) => self.materials.claim(object),
            Material::Volume(object) => self.materials.volume(object),
            Material::Token { audience, token } => self.materials.token_for(audience, Sensitive::from(token)),
        }
        self
    }

    /// Says that something was looked for and does not exist: a finding, or nothing if it is optional.
    pub fn absent(&mut self, need: &Need) -> &mut Self {
        self.materials.absent(need);
        self
    }

    /// The whole request, what must be looked up still, or why the pod cannot be created.
    pub fn complete(self) -> Completion {
        if !self.needs().is_empty() {
            return Completion::Needs(self);
        }
        let (request, missing) = self.draft.complete(&self.materials, &self.identity.who());
        if missing.is_empty() {
            return Completion::Ready(Ready {
                request: Box::new(request),
            });
        }
        let mut findings = Findings::new();
        for missing in missing {
            let place = Location::new(self.identity.object(), FieldPath::ROOT.then(&At::ROOT.field("spec")));
            let found = match &missing.key {
                Some(key) => format!("{} has no key {key}", missing.reference),
                None => missing.reference.to_string(),
            };
            findings.push(MATERIAL_MISSING.at(place).found(found));
        }
        Completion::Rejected(findings)
    }
}

/// What [`Binding::complete`] gives.
#[derive(Debug)]
#[non_exhaustive]
pub enum Completion {
    /// The request can be sent.
    Ready(Ready),
    /// More must be looked up.
    Needs(Binding),
    /// Something the pod cannot do without does not exist.
    Rejected(Findings),
}

/// A create request with everything in it: the only way to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ready {
    request: Box<CreateContainerGroup>,
}

impl Ready {
    /// The request.
    pub fn request(&self) -> &CreateContainerGroup {
        &self.request
    }

    /// The request, to be sent.
    pub fn into_request(self) -> CreateContainerGroup {
        *self.request
    }
}
