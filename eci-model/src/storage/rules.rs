//! What can be wrong with storage: a file a family.

pub mod claim;
pub mod class;
pub mod data_cache;
pub mod empty_dir;
pub mod kind;
mod material;
mod mount;
pub mod options;
pub mod temporary;

use super::{DataCaches, Known};
use crate::finding::Findings;
use crate::image::ImageFacts;
use crate::object::Object;
use crate::pod::EffectivePod;
use crate::rule::Rules;
use crate::site::Site;

pub use claim::{backings, claims, replicas, shared, unknown};
pub use material::material;
pub use mount::{Mount, Mounted};

/// The lists of every family, by ascending code within each.
pub static RULES: &[&Rules] = &[
    &data_cache::RULES,
    &temporary::RULES,
    &empty_dir::RULES,
    &kind::RULES,
    &claim::RULES,
    &options::RULES,
    &class::RULES,
];

/// A pod, and all that rules about its storage look at.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'s> {
    /// The object that holds the pod.
    pub object: Object<'s>,
    /// The pod.
    pub pod: &'s EffectivePod<'s>,
    /// Where it runs.
    pub site: &'s Site<'s>,
    /// Claims, volumes, classes, ConfigMaps and Secrets.
    pub known: Known<'s>,
    /// The data caches.
    pub data_caches: &'s DataCaches,
    /// The sizes of images.
    pub images: &'s ImageFacts,
}

/// Everything that can be said about the storage of a pod, on what is known.
pub fn check(scene: &Scene<'_>, out: &mut Findings) {
    data_cache::pod(scene, out);
    temporary::check(scene, out);
    empty_dir::check(scene, out);
    kind::check(scene, out);
    options::pod(scene, out);
    claims(
        &Mount::of(&scene.object, scene.pod.view()),
        scene.known,
        scene.site,
        out,
    );
    material(scene.pod.view(), scene.known, out);
}

/// Everything that can be said about an object by itself: a `DataCache`, wherever its pods run.
pub fn object(object: &Object<'_>, out: &mut Findings) {
    if let Object::DataCache(cache) = object {
        data_cache::object(object, cache, out);
    }
}

/// The annotations that findings name.
mod key {
    pub(super) const BUCKET: &str = "k8s.aliyun.com/eci-data-cache-bucket";
    pub(super) const EXTRA: &str = "k8s.aliyun.com/eci-extra-ephemeral-storage";
    pub(super) const SET_DISK: &str = "k8s.aliyun.com/eci-set-diskvolume";
}
