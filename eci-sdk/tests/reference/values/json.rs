//! Values that are JSON texts.

use std::net::IpAddr;

use serde_json::Value;

use super::grammar::is_template;
use super::{BAD, PLACEHOLDER, Read, Refused};

const SWAPPED: Refused = "dns-shape-swapped";

fn parsed(text: &str) -> Result<Value, Refused> {
    if is_template(text) && (text.starts_with("{{") || !text.starts_with(['{', '['])) {
        return Err(PLACEHOLDER);
    }
    serde_json::from_str(text).map_err(|_| BAD)
}

/// An array of objects with exactly these texts.
fn records(text: &str, fields: [&str; 2]) -> Result<Vec<[String; 2]>, Refused> {
    let value = parsed(text)?;
    let record = |entry: &Value| {
        let entry = entry.as_object().filter(|entry| entry.len() == 2).ok_or(BAD)?;
        let text = |field: &str| entry.get(field).and_then(Value::as_str).map(str::to_owned).ok_or(BAD);
        Ok([text(fields[0])?, text(fields[1])?])
    };
    value.as_array().ok_or(BAD)?.iter().map(record).collect()
}

fn address(text: &str) -> Result<IpAddr, Refused> {
    text.parse()
        .map_err(|_| if is_template(text) { PLACEHOLDER } else { BAD })
}

/// A search domain; no page says which letters it holds.
fn domain(text: &str) -> Result<(), Refused> {
    if text.is_empty() || text.contains(char::is_whitespace) {
        Err(BAD)
    } else {
        Ok(())
    }
}

pub(super) fn hosts(text: &str) -> Result<Read, Refused> {
    let mut canonical = text.to_owned();
    for [host, ip] in records(text, ["host", "ip"])? {
        if host.is_empty() || host.contains(char::is_whitespace) {
            return Err(BAD);
        }
        let printed = address(&ip)?.to_string();
        canonical = canonical.replace(&format!("\"{ip}\""), &format!("\"{printed}\""));
    }
    Ok(Read::plain(canonical))
}

pub(super) fn sysctls(text: &str) -> Result<Read, Refused> {
    for [name, _] in records(text, ["name", "value"])? {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte);
        if name.is_empty() || !name.bytes().all(plain) {
            return Err(BAD);
        }
    }
    Ok(Read::plain(text))
}

/// The three parts of DNS settings, of which any may be missing.
fn dns(text: &str) -> Result<[Option<Value>; 3], Refused> {
    let Value::Object(mut map) = parsed(text)? else {
        return Err(BAD);
    };
    let parts = ["nameservers", "searches", "options"].map(|name| map.remove(name));
    if map.is_empty() { Ok(parts) } else { Err(BAD) }
}

pub(super) fn comma_dns(text: &str) -> Result<Read, Refused> {
    let parts = dns(text)?;
    if parts.iter().flatten().any(Value::is_array) {
        return Err(SWAPPED);
    }
    let mut lists = Vec::new();
    for part in &parts {
        let list = match part {
            None => Vec::new(),
            Some(part) => match part.as_str().ok_or(BAD)?.trim() {
                "" => Vec::new(),
                part => part.split(',').map(str::trim).collect(),
            },
        };
        if list.contains(&"") {
            return Err(BAD);
        }
        lists.push(list);
    }
    for server in &lists[0] {
        address(server)?;
    }
    for search in &lists[1] {
        domain(search)?;
    }
    Ok(Read::plain(text).with("dns-too-many-servers", lists[0].len() > 2 || lists[1].len() > 32))
}

pub(super) fn array_dns(text: &str) -> Result<Read, Refused> {
    let [servers, searches, options] = dns(text)?;
    if [&servers, &searches, &options]
        .into_iter()
        .flatten()
        .any(Value::is_string)
    {
        return Err(SWAPPED);
    }
    let texts = |part: &Option<Value>| match part {
        None => Ok(Vec::new()),
        Some(part) => {
            let items = part.as_array().ok_or(BAD)?.iter();
            items.map(|item| item.as_str().map(str::to_owned).ok_or(BAD)).collect()
        }
    };
    for server in texts(&servers)? {
        address(&server)?;
    }
    for search in texts(&searches)? {
        domain(&search)?;
    }
    for option in options
        .iter()
        .flat_map(|options| options.as_array().into_iter().flatten())
    {
        let option = option.as_object().ok_or(BAD)?;
        let known = option.keys().all(|key| key == "name" || key == "value");
        let value = option.get("value").is_none_or(Value::is_string);
        let name = option
            .get("name")
            .and_then(Value::as_str)
            .is_some_and(|name| !name.is_empty());
        if !(known && value && name) {
            return Err(BAD);
        }
    }
    if options.is_some_and(|options| !options.is_array()) {
        return Err(BAD);
    }
    Ok(Read::plain(text))
}

pub(super) fn storage_options(text: &str) -> Result<Read, Refused> {
    let value = parsed(text)?;
    let map = value.as_object().ok_or(BAD)?;
    let known = map.keys().all(|key| key == "encrypted");
    let flags = map.values().all(|flag| flag == "true" || flag == "false");
    if known && flags {
        Ok(Read::plain(text))
    } else {
        Err(BAD)
    }
}
