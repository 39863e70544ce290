//! Options of disk, NAS and OSS volumes.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{PersistentVolume, Volume};

use super::Scene;
use crate::finding::{FindingBuilder, Findings, Location};
use crate::object::Object;
use crate::path::{At, FieldPath};
use crate::rule::{Basis, Code, Rule, Rules, Severity};
use crate::storage::{DiskOptions, Driver, NasOptions, OssOptions, Source, VOLUME_GIB};

type Map = BTreeMap<String, String>;

/// A disk that cannot be made.
pub const FLEX_DISK_OPTIONS: &Rule = &Rule::error(Code::eci(6120), "flex-disk-options")
    .summary("no disk can be made of these options")
    .why("the instance is not created without the disk")
    .remedy("give `volumeId`, or `volumeSize` in GiB from 20 to 32768 with a level PL0 to PL3")
    .basis(Basis::Documented("Mount a disk volume, 2024-10-10"))
    .page(include_str!("../../../rules/flex-disk-options.md"));

/// Options beside an existing disk.
pub const FLEX_DISK_OPTIONS_IGNORED: &Rule = &Rule::warning(Code::eci(6122), "flex-disk-options-ignored")
    .summary("options beside an existing disk")
    .why("with `volumeId` all other options are ignored")
    .remedy("drop them")
    .basis(Basis::Documented("Mount a disk volume, 2024-10-10"))
    .page(include_str!("../../../rules/flex-disk-options-ignored.md"));

/// A NAS that cannot be found.
pub const NAS_OPTIONS: &Rule = &Rule::error(Code::eci(6124), "nas-options")
    .summary("a NAS volume without its server, or with a path that is none")
    .why("the file system cannot be mounted, and the pod does not start")
    .remedy("give `server` and a `path` that begins with `/`, on an Extreme NAS with `/share`")
    .basis(Basis::Documented("Mount a NAS volume, 2024-07-25"))
    .page(include_str!("../../../rules/nas-options.md"));

/// A bucket that cannot be found or opened.
pub const OSS_OPTIONS: &Rule = &Rule::error(Code::eci(6126), "oss-options")
    .summary("an OSS volume without its bucket, its endpoint, or anybody who opens it")
    .why("the bucket cannot be mounted, and the pod does not start")
    .remedy("give `bucket`, `url`, and a role, a Secret, or RRSA")
    .basis(Basis::Documented("Mount an OSS volume, 2024-07-29"))
    .page(include_str!("../../../rules/oss-options.md"));

/// Keys that everybody can read.
pub const OSS_KEYS_IN_MANIFEST: &Rule = &Rule::warning(Code::eci(6128), "oss-keys-in-manifest")
    .summary("keys of an account stand in the manifest")
    .why("whoever reads the manifest or the object can use them")
    .remedy("use `ramRole`, RRSA or a Secret, and change the keys")
    .basis(Basis::Ours(
        "Mount an OSS volume, 2024-07-29, shows `ramRole` as the other way",
    ))
    .page(include_str!("../../../rules/oss-keys-in-manifest.md"));

/// This family.
pub static RULES: Rules = Rules::new(&[
    FLEX_DISK_OPTIONS,
    FLEX_DISK_OPTIONS_IGNORED,
    NAS_OPTIONS,
    OSS_OPTIONS,
    OSS_KEYS_IN_MANIFEST,
]);

/// Options and where they stand: a map, and the object that holds it when the map is missing.
struct Options<'o> {
    map: &'o Map,
    is_written: bool,
    owner: Location,
    field: &'static str,
    /// Whether a Secret beside them holds the keys.
    has_secret: bool,
}

impl Options<'_> {
    /// A finding about one option, or about all when it is not written.
    fn at(&self, rule: &'static Rule, key: &str) -> FindingBuilder {
        let path = self.owner.path.clone();
        let path = match (self.is_written, self.map.contains_key(key)) {
            (true, true) => path.with_field(self.field).with_key(key),
            (true, false) => path.with_field(self.field),
            (false, _) => path,
        };
        rule.at(Location::new(self.owner.object.clone(), path))
    }
}

pub(super) fn pod(scene: &Scene<'_>, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let list = spec.field("volumes");
    for (index, volume) in scene.pod.volumes().iter().enumerate() {
        let at = list.index(index);
        match Source::of(volume) {
            Source::Flex(driver) => flex(scene, volume, driver, &at, out),
            Source::Nfs => {
                let Some(nfs) = &volume.nfs else { continue };
                let place = |field: &'static str| {
                    let nfs_at = at.field("nfs");
                    scene.pod.place(&nfs_at.field(field))
                };
                server(&nfs.server, &nfs.path, place, out);
            }
            _ => {}
        }
    }
}

fn flex(scene: &Scene<'_>, volume: &Volume, driver: Driver<'_>, at: &At<'_>, out: &mut Findings) {
    let Some(flex) = &volume.flex_volume else { return };
    let empty = Map::new();
    let options = Options {
        map: flex.options.as_ref().unwrap_or(&empty),
        is_written: flex.options.is_some(),
        owner: scene.pod.place(&at.field("flexVolume")),
        field: "options",
        has_secret: flex.secret_ref.is_some(),
    };
    match driver {
        Driver::Disk => {
            disk(&options, out);
            let file_system = flex.fs_type.as_deref().filter(|it| !it.is_empty());
            let bad = file_system.filter(|it| !DiskOptions::FILE_SYSTEMS.contains(it));
            if let Some(bad) = bad.filter(|_| DiskOptions::of(options.map).id.is_none()) {
                let flex_at = at.field("flexVolume");
                let finding = FLEX_DISK_OPTIONS.at(scene.pod.place(&flex_at.field("fsType")));
                out.push(finding.found(bad.to_owned()).expected(file_systems()));
            }
        }
        Driver::Nas => nas(&options, true, out),
        Driver::Oss => oss(&options, out),
        _ => {}
    }
}

/// Judges a PersistentVolume by its attributes.
pub(super) fn persistent(volume: &PersistentVolume, out: &mut Findings) {
    let Some(spec) = &volume.spec else { return };
    let object = Object::from(volume);
    if let Some(nfs) = &spec.nfs {
        let place = |field: &'static str| {
            let path = FieldPath::of("spec.nfs").with_field(field);
            Location::new(object.reference(), path)
        };
        return server(&nfs.server, &nfs.path, place, out);
    }
    let empty = Map::new();
    if let Some(csi) = &spec.csi {
        let options = Options {
            map: csi.volume_attributes.as_ref().unwrap_or(&empty),
            is_written: csi.volume_attributes.is_some(),
            owner: Location::new(object.reference(), FieldPath::of("spec.csi")),
            field: "volumeAttributes",
            has_secret: csi.node_publish_secret_ref.is_some() || csi.node_stage_secret_ref.is_some(),
        };
        match Driver::of_csi(&csi.driver) {
            Driver::Nas => nas(&options, false, out),
            Driver::Oss => oss(&options, out),
            _ => {}
        }
    } else if let Some(flex) = &spec.flex_volume {
        let options = Options {
            map: flex.options.as_ref().unwrap_or(&empty),
            is_written: flex.options.is_some(),
            owner: Location::new(object.reference(), FieldPath::of("spec.flexVolume")),
            field: "options",
            has_secret: flex.secret_ref.is_some(),
        };
        match Driver::of_flex(&flex.driver) {
            Driver::Nas => nas(&options, true, out),
            Driver::Oss => oss(&options, out),
            _ => {}
        }
    }
}

fn file_systems() -> String {
    format!("one of `{}`", DiskOptions::FILE_SYSTEMS.join("`, `"))
}

fn disk(options: &Options<'_>, out: &mut Findings) {
    let disk = DiskOptions::of(options.map);
    if let Some(id) = disk.id {
        let others: Vec<&str> = options
            .map
            .keys()
            .map(String::as_str)
            .filter(|key| *key != "volumeId")
            .collect();
        if let Some(first) = others.first() {
            let finding = options.at(FLEX_DISK_OPTIONS_IGNORED, first).found(others.join(", "));
            out.push(finding.note(format!("disk `{id}` is mounted as it is")));
        }
        return;
    }
    match disk.size {
        None => {
            let finding = options
                .at(FLEX_DISK_OPTIONS, "volumeSize")
                .title("neither a disk nor the size of a new one");
            out.push(finding.expected("`volumeId` or `volumeSize`"));
        }
        Some(size) if disk.gib().is_none() => {
            let finding = options.at(FLEX_DISK_OPTIONS, "volumeSize").found(size.to_owned());
            let finding = finding.expected(format!("{} to {}, in GiB", VOLUME_GIB.start(), VOLUME_GIB.end()));
            // Public samples write the unit; whether it is read is not stated.
            let number = size.strip_suffix("Gi").and_then(|number| number.parse().ok());
            let is_open = number.is_some_and(|gib| VOLUME_GIB.contains(&gib));
            out.push(finding.severity(if is_open { Severity::Warning } else { Severity::Error }));
        }
        Some(_) => {}
    }
    if let Some(level) = disk.level.filter(|_| disk.performance_level().is_none()) {
        let finding = options
            .at(FLEX_DISK_OPTIONS, "performanceLevel")
            .found(level.to_owned());
        out.push(finding.expected("`PL0`, `PL1`, `PL2` or `PL3`"));
    }
    if let Some(bad) = disk.fs_type.filter(|it| !DiskOptions::FILE_SYSTEMS.contains(it)) {
        out.push(
            options
                .at(FLEX_DISK_OPTIONS, "fsType")
                .found(bad.to_owned())
                .expected(file_systems()),
        );
    }
    let tags = disk
        .tags
        .map_or(0, |tags| tags.split(',').filter(|tag| !tag.trim().is_empty()).count());
    if tags > DiskOptions::MOST_TAGS {
        let finding = options.at(FLEX_DISK_OPTIONS, "tags").found(format!("{tags} tags"));
        out.push(finding.expected(format!("at most {}", DiskOptions::MOST_TAGS)));
    }
}

/// The CSI driver mounts the root when no path is written; the FlexVolume wants one.
fn nas(options: &Options<'_>, needs_path: bool, out: &mut Findings) {
    let nas = NasOptions::of(options.map);
    let mut missing = Vec::new();
    if nas.server.is_none() {
        missing.push("server");
    }
    if needs_path && nas.path.is_none() {
        missing.push("path");
    }
    if let Some(first) = missing.first() {
        let finding = options.at(NAS_OPTIONS, first).title("a NAS volume lacks options");
        out.push(finding.expected(format!("`{}`", missing.join("`, `"))));
    }
    if let Some(path) = nas.path.filter(|_| !nas.is_path_good()) {
        let finding = options.at(NAS_OPTIONS, "path").found(path.to_owned());
        out.push(finding.expected(format!("a path that begins with `{}`", nas.path_begins())));
    }
}

/// A server of NFS; of those, only the paths of a NAS are known.
fn server(server: &str, path: &str, place: impl Fn(&'static str) -> Location, out: &mut Findings) {
    if server.trim().is_empty() {
        out.push(
            NAS_OPTIONS
                .at(place("server"))
                .title("an NFS volume without a server")
                .expected("`server`"),
        );
    }
    let nas = NasOptions {
        server: Some(server),
        path: Some(path),
    };
    if !nas.is_path_good() {
        let finding = NAS_OPTIONS.at(place("path")).found(path.to_owned());
        out.push(finding.expected(format!("a path that begins with `{}`", nas.path_begins())));
    }
}

fn oss(options: &Options<'_>, out: &mut Findings) {
    let oss = OssOptions::of(options.map);
    let mut missing = Vec::new();
    if oss.bucket.is_none() {
        missing.push("bucket");
    }
    if oss.url.is_none() {
        missing.push("url");
    }
    if oss.access.is_none() && !options.has_secret {
        missing.push("ramRole");
    }
    if let Some(first) = missing.first() {
        let finding = options.at(OSS_OPTIONS, first).title("an OSS volume lacks options");
        let finding = finding.expected(format!("`{}`", missing.join("`, `")));
        out.push(if missing.contains(&"ramRole") {
            finding.note("a Secret, RRSA, or both `akId` and `akSecret` open a bucket, too")
        } else {
            finding
        });
    }
    if oss.has_keys {
        let key = if options.map.contains_key("akSecret") {
            "akSecret"
        } else {
            "akId"
        };
        out.push(options.at(OSS_KEYS_IN_MANIFEST, key));
    }
}
