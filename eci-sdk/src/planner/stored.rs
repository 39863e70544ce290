//! What pods mount, and what it is made of, of many objects.

use std::collections::BTreeMap;

use eci_model::digest::Digests;
use eci_model::storage::{self, Inventory, Known, Mount, Mounted};
use eci_model::{Findings, Object, ObjectRef, Site};

use super::{Review, remembered};

/// The mounts of pods on ECI, and the claims, volumes and classes among the same objects.
#[derive(Debug, Default)]
pub(super) struct Stored {
    mounts: Vec<Mount>,
    inventory: Inventory,
}

impl Stored {
    pub(super) fn push(&mut self, object: &Object<'_>, review: &Review) {
        let Some(pod) = object.pod() else {
            self.inventory.observe(*object);
            return;
        };
        if let Some(is_certain) = remembered::certain(review) {
            self.mounts.extend(Mount::of(object, &pod).into_iter().map(|mut mount| {
                mount.is_certain = is_certain;
                mount
            }));
        }
    }

    /// Judges what was pushed, on what the cluster knows besides.
    ///
    /// Mounts whose claim or class the cluster knows were judged with their pod already.
    /// Autoscalers raise how many pods there are.
    pub(super) fn finish(&mut self, digests: &Digests, cluster: &Inventory, site: &Site<'_>, out: &mut Findings) {
        let scaled = digests.pods().iter().filter(|pod| pod.autoscaled.is_some());
        let scaled: BTreeMap<&ObjectRef, u32> = scaled.map(|pod| (&pod.subject, pod.replicas())).collect();
        let order = |mount: &Mount| (mount.place.clone(), mount.is_certain);
        self.mounts.sort_by_key(order);
        self.mounts.dedup();
        let known = Known::of(&self.inventory).and(cluster);
        let before = Known::of(cluster);
        let is_new = |mount: &&Mount| match &mount.what {
            Mounted::Claim(name) => before.claim(&mount.namespace, name).is_none(),
            Mounted::Made { class, .. } => before.class(class.as_deref()).driver().is_none(),
            _ => false,
        };
        let mut new: Vec<Mount> = self.mounts.iter().filter(is_new).cloned().collect();
        let most = |mount: &Mount| scaled.get(&mount.place.object).copied().unwrap_or(mount.pods);
        for mount in &mut new {
            mount.pods = most(mount);
        }
        storage::claims(&new, known, site, out);
        let is_judged = |mount: &&Mount| mount.pods > 1 || is_new(mount);
        let mut grown: Vec<Mount> = self.mounts.iter().filter(|mount| !is_judged(mount)).cloned().collect();
        for mount in &mut grown {
            mount.pods = most(mount);
        }
        storage::replicas(&grown, known, out);
        storage::unknown(&self.mounts, known, out);
        storage::shared(&self.mounts, known, out);
        storage::backings(&self.mounts, known, out);
    }
}
