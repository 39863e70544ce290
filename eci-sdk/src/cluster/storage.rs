//! What a facts document tells of images, caches and registries.

use std::sync::Arc;

use eci_model::Quantity;
use eci_model::image::{CachePhase, ImageReference, KnownCache, KnownImage};
use eci_model::storage::{DataState, KnownDataCache};
use serde::Deserialize;

use super::{Facts, FactsDocument, FactsError};

/// An image cache in a [`FactsDocument`], as `DescribeImageCaches` lists it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ImageCacheFacts {
    /// Its id, `imc-...`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The images in it.
    pub images: Vec<String>,
    /// Its size in GiB; 20 when left out.
    pub size_gib: Option<u32>,
    /// Its state: `Ready` when left out.
    pub state: Option<String>,
    /// Whether the platform made it itself.
    pub automatic: bool,
    /// When it was made, in RFC 3339.
    pub created: Option<String>,
}

/// A data cache in a [`FactsDocument`], as `DescribeDataCaches` lists it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DataCacheFacts {
    /// Its bucket; `default` when left out.
    pub bucket: Option<String>,
    /// Its path.
    pub path: String,
    /// Its size in GiB; 20 when left out.
    pub size_gib: Option<u32>,
    /// Its state: `Available` when left out.
    pub state: Option<String>,
}

/// What is known of an image in a [`FactsDocument`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ImageSizeFacts {
    /// The image.
    pub image: String,
    /// Its compressed size, as a quantity: `386Mi`.
    pub size: Option<String>,
    /// The architectures it is built for: `amd64`, `arm64`.
    pub architectures: Vec<String>,
}

/// What is known of registries in a [`FactsDocument`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RegistryFacts {
    /// Hosts that give out images without a login.
    pub public: Vec<String>,
    /// Own domains of enterprise registries.
    pub custom_domains: Vec<String>,
    /// Namespaces that the managed credential helper watches.
    pub helper_namespaces: Vec<String>,
}

/// All of it, read.
pub(super) struct Stored<'d> {
    document: &'d FactsDocument,
    image_caches: Option<Vec<KnownCache>>,
    data_caches: Option<Vec<KnownDataCache>>,
    images: Vec<(Box<str>, KnownImage)>,
}

impl<'d> Stored<'d> {
    pub(super) fn read(document: &'d FactsDocument) -> Result<Self, FactsError> {
        let data_caches = document.data_caches.as_ref();
        Ok(Self {
            document,
            image_caches: document
                .image_caches
                .as_ref()
                .map(|caches| caches.iter().map(image_cache).collect::<Result<_, _>>())
                .transpose()?,
            data_caches: data_caches
                .map(|caches| caches.iter().map(data_cache).collect::<Result<_, _>>())
                .transpose()?,
            images: document.images.iter().map(image).collect::<Result<_, _>>()?,
        })
    }

    pub(super) fn learn(self, facts: &mut Facts) {
        let registries = &self.document.registries;
        let has_images =
            !self.images.is_empty() || self.image_caches.is_some() || *registries != RegistryFacts::default();
        if has_images {
            let known = Arc::make_mut(&mut facts.images);
            known.images.extend(self.images);
            known.inventory = self.image_caches.or_else(|| known.inventory.take());
            let boxed = |hosts: &[String]| -> Vec<Box<str>> { hosts.iter().map(|host| host.as_str().into()).collect() };
            known.public_hosts.extend(boxed(&registries.public));
            known.custom_domains.extend(boxed(&registries.custom_domains));
            known.helper_namespaces.extend(boxed(&registries.helper_namespaces));
        }
        if let Some(caches) = self.data_caches {
            Arc::make_mut(&mut facts.data_caches).list(caches);
        }
        if self.document.materials_complete {
            facts.stored.declare_complete(true);
        }
    }
}

fn image_cache(facts: &ImageCacheFacts) -> Result<KnownCache, FactsError> {
    let state = facts.state.as_deref().unwrap_or("Ready");
    let phase = match CachePhase::of(state) {
        CachePhase::Unknown => return Err(FactsError::State(state.chars().take(64).collect())),
        phase => phase,
    };
    for image in &facts.images {
        ImageReference::parse(image)?;
    }
    Ok(KnownCache {
        id: (!facts.id.is_empty()).then(|| facts.id.as_str().into()),
        name: facts.name.as_str().into(),
        images: facts.images.iter().map(|image| image.as_str().into()).collect(),
        gib: facts.size_gib.unwrap_or(20),
        automatic: facts.automatic,
        phase,
        created: facts.created.as_deref().map(Into::into),
    })
}

fn data_cache(facts: &DataCacheFacts) -> Result<KnownDataCache, FactsError> {
    let state = facts.state.as_deref().unwrap_or("Available");
    let known = DataState::of(state).ok_or_else(|| FactsError::State(state.chars().take(64).collect()))?;
    Ok(KnownDataCache {
        bucket: facts.bucket.as_deref().unwrap_or("default").into(),
        path: facts.path.as_str().into(),
        gib: facts.size_gib.unwrap_or(20),
        state: Some(known),
    })
}

fn image(facts: &ImageSizeFacts) -> Result<(Box<str>, KnownImage), FactsError> {
    let name = ImageReference::parse(&facts.image)?.normalized();
    let size = facts
        .size
        .as_deref()
        .map(|size| size.parse::<Quantity>().and_then(Quantity::memory));
    let known = KnownImage {
        size: size.transpose()?,
        architectures: facts.architectures.iter().map(|name| name.as_str().into()).collect(),
    };
    Ok((name.into(), known))
}

#[cfg(test)]
mod tests {
    use crate::{Cluster, Edition};

    use super::*;

    fn learn(json: serde_json::Value) -> Result<Cluster, FactsError> {
        let facts: FactsDocument = serde_json::from_value(json).expect("a facts document");
        let mut cluster = Cluster::new(Edition::Ack);
        cluster.learn(&facts)?;
        Ok(cluster)
    }

    #[test]
    fn lists_of_caches_are_complete_lists() {
        let cluster =
            learn(serde_json::json!({"imageCaches": [], "dataCaches": [{"path": "/m"}]})).expect("well-formed");
        assert!(cluster.images().is_complete() && cluster.data_caches().is_complete());
        let known = cluster.data_caches().get("default", "/m").expect("listed");
        assert_eq!((known.gib, known.state), (20, Some(DataState::Available)));
        let nothing = learn(serde_json::json!({})).expect("well-formed");
        assert!(!nothing.images().is_complete() && !nothing.data_caches().is_complete());
        assert!(!nothing.stored().is_complete());
    }

    #[test]
    fn a_later_document_takes_nothing_away() {
        let mut cluster =
            learn(serde_json::json!({"imageCaches": [], "materialsComplete": true})).expect("well-formed");
        let more = serde_json::json!({"images": [{"image": "nginx", "size": "70Mi", "architectures": ["arm64"]}]});
        let more: FactsDocument = serde_json::from_value(more).expect("a facts document");
        cluster.learn(&more).expect("well-formed");
        assert!(cluster.images().is_complete() && cluster.stored().is_complete());
        assert!(cluster.images().images.contains_key("docker.io/library/nginx:latest"));
    }

    #[test]
    fn what_means_nothing_is_told() {
        for (json, message) in [
            (
                serde_json::json!({"imageCaches": [{"state": "Fine"}]}),
                "`Fine` is no state of a cache",
            ),
            (
                serde_json::json!({"dataCaches": [{"state": "Ready"}]}),
                "`Ready` is no state of a cache",
            ),
            (serde_json::json!({"images": [{"image": ""}]}), "an image must be named"),
        ] {
            assert_eq!(learn(json).expect_err(message).to_string(), message);
        }
        let size = learn(serde_json::json!({"images": [{"image": "nginx", "size": "big"}]}));
        assert!(matches!(size, Err(FactsError::Size(_))));
    }
}
