//! Numbers and amounts.

use std::fmt;
use std::num::{NonZeroU16, NonZeroU32};

use eci_model::api::Decimal;
use eci_model::settings::{ByteRate, ExtraStorage, Generation, Megabits, SpotHours};
use eci_model::{Memory, Quantity};

use crate::value::{Fault, Reading, RemarkKind, Value, ValueError};

/// Digits only: no sign, no blank, at most ten of them.
fn digits(text: &str) -> Option<u32> {
    let plain = (1..=10).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

impl Value for u32 {
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        // A sign is no form of these numbers, but `-5` is better told as out of range.
        let negative = text.strip_prefix('-').and_then(digits);
        match (digits(text), negative) {
            (Some(number), _) => {
                reading.number(i64::from(number), 0..text.len());
                Ok(number)
            }
            (None, Some(number)) if reading.min.is_some() && number > 0 => {
                reading.number(-i64::from(number), 0..text.len());
                Ok(0)
            }
            _ => Err(ValueError::new(text, "a whole number")),
        }
    }
}

impl Value for NonZeroU32 {
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        let negative = text.strip_prefix('-').and_then(digits);
        let number = match negative {
            Some(1..) => 0,
            _ => u32::read(text, reading)?,
        };
        Self::new(number).ok_or_else(|| ValueError::new(text, "1 or more").with_fault(Fault::OutOfRange))
    }
}

impl Value for Decimal {
    fn read(text: &str, _: &mut Reading) -> Result<Self, ValueError> {
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let well_formed = text.split('.').all(plain);
        let value = well_formed.then(|| text.parse().ok()).flatten();
        value.ok_or_else(|| ValueError::new(text, "a decimal number"))
    }
}

/// The highest price of an hour of spot capacity: above zero, at most three decimals (Create preemptible instances, 2024-11-19).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PriceLimit(pub Decimal);

impl From<PriceLimit> for Decimal {
    fn from(limit: PriceLimit) -> Self {
        limit.0
    }
}

impl fmt::Display for PriceLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Value for PriceLimit {
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        let precise = text.split_once('.').is_none_or(|(_, decimals)| decimals.len() <= 3);
        let price = Decimal::read(text, reading)
            .ok()
            .filter(|price| precise && *price > Decimal::ZERO);
        price
            .map(Self)
            .ok_or_else(|| ValueError::new(text, "a price above zero with at most three decimals"))
    }
}

/// The order in which containers start or stop, -1000 to 1000; larger numbers go first (Set container start and exit order, 2023-08-22).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Priority(pub i32);

impl fmt::Display for Priority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Value for Priority {
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        let well_formed = text
            .strip_prefix('-')
            .unwrap_or(text)
            .bytes()
            .all(|b| b.is_ascii_digit());
        match text.parse() {
            Ok(number) if well_formed => {
                reading.number(i64::from(number), 0..text.len());
                Ok(Self(number))
            }
            _ => Err(ValueError::new(text, "a whole number")),
        }
    }
}

/// A network port, 1 to 65535.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Port(pub NonZeroU16);

impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Value for Port {
    fn read(text: &str, _: &mut Reading) -> Result<Self, ValueError> {
        let port = digits(text)
            .and_then(|port| u16::try_from(port).ok())
            .and_then(NonZeroU16::new);
        port.map(Self)
            .ok_or_else(|| ValueError::new(text, "a port, 1 to 65535"))
    }
}

impl Value for SpotHours {
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        let hours = u32::read(text, reading)?;
        if hours > 1 {
            reading.remark(RemarkKind::OpenForm, 0..text.len(), "`0` or `1`, the documented values");
        }
        Ok(Self(hours))
    }
}

impl Value for Generation {
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        let number = digits(text).and_then(|number| u8::try_from(number).ok());
        let number = number.ok_or_else(|| ValueError::new(text, "a generation, `4` to `7`"))?;
        if number < 4 {
            reading.remark(RemarkKind::OutOfRange, 0..text.len(), "4 or more");
        } else if number > 7 {
            reading.remark(
                RemarkKind::OpenForm,
                0..text.len(),
                "`4` to `7`: pages disagree about later generations",
            );
        }
        Ok(Self(number))
    }
}

impl Value for Megabits {
    /// The range depends on the gateway and is judged where that is known.
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        const EXPECTED: &str = "a number of Mbit/s, such as `100M`";
        let with_unit = text.strip_suffix('M');
        let number = digits(with_unit.unwrap_or(text)).ok_or_else(|| ValueError::new(text, EXPECTED))?;
        if with_unit.is_none() && reading.doubts_bare_bandwidth() {
            reading.remark(RemarkKind::OpenForm, 0..text.len(), EXPECTED);
        }
        Ok(Self(number))
    }
}

impl Value for ExtraStorage {
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        const EXPECTED: &str = "a whole number of GiB, such as `50Gi`";
        let gib = match text.strip_suffix("Gi").map(digits) {
            Some(Some(gib)) => gib,
            _ => {
                let gib = other_storage(text).ok_or_else(|| ValueError::new(text, EXPECTED))?;
                reading.remark(RemarkKind::OpenForm, 0..text.len(), EXPECTED);
                gib
            }
        };
        reading.number(i64::from(gib), 0..text.len());
        Ok(Self(gib))
    }
}

/// Forms no page shows: a bare number as GiB, as the API counts, and other units rounded up.
fn other_storage(text: &str) -> Option<u32> {
    if let Some(gib) = digits(text) {
        return Some(gib);
    }
    if text.starts_with(['-', '+']) || !text.ends_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let bytes = text.parse::<Quantity>().and_then(Quantity::memory).ok()?;
    u32::try_from(bytes.gib_ceil()).ok()
}

impl Value for ByteRate {
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        const EXPECTED: &str = "a number of bytes per second with `T`, `G`, `M`, `K` or no unit, such as `40M`";
        let unit_at = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len());
        let (number, unit) = text.split_at(unit_at);
        let wrong = |part| ValueError::within(text, part, EXPECTED);
        let scale = match (number.is_empty(), scale(unit, reading.kilo())) {
            (false, Some(scale)) => scale,
            (false, None) => return Err(wrong(unit_at..text.len())),
            (true, _) => return Err(wrong(0..text.len())),
        };
        let open = unit.contains(['i', 'I']) || unit.bytes().any(|b| b.is_ascii_lowercase()) || number.contains('.');
        let bytes = scaled(number, scale).ok_or_else(|| wrong(0..unit_at))?;
        if open {
            reading.remark(RemarkKind::OpenForm, 0..text.len(), EXPECTED);
        }
        Ok(Self::from_bytes(bytes))
    }
}

/// Bytes of a unit; whether `K` is 1000 or 1024 is open (policy `RateUnits`).
fn scale(unit: &str, kilo: u64) -> Option<u64> {
    let upper = unit.to_ascii_uppercase();
    let (letter, power) = match upper.as_str() {
        "" | "B" => return Some(1),
        _ => match upper.strip_suffix("IB").or_else(|| upper.strip_suffix('I')) {
            Some(letter) => (letter.to_owned(), 1024_u64),
            None => (upper.strip_suffix('B').unwrap_or(&upper).to_owned(), kilo),
        },
    };
    let exponent = ["K", "M", "G", "T"].iter().position(|name| *name == letter)?;
    power.checked_pow(u32::try_from(exponent).ok()? + 1)
}

/// A decimal number times a scale, rounded down.
fn scaled(number: &str, scale: u64) -> Option<u64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let dangling = number.ends_with('.') || fraction.contains('.');
    if whole.is_empty() || dangling || number.len() > 20 {
        return None;
    }
    let digits: u128 = format!("{whole}{fraction}").parse().ok()?;
    let divisor = 10_u128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    u64::try_from(digits.checked_mul(u128::from(scale))? / divisor).ok()
}

impl Value for Memory {
    fn read(text: &str, _: &mut Reading) -> Result<Self, ValueError> {
        let memory = text.parse::<Quantity>().and_then(Quantity::memory);
        memory.map_err(|_| ValueError::new(text, "an amount of memory, such as `4Gi`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: Value>(text: &str) -> (String, Vec<RemarkKind>) {
        let mut reading = Reading {
            min: Some(0),
            max: Some(5000),
            ..Reading::default()
        };
        let value = T::read(text, &mut reading).unwrap_or_else(|error| panic!("{error}"));
        (
            value.to_string(),
            reading.remarks().iter().map(|remark| remark.kind).collect(),
        )
    }

    macro_rules! amounts {
        ($($fact:ident: $type:ty, $text:literal => $printed:literal $(, $remark:ident)?;)*) => {$(
            #[test]
            fn $fact() {
                assert_eq!(read::<$type>($text), ($printed.to_owned(), vec![$(RemarkKind::$remark)?]));
            }
        )*};
    }

    amounts! {
        a_number: u32, "30" => "30";
        a_number_above_the_range: u32, "5001" => "5001", OutOfRange;
        a_negative_number_is_below_the_range: u32, "-5" => "0", OutOfRange;
        a_price: PriceLimit, "0.250" => "0.25";
        a_decimal: Decimal, "2.0" => "2";
        storage: ExtraStorage, "50Gi" => "50Gi";
        bare_storage_is_open: ExtraStorage, "20" => "20Gi", OpenForm;
        decimal_storage_is_open_and_rounds_up: ExtraStorage, "20G" => "19Gi", OpenForm;
        small_storage_is_open: ExtraStorage, "2048Mi" => "2Gi", OpenForm;
        forty_megabytes: ByteRate, "40M" => "40M";
        units_may_have_a_b: ByteRate, "20MB" => "20M";
        bare_bytes: ByteRate, "1500" => "1500";
        lower_case_rates_are_open: ByteRate, "40m" => "40M", OpenForm;
        fractions_of_rates_are_open: ByteRate, "1.5M" => "1500K", OpenForm;
        binary_rates_are_open: ByteRate, "1Mi" => "1048576", OpenForm;
        binary_rates_in_upper_case_are_open: ByteRate, "1MI" => "1048576", OpenForm;
        bandwidth_with_unit: Megabits, "100M" => "100M";
        bandwidth_without_unit: Megabits, "200" => "200M";
        one_hour: SpotHours, "1" => "1";
        six_hours_are_open: SpotHours, "6" => "6", OpenForm;
        generation: Generation, "7" => "7";
        late_generation_is_open: Generation, "8" => "8", OpenForm;
        early_generation: Generation, "3" => "3", OutOfRange;
        priority: Priority, "100" => "100";
        port: Port, "10250" => "10250";
    }

    #[test]
    fn none_is_out_of_range_where_there_must_be_one() {
        assert_eq!(NonZeroU32::parse("24").map(NonZeroU32::get), Ok(24));
        for text in ["0", "-1"] {
            assert_eq!(
                NonZeroU32::parse(text).expect_err(text).fault,
                Fault::OutOfRange,
                "{text}"
            );
        }
        for text in ["x", "-0"] {
            assert_eq!(NonZeroU32::parse(text).expect_err(text).fault, Fault::Form, "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for text in ["", " 1", "1 ", "+1", "-0", "1.5", "0x1", "99999999999", ",10", "1e3"] {
            assert!(u32::parse(text).is_err(), "{text}");
            let mut ranged = Reading {
                min: Some(0),
                ..Reading::default()
            };
            assert!(u32::read(text, &mut ranged).is_err(), "{text}");
        }
        for text in ["", ".5", "1.", "-1", "1,5", "1.2.3"] {
            assert!(
                Decimal::parse(text).is_err() && PriceLimit::parse(text).is_err(),
                "{text}"
            );
        }
        assert!(PriceLimit::parse("0.1234").is_err() && PriceLimit::parse("0.000").is_err());
        for text in [
            "",
            "M",
            "4 0M",
            "40Mbit",
            "40P",
            "-1M",
            "1..5M",
            "40M.",
            "999999999999T",
        ] {
            assert!(ByteRate::parse(text).is_err(), "{text}");
        }
        for text in ["", "Gi", "1.5", "50GiB", "-1Gi", "-0Mi", "50gi"] {
            assert!(ExtraStorage::parse(text).is_err(), "{text}");
        }
        for text in ["", "M", "100m", "100Mbit", "1.5M", "100MB"] {
            assert!(Megabits::parse(text).is_err(), "{text}");
        }
        for text in ["", "-", "+5", "1.5", "ten"] {
            assert!(Priority::parse(text).is_err(), "{text}");
        }
        for text in ["", "0", "65536", "-1", "http"] {
            assert!(Port::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_wrong_part_of_a_rate_is_pointed_at() {
        let within = |text: &str| ByteRate::parse(text).expect_err(text).within;
        assert_eq!((within("40Mbit"), within("1..5M"), within("M")), (2..6, 0..4, 0..1));
    }

    #[test]
    fn policies_choose_units() {
        let reading = |name: &str, choice: &str| {
            let mut policies = eci_model::policy::Policies::default();
            policies.set(name, choice).expect("a choice");
            Reading::of(crate::keys::IPV6_BANDWIDTH.facts(), &policies, false)
        };
        for (choice, bytes) in [("Thousand", 40_000_000), ("Binary", 41_943_040)] {
            let rate = ByteRate::read("40M", &mut reading("RateUnits", choice)).expect("a rate");
            assert_eq!(rate.bytes(), bytes, "{choice}");
        }
        for (choice, remarks) in [("Megabits", 0), ("Doubt", 1)] {
            let mut reading = reading("BareBandwidth", choice);
            assert_eq!(Megabits::read("200", &mut reading), Ok(Megabits(200)));
            assert_eq!(reading.remarks().len(), remarks, "{choice}");
            Megabits::read("200M", &mut reading).expect("with its unit");
            assert_eq!(reading.remarks().len(), remarks, "{choice}");
        }
    }
}
