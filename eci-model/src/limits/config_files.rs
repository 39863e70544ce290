//! How large the files of ConfigMaps and Secrets are that a pod mounts.

use crate::digest::{Digests, FilesDigest, MaterialKind, MaterialUse, PodDigest};
use crate::finding::Findings;
use crate::path::At;
use crate::policy::ConfigTotal;
use crate::rule::{Basis, Code, Rule, Rules, Severity};
use crate::site::Site;

/// Files of ConfigMaps and Secrets that are too large.
pub const CONFIG_VOLUME_SIZE: &Rule = &Rule::error(Code::eci(1320), "config-volume-size")
    .summary("files of ConfigMaps or Secrets that are larger than an instance takes")
    .why("the request carries them: 32 KiB a file, 60 KiB in all")
    .remedy("put large files on NAS or into the image, or select keys with `items`")
    .basis(Basis::Documented(
        "Volume overview, 2023-12-26, and ConfigFile volumes, 2024-11-15",
    ))
    .page(include_str!("../../rules/config-volume-size.md"));

pub(super) static RULES: Rules = Rules::new(&[CONFIG_VOLUME_SIZE]);

/// Bytes of one file (ConfigFile volumes, 2024-11-15).
pub const MOST_OF_A_FILE: u64 = 32 * 1024;

/// Bytes of all files of a pod (ConfigFile volumes, 2024-11-15).
pub const MOST_OF_A_POD: u64 = 60 * 1024;

pub(super) fn together(digests: &Digests, site: &Site<'_>, out: &mut Findings) {
    for pod in digests.pods().iter().filter(|pod| pod.may_run_on_eci()) {
        let files = pod.materials.iter().filter(|it| it.at.is_files());
        let known = files.filter_map(|it| Some((it, object(digests, pod, it)?)));
        let (mut total, mut told) = (0_u64, false);
        for (used, object) in known {
            let (sum, largest) = sizes(used, object);
            total = total.saturating_add(sum);
            if let Some((key, bytes)) = largest.filter(|(_, bytes)| *bytes > MOST_OF_A_FILE) {
                told = true;
                let finding = CONFIG_VOLUME_SIZE
                    .at(used.at.place(pod))
                    .found(format!("{bytes} bytes"));
                let finding = finding.expected(format!("at most {MOST_OF_A_FILE} bytes a file"));
                let related = format!("key `{key}`");
                let place = crate::finding::Location::new(object.subject.clone(), crate::path::FieldPath::ROOT);
                pod.tell(finding.related(place, related), out);
            }
        }
        if total > MOST_OF_A_POD && !told {
            let severity = match site.policies.config_total {
                ConfigTotal::Refuse => Severity::Error,
                ConfigTotal::Warn => Severity::Warning,
            };
            let spec = At::ROOT.field("spec");
            let finding = CONFIG_VOLUME_SIZE
                .at(pod.place(&spec.field("volumes")))
                .severity(severity);
            let finding = finding.found(format!("{total} bytes"));
            pod.tell(finding.expected(format!("at most {MOST_OF_A_POD} bytes in all")), out);
        }
    }
}

fn object<'d>(digests: &'d Digests, pod: &PodDigest, used: &MaterialUse) -> Option<&'d FilesDigest> {
    match used.kind {
        MaterialKind::ConfigMap => digests.config_map(pod.namespace(), &used.name),
        MaterialKind::Secret => digests.secret(pod.namespace(), &used.name),
    }
}

/// The bytes of the keys that are used, and the largest of them.
fn sizes<'d>(used: &MaterialUse, object: &'d FilesDigest) -> (u64, Option<(&'d str, u64)>) {
    let is_used = |key: &str| used.keys.is_empty() || used.keys.iter().any(|wanted| &**wanted == key);
    let files = object.files.iter().filter(|(key, _)| is_used(key));
    let (mut total, mut largest) = (0_u64, None);
    for (key, bytes) in files {
        total = total.saturating_add(*bytes);
        if largest.is_none_or(|(_, most)| *bytes > most) {
            largest = Some((&**key, *bytes));
        }
    }
    (total, largest)
}
