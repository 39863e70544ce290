//! Amounts of CPU and memory: what is counted, added and printed.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

/// CPU in thousandths of a vCPU.
///
/// Prints as vCPU with as few decimals as needed.
///
/// # Example
/// ```
/// use eci_model::Cpu;
///
/// assert_eq!(Cpu::from_milli(4250).to_string(), "4.25");
/// assert_eq!((Cpu::from_vcpu(2) + Cpu::from_milli(500)).milli(), 2500);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cpu(u64);

impl Cpu {
    /// No CPU.
    pub const ZERO: Self = Self(0);

    /// From thousandths of a vCPU.
    pub const fn from_milli(milli: u64) -> Self {
        Self(milli)
    }

    /// From whole vCPU.
    pub const fn from_vcpu(vcpu: u32) -> Self {
        Self(vcpu as u64 * 1000)
    }

    /// Thousandths of a vCPU.
    pub const fn milli(self) -> u64 {
        self.0
    }

    /// Whether it is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The difference, at least zero.
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for Cpu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimal(f, self.0, 1000)
    }
}

/// Memory in bytes.
///
/// Prints in the largest binary unit that is exact with at most two decimals.
///
/// # Example
/// ```
/// use eci_model::Memory;
///
/// assert_eq!(Memory::from_mib(8704).to_string(), "8.5Gi");
/// assert_eq!(Memory::from_mib(700).to_string(), "700Mi");
/// assert_eq!(Memory::from_bytes(1).to_string(), "1");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Memory(u64);

impl Memory {
    /// No memory.
    pub const ZERO: Self = Self(0);

    /// From bytes.
    pub const fn from_bytes(bytes: u64) -> Self {
        Self(bytes)
    }

    /// From MiB.
    pub const fn from_mib(mib: u32) -> Self {
        Self((mib as u64) << 20)
    }

    /// From GiB.
    pub const fn from_gib(gib: u32) -> Self {
        Self((gib as u64) << 30)
    }

    /// Bytes.
    pub const fn bytes(self) -> u64 {
        self.0
    }

    /// Whole GiB, rounded up.
    pub const fn gib_ceil(self) -> u64 {
        self.0.div_ceil(1 << 30)
    }

    /// Whether it is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The difference, at least zero.
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [(u64, &str); 4] = [(1 << 40, "Ti"), (1 << 30, "Gi"), (1 << 20, "Mi"), (1 << 10, "Ki")];
        for (unit, name) in UNITS {
            let hundredths = u128::from(self.0) * 100;
            if self.0 >= unit && hundredths.is_multiple_of(u128::from(unit)) {
                decimal(f, self.0 / (unit / 4) * 25 + hundredths_of(self.0, unit), 100)?;
                return f.write_str(name);
            }
        }
        write!(f, "{}", self.0)
    }
}

macro_rules! arithmetic {
    ($($amount:ident)*) => {$(
        impl Add for $amount {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0.saturating_add(other.0))
            }
        }
        impl Sub for $amount {
            type Output = Self;
            /// At least zero.
            fn sub(self, other: Self) -> Self {
                self.saturating_sub(other)
            }
        }
        impl Sum for $amount {
            fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
                amounts.fold(Self::ZERO, Self::add)
            }
        }
    )*};
}
arithmetic!(Cpu Memory);

/// What is left of `amount` beyond whole quarters of the unit, in hundredths of the unit.
fn hundredths_of(amount: u64, unit: u64) -> u64 {
    let rest = u128::from(amount % (unit / 4)) * 100 / u128::from(unit);
    u64::try_from(rest).unwrap_or(0)
}

fn decimal(f: &mut fmt::Formatter<'_>, amount: u64, unit: u64) -> fmt::Result {
    write!(f, "{}", amount / unit)?;
    let mut rest = amount % unit;
    if rest > 0 {
        f.write_str(".")?;
    }
    let mut place = unit;
    while rest > 0 {
        place /= 10;
        write!(f, "{}", rest / place)?;
        rest %= place;
    }
    Ok(())
}
