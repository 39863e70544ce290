//! The forms of single values: ids, sizes, amounts, addresses, and lists of them.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::grammar::{is_masked, is_template};
use super::{BAD, CASE, MANY, OPEN, PLACEHOLDER, RANGE, Read, Refused, SHAPE, SPACES, TWICE};

pub(super) fn if_so(yes: bool, text: &str) -> Result<Read, Refused> {
    if yes { Ok(Read::plain(text)) } else { Err(BAD) }
}

/// Items with commas between: trimmed when read, written without spaces.
pub(super) fn list(
    text: &str,
    most: Option<usize>,
    item: impl Fn(&str) -> Result<Read, Refused>,
) -> Result<Read, Refused> {
    items(text, most, is_masked, item)
}

fn items(
    text: &str,
    most: Option<usize>,
    masked: fn(&str) -> bool,
    item: impl Fn(&str) -> Result<Read, Refused>,
) -> Result<Read, Refused> {
    let mut canonical = Vec::new();
    let mut rules = BTreeSet::new();
    for part in text.split(',') {
        if masked(part.trim()) {
            return Err(PLACEHOLDER);
        }
        let read = item(part.trim())?;
        if part != part.trim() {
            rules.insert(SPACES);
        }
        if canonical.contains(&read.canonical) {
            rules.insert(TWICE);
        }
        canonical.push(read.canonical);
        rules.extend(read.rules);
    }
    if most.is_some_and(|most| canonical.len() > most) {
        rules.insert(MANY);
    }
    Ok(Read {
        canonical: canonical.join(","),
        rules,
    })
}

pub(super) fn several_are_open(read: Read, text: &str) -> Read {
    read.with(OPEN, text.contains(','))
}

pub(super) fn word(words: &[&str], text: &str) -> Result<Read, Refused> {
    if words.contains(&text) {
        return Ok(Read::plain(text));
    }
    let same = words.iter().find(|word| word.to_lowercase() == text.to_lowercase());
    same.map(|word| Read::plain(*word).with(CASE, true)).ok_or(BAD)
}

pub(super) fn digits(text: &str) -> Result<u64, Refused> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(BAD);
    }
    text.parse().map_err(|_| BAD)
}

pub(super) fn is_negative(text: &str) -> bool {
    text.strip_prefix('-')
        .is_some_and(|number| digits(number).is_ok_and(|number| number > 0))
}

pub(super) fn number(text: &str, least: u64, most: u64) -> Result<Read, Refused> {
    let number = digits(text)?;
    Ok(Read::plain(number.to_string()).with(RANGE, number < least || number > most))
}

/// A decimal without needless zeros: whole part and decimals.
fn decimal(text: &str) -> Option<(String, String)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    digits(whole).ok()?;
    digits(fraction).ok()?;
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Some((whole.to_owned(), fraction.trim_end_matches('0').to_owned()))
}

fn printed((whole, fraction): &(String, String)) -> String {
    if fraction.is_empty() {
        whole.clone()
    } else {
        format!("{whole}.{fraction}")
    }
}

pub(super) fn price(text: &str) -> Result<Read, Refused> {
    const PRECISION: Refused = "spot-limit-precision";
    let written = text.split_once('.').map_or("", |(_, fraction)| fraction);
    let read = decimal(text).ok_or(PRECISION)?;
    if written.len() > 3 || printed(&read) == "0" {
        return Err(PRECISION);
    }
    Ok(Read::plain(printed(&read)))
}

pub(super) fn spec(item: &str) -> Result<Read, Refused> {
    if item.starts_with("ecs.") {
        let parts: Vec<&str> = item.split('.').collect();
        let plain = |part: &&str| {
            !part.is_empty()
                && !part.starts_with('-')
                && !part.ends_with('-')
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        };
        return if parts.len() == 3 && parts.iter().all(plain) {
            Ok(Read::plain(item))
        } else {
            Err("spec-type-malformed")
        };
    }
    let (cpu, memory) = item
        .strip_suffix("Gi")
        .and_then(|item| item.split_once('-'))
        .ok_or(BAD)?;
    let (cpu, memory) = (decimal(cpu).ok_or(BAD)?, decimal(memory).ok_or(BAD)?);
    if printed(&cpu) == "0" || printed(&memory) == "0" {
        return Err(BAD);
    }
    Ok(Read::plain(format!("{}-{}Gi", printed(&cpu), printed(&memory))))
}

/// A prefix, then small letters and digits; the usual lengths of what follows come from samples.
pub(super) fn id(prefix: &str, text: &str) -> Result<Read, Refused> {
    let tail = text.strip_prefix(prefix).ok_or(BAD)?;
    if tail.is_empty()
        || !tail
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    {
        return Err(BAD);
    }
    let seen = match prefix {
        "vsw-" | "eip-" | "vpc-" | "cbwp-" | "pippool-" => Some(21),
        "sg-" | "eni-" | "eci-" => Some(20),
        _ => None,
    };
    Ok(Read::plain(text).with(SHAPE, seen.is_some_and(|seen| seen != tail.len())))
}

pub(super) fn acr(item: &str) -> Result<Read, Refused> {
    let instance = match item.split_once(':') {
        Some((region, instance)) => {
            let parts: Vec<&str> = region.split('-').collect();
            let plain =
                |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
            if parts.len() < 2 || !parts.iter().all(plain) {
                return Err(BAD);
            }
            instance
        }
        None => item,
    };
    id("cri-", instance)?;
    Ok(Read::plain(item))
}

/// What stands after `role/` is a path of names; the letters of a name are those of the access control pages.
pub(super) fn arn(item: &str) -> Result<Read, Refused> {
    let (account, role) = item
        .strip_prefix("acs:ram::")
        .and_then(|rest| rest.split_once(":role/"))
        .ok_or(BAD)?;
    digits(account)?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.@/".contains(&byte);
    if_so(!role.is_empty() && role.bytes().all(plain), item)
}

pub(super) fn family(item: &str) -> Result<Read, Refused> {
    let name = item.strip_prefix('-').unwrap_or(item).strip_prefix("ecs.").ok_or(BAD)?;
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if_so(
        !name.starts_with('-') && !name.ends_with('-') && !name.is_empty() && name.bytes().all(plain),
        item,
    )
}

/// 4 to 7; one table also knows 8, and pages disagree on it.
pub(super) fn generation(item: &str) -> Result<Read, Refused> {
    let (sign, number) = item.strip_prefix('-').map_or(("", item), |number| ("-", number));
    let number = digits(number).ok().filter(|number| *number < 256).ok_or(BAD)?;
    Ok(Read::plain(format!("{sign}{number}"))
        .with(OPEN, number > 7)
        .with(RANGE, number < 4))
}

/// A kind and a major version; minor versions stand on older pages only.
pub(super) fn driver(text: &str) -> Result<Read, Refused> {
    let (kind, version) = text.split_once('=').ok_or(BAD)?;
    let numbers: Vec<&str> = version.split('.').collect();
    let plain = !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_lowercase());
    if !plain || numbers.iter().any(|number| digits(number).is_err()) {
        return Err(BAD);
    }
    Ok(Read::plain(text).with(OPEN, numbers.len() > 1))
}

pub(super) fn storage(text: &str) -> Result<Read, Refused> {
    let whole = |gib: &&str| !gib.contains('.');
    let Some(gib) = text.strip_suffix("Gi").filter(whole) else {
        let bare = ["Gi", "G", "Mi", "M", "Ti", "T", "Ki", "K", "k"]
            .iter()
            .find_map(|suffix| text.strip_suffix(suffix))
            .unwrap_or(text);
        // Kubernetes writes `.5` and `1.` too.
        let plain = bare.strip_suffix('.').filter(|_| bare != text).unwrap_or(bare);
        let plain = &plain
            .strip_prefix('.')
            .map_or_else(|| plain.to_owned(), |fraction| format!("0.{fraction}"));
        if decimal(plain).is_none() || (bare == text && plain.contains('.')) {
            return Err(BAD);
        }
        return Ok(Read::plain(text).with(OPEN, true));
    };
    // Kubernetes writes `2.` too.
    if let Some(whole) = gib.strip_suffix('.').and_then(|whole| digits(whole).ok()) {
        return Ok(Read::plain(format!("{whole}Gi"))
            .with(OPEN, true)
            .with(RANGE, whole > 5000));
    }
    let gib = digits(gib)?;
    Ok(Read::plain(format!("{gib}Gi")).with(RANGE, gib > 5000))
}

pub(super) fn byte_rate(text: &str) -> Result<Read, Refused> {
    let units = ["TB", "T", "GB", "G", "MB", "M", "KB", "K", "B", ""];
    if units
        .iter()
        .any(|unit| text.strip_suffix(unit).is_some_and(|number| digits(number).is_ok()))
    {
        return if bytes(text).is_some() {
            Ok(Read::plain(text))
        } else {
            Err(BAD)
        };
    }
    let open = [
        "tb", "t", "gb", "g", "mb", "m", "kb", "k", "b", "ki", "mi", "gi", "ti", "",
    ];
    let lower = text.to_lowercase();
    let is_open = open
        .iter()
        .any(|unit| lower.strip_suffix(unit).is_some_and(|number| decimal(number).is_some()));
    if is_open {
        Ok(Read::plain(text).with(OPEN, true))
    } else {
        Err(BAD)
    }
}

/// Bytes per second, a thousand of a unit to the next; as many as 64 bits count.
pub(super) fn bytes(text: &str) -> Option<u64> {
    let unit = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let mut number: u64 = text[..unit].parse().ok()?;
    let power = ["K", "M", "G", "T"]
        .iter()
        .position(|name| text[unit..].starts_with(name));
    for _ in 0..power.map_or(0, |power| power + 1) {
        number = number.checked_mul(1000)?;
    }
    Some(number)
}

pub(super) fn address(text: &str) -> Result<Read, Refused> {
    text.parse::<IpAddr>()
        .map(|address| Read::plain(address.to_string()))
        .map_err(|_| BAD)
}

/// A scheme or a path is told by a rule of its own.
pub(super) fn registry(item: &str) -> Result<Read, Refused> {
    let (item, rest) = item.find('/').map_or((item, ""), |slash| item.split_at(slash));
    let (host, port) = item
        .split_once(':')
        .map_or((item, None), |(host, port)| (host, Some(port)));
    let host = host.strip_suffix('.').unwrap_or(host);
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let port_is_good = match port {
        None => true,
        Some(port) => digits(port).is_ok_and(|port| (1..=65_535).contains(&port)),
    };
    if_so(host.split('.').all(label) && port_is_good, &format!("{item}{rest}"))
}

/// A tag of a wrong form is refused; more than three are told.
pub(super) fn tags(text: &str) -> Result<Read, Refused> {
    const FORM: Refused = "custom-tag-form";
    let mut names: Vec<String> = Vec::new();
    let read = items(text, None, is_template, |item| {
        let bare = if is_masked(item) { PLACEHOLDER } else { FORM };
        let (name, value) = item.split_once(':').ok_or(bare)?;
        let web = |text: &str| text.contains("http://") || text.contains("https://");
        let wrong = name.is_empty()
            || name.chars().count() > 64
            || name.starts_with("aliyun")
            || item.starts_with("acs:")
            || value.chars().count() > 128
            || value.starts_with("acs:")
            || web(item);
        if wrong && is_masked(item) {
            return Err(PLACEHOLDER);
        }
        if wrong { Err(FORM) } else { Ok(Read::plain(item)) }
    });
    let mut read = read?;
    for item in read.canonical.split(',') {
        let name = item.split_once(':').map_or("", |(name, _)| name).to_owned();
        if names.contains(&name) {
            return Err(FORM);
        }
        names.push(name);
    }
    read.rules.remove(TWICE);
    Ok(read.with("custom-tags-many", names.len() > 3))
}
