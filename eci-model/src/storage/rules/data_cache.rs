//! Data caches: objects by themselves, and the paths that pods mount.

use std::collections::BTreeMap;

use super::{Scene, key};
use crate::finding::{FindingBuilder, Findings};
use crate::object::Object;
use crate::path::At;
use crate::resource::DataCache;
use crate::rule::{Basis, Code, Rule, Rules};

/// A cache that cannot be made.
pub const DATA_CACHE_SPEC: &Rule = &Rule::error(Code::eci(6060), "data-cache-spec")
    .summary("the data cache cannot be made like this")
    .why("the data cannot be fetched, and pods that mount the cache are not created")
    .remedy("give a path, a bucket of your own, a source of type URL, NAS, OSS or SNAPSHOT with its options, and one way to an EIP")
    .basis(Basis::Documented("Create and manage DataCaches, 2024-07-23; Deploy the DataCache CRD, 2024-01-08"))
    .page(include_str!("../../../rules/data-cache-spec.md"));

/// A cache that cannot be mounted yet, or any more.
pub const DATA_CACHE_NOT_AVAILABLE: &Rule = &Rule::error(Code::eci(6062), "data-cache-not-available")
    .summary("the data cache is not available")
    .why("only a cache in the state `Available` can be mounted")
    .remedy("wait until it is available, or make it anew")
    .basis(Basis::Documented("DescribeDataCaches, 2025-10-17"))
    .page(include_str!("../../../rules/data-cache-not-available.md"));

/// A path at which there is no cache.
pub const DATA_CACHE_PATH_UNKNOWN: &Rule = &Rule::warning(Code::eci(6064), "data-cache-path-unknown")
    .summary("no data cache stands at this path of the bucket")
    .why("with a data-cache bucket, `hostPath` names the path of a cache in it")
    .remedy("write the path as the data cache has it, or make the data cache")
    .basis(Basis::Inferred("Create a pod using DataCache, 2025-01-14"))
    .page(include_str!("../../../rules/data-cache-path-unknown.md"));

/// This family.
pub static RULES: Rules = Rules::new(&[DATA_CACHE_SPEC, DATA_CACHE_NOT_AVAILABLE, DATA_CACHE_PATH_UNKNOWN]);

pub(super) fn pod(scene: &Scene<'_>, out: &mut Findings) {
    let Some(bucket) = &scene.pod.settings().data_cache_bucket else {
        return;
    };
    let spec = At::ROOT.field("spec");
    let volumes = spec.field("volumes");
    for (index, volume) in scene.pod.volumes().iter().enumerate() {
        // A path that is none of a cache is told by its own rule.
        let Some(mount) = volume.host_path.as_ref().filter(|mount| mount.path.starts_with('/')) else {
            continue;
        };
        let volume_at = volumes.index(index);
        let mount_at = volume_at.field("hostPath");
        let finding = |rule: &'static Rule| {
            rule.at(scene.pod.place(&mount_at.field("path")))
                .found(mount.path.clone())
        };
        match scene.data_caches.get(&bucket.value, &mount.path) {
            Some(cache) => {
                if let Some(state) = cache.state.filter(|state| !state.is_usable()) {
                    let is = format!("it is {}", state.name());
                    out.push(finding(DATA_CACHE_NOT_AVAILABLE).expected("state `Available`").note(is));
                }
            }
            None if scene.data_caches.is_complete() => {
                let bucket = format!("bucket `{}` by `{}`", bucket.value, key::BUCKET);
                out.push(finding(DATA_CACHE_PATH_UNKNOWN).note(bucket));
            }
            None => {}
        }
    }
}

pub(super) fn object(object: &Object<'_>, cache: &DataCache, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let at = |field: &'static str| DATA_CACHE_SPEC.at(object.place(&spec.field(field)));
    if cache.spec.path.trim().is_empty() {
        out.push(
            DATA_CACHE_SPEC
                .at(object.place(&spec))
                .title("the data cache has no path")
                .expected("`path`"),
        );
    }
    if let Some(bucket) = cache.spec.bucket.as_deref().filter(|bucket| *bucket == "eci-system") {
        out.push(
            at("bucket")
                .found(bucket.to_owned())
                .expected("a bucket of your own: this one is reserved"),
        );
    }
    source(object, cache, out);
    let network = cache.spec.net_config.as_ref();
    if network.is_some_and(|network| network.eip_instance_id.is_some() && network.eip_create_param.is_some()) {
        let net_config = spec.field("netConfig");
        let finding = DATA_CACHE_SPEC.at(object.place(&net_config.field("eipCreateParam")));
        let title = "an existing EIP and one that is to be made exclude each other";
        out.push(
            finding
                .title(title)
                .expected("one of `eipInstanceId` and `eipCreateParam`"),
        );
    }
}

fn source(object: &Object<'_>, cache: &DataCache, out: &mut Findings) {
    let source = &cache.spec.data_source;
    let spec = At::ROOT.field("spec");
    let data_source = spec.field("dataSource");
    let kind = source.kind.as_deref().unwrap_or_default();
    let empty = BTreeMap::new();
    let options = source.options.as_ref().unwrap_or(&empty);
    let missing = |names: &[&'static str]| -> Vec<&'static str> {
        let is_missing = |name: &&&str| options.get(**name).is_none_or(|value| value.trim().is_empty());
        names.iter().filter(is_missing).copied().collect()
    };
    let at_type = |finding: FindingBuilder| finding.expected("`URL`, `NAS`, `OSS` or `SNAPSHOT`");
    let lacking = match kind {
        "URL" if options.contains_key("repoSource") => missing(&["repoId"]),
        "URL" => missing(&["url"]),
        "NAS" => missing(&["server"]),
        "OSS" => {
            let mut lacking = missing(&["bucket", "url"]);
            if !missing(&["ramRole"]).is_empty() && !missing(&["akId", "akSecret"]).is_empty() {
                lacking.push("ramRole, or akId and akSecret");
            }
            lacking
        }
        "SNAPSHOT" => missing(&["snapshotId"]),
        "" => {
            let finding = DATA_CACHE_SPEC
                .at(object.place(&data_source))
                .title("the data cache names no type of source");
            return out.push(at_type(finding));
        }
        other => {
            let finding = DATA_CACHE_SPEC
                .at(object.place(&data_source.field("type")))
                .found(other.to_owned());
            let is_hub = ["huggingface", "modelscope"].contains(&other.to_ascii_lowercase().as_str());
            return out.push(if is_hub {
                let remedy = format!("write type `URL` with the options `repoSource: {other}/Model` and `repoId`");
                at_type(finding).remedy(remedy)
            } else {
                at_type(finding)
            });
        }
    };
    if !lacking.is_empty() {
        let place = if source.options.is_some() {
            object.place(&data_source.field("options"))
        } else {
            object.place(&data_source)
        };
        let title = format!("a source of type {kind} lacks options");
        out.push(
            DATA_CACHE_SPEC
                .at(place)
                .title(title)
                .expected(format!("`{}`", lacking.join("`, `"))),
        );
    }
}
