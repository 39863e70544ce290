//! DNS settings and lines of `/etc/hosts`.

use eci_model::policy::{DnsKeys, HostSources};
use eci_model::{At, Basis, Code, Findings, Rule};

use crate::keys;
use crate::together::Scene;

/// Both DNS keys on one pod.
pub const BOTH_KEYS: &Rule = &Rule::warning(Code::eci(2270), "dns-both-keys")
    .summary("both DNS annotations are set")
    .why("they overlap, and which one wins is not documented")
    .remedy("keep one of them")
    .basis(Basis::Documented(
        "Configure custom DNS for ECI pods, 2024-06-28, and the ACK One pages, which leave it open",
    ))
    .page(include_str!("../../rules/dns-both-keys.md"));

/// More name servers or search domains than are used.
pub const TOO_MANY_SERVERS: &Rule = &Rule::warning(Code::eci(2272), "dns-too-many-servers")
    .summary("more name servers or search domains than the platform uses")
    .why("the third name server and all after it are ignored, and so are search domains after the 32nd")
    .remedy("shorten the list")
    .basis(Basis::Documented("Configure custom DNS for ECI pods, 2024-06-28"))
    .page(include_str!("../../rules/dns-too-many-servers.md"));

/// Custom DNS beside another policy than the advised one.
pub const ANNOTATION_POLICY: &Rule = &Rule::info(Code::eci(2273), "dns-annotation-policy")
    .summary("custom DNS is advised together with `dnsPolicy: Default`")
    .why("other policies bring name servers of the cluster into play")
    .remedy("set `dnsPolicy: Default`")
    .basis(Basis::Documented(
        "Configure custom DNS for ECI pods, 2024-06-28 (advice)",
    ))
    .page(include_str!("../../rules/dns-annotation-policy.md"));

/// The shape of the other DNS key.
pub const SHAPE_SWAPPED: &Rule = &Rule::error(Code::eci(2274), "dns-shape-swapped")
    .summary("the value has the shape of the other DNS key")
    .why("`eci-custom-dnsconfig` takes strings with commas and `eci-dns-config` arrays; a bad `eci-dns-config` may crash the virtual node")
    .remedy("write the shape of the key, or use the other key")
    .basis(Basis::Documented("Configure custom DNS for ECI pods, 2024-06-28; ACK One registered cluster elasticity pages"))
    .page(include_str!("../../rules/dns-shape-swapped.md"));

/// One name with two addresses.
pub const HOSTS_TWICE: &Rule = &Rule::info(Code::eci(2276), "hosts-twice")
    .summary("the annotation and `hostAliases` give one name different addresses")
    .why("which of the two wins is not documented")
    .remedy("keep one source")
    .basis(Basis::Documented(
        "Customize the hosts of a pod, 2024-01-30, which leaves it open",
    ))
    .page(include_str!("../../rules/hosts-twice.md"));

pub(crate) fn check(scene: &Scene<'_>, out: &mut Findings) {
    let settings = scene.settings();
    if let (Some(custom), Some(config)) = (&settings.custom_dns, &settings.dns_config) {
        let finding = scene.finding(BOTH_KEYS, &keys::DNS_CONFIG, &config.origin);
        let other = scene
            .finding(BOTH_KEYS, &keys::CUSTOM_DNSCONFIG, &custom.origin)
            .build()
            .place()
            .clone();
        let winner = match scene.site.policies.dns_keys {
            DnsKeys::CustomWins => "`eci-custom-dnsconfig` counts (policy DnsKeys)",
            DnsKeys::ConfigWins => "`eci-dns-config` counts (policy DnsKeys)",
            _ => "which one counts is open; `eci-custom-dnsconfig` is taken (policy DnsKeys)",
        };
        out.push(finding.related(other, "the other key").note(winner));
    }
    let policy = scene.pod.spec().and_then(|spec| spec.dns_policy.as_deref());
    let loses = settings.dns_config.is_some() && scene.site.policies.dns_keys == DnsKeys::ConfigWins;
    if let Some(custom) = settings.custom_dns.as_ref().filter(|_| !loses)
        && policy != Some("Default")
    {
        let finding = scene.finding(ANNOTATION_POLICY, &keys::CUSTOM_DNSCONFIG, &custom.origin);
        out.push(
            finding
                .found(policy.unwrap_or("ClusterFirst").to_owned())
                .expected("`Default`"),
        );
    }
    hosts(scene, out);
}

fn hosts(scene: &Scene<'_>, out: &mut Findings) {
    let Some(custom) = &scene.settings().custom_hosts else {
        return;
    };
    let aliases = scene
        .pod
        .spec()
        .and_then(|spec| spec.host_aliases.as_deref())
        .unwrap_or_default();
    for (index, alias) in aliases.iter().enumerate() {
        let names = alias.hostnames.iter().flatten();
        let Ok(ip) = alias.ip.parse::<std::net::IpAddr>() else {
            continue;
        };
        let differing = |name: &&String| custom.value.iter().any(|entry| entry.host == **name && entry.ip != ip);
        if let Some(name) = names.into_iter().find(differing) {
            let spec = At::ROOT.field("spec");
            let aliases = spec.field("hostAliases");
            let place = scene.pod.place(&aliases.index(index));
            let finding = scene.finding(HOSTS_TWICE, &keys::CUSTOM_HOSTS, &custom.origin);
            let counts = match scene.site.policies.host_sources {
                HostSources::AnnotationWins => "the annotation counts (policy HostSources)",
                HostSources::AliasesWin => "`hostAliases` counts (policy HostSources)",
                _ => "both are written to the file (policy HostSources)",
            };
            out.push(
                finding
                    .found(name.clone())
                    .related(place, "another address")
                    .note(counts),
            );
        }
    }
}
