//! Classes of disks, and the sizes that claims ask of them.

use k8s_openapi::api::storage::v1::StorageClass;

use crate::finding::{Findings, Location};
use crate::object::Object;
use crate::path::At;
use crate::quantity::Memory;
use crate::rule::{Basis, Code, Rule, Rules};
use crate::settings::DiskLevel;
use crate::storage::{DiskType, Driver};

/// A class that makes no disk, or none of this size.
pub const STORAGE_CLASS_PARAMETERS: &Rule = &Rule::error(Code::eci(6134), "storage-class-parameters")
    .summary("the class cannot make this disk")
    .why("the driver refuses the parameters, and the claim stays unbound")
    .remedy("name a type and level that exist, and a size that they come in")
    .basis(Basis::Documented(
        "Mount a disk in a VNode cluster, 2024-02-06; alibaba-cloud-csi-driver, 2026-08",
    ))
    .page(include_str!("../../../rules/storage-class-parameters.md"));

/// This family.
pub static RULES: Rules = Rules::new(&[STORAGE_CLASS_PARAMETERS]);

/// The types and levels that a class lists; empty lists leave the choice to the driver.
struct Parameters<'c> {
    types: &'c str,
    levels: &'c str,
}

impl<'c> Parameters<'c> {
    fn of(class: &'c StorageClass) -> Self {
        let text = |name: &str| {
            let parameters = class.parameters.as_ref();
            parameters.and_then(|map| map.get(name)).map_or("", |text| text.trim())
        };
        Self {
            types: text("type"),
            levels: text("performanceLevel"),
        }
    }

    fn types(&self) -> impl Iterator<Item = DiskType> + use<'c> {
        items(self.types).filter_map(DiskType::named)
    }

    fn levels(&self) -> impl Iterator<Item = DiskLevel> + use<'c> {
        items(self.levels).filter_map(level)
    }

    /// Whether any listed type comes in a size.
    fn makes(&self, gib: u32) -> bool {
        let levels: Vec<Option<DiskLevel>> = self.levels().map(Some).collect();
        let levels = if levels.is_empty() { vec![None] } else { levels };
        let mut types = self.types();
        types.any(|disk| levels.iter().any(|level| disk.gib(*level).contains(&gib)))
    }
}

fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty())
}

fn level(text: &str) -> Option<DiskLevel> {
    DiskLevel::ALL.iter().copied().find(|level| level.name() == text)
}

/// Judges a class of disks, once for all claims on it.
pub(super) fn parameters(class: &StorageClass, out: &mut Findings) {
    if Driver::of_provisioner(&class.provisioner) != Driver::Disk {
        return;
    }
    let parameters = Parameters::of(class);
    let at = At::ROOT.field("parameters");
    let finding = |key: &'static str, found: &str| {
        let place = Object::from(class).place(&at.key(key));
        STORAGE_CLASS_PARAMETERS.at(place).found(found.to_owned())
    };
    if !parameters.types.is_empty() && parameters.types().next().is_none() {
        let expected = "a type of disk such as `cloud_essd`";
        out.push(
            finding("type", parameters.types)
                .title("no type of disk")
                .expected(expected),
        );
    }
    if !parameters.levels.is_empty() && parameters.levels().next().is_none() {
        let finding = finding("performanceLevel", parameters.levels).title("no performance level");
        out.push(finding.expected("`PL0`, `PL1`, `PL2` or `PL3`"));
    }
}

/// Judges the size that a claim asks of a class.
pub(super) fn size(class: &StorageClass, asked: Option<Memory>, place: impl FnOnce() -> Location, out: &mut Findings) {
    let parameters = Parameters::of(class);
    let (Some(asked), true) = (asked, Driver::of_provisioner(&class.provisioner) == Driver::Disk) else {
        return;
    };
    let gib = u32::try_from(asked.gib_ceil()).unwrap_or(u32::MAX);
    if parameters.types().next().is_none() || parameters.makes(gib) {
        return;
    }
    let finding = STORAGE_CLASS_PARAMETERS
        .at(place())
        .title("the class makes no disk of this size");
    let ranges: Vec<String> = parameters
        .types()
        .map(|disk| {
            let range = disk.gib(parameters.levels().min());
            format!("{} to {} GiB", range.start(), range.end())
        })
        .collect();
    let name = class.metadata.name.as_deref().unwrap_or_default();
    let finding = finding.found(asked.to_string()).expected(ranges.join(" or "));
    out.push(finding.note(format!("class `{name}` has type `{}`", parameters.types)));
}
