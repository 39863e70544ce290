//! Keys that nothing knows.

use eci_model::{EffectivePod, Findings, Fix};

use crate::key::Row;
use crate::registry::{known, registry};
use crate::rules::{ANNOTATION_MISSPELT, ANNOTATION_UNKNOWN};

/// Keys under these are the platform's own, so an unknown one is a mistake.
const PREFIXES: [&str; 3] = ["k8s.aliyun.com/eci-", "k8s.aliyun.com/imc-", "k8s.aliyun.com/acr-"];

/// Longer keys are compared with nothing: no listed key is so long.
const LONGEST: usize = 100;

/// Tells keys that look like the platform's and are none; `declared` are keys of the user's own.
pub fn check(pod: &EffectivePod<'_>, declared: &[Row], out: &mut Findings) {
    for entry in pod.annotations().iter() {
        let key = entry.key;
        let is_known = known(key).is_some() || declared.iter().any(|row| row.name() == key);
        if is_known || !key.contains("aliyun.com/") {
            continue;
        }
        if let Some(near) = nearest(key) {
            let finding = pod.annotation_finding(ANNOTATION_MISSPELT, key).found(key.to_owned());
            let place = pod.annotation_place(key);
            let fix = Fix::Rename {
                place,
                key: near.to_owned().into(),
            };
            out.push(finding.expected(format!("`{near}`")).fix(fix));
        } else if PREFIXES.iter().any(|prefix| key.starts_with(prefix)) {
            out.push(pod.annotation_finding(ANNOTATION_UNKNOWN, key).found(key.to_owned()));
        }
    }
}

/// The one listed key that is this one but for case, hyphens and underscores, a plural, or two letters.
fn nearest(key: &str) -> Option<&'static str> {
    if key.len() > LONGEST {
        return None;
    }
    let listed = || registry().iter().map(|listed| listed.key);
    let plain = plain(key);
    if let Some(same) = listed().find(|other| self::plain(other) == plain) {
        return Some(same);
    }
    let distance = |other: &&str| strsim::damerau_levenshtein(key, other);
    let closest = listed().min_by_key(distance)?;
    (distance(&closest) <= 2).then_some(closest)
}

fn plain(key: &str) -> String {
    let letters = key.chars().filter(|letter| !matches!(letter, '-' | '_'));
    letters
        .collect::<String>()
        .to_ascii_lowercase()
        .trim_end_matches('s')
        .to_owned()
}
