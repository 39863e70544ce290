//! From a plan to the request of one pod: a loop over what must be looked up.

use eci_model::api::CreateContainerGroup;
use eci_model::group::{Ask, Draft, Lack, MATERIAL_MISSING, MATERIAL_SKIPPED, Materials, Missing, Reference};
use eci_model::limits::CONFIG_VOLUME_SIZE;
use eci_model::storage::rules::kind::VOLUME_WITHOUT_API_FIELD;
use eci_model::{Finding, Findings, Location, Sensitive, Severity};
use k8s_openapi::api::core::v1::{ConfigMap, PersistentVolume, PersistentVolumeClaim, Secret, Service};
use k8s_openapi::api::storage::v1::StorageClass;

use super::identity::Identity;

/// Something that must be looked up before the request is whole.
pub type Need = Reference;

/// An answer to a [`Need`]. It is copied as far as needed, so that the caller's guards may go.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Material<'a> {
    /// A ConfigMap.
    ConfigMap(&'a ConfigMap),
    /// A Secret, of the pod's namespace or the one that a PersistentVolume names.
    Secret(&'a Secret),
    /// A PersistentVolumeClaim.
    Claim(&'a PersistentVolumeClaim),
    /// A PersistentVolume.
    Volume(&'a PersistentVolume),
    /// A StorageClass.
    Class(&'a StorageClass),
    /// All Services that [`Need::Services`] asks for; others among them do no harm.
    Services(&'a [&'a Service]),
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
/// assert_eq!(binding.needs(), [Need::ConfigMap { name: "web".into(), optional: false }, Need::Services]);
/// let found: ConfigMap = serde_json::from_str(r#"{"metadata": {"name": "web"}, "data": {"greeting": "welcome"}}"#)?;
/// binding.give(Material::ConfigMap(&found));
/// binding.absent(&Need::Services);
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

    /// What must be looked up still, each once. Answers raise questions: a claim that was given needs its volume.
    pub fn needs(&self) -> Vec<Need> {
        let mut needs = self.draft.references(&self.materials, Some(&self.identity.name));
        needs.retain(|need| !self.materials.is_answered(need));
        needs
    }

    /// Why: which fields of the pod need what, and which key of it.
    pub fn asks(&self) -> Vec<Ask> {
        let mut asks = self.draft.asks(&self.materials, Some(&self.identity.name));
        asks.retain(|ask| !self.materials.is_answered(&ask.reference));
        asks
    }

    /// Gives an answer.
    pub fn give(&mut self, material: Material<'_>) -> &mut Self {
        match material {
            Material::ConfigMap(object) => self.materials.config_map(object),
            Material::Secret(object) => self.secret(object),
            Material::Claim(object) => self.materials.claim(object),
            Material::Volume(object) => self.materials.volume(object),
            Material::Class(object) => self.materials.class(object),
            Material::Services(objects) => self.materials.services(objects.iter().copied()),
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
        if !self.needs().iter().all(Need::can_wait) {
            return Completion::Needs(self);
        }
        let completed = self.draft.complete(&self.materials, &self.identity.who());
        let findings: Findings = completed.missing.iter().map(|missing| self.finding(missing)).collect();
        if findings.has_errors() {
            return Completion::Rejected(findings);
        }
        Completion::Ready(Ready {
            request: Box::new(completed.request),
            findings,
        })
    }

    /// A Secret answers both kinds of questions for one: by name in the pod's namespace, and by namespace and name.
    fn secret(&mut self, object: &Secret) {
        let namespace = object.metadata.namespace.as_deref().unwrap_or(&self.identity.namespace);
        if namespace == self.identity.namespace {
            self.materials.secret(object);
        }
        self.materials.volume_secret(namespace, object);
    }

    fn finding(&self, missing: &Missing) -> Finding {
        let place = Location::new(self.identity.object(), missing.path.clone());
        let finding = match missing.lack {
            Lack::TooLarge { most, passes, .. } => {
                let severity = if passes { Severity::Warning } else { Severity::Error };
                let most = format!("at most {most} bytes");
                let finding = CONFIG_VOLUME_SIZE.at(place).severity(severity).expected(most);
                return finding.found(missing.to_string()).build();
            }
            Lack::Skipped(_) => MATERIAL_SKIPPED.at(place),
            Lack::Unsupported(_) => VOLUME_WITHOUT_API_FIELD.at(place).severity(Severity::Error),
            Lack::Unbound { .. } => MATERIAL_MISSING.at(place).title("the claim has no volume"),
            _ if missing.is_optional() => MATERIAL_MISSING.at(place).severity(Severity::Info),
            _ => MATERIAL_MISSING.at(place),
        };
        let reason = format!("a virtual node reports it as `{}`", missing.event_reason());
        finding.found(missing.to_string()).note(reason).build()
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
    findings: Findings,
}

impl Ready {
    /// The request.
    pub fn request(&self) -> &CreateContainerGroup {
        &self.request
    }

    /// What is left out because it may be missing and is.
    pub const fn findings(&self) -> &Findings {
        &self.findings
    }

    /// The request, to be sent.
    pub fn into_request(self) -> CreateContainerGroup {
        *self.request
    }
}
