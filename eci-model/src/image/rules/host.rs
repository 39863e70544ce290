//! Lists of self-managed registries, on pods and on image caches.

use std::collections::BTreeSet;

use super::{Scene, Used, key};
use crate::finding::{FindingBuilder, Findings};
use crate::image::ImageReference;
use crate::object::Object;
use crate::path::At;
use crate::resource::ImageCache;
use crate::rule::{Basis, Code, Rule, Rules, Severity};
use crate::settings::RegistryHost;

const PAGE: &str = "Pull images from self-managed registries, 2024-01-19";

/// A registry that no image names.
pub const REGISTRY_HOST_UNUSED: &Rule = &Rule::warning(Code::eci(6026), "registry-host-unused")
    .summary("no image names this registry")
    .why("an entry counts for images whose host, with its port, is exactly the same")
    .remedy("write host and port as the image has them, or drop the entry")
    .basis(Basis::Ours(PAGE))
    .page(include_str!("../../../rules/registry-host-unused.md"));

/// A registry in two lists.
pub const REGISTRY_HOST_IN_BOTH: &Rule = &Rule::warning(Code::eci(6028), "registry-host-in-both")
    .summary("the registry is asked over plain HTTP and over HTTPS without a check")
    .why("no page says which of the lists counts")
    .remedy("keep it in one of them")
    .basis(Basis::Ours(PAGE))
    .page(include_str!("../../../rules/registry-host-in-both.md"));

/// More than host and port.
pub const REGISTRY_HOST_SCHEME: &Rule = &Rule::error(Code::eci(6030), "registry-host-scheme")
    .summary("more than the host of a registry")
    .why("entries are compared with the host and port of images, which have neither scheme nor path")
    .remedy("write `host[:port]`")
    .basis(Basis::Documented(PAGE))
    .page(include_str!("../../../rules/registry-host-scheme.md"));

/// This family.
pub static RULES: Rules = Rules::new(&[REGISTRY_HOST_UNUSED, REGISTRY_HOST_IN_BOTH, REGISTRY_HOST_SCHEME]);

pub(super) fn pod(scene: &Scene<'_>, images: &[Used<'_>], out: &mut Findings) {
    let settings = scene.pod.settings();
    let lists = [
        (key::PLAIN_HTTP, &settings.plain_http_registries),
        (key::INSECURE, &settings.insecure_registries),
    ];
    if lists.iter().all(|(_, list)| list.is_none()) {
        return;
    }
    let hosts = images.iter().filter_map(|used| used.reference.as_ref().ok());
    let hosts: BTreeSet<&str> = hosts.map(ImageReference::registry_host).collect();
    let named = lists.map(|(key, list)| {
        let list = list.as_ref().map(|given| given.value.0.as_slice());
        (key, list.unwrap_or_default())
    });
    let begin = |rule, key: &str, entry: &str| {
        let finding = scene.pod.annotation_finding(rule, key);
        let own = scene.pod.annotations().own(key).and_then(|text| text.find(entry));
        match own {
            Some(begin) => finding.within(begin..begin + entry.len()),
            None => finding,
        }
    };
    let is_injected = |key: &str| scene.pod.annotations().injection(key).is_some();
    judge(&named, &hosts, begin, is_injected, out);
}

/// The lists of an `ImageCache`, against the images in it.
pub(super) fn image_cache(object: &Object<'_>, cache: &ImageCache, out: &mut Findings) {
    let text = |key: &str| cache.metadata.annotations.as_ref().and_then(|map| map.get(key));
    let read = |key: &str| -> Vec<RegistryHost> {
        let entries = text(key).map(|text| text.split(',').map(str::trim));
        entries
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.parse().ok())
            .collect()
    };
    let (plain, insecure) = (read(key::PLAIN_HTTP), read(key::INSECURE));
    let images = cache
        .spec
        .images
        .iter()
        .filter_map(|image| ImageReference::parse(image).ok());
    let hosts: BTreeSet<&str> = images.map(|image| image.registry_host()).collect();
    let lists = [
        (key::PLAIN_HTTP, plain.as_slice()),
        (key::INSECURE, insecure.as_slice()),
    ];
    let begin = |rule: &'static Rule, key: &str, entry: &str| {
        let metadata = At::ROOT.field("metadata");
        let annotations = metadata.field("annotations");
        let finding = rule.at(object.place(&annotations.key(key)));
        match text(key).and_then(|text| text.find(entry)) {
            Some(begin) => finding.within(begin..begin + entry.len()),
            None => finding,
        }
    };
    judge(&lists, &hosts, begin, |_| false, out);
}

fn judge(
    lists: &[(&'static str, &[RegistryHost]); 2],
    hosts: &BTreeSet<&str>,
    begin: impl Fn(&'static Rule, &str, &str) -> FindingBuilder,
    is_injected: impl Fn(&str) -> bool,
    out: &mut Findings,
) {
    for (key, list) in lists {
        for host in *list {
            let text = host.as_str();
            if host.has_scheme_or_path() {
                out.push(begin(REGISTRY_HOST_SCHEME, key, text).found(text.to_owned()));
            } else if !hosts.contains(text) {
                let severity = if is_injected(key) {
                    Severity::Info
                } else {
                    Severity::Warning
                };
                let finding = begin(REGISTRY_HOST_UNUSED, key, text)
                    .severity(severity)
                    .found(text.to_owned());
                out.push(match nearest(text, hosts) {
                    Some(host) => finding.expected(format!("`{host}`, as an image has it")),
                    None => finding,
                });
            }
        }
    }
    let [(_, plain), (key, insecure)] = lists;
    for host in insecure.iter().filter(|host| plain.contains(host)) {
        out.push(begin(REGISTRY_HOST_IN_BOTH, key, host.as_str()).found(host.as_str().to_owned()));
    }
}

/// The host of an image that differs by its port only.
fn nearest<'h>(entry: &str, hosts: &BTreeSet<&'h str>) -> Option<&'h str> {
    let name = |host: &str| host.split(':').next().map(ToOwned::to_owned);
    hosts.iter().find(|host| name(host) == name(entry)).copied()
}
