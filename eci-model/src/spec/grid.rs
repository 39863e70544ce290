//! The sizes that can be had, and the way from any size to one of them.
//!
//! Grids of vCPU and memory: Specify vCPU and memory to create a pod (2025-01-14), Create pods by specifying multiple specifications
//! (2025-03-28), Create a preemptible instance (2024-11-19).

use crate::policy::Rounding;
use crate::quantity::{Cpu, Memory};
use crate::region::Region;
use crate::spec::Size;

/// A list of sizes.
///
/// # Example
/// ```
/// use eci_model::policy::Rounding;
/// use eci_model::spec::{Grid, Size};
///
/// let asked: Size = "7-13Gi".parse()?;
/// let billed = Grid::FINE.round_up(asked, Rounding::VcpuFirst).expect("there is one");
/// assert_eq!(billed.to_string(), "8-14Gi");
/// # Ok::<(), eci_model::spec::SizeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    name: &'static str,
    rows: &'static [Row],
}

/// vCPU in thousandths, and memory in MiB.
type Row = (u32, &'static [u32]);

impl Grid {
    /// The sizes of every region.
    pub const BASE: Self = Self {
        name: "base grid",
        rows: BASE,
    };
    /// The sizes of the twelve regions with finer steps.
    pub const FINE: Self = Self {
        name: "regional grid",
        rows: FINE,
    };
    /// The sizes of spot instances, from 2 vCPU on.
    pub const SPOT: Self = Self {
        name: "spot grid",
        rows: SPOT,
    };

    /// The grid of a region; the base grid where the region is not known.
    pub fn of(region: Option<&Region>, spot: bool) -> Self {
        match region {
            _ if spot => Self::SPOT,
            Some(region) if FINE_REGIONS.contains(&region.as_str()) => Self::FINE,
            _ => Self::BASE,
        }
    }

    /// Its name, for explanations.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Every size, by vCPU and then memory.
    pub fn sizes(self) -> impl Iterator<Item = Size> {
        let row = |(cpu, memories): &'static Row| {
            let size = move |mib: &u32| Size::new(Cpu::from_milli(u64::from(*cpu)), Memory::from_mib(*mib));
            memories.iter().map(size)
        };
        self.rows.iter().flat_map(row)
    }

    /// Whether the size is one of the grid.
    pub fn contains(self, size: Size) -> bool {
        self.sizes().any(|other| other == size)
    }

    /// The closest size that is not smaller; `None` when the grid has none.
    ///
    /// The page says *closest* and leaves open what that means; see [`Rounding`].
    pub fn round_up(self, asked: Size, rounding: Rounding) -> Option<Size> {
        let mut fitting = self.sizes().filter(|size| size.holds(asked));
        match rounding {
            Rounding::VcpuFirst => fitting.next(),
            Rounding::LeastPrice => fitting.min_by_key(|size| weight(*size)),
            Rounding::Nearest => fitting.min_by_key(|size| distance(*size, asked)),
        }
    }
}

/// What a size costs in the published CNY unit prices (Billing of instances, 2024-11-27), in hundredths of a millionth a second times
/// 1000 and 1024.
fn weight(size: Size) -> u128 {
    let mib = u128::from(size.memory.bytes() >> 20);
    u128::from(size.cpu.milli()) * 4900 * 1024 + mib * 613 * 1000
}

/// The square of the distance in vCPU and GiB, scaled to whole numbers.
fn distance(size: Size, asked: Size) -> u128 {
    let cpu = u128::from((size.cpu - asked.cpu).milli()) * 1024;
    let memory = u128::from((size.memory - asked.memory).bytes() >> 20) * 1000;
    cpu * cpu + memory * memory
}

/// The regions with finer steps (Specify vCPU and memory to create a pod, 2025-01-14).
const FINE_REGIONS: [&str; 12] = [
    "cn-hangzhou",
    "cn-shanghai",
    "cn-qingdao",
    "cn-beijing",
    "cn-zhangjiakou",
    "cn-huhehaote",
    "cn-wulanchabu",
    "cn-shenzhen",
    "cn-heyuan",
    "cn-guangzhou",
    "cn-chengdu",
    "ap-southeast-1",
];

const fn gib<const N: usize>(gib: [u32; N]) -> [u32; N] {
    let mut mib = gib;
    let mut index = 0;
    while index < N {
        mib[index] *= 1024;
        index += 1;
    }
    mib
}

/// Even numbers of GiB, in MiB: `N` of them from `first` on.
const fn even<const N: usize>(first: u32) -> [u32; N] {
    let mut mib = [0; N];
    let mut index = 0;
    let mut size = first;
    while index < N {
        mib[index] = size * 1024;
        size += 2;
        index += 1;
    }
    mib
}

const SMALLEST: Row = (250, &[512, 1024]);
const HALF: Row = (500, &gib([1, 2]));
const ONE: Row = (1000, &gib([2, 4, 8]));
const TWELVE: Row = (12_000, &gib([12, 24, 48, 96]));
const SIXTEEN: Row = (16_000, &gib([16, 32, 64, 128]));
const TWENTY_FOUR: Row = (24_000, &gib([24, 48, 96, 192]));
const THIRTY_TWO: Row = (32_000, &gib([32, 64, 128, 256]));
const FIFTY_TWO: Row = (52_000, &gib([96, 192, 384]));
const SIXTY_FOUR: Row = (64_000, &gib([128, 256, 512]));

static BASE: &[Row] = &[
    SMALLEST,
    HALF,
    ONE,
    (2000, &gib([1, 2, 4, 8, 16])),
    (4000, &gib([2, 4, 8, 16, 32])),
    (8000, &gib([4, 8, 16, 32, 64])),
    TWELVE,
    SIXTEEN,
    TWENTY_FOUR,
    THIRTY_TWO,
    FIFTY_TWO,
    SIXTY_FOUR,
];

static FINE: &[Row] = &[
    SMALLEST,
    HALF,
    ONE,
    (2000, &gib([1, 2, 4, 6, 8, 10, 12, 14, 16])),
    (4000, &even::<16>(2)),
    (6000, &even::<22>(6)),
    (8000, &{
        let mut memories = even::<30>(6);
        memories[0] = 4 * 1024;
        memories
    }),
    TWELVE,
    SIXTEEN,
    TWENTY_FOUR,
    THIRTY_TWO,
    FIFTY_TWO,
    SIXTY_FOUR,
];

static SPOT: &[Row] = &[
    (2000, &gib([2, 4, 8, 16])),
    (4000, &gib([4, 8, 16, 32])),
    (8000, &gib([8, 16, 32, 64])),
    TWELVE,
    SIXTEEN,
    TWENTY_FOUR,
    THIRTY_TWO,
    FIFTY_TWO,
    SIXTY_FOUR,
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    macro_rules! rounds {
        ($($fact:ident: $grid:ident, $asked:literal => $billed:literal;)*) => {$(
            #[test]
            fn $fact() {
                let asked: Size = $asked.parse().expect("a size of the table");
                let billed = Grid::$grid.round_up(asked, Rounding::VcpuFirst).expect("a size of the grid");
                assert_eq!(billed.to_string(), $billed);
            }
        )*};
    }

    // The published examples.
    rounds! {
        seven_and_thirteen_in_hangzhou: FINE, "7-13Gi" => "8-14Gi";
        seven_and_thirteen_elsewhere: BASE, "7-13Gi" => "8-16Gi";
        three_containers: FINE, "4.25-8.5Gi" => "6-10Gi";
        three_containers_one_ignored: FINE, "4-8Gi" => "4-8Gi";
        two_containers: FINE, "3-6Gi" => "4-6Gi";
        two_containers_one_ignored: FINE, "2-4Gi" => "2-4Gi";
        half_a_vcpu: FINE, "0.5-1.9Gi" => "0.5-2Gi";
        two_and_three: BASE, "2-3Gi" => "2-4Gi";
    }

    // Computed from the grids.
    rounds! {
        tiny: BASE, "0.1-0.1Gi" => "0.25-0.5Gi";
        between_quarter_and_half: BASE, "0.3-0.6Gi" => "0.5-1Gi";
        memory_decides_the_row: BASE, "1-9Gi" => "2-16Gi";
        memory_decides_the_row_in_finer_steps: FINE, "1-9Gi" => "2-10Gi";
        twenty_gib: BASE, "2-20Gi" => "4-32Gi";
        twenty_gib_in_finer_steps: FINE, "2-20Gi" => "4-20Gi";
        eight_vcpu_have_no_six_gib: FINE, "8-5Gi" => "8-8Gi";
        six_vcpu: FINE, "5-4Gi" => "6-6Gi";
        large: BASE, "40-100Gi" => "52-192Gi";
        spot_begins_at_two: SPOT, "1-1Gi" => "2-2Gi";
        spot_has_no_finer_steps: SPOT, "4-10Gi" => "4-16Gi";
    }

    #[test]
    fn the_three_readings_of_closest_differ_in_three_bands() {
        for (asked, first, cheapest) in [
            ("9-50Gi", "12-96Gi", "16-64Gi"),
            ("12-64Gi", "12-96Gi", "16-64Gi"),
            ("17-97Gi", "24-192Gi", "32-128Gi"),
            ("33-193Gi", "52-384Gi", "64-256Gi"),
        ] {
            let asked: Size = asked.parse().expect("a size");
            let by = |rounding| {
                Grid::BASE
                    .round_up(asked, rounding)
                    .expect("a size of the grid")
                    .to_string()
            };
            assert_eq!(
                (by(Rounding::VcpuFirst), by(Rounding::LeastPrice)),
                (first.to_owned(), cheapest.to_owned())
            );
        }
        let asked: Size = "8-20Gi".parse().expect("a size");
        let nearest = Grid::BASE
            .round_up(asked, Rounding::Nearest)
            .expect("a size of the grid");
        assert_eq!(nearest.to_string(), "12-24Gi");
    }

    #[test]
    fn nothing_holds_more_than_the_largest() {
        for asked in ["65-1Gi", "1-513Gi"] {
            let asked: Size = asked.parse().expect("a size");
            for rounding in [Rounding::VcpuFirst, Rounding::LeastPrice, Rounding::Nearest] {
                assert_eq!(Grid::BASE.round_up(asked, rounding), None);
            }
        }
    }

    #[test]
    fn the_finer_grid_has_every_size_of_the_base_grid() {
        assert!(Grid::BASE.sizes().all(|size| Grid::FINE.contains(size)));
        assert_eq!((Grid::BASE.sizes().count(), Grid::FINE.sizes().count()), (44, 106));
        assert!(Grid::SPOT.sizes().all(|size| Grid::BASE.contains(size)));
    }

    fn asked() -> impl Strategy<Value = Size> {
        (1_u64..64_000, 1_u32..524_288).prop_map(|(cpu, mib)| Size::new(Cpu::from_milli(cpu), Memory::from_mib(mib)))
    }

    fn any_rounding() -> impl Strategy<Value = Rounding> {
        prop::sample::select(vec![Rounding::VcpuFirst, Rounding::LeastPrice, Rounding::Nearest])
    }

    proptest! {
        #[test]
        fn rounding_never_shrinks_and_is_idempotent(asked in asked(), rounding in any_rounding()) {
            for grid in [Grid::BASE, Grid::FINE, Grid::SPOT] {
                if let Some(billed) = grid.round_up(asked, rounding) {
                    prop_assert!(billed.holds(asked));
                    prop_assert_eq!(grid.round_up(billed, rounding), Some(billed));
                }
            }
        }

        #[test]
        fn more_never_rounds_to_fewer_vcpu(asked in asked(), more in 0_u64..8000) {
            let larger = Size::new(asked.cpu + Cpu::from_milli(more), asked.memory);
            let cpu = |size| Grid::BASE.round_up(size, Rounding::VcpuFirst).map(|size| size.cpu);
            if let (Some(small), Some(large)) = (cpu(asked), cpu(larger)) {
                prop_assert!(small <= large);
            }
        }
    }
}
