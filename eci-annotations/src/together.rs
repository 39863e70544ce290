//! Keys that need, exclude or outrank one another, and keys against the rest of the pod.

use eci_model::{EffectivePod, FindingBuilder, Findings, Origin, Rule, Settings, Site};

use crate::key::Key;
use crate::rules::{capacity, check_variables, data_cache, dns, image, instance, internet, scheduling, spot};
use crate::subject::Subject;

/// What is known of the cluster, beyond its edition, that decides about annotations; unknown things keep rules silent.
///
/// # Example
/// ```
/// use eci_annotations::Known;
///
/// let mut known = Known::default();
/// known.version = Some((1, 30));
/// known.managed_pro = Some(true);
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Known<'a> {
    /// The Kubernetes version, major and minor.
    pub version: Option<(u16, u16)>,
    /// Whether it is an ACK managed Pro cluster.
    pub managed_pro: Option<bool>,
    /// Whether eci-profile collects logs by resources of the Log Service (`enableLogController`).
    pub log_controller: Option<bool>,
    /// Data caches with a known size.
    pub data_caches: &'a [DataCacheSize<'a>],
    /// Ids of image caches that the platform made itself.
    pub automatic_image_caches: &'a [&'a str],
}

/// The size of a data cache.
#[derive(Clone, Copy, Debug)]
pub struct DataCacheSize<'a> {
    /// Its bucket.
    pub bucket: &'a str,
    /// Its path in the bucket.
    pub path: &'a str,
    /// Its size in GiB.
    pub gib: u32,
}

/// Judges what annotations of a pod say together, and against its containers and volumes.
///
/// A value that could not be read was told by [`read`](crate::read) and is judged no further. Keys that do not act in the edition of
/// the cluster are left out.
///
/// # Example
/// ```
/// use eci_annotations::{Known, check_together, read};
/// use eci_model::policy::Policies;
/// use eci_model::{EffectivePod, Edition, Findings, Object, Overlay, Site};
/// use k8s_openapi::api::core::v1::Pod;
///
/// let pod: Pod = serde_json::from_str(
///     r#"{"metadata": {"name": "web", "annotations": {"k8s.aliyun.com/eci-spot-strategy": "SpotWithPriceLimit"}}}"#,
/// )?;
/// let view = Object::from(&pod).pod().expect("a pod");
/// let policies = Policies::default();
/// let site = Site::new(Edition::Ack, &policies);
/// let mut findings = Findings::new();
///
/// let annotations = Overlay::of(pod.metadata.annotations.as_ref());
/// let settings = read(&view, annotations, &site, &mut findings);
/// let pod = EffectivePod::new(view, Overlay::default(), annotations, &settings);
/// check_together(&pod, &site, &Known::default(), &mut findings);
/// assert_eq!(findings.iter().next().map(|finding| finding.rule().name()), Some("spot-limit-missing"));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn check_together(pod: &EffectivePod<'_>, site: &Site<'_>, known: &Known<'_>, out: &mut Findings) {
    let scene = Scene {
        pod,
        subject: Subject::pod(pod.view(), *pod.annotations()),
        site,
        known,
    };
    for family in FAMILIES {
        family(&scene, out);
    }
}

type Family = fn(&Scene<'_>, &mut Findings);

const FAMILIES: [Family; 9] = [
    spot::check,
    capacity::check,
    internet::check,
    dns::check,
    instance::check,
    image::check,
    data_cache::check,
    scheduling::check,
    check_variables,
];

/// All that rules about several keys look at.
pub(crate) struct Scene<'a> {
    pub(crate) pod: &'a EffectivePod<'a>,
    pub(crate) subject: Subject<'a>,
    pub(crate) site: &'a Site<'a>,
    pub(crate) known: &'a Known<'a>,
}

impl<'a> Scene<'a> {
    pub(crate) const fn settings(&self) -> &'a Settings {
        self.pod.settings()
    }

    /// Whether a key is set and acts here, readable or not.
    pub(crate) fn has<T>(&self, key: &Key<T>) -> bool {
        key.facts().works_in(self.site.edition) && self.subject.entries.is_set(key.name())
    }

    /// The key behind a setting: its own, or the retired one that filled it.
    pub(crate) fn finding<T>(&self, rule: &'static Rule, key: &Key<T>, origin: &Origin) -> FindingBuilder {
        match origin {
            Origin::PodAnnotation { key } => self.subject.finding(rule, key),
            _ => self.subject.finding(rule, key.name()),
        }
    }

    /// A finding that an entry does nothing, with the fix that takes it away.
    pub(crate) fn inert<T>(&self, rule: &'static Rule, key: &Key<T>, origin: &Origin) -> FindingBuilder {
        let written = match origin {
            Origin::PodAnnotation { key } => key,
            _ => key.name(),
        };
        let finding = self.finding(rule, key, origin);
        self.subject.without(finding, written)
    }
}

/// The value of a setting.
pub(crate) fn value<T: Copy>(setting: Option<&eci_model::Given<T>>) -> Option<T> {
    setting.map(|given| given.value)
}
