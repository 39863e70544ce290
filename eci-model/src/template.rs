//! One view of every object that holds a pod: the pod itself, or the template of a workload.

use k8s_openapi::api::core::v1::{PersistentVolumeClaim, PodSpec, PodTemplateSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use crate::finding::{Location, ObjectRef};
use crate::object::kind_text;
use crate::path::{At, FieldPath};

/// A pod, or a pod template inside another object, borrowed.
///
/// Paths below it are relative to the pod (`spec.containers[0]`); [`PodView::place`] puts the path of the template before them.
///
/// # Example
/// ```
/// use eci_model::{At, Object};
/// use k8s_openapi::api::apps::v1::Deployment;
///
/// let deployment: Deployment = serde_json::from_str(
///     r#"{"metadata": {"name": "web", "namespace": "shop"},
///         "spec": {"replicas": 3, "selector": {}, "template": {"spec": {"containers": []}}}}"#,
/// )?;
/// let pod = Object::from(&deployment).pod().expect("a Deployment has a pod template");
/// assert_eq!(pod.replicas(), 3);
/// let spec = At::ROOT.field("spec");
/// assert_eq!(pod.place(&spec.field("hostPID")).to_string(), "Deployment shop/web: spec.template.spec.hostPID");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PodView<'a> {
    kind: &'a str,
    owner: &'a ObjectMeta,
    meta: Option<&'a ObjectMeta>,
    spec: Option<&'a PodSpec>,
    path: &'a str,
    replicas: Option<u32>,
    claims: &'a [PersistentVolumeClaim],
    is_foreign: bool,
    object: Option<&'a ObjectRef>,
}

impl<'a> PodView<'a> {
    pub(crate) const fn pod(meta: &'a ObjectMeta, spec: Option<&'a PodSpec>) -> Self {
        Self {
            kind: "Pod",
            owner: meta,
            meta: Some(meta),
            spec,
            path: "",
            replicas: None,
            claims: &[],
            is_foreign: false,
            object: None,
        }
    }

    pub(crate) fn template(kind: &'a str, owner: &'a ObjectMeta, template: &'a PodTemplateSpec, path: &'a str) -> Self {
        Self {
            kind,
            owner,
            meta: template.metadata.as_ref(),
            spec: template.spec.as_ref(),
            path,
            replicas: None,
            claims: &[],
            is_foreign: false,
            object: None,
        }
    }

    pub(crate) const fn with_replicas(mut self, replicas: Option<u32>) -> Self {
        self.replicas = replicas;
        self
    }

    pub(crate) const fn with_claims(mut self, claims: &'a [PersistentVolumeClaim]) -> Self {
        self.claims = claims;
        self
    }

    pub(crate) const fn foreign(mut self) -> Self {
        self.is_foreign = true;
        self
    }

    /// The same with a reference that was made already, from which every place is made without new memory for its texts.
    ///
    /// It must be the [`Object::reference`](crate::Object::reference) of the same object.
    #[must_use]
    pub const fn with_object(mut self, object: &'a ObjectRef) -> Self {
        self.object = Some(object);
        self
    }

    /// The claims that a StatefulSet makes for each pod, which are volumes of the pod by their names.
    pub const fn claim_templates(&self) -> &'a [PersistentVolumeClaim] {
        self.claims
    }

    /// Whether the object is of a kind that we do not know, which may add to the pod what its template does not have.
    pub const fn is_foreign(&self) -> bool {
        self.is_foreign
    }

    /// The kind of the object that holds the pod: `Pod`, `Deployment`, or one we do not know.
    pub const fn kind(&self) -> &'a str {
        self.kind
    }

    /// The metadata of the object that holds the pod.
    pub const fn owner(&self) -> &'a ObjectMeta {
        self.owner
    }

    /// The metadata of the pod itself.
    pub const fn meta(&self) -> Option<&'a ObjectMeta> {
        self.meta
    }

    /// The specification of the pod.
    pub const fn spec(&self) -> Option<&'a PodSpec> {
        self.spec
    }

    /// The namespace; `default` where none is written.
    pub fn namespace(&self) -> &'a str {
        self.owner.namespace.as_deref().unwrap_or("default")
    }

    /// The name of the object, or the start of a generated one.
    pub fn name(&self) -> &'a str {
        name_of(self.owner)
    }

    /// How many pods the object asks for: replicas, or parallelism of a Job; 1 when unset.
    pub const fn replicas(&self) -> u32 {
        match self.replicas {
            Some(replicas) => replicas,
            None => 1,
        }
    }

    /// Whether this is a template, so that pods are made from it.
    pub const fn is_template(&self) -> bool {
        !self.path.is_empty()
    }

    /// Where the template stands in its object; `None` for pods.
    pub(crate) fn template_path(&self) -> Option<&'a str> {
        self.is_template().then_some(self.path)
    }

    /// The object that holds the pod.
    pub fn object(&self) -> ObjectRef {
        match self.object {
            Some(object) => object.clone(),
            None => ObjectRef::new(kind_text(self.kind), Some(self.namespace()), self.name())
                .with_uid(self.owner.uid.as_deref()),
        }
    }

    /// A place inside the pod, as a place of the object that holds it.
    #[cold]
    pub fn place(&self, at: &At<'_>) -> Location {
        Location::new(self.object(), FieldPath::of(self.path).then(at))
    }

    /// A place inside the pod whose path is known already, as a place of the object that holds it.
    #[cold]
    pub fn place_of(&self, path: &FieldPath) -> Location {
        Location::new(self.object(), FieldPath::of(self.path).join(path))
    }

    /// A place of the object that holds the pod, outside the template.
    #[cold]
    pub fn owner_place(&self, at: &At<'_>) -> Location {
        Location::new(self.object(), at.to_path())
    }
}

/// The name in the metadata, or the start of a generated one.
pub(crate) fn name_of(meta: &ObjectMeta) -> &str {
    meta.name
        .as_deref()
        .or(meta.generate_name.as_deref())
        .unwrap_or_default()
}
