//! From annotations to settings, with a finding for each value that cannot be read.

use eci_model::spec::SpecList;
use eci_model::{EffectivePod, Findings, Given, Origin, Settings};

use crate::key::Key;
use crate::keys;
use crate::rules::{ANNOTATION_BAD_VALUE, ANNOTATION_EMPTY, ANNOTATION_PLACEHOLDER, ANNOTATION_TOO_MANY_ITEMS};
use crate::value::{Value, ValueError};

/// Reads every key once.
///
/// The settings of `pod` are not looked at: they are what this makes.
pub fn read(pod: &EffectivePod<'_>, out: &mut Findings) -> Settings {
    let mut settings = Settings::default();
    settings.use_specs = get(pod, keys::USE_SPECS, out);
    settings.spot_strategy = get(pod, keys::SPOT_STRATEGY, out);
    settings.vswitches = get(pod, keys::VSWITCH, out);
    settings.security_groups = get(pod, keys::SECURITY_GROUP, out);
    settings.schedule_strategy = get(pod, keys::SCHEDULE_STRATEGY, out);
    settings.data_cache_bucket = get(pod, keys::DATA_CACHE_BUCKET, out);
    let _ = get(pod, keys::WITH_EIP, out);
    let _ = get(pod, keys::FIXED_IP, out);
    let _ = get(pod, keys::AUTO_IMAGE_CACHE, out);
    limit(
        pod,
        keys::USE_SPECS,
        settings.use_specs.as_ref().map(|list| list.value.0.len()),
        SpecList::MAX_ITEMS,
        out,
    );
    limit(
        pod,
        keys::VSWITCH,
        settings.vswitches.as_ref().map(|list| list.value.len()),
        10,
        out,
    );
    limit(
        pod,
        keys::SECURITY_GROUP,
        settings.security_groups.as_ref().map(|list| list.value.len()),
        5,
        out,
    );
    settings
}

fn get<T: Value>(pod: &EffectivePod<'_>, key: Key<T>, out: &mut Findings) -> Option<Given<T>> {
    let text = pod.annotations().get(key.name())?;
    if text.trim().is_empty() {
        out.push(pod.annotation_finding(ANNOTATION_EMPTY, key.name()));
        return None;
    }
    match T::parse(text) {
        Ok(value) => {
            let own = || Origin::PodAnnotation { key: key.name().into() };
            let origin = pod.annotations().origin(key.name(), own)?;
            Some(Given::new(value, origin))
        }
        Err(error) => {
            tell(pod, key.name(), error, out);
            None
        }
    }
}

fn tell(pod: &EffectivePod<'_>, key: &str, error: ValueError, out: &mut Findings) {
    let rule = if error.placeholder {
        ANNOTATION_PLACEHOLDER
    } else {
        ANNOTATION_BAD_VALUE
    };
    let finding = pod.annotation_finding(rule, key).title(error.to_string());
    // Within an injected value, bytes of the value are no bytes of the place.
    let finding = match pod.annotations().injection(key) {
        Some(_) => finding.note(format!("in the value of {key}")),
        None => finding.within(error.within),
    };
    out.push(finding.found(error.found.into_string()).expected(error.expected));
}

fn limit<T>(pod: &EffectivePod<'_>, key: Key<T>, count: Option<usize>, most: usize, out: &mut Findings) {
    if let Some(count) = count.filter(|count| *count > most) {
        let finding = pod.annotation_finding(ANNOTATION_TOO_MANY_ITEMS, key.name());
        out.push(
            finding
                .found(format!("{count} items"))
                .expected(format!("at most {most}")),
        );
    }
}
