//! Worlds of pods that outlive their program.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{Read, Write};
use std::sync::Arc;

use eci_model::lifecycle::ToldEvents;
use k8s_openapi::api::core::v1::{Pod, PodStatus};
use serde::{Deserialize, Serialize};

use super::{Held, PodWorld};
use crate::planner::{Planner, Store};
use crate::sim::saved::{self, Form};
use crate::sim::{SaveError, Saved, World, WorldSettings};

/// A [`PodWorld`] that was saved: its world, and the pods in it.
///
/// Like [`Saved`] it holds secrets of requests in the clear, and is written by [`write_to`](Self::write_to) alone.
///
/// # Example
/// ```
/// use std::time::Duration;
/// use eci_sdk::sim::{PodWorld, SavedPods, World, WorldSettings};
/// use eci_sdk::{Cluster, Edition, Planner};
/// use k8s_openapi::api::core::v1::Pod;
///
/// let cluster = Cluster::new(Edition::AckServerless).in_region("cn-hangzhou".parse()?);
/// let (settings, planner) = (WorldSettings::ideal(), Planner::new(cluster));
/// let pod: Pod = serde_json::from_str(
///     r#"{"metadata": {"name": "web", "namespace": "shop", "uid": "u-1"},
///         "spec": {"containers": [{"name": "main", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4"}]}}"#,
/// )?;
/// let mut world = PodWorld::new(World::recorded(settings.clone()), planner.clone());
/// world.create(&pod)?;
///
/// let mut file = Vec::new();
/// world.save()?.write_to(&mut file)?;
/// let mut again = PodWorld::load(settings, planner, &SavedPods::read_from(&*file)?)?;
/// assert_eq!(again.group("u-1"), world.group("u-1"));
/// let later = world.now() + Duration::from_secs(60);
/// assert_eq!(again.advance(later), world.advance(later));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct SavedPods(PodForm);

#[derive(Clone, Serialize, Deserialize)]
struct PodForm {
    world: Form,
    pods: Vec<SavedPod>,
}

#[derive(Clone, Serialize, Deserialize)]
struct SavedPod {
    group: Box<str>,
    pod: Pod,
    status: PodStatus,
}

impl PodWorld {
    /// Everything that is needed to make this world again; settings, planner and the objects of its store apart, which the caller has.
    ///
    /// # Errors
    /// As [`World::save`]: the world must have been made by [`World::recorded`].
    pub fn save(&self) -> Result<SavedPods, SaveError> {
        let pod = |held: &Held| SavedPod {
            group: held.group.clone(),
            pod: held.pod.clone(),
            status: held.status.clone(),
        };
        Ok(SavedPods(PodForm {
            world: self.world.save()?.0,
            pods: self.pods.values().map(pod).collect(),
        }))
    }

    /// Makes a saved world of pods again. It goes on as the saved one would. Its store is empty: pods that are created later and refer to
    /// objects need those in it again.
    ///
    /// # Errors
    /// As [`World::load`], and [`SaveError::NoPlan`] when the planner has no plan for one of the pods.
    pub fn load(settings: WorldSettings, planner: Planner, saved: &SavedPods) -> Result<Self, SaveError> {
        let world = World::load(settings, &Saved(saved.0.world.clone()))?;
        let (mut pods, mut by_group) = (BTreeMap::new(), BTreeMap::new());
        for SavedPod { group, pod, status } in saved.0.pods.iter().cloned() {
            let uid: Arc<str> = pod.metadata.uid.as_deref().unwrap_or_default().into();
            let plan = planner.plan(&pod).map_err(|source| SaveError::NoPlan {
                uid: (&*uid).into(),
                source: Box::new(source),
            })?;
            let mut told = ToldEvents::default();
            if let Some(group) = world.container_group(&group) {
                // Everything that was there when it was saved had been told.
                told.new_of(&group);
            }
            by_group.insert(group.clone(), uid.clone());
            let held = Held {
                group,
                pod,
                plan,
                status,
                told,
            };
            pods.insert(uid, held);
        }
        Ok(Self {
            world,
            planner,
            store: Store::provisioning(),
            pods,
            by_group,
        })
    }
}

impl SavedPods {
    /// Writes it as JSON. Secrets of the requests stand in it in the clear: whoever calls this answers for where it goes.
    ///
    /// # Errors
    /// [`SaveError::Unwritten`].
    pub fn write_to(&self, writer: impl Write) -> Result<(), SaveError> {
        saved::write(&self.0, writer)
    }

    /// Reads what was written.
    ///
    /// # Errors
    /// [`SaveError::Unreadable`].
    pub fn read_from(reader: impl Read) -> Result<Self, SaveError> {
        saved::read(reader).map(Self)
    }

    /// How many pods are in it.
    pub fn len(&self) -> usize {
        self.0.pods.len()
    }

    /// Whether no pod is in it.
    pub fn is_empty(&self) -> bool {
        self.0.pods.is_empty()
    }
}

impl fmt::Debug for SavedPods {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SavedPods")
            .field("pods", &self.len())
            .finish_non_exhaustive()
    }
}
