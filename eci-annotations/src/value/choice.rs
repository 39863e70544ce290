//! Words out of a few: switches and choices.

use eci_model::settings::{
    BurstResource, ComputeCategory, CpuArch, DiskLevel, EipChargeType, EipIsp, FailStrategy, PoolCriteria,
    ScheduleStrategy, SpotRelease,
};
use eci_model::spec::SpotStrategy;

use crate::value::{Reading, RemarkKind, Value, ValueError};

/// Reads one of the words, in any case unless the policy is strict (pages spell some words in two ways).
pub(crate) fn read_word<T: Copy>(
    text: &str,
    reading: &mut Reading,
    words: &[T],
    name: impl Fn(T) -> &'static str,
) -> Result<T, ValueError> {
    if let Some(word) = words.iter().find(|word| name(**word) == text) {
        return Ok(*word);
    }
    match words.iter().find(|word| name(**word).eq_ignore_ascii_case(text)) {
        Some(word) if !reading.is_strict() => {
            reading.remark(RemarkKind::Case, 0..text.len(), format!("`{}`", name(*word)));
            Ok(*word)
        }
        _ => Err(ValueError::new(text, one_of(words, name))),
    }
}

fn one_of<T: Copy>(words: &[T], name: impl Fn(T) -> &'static str) -> String {
    let names: Vec<String> = words.iter().map(|word| format!("`{}`", name(*word))).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

impl Value for bool {
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        read_word(
            text,
            reading,
            &[true, false],
            |value| if value { "true" } else { "false" },
        )
    }
}

macro_rules! choices {
    ($($choice:ident),*) => {$(
        impl Value for $choice {
            fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
                read_word(text, reading, Self::ALL, Self::name)
            }
        }
    )*};
}

choices!(
    ScheduleStrategy,
    FailStrategy,
    PoolCriteria,
    ComputeCategory,
    SpotRelease,
    EipIsp,
    EipChargeType,
    CpuArch
);

impl Value for SpotStrategy {
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        const WORDS: [SpotStrategy; 2] = [SpotStrategy::SpotAsPriceGo, SpotStrategy::SpotWithPriceLimit];
        if text == SpotStrategy::NoSpot.name() {
            reading.remark(
                RemarkKind::OpenForm,
                0..text.len(),
                "no annotation: `NoSpot` is a word of the API",
            );
            return Ok(SpotStrategy::NoSpot);
        }
        read_word(text, reading, &WORDS, SpotStrategy::name)
    }
}

impl Value for BurstResource {
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        if text == BurstResource::Ecs.name() {
            reading.remark(RemarkKind::OpenForm, 0..text.len(), "`eci` or `eci_only`");
            return Ok(BurstResource::Ecs);
        }
        // Anything else fails scheduling, another case included.
        match text {
            "eci" => Ok(BurstResource::Eci),
            "eci_only" => Ok(BurstResource::EciOnly),
            _ => Err(ValueError::new(text, "`eci` or `eci_only`")),
        }
    }
}

impl Value for DiskLevel {
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        let level = read_word(text, reading, Self::ALL, Self::name)?;
        if level != DiskLevel::Pl1 {
            reading.remark(RemarkKind::OpenForm, 0..text.len(), "`PL1`, the one on the page");
        }
        Ok(level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eci_model::policy::CaseRule;

    fn kinds<T: Value>(text: &str) -> Vec<RemarkKind> {
        let mut reading = Reading::default();
        T::read(text, &mut reading).unwrap_or_else(|error| panic!("{error}"));
        reading.remarks().iter().map(|remark| remark.kind).collect()
    }

    #[test]
    fn the_second_published_spelling_is_read_and_told() {
        assert_eq!(kinds::<ScheduleStrategy>("VSwitchOrdered"), []);
        assert_eq!(kinds::<ScheduleStrategy>("vSwitchOrdered"), [RemarkKind::Case]);
        assert_eq!(kinds::<PoolCriteria>("open"), [RemarkKind::Case]);
        assert_eq!(kinds::<bool>("True"), [RemarkKind::Case]);
    }

    #[test]
    fn a_strict_policy_refuses_other_cases() {
        let mut reading = Reading {
            case: CaseRule::Strict,
            ..Reading::default()
        };
        let error = bool::read("True", &mut reading).expect_err("another case");
        assert_eq!(error.to_string(), "`True` is not `true` or `false`");
    }

    #[test]
    fn words_the_pages_leave_open_are_told() {
        assert_eq!(kinds::<SpotStrategy>("NoSpot"), [RemarkKind::OpenForm]);
        assert_eq!(kinds::<BurstResource>("ecs"), [RemarkKind::OpenForm]);
        assert_eq!(kinds::<DiskLevel>("PL3"), [RemarkKind::OpenForm]);
        assert_eq!(kinds::<DiskLevel>("PL1"), []);
    }

    #[test]
    fn other_words_are_refused_with_the_choices() {
        for text in ["", "yes", "1", "true ", "TRUE!", "on"] {
            assert!(bool::parse(text).is_err(), "{text}");
        }
        let error = FailStrategy::parse("fail").expect_err("no strategy");
        assert_eq!(
            error.to_string(),
            "`fail` is not `fail-back`, `fail-over` or `fail-fast`"
        );
        assert!(BurstResource::parse("ECI").is_err());
        assert!(EipIsp::parse("BPG").is_err());
    }
}
