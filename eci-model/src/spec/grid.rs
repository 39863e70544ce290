//! The grids: which sizes exist, by region, market and category, and to which of them a request is rounded up.

mod table;

use std::fmt;

use super::Size;
use crate::billing::{Currency, UnitPrices};
use crate::policy::Rounding;
use crate::quantity::{Cpu, Memory};
use crate::region::Region;
use crate::settings::ComputeCategory;

/// The sizes that exist for a region, a market and a category (Specify vCPU and memory to create a pod, 2025-01-14).
///
/// A size off the grid is rounded up silently and the rounded one is billed.
///
/// # Example
/// ```
/// use eci_model::policy::Rounding;
/// use eci_model::spec::Grid;
///
/// let asked = "7-13Gi".parse()?;
/// let hangzhou = Grid::in_region(Some(&"cn-hangzhou".parse()?));
/// assert_eq!(hangzhou.round_up(asked, Rounding::VcpuFirst), Some("8-14Gi".parse()?));
/// assert_eq!(Grid::BASE.round_up(asked, Rounding::VcpuFirst), Some("8-16Gi".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    name: &'static str,
    category: Option<ComputeCategory>,
    rows: &'static [Row],
}

impl Grid {
    /// What every region has.
    pub const BASE: Self = Self::of("base grid", &table::BASE);
    /// What twelve regions have: the base grid, and finer steps up to 8 vCPU.
    pub const REGIONAL: Self = Self::of("regional grid", &table::REGIONAL);
    /// What spot pods that ask by size can have, in every region (Create a preemptible instance, 2024-11-19).
    pub const SPOT: Self = Self::of("spot grid", &table::SPOT);

    /// The grid of a region; the base grid when the region is not known.
    pub fn in_region(region: Option<&Region>) -> Self {
        match region {
            Some(region) if has_finer_grid(region) => Self::REGIONAL,
            _ => Self::BASE,
        }
    }

    /// What is left of it for one category (Specify the compute category to create a pod, 2024-08-14).
    #[must_use]
    pub fn of_category(mut self, category: ComputeCategory) -> Self {
        self.category = Some(category);
        self.rows = match category {
            ComputeCategory::Economy => &self.rows[..self.rows.partition_point(|row| row.cpu <= MAX_ECONOMY)],
            ComputeCategory::General => &self.rows[self.rows.partition_point(|row| row.cpu < MIN_GENERAL)..],
        };
        self
    }

    /// The smallest size that holds what is asked, under a reading of what the smallest is; `None` when no size holds it.
    ///
    /// A resource that is zero was not asked for and takes what the grid gives.
    pub fn round_up(&self, asked: Size, rounding: Rounding) -> Option<Size> {
        match rounding {
            Rounding::VcpuFirst => self.tightest(asked).next(),
            Rounding::LeastPrice => self.tightest(asked).min_by_key(|size| {
                let prices = UnitPrices::of(Currency::Cny);
                prices.per_hour(*size, self.category)
            }),
            Rounding::Nearest => self.tightest(asked).min_by_key(|size| squared_distance(asked, *size)),
        }
    }

    /// Whether it has exactly this size.
    pub fn contains(&self, size: Size) -> bool {
        self.tightest(size).next() == Some(size)
    }

    /// Every size, by vCPU, then memory.
    pub fn sizes(&self) -> impl DoubleEndedIterator<Item = Size> + use<> {
        let rows: &'static [Row] = self.rows;
        rows.iter().flat_map(|row| row.mib.iter().map(|mib| row.size(*mib)))
    }

    /// The size with the most vCPU and the most memory there.
    pub fn largest(&self) -> Option<Size> {
        self.sizes().next_back()
    }

    const fn of(name: &'static str, rows: &'static [Row]) -> Self {
        Self {
            name,
            category: None,
            rows,
        }
    }

    /// In each row, the sizes with less memory than is asked for and the first that has it: others cost more and give no more.
    pub(super) fn up_to_memory(&self, asked: Size) -> impl Iterator<Item = Size> + use<> {
        let rows: &'static [Row] = self.rows;
        rows.iter().flat_map(move |row| {
            let less = row.mib.partition_point(|mib| Memory::from_mib(*mib) < asked.memory);
            row.mib[..row.mib.len().min(less + 1)].iter().map(|mib| row.size(*mib))
        })
    }

    /// In each row that has the vCPU, the smallest size that has the memory.
    fn tightest(&self, asked: Size) -> impl Iterator<Item = Size> + use<> {
        let rows: &'static [Row] = self.rows;
        let enough = rows.partition_point(|row| row.cpu < asked.cpu);
        rows[enough..].iter().filter_map(move |row| {
            let fits = row.mib.iter().find(|mib| Memory::from_mib(**mib) >= asked.memory);
            fits.map(|mib| row.size(*mib))
        })
    }
}

impl fmt::Display for Grid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.category {
            Some(category) => write!(f, "{category} part of the {}", self.name),
            None => f.write_str(self.name),
        }
    }
}

/// Whether a region has the finer grid; the zone must offer the added sizes too.
pub fn has_finer_grid(region: &Region) -> bool {
    table::FINER_REGIONS.contains(&region.as_str())
}

/// A number of vCPU, and the memory it comes with in MiB.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    cpu: Cpu,
    mib: &'static [u32],
}

impl Row {
    const fn size(&self, mib: u32) -> Size {
        Size::new(self.cpu, Memory::from_mib(mib))
    }
}

/// A table of rows, as the generated file writes it.
macro_rules! rows {
    ($(#[$doc:meta])* $name:ident: $count:literal $($milli:literal => $($mib:literal)+;)+) => {
        $(#[$doc])*
        pub(super) static $name: [super::Row; $count] = [$(super::Row {
            cpu: $crate::quantity::Cpu::from_milli($milli),
            mib: &[$($mib),+],
        },)+];
    };
}
use rows;

const MAX_ECONOMY: Cpu = Cpu::from_vcpu(8);
const MIN_GENERAL: Cpu = Cpu::from_vcpu(1);

/// The square of the distance in the plane of vCPU and GiB, in a unit that both have in whole numbers.
fn squared_distance(asked: Size, size: Size) -> u128 {
    let milli = u128::from((size.cpu - asked.cpu).milli());
    let bytes = u128::from((size.memory - asked.memory).bytes());
    (milli << 30).pow(2) + (bytes * 1000).pow(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn grids() -> Vec<Grid> {
        let bare = [Grid::BASE, Grid::REGIONAL, Grid::SPOT];
        let parts = ComputeCategory::ALL
            .iter()
            .flat_map(|category| [Grid::BASE.of_category(*category), Grid::REGIONAL.of_category(*category)]);
        bare.into_iter().chain(parts).collect()
    }

    fn roundings() -> [Rounding; 3] {
        [Rounding::VcpuFirst, Rounding::LeastPrice, Rounding::Nearest]
    }

    #[test]
    fn unknown_regions_have_the_base_grid() {
        let osaka: Region = "ap-northeast-2".parse().expect("a region");
        assert_eq!(Grid::in_region(Some(&osaka)), Grid::BASE);
        assert_eq!(Grid::in_region(None), Grid::BASE);
    }

    #[test]
    fn parts_are_named() {
        let part = Grid::REGIONAL.of_category(ComputeCategory::Economy);
        assert_eq!(part.to_string(), "economy part of the regional grid");
        assert_eq!(part.largest().map(|size| size.to_string()).as_deref(), Some("8-64Gi"));
    }

    #[test]
    fn the_smallest_distance_is_another_reading() {
        let asked = "8-20Gi".parse().expect("a size");
        let by = |rounding| Grid::BASE.round_up(asked, rounding).map(|size| size.to_string());
        assert_eq!(by(Rounding::VcpuFirst).as_deref(), Some("8-32Gi"));
        assert_eq!(by(Rounding::Nearest).as_deref(), Some("12-24Gi"));
    }

    #[test]
    fn one_sided_requests_take_what_the_grid_gives() {
        let round = |cpu, gib| {
            let asked = Size::new(Cpu::from_vcpu(cpu), Memory::from_gib(gib));
            Grid::BASE
                .round_up(asked, Rounding::VcpuFirst)
                .map(|size| size.to_string())
        };
        assert_eq!(round(1, 0).as_deref(), Some("1-2Gi"));
        assert_eq!(round(0, 3).as_deref(), Some("1-4Gi"));
    }

    #[test]
    fn rows_ascend() {
        for grid in grids() {
            assert!(grid.rows.is_sorted_by(|a, b| a.cpu < b.cpu), "{grid}");
            assert!(grid.rows.iter().all(|row| row.mib.is_sorted_by(|a, b| a < b)), "{grid}");
        }
    }

    proptest! {
        #[test]
        fn rounding_never_shrinks_and_is_idempotent(milli in 0_u64..70_000, mib in 0_u32..540_000, grid in 0_usize..7) {
            let asked = Size::new(Cpu::from_milli(milli), Memory::from_mib(mib));
            let grid = grids()[grid];
            for rounding in roundings() {
                if let Some(billed) = grid.round_up(asked, rounding) {
                    prop_assert!(billed.holds(asked));
                    prop_assert!(grid.contains(billed));
                    prop_assert_eq!(grid.round_up(billed, rounding), Some(billed));
                }
            }
        }

        #[test]
        fn asking_for_more_never_gives_fewer_vcpu(milli in 0_u64..70_000, mib in 0_u32..540_000, more in 0_u64..9_000, grid in 0_usize..7) {
            let asked = Size::new(Cpu::from_milli(milli), Memory::from_mib(mib));
            let larger = Size::new(Cpu::from_milli(milli + more), asked.memory);
            let grid = grids()[grid];
            let (a, b) = (grid.round_up(asked, Rounding::VcpuFirst), grid.round_up(larger, Rounding::VcpuFirst));
            prop_assert!(b.is_none() || a.is_some_and(|a| a.cpu <= b.unwrap_or_default().cpu));
        }

        #[test]
        fn asking_for_more_never_costs_less(milli in 0_u64..70_000, mib in 0_u32..540_000, cpu in 0_u64..9_000, memory in 0_u32..90_000, grid in 0_usize..7) {
            let asked = Size::new(Cpu::from_milli(milli), Memory::from_mib(mib));
            let larger = Size::new(Cpu::from_milli(milli + cpu), Memory::from_mib(mib + memory));
            let grid = grids()[grid];
            let price = |size| grid.round_up(size, Rounding::LeastPrice).map(|size| UnitPrices::of(Currency::Cny).per_hour(size, grid.category));
            if let Some(dearer) = price(larger) {
                prop_assert!(price(asked).is_some_and(|cheaper| cheaper <= dearer));
            }
        }
    }
}
