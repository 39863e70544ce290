//! Lists of records: hosts, kernel settings, tags; and the options of temporary storage.

use std::collections::BTreeSet;
use std::fmt;
use std::net::IpAddr;
use std::ops::Range;

use eci_model::settings::{HostEntry, HostSysctl, StorageOptions, Tag};
use eci_model::{List, Quantity};

use crate::value::dns::quoted;
use crate::value::json::Json;
use crate::value::list::{read_list, remark_twice};
use crate::value::text::is_unfilled;
use crate::value::{Fault, Reading, Value, ValueError};

/// Lines of `/etc/hosts` as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosts(pub List<HostEntry>);

impl Value for Hosts {
    fn read(text: &str, _: &mut Reading) -> Result<Self, ValueError> {
        const OBJECT: &str = "an object with `host` and `ip`";
        let json = Json::parse(text)?;
        let mut hosts = Vec::new();
        for item in json.list("an array of objects with `host` and `ip`")? {
            let [host, ip] = item.members(["host", "ip"], OBJECT)?;
            let (Some(host), Some(ip)) = (host, ip) else {
                return Err(item.error(OBJECT));
            };
            let name = host.string("a host name in double quotes")?;
            if name.is_empty() || name.contains(char::is_whitespace) {
                return Err(host.error("a host name without spaces"));
            }
            let address: IpAddr = ip
                .string("an IP address in double quotes")?
                .parse()
                .map_err(|_| ip.error("an IP address"))?;
            hosts.push(HostEntry {
                host: name.to_owned(),
                ip: address,
            });
        }
        Ok(Self(List(hosts)))
    }
}

impl From<Hosts> for List<HostEntry> {
    fn from(hosts: Hosts) -> Self {
        hosts.0
    }
}

impl fmt::Display for Hosts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |entry: &HostEntry| format!("{{\"host\":{},\"ip\":\"{}\"}}", quoted(&entry.host), entry.ip);
        write!(f, "[{}]", self.0.iter().map(line).collect::<Vec<_>>().join(","))
    }
}

/// Kernel settings of the host as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sysctls(pub List<HostSysctl>);

impl Value for Sysctls {
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        const OBJECT: &str = "an object with `name` and `value`";
        let json = Json::parse(text)?;
        let items = json.list("an array of objects with `name` and `value`")?;
        let mut sysctls = Vec::new();
        for item in items {
            let [name, value] = item.members(["name", "value"], OBJECT)?;
            let (Some(name), Some(value)) = (name, value) else {
                return Err(item.error(OBJECT));
            };
            let key = name.string("a name in double quotes")?;
            let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-/".contains(&b);
            if key.is_empty() || !key.bytes().all(plain) {
                return Err(name.error("the name of a kernel setting, such as `kernel.shmmax`"));
            }
            sysctls.push(HostSysctl {
                name: key.to_owned(),
                value: value.string("a value in double quotes")?.to_owned(),
            });
        }
        let names: Vec<&str> = sysctls.iter().map(|sysctl: &HostSysctl| sysctl.name.as_str()).collect();
        remark_twice(&names, items.iter().map(|item| item.range.clone()), reading);
        Ok(Self(List(sysctls)))
    }
}

impl From<Sysctls> for List<HostSysctl> {
    fn from(sysctls: Sysctls) -> Self {
        sysctls.0
    }
}

impl fmt::Display for Sysctls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |sysctl: &HostSysctl| {
            format!(
                "{{\"name\":{},\"value\":{}}}",
                quoted(&sysctl.name),
                quoted(&sysctl.value)
            )
        };
        write!(f, "[{}]", self.0.iter().map(line).collect::<Vec<_>>().join(","))
    }
}

/// Tags as `key:value` pairs.
///
/// The rules of tags come from the API: key up to 64 characters, value up to 128, neither with a reserved beginning or a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tags(pub List<Tag>);

impl Value for Tags {
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        let mut keys = Keys::default();
        let tags = read_list(text, reading, |pair, _| {
            let (key, value) = read_tag(pair)?;
            if !keys.insert(key) {
                return Err(ValueError::within(pair, 0..key.len(), "a key that stands once"));
            }
            Ok(Tag {
                key: key.to_owned(),
                value: value.to_owned(),
            })
        })?;
        Ok(Self(List(tags)))
    }
}

/// Keys that were seen: few are compared one by one, which costs no allocation.
#[derive(Default)]
struct Keys<'t> {
    first: [&'t str; 8],
    more: BTreeSet<&'t str>,
}

impl<'t> Keys<'t> {
    /// Whether the key is a new one; keys are not empty.
    fn insert(&mut self, key: &'t str) -> bool {
        for known in &mut self.first {
            if *known == key {
                return false;
            }
            if known.is_empty() {
                *known = key;
                return true;
            }
        }
        self.more.insert(key)
    }
}

fn read_tag(pair: &str) -> Result<(&str, &str), ValueError> {
    let (key, value) = pair
        .split_once(':')
        .ok_or_else(|| ValueError::new(pair, "`key:value`"))?;
    let value_at = key.len() + 1..pair.len();
    if is_unfilled(pair) {
        return Err(ValueError::new(pair, "a tag that is filled in").with_fault(Fault::Placeholder));
    }
    let link = |text: &str| text.contains("http://") || text.contains("https://");
    // A text has at most as many characters as bytes, and those need no count.
    let is_longer = |text: &str, most: usize| text.len() > most && text.chars().count() > most;
    if key.is_empty() || is_longer(key, 64) {
        return Err(ValueError::within(pair, 0..key.len(), "a key of 1 to 64 characters"));
    }
    if pair.starts_with("acs:") || key.starts_with("aliyun") {
        return Err(ValueError::within(
            pair,
            0..key.len(),
            "a key without the reserved beginnings `aliyun` and `acs:`",
        ));
    }
    if pair.bytes().any(|byte| byte == b'/') && link(pair) {
        return Err(ValueError::new(pair, "a tag without `http://` and `https://`"));
    }
    if is_longer(value, 128) || value.starts_with("acs:") {
        return Err(ValueError::within(
            pair,
            value_at,
            "a value of at most 128 characters that does not begin with `acs:`",
        ));
    }
    Ok((key, value))
}

impl From<Tags> for List<Tag> {
    fn from(tags: Tags) -> Self {
        tags.0
    }
}

impl fmt::Display for Tags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A disk made for a volume, `cache-volume:ext4:500Gi`: a feature of 2020 and 2021 (ECI pod annotations, 2021).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DiskVolume {
    /// The volume of the pod.
    pub volume: Box<str>,
    /// The file system.
    pub file_system: Box<str>,
    /// The size, as written.
    pub size: Box<str>,
}

impl fmt::Display for DiskVolume {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.volume, self.file_system, self.size)
    }
}

impl Value for DiskVolume {
    fn read(text: &str, _: &mut Reading) -> Result<Self, ValueError> {
        const EXPECTED: &str = "`<volume>:<file system>:<size>`, such as `cache-volume:ext4:500Gi`";
        let mut parts = text.split(':');
        let (Some(volume), Some(file_system), Some(size), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(ValueError::new(text, EXPECTED));
        };
        let plain = |part: &str| {
            let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            !part.is_empty() && part.bytes().all(allowed)
        };
        let wrong = |part: Range<usize>| ValueError::within(text, part, EXPECTED);
        if !plain(volume) {
            return Err(wrong(0..volume.len()));
        }
        if !plain(file_system) {
            return Err(wrong(volume.len() + 1..text.len() - size.len() - 1));
        }
        if size.parse::<Quantity>().and_then(Quantity::memory).is_err() {
            return Err(wrong(text.len() - size.len()..text.len()));
        }
        Ok(Self {
            volume: volume.into(),
            file_system: file_system.into(),
            size: size.into(),
        })
    }
}

/// A tag of a log, `name=value` (Collect logs by using environment variables, 2025-08-18).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LogTag {
    /// The name.
    pub name: Box<str>,
    /// The value, which may be empty and may hold `=`.
    pub value: Box<str>,
}

impl fmt::Display for LogTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.name, self.value)
    }
}

impl Value for LogTag {
    fn read(text: &str, _: &mut Reading) -> Result<Self, ValueError> {
        match text.split_once('=') {
            Some((name, value)) if !name.is_empty() && !name.contains(char::is_whitespace) => Ok(Self {
                name: name.into(),
                value: value.into(),
            }),
            _ => Err(ValueError::new(text, "`name=value`")),
        }
    }
}

impl Value for StorageOptions {
    fn read(text: &str, _: &mut Reading) -> Result<Self, ValueError> {
        const OBJECT: &str = "a JSON object with `encrypted`";
        const FLAG: &str = "`\"true\"` or `\"false\"`, in double quotes";
        let json = Json::parse(text)?;
        let [encrypted] = json.members(["encrypted"], OBJECT)?;
        let encrypted = match encrypted {
            None => false,
            Some(flag) => match flag.string(FLAG)? {
                "true" => true,
                "false" => false,
                _ => return Err(flag.error(FLAG)),
            },
        };
        Ok(Self { encrypted })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::RemarkKind;

    #[test]
    fn hosts_read_and_print() {
        let text = r#"[{"host":"db.example","ip":"100.100.1.1"},{"host":"v6.example","ip":"::1"}]"#;
        assert_eq!(Hosts::parse(text).expect("hosts").to_string(), text);
        for text in [
            "",
            "{}",
            r#"[{"host":"a"}]"#,
            r#"[{"host":"a","ip":"b"}]"#,
            r#"[{"host":"a b","ip":"1.1.1.1"}]"#,
            r#"[{"name":"a"}]"#,
        ] {
            assert!(Hosts::parse(text).is_err(), "{text}");
        }
        let error = Hosts::parse(r#"[{"host":"a","ip":"100.100.XX.XX"}]"#).expect_err("masked");
        assert_eq!((error.within, error.fault), (18..33, Fault::Placeholder));
    }

    #[test]
    fn sysctls_read_and_print() {
        let text = r#"[{"name":"kernel.shmmax","value":"68719476736"}]"#;
        assert_eq!(Sysctls::parse(text).expect("sysctls").to_string(), text);
        assert!(Sysctls::parse(r#"[{"name":"a b","value":"1"}]"#).is_err());
        assert!(Sysctls::parse(r#"[{"name":"a","value":1}]"#).is_err());
    }

    #[test]
    fn tags_read_and_print() {
        assert_eq!(
            Tags::parse("env:test,name:alice").expect("tags").to_string(),
            "env:test,name:alice"
        );
        assert_eq!(Tags::parse("empty:").expect("an empty value").to_string(), "empty:");
        for (text, within) in [
            ("env", 0..3),
            (":x", 0..0),
            ("a:1,a:2", 4..5),
            ("aliyunx:1", 0..7),
            ("acs:x", 0..3),
            ("a:acs:x", 2..7),
            ("a:http://x", 0..10),
        ] {
            assert_eq!(Tags::parse(text).expect_err(text).within, within, "{text}");
        }
        assert!(Tags::parse(&format!("{}:1", "k".repeat(65))).is_err());
        assert!(Tags::parse(&format!("k:{}", "v".repeat(129))).is_err());
    }

    #[test]
    fn kernel_settings_that_stand_twice_are_told() {
        let mut reading = Reading::default();
        Sysctls::read(r#"[{"name":"a","value":"1"},{"name":"a","value":"2"}]"#, &mut reading).expect("sysctls");
        let remarks: Vec<_> = reading
            .remarks()
            .iter()
            .map(|remark| (remark.kind, remark.within.clone()))
            .collect();
        assert_eq!(remarks, [(RemarkKind::Duplicate, 26..50)]);
    }

    #[test]
    fn the_encryption_flag_is_a_text() {
        assert_eq!(
            StorageOptions::parse(r#"{"encrypted":"true"}"#),
            Ok(StorageOptions { encrypted: true })
        );
        assert_eq!(StorageOptions::parse("{}"), Ok(StorageOptions { encrypted: false }));
        let error = StorageOptions::parse(r#"{"encrypted":true}"#).expect_err("a bare flag");
        assert_eq!(error.within, 13..17);
        assert!(StorageOptions::parse(r#"{"encrypted":"true"}}"#).is_err());
    }
}
