//! Custom resources that are facts or subjects, as plain types with the traits of k8s-openapi.
//!
//! Users of kube get `Api<PodNetworking>` from these traits; nothing here depends on kube.

mod data_cache;
mod elastic_resource;
mod image_cache;
mod pod_networking;
mod resource_policy;
mod vnode_selector;

pub use data_cache::{CacheEip, CacheNetwork, CachedSource, DataCache, DataCacheSpec};
pub use elastic_resource::ElasticResource;
pub use image_cache::{ImageCache, ImageCacheSpec, ImageCacheStatus};
pub use pod_networking::{
    AllocationType, EniOptions, PodNetworking, PodNetworkingSelector, PodNetworkingSpec, PodNetworkingStatus,
    Readiness, StatusVSwitch, VSwitchSelectOptions,
};
pub use resource_policy::{NextUnits, ResourcePolicy, ResourcePolicySelector, ResourcePolicySpec, ResourceUnit};
pub use vnode_selector::{Selector, SelectorEffect, SelectorPolicy, SelectorSpec, SelectorVersion};

/// Implements the traits of k8s-openapi for a custom resource.
macro_rules! resource_traits {
    ($type:ident, $group:literal / $version:literal, $plural:literal, $scope:ty) => {
        impl k8s_openapi::Resource for $type {
            const API_VERSION: &'static str = concat!($group, "/", $version);
            const GROUP: &'static str = $group;
            const KIND: &'static str = stringify!($type);
            const VERSION: &'static str = $version;
            const URL_PATH_SEGMENT: &'static str = $plural;
            type Scope = $scope;
        }

        impl k8s_openapi::Metadata for $type {
            type Ty = k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

            fn metadata(&self) -> &Self::Ty {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut Self::Ty {
                &mut self.metadata
            }
        }
    };
}
pub(crate) use resource_traits;

/// Implements the traits of k8s-openapi for a custom resource, and serialisation that begins with `apiVersion` and `kind`.
macro_rules! custom_resource {
    ($type:ident, $group:literal / $version:literal, $plural:literal, $scope:ty, { $($field:ident $key:literal),* }) => {
        $crate::resource::resource_traits!($type, $group / $version, $plural, $scope);

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap;
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry("apiVersion", <Self as k8s_openapi::Resource>::API_VERSION)?;
                map.serialize_entry("kind", <Self as k8s_openapi::Resource>::KIND)?;
                map.serialize_entry("metadata", &self.metadata)?;
                $(map.serialize_entry($key, &self.$field)?;)*
                map.end()
            }
        }
    };
}
pub(crate) use custom_resource;
