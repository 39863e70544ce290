//! Pods of tests: JSON, settings and facts in, findings out.

use std::collections::BTreeMap;

use eci_model::image::{self, CachePhase, ImageFacts, KnownCache, KnownImage};
use eci_model::policy::Policies;
use eci_model::storage::{self, DataCaches, DataState, Inventory, Known, KnownDataCache};
use eci_model::{Edition, EffectivePod, Findings, Given, Object, Origin, Overlay, Region, Settings, Severity, Site};
use k8s_openapi::api::apps::v1::{Deployment, StatefulSet};
use k8s_openapi::api::core::v1::{PersistentVolume, PersistentVolumeClaim, Pod, Secret};
use k8s_openapi::api::storage::v1::StorageClass;
use serde_json::{Value, json};

/// The image of pods that do not care.
pub(crate) const IMAGE: &str = "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4";

/// A pod, or a workload, and what is known around it.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) kind: &'static str,
    pub(crate) replicas: u32,
    pub(crate) meta: Value,
    pub(crate) spec: Value,
    pub(crate) templates: Value,
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) annotations: BTreeMap<String, String>,
    pub(crate) settings: Settings,
    pub(crate) images: ImageFacts,
    pub(crate) inventory: Inventory,
    pub(crate) data_caches: DataCaches,
    pub(crate) policies: Policies,
    pub(crate) region: Option<Region>,
    pub(crate) edition: Edition,
    pub(crate) arm: bool,
    pub(crate) live: bool,
}

/// A value that somebody gave.
pub(crate) fn given<T>(value: T) -> Option<Given<T>> {
    Some(Given::new(value, Origin::Caller))
}

/// A pod of one container with an image.
pub(crate) fn image(image: &str) -> Case {
    Case {
        kind: "Pod",
        replicas: 1,
        meta: json!({"name": "web", "namespace": "shop"}),
        spec: json!({"containers": [{"name": "web", "image": image}]}),
        templates: json!([]),
        labels: BTreeMap::new(),
        annotations: BTreeMap::new(),
        settings: Settings::default(),
        images: ImageFacts::default(),
        inventory: Inventory::default(),
        data_caches: DataCaches::default(),
        policies: Policies::default(),
        region: Some("cn-hangzhou".parse().expect("a region")),
        edition: Edition::Ack,
        arm: false,
        live: false,
    }
}

/// A pod with a volume `data` that its container mounts.
pub(crate) fn volume(source: &Value) -> Case {
    let mut volume = source.clone();
    volume["name"] = "data".into();
    let mut case = image(IMAGE).with("volumes", json!([volume]));
    case.spec["containers"][0]["volumeMounts"] = json!([{"name": "data", "mountPath": "/data"}]);
    case
}

/// A pod that mounts the claim `data`.
pub(crate) fn claimed() -> Case {
    volume(&json!({"persistentVolumeClaim": {"claimName": "data"}}))
}

impl Case {
    pub(crate) fn with(mut self, field: &str, value: Value) -> Self {
        self.spec[field] = value;
        self
    }

    /// A field of the container.
    pub(crate) fn container(mut self, field: &str, value: Value) -> Self {
        self.spec["containers"][0][field] = value;
        self
    }

    pub(crate) fn set(mut self, set: impl FnOnce(&mut Settings)) -> Self {
        set(&mut self.settings);
        self
    }

    pub(crate) fn note(mut self, key: &str, value: &str) -> Self {
        self.annotations
            .insert(format!("k8s.aliyun.com/{key}"), value.to_owned());
        self
    }

    pub(crate) fn label(mut self, key: &str, value: &str) -> Self {
        self.labels.insert(key.to_owned(), value.to_owned());
        self
    }

    pub(crate) fn policy(mut self, name: &str, choice: &str) -> Self {
        self.policies.set(name, choice).expect("a policy");
        self
    }

    pub(crate) fn change<T>(mut self, change: impl FnOnce(&mut Self) -> T) -> Self {
        drop(change(&mut self));
        self
    }

    pub(crate) fn workload(mut self, kind: &'static str, replicas: u32) -> Self {
        self.kind = kind;
        self.replicas = replicas;
        self
    }

    pub(crate) fn in_edition(mut self, edition: Edition) -> Self {
        self.edition = edition;
        self
    }

    pub(crate) fn named_cache(self) -> Self {
        self.set(|it| it.image_cache = given("imc-bp1h5sy5m4ky1jfz1234".parse().expect("an id")))
    }

    /// All image caches: one, with an image, in a phase.
    pub(crate) fn cache(self, image: &str, phase: &str) -> Self {
        let cache = KnownCache {
            id: Some("imc-bp1h5sy5m4ky1jfz1234".into()),
            name: "web".into(),
            images: vec![image.into()],
            gib: 20,
            phase: CachePhase::of(phase),
            ..KnownCache::default()
        };
        self.change(|it| it.images.inventory = Some(vec![cache]))
    }

    /// What is known of the image of the container.
    pub(crate) fn known(self, size: &str, architectures: &[&str]) -> Self {
        let name = self.spec["containers"][0]["image"]
            .as_str()
            .expect("an image")
            .to_owned();
        let name = image::ImageReference::parse(&name).expect("a reference").normalized();
        let size = size.parse().and_then(eci_model::Quantity::memory).expect("a size");
        let known = KnownImage {
            size: Some(size),
            architectures: architectures.iter().map(|it| (*it).into()).collect(),
        };
        self.change(|it| it.images.images.insert(name.into(), known))
    }

    pub(crate) fn data_cache(self, path: &str, state: &str) -> Self {
        let cache = KnownDataCache {
            bucket: "default".into(),
            path: path.into(),
            gib: 20,
            state: DataState::of(state),
        };
        self.set(|it| it.data_cache_bucket = given("default".to_owned()))
            .change(|it| it.data_caches.list(vec![cache]))
    }

    pub(crate) fn claim(self, spec: &Value) -> Self {
        let json = json!({"metadata": {"name": "data", "namespace": "shop"}, "spec": spec});
        let claim: PersistentVolumeClaim = serde_json::from_value(json).expect("a claim");
        self.change(|it| it.inventory.observe(Object::from(&claim)))
    }

    /// A claim on a class.
    pub(crate) fn on_class(self, class: &str) -> Self {
        self.claim(&json!({"storageClassName": class, "resources": {"requests": {"storage": "20Gi"}}}))
    }

    pub(crate) fn class(self, name: &str, provisioner: &str, parameters: &Value) -> Self {
        let json = json!({"metadata": {"name": name}, "provisioner": provisioner, "parameters": parameters});
        let class: StorageClass = serde_json::from_value(json).expect("a class");
        self.change(|it| it.inventory.observe(Object::from(&class)))
    }

    /// A claim bound to a volume.
    pub(crate) fn bound(self, source: &Value) -> Self {
        let json = json!({"metadata": {"name": "vol"}, "spec": source});
        let volume: PersistentVolume = serde_json::from_value(json).expect("a volume");
        self.change(|it| it.inventory.observe(Object::from(&volume)))
            .claim(&json!({"volumeName": "vol"}))
    }

    pub(crate) fn secret(self, kind: &str, key: &str, text: &str) -> Self {
        let json =
            json!({"metadata": {"name": "harbor", "namespace": "shop"}, "type": kind, "stringData": {key: text}});
        let secret: Secret = serde_json::from_value(json).expect("a Secret");
        self.change(|it| it.inventory.observe(Object::from(&secret)))
    }

    pub(crate) fn complete(self) -> Self {
        self.change(|it| it.inventory.declare_complete(true))
    }

    /// The object, read, handed to what judges it.
    pub(crate) fn object<T>(&self, judge: impl FnOnce(Object<'_>) -> T) -> T {
        let template = json!({"metadata": {"labels": self.labels, "annotations": self.annotations}, "spec": self.spec});
        let workload = || {
            json!({"metadata": self.meta, "spec": {"replicas": self.replicas, "selector": {}, "serviceName": "web",
                "template": template, "volumeClaimTemplates": self.templates}})
        };
        match self.kind {
            "Deployment" => {
                let object: Deployment = serde_json::from_value(workload()).expect("a Deployment");
                judge(Object::from(&object))
            }
            "StatefulSet" => {
                let object: StatefulSet = serde_json::from_value(workload()).expect("a StatefulSet");
                judge(Object::from(&object))
            }
            _ => {
                let object: Pod =
                    serde_json::from_value(json!({"metadata": self.meta, "spec": self.spec})).expect("a pod");
                judge(Object::from(&object))
            }
        }
    }

    pub(crate) fn findings(&self) -> Findings {
        self.object(|object| {
            let view = object.pod().expect("it holds a pod");
            let labels = Overlay::of(Some(&self.labels));
            let pod = EffectivePod::new(view, labels, Overlay::of(Some(&self.annotations)), &self.settings);
            let site = Site::new(self.edition, &self.policies)
                .in_region(self.region.as_ref())
                .live(self.live);
            let known = Known::of(&self.inventory);
            let mut out = Findings::new();
            let images = image::Scene {
                pod: &pod,
                site: &site,
                images: &self.images,
                known,
                arm: self.arm,
                namespace: None,
            };
            image::check(&images, &mut out);
            let stored = storage::Scene {
                object,
                pod: &pod,
                site: &site,
                known,
                data_caches: &self.data_caches,
                images: &self.images,
            };
            storage::check(&stored, &mut out);
            out
        })
    }

    /// The names of the rules that fire, in order.
    pub(crate) fn rules(&self) -> Vec<&'static str> {
        self.findings().iter().map(|finding| finding.rule().name()).collect()
    }

    /// How bad the first finding of a rule is.
    pub(crate) fn severity(&self, rule: &str) -> Severity {
        let findings = self.findings();
        let finding = findings.iter().find(|finding| finding.rule().name() == rule);
        finding
            .unwrap_or_else(|| panic!("{rule} among {:?}", self.rules()))
            .severity()
    }
}

/// Cases in which a rule fires, a test each.
macro_rules! fires {
    ($($fact:ident: $rule:literal, $case:expr;)*) => {
        $(#[test]
        fn $fact() {
            let fired = $case.rules();
            assert!(fired.contains(&$rule), "only {fired:?}");
        })*

        /// The rules that fire somewhere in the table.
        pub(crate) static FIRE: &[&str] = &[$($rule),*];
    };
}

/// Cases in which a rule stays silent, a test each.
macro_rules! silent {
    ($($fact:ident: $rule:literal, $case:expr;)*) => {
        $(#[test]
        fn $fact() {
            let fired = $case.rules();
            assert!(!fired.contains(&$rule), "{fired:?}");
        })*

        /// The rules that stay silent somewhere in the table.
        pub(crate) static SILENT: &[&str] = &[$($rule),*];
    };
}

/// Severities that an exception or a policy changes, a test each.
macro_rules! severities {
    ($($fact:ident: $rule:literal $severity:ident, $case:expr;)*) => {
        $(#[test]
        fn $fact() {
            assert_eq!($case.severity($rule), eci_model::Severity::$severity);
        })*
    };
}
pub(crate) use {fires, severities, silent};
