//! EIP, IPv6, fixed addresses and bandwidth.

use eci_model::policy::EipModes;
use eci_model::settings::ByteRate;
use eci_model::{Basis, Code, Findings, Rule, Severity, Site};

use crate::keys::{self, image_cache};
use crate::subject::Subject;
use crate::together::{Scene, value};
use crate::value::Value;

/// Settings of an EIP that is not created.
pub const SETTING_WITHOUT_EIP: &Rule = &Rule::warning(Code::eci(2250), "eip-setting-without-eip")
    .summary("settings of an EIP, and none is created")
    .why("they describe the EIP that is created with the pod; an existing EIP keeps its own settings")
    .remedy("set `k8s.aliyun.com/eci-with-eip: \"true\"`, or drop the settings")
    .basis(Basis::Documented("Enable Internet access, 2024-01-11"))
    .page(include_str!("../../rules/eip-setting-without-eip.md"));

/// An existing EIP and a new one.
pub const BOTH_EIPS: &Rule = &Rule::warning(Code::eci(2252), "eip-both-modes")
    .summary("an existing EIP is named and a new one asked for")
    .why("the two are alternatives; which one wins is not documented, and a new EIP is billed")
    .remedy("choose one")
    .basis(Basis::Inferred(
        "Enable Internet access, 2024-01-11, which shows them as alternatives",
    ))
    .page(include_str!("../../rules/eip-both-modes.md"));

/// A link of the IPv6 chain without the one before.
pub const IPV6_CHAIN: &Rule = &Rule::warning(Code::eci(2260), "ipv6-chain")
    .summary("an IPv6 setting without the one it needs")
    .why("bandwidth needs public access, and public access needs an IPv6 address")
    .remedy("set the whole chain: `eci-enable-ipv6`, `eci-ipv6-bandwidth-enable`, then `eci-ipv6-bandwidth`")
    .basis(Basis::Documented("Assign an IPv6 address, 2025-01-14"))
    .page(include_str!("../../rules/ipv6-chain.md"));

/// How long an address is kept that nobody asked to keep.
pub const RETAIN_INERT: &Rule = &Rule::warning(Code::eci(2262), "fixed-ip-retain-inert")
    .summary("a time to keep the address, and the address is not fixed")
    .why("the time counts for fixed addresses only")
    .remedy("set `k8s.aliyun.com/eci-fixed-ip: \"true\"`, or remove the time")
    .basis(Basis::Documented("Use a fixed IP address, 2023-08-08"))
    .page(include_str!("../../rules/fixed-ip-retain-inert.md"));

/// A limit of bandwidth, which counts bytes here and bits elsewhere.
pub const BANDWIDTH_IN_BYTES: &Rule = &Rule::info(Code::eci(2264), "bandwidth-in-bytes")
    .summary("the bandwidth counts bytes per second")
    .why("on ECI `40M` is 320 Mbit/s; the bandwidth plugin of Kubernetes reads the same annotation as bits")
    .remedy("divide by 8 if bits were meant")
    .basis(Basis::Documented("Limit the bandwidth of a pod, 2024-01-10"))
    .page(include_str!("../../rules/bandwidth-in-bytes.md"));

/// The keys that decide about an EIP, which pods and image caches name differently.
struct EipKeys {
    created: &'static str,
    existing: &'static str,
    settings: &'static [&'static str],
}

const ON_PODS: EipKeys = EipKeys {
    created: keys::WITH_EIP.name(),
    existing: keys::EIP_INSTANCEID.name(),
    settings: &[
        keys::EIP_BANDWIDTH.name(),
        keys::EIP_ISP.name(),
        keys::EIP_INTERNET_CHARGE_TYPE.name(),
        keys::EIP_COMMON_BANDWIDTH_PACKAGE_ID.name(),
        keys::EIP_PUBLIC_IP_ADDRESS_POOL_ID.name(),
    ],
};

const ON_IMAGE_CACHES: EipKeys = EipKeys {
    created: image_cache::AUTO_CREATE_EIP.name(),
    existing: image_cache::EIP_INSTANCE_ID.name(),
    settings: ON_PODS.settings,
};

pub(crate) fn check(scene: &Scene<'_>, out: &mut Findings) {
    let settings = scene.settings();
    let any = settings.with_eip.is_some()
        || settings.eip_bandwidth.is_some()
        || settings.eip_isp.is_some()
        || settings.eip_charge_type.is_some()
        || settings.eip_bandwidth_plan.is_some()
        || settings.eip_pool.is_some();
    if any {
        eip(&scene.subject, &ON_PODS, scene.site, out);
    }
    ipv6(scene, out);
    if let Some(hours) = &settings.fixed_ip_retain_hours
        && value(settings.fixed_ip.as_ref()) != Some(true)
        && (settings.fixed_ip.is_some() || !scene.has(&keys::FIXED_IP))
    {
        let finding = scene.inert(RETAIN_INERT, &keys::FIXED_IP_RETAIN_HOUR, &hours.origin);
        out.push(finding.found(hours.value.to_string()));
    }
    bandwidth(scene, out);
}

/// The same for an ImageCache, whose keys have other names.
pub(crate) fn on_image_cache(subject: &Subject<'_>, site: &Site<'_>, out: &mut Findings) {
    eip(subject, &ON_IMAGE_CACHES, site, out);
}

fn eip(subject: &Subject<'_>, keys: &EipKeys, site: &Site<'_>, out: &mut Findings) {
    let entries = subject.entries;
    let created = entries
        .get(keys.created)
        .filter(|text| !text.trim().is_empty())
        .map(bool::parse);
    let existing = entries.is_set(keys.existing);
    if created == Some(Ok(true)) {
        if existing {
            let severity = match site.policies.eip_modes {
                EipModes::Refuse => Severity::Error,
                _ => Severity::Warning,
            };
            let finding = subject.finding(BOTH_EIPS, keys.existing).severity(severity);
            let finding = match site.policies.eip_modes {
                EipModes::Refuse => finding,
                EipModes::CreatedWins => finding.note("the new one is taken (policy EipModes)"),
                EipModes::ExistingWins => finding.note("the existing one is taken (policy EipModes)"),
                _ => finding.note("both are asked for (policy EipModes)"),
            };
            out.push(finding.related(subject.place(keys.created), "asks for a new one"));
        }
        return;
    }
    let set: Vec<&str> = keys
        .settings
        .iter()
        .copied()
        .filter(|key| entries.is_set(key))
        .collect();
    // An unreadable switch was told already.
    let unreadable = matches!(created, Some(Err(_)));
    let Some(first) = set.first().filter(|_| !unreadable) else {
        return;
    };
    let finding = subject.finding(SETTING_WITHOUT_EIP, first).found(set.join(", "));
    let remedy = format!("set `{}: \"true\"`, or drop the settings", keys.created);
    out.push(match existing {
        true => subject
            .without(finding, first)
            .note("the existing EIP keeps its own settings")
            .remedy("drop the settings"),
        false => finding.remedy(remedy),
    });
}

fn ipv6(scene: &Scene<'_>, out: &mut Findings) {
    let settings = scene.settings();
    let public = value(settings.ipv6_public.as_ref());
    if let Some(bandwidth) = &settings.ipv6_bandwidth
        && public != Some(true)
        && (public.is_some() || !scene.has(&keys::IPV6_BANDWIDTH_ENABLE))
    {
        let finding = scene.finding(IPV6_CHAIN, &keys::IPV6_BANDWIDTH, &bandwidth.origin);
        out.push(finding.expected(format!("`{}: \"true\"`", keys::IPV6_BANDWIDTH_ENABLE.name())));
        return;
    }
    if let Some(given) = settings.ipv6_public.as_ref().filter(|given| given.value)
        && value(settings.ipv6.as_ref()) != Some(true)
        && (settings.ipv6.is_some() || !(scene.has(&keys::ENABLE_IPV6) || scene.has(&keys::IPV6_COUNT)))
    {
        let finding = scene.finding(IPV6_CHAIN, &keys::IPV6_BANDWIDTH_ENABLE, &given.origin);
        out.push(finding.expected(format!("`{}: \"true\"`", keys::ENABLE_IPV6.name())));
    }
}

fn bandwidth(scene: &Scene<'_>, out: &mut Findings) {
    let settings = scene.settings();
    let limits = [
        (&settings.ingress, &keys::INGRESS_BANDWIDTH),
        (&settings.egress, &keys::EGRESS_BANDWIDTH),
    ];
    for (given, key) in limits {
        if let Some(given) = given {
            let finding = scene.finding(BANDWIDTH_IN_BYTES, key, &given.origin);
            out.push(
                finding
                    .found(given.value.to_string())
                    .note(format!("that is {} Mbit/s", megabits(given.value))),
            );
        }
    }
}

/// Mbit/s with as many decimals as needed, at most three, rounded down.
fn megabits(rate: ByteRate) -> String {
    let thousandths = rate.bits() / 1000;
    let decimals = format!("{:03}", thousandths % 1000);
    match decimals.trim_end_matches('0') {
        "" => (thousandths / 1000).to_string(),
        decimals => format!("{}.{decimals}", thousandths / 1000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_told_as_bits() {
        for (bytes, printed) in [(40_000_000, "320"), (1_500, "0.012"), (100_000, "0.8"), (0, "0")] {
            assert_eq!(megabits(ByteRate::from_bytes(bytes)), printed);
        }
    }
}
