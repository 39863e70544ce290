//! What is billed for which time: bills hour by hour, and months of replicas and of runs.

use std::time::Duration;

use super::{Money, Rate};

/// What an instance is billed for one hour of the clock.
///
/// Bills are settled at each full hour and count seconds, from the state Pending to the end (Billing of instances, 2024-11-27).
///
/// # Example
/// ```
/// use eci_model::billing::{Bill, Currency, UnitPrices};
///
/// // Pending at 10:49:30, released at 11:20:05, 2 vCPU 4 GiB.
/// let rate = UnitPrices::of(Currency::Cny).per_hour("2-4Gi".parse()?, None);
/// let bills: Vec<Bill> = Bill::of(rate, 49 * 60 + 30, 630 + 1205).collect();
/// assert_eq!(bills.iter().map(|bill| bill.seconds).collect::<Vec<_>>(), [630, 1205]);
/// assert_eq!(bills[1].amount.to_string(), "0.1476366");
/// assert_eq!(bills[1].charged().to_string(), "0.15");
/// # Ok::<(), eci_model::spec::SizeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Bill {
    /// How many seconds of the hour are billed.
    pub seconds: u64,
    /// What they cost, before the bill is rounded.
    pub amount: Money,
}

impl Bill {
    /// The bills of an instance: it starts so many seconds into an hour of the clock and is billed for so many seconds.
    pub fn of(rate: Rate, into_hour: u32, seconds: u64) -> impl Iterator<Item = Self> {
        let mut left = seconds;
        let mut room = HOUR - u64::from(into_hour) % HOUR;
        std::iter::from_fn(move || {
            let seconds = left.min(room);
            left -= seconds;
            room = HOUR;
            let amount = rate.seconds(seconds);
            (seconds > 0).then_some(Self { seconds, amount })
        })
    }

    /// What is charged: hundredths, rounded to the nearest; less than half of one is dropped.
    ///
    /// The page of China says so for renminbi (Billing of instances, 2024-11-27); the same is assumed for other currencies.
    pub const fn charged(&self) -> Money {
        self.amount.hundredths()
    }
}

/// For how long instances are billed in a month.
///
/// # Example: three replicas, and a job that runs for ten minutes each night
/// ```
/// use std::time::Duration;
/// use eci_model::billing::{Rate, Usage};
///
/// let rate = Rate::per_hour("0.441072".parse()?);
/// assert_eq!(format!("{:.2}", Usage::always(3).price(rate)), "965.95");
/// assert_eq!(format!("{:.2}", Usage::runs(30, Duration::from_secs(600)).price(rate)), "2.21");
/// # Ok::<(), eci_model::api::DecimalError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Usage {
    seconds: u128,
}

impl Usage {
    /// So many replicas all month long, which has [730 hours](Rate::HOURS_OF_A_MONTH).
    pub const fn always(replicas: u32) -> Self {
        Self {
            seconds: replicas as u128 * (Rate::HOURS_OF_A_MONTH * HOUR) as u128,
        }
    }

    /// So many runs a month, each as long; part of a second counts as one.
    pub const fn runs(per_month: u32, each: Duration) -> Self {
        let begun = each.as_secs() as u128 + (each.subsec_nanos() > 0) as u128;
        Self {
            seconds: per_month as u128 * begun,
        }
    }

    /// The same for so many pods at once, such as the parallelism of a Job.
    #[must_use]
    pub const fn times(self, pods: u32) -> Self {
        Self {
            seconds: self.seconds.saturating_mul(pods as u128),
        }
    }

    /// What it costs at a rate, before bills are rounded.
    pub const fn price(self, rate: Rate) -> Money {
        rate.hour().fraction(self.seconds, HOUR as u128)
    }
}

const HOUR: u64 = 3600;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn charged(amount: &str) -> String {
        let amount = amount.parse().expect("an amount");
        Bill { seconds: 1, amount }.charged().to_string()
    }

    #[test]
    fn less_than_half_a_cent_is_dropped() {
        assert_eq!(charged("0.004999999"), "0");
        assert_eq!(charged("0.005"), "0.01");
        assert_eq!(charged("0.0149"), "0.01");
    }

    #[test]
    fn nothing_is_billed_for_no_time() {
        assert_eq!(Bill::of(Rate::ZERO, 10, 0).count(), 0);
    }

    #[test]
    fn a_bill_begins_at_the_full_hour() {
        let seconds: Vec<u64> = Bill::of(Rate::ZERO, 0, 3601).map(|bill| bill.seconds).collect();
        assert_eq!(seconds, [3600, 1]);
    }

    #[test]
    fn runs_of_several_pods_add_up() {
        let rate = Rate::per_hour("3.6".parse().expect("an amount"));
        let usage = Usage::runs(10, Duration::from_millis(1500)).times(4);
        assert_eq!(usage.price(rate).to_string(), "0.08");
    }

    #[test]
    fn a_month_of_one_replica_is_the_month_of_the_rate() {
        let rate = Rate::per_hour("0.441072".parse().expect("an amount"));
        assert_eq!(Usage::always(1).price(rate), rate.month());
    }

    proptest! {
        #[test]
        fn bills_cover_the_time(into_hour in 0_u32..7200, seconds in 0_u64..100_000) {
            let bills: Vec<Bill> = Bill::of(Rate::ZERO, into_hour, seconds).collect();
            prop_assert_eq!(bills.iter().map(|bill| bill.seconds).sum::<u64>(), seconds);
            prop_assert!(bills.iter().all(|bill| (1..=3600).contains(&bill.seconds)));
        }
    }
}
