//! Volumes.

use serde_json::Value;

use super::env::{Kind, field};
use super::{Case, Missing, Parameters, claims, copy, list, text};

/// Path, content and mode of every file; whether modes go out in octal or decimal digits no page says.
type Files = Vec<(String, String, Option<u64>)>;

pub(super) fn volumes(case: &Case, out: &mut Parameters) -> Result<(), Missing> {
    for (index, volume) in list(&case.pod["spec"]["volumes"]).enumerate() {
        let at = format!("Volume.{}", index + 1);
        copy(out, format!("{at}.Name"), &volume["name"]);
        let mut kind = |kind: &str| out.insert(format!("{at}.Type"), kind.to_owned());
        if volume["emptyDir"].is_object() {
            kind("EmptyDirVolume");
            let dir = &volume["emptyDir"];
            if dir["medium"] != "" {
                copy(out, format!("{at}.EmptyDirVolume.Medium"), &dir["medium"]);
            }
            copy(out, format!("{at}.EmptyDirVolume.SizeLimit"), &dir["sizeLimit"]);
        } else if volume["nfs"].is_object() {
            kind("NFSVolume");
            copy(out, format!("{at}.NFSVolume.Server"), &volume["nfs"]["server"]);
            copy(out, format!("{at}.NFSVolume.Path"), &volume["nfs"]["path"]);
            copy(out, format!("{at}.NFSVolume.ReadOnly"), &volume["nfs"]["readOnly"]);
        } else if volume["persistentVolumeClaim"].is_object() {
            let name = text(&volume["persistentVolumeClaim"]["claimName"]);
            claims::claim(case, &name, &at, out)?;
        } else if volume["ephemeral"].is_object() {
            let pod = text(&case.pod["metadata"]["name"]);
            claims::claim(case, &format!("{pod}-{}", text(&volume["name"])), &at, out)?;
        } else if volume["flexVolume"].is_object() {
            kind("FlexVolume");
            copy(out, format!("{at}.FlexVolume.Driver"), &volume["flexVolume"]["driver"]);
            copy(out, format!("{at}.FlexVolume.FsType"), &volume["flexVolume"]["fsType"]);
            if volume["flexVolume"]["options"].is_object() {
                out.insert(
                    format!("{at}.FlexVolume.Options"),
                    volume["flexVolume"]["options"].to_string(),
                );
            }
        } else {
            kind("ConfigFileVolume");
            let (files, mode) = files_of(case, volume)?;
            write(&at, files, mode, out);
        }
    }
    Ok(())
}

fn write(at: &str, files: Files, mode: Option<u64>, out: &mut Parameters) {
    if let Some(mode) = mode {
        out.insert(format!("{at}.ConfigFileVolume.DefaultMode"), mode.to_string());
    }
    for (index, (path, content, mode)) in files.into_iter().enumerate() {
        let at = format!("{at}.ConfigFileVolume.ConfigFileToPath.{}", index + 1);
        out.insert(format!("{at}.Path"), path);
        out.insert(format!("{at}.Content"), base64(content.as_bytes()));
        if let Some(mode) = mode {
            out.insert(format!("{at}.Mode"), mode.to_string());
        }
    }
}

fn files_of(case: &Case, volume: &Value) -> Result<(Files, Option<u64>), Missing> {
    for (source, kind, name) in [("configMap", "ConfigMap", "name"), ("secret", "Secret", "secretName")] {
        let reference = &volume[source];
        if reference.is_object() {
            let files = selected(case, kind, &text(&reference[name]), reference)?;
            return Ok((files, reference["defaultMode"].as_u64()));
        }
    }
    if volume["downwardAPI"].is_object() {
        let mode = volume["downwardAPI"]["defaultMode"].as_u64();
        return Ok((downward(case, &volume["downwardAPI"]), mode));
    }
    let projected = &volume["projected"];
    let mut files = Files::new();
    for source in list(&projected["sources"]) {
        for (field, kind) in [("configMap", "ConfigMap"), ("secret", "Secret")] {
            if source[field].is_object() {
                files.extend(selected(case, kind, &text(&source[field]["name"]), &source[field])?);
            }
        }
        if source["serviceAccountToken"].is_object() {
            if !case.has_tokens {
                return Err(Missing);
            }
            let token = &source["serviceAccountToken"];
            files.push((text(&token["path"]), token_for(token["audience"].as_str()), None));
        }
        if source["downwardAPI"].is_object() {
            files.extend(downward(case, &source["downwardAPI"]));
        }
    }
    Ok((files, projected["defaultMode"].as_u64()))
}

/// The token that the service account is given for an audience.
pub(super) fn token_for(audience: Option<&str>) -> String {
    format!("token of {}", audience.unwrap_or("the cluster"))
}

/// All keys, or those that `items` names; a missing one counts unless the source is optional.
fn selected(case: &Case, kind: &str, name: &str, reference: &Value) -> Result<Files, Missing> {
    let optional = reference["optional"] == true;
    let Some(data) = case.object(kind, name) else {
        return if optional { Ok(Files::new()) } else { Err(Missing) };
    };
    if !reference["items"].is_array() {
        return Ok(data.into_iter().map(|(key, value)| (key, value, None)).collect());
    }
    let mut files = Files::new();
    for item in list(&reference["items"]) {
        match data.get(&text(&item["key"])) {
            Some(value) => {
                files.push((text(&item["path"]), value.clone(), item["mode"].as_u64()));
            }
            None if optional => {}
            None => return Err(Missing),
        }
    }
    Ok(files)
}

/// Whole maps are written a line an entry, sorted, the value in quotes.
fn downward(case: &Case, source: &Value) -> Files {
    let mut files = Files::new();
    for item in list(&source["items"]) {
        let path = item["fieldRef"]["fieldPath"].as_str().unwrap_or_default();
        let whole = path
            .strip_prefix("metadata.")
            .filter(|map| ["labels", "annotations"].contains(map));
        let content = match whole {
            Some(map) => {
                let entries = case.pod["metadata"][map].as_object().into_iter().flatten();
                let lines: Vec<String> = entries.map(|(key, value)| format!("{key}={value}")).collect();
                lines.join("\n")
            }
            None => match field(&case.pod, path) {
                Some(Kind::Plain(value)) => value,
                _ => continue,
            },
        };
        files.push((text(&item["path"]), content, item["mode"].as_u64()));
    }
    files
}

/// Three bytes as four letters, the last ones filled up.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let filled = [0, 1, 2].map(|index| chunk.get(index).copied().map_or(0, u32::from));
        let bits = filled[0] << 16 | filled[1] << 8 | filled[2];
        for letter in 0..4 {
            let index = usize::try_from(bits >> (18 - 6 * letter) & 63).expect("small");
            out.push(if letter > chunk.len() {
                '='
            } else {
                char::from(LETTERS[index])
            });
        }
    }
    out
}
