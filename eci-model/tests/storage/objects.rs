//! Rules about caches as objects.

use eci_model::image::{self, ImageFacts, KnownImage};
use eci_model::policy::Policies;
use eci_model::resource::{DataCache, ImageCache};
use eci_model::{Edition, Findings, Memory, Object, Site, storage};
use serde_json::{Value, json};

use crate::case::{IMAGE, fires, silent};

/// An object that is judged by itself.
struct Cache(Findings);

fn judged(object: &Object<'_>) -> Cache {
    judged_under(&Policies::default(), object)
}

fn judged_under(policies: &Policies, object: &Object<'_>) -> Cache {
    let known = KnownImage {
        size: Some(Memory::from_gib(15)),
        ..KnownImage::default()
    };
    let mut facts = ImageFacts::default();
    facts.images.insert("docker.io/library/large:1".into(), known);
    let mut out = Findings::new();
    image::object(object, &facts, &Site::new(Edition::Ack, policies), &mut out);
    storage::object(object, &mut out);
    Cache(out)
}

impl Cache {
    fn rules(&self) -> Vec<&'static str> {
        self.0.iter().map(|finding| finding.rule().name()).collect()
    }
}

fn images(spec: &Value, annotations: &Value) -> Cache {
    let json = json!({"metadata": {"name": "web", "annotations": annotations}, "spec": spec});
    let cache: ImageCache = serde_json::from_value(json).expect("an ImageCache");
    judged(&Object::from(&cache))
}

fn data(spec: &Value) -> Cache {
    let json = json!({"metadata": {"name": "model"}, "spec": spec});
    let cache: DataCache = serde_json::from_value(json).expect("a DataCache");
    judged(&Object::from(&cache))
}

fn source(kind: &str, options: &Value) -> Cache {
    data(&json!({"path": "/model", "dataSource": {"type": kind, "options": options}}))
}

fn good() -> Cache {
    images(
        &json!({"images": [IMAGE], "imageCacheSize": 25, "retentionDays": 7, "imagePullSecrets": ["shop:registry"]}),
        &json!({"k8s.aliyun.com/imc-size": "25"}),
    )
}

fires! {
    no_image: "image-cache-spec", images(&json!({"images": []}), &json!({}));
    too_many_images: "image-cache-spec", images(&json!({"images": vec![IMAGE; 21]}), &json!({}));
    a_small_cache: "image-cache-spec", images(&json!({"images": [IMAGE], "imageCacheSize": 19}), &json!({}));
    a_large_cache: "image-cache-spec", images(&json!({"images": [IMAGE], "imageCacheSize": 32_769}), &json!({}));
    no_days: "image-cache-spec", images(&json!({"images": [IMAGE], "retentionDays": 0}), &json!({}));
    many_days_by_annotation: "image-cache-spec",
        images(&json!({"images": [IMAGE]}), &json!({"k8s.aliyun.com/imc-retention-days": "65537"}));
    a_secret_without_namespace: "image-cache-spec", images(&json!({"images": [IMAGE], "imagePullSecrets": ["registry"]}), &json!({}));
    an_image_that_is_none: "image-reference", images(&json!({"images": ["Web"]}), &json!({}));
    two_sizes: "image-cache-size-twice",
        images(&json!({"images": [IMAGE], "imageCacheSize": 25}), &json!({"k8s.aliyun.com/imc-size": "40"}));
    two_retentions: "image-cache-size-twice",
        images(&json!({"images": [IMAGE], "retentionDays": 3}), &json!({"k8s.aliyun.com/imc-retention-days": "7"}));
    images_that_do_not_fit: "image-cache-too-small", images(&json!({"images": ["large:1"], "imageCacheSize": 29}), &json!({}));
    images_that_do_not_fit_by_default: "image-cache-too-small", images(&json!({"images": ["large:1"]}), &json!({}));
    an_entry_that_no_cached_image_has: "registry-host-unused",
        images(&json!({"images": [IMAGE]}), &json!({"k8s.aliyun.com/plain-http-registry": "harbor.example.com"}));
    no_path: "data-cache-spec", data(&json!({"path": "", "dataSource": {"type": "SNAPSHOT", "options": {"snapshotId": "s"}}}));
    a_reserved_bucket: "data-cache-spec",
        data(&json!({"path": "/m", "bucket": "eci-system", "dataSource": {"type": "SNAPSHOT", "options": {"snapshotId": "s"}}}));
    no_type: "data-cache-spec", data(&json!({"path": "/m", "dataSource": {}}));
    a_hub_as_type: "data-cache-spec", source("ModelScope", &json!({"repoId": "a"}));
    a_url_without_one: "data-cache-spec", source("URL", &json!({}));
    a_model_without_id: "data-cache-spec", source("URL", &json!({"repoSource": "HuggingFace/Model"}));
    a_nas_without_server: "data-cache-spec", source("NAS", &json!({"path": "/"}));
    a_bucket_nobody_opens: "data-cache-spec", source("OSS", &json!({"bucket": "b", "url": "u", "akId": "a"}));
    a_snapshot_without_id: "data-cache-spec", source("SNAPSHOT", &json!({}));
    two_ways_to_an_eip: "data-cache-spec", data(&json!({"path": "/m",
        "dataSource": {"type": "SNAPSHOT", "options": {"snapshotId": "s"}},
        "netConfig": {"eipInstanceId": "eip-1", "eipCreateParam": {"bandwidth": 5}}}));
}

silent! {
    a_good_cache: "image-cache-spec", good();
    a_cache_of_good_images: "image-reference", good();
    one_size_said_twice: "image-cache-size-twice", good();
    a_size_by_annotation_alone: "image-cache-size-twice", images(&json!({"images": [IMAGE]}), &json!({"k8s.aliyun.com/imc-size": "40"}));
    images_that_fit: "image-cache-too-small", images(&json!({"images": ["large:1"], "imageCacheSize": 30}), &json!({}));
    images_that_fit_by_annotation: "image-cache-too-small",
        images(&json!({"images": ["large:1"]}), &json!({"k8s.aliyun.com/imc-size": "30"}));
    images_of_unknown_size: "image-cache-too-small", images(&json!({"images": ["other:1"], "imageCacheSize": 20}), &json!({}));
    an_entry_of_a_cached_image: "registry-host-unused",
        images(&json!({"images": ["harbor.example.com/web:1"]}), &json!({"k8s.aliyun.com/plain-http-registry": "harbor.example.com"}));
    a_url: "data-cache-spec", source("URL", &json!({"url": "https://example.com/model"}));
    a_model: "data-cache-spec", source("URL", &json!({"repoSource": "ModelScope/Model", "repoId": "shop/small"}));
    a_bucket_with_a_role: "data-cache-spec", source("OSS", &json!({"bucket": "b", "url": "u", "ramRole": "r"}));
    a_bucket_with_keys: "data-cache-spec", source("OSS", &json!({"bucket": "b", "url": "u", "akId": "a", "akSecret": "s"}));
}

#[test]
fn the_type_of_a_hub_is_told_how_to_write_it() {
    let Cache(findings) = source("HuggingFace", &json!({"repoId": "shop/small"}));
    let finding = findings.iter().next().expect("it fires");
    assert!(
        finding.remedy().contains("repoSource: HuggingFace/Model"),
        "{}",
        finding.remedy()
    );
}

#[test]
fn which_size_counts_follows_the_policy() {
    for (choice, counts) in [("AnnotationWins", "40"), ("SpecWins", "25")] {
        let mut policies = Policies::default();
        policies.set("ImageCacheOverlap", choice).expect("a choice");
        let json = json!({"metadata": {"name": "web", "annotations": {"k8s.aliyun.com/imc-size": "40"}},
                          "spec": {"images": [IMAGE], "imageCacheSize": 25}});
        let cache: ImageCache = serde_json::from_value(json).expect("an ImageCache");
        let found = judged_under(&policies, &Object::from(&cache)).0;
        let notes: Vec<String> = found
            .iter()
            .flat_map(eci_model::Finding::notes)
            .map(ToString::to_string)
            .collect();
        assert_eq!(notes, [format!("{counts} counts here (policy ImageCacheOverlap)")]);
    }
}
