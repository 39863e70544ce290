//! Rules about the images of a pod.

use eci_model::List;
use eci_model::image::{CacheChoice, choose};
use eci_model::policy::Policies;
use eci_model::settings::RegistryHost;
use eci_model::{EffectivePod, Given, Overlay, Site};
use serde_json::json;

use crate::case::{Case, IMAGE, fires, given, image, severities, silent};

const LATEST: &str = "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:latest";
const PUBLIC: &str = "registry.cn-hangzhou.aliyuncs.com/shop/web:1.4";
const HARBOR: &str = "harbor.example.com:5000/shop/web:1.4";
const CONFIG: &str = "kubernetes.io/dockerconfigjson";
const ON_DEMAND: &str = "k8s.aliyun.com/image-accelerate-mode";

fn auto(value: bool) -> Case {
    image(IMAGE).set(|it| it.auto_image_cache = given(value))
}

fn pull(case: Case, policy: &str) -> Case {
    case.container("imagePullPolicy", json!(policy))
}

fn hosts(text: &str) -> Option<Given<List<RegistryHost>>> {
    given(List(
        text.split(',').map(|host| host.parse().expect("a host")).collect(),
    ))
}

fn plain(text: &str) -> Case {
    image(HARBOR)
        .note("plain-http-registry", text)
        .set(|it| it.plain_http_registries = hosts(text))
}

fn secrets(case: Case) -> Case {
    case.with("imagePullSecrets", json!([{"name": "harbor"}]))
}

fn instances() -> Case {
    image(IMAGE)
        .note("acr-instance-ids", "cri-j36zhodptmyq1234")
        .set(|it| it.acr_instances = given(List(vec!["cri-j36zhodptmyq1234".parse().expect("an instance")])))
}

fires! {
    an_image_in_upper_case: "image-reference", image("shop/Web:1");
    an_image_that_is_missing: "image-reference", image("");
    an_init_image_that_is_none: "image-reference", image(IMAGE).with("initContainers", json!([{"name": "a", "image": "a b"}]));
    the_tag_latest: "image-tag-latest", image(LATEST);
    neither_tag_nor_digest: "image-tag-latest", image("nginx");
    the_public_form_next_door: "image-public-form-in-region", image(PUBLIC);
    the_public_form_of_an_instance: "image-public-form-in-region", image("shop-registry.cn-hangzhou.cr.aliyuncs.com/web:1");
    an_image_for_arm_alone: "image-arch", image(IMAGE).known("1Gi", &["arm64"]);
    an_image_for_others_on_arm: "image-arch", image(IMAGE).known("1Gi", &["amd64"]).change(|it| it.arm = true);
    never_without_a_cache: "pull-never", pull(auto(false), "Never");
    never_where_matching_is_off_by_default: "pull-never", pull(image(IMAGE), "Never").policy("AutoImageCache", "OffByDefault");
    always_with_a_cache: "pull-always-with-cache", pull(auto(true), "Always");
    always_with_a_named_cache: "pull-always-with-cache", pull(image(IMAGE).named_cache(), "Always");
    a_registry_of_ones_own: "registry-needs-secret", image(HARBOR);
    instances_for_default_domains: "acr-custom-domain", instances();
    an_own_domain_without_instance: "acr-custom-domain",
        image("images.example.com/web:1").change(|it| it.images.custom_domains.insert("images.example.com".into()));
    secrets_beside_the_helper: "acr-helper-conflict",
        secrets(image(HARBOR)).change(|it| it.images.helper_namespaces.insert("shop".into()));
    a_host_without_its_port: "registry-host-unused", plain("harbor.example.com");
    a_host_in_both_lists: "registry-host-in-both",
        plain("harbor.example.com:5000").set(|it| it.insecure_registries = hosts("harbor.example.com:5000"));
    a_host_with_a_scheme: "registry-host-scheme", plain("http://harbor.example.com:5000");
    a_host_with_a_path: "registry-host-scheme", plain("harbor.example.com:5000/shop");
    an_opaque_secret: "pull-secret-kind", secrets(image(HARBOR)).secret("Opaque", "password", "x");
    a_secret_without_entries: "pull-secret-kind", secrets(image(HARBOR)).secret(CONFIG, ".dockerconfigjson", r#"{"auths": {}}"#);
    a_secret_that_is_not_there: "pull-secret-kind", secrets(image(HARBOR)).complete();
    an_image_that_is_not_accelerated: "acceleration-label", image(IMAGE).label(ON_DEMAND, "on-demand");
    peers: "acceleration-label", image(IMAGE).label(ON_DEMAND, "p2p");
    a_cache_in_the_making: "image-cache-not-ready", image(IMAGE).named_cache().cache(IMAGE, "Creating");
    a_cache_that_is_updated: "image-cache-not-ready", image(IMAGE).named_cache().cache(IMAGE, "Updating");
    a_cache_that_is_not_there: "image-cache-missing", image(IMAGE).named_cache().change(|it| it.images.inventory = Some(vec![]));
    caches_of_other_images: "image-cache-no-match", image(IMAGE).cache("nginx:1", "Ready");
}

silent! {
    a_good_image: "image-reference", image(IMAGE);
    a_digest_without_tag: "image-tag-latest",
        image("nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    the_public_form_elsewhere: "image-public-form-in-region", image("registry.cn-beijing.aliyuncs.com/shop/web:1.4");
    the_public_form_in_an_unknown_region: "image-public-form-in-region", image(PUBLIC).change(|it| it.region = None);
    the_form_of_the_vpc: "image-public-form-in-region", image(IMAGE);
    an_image_for_both: "image-arch", image(IMAGE).known("1Gi", &["amd64", "arm64"]);
    an_image_of_which_nothing_is_known: "image-arch", image(IMAGE).change(|it| it.arm = true);
    never_with_automatic_matching: "pull-never", pull(image(IMAGE), "Never");
    never_with_a_named_cache: "pull-never", pull(auto(false).named_cache(), "Never");
    always_without_saying_so: "pull-always-with-cache", pull(image(IMAGE), "Always");
    always_with_a_moving_tag: "pull-always-with-cache",
        pull(image(LATEST).set(|it| it.auto_image_cache = given(true)), "Always");
    a_registry_with_a_secret: "registry-needs-secret", secrets(image(HARBOR));
    the_registry_of_the_platform: "registry-needs-secret", image(PUBLIC);
    a_public_hub: "registry-needs-secret", image("quay.io/shop/web:1");
    a_hub_that_was_named: "registry-needs-secret",
        image(HARBOR).change(|it| it.images.public_hosts.insert("harbor.example.com:5000".into()));
    instances_for_an_own_domain: "acr-custom-domain",
        instances().container("image", json!("images.example.com/web:1"));
    instances_of_another_account: "acr-custom-domain",
        instances().set(|it| it.acr_service_arns = given(List(vec!["acs:ram::1609982529123456:role/acr".parse().expect("a role")])));
    the_helper_elsewhere: "acr-helper-conflict",
        secrets(image(HARBOR)).change(|it| it.images.helper_namespaces.insert("other".into()));
    the_helper_on_a_living_pod: "acr-helper-conflict",
        secrets(image(HARBOR)).change(|it| { it.images.helper_namespaces.insert("shop".into()); it.live = true; });
    a_host_with_its_port: "registry-host-unused", plain("harbor.example.com:5000");
    a_scheme_is_told_once: "registry-host-unused", plain("http://harbor.example.com:5000");
    a_host_in_one_list: "registry-host-in-both", plain("harbor.example.com:5000");
    a_host_alone: "registry-host-scheme", plain("harbor.example.com:5000");
    a_secret_for_registries: "pull-secret-kind",
        secrets(image(HARBOR)).secret(CONFIG, ".dockerconfigjson", r#"{"auths": {"harbor.example.com:5000": {"auth": "YTpi"}}}"#);
    a_secret_of_which_nothing_is_known: "pull-secret-kind", secrets(image(HARBOR));
    an_accelerated_image: "acceleration-label",
        image("shop-registry-vpc.cn-hangzhou.cr.aliyuncs.com/web:1_accelerated").label(ON_DEMAND, "on-demand");
    no_acceleration: "acceleration-label", image(IMAGE);
    a_ready_cache: "image-cache-not-ready", image(IMAGE).named_cache().cache(IMAGE, "Ready");
    a_cache_that_may_be_elsewhere: "image-cache-missing", image(IMAGE).named_cache();
    a_cache_that_is_there: "image-cache-missing", image(IMAGE).named_cache().cache(IMAGE, "Creating");
    caches_of_another_version: "image-cache-no-match",
        image(IMAGE).cache("registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.3", "Ready");
    caches_that_are_not_all_known: "image-cache-no-match", image(IMAGE);
    caches_that_are_not_wanted: "image-cache-no-match", auto(false).cache("nginx:1", "Ready");
    caches_off_by_default: "image-cache-no-match",
        image(IMAGE).cache("nginx:1", "Ready").policy("AutoImageCache", "OffByDefault");
}

severities! {
    a_missing_secret_is_a_warning: "pull-secret-kind" Warning, secrets(image(HARBOR)).complete();
    a_wrong_secret_is_an_error: "pull-secret-kind" Error, secrets(image(HARBOR)).secret("Opaque", "a", "b");
    acceleration_is_a_warning: "acceleration-label" Warning, image(IMAGE).label(ON_DEMAND, "on-demand");
    acceleration_in_a_finance_region_is_an_error: "acceleration-label" Error,
        image("shop-registry-vpc.cn-shanghai-finance-1.cr.aliyuncs.com/web:1_accelerated")
            .label(ON_DEMAND, "on-demand")
            .change(|it| it.region = "cn-shanghai-finance-1".parse().ok());
}

#[test]
fn the_wrong_part_of_an_image_is_pointed_at() {
    let findings = image("registry.example.com/shop/Web:1").findings();
    let finding = findings.iter().next().expect("it fires");
    assert_eq!(finding.place().within, Some((21, 29)));
    assert_eq!(finding.place().path.to_string(), "spec.containers[0].image");
}

#[test]
fn one_registry_is_told_once() {
    let twice = image(HARBOR).with("initContainers", json!([{"name": "a", "image": HARBOR}]));
    let told = twice
        .rules()
        .iter()
        .filter(|name| **name == "registry-needs-secret")
        .count();
    assert_eq!(told, 1);
}

/// What a pod uses, and who said so.
fn chosen(case: &Case) -> (String, Vec<String>, usize) {
    case.object(|object| {
        let view = object.pod().expect("a pod");
        let pod = EffectivePod::new(view, Overlay::default(), Overlay::default(), &case.settings);
        let decided = choose(&pod, &case.images, 30, &Site::new(case.edition, &case.policies));
        let trail = decided.trail().iter().map(ToString::to_string).collect();
        (decided.value().to_string(), trail, decided.beaten().len())
    })
}

#[test]
fn the_choice_of_a_cache_has_its_reasons() {
    let (value, trail, _) = chosen(&image(IMAGE));
    assert_eq!(
        (value.as_str(), trail[0].as_str()),
        (
            "automatic",
            "default of the feature by policy AutoImageCache=OnByDefault"
        )
    );
    assert_eq!(chosen(&image(IMAGE).policy("AutoImageCache", "OffByDefault")).0, "none");
    assert_eq!(chosen(&auto(false)).0, "none");
    let (value, _, beaten) = chosen(&auto(true).named_cache());
    assert_eq!((value.as_str(), beaten), ("imc-bp1h5sy5m4ky1jfz1234", 1));
    let (value, ..) = chosen(&image(IMAGE).cache(IMAGE, "Ready"));
    assert_eq!(value, "automatic: imc-bp1h5sy5m4ky1jfz1234 holds 1 of 1 images");
    let (value, trail, _) = chosen(&image(IMAGE).cache("nginx:1", "Ready"));
    assert_eq!((value.as_str(), trail.len()), ("automatic", 2));
}

#[test]
fn whether_init_images_count_is_a_policy() {
    let case = |choice: &str| {
        let init = json!([{"name": "a", "image": "nginx:1"}]);
        image(IMAGE)
            .with("initContainers", init)
            .cache(IMAGE, "Ready")
            .policy("ImageCacheInit", choice)
    };
    assert!(chosen(&case("Counted")).0.ends_with("1 of 2 images"));
    assert!(chosen(&case("NotCounted")).0.ends_with("1 of 1 images"));
    assert_eq!(Policies::default().image_cache_init.name(), "Counted");
    let choice = CacheChoice::Off;
    assert_eq!(choice.to_string(), "none");
}
