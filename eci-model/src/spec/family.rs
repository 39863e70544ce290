//! ECS families and types: what is known of them, with its date. Unknown ones are no mistake by themselves.

mod table;

use super::EcsType;
use crate::edition::Edition;
use crate::quantity::Cpu;
use crate::settings::{CpuArch, Generation, InstanceFamily};

/// An ECS family that ECI pods can use (Specify x86 types, 2025-12-19; Specify Arm types, 2024-11-15; Specify GPU types, 2025-03-21; Specify
/// local-disk types, 2024-11-05).
///
/// # Example
/// ```
/// use eci_model::settings::CpuArch;
/// use eci_model::spec::Family;
///
/// let gpu = Family::of_type(&"ecs.gn6i-c4g1.xlarge".parse()?).expect("on the list");
/// assert!(gpu.is_gpu() && !gpu.has_local_disk());
/// assert_eq!(Family::named("g8y").map(|family| family.arch()), Some(CpuArch::Arm64));
/// assert_eq!(Family::named("z99"), None);
/// # Ok::<(), eci_model::spec::SizeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Family {
    name: &'static str,
    arch: CpuArch,
    kind: FamilyKind,
    /// Zero where no page names one.
    generation: u8,
    local_disk: bool,
    on_vnodes: bool,
}

/// What a family is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FamilyKind {
    /// A balance of vCPU and memory.
    GeneralPurpose,
    /// More vCPU for the memory.
    Compute,
    /// More memory for the vCPU.
    Memory,
    /// Universal families `u1` and `u2`.
    Universal,
    /// Dense compute.
    DenseCompute,
    /// High clock rates.
    HighClock,
    /// Large local disks.
    BigData,
    /// Local solid-state disks.
    LocalSsd,
    /// Much memory.
    MemoryEnhanced,
    /// Shared vCPU.
    SharedEconomy,
    /// Whole GPUs.
    Gpu,
    /// Slices of GPUs.
    VGpu,
    /// Known to filters only, by a list of generations.
    FilterOnly,
}

/// What may not stand in one list with other kinds (Create pods by specifying multiple specifications, 2025-03-28).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SpecKind {
    /// Sizes, and x86 types without GPU and local disk.
    Ordinary,
    /// Types with GPUs.
    Gpu,
    /// Types with local disks.
    LocalDisk,
    /// Arm types.
    Arm,
}

impl Family {
    /// A family by its name without `ecs.`.
    pub fn named(name: &str) -> Option<&'static Self> {
        let found = table::FAMILIES.binary_search_by_key(&name, |family| family.name);
        found.ok().map(|index| &table::FAMILIES[index])
    }

    /// The family of an ECS type.
    pub fn of_type(ecs: &EcsType) -> Option<&'static Self> {
        Self::named(&ecs.family())
    }

    /// The family a filter names.
    pub fn of_filter(family: &InstanceFamily) -> Option<&'static Self> {
        Self::named(family.short())
    }

    /// When a family of this name was taken off the list, if it was.
    pub fn retired(name: &str) -> Option<&'static str> {
        let row = table::RETIRED.iter().find(|(retired, _)| *retired == name);
        row.map(|(_, date)| *date)
    }

    /// The date of the list for an edition.
    pub const fn list_date(edition: Edition) -> &'static str {
        match edition {
            Edition::SelfManaged => table::VNODE_DATE,
            Edition::Ack | Edition::AckServerless => table::DATE,
        }
    }

    /// Whether the list for an edition has it.
    pub const fn is_listed(&self, edition: Edition) -> bool {
        self.on_vnodes || !matches!(edition, Edition::SelfManaged)
    }

    /// The name without `ecs.`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The architecture of its processors.
    pub const fn arch(&self) -> CpuArch {
        self.arch
    }

    /// What it is made for.
    pub const fn kind(&self) -> FamilyKind {
        self.kind
    }

    /// Its generation, as filters count it, where a page says so.
    pub const fn generation(&self) -> Option<Generation> {
        match self.generation {
            0 => None,
            generation => Some(Generation(generation)),
        }
    }

    /// Whether it has GPUs or slices of them.
    pub const fn is_gpu(&self) -> bool {
        matches!(self.kind, FamilyKind::Gpu | FamilyKind::VGpu)
    }

    /// Whether it has local disks.
    pub const fn has_local_disk(&self) -> bool {
        self.local_disk
    }

    /// Whether it stands among types of this kind; `gn5` is both a GPU and a local-disk family.
    pub fn is_of(&self, kind: SpecKind) -> bool {
        let arm = self.arch == CpuArch::Arm64;
        match kind {
            SpecKind::Gpu => self.is_gpu(),
            SpecKind::LocalDisk => self.local_disk,
            SpecKind::Arm => arm,
            SpecKind::Ordinary => !self.is_gpu() && !self.local_disk && !arm,
        }
    }
}

impl SpecKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Ordinary, Self::Gpu, Self::LocalDisk, Self::Arm];

    /// The kind in the words of messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ordinary => "an ordinary size or type",
            Self::Gpu => "a GPU type",
            Self::LocalDisk => "a local-disk type",
            Self::Arm => "an Arm type",
        }
    }
}

impl EcsType {
    /// How many vCPU the name says: 2 for `large`, 4 for `xlarge`, four times the number before it (ECS naming conventions).
    pub fn vcpu(&self) -> Option<Cpu> {
        let size = self.as_str().rsplit('.').next()?;
        let vcpu = match size {
            "large" => 2,
            "xlarge" => 4,
            _ => size.strip_suffix("xlarge")?.parse::<u32>().ok()?.checked_mul(4)?,
        };
        Some(Cpu::from_vcpu(vcpu))
    }

    /// How many GPUs it has, where its name says so: `c8g1` is a GPU for each 8 vCPU, `2x` are two.
    ///
    /// Inferred from the naming conventions and the tables of the ECS families; slices of GPUs are not counted.
    ///
    /// # Example
    /// ```
    /// use eci_model::spec::EcsType;
    ///
    /// let gpus = |name: &str| name.parse::<EcsType>().map(|ecs| ecs.gpus());
    /// assert_eq!(gpus("ecs.gn7i-c32g1.16xlarge")?, Some(2));
    /// assert_eq!(gpus("ecs.gn7i-4x.8xlarge")?, Some(4));
    /// assert_eq!(gpus("ecs.vgn7i-vws-m4.xlarge")?, None);
    /// # Ok::<(), eci_model::spec::SizeError>(())
    /// ```
    pub fn gpus(&self) -> Option<u64> {
        if !Family::of_type(self)?.is_gpu() {
            return Some(0);
        }
        if let Some((_, gpus)) = table::GPUS_OTHER_THAN_NAMED
            .iter()
            .find(|(name, _)| *name == self.as_str())
        {
            return Some(*gpus);
        }
        let middle = self.as_str().split('.').nth(1)?;
        let gpus = |part: &str| match part.strip_suffix('x') {
            Some(count) => count.parse().ok(),
            None => {
                let (vcpu, gpus) = part.strip_prefix('c')?.split_once('g')?;
                let (vcpu, gpus) = (vcpu.parse::<u64>().ok()?, gpus.parse::<u64>().ok()?);
                let have = self.vcpu()?.milli() / 1000;
                (vcpu > 0 && have.is_multiple_of(vcpu)).then(|| have / vcpu * gpus)
            }
        };
        middle.split('-').find_map(gpus)
    }
}

/// A table of families, as the generated file writes it: name, architecture, kind, generation, local disk, on VNodes.
macro_rules! families {
    ($($name:literal $arch:ident $kind:ident $generation:literal $disk:literal $vnode:literal;)+) => {
        /// The families, by name.
        pub(super) static FAMILIES: &[super::Family] = &[$(super::Family {
            name: $name,
            arch: $crate::settings::CpuArch::$arch,
            kind: super::FamilyKind::$kind,
            generation: $generation,
            local_disk: $disk,
            on_vnodes: $vnode,
        },)+];
    };
}
use families;

#[cfg(test)]
mod tests {
    use super::*;

    fn ecs(name: &str) -> EcsType {
        name.parse().expect(name)
    }

    #[test]
    fn families_are_sorted_for_the_search() {
        assert!(table::FAMILIES.is_sorted_by(|a, b| a.name < b.name));
        for family in table::FAMILIES {
            assert_eq!(Family::named(family.name), Some(family));
        }
    }

    #[test]
    fn types_name_their_family() {
        for (name, family) in [
            ("ecs.gn6i-c4g1.xlarge", "gn6i"),
            ("ecs.sgn7i-vws-m8.4xlarge", "sgn7i-vws"),
            ("ecs.vgn6i-m4-vws.xlarge", "vgn6i-vws"),
            ("ecs.gn8is-2x.8xlarge", "gn8is"),
            ("ecs.i4g.xlarge", "i4g"),
        ] {
            assert_eq!(Family::of_type(&ecs(name)).map(Family::name), Some(family), "{name}");
        }
    }

    #[test]
    fn gpus_are_counted_by_name() {
        for (name, gpus) in [
            ("ecs.gn6i-c4g1.xlarge", Some(1)),
            ("ecs.gn6i-c24g1.24xlarge", Some(4)),
            ("ecs.gn6v-c10g1.20xlarge", Some(8)),
            ("ecs.gn7-c13g1.26xlarge", Some(8)),
            ("ecs.gn7i-c56g1.14xlarge", Some(1)),
            ("ecs.gn5-c8g1.14xlarge", Some(8)),
            ("ecs.gn5i-c2g1.large", Some(1)),
            ("ecs.gn8is.2xlarge", None),
            ("ecs.c6.xlarge", Some(0)),
            ("ecs.z99-c4g1.xlarge", None),
        ] {
            assert_eq!(ecs(name).gpus(), gpus, "{name}");
        }
    }

    #[test]
    fn one_family_is_of_two_kinds() {
        let gn5 = Family::named("gn5").expect("on the list");
        let kinds = SpecKind::ALL
            .into_iter()
            .filter(|kind| gn5.is_of(*kind))
            .collect::<Vec<_>>();
        assert_eq!(kinds, [SpecKind::Gpu, SpecKind::LocalDisk]);
    }

    #[test]
    fn virtual_nodes_of_ones_own_have_the_older_list() {
        let g9i = Family::named("g9i").expect("on the list");
        assert!(g9i.is_listed(Edition::Ack) && !g9i.is_listed(Edition::SelfManaged));
        assert_eq!(Family::list_date(Edition::SelfManaged), "2025-03-28");
    }

    #[test]
    fn retired_families_have_a_date() {
        assert_eq!(Family::retired("t6"), Some("2024-06-04"));
        assert_eq!(Family::retired("c6"), None);
    }
}
