//! Which grammar the values of a key have, and how each is read.

use super::forms::{
    acr, address, arn, byte_rate, digits, driver, family, generation, id, if_so, is_negative, list, number, price,
    registry, several_are_open, spec, storage, tags, word,
};
use super::{MANY, OPEN, PLACEHOLDER, RANGE, Read, Refused, json};

/// The grammars of the annotation reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grammar {
    /// `2-4Gi` or `ecs.<family>.<size>`, at most five.
    Specs,
    /// An id with a prefix.
    Id(&'static str),
    /// The same, where more than one is told as too many.
    Sole(&'static str),
    /// Ids with a prefix, and how many.
    Ids(&'static str, usize),
    /// `[region:]cri-<id>`; several are an open form unless the key is the one of a single id.
    AcrIds(bool),
    /// One of several words.
    Word(&'static [&'static str]),
    /// One of several words, or one of others that no page settles.
    WordOr(&'static [&'static str], &'static [&'static str]),
    /// Words with commas between.
    Words(&'static [&'static str]),
    /// `true` or `false`.
    Switch,
    /// A whole number in a range.
    Number(u64, u64),
    /// A whole number of which there must be one at least.
    Count,
    /// At most three decimals, above zero.
    Price,
    /// Hours of protection of a spot instance.
    SpotHours,
    /// `[-]ecs.<family>` items.
    Families,
    /// `[-]n` items.
    Generations,
    /// `tesla=535`.
    Driver,
    /// GiB of temporary storage.
    Storage,
    /// Bytes per second.
    ByteRate,
    /// Mbit/s with or without `M`.
    Mbit,
    /// An address.
    Ip,
    /// Addresses.
    Ips,
    /// `host[:port]` items.
    Registries,
    /// Roles.
    Arns,
    /// `key:value` items.
    Tags,
    /// A path that is no pipe.
    CorePattern,
    /// `*`.
    Star,
    /// `[{"host", "ip"}]`.
    Hosts,
    /// `[{"name", "value"}]`.
    Sysctls,
    /// Name servers, search domains and options in comma-separated texts.
    CommaDns,
    /// The same in arrays.
    ArrayDns,
    /// `{"encrypted": "true"}`.
    StorageOptions,
}

use Grammar::{
    AcrIds, Arns, ArrayDns, ByteRate, CommaDns, CorePattern, Count, Driver, Families, Generations, Hosts, Id, Ids, Ip,
    Ips, Mbit, Number, Price, Registries, Sole, Specs, SpotHours, Star, Storage, StorageOptions, Switch, Sysctls, Tags,
    Word, WordOr, Words,
};

/// Every key that users set on pods and whose values have a grammar.
pub(crate) const KEYS: &[(&str, Grammar)] = &[
    ("k8s.aliyun.com/eci-use-specs", Specs),
    ("k8s.aliyun.com/eci-vswitch", Ids("vsw-", 10)),
    ("k8s.aliyun.com/eci-security-group", Ids("sg-", 5)),
    (
        "k8s.aliyun.com/eci-schedule-strategy",
        Word(&["VSwitchOrdered", "VSwitchRandom"]),
    ),
    ("k8s.aliyun.com/eci-gpu-driver-version", Driver),
    ("k8s.aliyun.com/eci-instance-family", Families),
    ("k8s.aliyun.com/eci-instance-generation", Generations),
    ("k8s.aliyun.com/eci-compute-category", Words(&["economy", "general"])),
    (
        "k8s.aliyun.com/eci-spot-strategy",
        Word(&["SpotWithPriceLimit", "SpotAsPriceGo"]),
    ),
    ("k8s.aliyun.com/eci-spot-price-limit", Price),
    ("k8s.aliyun.com/eci-spot-duration", SpotHours),
    ("k8s.aliyun.com/eci-spot-fallback", Switch),
    ("k8s.aliyun.com/eci-spot-release-strategy", Word(&["api-evict"])),
    (
        "k8s.aliyun.com/eci-privatepool-matchcriteria",
        Word(&["Open", "Target"]),
    ),
    ("k8s.aliyun.com/eci-privatepool-id", Sole("eap-")),
    (
        "k8s.aliyun.com/eci-fail-strategy",
        Word(&["fail-back", "fail-over", "fail-fast"]),
    ),
    ("k8s.aliyun.com/eci-max-pending-minute", Number(10, 1440)),
    ("k8s.aliyun.com/eci-custom-hosts", Hosts),
    ("k8s.aliyun.com/eci-custom-tags", Tags),
    ("k8s.aliyun.com/eci-host-sysctls", Sysctls),
    ("k8s.aliyun.com/eci-wait-clusterip-ready", Star),
    ("k8s.aliyun.com/eci-aliyundun-enabled", Switch),
    ("k8s.aliyun.com/eci-cpu-option-core", Number(0, 1000)),
    ("k8s.aliyun.com/eci-cpu-option-ht", Number(0, 1000)),
    ("k8s.aliyun.com/eci-reschedule-enable", Switch),
    ("k8s.aliyun.com/pod-fail-on-create-err", Switch),
    ("k8s.aliyun.com/eci-resource-group-id", Id("rg-")),
    ("k8s.aliyun.com/eci-auto-imc", Switch),
    ("k8s.aliyun.com/imc-perfect-match", Switch),
    ("k8s.aliyun.com/imc-match-count-request", Count),
    ("k8s.aliyun.com/eci-imc-id", Sole("imc-")),
    ("k8s.aliyun.com/eci-image-cache", Switch),
    ("k8s.aliyun.com/eci-image-snapshot-id", Id("imc-")),
    ("k8s.aliyun.com/acr-instance-ids", AcrIds(true)),
    ("k8s.aliyun.com/acr-service-arns", Arns),
    ("k8s.aliyun.com/acr-user-arns", Arns),
    ("k8s.aliyun.com/plain-http-registry", Registries),
    ("k8s.aliyun.com/insecure-registry", Registries),
    (
        "k8s.aliyun.com/eci-data-cache-pl",
        WordOr(&["PL1"], &["PL0", "PL2", "PL3"]),
    ),
    ("k8s.aliyun.com/eci-data-cache-provisionedIops", Number(0, 50_000)),
    ("k8s.aliyun.com/eci-data-cache-burstingEnabled", Switch),
    ("k8s.aliyun.com/eci-eip-instanceid", Sole("eip-")),
    ("k8s.aliyun.com/eci-with-eip", Switch),
    ("k8s.aliyun.com/eip-bandwidth", Number(0, 1_000_000)),
    ("k8s.aliyun.com/eip-common-bandwidth-package-id", Id("cbwp-")),
    ("k8s.aliyun.com/eip-isp", Word(&["BGP", "BGP_PRO"])),
    (
        "k8s.aliyun.com/eip-internet-charge-type",
        Word(&["PayByBandwidth", "PayByTraffic"]),
    ),
    ("k8s.aliyun.com/eip-public-ip-address-pool-id", Id("pippool-")),
    ("k8s.aliyun.com/eci-enable-ipv6", Switch),
    ("k8s.aliyun.com/eci-ipv6-count", Number(1, 1)),
    ("k8s.aliyun.com/eci-ipv6-bandwidth-enable", Switch),
    ("k8s.aliyun.com/eci-ipv6-bandwidth", Mbit),
    ("k8s.aliyun.com/eci-private-ip-address", Ip),
    ("k8s.aliyun.com/eci-fixed-ip", Switch),
    ("k8s.aliyun.com/eci-fixed-ip-retain-hour", Count),
    ("kubernetes.io/ingress-bandwidth", ByteRate),
    ("kubernetes.io/egress-bandwidth", ByteRate),
    ("k8s.aliyun.com/eci-custom-dnsconfig", CommaDns),
    ("k8s.aliyun.com/eci-dns-config", ArrayDns),
    ("k8s.aliyun.com/eci-extra-ephemeral-storage", Storage),
    ("k8s.aliyun.com/eci-ephemeral-storage-options", StorageOptions),
    ("k8s.aliyun.com/eci-eviction-enable", Switch),
    ("k8s.aliyun.com/eci-ntp-server", Ips),
    ("k8s.aliyun.com/eci-core-pattern", CorePattern),
    ("k8s.aliyun.com/eci-sls-enable", Switch),
    ("k8s.aliyun.com/eci-kube-proxy-enabled", Switch),
    (
        "alibabacloud.com/burst-resource",
        WordOr(&["eci", "eci_only"], &["ecs"]),
    ),
];

pub(super) fn read(grammar: Grammar, text: &str) -> Result<Read, Refused> {
    match grammar {
        _ if is_whole(grammar) && is_masked(text) => Err(PLACEHOLDER),
        Specs => list(text, Some(5), spec),
        Sole(_) | Ip if text.contains(',') => Err(MANY),
        Id(prefix) | Sole(prefix) => id(prefix, text),
        Ids(prefix, most) => list(text, Some(most), |item| id(prefix, item)),
        AcrIds(_) => list(text, None, acr).map(|read| several_are_open(read, text)),
        Arns => list(text, None, arn).map(|read| several_are_open(read, text)),
        Word(words) => word(words, text),
        // An unknown value makes scheduling fail, so that another case is one as well.
        WordOr(["eci", ..], _) if !["eci", "eci_only", "ecs"].contains(&text) => Err("burst-resource-value"),
        WordOr(words, others) => word(words, text).or_else(|_| Ok(word(others, text)?.with(OPEN, true))),
        Words(words) => list(text, Some(words.len()), |item| word(words, item)),
        Switch => word(&["true", "false"], text),
        Number(..) | SpotHours if is_negative(text) => Err(RANGE),
        Number(least, most) => number(text, least, most),
        Count if is_negative(text) => Err(RANGE),
        Count if text.bytes().all(|byte| byte == b'0') && !text.is_empty() => Err(RANGE),
        Count => number(text, 1, u64::from(u32::MAX)),
        Price => price(text),
        SpotHours => Ok(number(text, 0, u64::MAX)?.with(OPEN, digits(text)? > 1)),
        Families => list(text, None, family),
        Generations => list(text, None, generation),
        Driver => driver(text),
        Storage => storage(text),
        ByteRate => byte_rate(text),
        Mbit => digits(text.strip_suffix('M').unwrap_or(text)).map(|mbit| Read::plain(format!("{mbit}M"))),
        Ip => address(text),
        Ips => list(text, None, address),
        Registries => list(text, None, registry),
        Tags => tags(text),
        CorePattern if is_template(text) || (text.starts_with('|') && is_masked(text)) => Err(PLACEHOLDER),
        CorePattern => if_so(!text.starts_with('|') && !text.contains(char::is_whitespace), text),
        Star if text != "*" && is_masked(text) => Err(PLACEHOLDER),
        Star => if_so(text == "*", text),
        Hosts => json::hosts(text),
        Sysctls => json::sysctls(text),
        CommaDns => json::comma_dns(text),
        ArrayDns => json::array_dns(text),
        StorageOptions => json::storage_options(text),
    }
}

/// Whether the value is one item, so that a mask or a template anywhere in it is told before its form.
fn is_whole(grammar: Grammar) -> bool {
    matches!(
        grammar,
        Id(_)
            | Sole(_)
            | Word(_)
            | WordOr(..)
            | Switch
            | Number(..)
            | Count
            | Price
            | SpotHours
            | Driver
            | Storage
            | ByteRate
            | Mbit
            | Ip
    )
}

/// `${...}`, `{{...}}`, `<...>`.
pub(super) fn is_template(text: &str) -> bool {
    let between = |open: &str, close: &str| text.find(open).is_some_and(|start| text[start..].contains(close));
    between("${", "}") || between("{{", "}}") || between("<", ">")
}

/// A template, `****`, or `xxx` and `XX` after the prefix of an id.
pub(super) fn is_masked(item: &str) -> bool {
    let tail = item.rsplit_once('-').map_or("", |(_, tail)| tail);
    let hidden = |letter: u8| tail.len() > 1 && tail.bytes().all(|byte| byte == letter);
    is_template(item) || item.contains("****") || hidden(b'x') || hidden(b'X')
}
