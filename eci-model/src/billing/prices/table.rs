//! The list prices in billionths, with their date.
//!
//! Generated from `data/specs.json` by `ECI_REGENERATE=1 cargo test -p eci-model --test size`; do not edit.

use super::{Money, UnitPrices};

pub(super) static CNY: (&str, UnitPrices) = (
    "2024-11-27",
    UnitPrices {
        vcpu: Money::from_nano(49000),
        economy_vcpu: Money::from_nano(27000),
        gib: Money::from_nano(6130),
        disk_gib: Money::from_nano(590),
    },
);

pub(super) static USD: (&str, UnitPrices) = (
    "undated copy",
    UnitPrices {
        vcpu: Money::from_nano(7700),
        economy_vcpu: Money::from_nano(4240),
        gib: Money::from_nano(960),
        disk_gib: Money::from_nano(93),
    },
);
