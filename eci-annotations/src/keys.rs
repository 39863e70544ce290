//! Every key the platform is known to read or write, each with the type of its values.
//!
//! The documentation of a key answers what the pages answer: meaning, where it is read, editions, grammar, unit, range, default, what
//! it requires and excludes, what it beats, the parameter of the API, other spellings, examples, and the page with its date. Where
//! pages disagree, the key says so.
//!
//! # Ground rules
//! - Annotations act only on pods that run on a virtual node, only in the metadata of the pod (for a Deployment:
//!   `spec.template.metadata`), and only when the pod is created. Changing them on a living pod does nothing.
//! - Every value is a text, numbers and switches too.
//! - A pod's own value beats the first matching selector of eci-profile, that one later selectors, and those the cluster settings of
//!   eci-profile.
//!
//! - Which case words may have, and whether spaces around items are dropped, is on no page: policies `CaseRule` and `ListSpaces` choose
//!   for every key, and name what they accept in a finding.
//!
//! Keys of pods stand here; keys of other places have a module each, since some differ from those of pods by a few letters only:
//! [`image_cache`], [`label`], [`switch`], [`service`], [`platform`], [`node_pod`].

/// Declares keys: their constants with documentation made of the same facts, and the rows of the registry.
///
/// `NAME: Type = pod("key").step(..)..;` after a documentation comment, which is the meaning of the key. `=> field` names the field
/// of [`Settings`](eci_model::Settings) that the value fills.
macro_rules! keys {
    ($(
        $(#[doc = $doc:literal])+
        $name:ident: $type:ty $(=> $field:ident)? = $on:ident($key:literal $($target:tt)*) $(.$fact:ident($($value:tt)*))*;
    )*) => {
        $(
            $(#[doc = $doc])+
            ///
            #[doc = concat!("- Key: `", $key, "`")]
            #[doc = fact!($on $($target)*)]
            $(#[doc = fact!($fact $($value)*)])*
            #[doc = on_no_page!($(.$fact($($value)*))*)]
            pub const $name: $crate::key::Key<$type> =
                $crate::key::Key::$on($key $($target)*).summary(concat!($($doc),+))$(.$fact($($value)*))*;
        )*

        pub(crate) static ROWS: &[$crate::key::Row] = &[$(row!($name: $type $(=> $field)?)),*];

        /// The documentation of each key, so that a test can compare it with the facts.
        #[cfg(test)]
        pub(crate) static DOCS: &[(&str, &str)] = &[$((
            $key,
            concat!(
                $($doc, "\n",)+
                "- Key: `", $key, "`\n",
                fact!($on $($target)*), "\n",
                $(fact!($fact $($value)*), "\n",)*
                on_no_page!($(.$fact($($value)*))*), "\n",
            ),
        )),*];
    };
}

/// A row of the registry, with the field of the settings that its values fill.
macro_rules! row {
    ($name:ident: $type:ty) => {
        $name.row()
    };
    ($name:ident: $type:ty => $field:ident) => {
        $name.row().filling(|text, reading, settings, origin| {
            $crate::key::store::<$type, _>(text, reading, &mut settings.$field, origin)
        })
    };
}

/// A fact as a line of documentation.
macro_rules! fact {
    (pod) => { "- Where: annotations of a pod" };
    (on, &[$(Target::$target:ident),+]) => { concat!("- Where:", $(" ", stringify!($target)),+) };
    (category Category::$name:ident) => { concat!("- Category: ", stringify!($name)) };
    (set_by SetBy::UserAndPlatform) => { "- Written by users; the platform writes the effective value back" };
    (set_by SetBy::Platform) => { "- Written by the platform only" };
    (set_by SetBy::ProfileEffect) => { "- Written by an effect of eci-profile" };
    (editions Editions::ALL) => { "- Editions: all" };
    (editions Editions::ACK_BOTH) => { "- Editions: ACK and ACK Serverless; without effect in self-managed clusters" };
    (shape $word:literal) => { concat!("- Shape: ", $word) };
    (words &[$($word:literal),+]) => { concat!("- Values:", $(" `", $word, "`"),+) };
    (allowed $text:literal) => { concat!("- Allowed: `", $text, "`") };
    (min $number:literal) => { concat!("- Smallest: ", stringify!($number)) };
    (max $number:literal) => { concat!("- Largest: ", stringify!($number)) };
    (max_items $number:literal) => { concat!("- Items: at most ", $number) };
    (unit $text:literal) => { concat!("- Unit: ", $text) };
    (default $text:literal) => { concat!("- Default: ", $text) };
    (requires $($texts:tt)+) => { concat!("- Requires: ", joined!($($texts)+)) };
    (conflicts $($texts:tt)+) => { concat!("- Conflicts with: ", joined!($($texts)+)) };
    (precedence $text:literal) => { concat!("- Precedence: ", $text) };
    (api $text:literal) => { concat!("- API: `", $text, "`") };
    (aliases $($texts:tt)+) => { concat!("- Also: ", joined!($($texts)+)) };
    (examples &[$($text:literal),+ $(,)?]) => { concat!("- Examples:", $(" `", $text, "`"),+) };
    (standing Standing::Retired($successor:literal)) => { concat!("- Replaced by: `", $successor, "`") };
    (standing Standing::Doubtful) => { "- Gone from the main pages; nothing says whether it still acts" };
    (standing Standing::ThirdParty) => { "- Known from code of others only" };
    (source $title:literal, "") => { concat!("- Source: ", $title) };
    (source $title:literal, $date:literal) => { concat!("- Source: ", $title, ", ", $date) };
    (disputed $text:literal) => { concat!("- Pages differ: ", $text) };
    (policies &[$($name:literal),+]) => { concat!("- Policies:", $(" `", $name, "`"),+) };
    (confidence Confidence::BothLanguages) => { "- Documented in English and Chinese" };
    (confidence Confidence::ChinesePages) => { "- Documented in Chinese; the English edition was not compared" };
    (confidence Confidence::OnePage) => { "- Documented on one page only" };
    (confidence Confidence::EnglishOnly) => { "- Documented in English only" };
    (confidence Confidence::OldPages) => { "- Documented on old pages only" };
    (confidence Confidence::LivePod) => { "- Seen on a running pod only" };
    (confidence Confidence::OthersCode) => { "- Seen in code of others only" };
}

/// Which facts of a key no page gives, as a line of documentation.
macro_rules! on_no_page {
    ($($facts:tt)*) => {
        concat!(
            "- On no page:",
            missing!(editions; $($facts)*),
            missing!(unit; $($facts)*),
            missing!(range; $($facts)*),
            missing!(default; $($facts)*),
            missing!(api; $($facts)*),
            missing!(examples; $($facts)*),
            "."
        )
    };
}

/// The name of a fact that is missing among those that are stated; a unit and a range are missed of numbers only.
macro_rules! missing {
    (editions; .editions $value:tt $($rest:tt)*) => { "" };
    (default; .default $value:tt $($rest:tt)*) => { "" };
    (api; .api $value:tt $($rest:tt)*) => { "" };
    (examples; .examples $value:tt $($rest:tt)*) => { "" };
    (unit_of_number; .unit $value:tt $($rest:tt)*) => { "" };
    (range_of_number; .min $value:tt $($rest:tt)*) => { "" };
    (range_of_number; .max $value:tt $($rest:tt)*) => { "" };
    (unit; .shape("integer") $($rest:tt)*) => { missing!(unit_of_number; $($rest)*) };
    (unit; .shape("decimal") $($rest:tt)*) => { missing!(unit_of_number; $($rest)*) };
    (unit; .shape("quantity") $($rest:tt)*) => { missing!(unit_of_number; $($rest)*) };
    (unit; .shape("byte-rate") $($rest:tt)*) => { missing!(unit_of_number; $($rest)*) };
    (unit; .shape("integer-with-suffix") $($rest:tt)*) => { missing!(unit_of_number; $($rest)*) };
    (range; .shape("integer") $($rest:tt)*) => { missing!(range_of_number; $($rest)*) };
    (range; .shape("decimal") $($rest:tt)*) => { missing!(range_of_number; $($rest)*) };
    (range; .shape("quantity") $($rest:tt)*) => { missing!(range_of_number; $($rest)*) };
    (range; .shape("byte-rate") $($rest:tt)*) => { missing!(range_of_number; $($rest)*) };
    (range; .shape("integer-with-suffix") $($rest:tt)*) => { missing!(range_of_number; $($rest)*) };
    ($name:ident; .$fact:ident $value:tt $($rest:tt)*) => { missing!($name; $($rest)*) };
    (editions;) => { " *editions*" };
    (unit_of_number;) => { " *unit*" };
    (range_of_number;) => { " *range*" };
    (default;) => { " *default*" };
    (api;) => { " *API*" };
    (examples;) => { " *examples*" };
    ($name:ident;) => { "" };
}

/// Texts with semicolons between.
macro_rules! joined {
    (&[$first:literal $(, $text:literal)* $(,)?]) => { concat!($first $(, "; ", $text)*) };
}

mod image;
pub mod image_cache;
mod instance;
mod internet;
pub mod label;
mod network;
pub mod node_pod;
pub mod platform;
mod scheduling;
pub mod service;
mod size;
mod spot;
mod storage;
pub mod switch;

pub use image::{
    ACR_INSTANCE_ID, ACR_INSTANCE_IDS, ACR_SERVICE_ARNS, ACR_USER_ARNS, AUTO_IMC, IMAGE_CACHE, IMAGE_SNAPSHOT_ID,
    IMC_ID, IMC_MATCH_COUNT_REQUEST, IMC_PERFECT_MATCH, INSECURE_REGISTRY, PLAIN_HTTP_REGISTRY,
};
pub use instance::{
    ALIYUNDUN_ENABLED, CORE_PATTERN, CUSTOM_HOSTS, CUSTOM_TAGS, DOCKER_BUILD_ENABLE, HOST_SYSCTLS, NTP_SERVER,
    RAM_ROLE_NAME, RESOURCE_GROUP_ID, SLS_ENABLE,
};
pub use internet::{
    EIP_BANDWIDTH, EIP_COMMON_BANDWIDTH_PACKAGE_ID, EIP_INSTANCEID, EIP_INTERNET_CHARGE_TYPE, EIP_ISP,
    EIP_PUBLIC_IP_ADDRESS_POOL_ID, ENABLE_IPV6, IPV6_BANDWIDTH, IPV6_BANDWIDTH_ENABLE, IPV6_COUNT, WITH_EIP,
};
pub use network::{
    CUSTOM_DNSCONFIG, DNS_CONFIG, EGRESS_BANDWIDTH, FIXED_IP, FIXED_IP_RETAIN_HOUR, INGRESS_BANDWIDTH,
    KUBE_PROXY_ENABLED, PRIVATE_IP_ADDRESS, SECURITY_GROUP, VSWITCH,
};
pub use scheduling::{
    BURST_RESOURCE, FAIL_ON_CREATE_ERR, FAIL_STRATEGY, MAX_PENDING_MINUTE, RESCHEDULE_ENABLE, SCHEDULE_STRATEGY,
    WAIT_CLUSTERIP_READY,
};
pub use size::{
    COMPUTE_CATEGORY, CPU, CPU_OPTION_CORE, CPU_OPTION_HT, GPU_DRIVER_VERSION, GPU_TYPE, INSTANCE_FAMILY,
    INSTANCE_GENERATION, INSTANCE_TYPE, MEMORY, USE_SPECS,
};
pub use spot::{
    PRIVATE_POOL_ID, PRIVATE_POOL_MATCH_CRITERIA, SPOT_DURATION, SPOT_FALLBACK, SPOT_PRICE_LIMIT,
    SPOT_RELEASE_STRATEGY, SPOT_STRATEGY,
};
pub use storage::{
    DATA_CACHE_BUCKET, DATA_CACHE_BURSTING_ENABLED, DATA_CACHE_PL, DATA_CACHE_PROVISIONED_IOPS,
    EPHEMERAL_STORAGE_OPTIONS, EVICTION_ENABLE, EXTRA_EPHEMERAL_STORAGE, SET_DISKVOLUME,
};

use crate::key::Row;

/// The rows of every category.
pub(crate) static ALL: &[&[Row]] = &[
    size::ROWS,
    spot::ROWS,
    scheduling::ROWS,
    network::ROWS,
    internet::ROWS,
    instance::ROWS,
    image::ROWS,
    storage::ROWS,
    image_cache::ROWS,
    platform::ROWS,
    label::ROWS,
    service::ROWS,
    switch::ROWS,
    node_pod::ROWS,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry;

    static DOCS: [&[(&str, &str)]; 14] = [
        size::DOCS,
        spot::DOCS,
        scheduling::DOCS,
        network::DOCS,
        internet::DOCS,
        instance::DOCS,
        image::DOCS,
        storage::DOCS,
        image_cache::DOCS,
        platform::DOCS,
        label::DOCS,
        service::DOCS,
        switch::DOCS,
        node_pod::DOCS,
    ];

    #[test]
    fn the_documentation_of_a_key_states_every_fact() {
        assert_eq!(
            DOCS.iter().map(|docs| docs.len()).sum::<usize>(),
            registry().iter().count()
        );
        for (key, docs) in DOCS.into_iter().flatten() {
            let facts = registry().find(key).expect("listed").facts();
            let number = |number: Option<i64>| number.map(|number| number.to_string()).into_iter().collect();
            let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
            let stated: [(&str, Vec<String>); 16] = [
                ("Key:", vec![(*key).to_owned()]),
                ("Smallest:", number(facts.min)),
                ("Largest:", number(facts.max)),
                (
                    "Items:",
                    facts.max_items.map(|items| items.to_string()).into_iter().collect(),
                ),
                (
                    "Allowed:",
                    match facts.allowed {
                        crate::Allowed::Text(text) => vec![text.to_owned()],
                        _ => Vec::new(),
                    },
                ),
                (
                    "Values:",
                    match facts.allowed {
                        crate::Allowed::Words(words) => texts(words),
                        _ => Vec::new(),
                    },
                ),
                ("Unit:", texts(&[facts.unit])),
                ("Default:", texts(&[facts.default])),
                ("Requires:", texts(facts.requires)),
                ("Conflicts with:", texts(facts.conflicts)),
                ("Precedence:", texts(&[facts.precedence])),
                ("API:", texts(&[facts.api])),
                ("Also:", texts(facts.aliases)),
                ("Examples:", texts(facts.examples)),
                ("Pages differ:", texts(&[facts.disputed])),
                ("Policies:", texts(facts.policies)),
            ];
            for (name, values) in stated {
                for value in values.iter().filter(|value| !value.is_empty()) {
                    let line = docs.lines().find(|line| line.starts_with(&format!("- {name}")));
                    assert!(line.is_some_and(|line| line.contains(value)), "{key}: {name} {value}");
                }
            }
            assert!(docs.replace('\n', "").contains(facts.summary), "{key}");
            assert!(docs.contains(&format!("- Source: {}", facts.source)), "{key}");
            assert!(docs.lines().filter(|line| line.starts_with("- ")).count() > 3, "{key}");
            let missing: Vec<String> = facts.undocumented().iter().map(|name| format!(" *{name}*")).collect();
            assert!(
                docs.contains(&format!("- On no page:{}.", missing.concat())),
                "{key}: {missing:?}"
            );
        }
    }
}
