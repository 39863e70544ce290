//! Exact amounts of CPU and memory, read from Kubernetes quantities without floating point.

mod amount;
mod list;
mod scale;

use std::str::FromStr;

use scale::Scale;

pub use amount::{Cpu, Memory};
pub(crate) use list::amount;

/// A Kubernetes quantity such as `1500m`, `4Gi` or `1e3`, held exactly in billionths.
///
/// Fractions below a billionth are rounded up, as Kubernetes does. Negative amounts parse, because Kubernetes accepts them; turning one
/// into [`Cpu`] or [`Memory`] is an error.
///
/// # Example
/// ```
/// use eci_model::{Cpu, Memory, Quantity};
///
/// let cpu: Quantity = "1500m".parse()?;
/// assert_eq!(cpu.cpu()?, Cpu::from_milli(1500));
/// let memory: Quantity = "0.5Gi".parse()?;
/// assert_eq!(memory.memory()?, Memory::from_mib(512));
/// # Ok::<(), eci_model::QuantityError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Quantity {
    nano: i128,
}

impl Quantity {
    /// The amount in billionths of the unit.
    pub const fn nano(self) -> i128 {
        self.nano
    }

    /// The amount as CPU, rounded up to a thousandth.
    ///
    /// # Errors
    /// Negative amounts, and amounts that no machine has.
    pub fn cpu(self) -> Result<Cpu, QuantityError> {
        self.scaled(1_000_000).map(Cpu::from_milli)
    }

    /// The amount as memory, rounded up to a byte.
    ///
    /// # Errors
    /// Negative amounts, and amounts above 16 EiB.
    pub fn memory(self) -> Result<Memory, QuantityError> {
        self.scaled(NANO).map(Memory::from_bytes)
    }

    /// The amount as a whole count, for example of GPUs, rounded up.
    ///
    /// # Errors
    /// Negative amounts, and amounts above 2^64.
    pub fn count(self) -> Result<u64, QuantityError> {
        self.scaled(NANO)
    }

    fn scaled(self, unit: i128) -> Result<u64, QuantityError> {
        if self.nano < 0 {
            return Err(QuantityError::Negative);
        }
        // Ordinary amounts fit half the width, in which division is much faster.
        if let (Ok(nano), Ok(unit)) = (u64::try_from(self.nano), u64::try_from(unit)) {
            return Ok(nano.div_ceil(unit));
        }
        let whole = self.nano / unit + i128::from(self.nano % unit != 0);
        u64::try_from(whole).map_err(|_| QuantityError::TooLarge)
    }
}

impl FromStr for Quantity {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, QuantityError> {
        if let Some(nano) = scale::plain(text.as_bytes()) {
            return Ok(Self { nano });
        }
        let (negative, rest) = match text.as_bytes().first() {
            Some(b'-') => (true, &text[1..]),
            Some(b'+') => (false, &text[1..]),
            _ => (false, text),
        };
        let (number, suffix) = split_number(rest);
        let scale = Scale::parse(suffix).ok_or_else(|| QuantityError::suffix(suffix))?;
        let nano = scale.apply(number)?;
        Ok(Self {
            nano: if negative { -nano } else { nano },
        })
    }
}

/// Digits and points, and what follows them.
fn split_number(text: &str) -> (&str, &str) {
    let is_number = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
    let end = text.bytes().position(|byte| !is_number(&byte)).unwrap_or(text.len());
    text.split_at(end)
}

/// Why a text is no quantity, or a quantity no amount of CPU or memory.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuantityError {
    /// No digits where a number should be.
    #[error("a number was expected, such as `500m`, `2` or `4Gi`")]
    NoNumber,
    /// Letters that are no unit of Kubernetes.
    #[error("`{0}` is no unit; units are n u m k M G T P E, Ki Mi Gi Ti Pi Ei, or an exponent")]
    Suffix(Box<str>),
    /// Below zero.
    #[error("the amount is negative")]
    Negative,
    /// More than can be counted.
    #[error("the amount is too large")]
    TooLarge,
}

impl QuantityError {
    fn suffix(text: &str) -> Self {
        Self::Suffix(text.chars().take(16).collect::<String>().into())
    }
}

const NANO: i128 = 1_000_000_000;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    macro_rules! reads {
        ($($fact:ident: $text:literal => $nano:expr;)*) => {$(
            #[test]
            fn $fact() {
                let expected: i128 = $nano;
                assert_eq!($text.parse::<Quantity>().map(Quantity::nano), Ok(expected));
            }
        )*};
    }

    reads! {
        whole_number: "2" => 2 * NANO;
        milli: "1500m" => 1_500_000_000;
        fraction: "0.1" => 100_000_000;
        leading_point: ".5" => 500_000_000;
        trailing_point: "5." => 5 * NANO;
        binary_unit: "1Ki" => 1024 * NANO;
        fraction_of_binary_unit: "1.5Gi" => 1_610_612_736 * NANO;
        decimal_unit: "1k" => 1000 * NANO;
        exponent: "1e3" => 1000 * NANO;
        negative_exponent: "5E-1" => 500_000_000;
        exa_is_not_an_exponent: "1E" => 1_000_000_000_000_000_000 * NANO;
        plus_sign: "+1" => NANO;
        minus_sign: "-1" => -NANO;
        below_a_billionth_rounds_up: "0.5n" => 1;
        zero_with_any_exponent: "0e99" => 0;
        tiny_rounds_up: "1e-99" => 1;
    }

    macro_rules! refuses {
        ($($fact:ident: $text:literal => $error:pat,)*) => {$(
            #[test]
            fn $fact() {
                assert!(matches!($text.parse::<Quantity>(), Err($error)));
            }
        )*};
    }

    refuses! {
        empty: "" => QuantityError::NoNumber,
        unit_alone: "Gi" => QuantityError::NoNumber,
        two_points: "1.2.3" => QuantityError::NoNumber,
        unknown_unit: "4GB" => QuantityError::Suffix(_),
        lower_case_unit: "4gi" => QuantityError::Suffix(_),
        space: "4 Gi" => QuantityError::Suffix(_),
        exponent_without_number: "1e" => QuantityError::Suffix(_),
        more_than_can_be_counted: "1e40" => QuantityError::TooLarge,
        long_number_with_binary_unit: "99999999999999999999999999999999999999Ei" => QuantityError::TooLarge,
    }

    #[test]
    fn negative_is_no_cpu() {
        let quantity: Quantity = "-1".parse().expect("kubernetes reads it");
        assert_eq!(quantity.cpu(), Err(QuantityError::Negative));
        assert_eq!(quantity.memory(), Err(QuantityError::Negative));
    }

    #[test]
    fn cpu_rounds_up_to_a_thousandth() {
        let quantity: Quantity = "100u".parse().expect("a quantity");
        assert_eq!(quantity.cpu(), Ok(Cpu::from_milli(1)));
    }

    #[test]
    fn memory_prints_what_it_holds() {
        for (mib, text) in [
            (512, "512Mi"),
            (1024, "1Gi"),
            (1536, "1.5Gi"),
            (8704, "8.5Gi"),
            (1 << 20, "1Ti"),
            (1025, "1025Mi"),
        ] {
            assert_eq!(Memory::from_mib(mib).to_string(), text);
        }
    }

    proptest! {
        #[test]
        fn printed_cpu_reads_back(milli in 0_u64..1 << 50) {
            let printed = Cpu::from_milli(milli).to_string();
            let read: Quantity = printed.parse().expect("printed by us");
            prop_assert_eq!(read.cpu(), Ok(Cpu::from_milli(milli)));
        }

        #[test]
        fn printed_memory_reads_back(bytes in any::<u64>()) {
            let printed = Memory::from_bytes(bytes).to_string();
            let read: Quantity = printed.parse().expect("printed by us");
            prop_assert_eq!(read.memory(), Ok(Memory::from_bytes(bytes)));
        }

        #[test]
        fn round_memory_reads_back(hundredths in 0_u64..100_000, unit in prop::sample::select(vec![10_u32, 20, 30, 40])) {
            let bytes = (u128::from(hundredths) << unit) / 100;
            let memory = Memory::from_bytes(u64::try_from(bytes).expect("small"));
            let read: Quantity = memory.to_string().parse().expect("printed by us");
            prop_assert_eq!(read.memory(), Ok(memory));
        }

        #[test]
        fn the_short_way_is_the_long_one(text in "[0-9]{1,17}(m|Ki|Mi|Gi)?") {
            let (number, suffix) = split_number(&text);
            let long = Scale::parse(suffix).expect("a unit").apply(number);
            prop_assert!(scale::plain(text.as_bytes()).is_none_or(|nano| long == Ok(nano)));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,40}") {
            let _ = text.parse::<Quantity>();
        }

        #[test]
        fn order_of_numbers_is_order_of_quantities(a in 0_u64..1 << 40, b in 0_u64..1 << 40) {
            let read = |n: u64| n.to_string().parse::<Quantity>().expect("a number");
            prop_assert_eq!(a.cmp(&b), read(a).cmp(&read(b)));
        }
    }
}
