//! The two texts of DNS settings.

use std::fmt;
use std::net::IpAddr;

use eci_model::settings::{DnsOption, DnsSettings};

use crate::value::json::{Json, Kind};
use crate::value::list::{parts, remark_twice};
use crate::value::{Fault, Reading, RemarkKind, Value, ValueError};

/// DNS settings as comma-separated strings in JSON (Configure custom DNS for ECI pods, 2024-06-28).
///
/// # Example
/// ```
/// use eci_annotations::{CommaDns, Value};
///
/// let dns = CommaDns::parse(r#"{"nameservers": "10.1.1.1", "options": "ndots:2,edns0"}"#)?;
/// assert_eq!(dns.0.name_servers, ["10.1.1.1"]);
/// assert_eq!(dns.to_string(), r#"{"nameservers":"10.1.1.1","options":"ndots:2,edns0"}"#);
/// # Ok::<(), eci_annotations::ValueError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CommaDns(pub DnsSettings);

/// DNS settings as arrays in JSON, the shape of `spec.dnsConfig` (ACK One registered cluster elasticity pages).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ArrayDns(pub DnsSettings);

impl From<CommaDns> for DnsSettings {
    fn from(dns: CommaDns) -> Self {
        dns.0
    }
}

impl From<ArrayDns> for DnsSettings {
    fn from(dns: ArrayDns) -> Self {
        dns.0
    }
}

const NAMES: [&str; 3] = ["nameservers", "searches", "options"];
const OBJECT: &str = "a JSON object with `nameservers`, `searches` and `options`";

impl Value for CommaDns {
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        let json = Json::parse(text)?;
        let [servers, searches, options] = json.members(NAMES, OBJECT)?;
        let mut dns = DnsSettings::default();
        if let Some(servers) = servers {
            let limit = (DnsSettings::MAX_NAME_SERVERS, "name servers");
            dns.name_servers = comma_items(servers, Some(limit), reading, |server| {
                let is_address = server.parse::<IpAddr>().is_ok();
                is_address.then_some(()).ok_or("an IP address")
            })?;
        }
        if let Some(searches) = searches {
            let limit = (DnsSettings::MAX_SEARCHES, "search domains");
            dns.searches = comma_items(searches, Some(limit), reading, |_| Ok(()))?;
        }
        if let Some(options) = options {
            let items = comma_items(options, None, reading, |_| Ok(()))?;
            dns.options = items.iter().map(|option| comma_option(option)).collect();
        }
        Ok(Self(dns))
    }
}

/// The items of a string; those beyond the limit are told, and kept as written.
fn comma_items(
    json: &Json<'_>,
    limit: Option<(usize, &str)>,
    reading: &mut Reading,
    check: impl Fn(&str) -> Result<(), &'static str>,
) -> Result<Vec<String>, ValueError> {
    const COMMAS: &str = "one string with commas; arrays are the shape of `eci-dns-config`";
    let text = match &json.kind {
        Kind::List(_) => return Err(json.error(COMMAS).with_fault(Fault::OtherShape)),
        _ => json.string(COMMAS)?,
    };
    let mut items = Vec::new();
    let mut places = Vec::new();
    for (start, part) in parts(text).filter(|_| !text.is_empty()) {
        let item = part.trim();
        let lead = start + (part.len() - part.trim_start().len());
        if item.is_empty() || item.contains(char::is_whitespace) {
            let expected = "an item without spaces, one comma between two";
            return Err(json.error_in(start..start + part.len(), expected));
        }
        check(item).map_err(|expected| json.error_in(lead..lead + item.len(), expected))?;
        items.push(item.to_owned());
        places.push(json.part(lead..lead + item.len()));
    }
    if let Some((most, what)) = limit
        && let (Some(first), Some(last)) = (places.get(most), places.last())
    {
        let expected = format!("at most {most} {what}; the rest is ignored");
        reading.remark(RemarkKind::Ignored, first.start..last.end, expected);
    }
    remark_twice(&items, places.into_iter(), reading);
    Ok(items)
}

fn comma_option(text: &str) -> DnsOption {
    let (name, value) = text
        .split_once(':')
        .map_or((text, None), |(name, value)| (name, Some(value)));
    DnsOption {
        name: name.to_owned(),
        value: value.map(ToOwned::to_owned),
    }
}

impl fmt::Display for CommaDns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let options: Vec<String> = self.0.options.iter().map(ToString::to_string).collect();
        let lists = [&self.0.name_servers, &self.0.searches, &options];
        let set = NAMES.iter().zip(lists).filter(|(_, items)| !items.is_empty());
        object(
            f,
            set.map(|(name, items)| format!("\"{name}\":{}", quoted(&items.join(",")))),
        )
    }
}

impl Value for ArrayDns {
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        let json = Json::parse(text)?;
        let [servers, searches, options] = json.members(NAMES, OBJECT)?;
        let mut dns = DnsSettings::default();
        for server in array(servers)? {
            let address = server.string("an IP address in double quotes")?;
            let address = address.parse::<IpAddr>().map_err(|_| server.error("an IP address"))?;
            dns.name_servers.push(address.to_string());
        }
        for search in array(searches)? {
            let domain = search.string("a search domain in double quotes")?;
            if domain.is_empty() || domain.contains(char::is_whitespace) {
                return Err(search.error("a search domain without spaces"));
            }
            dns.searches.push(domain.to_owned());
        }
        for option in array(options)? {
            dns.options.push(array_option(option)?);
        }
        let places = |items: &[Json<'_>]| items.iter().map(|item| item.range.clone()).collect::<Vec<_>>();
        remark_twice(&dns.name_servers, places(array(servers)?).into_iter(), reading);
        remark_twice(&dns.searches, places(array(searches)?).into_iter(), reading);
        Ok(Self(dns))
    }
}

fn array<'j, 't>(json: Option<&'j Json<'t>>) -> Result<&'j [Json<'t>], ValueError> {
    const ARRAY: &str = "an array; one string with commas is the shape of `eci-custom-dnsconfig`";
    match json {
        None => Ok(&[]),
        Some(json) if matches!(json.kind, Kind::Text(_)) => Err(json.error(ARRAY).with_fault(Fault::OtherShape)),
        Some(json) => json.list(ARRAY),
    }
}

fn array_option(json: &Json<'_>) -> Result<DnsOption, ValueError> {
    const OPTION: &str = "an object with `name` and `value`";
    let [name, value] = json.members(["name", "value"], OPTION)?;
    let name = name
        .ok_or_else(|| json.error(OPTION))?
        .string("a name in double quotes")?;
    let value = value
        .map(|value| value.string("a value in double quotes"))
        .transpose()?;
    Ok(DnsOption {
        name: name.to_owned(),
        value: value.map(ToOwned::to_owned),
    })
}

impl fmt::Display for ArrayDns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts = |items: &[String]| items.iter().map(|item| quoted(item)).collect::<Vec<_>>().join(",");
        let option = |option: &DnsOption| match &option.value {
            Some(value) => format!("{{\"name\":{},\"value\":{}}}", quoted(&option.name), quoted(value)),
            None => format!("{{\"name\":{}}}", quoted(&option.name)),
        };
        let options: Vec<String> = self.0.options.iter().map(option).collect();
        let lists = [texts(&self.0.name_servers), texts(&self.0.searches), options.join(",")];
        let set = NAMES.iter().zip(lists).filter(|(_, items)| !items.is_empty());
        object(f, set.map(|(name, items)| format!("\"{name}\":[{items}]")))
    }
}

/// A JSON object of members that are printed already.
pub(crate) fn object(f: &mut fmt::Formatter<'_>, members: impl Iterator<Item = String>) -> fmt::Result {
    write!(f, "{{{}}}", members.collect::<Vec<_>>().join(","))
}

/// A text as JSON writes it.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMA: &str =
        r#"{"nameservers":"20.1.1.1,20.1.1.2","searches":"xx.example,yy.example","options":"ndots:2,edns0"}"#;
    const ARRAY: &str = r#"{"nameservers":["20.1.1.1","20.1.1.2"],"searches":["xx.example","yy.example"],"options":[{"name":"ndots","value":"2"},{"name":"edns0"}]}"#;

    #[test]
    fn both_texts_mean_the_same() {
        let comma = CommaDns::parse(COMMA).expect("commas");
        let array = ArrayDns::parse(ARRAY).expect("arrays");
        assert_eq!(comma.0, array.0);
        assert_eq!(
            (comma.to_string(), array.to_string()),
            (COMMA.to_owned(), ARRAY.to_owned())
        );
    }

    #[test]
    fn the_shape_of_the_other_key_is_told() {
        let comma = CommaDns::parse(ARRAY).expect_err("arrays");
        assert_eq!((comma.fault, comma.within), (Fault::OtherShape, 15..38));
        let array = ArrayDns::parse(COMMA).expect_err("commas");
        assert_eq!((array.fault, array.within), (Fault::OtherShape, 15..34));
    }

    #[test]
    fn servers_beyond_the_second_are_ignored() {
        let mut reading = Reading::default();
        let text = r#"{"nameservers":"1.1.1.1,2.2.2.2,3.3.3.3"}"#;
        let dns = CommaDns::read(text, &mut reading).expect("a value");
        assert_eq!(dns.0.name_servers.len(), 3);
        let remark = &reading.remarks()[0];
        assert_eq!((remark.kind, remark.within.clone()), (RemarkKind::Ignored, 32..39));
    }

    #[test]
    fn other_json_is_refused_at_its_place() {
        for text in [
            "",
            "{",
            "[]",
            r#"{"nameserver":"1.1.1.1"}"#,
            r#"{"nameservers":1}"#,
            r#"{"nameservers":"a"}"#,
            r#"{"searches":"a,,b"}"#,
        ] {
            assert!(CommaDns::parse(text).is_err(), "{text}");
        }
        for text in [
            r#"{"nameservers":["a"]}"#,
            r#"{"options":[{"value":"2"}]}"#,
            r#"{"options":["ndots:2"]}"#,
            r#"{"searches":[1]}"#,
        ] {
            assert!(ArrayDns::parse(text).is_err(), "{text}");
        }
        let masked = CommaDns::parse(r#"{"nameservers":"20.1.xx.xx"}"#).expect_err("masked");
        assert_eq!((masked.within, masked.fault), (15..27, Fault::Placeholder));
    }

    #[test]
    fn the_wrong_item_of_a_string_is_pointed_at() {
        let error = CommaDns::parse(r#"{"nameservers":"1.1.1.1, 1.1.1"}"#).expect_err("no address");
        assert_eq!((error.within, error.found.as_ref()), (25..30, "1.1.1"));
        let error = CommaDns::parse(r#"{"searches":"a,,b"}"#).expect_err("nothing");
        assert_eq!(error.within, 15..15);
        let escaped = CommaDns::parse(r#"{"nameservers":"1.1.1.1\u002c1"}"#).expect_err("escapes hide the part");
        assert_eq!(escaped.within, 15..31);
    }

    #[test]
    fn search_domains_of_an_array_hold_no_spaces() {
        for (text, within) in [(r#"{"searches":["a.co "]}"#, 13..20), (r#"{"searches":[""]}"#, 13..15)] {
            assert_eq!(ArrayDns::parse(text).expect_err(text).within, within, "{text}");
        }
    }

    #[test]
    fn servers_that_stand_twice_are_told() {
        for text in [
            r#"{"nameservers":"1.1.1.1,1.1.1.1"}"#,
            r#"{"nameservers":"1.1.1.1","searches":"a.example,a.example"}"#,
        ] {
            let mut reading = Reading::default();
            CommaDns::read(text, &mut reading).expect("a value");
            assert_eq!(reading.remarks()[0].kind, RemarkKind::Duplicate, "{text}");
        }
        let mut reading = Reading::default();
        ArrayDns::read(r#"{"nameservers":["1.1.1.1","1.1.1.1"]}"#, &mut reading).expect("a value");
        assert_eq!(reading.remarks()[0].within, 26..35);
    }
}
