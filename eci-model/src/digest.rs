//! What rules about several objects need to remember of each one: small digests instead of whole objects.
//!
//! A stream of objects of any length is judged in little memory: each object is judged by itself, then only its digest stays.
//! [`Digests`] takes digests in, in any order; [`settle`](Digests::settle) brings them into one order and links them; rules are pure
//! functions that read the settled digests.

mod names;
mod pod;
mod shapes;
mod storage;
mod traffic;
mod uses;

use std::cmp::Ordering;

use crate::finding::ObjectRef;
use crate::object::Object;

pub use names::{Names, SharedLabels};
pub use pod::{Asked, Controller, Planned, PodDigest, PodFacts, Route, Via};
pub use shapes::{DeclaredPort, Lacking};
pub use storage::{ClaimDigest, ClassDigest, FilesDigest, VolumeDigest};
pub use traffic::{AutoscalerDigest, BudgetDigest, Metric, PolicyDigest, Scaled, ServiceDigest, ServicePort, Target};
pub use uses::{ClaimFrom, ClaimUse, MaterialKind, MaterialUse, UsedAt};

/// The digests of all objects of an input.
///
/// # Example
/// ```
/// use eci_model::Object;
/// use eci_model::digest::{Digests, PodFacts};
/// use k8s_openapi::api::apps::v1::Deployment;
/// use k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscaler;
///
/// let deployment: Deployment = serde_json::from_str(
///     r#"{"metadata": {"name": "web"}, "spec": {"replicas": 2, "selector": {}, "template": {}}}"#,
/// )?;
/// let autoscaler: HorizontalPodAutoscaler = serde_json::from_str(
///     r#"{"metadata": {"name": "web"},
///         "spec": {"maxReplicas": 9, "scaleTargetRef": {"kind": "Deployment", "name": "web"}}}"#,
/// )?;
/// let mut digests = Digests::default();
/// digests.push(&Object::from(&autoscaler));
/// digests.push_pod(&Object::from(&deployment), PodFacts::default());
/// digests.settle();
/// assert_eq!((digests.pods()[0].asked_replicas, digests.pods()[0].replicas()), (2, 9));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Digests {
    names: Names,
    pods: Vec<PodDigest>,
    services: Vec<ServiceDigest>,
    policies: Vec<PolicyDigest>,
    budgets: Vec<BudgetDigest>,
    autoscalers: Vec<AutoscalerDigest>,
    claims: Vec<ClaimDigest>,
    volumes: Vec<VolumeDigest>,
    classes: Vec<ClassDigest>,
    config_maps: Vec<FilesDigest>,
    secrets: Vec<FilesDigest>,
}

impl Digests {
    /// Takes in an object that holds no pod; kinds that no rule asks for change nothing.
    pub fn push(&mut self, object: &Object<'_>) {
        let names = &mut self.names;
        match *object {
            Object::Service(service) => self.services.push(ServiceDigest::of(service, names)),
            Object::NetworkPolicy(policy) => self.policies.push(PolicyDigest::of(policy, names)),
            Object::PodDisruptionBudget(budget) => self.budgets.push(BudgetDigest::of(budget, names)),
            Object::HorizontalPodAutoscaler(it) => self.autoscalers.push(AutoscalerDigest::of(it, names)),
            Object::PersistentVolumeClaim(claim) => self.claims.push(ClaimDigest::of(claim, names)),
            Object::PersistentVolume(volume) => self.volumes.push(VolumeDigest::of(volume, names)),
            Object::StorageClass(class) => self.classes.push(ClassDigest::of(class, names)),
            Object::ConfigMap(map) => self.config_maps.push(FilesDigest::of_config_map(map, names)),
            Object::Secret(secret) => self.secrets.push(FilesDigest::of_secret(secret, names)),
            _ => {}
        }
    }

    /// Takes in the pod, or the pod template, of an object; objects without one change nothing.
    pub fn push_pod(&mut self, object: &Object<'_>, facts: PodFacts<'_>) {
        self.pods.extend(PodDigest::of(object, facts, &mut self.names));
    }

    /// Brings everything into one order, whatever the order of pushing was, and links what belongs together.
    ///
    /// An object that was pushed twice counts once. Pods whose controller was pushed too are not counted beside it, and workloads learn
    /// up to how many replicas an autoscaler takes them.
    pub fn settle(&mut self) {
        order(&mut self.pods, |pod| (&pod.subject, pod.template.as_deref()));
        order(&mut self.services, |it| (&it.subject, None));
        order(&mut self.policies, |it| (&it.subject, None));
        order(&mut self.budgets, |it| (&it.subject, None));
        order(&mut self.autoscalers, |it| (&it.subject, None));
        order(&mut self.claims, |it| (&it.subject, None));
        order(&mut self.volumes, |it| (&it.subject, None));
        order(&mut self.classes, |it| (&it.subject, None));
        order(&mut self.config_maps, |it| (&it.subject, None));
        order(&mut self.secrets, |it| (&it.subject, None));
        self.link();
    }

    fn link(&mut self) {
        let most: Vec<Option<u32>> = self.pods.iter().map(|pod| self.most_replicas(pod)).collect();
        let owned: Vec<bool> = self.pods.iter().map(|pod| self.has_controller(pod)).collect();
        for ((pod, most), owned) in self.pods.iter_mut().zip(most).zip(owned) {
            pod.autoscaled = most;
            pod.is_counted &= !owned;
        }
    }

    fn most_replicas(&self, pod: &PodDigest) -> Option<u32> {
        let of_namespace = within(&self.autoscalers, pod.namespace(), |it| &it.subject);
        let scales = |it: &&AutoscalerDigest| it.target.is(&pod.subject);
        of_namespace.iter().filter(scales).map(|it| it.most).max()
    }

    fn has_controller(&self, pod: &PodDigest) -> bool {
        let Some(controller) = &pod.controller else {
            return false;
        };
        let of_namespace = self.pods_in(pod.namespace());
        let key =
            |other: &PodDigest| (&*other.subject.kind, &*other.subject.name).cmp(&(&controller.kind, &controller.name));
        of_namespace.binary_search_by(key).is_ok()
    }

    /// Pods and pod templates, by namespace, kind and name.
    pub fn pods(&self) -> &[PodDigest] {
        &self.pods
    }

    /// Those of a namespace.
    pub fn pods_in(&self, namespace: &str) -> &[PodDigest] {
        within(&self.pods, namespace, |pod| &pod.subject)
    }

    /// Services.
    pub fn services(&self) -> &[ServiceDigest] {
        &self.services
    }

    /// NetworkPolicies.
    pub fn policies(&self) -> &[PolicyDigest] {
        &self.policies
    }

    /// PodDisruptionBudgets.
    pub fn budgets(&self) -> &[BudgetDigest] {
        &self.budgets
    }

    /// HorizontalPodAutoscalers.
    pub fn autoscalers(&self) -> &[AutoscalerDigest] {
        &self.autoscalers
    }

    /// A PersistentVolumeClaim.
    pub fn claim(&self, namespace: &str, name: &str) -> Option<&ClaimDigest> {
        find(&self.claims, |it| &it.subject, Some(namespace), name)
    }

    /// PersistentVolumeClaims.
    pub fn claims(&self) -> &[ClaimDigest] {
        &self.claims
    }

    /// A PersistentVolume.
    pub fn volume(&self, name: &str) -> Option<&VolumeDigest> {
        find(&self.volumes, |it| &it.subject, None, name)
    }

    /// PersistentVolumes.
    pub fn volumes(&self) -> &[VolumeDigest] {
        &self.volumes
    }

    /// A StorageClass.
    pub fn class(&self, name: &str) -> Option<&ClassDigest> {
        find(&self.classes, |it| &it.subject, None, name)
    }

    /// The StorageClass of claims that name none.
    pub fn default_class(&self) -> Option<&ClassDigest> {
        self.classes.iter().find(|class| class.is_default)
    }

    /// StorageClasses.
    pub fn classes(&self) -> &[ClassDigest] {
        &self.classes
    }

    /// A ConfigMap.
    pub fn config_map(&self, namespace: &str, name: &str) -> Option<&FilesDigest> {
        find(&self.config_maps, |it| &it.subject, Some(namespace), name)
    }

    /// A Secret.
    pub fn secret(&self, namespace: &str, name: &str) -> Option<&FilesDigest> {
        find(&self.secrets, |it| &it.subject, Some(namespace), name)
    }

    /// The name of the class that a use of a claim leads to; `None` where no class is named, or the claim was not pushed.
    pub fn class_name_of<'d>(&'d self, namespace: &str, claim: &'d ClaimUse) -> Option<&'d str> {
        match &claim.from {
            ClaimFrom::Template { class } | ClaimFrom::Ephemeral { class } => class.as_deref(),
            ClaimFrom::Named => self.claim(namespace, &claim.name)?.class.as_deref(),
        }
    }

    /// The volume that a use of a claim leads to, and the class that makes it when there is none yet.
    ///
    /// Nothing is guessed: a claim that was not pushed leads nowhere.
    pub fn storage_of(&self, namespace: &str, claim: &ClaimUse) -> (Option<&VolumeDigest>, Option<&ClassDigest>) {
        let named = match &claim.from {
            ClaimFrom::Named => match self.claim(namespace, &claim.name) {
                Some(named) => Some(named),
                None => return (None, None),
            },
            _ => None,
        };
        let volume = named.and_then(|named| self.volume(named.volume.as_deref()?));
        let class = match self.class_name_of(namespace, claim) {
            Some("") => None,
            Some(name) => self.class(name),
            None => self.default_class(),
        };
        (volume, class)
    }
}

/// One order for any order of pushing: by namespace, kind and name, then by everything that is known.
fn order<T: std::fmt::Debug + PartialEq>(digests: &mut Vec<T>, key: impl Fn(&T) -> (&ObjectRef, Option<&str>)) {
    digests.sort_by(|one, other| {
        let by_reference = by_namespace(key(one), key(other));
        // Same names twice: only then is the whole digest worth comparing.
        by_reference.then_with(|| format!("{one:?}").cmp(&format!("{other:?}")))
    });
    digests.dedup();
}

fn by_namespace(one: (&ObjectRef, Option<&str>), other: (&ObjectRef, Option<&str>)) -> Ordering {
    let by_reference = one.0.namespace.cmp(&other.0.namespace).then_with(|| one.0.cmp(other.0));
    by_reference.then_with(|| one.1.cmp(&other.1))
}

/// Those of a namespace, among digests in the order of [`order`].
fn within<'d, T>(digests: &'d [T], namespace: &str, subject: impl Fn(&T) -> &ObjectRef) -> &'d [T] {
    let of = |it: &T| subject(it).namespace.as_deref().unwrap_or("default").cmp(namespace);
    let from = digests.partition_point(|it| of(it) == Ordering::Less);
    let to = digests.partition_point(|it| of(it) != Ordering::Greater);
    &digests[from..to]
}

/// Finds by namespace and name among digests of one kind, in the order of [`order`].
fn find<'d, T>(
    digests: &'d [T],
    subject: impl Fn(&T) -> &ObjectRef,
    namespace: Option<&str>,
    name: &str,
) -> Option<&'d T> {
    let key = |it: &T| {
        let subject = subject(it);
        (subject.namespace.as_deref(), &*subject.name).cmp(&(namespace, name))
    };
    let from = digests.partition_point(|it| key(it) == Ordering::Less);
    digests.get(from).filter(|it| key(it) == Ordering::Equal)
}
