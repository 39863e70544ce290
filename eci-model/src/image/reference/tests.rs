use super::*;
use proptest::prelude::*;

const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

macro_rules! parts {
    ($($fact:ident: $text:expr => $host:expr, $path:literal, $tag:expr;)*) => {$(
        #[test]
        fn $fact() {
            let image = ImageReference::parse($text).expect("a reference");
            let host: Option<&str> = $host;
            let tag: Option<&str> = $tag;
            assert_eq!((image.host(), image.path(), image.tag()), (host, $path, tag));
            assert_eq!(image.to_string(), $text);
        }
    )*};
}

// The forms of Configure the image of a container, 2025-01-14, and of Pull images from self-managed registries, 2024-01-19.
parts! {
    the_public_hub: "nginx:1.14" => None, "nginx", Some("1.14");
    a_name_alone: "nginx" => None, "nginx", None;
    a_user_of_the_hub: "bitnami/redis:7.2" => None, "bitnami/redis", Some("7.2");
    personal_edition: "registry.cn-hangzhou.aliyuncs.com/shop/web:1.4" => Some("registry.cn-hangzhou.aliyuncs.com"), "shop/web", Some("1.4");
    enterprise_edition: "shop-registry-vpc.cn-hangzhou.cr.aliyuncs.com/a/b/c:v1" => Some("shop-registry-vpc.cn-hangzhou.cr.aliyuncs.com"), "a/b/c", Some("v1");
    a_port: "192.168.1.1:5000/web:1" => Some("192.168.1.1:5000"), "web", Some("1");
    a_port_without_tag: "reg:80/web" => Some("reg:80"), "web", None;
    localhost_is_a_host: "localhost/web" => Some("localhost"), "web", None;
    an_address_of_six: "[fd00::1]:5000/web:1" => Some("[fd00::1]:5000"), "web", Some("1");
    a_number_after_a_name_is_a_tag: "web:5000" => None, "web", Some("5000");
    separators: "a.b/c__d/e---f:G.h_i-j" => Some("a.b"), "c__d/e---f", Some("G.h_i-j");
}

macro_rules! faults {
    ($($fact:ident: $text:expr => $fault:ident, $part:expr;)*) => {$(
        #[test]
        fn $fact() {
            let text: &str = $text;
            let error = ImageReference::parse(text).expect_err("no reference");
            assert_eq!(error.fault(), ReferenceFault::$fault);
            assert_eq!(&text[error.within()], $part);
            assert!(!error.to_string().is_empty());
        }
    )*};
}

faults! {
    nothing: "" => Length, "";
    too_long: &"a".repeat(256) => Length, "a".repeat(256);
    a_scheme_behind_a_name: "nginx@oci://web" => Scheme, "nginx@oci://web";
    a_scheme: "https://harbor.example/lib/web:1" => Scheme, "https://harbor.example/lib/web:1";
    upper_case: "shop/Web:1.4" => Path, "shop/Web";
    a_blank: "nginx 1" => Path, "nginx 1";
    a_placeholder: "registry.cn-hangzhou.aliyuncs.com/<namespace>/web" => Path, "<namespace>/web";
    three_underscores: "a___b" => Path, "a___b";
    two_points: "a..b" => Path, "a..b";
    a_slash_at_the_end: "shop/web/" => Path, "shop/web/";
    a_host_alone: "registry.example/" => Path, "";
    a_bad_host: "reg_1.example/web" => Host, "reg_1.example";
    a_bad_port: "reg:70000/web" => Host, "reg:70000";
    an_empty_tag: "web:" => Tag, "";
    a_bad_tag: "web:-1" => Tag, "-1";
    a_variable: "web:${TAG}" => Tag, "${TAG}";
    a_short_digest: "web@sha256:abc" => Digest, "sha256:abc";
}

#[test]
fn a_digest_stands_beside_or_without_a_tag() {
    let text = format!("shop/web@{DIGEST}");
    let image = ImageReference::parse(&text).expect("a reference");
    assert_eq!(
        (image.tag(), image.digest(), image.is_latest()),
        (None, Some(DIGEST), false)
    );
    assert_eq!(image.normalized(), format!("docker.io/shop/web@{DIGEST}"));
    let text = format!("shop/web:1@{DIGEST}");
    assert_eq!(ImageReference::parse(&text).expect("a reference").to_string(), text);
}

#[test]
fn what_registries_assume_is_written_out() {
    for (text, whole) in [
        ("nginx", "docker.io/library/nginx:latest"),
        ("index.docker.io/shop/web:1", "docker.io/shop/web:1"),
        ("quay.io/web", "quay.io/web:latest"),
    ] {
        assert_eq!(ImageReference::parse(text).expect(text).normalized(), whole);
    }
}

#[test]
fn the_same_image_may_be_written_in_two_ways() {
    let same = |a: &str, b: &str| {
        let (a, b) = (ImageReference::parse(a).expect(a), ImageReference::parse(b).expect(b));
        (a.is_same_repository(&b), a.is_same_image(&b))
    };
    assert_eq!(same("nginx", "docker.io/library/nginx:latest"), (true, true));
    assert_eq!(same("nginx:1", "nginx:2"), (true, false));
    assert_eq!(same("nginx", "quay.io/nginx"), (false, false));
    assert_eq!(same("shop/web:1", &format!("shop/web:1@{DIGEST}")), (true, true));
    assert_eq!(same("shop/web", &format!("shop/web@{DIGEST}")), (true, false));
}

fn reference() -> impl Strategy<Value = String> {
    let host = proptest::option::of("[a-z]{1,8}\\.[a-z]{2,5}(:[1-9][0-9]{0,3})?");
    let path = "[a-z0-9]{1,6}((\\.|_|__|-{1,3})[a-z0-9]{1,4}){0,2}(/[a-z0-9]{1,6}){0,2}";
    let tag = proptest::option::of("[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}");
    (host, path, tag, any::<bool>()).prop_map(|(host, path, tag, digest)| {
        // Before a slash, a name with a point would be a host.
        let path = if host.is_none() { path.replace('.', "-") } else { path };
        let host = host.map(|host| host + "/").unwrap_or_default();
        let tag = tag.map(|tag| format!(":{tag}")).unwrap_or_default();
        let digest = if digest { format!("@{DIGEST}") } else { String::new() };
        format!("{host}{path}{tag}{digest}")
    })
}

/// The parts, one search after the other.
fn searched(text: &str) -> (Option<&str>, &str, Option<&str>, Option<&str>) {
    let (name, digest) = text
        .split_once('@')
        .map_or((text, None), |(name, digest)| (name, Some(digest)));
    let is_host = |first: &str| {
        first == "localhost" || first.contains(['.', ':']) || first.bytes().any(|byte| byte.is_ascii_uppercase())
    };
    let (host, rest) = match name.split_once('/') {
        Some((first, rest)) if is_host(first) => (Some(first), rest),
        _ => (None, name),
    };
    let (path, tag) = rest
        .rsplit_once(':')
        .map_or((rest, None), |(path, tag)| (path, Some(tag)));
    (host, path, tag, digest)
}

proptest! {
    #[test]
    fn what_is_printed_reads_back_as_the_same(text in reference()) {
        let image = ImageReference::parse(&text).expect("a reference");
        prop_assert_eq!(image.to_string(), text.clone());
        let whole = image.normalized();
        let again = ImageReference::parse(&whole).expect("a reference");
        prop_assert_eq!(again.normalized(), whole.clone());
        prop_assert!(image.is_same_image(&again) && again.is_same_image(&image));
    }

    #[test]
    fn parts_are_those_that_searches_find(text in "[a-z.:@/A-Z-]{0,24}|localhost[:/@a-z]{0,8}") {
        let image = ImageReference::split(&text);
        prop_assert_eq!((image.host, image.path, image.tag, image.digest), searched(&text));
    }

    #[test]
    fn any_text_is_read_or_told_with_a_place_in_it(text in "\\PC{0,40}") {
        match ImageReference::parse(&text) {
            Ok(image) => prop_assert_eq!(image.to_string(), text),
            Err(error) => prop_assert!(text.get(error.within()).is_some()),
        }
    }
}
