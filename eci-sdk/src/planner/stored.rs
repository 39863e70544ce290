//! What pods mount, and what it is made of, of many objects.

use eci_model::storage::{self, Inventory, Known, Mount, Mounted};
use eci_model::{Findings, Object, Site};

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
    pub(super) fn finish(&mut self, cluster: &Inventory, site: &Site<'_>, out: &mut Findings) {
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
        let new: Vec<Mount> = self.mounts.iter().filter(is_new).cloned().collect();
        storage::claims(&new, known, site, out);
        storage::unknown(&self.mounts, known, out);
        storage::shared(&self.mounts, known, out);
        storage::backings(&self.mounts, known, out);
    }
}
