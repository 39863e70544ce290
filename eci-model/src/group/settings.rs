//! What annotations put into the request.

use crate::api::{AcrRegistryInfo, CreateContainerGroup, DnsConfig, DnsOption, HostAlias, Tag};
use crate::decision::Given;
use crate::overlay::Overlay;
use crate::policy::{self, HostSources, Policies};
use crate::settings::{DnsSettings, RegistryHost, Settings};

/// The label that speeds up the loading of images (On-demand loading, 2025-08-11).
const ACCELERATE: &str = "k8s.aliyun.com/image-accelerate-mode";

/// Writes every setting that has a field in the request.
///
/// Settings without one act elsewhere: sizes, types, their filters and extra storage decide the candidates; vSwitches, groups and strategy
/// the placement.
pub(super) fn apply(settings: &Settings, policies: &Policies, request: &mut CreateContainerGroup) {
    spot(settings, request);
    addresses(settings, policies, request);
    images(settings, policies, request);
    data_cache(settings, request);
    names(settings, policies, request);
    request.cpu_options_core = number(settings.cpu_cores.as_ref());
    request.cpu_options_threads_per_core = number(settings.cpu_threads.as_ref());
    request.gpu_driver_version = text(settings.gpu_driver.as_ref());
    request.max_pending_minute = number(settings.max_pending_minutes.as_ref());
    request.ram_role_name = text(settings.ram_role.as_ref());
    request.resource_group_id = text(settings.resource_group.as_ref());
    request.core_pattern = settings
        .core_pattern
        .as_ref()
        .map(|given| given.value.as_str().to_owned());
    let categories = settings.compute_categories.as_ref();
    request.compute_category = categories
        .into_iter()
        .flat_map(|given| given.value.iter())
        .map(ToString::to_string)
        .collect();
}

/// Writes what the label about images asks for.
pub(super) fn accelerate(labels: &Overlay<'_>, request: &mut CreateContainerGroup) {
    // The label knows two modes; how they are called in the API is inferred from the page of the first.
    request.image_accelerate_mode = match labels.get(ACCELERATE) {
        Some("on-demand") => Some("dadi".to_owned()),
        Some("p2p") => Some("p2p".to_owned()),
        _ => None,
    };
}

fn spot(settings: &Settings, request: &mut CreateContainerGroup) {
    request.spot_strategy = settings
        .spot_strategy
        .as_ref()
        .map(|given| given.value.name().to_owned());
    request.spot_price_limit = settings.spot_price_limit.as_ref().map(|given| given.value);
    request.spot_duration = settings.spot_duration.as_ref().map(|given| i64::from(given.value.0));
}

fn addresses(settings: &Settings, policies: &Policies, request: &mut CreateContainerGroup) {
    request.private_ip_address = text(settings.given_ip(policies));
    request.fixed_ip = settings.keeps_ip(policies).then(|| "true".to_owned());
    request.fixed_ip_retain_hour = number(settings.fixed_ip_retain_hours.as_ref());
    request.eip_instance_id = text(settings.bound_eip(policies));
    request.auto_create_eip = settings.creates_eip(policies);
    request.eip_bandwidth = number(settings.eip_bandwidth.as_ref());
    request.eip_common_bandwidth_package = text(settings.eip_bandwidth_plan.as_ref());
    request.eip_isp = settings.eip_isp.as_ref().map(|given| given.value.name().to_owned());
    request.ipv6_address_count = settings.ipv6.as_ref().filter(|given| given.value).map(|_| 1);
    request.ipv6_gateway_bandwidth_enable = settings.ipv6_public.as_ref().map(|given| given.value);
    request.ipv6_gateway_bandwidth = settings.ipv6_bandwidth.as_ref().map(|given| given.value.0.to_string());
    let bits = |bits: u64| i64::try_from(bits).unwrap_or(i64::MAX);
    request.ingress_bandwidth = settings.ingress.as_ref().map(|given| bits(given.value.bits()));
    request.egress_bandwidth = settings.egress.as_ref().map(|given| bits(given.value.bits()));
}

fn images(settings: &Settings, policies: &Policies, request: &mut CreateContainerGroup) {
    request.image_snapshot_id = text(settings.image_cache.as_ref());
    // A cache that is named leaves nothing to match.
    let by_default =
        request.image_snapshot_id.is_none() && policies.auto_image_cache == policy::AutoImageCache::OnByDefault;
    let given = settings.auto_image_cache.as_ref().map(|given| given.value);
    request.auto_match_image_cache = given.or(by_default.then_some(true));
    let plain = settings.plain_http_registries.as_ref();
    request.plain_http_registry = plain.map(|given| given.value.iter().map(RegistryHost::as_str).collect());
    let insecure = settings.insecure_registries.as_ref();
    request.insecure_registry = insecure.map(|given| given.value.iter().map(RegistryHost::as_str).collect());
    let instances = settings
        .acr_instances
        .as_ref()
        .into_iter()
        .flat_map(|given| given.value.iter());
    let roles = AcrRegistryInfo {
        arn_service: first(settings.acr_service_arns.as_ref().map(|given| &given.value.0[..])),
        arn_user: first(settings.acr_user_arns.as_ref().map(|given| &given.value.0[..])),
        ..Default::default()
    };
    request.acr_registry_info = instances
        .map(|instance| AcrRegistryInfo {
            instance_id: Some(instance.id.to_string()),
            region_id: instance.region.as_ref().map(ToString::to_string),
            ..roles.clone()
        })
        .collect();
    // Roles alone narrow, or open, personal registries and default domains.
    if request.acr_registry_info.is_empty() && roles != AcrRegistryInfo::default() {
        request.acr_registry_info.push(roles);
    }
}

fn data_cache(settings: &Settings, request: &mut CreateContainerGroup) {
    request.data_cache_bucket = settings.data_cache_bucket.as_ref().map(|given| given.value.clone());
    request.data_cache_pl = settings
        .data_cache_level
        .as_ref()
        .map(|given| given.value.name().to_owned());
    request.data_cache_provisioned_iops = settings.data_cache_iops.as_ref().map(|given| i64::from(given.value));
    request.data_cache_bursting_enabled = settings.data_cache_bursting.as_ref().map(|given| given.value);
}

fn names(settings: &Settings, policies: &Policies, request: &mut CreateContainerGroup) {
    if let Some(dns) = settings.dns(policies) {
        request.dns_config = Some(dns_config(&dns.value));
        request.dns_policy = Some("None".to_owned());
    }
    if settings.custom_hosts.is_some() && policies.host_sources == HostSources::AnnotationWins {
        request.host_aliase.clear();
    }
    let aliases_win = policies.host_sources == HostSources::AliasesWin && !request.host_aliase.is_empty();
    let hosts = settings
        .custom_hosts
        .as_ref()
        .filter(|_| !aliases_win)
        .into_iter()
        .flat_map(|given| given.value.iter());
    request.host_aliase.extend(hosts.map(|entry| HostAlias {
        ip: Some(entry.ip.to_string()),
        hostname: vec![entry.host.clone()],
    }));
    let servers = settings
        .ntp_servers
        .as_ref()
        .into_iter()
        .flat_map(|given| given.value.iter());
    request.ntp_server = servers.map(ToString::to_string).collect();
    let tags = settings
        .custom_tags
        .as_ref()
        .into_iter()
        .flat_map(|given| given.value.iter());
    request.tag.extend(tags.map(|tag| Tag {
        key: Some(tag.key.clone()),
        value: Some(tag.value.clone()),
    }));
}

fn dns_config(dns: &DnsSettings) -> DnsConfig {
    DnsConfig {
        name_server: dns.name_servers.clone(),
        search: dns.searches.clone(),
        option: dns
            .options
            .iter()
            .map(|option| DnsOption {
                name: Some(option.name.clone()),
                value: option.value.clone(),
            })
            .collect(),
    }
}

fn text<T: ToString>(given: Option<&Given<T>>) -> Option<String> {
    given.map(|given| given.value.to_string())
}

fn number(given: Option<&Given<u32>>) -> Option<i32> {
    given.and_then(|given| i32::try_from(given.value).ok())
}

fn first<T: ToString>(items: Option<&[T]>) -> Option<String> {
    items.and_then(<[T]>::first).map(ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::{List, Origin};
    use crate::settings::HostEntry;

    /// The names of the host lines of a request for a pod that has one in `hostAliases` and one in its annotation.
    fn host_names(choice: &str) -> Vec<String> {
        let mut policies = Policies::default();
        policies.set("HostSources", choice).expect("a choice");
        let entry = HostEntry {
            host: "annotation".into(),
            ip: std::net::IpAddr::from([10, 0, 0, 1]),
        };
        let settings = Settings {
            custom_hosts: Some(Given::new(List(vec![entry]), Origin::Caller)),
            ..Settings::default()
        };
        let alias = HostAlias {
            ip: Some("10.0.0.2".into()),
            hostname: vec!["alias".into()],
        };
        let mut request = CreateContainerGroup {
            host_aliase: vec![alias],
            ..CreateContainerGroup::default()
        };
        apply(&settings, &policies, &mut request);
        request
            .host_aliase
            .into_iter()
            .flat_map(|alias| alias.hostname)
            .collect()
    }

    #[test]
    fn lines_of_hosts_come_from_both_sources_or_the_one_that_wins() {
        assert_eq!(host_names("Both"), ["alias", "annotation"]);
        assert_eq!(host_names("AnnotationWins"), ["annotation"]);
        assert_eq!(host_names("AliasesWin"), ["alias"]);
    }
}
