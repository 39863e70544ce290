//! Pods on virtual time: what the platform would write on the API server.

mod saved;

use std::collections::BTreeMap;
use std::sync::Arc;

use eci_annotations::{Annotations, Key, keys};
use eci_model::api::{CreateContainerGroupAnswer, DeleteContainerGroup, Operation};
use eci_model::lifecycle::ToldEvents;
use eci_model::settings::FailStrategy;
use eci_model::{Findings, Object, Text, lifecycle};
use k8s_openapi::api::core::v1::{Pod, PodStatus};

use super::blueprint::{EVICTION, FAIL_STRATEGY, SPOT_FALLBACK};
use super::event::{Event, Happening};
use super::fault::{Fault, FaultError};
use super::time::Instant;
use super::world::World;
use crate::backend::BackendError;
use crate::planner::{Completion, Identity, Need, Plan, PlanError, Planner, Store};

pub use saved::SavedPods;

/// A world joined with a planner: pods go in, what the platform would write on the API server comes out.
///
/// Pure like [`World`]: no API server, no clock, no threads. This is what a controller's test needs.
///
/// # Example
/// ```
/// use std::time::Duration;
/// use eci_sdk::sim::{PodChange, PodWorld, World};
/// use eci_sdk::{Cluster, Edition, Planner};
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
///         "spec": {"containers": [{"name": "main", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4"}]}}"#,
/// )?;
///
/// let mut world = PodWorld::new(World::ideal(), Planner::new(cluster));
/// world.create(&pod)?;
/// let changes = world.advance(world.now() + Duration::from_secs(60));
/// let running = |change: &PodChange| matches!(change, PodChange::Status { status, .. } if status.phase.as_deref() == Some("Running"));
/// assert!(changes.iter().any(running));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct PodWorld {
    world: World,
    planner: Planner,
    store: Store,
    pods: BTreeMap<Arc<str>, Held>,
    by_group: BTreeMap<Box<str>, Arc<str>>,
}

/// A pod of the world.
#[derive(Debug)]
struct Held {
    group: Box<str>,
    pod: Pod,
    plan: Plan,
    status: PodStatus,
    told: ToldEvents,
}

/// What the platform would write on the API server.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PodChange {
    /// A new status.
    Status {
        /// The pod.
        uid: Arc<str>,
        /// Its status.
        status: Box<PodStatus>,
    },
    /// Annotations that the platform writes: those of the profile at once, the others once the pod is placed.
    Annotated {
        /// The pod.
        uid: Arc<str>,
        /// The annotations.
        annotations: BTreeMap<String, String>,
    },
    /// An event about the pod.
    Event {
        /// The pod.
        uid: Arc<str>,
        /// Its reason, such as `SpotToBeReleased`.
        reason: Text,
        /// What it says.
        message: String,
        /// Whether it is a warning.
        warning: bool,
    },
    /// The pod is gone.
    Gone {
        /// The pod.
        uid: Arc<str>,
    },
}

/// Why a pod could not be created.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PodError {
    /// There is no plan for it.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// It has no name or no UID, as only pods in a store have.
    #[error("the pod has no name or no uid")]
    NoIdentity,
    /// What it refers to is missing.
    #[error("the pod refers to something that does not exist: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Missing(Findings),
    /// What it refers to is not known, nor whether it exists.
    #[error("nothing is known of {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))]
    Unanswered(Vec<Need>),
    /// The backend refused the request.
    #[error(transparent)]
    Backend(#[from] BackendError),
}

impl PodWorld {
    /// Joins a world and a planner.
    pub fn new(world: World, planner: Planner) -> Self {
        Self {
            world,
            planner,
            store: Store::provisioning(),
            pods: BTreeMap::new(),
            by_group: BTreeMap::new(),
        }
    }

    /// Puts an object into the store of the world: ConfigMaps, Secrets, claims and Services that pods refer to.
    pub fn store<'a>(&mut self, object: impl Into<Object<'a>>) -> &mut Self {
        self.store.put(object.into());
        self
    }

    /// Creates a pod.
    ///
    /// # Errors
    /// [`PodError`] when it is not bound for ECI, is refused, or refers to something that is not in the store.
    pub fn create(&mut self, pod: &Pod) -> Result<Vec<PodChange>, PodError> {
        let identity = Identity::of(pod).ok_or(PodError::NoIdentity)?;
        let uid: Arc<str> = identity.uid.as_str().into();
        let plan = self.planner.plan(pod)?;
        let namespace = identity.namespace.clone();
        let ready = match self.store.complete(&namespace, plan.bind(identity)) {
            Completion::Ready(ready) => ready,
            Completion::Rejected(findings) => return Err(PodError::Missing(findings)),
            Completion::Needs(binding) => return Err(PodError::Unanswered(binding.needs())),
        };
        let mut request = ready.into_request();
        let annotations = plan.injected_annotations().clone();
        let mut pod = pod.clone();
        if !annotations.is_empty() {
            let own = pod.metadata.annotations.get_or_insert_default();
            own.extend(annotations.clone());
        }
        if fails_fast(&pod) {
            // The planner writes documented parameters only, and this one is none; the virtual node acts on the annotation itself.
            request
                .extra
                .insert(FAIL_STRATEGY.into(), "fail-fast".to_owned().into());
        }
        if asks(&pod, keys::SPOT_FALLBACK) {
            request.extra.insert(SPOT_FALLBACK.into(), "true".to_owned().into());
        }
        if asks(&pod, keys::EVICTION_ENABLE) {
            request.extra.insert(EVICTION.into(), "true".to_owned().into());
        }
        let answer = self.world.carry_out(&Operation::from(request))?;
        let answer = CreateContainerGroupAnswer::try_from(answer)
            .map_err(|error| BackendError::new("WrongAnswer", error.to_string()))?;
        let group: Box<str> = answer.container_group_id.unwrap_or_default().into();
        self.by_group.insert(group.clone(), uid.clone());
        let status = PodStatus::default();
        let mut changes = Vec::new();
        if !annotations.is_empty() {
            let uid = uid.clone();
            changes.push(PodChange::Annotated { uid, annotations });
        }
        self.pods.insert(
            uid,
            Held {
                group,
                pod,
                plan,
                status,
                told: ToldEvents::default(),
            },
        );
        changes.extend(self.advance(self.world.now()));
        Ok(changes)
    }

    /// Deletes a pod; it is gone once its containers have stopped.
    pub fn delete(&mut self, uid: &str) -> Vec<PodChange> {
        if let Some(held) = self.pods.get(uid) {
            let request = DeleteContainerGroup {
                container_group_id: held.group.to_string(),
                ..Default::default()
            };
            // A group that is gone already cannot be deleted, and need not be.
            let _ = self.world.carry_out(&request.into());
        }
        self.advance(self.world.now())
    }

    /// Takes the spot instance of a pod back.
    ///
    /// # Errors
    /// [`FaultError`] when there is no such pod, or it does not use spot capacity.
    pub fn reclaim_spot(&mut self, uid: &str) -> Result<(), FaultError> {
        let held = self.pods.get(uid).ok_or_else(|| FaultError::NoGroup(uid.into()))?;
        self.world.fault(Fault::SpotReclaim {
            group: held.group.clone(),
        })
    }

    /// Lets something go wrong.
    ///
    /// # Errors
    /// [`FaultError`] when there is nothing it could happen to.
    pub fn fault(&mut self, fault: Fault) -> Result<(), FaultError> {
        self.world.fault(fault)
    }

    /// When something will happen next without further calls.
    pub fn next_change_at(&self) -> Option<Instant> {
        self.world.next_event_at()
    }

    /// Lets time pass, and gives what the platform would have written, in order.
    pub fn advance(&mut self, to: Instant) -> Vec<PodChange> {
        let mut changes = Vec::new();
        while let Some(next) = self.world.next_event_at().filter(|next| *next <= to) {
            let events = self.world.advance(next);
            self.translate(events, &mut changes);
        }
        let events = self.world.advance(to);
        self.translate(events, &mut changes);
        changes
    }

    /// The present moment.
    pub const fn now(&self) -> Instant {
        self.world.now()
    }

    /// The world below.
    pub const fn world(&self) -> &World {
        &self.world
    }

    /// The plan of a pod.
    pub fn plan(&self, uid: &str) -> Option<&Plan> {
        self.pods.get(uid).map(|held| &held.plan)
    }

    /// The id of the container group of a pod.
    pub fn group(&self, uid: &str) -> Option<&str> {
        self.pods.get(uid).map(|held| &*held.group)
    }

    fn translate(&mut self, events: Vec<Event>, changes: &mut Vec<PodChange>) {
        for event in events {
            let Some(uid) = self.by_group.get(&*event.group).cloned() else {
                continue;
            };
            match event.what {
                Happening::Reported { .. } => changes.extend(self.new_events(&uid)),
                Happening::Gone => {
                    self.by_group.remove(&*event.group);
                    self.pods.remove(&uid);
                    changes.push(PodChange::Gone { uid });
                    continue;
                }
                Happening::State(lifecycle::State::Pending) => changes.extend(self.written_back(&uid)),
                _ => {}
            }
            changes.extend(self.new_status(&uid));
        }
    }

    /// The events of a pod that were not told yet.
    fn new_events(&mut self, uid: &Arc<str>) -> Vec<PodChange> {
        let Some(held) = self.pods.get_mut(uid) else {
            return Vec::new();
        };
        let Some(group) = self.world.container_group(&held.group) else {
            return Vec::new();
        };
        let change = |event: lifecycle::PodEvent| PodChange::Event {
            uid: uid.clone(),
            reason: event.reason.into(),
            message: event.message,
            warning: event.is_warning,
        };
        held.told.new_of(&group).into_iter().map(change).collect()
    }

    /// The status of a pod, when it is another than before.
    fn new_status(&mut self, uid: &Arc<str>) -> Option<PodChange> {
        let held = self.pods.get_mut(uid)?;
        let group = self.world.container_group(&held.group)?;
        let sight = lifecycle::Sight {
            now: Some(self.world.moment()),
            ..lifecycle::Sight::new(&group, &held.pod, &held.status)
        };
        let status = lifecycle::pod_status(&sight, self.planner.cluster().policies());
        if status == held.status {
            return None;
        }
        held.status = status.clone();
        Some(PodChange::Status {
            uid: uid.clone(),
            status: Box::new(status),
        })
    }

    /// The annotations that the platform writes once a pod is placed (Annotations, 2026-03).
    fn written_back(&self, uid: &Arc<str>) -> Option<PodChange> {
        let held = self.pods.get(uid)?;
        let group = self.world.container_group(&held.group)?;
        let entries = [
            ("k8s.aliyun.com/eci-instance-id", group.container_group_id),
            (
                "k8s.aliyun.com/eci-instance-spec",
                group
                    .instance_type
                    .or_else(|| Some(held.plan.spec().value().to_string())),
            ),
            ("k8s.aliyun.com/eci-vswitch", group.vswitch_id),
            ("k8s.aliyun.com/allocated-eipInstanceId", self.world.eip(&held.group)),
            ("k8s.aliyun.com/allocated-eipAddress", group.internet_ip),
            ("k8s.aliyun.com/eci-security-group", group.security_group_id),
        ];
        let annotations = entries
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), value?)))
            .collect();
        Some(PodChange::Annotated {
            uid: uid.clone(),
            annotations,
        })
    }
}

/// Whether an annotation of the pod asks for failures to be told at once; a value that cannot be read does not.
fn fails_fast(pod: &Pod) -> bool {
    let written = pod.metadata.annotations.as_ref();
    let strategy = written.and_then(|map| Annotations::of(map).get(keys::FAIL_STRATEGY).ok().flatten());
    strategy.is_some_and(FailStrategy::fails_fast)
}

/// Whether a switch of the pod is on that no parameter of the API carries.
fn asks(pod: &Pod, key: Key<bool>) -> bool {
    let written = pod.metadata.annotations.as_ref();
    written.is_some_and(|map| Annotations::of(map).get(key).ok().flatten() == Some(true))
}
