//! Claims: to the volume they are bound to, and by its driver to what the API has.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Case, Missing, Parameters, copy, list, text};

/// Writes the volume of a claim below `at`.
pub(super) fn claim(case: &Case, name: &str, at: &str, out: &mut Parameters) -> Result<(), Missing> {
    let claim = case.any("PersistentVolumeClaim", name).ok_or(Missing)?;
    let bound = claim["spec"]["volumeName"].as_str().ok_or(Missing)?;
    let volume = case.any("PersistentVolume", bound).ok_or(Missing)?;
    let spec = &volume["spec"];
    let keys = keys(case, spec)?;
    if spec["nfs"].is_object() {
        nfs(
            at,
            &spec["nfs"]["server"],
            &spec["nfs"]["path"],
            &spec["nfs"]["readOnly"],
            out,
        );
        return Ok(());
    }
    if spec["flexVolume"].is_object() {
        let options = texts(&spec["flexVolume"]["options"]).into_iter().chain(keys).collect();
        flex(
            at,
            &text(&spec["flexVolume"]["driver"]),
            &spec["flexVolume"]["fsType"],
            &options,
            out,
        );
        return Ok(());
    }
    let csi = &spec["csi"];
    let attributes = texts(&csi["volumeAttributes"]);
    match csi["driver"].as_str() {
        Some("diskplugin.csi.alibabacloud.com") => {
            let options = BTreeMap::from([("volumeId".to_owned(), text(&csi["volumeHandle"]))]);
            flex(at, "alicloud/disk", &csi["fsType"], &options, out);
        }
        Some("ossplugin.csi.alibabacloud.com") => {
            let known = ["bucket", "url", "path", "otherOpts", "ramRole", "akId", "akSecret"];
            let known = attributes.into_iter().filter(|(key, _)| known.contains(&key.as_str()));
            flex(at, "alicloud/oss", &Value::Null, &known.chain(keys).collect(), out);
        }
        Some("nasplugin.csi.alibabacloud.com") => nas(at, spec, &attributes, out),
        // CPFS and foreign drivers: the API has nothing for them.
        _ => return Err(Missing),
    }
    Ok(())
}

/// The keys of the Secret that a volume names; one that is not there leaves the pod without its volume.
fn keys(case: &Case, spec: &Value) -> Result<BTreeMap<String, String>, Missing> {
    for reference in [&spec["csi"]["nodePublishSecretRef"], &spec["flexVolume"]["secretRef"]] {
        if reference.is_object() {
            return case.object("Secret", &text(&reference["name"])).ok_or(Missing);
        }
    }
    Ok(BTreeMap::new())
}

/// A mount without options is plain NFS, one with options is the Flex volume that takes them.
fn nas(at: &str, spec: &Value, attributes: &BTreeMap<String, String>, out: &mut Parameters) {
    let server = attributes.get("server").cloned().unwrap_or_default();
    let path = attributes.get("path").cloned().unwrap_or_else(|| "/".to_owned());
    let mut version = attributes.get("vers").cloned();
    let mut options: Vec<String> = Vec::new();
    for option in list(&spec["mountOptions"]).flat_map(|all| all.as_str().unwrap_or_default().split(',')) {
        if let Some(number) = option.strip_prefix("vers=") {
            version = Some(number.to_owned());
        } else {
            options.push(option.to_owned());
        }
    }
    if version.is_none() && options.is_empty() {
        nfs(at, &server.into(), &path.into(), &spec["csi"]["readOnly"], out);
        return;
    }
    let mut all = BTreeMap::from([("server".to_owned(), server), ("path".to_owned(), path)]);
    if !options.is_empty() {
        all.insert("options".to_owned(), options.join(","));
    }
    all.extend(version.map(|version| ("vers".to_owned(), version)));
    flex(at, "alicloud/nas", &Value::Null, &all, out);
}

fn nfs(at: &str, server: &Value, path: &Value, read_only: &Value, out: &mut Parameters) {
    out.insert(format!("{at}.Type"), "NFSVolume".to_owned());
    copy(out, format!("{at}.NFSVolume.Server"), server);
    copy(out, format!("{at}.NFSVolume.Path"), path);
    copy(out, format!("{at}.NFSVolume.ReadOnly"), read_only);
}

fn flex(at: &str, driver: &str, fs_type: &Value, options: &BTreeMap<String, String>, out: &mut Parameters) {
    out.insert(format!("{at}.Type"), "FlexVolume".to_owned());
    out.insert(format!("{at}.FlexVolume.Driver"), driver.to_owned());
    copy(out, format!("{at}.FlexVolume.FsType"), fs_type);
    let options = serde_json::to_string(options).expect("texts");
    out.insert(format!("{at}.FlexVolume.Options"), options);
}

fn texts(map: &Value) -> BTreeMap<String, String> {
    let entries = map.as_object().into_iter().flatten();
    entries.map(|(key, value)| (key.clone(), text(value))).collect()
}
