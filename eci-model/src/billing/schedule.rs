//! How often a CronJob runs, for what a month costs.

use std::str::FromStr;
use std::time::Duration;

/// The schedule of a CronJob, as Kubernetes reads it: five fields, or a word such as `@daily` or `@every 90m`.
///
/// A field is `*`, `?`, numbers, ranges, steps and lists of them; months and weekdays may be named. When both the day of the month and the
/// day of the week are restricted, either suffices. A time zone is not part of it and does not change how often it runs.
///
/// # Example
/// ```
/// use eci_model::billing::Schedule;
///
/// assert_eq!("30 2 * * *".parse::<Schedule>()?.runs_per_month(), 30);
/// assert_eq!("*/5 9-17 * * MON-FRI".parse::<Schedule>()?.runs_per_month(), 2346);
/// assert_eq!("@hourly".parse::<Schedule>()?.runs_per_month(), 730);
/// # Ok::<(), eci_model::billing::ScheduleError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Every(Duration),
    Fields(Box<Fields>),
}

/// A bit for each number that matches.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Fields {
    minutes: Field,
    hours: Field,
    days: Field,
    months: Field,
    weekdays: Field,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Field {
    bits: u64,
    /// Written as `*` or `?`, with or without a step.
    is_star: bool,
}

/// A text that is no schedule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no schedule such as `30 2 * * *` or `@daily`")]
pub struct ScheduleError(Box<str>);

impl Schedule {
    /// How many runs begin in an average month of [730 hours](super::Rate::HOURS_OF_A_MONTH), rounded to the nearest.
    pub fn runs_per_month(&self) -> u32 {
        let (runs, hours) = match &self.0 {
            Kind::Every(each) => (
                HOUR * super::Rate::HOURS_OF_A_MONTH,
                each.as_secs() * super::Rate::HOURS_OF_A_MONTH,
            ),
            Kind::Fields(fields) => (fields.runs_per_cycle(), CYCLE_DAYS * 24),
        };
        let per_month = (runs * super::Rate::HOURS_OF_A_MONTH + hours / 2) / hours.max(1);
        u32::try_from(per_month).unwrap_or(u32::MAX)
    }
}

impl FromStr for Schedule {
    type Err = ScheduleError;

    fn from_str(text: &str) -> Result<Self, ScheduleError> {
        let read = |text: &str| match text.strip_prefix("@every ") {
            Some(span) => every(span.trim()).map(Kind::Every),
            None => Fields::read(word(text)).map(|fields| Kind::Fields(Box::new(fields))),
        };
        let schedule = read(text.trim()).map(Self);
        schedule.ok_or_else(|| ScheduleError(text.chars().take(64).collect::<String>().into()))
    }
}

fn word(text: &str) -> &str {
    match text {
        "@yearly" | "@annually" => "0 0 1 1 *",
        "@monthly" => "0 0 1 * *",
        "@weekly" => "0 0 * * 0",
        "@daily" | "@midnight" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        other => other,
    }
}

/// Whole hours, minutes and seconds: `1h30m`; at least a second.
fn every(text: &str) -> Option<Duration> {
    let mut seconds: u64 = 0;
    let mut number = String::new();
    for letter in text.chars() {
        let unit = match letter {
            '0'..='9' => {
                number.push(letter);
                continue;
            }
            'h' => HOUR,
            'm' => 60,
            's' => 1,
            _ => return None,
        };
        let amount: u64 = number.parse().ok()?;
        number.clear();
        seconds = seconds.checked_add(amount.checked_mul(unit)?)?;
    }
    let is_one = number.is_empty() && (1..=CYCLE_DAYS * 24 * HOUR).contains(&seconds);
    is_one.then(|| Duration::from_secs(seconds))
}

impl Fields {
    fn read(text: &str) -> Option<Self> {
        let mut words = text.split_ascii_whitespace();
        let fields = Self {
            minutes: Field::read(words.next()?, 0, 59, &[])?,
            hours: Field::read(words.next()?, 0, 23, &[])?,
            days: Field::read(words.next()?, 1, 31, &[])?,
            months: Field::read(words.next()?, 1, 12, &MONTHS)?,
            weekdays: Field::read(words.next()?, 0, 6, &WEEKDAYS)?,
        };
        words.next().is_none().then_some(fields)
    }

    /// Runs in the 28 years after which days of the week and leap years repeat.
    fn runs_per_cycle(&self) -> u64 {
        let a_day = u64::from(self.minutes.bits.count_ones()) * u64::from(self.hours.bits.count_ones());
        a_day * self.days_of_cycle()
    }

    fn days_of_cycle(&self) -> u64 {
        let mut weekday = 0;
        let mut count = 0;
        for year in 0..28 {
            for (month, length) in (1..).zip(LENGTHS) {
                let leap = month == 2 && year % 4 == 0;
                for day in 1..=length + u32::from(leap) {
                    count += u64::from(self.months.has(month) && self.has_day(day, weekday));
                    weekday = (weekday + 1) % 7;
                }
            }
        }
        count
    }

    fn has_day(&self, day: u32, weekday: u32) -> bool {
        let (day, weekday) = (self.days.has(day), self.weekdays.has(weekday));
        if self.days.is_star || self.weekdays.is_star {
            day && weekday
        } else {
            day || weekday
        }
    }
}

impl Field {
    const fn has(self, number: u32) -> bool {
        self.bits >> number & 1 == 1
    }

    fn read(text: &str, least: u32, most: u32, names: &[&str]) -> Option<Self> {
        let mut field = Self {
            bits: 0,
            is_star: false,
        };
        for part in text.split(',') {
            let (range, step) = match part.split_once('/') {
                Some((range, step)) => (range, Some(step.parse::<u32>().ok().filter(|step| *step > 0)?)),
                None => (part, None),
            };
            let number = |text: &str| {
                let named = names
                    .iter()
                    .zip(least..)
                    .find(|(name, _)| name.eq_ignore_ascii_case(text));
                named.map_or_else(|| text.parse().ok(), |(_, number)| Some(number))
            };
            let (from, to) = match range.split_once('-') {
                _ if range == "*" || range == "?" => {
                    field.is_star = true;
                    (least, most)
                }
                Some((from, to)) => (number(from)?, number(to)?),
                None => {
                    let from = number(range)?;
                    // `5/15` runs to the end of the field.
                    (from, if step.is_some() { most } else { from })
                }
            };
            if from < least || to > most || from > to {
                return None;
            }
            for number in (from..=to).step_by(usize::try_from(step.unwrap_or(1)).ok()?) {
                field.bits |= 1 << number;
            }
        }
        Some(field)
    }
}

const HOUR: u64 = 3600;
/// Days of 28 years.
const CYCLE_DAYS: u64 = 10_227;
const LENGTHS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const WEEKDAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    macro_rules! runs {
        ($($fact:ident: $text:literal => $runs:literal;)*) => {$(
            #[test]
            fn $fact() {
                let schedule: Schedule = $text.parse().expect("a schedule of the table");
                assert_eq!(schedule.runs_per_month(), $runs);
            }
        )*};
    }

    runs! {
        each_night_is_thirty_times: "30 2 * * *" => 30;
        each_minute_is_all_minutes: "* * * * *" => 43_800;
        steps_divide_the_hour: "*/15 * * * *" => 2_920;
        steps_after_a_number_run_to_the_end: "50/5 * * * *" => 1_460;
        the_first_of_the_month_is_once: "0 0 1 * *" => 1;
        the_thirty_first_is_less_than_once_but_rounds_to_it: "0 0 31 * *" => 1;
        a_leap_day_rounds_to_never: "0 0 29 2 *" => 0;
        sundays_are_four: "0 0 * * 0" => 4;
        working_days_have_names: "0 0 * * Mon-Fri" => 22;
        day_of_month_and_of_week_together_are_either: "0 0 1 * MON" => 5;
        lists_add_up: "0,30 1,2 * * *" => 122;
        words_stand_for_fields: "@weekly" => 4;
        every_counts_seconds: "@every 1h30m" => 487;
    }

    #[test]
    fn what_is_no_schedule_is_an_error() {
        for text in [
            "",
            "* * * *",
            "* * * * * *",
            "60 * * * *",
            "* 24 * * *",
            "* * 0 * *",
            "* * * 13 *",
            "* * * * 7",
            "5-1 * * * *",
            "*/0 * * * *",
            "a * * * *",
            "@every",
            "@every 0s",
            "@every 5",
            "@soon",
            "1,, * * * *",
        ] {
            assert!(text.parse::<Schedule>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[-0-9*/,@ a-z]{0,24}") {
            if let Ok(schedule) = text.parse::<Schedule>() {
                // At most once a second.
                prop_assert!(schedule.runs_per_month() <= 2_628_000);
            }
        }
    }
}
