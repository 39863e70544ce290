//! Laws of values and checks, over generated input.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::net::IpAddr;

use eci_annotations::{
    ArrayDns, CommaDns, Hosts, Known, OpenList, Port, PriceLimit, Priority, Row, Sysctls, Tags, Value, check,
    check_entry, check_object, check_owner, check_together, check_unbound, read, registry,
};
use eci_model::api::Decimal;
use eci_model::policy::Policies;
use eci_model::settings::{
    AcrInstance, ByteRate, ExtraStorage, Generation, GpuDriver, InstanceFamily, Megabits, RegistryHost, RoleArn,
    Signed, SpotHours,
};
use eci_model::spec::SpecList;
use eci_model::{
    Edition, EffectivePod, FieldPath, Findings, List, Location, Object, ObjectRef, Overlay, SecurityGroupId, Site,
    VSwitchId,
};
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::Pod;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use proptest::prelude::*;

/// A valid text is read, and what it prints as is read as the same value and prints the same.
fn is_identity<T: Value + PartialEq + Debug>(text: &str) -> Result<(), TestCaseError> {
    let value = T::parse(text).map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
    let printed = value.to_string();
    let again = T::parse(&printed).map_err(|error| TestCaseError::fail(format!("{printed}: {error}")))?;
    prop_assert_eq!(again.to_string(), printed);
    prop_assert_eq!(again, value);
    Ok(())
}

/// Items between commas, with spaces here and there.
fn list(item: &'static str) -> impl Strategy<Value = String> {
    prop::collection::vec((item, "|| | "), 1..6).prop_map(|items| {
        let items: Vec<String> = items
            .into_iter()
            .map(|(item, spaces)| format!("{spaces}{item}{spaces}"))
            .collect();
        items.join(",")
    })
}

/// Items between commas, without spaces.
fn plain_list(item: impl Strategy<Value = String>, most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(item, 1..=most).prop_map(|items| items.join(","))
}

fn address() -> impl Strategy<Value = String> {
    any::<IpAddr>().prop_map(|address| address.to_string())
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A JSON array of objects with two texts each.
fn records(
    (first, second): (&'static str, &'static str),
    name: &'static str,
    value: impl Strategy<Value = String>,
) -> impl Strategy<Value = String> {
    prop::collection::vec((name, value), 0..5).prop_map(move |records| {
        let record = |(name, value): &(String, String)| {
            format!("{{ \"{second}\": {}, \"{first}\":{}}}", quoted(value), quoted(name))
        };
        format!(" [{}] ", records.iter().map(record).collect::<Vec<_>>().join(" , "))
    })
}

fn comma_dns() -> impl Strategy<Value = String> {
    let servers = plain_list(address(), 3);
    let searches = plain_list("[a-z]{1,8}\\.(corp|example)".prop_map(String::from), 3);
    (servers, searches, "|ndots:[1-9]|edns0,timeout:[1-5]").prop_map(|(servers, searches, options)| {
        format!(
            "{{\"options\":{},\"searches\":\"{searches}\", \"nameservers\":\"{servers}\"}}",
            quoted(&options)
        )
    })
}

fn array_dns() -> impl Strategy<Value = String> {
    let servers = prop::collection::vec(address(), 0..3);
    let searches = prop::collection::vec("[a-z]{1,8}\\.(corp|example)", 0..3);
    let options = prop::collection::vec(("[a-z]{1,8}", prop::option::of("[0-9]")), 0..3);
    (servers, searches, options).prop_map(|(servers, searches, options)| {
        let options: Vec<serde_json::Value> = options
            .into_iter()
            .map(|(name, value)| match value {
                Some(value) => serde_json::json!({"value": value, "name": name}),
                None => serde_json::json!({"name": name}),
            })
            .collect();
        serde_json::json!({"searches": searches, "nameservers": servers, "options": options}).to_string()
    })
}

macro_rules! identities {
    ($($fact:ident: $type:ty = $texts:expr;)*) => {
        proptest! {$(
            #[test]
            fn $fact(text in $texts) {
                is_identity::<$type>(&text)?;
            }
        )*}
    };
}

identities! {
    spec_lists: SpecList = list("[1-9]{1,2}(\\.[05])?-[1-9]{1,2}(\\.[05])?Gi|ecs\\.[cgr][5-8][a-z]?\\.(x|2x|16x)?large");
    families: Signed<InstanceFamily> = list("-?ecs\\.[a-z]{1,3}[0-9][a-z]{0,2}");
    generations: Signed<Generation> = list("-?[4-9]");
    vswitches: List<VSwitchId> = list("vsw-[0-9a-w]{1,21}");
    security_groups: List<SecurityGroupId> = list("sg-[0-9a-w]{1,20}");
    drivers: GpuDriver = "(tesla|grid)=[1-9][0-9]{2}(\\.[0-9]{1,3}){0,2}";
    registries: OpenList<AcrInstance> = list("(cn-(beijing|hangzhou):)?cri-[0-9a-w]{4,16}");
    roles: OpenList<RoleArn> = list("acs:ram::[1-9][0-9]{5,15}:role/[a-w]{1,12}");
    hosts_of_registries: List<RegistryHost> = list("[a-w]{1,8}(\\.[a-w]{1,8}){0,2}(:[1-9][0-9]{0,3})?");
    hosts: Hosts = records(("host", "ip"), "[a-w]{1,10}(\\.example)?", address());
    kernel_settings: Sysctls = records(("name", "value"), "kernel\\.[a-w_]{1,10}", "[ -;=?-~]{0,12}".prop_filter("a mask", |text| !text.contains(['*', 'X', 'x', '{'])));
    tags: Tags = "[b-w]{1,8}:[b-w ]{0,8}[b-w],[0-9]{1,8}:[b-w]{0,8}";
    dns_with_commas: CommaDns = comma_dns();
    dns_with_arrays: ArrayDns = array_dns();
    time_servers: List<IpAddr> = plain_list(address(), 4);
    byte_rates: ByteRate = "[0-9]{1,5}(\\.[0-9]{1,3})?(TB|T|GB|G|MB|M|KB|K|B|Mi|k|)";
    bandwidths: Megabits = "[0-9]{1,6}M?";
    storage: ExtraStorage = "[0-9]{1,5}(Gi|G|Mi|M|)";
    prices: PriceLimit = "[1-9][0-9]{0,4}(\\.[0-9]{1,3})?";
    decimals: Decimal = "[0-9]{1,5}(\\.[0-9]{1,4})?";
    priorities: Priority = "-?[0-9]{1,4}";
    ports: Port = "[1-9][0-9]{0,3}";
    hours: SpotHours = "[0-9]{1,3}";
    numbers: u32 = "[0-9]{1,9}";
}

/// A listed key with a text near to one of its examples.
fn near_an_example() -> impl Strategy<Value = (&'static Row, String)> {
    let rows: Vec<&Row> = registry().iter().collect();
    (
        0..rows.len(),
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        "[ -~]{0,2}|\\PC{0,2}",
        0..3_usize,
    )
        .prop_map(move |(row, which, at, added, cut)| {
            let row = rows[row];
            let examples = row.facts().examples;
            let example = if examples.is_empty() {
                ""
            } else {
                examples[which.index(examples.len())]
            };
            let letters: Vec<char> = example.chars().collect();
            let at = at.index(letters.len() + 1);
            let front = letters[..at].iter();
            let back = letters[(at + cut).min(letters.len())..].iter();
            (
                row,
                front
                    .chain(added.chars().collect::<Vec<_>>().iter())
                    .chain(back)
                    .collect(),
            )
        })
}

/// Annotations with listed keys, keys near to them, and any others.
fn maps() -> impl Strategy<Value = BTreeMap<String, String>> {
    let listed = near_an_example().prop_map(|(row, text)| (row.name().replace("{key}", "web"), text));
    let near = ("k8s\\.aliyun\\.com/(eci|imc|acr|eip)-[a-z-]{0,12}", "\\PC{0,20}");
    let any = ("\\PC{0,20}", "\\PC{0,30}");
    prop::collection::vec(prop_oneof![6 => listed, 1 => near, 1 => any], 0..14)
        .prop_map(|entries| entries.into_iter().collect())
}

/// Everything that judges annotations, on one map.
fn judge_everywhere(map: &BTreeMap<String, String>, edition: Edition) -> Findings {
    let meta = ObjectMeta {
        annotations: Some(map.clone()),
        labels: Some(map.clone()),
        ..ObjectMeta::default()
    };
    let pod = Pod {
        metadata: meta.clone(),
        ..Pod::default()
    };
    let workload = Deployment {
        metadata: meta.clone(),
        ..Deployment::default()
    };
    let policies = Policies::default();
    let site = Site::new(edition, &policies);
    let mut findings = Findings::new();
    let view = Object::from(&pod).pod().expect("a pod");
    let overlay = Overlay::of(Some(map));
    let settings = read(&view, overlay, &site, &mut findings);
    check(&view, overlay, overlay, &site, &[], &mut findings);
    let effective = EffectivePod::new(view, overlay, overlay, &settings);
    check_together(&effective, &site, &Known::default(), &mut findings);
    check_unbound(&view, overlay, overlay, &site, &[], &mut findings);
    if let Some(owner) = Object::from(&workload).pod() {
        check_owner(&owner, &site, &[], &mut findings);
    }
    for kind in ["Service", "ImageCache"] {
        check_object(&ObjectRef::new(kind, None, "a"), &meta, &site, &[], &mut findings);
    }
    for (key, text) in map {
        let place = Location::new(ObjectRef::new("ConfigMap", None, "a"), FieldPath::of("data.selectors"));
        check_entry(key, text, &place, &site, &[], &mut findings);
    }
    findings
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 64 } else { 4096 }))]

    #[test]
    fn no_map_makes_a_check_panic(map in maps(), edition in prop::sample::select(vec![Edition::Ack, Edition::SelfManaged])) {
        for finding in &judge_everywhere(&map, edition) {
            prop_assert!(!finding.to_string().contains('\n'), "{}", finding);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn what_is_printed_is_read_and_printed_alike((row, text) in near_an_example()) {
        if let Ok(printed) = row.canonical(&text) {
            prop_assert_eq!(row.canonical(&printed), Ok(printed), "{}: {}", row.name(), text);
        }
    }

    #[test]
    fn errors_and_remarks_stand_inside_the_text((row, text) in near_an_example()) {
        let inside = |within: &std::ops::Range<u32>| text.get(within.start as usize..within.end as usize).is_some();
        match row.check(&text, &Policies::default()) {
            Err(error) => prop_assert!(inside(&error.within), "{}: {text:?}: {error:?}", row.name()),
            Ok(remarks) => for remark in remarks {
                prop_assert!(inside(&remark.within), "{}: {text:?}: {remark:?}", row.name());
            },
        }
    }
}
