//! What the annotations of a pod ask for, typed: handed from the crate that reads annotations to the stages that act on them.

mod amount;
mod choice;
mod dns;
mod filter;
mod image;
mod instance;

use std::net::IpAddr;

use crate::api::Decimal;
use crate::decision::{Given, List};
use crate::id::{
    BandwidthPlanId, EipId, ImageCacheId, IpPoolId, PrivatePoolId, ResourceGroupId, SecurityGroupId, VSwitchId,
};
use crate::policy::{DnsKeys, EipModes, FixedAndPrivateIp, Policies};
use crate::spec::{SpecList, SpotStrategy};

pub use amount::{ByteRate, ExtraStorage, Megabits, SpotHours};
pub use choice::{
    BurstResource, ComputeCategory, CpuArch, DiskLevel, EipChargeType, EipIsp, FailStrategy, PoolCriteria,
    ScheduleStrategy, SpotRelease,
};
pub use dns::{DnsOption, DnsSettings};
pub use filter::{FilterError, Generation, GpuDriver, InstanceFamily, Signed, SignedItem};
pub use image::{AcrInstance, AcrInstanceError, RegistryHost, RegistryHostError, RoleArn, RoleArnError};
pub use instance::{CorePattern, HostEntry, HostSysctl, StorageOptions, Tag};

/// Typed values of the annotations that decide something; `None` where nothing, or nothing readable, is written.
///
/// A retired key fills the field of its successor when the successor is not set.
///
/// # Example
/// ```
/// use eci_model::{Given, Origin, Settings};
/// use eci_model::settings::FailStrategy;
///
/// let mut settings = Settings::default();
/// settings.fail_strategy = Some(Given::new(FailStrategy::FailFast, Origin::Caller));
/// assert!(settings.fail_strategy.is_some_and(|given| given.value.fails_fast()));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settings {
    /// Sizes and ECS types to try, in order of preference.
    pub use_specs: Option<Given<SpecList>>,
    /// ECS families that may, or may not, be used for sizes.
    pub instance_families: Option<Given<Signed<InstanceFamily>>>,
    /// ECS generations that may, or may not, be used for sizes.
    pub instance_generations: Option<Given<Signed<Generation>>>,
    /// Compute categories, in order of preference.
    pub compute_categories: Option<Given<List<ComputeCategory>>>,
    /// The GPU driver.
    pub gpu_driver: Option<Given<GpuDriver>>,
    /// Physical cores of the instance, for some ECS types.
    pub cpu_cores: Option<Given<u32>>,
    /// Threads of each core; 1 switches hyper-threading off.
    pub cpu_threads: Option<Given<u32>>,

    /// Whether and how spot capacity is used.
    pub spot_strategy: Option<Given<SpotStrategy>>,
    /// The highest price of an hour; the currency is not stated.
    pub spot_price_limit: Option<Given<Decimal>>,
    /// How long spot capacity is protected.
    pub spot_duration: Option<Given<SpotHours>>,
    /// Whether pay-as-you-go capacity is taken when there is no spot capacity.
    pub spot_fallback: Option<Given<bool>>,
    /// What happens shortly before spot capacity is reclaimed.
    pub spot_release: Option<Given<SpotRelease>>,
    /// Which private pools of capacity may be used.
    pub pool_criteria: Option<Given<PoolCriteria>>,
    /// The private pool that must be used.
    pub private_pool: Option<Given<PrivatePoolId>>,

    /// How a vSwitch is chosen among several.
    pub schedule_strategy: Option<Given<ScheduleStrategy>>,
    /// What happens when no instance can be created.
    pub fail_strategy: Option<Given<FailStrategy>>,
    /// How many minutes the instance may stay pending.
    pub max_pending_minutes: Option<Given<u32>>,
    /// Whether the pod waits until ClusterIP rules are there.
    pub wait_cluster_ip: Option<Given<bool>>,
    /// Whether ECI is used on shortage of nodes, or always.
    pub burst_resource: Option<Given<BurstResource>>,

    /// vSwitches that replace those of lower layers.
    pub vswitches: Option<Given<List<VSwitchId>>>,
    /// Security groups that replace those of lower layers.
    pub security_groups: Option<Given<List<SecurityGroupId>>>,
    /// The private address; IPv6 is read here and judged by a rule.
    pub private_ip: Option<Given<IpAddr>>,
    /// Whether the address stays with the pod's name.
    pub fixed_ip: Option<Given<bool>>,
    /// How many hours an unused fixed address is kept.
    pub fixed_ip_retain_hours: Option<Given<u32>>,
    /// An existing EIP.
    pub eip: Option<Given<EipId>>,
    /// Whether an EIP is created.
    pub with_eip: Option<Given<bool>>,
    /// The bandwidth of the created EIP in Mbit/s.
    pub eip_bandwidth: Option<Given<u32>>,
    /// The shared-bandwidth plan of the created EIP.
    pub eip_bandwidth_plan: Option<Given<BandwidthPlanId>>,
    /// The line of the created EIP.
    pub eip_isp: Option<Given<EipIsp>>,
    /// How traffic of the created EIP is paid.
    pub eip_charge_type: Option<Given<EipChargeType>>,
    /// The pool the created EIP is taken from.
    pub eip_pool: Option<Given<IpPoolId>>,
    /// Whether the pod gets an IPv6 address.
    pub ipv6: Option<Given<bool>>,
    /// Whether the IPv6 address is reachable from the Internet.
    pub ipv6_public: Option<Given<bool>>,
    /// The bandwidth of the IPv6 address; its range depends on the gateway.
    pub ipv6_bandwidth: Option<Given<Megabits>>,
    /// The limit of inbound traffic.
    pub ingress: Option<Given<ByteRate>>,
    /// The limit of outbound traffic.
    pub egress: Option<Given<ByteRate>>,
    /// Whether service rules are kept inside the pod.
    pub kube_proxy: Option<Given<bool>>,

    /// DNS settings of `eci-custom-dnsconfig`.
    pub custom_dns: Option<Given<DnsSettings>>,
    /// DNS settings of `eci-dns-config`.
    pub dns_config: Option<Given<DnsSettings>>,
    /// More lines of `/etc/hosts`.
    pub custom_hosts: Option<Given<List<HostEntry>>>,
    /// Time servers.
    pub ntp_servers: Option<Given<List<IpAddr>>>,

    /// Tags of the instance.
    pub custom_tags: Option<Given<List<Tag>>>,
    /// The RAM role of the instance.
    pub ram_role: Option<Given<String>>,
    /// The resource group, by a key of old pages.
    pub resource_group: Option<Given<ResourceGroupId>>,
    /// Kernel settings of the host, granted by ticket.
    pub host_sysctls: Option<Given<List<HostSysctl>>>,
    /// Whether the Security Center client is installed.
    pub security_center: Option<Given<bool>>,
    /// Where core files go.
    pub core_pattern: Option<Given<CorePattern>>,
    /// Whether logs are collected as Log Service resources say.
    pub sls: Option<Given<bool>>,

    /// Whether an image cache is matched automatically.
    pub auto_image_cache: Option<Given<bool>>,
    /// Whether only a cache that holds all images counts.
    pub image_cache_perfect: Option<Given<bool>>,
    /// How many images a cache must hold in full.
    pub image_cache_match_count: Option<Given<u32>>,
    /// The image cache to use.
    pub image_cache: Option<Given<ImageCacheId>>,
    /// Enterprise registries whose images are pulled without a secret.
    pub acr_instances: Option<Given<List<AcrInstance>>>,
    /// Roles of the account that owns the ECI resources.
    pub acr_service_arns: Option<Given<List<RoleArn>>>,
    /// Roles of the account that owns the registry.
    pub acr_user_arns: Option<Given<List<RoleArn>>>,
    /// Registries that are asked over plain HTTP.
    pub plain_http_registries: Option<Given<List<RegistryHost>>>,
    /// Registries whose certificate is not checked.
    pub insecure_registries: Option<Given<List<RegistryHost>>>,

    /// The data cache bucket whose paths `hostPath` volumes name.
    pub data_cache_bucket: Option<Given<String>>,
    /// The performance level of the disk made from a data cache.
    pub data_cache_level: Option<Given<DiskLevel>>,
    /// Provisioned IOPS of that disk; makes it an AutoPL disk.
    pub data_cache_iops: Option<Given<u32>>,
    /// Whether that disk may burst; makes it an AutoPL disk.
    pub data_cache_bursting: Option<Given<bool>>,

    /// Temporary storage beyond the free amount.
    pub extra_storage: Option<Given<ExtraStorage>>,
    /// Encryption of temporary storage.
    pub storage_options: Option<Given<StorageOptions>>,
    /// Whether the pod is evicted when temporary storage runs out.
    pub eviction: Option<Given<bool>>,
}

/// What counts where two settings overlap and no page says which wins.
impl Settings {
    /// The DNS settings that count, by the policy `DnsKeys`.
    ///
    /// # Example
    /// ```
    /// use eci_model::policy::{DnsKeys, Policies};
    /// use eci_model::settings::DnsSettings;
    /// use eci_model::{Given, Origin, Settings};
    ///
    /// let mut settings = Settings::default();
    /// let own = Origin::PodAnnotation { key: "k8s.aliyun.com/eci-custom-dnsconfig".into() };
    /// settings.custom_dns = Some(Given::new(DnsSettings::default(), own.clone()));
    /// settings.dns_config = Some(Given::new(DnsSettings::default(), Origin::Caller));
    /// let mut policies = Policies::default();
    /// assert_eq!(settings.dns(&policies).map(|given| &given.origin), Some(&own));
    /// policies.dns_keys = DnsKeys::ConfigWins;
    /// assert_eq!(settings.dns(&policies).map(|given| &given.origin), Some(&Origin::Caller));
    /// ```
    pub fn dns(&self, policies: &Policies) -> Option<&Given<DnsSettings>> {
        let (custom, config) = (self.custom_dns.as_ref(), self.dns_config.as_ref());
        match policies.dns_keys {
            DnsKeys::ConfigWins => config.or(custom),
            _ => custom.or(config),
        }
    }

    /// The existing EIP that is bound; none where the policy `EipModes` prefers a new one that is asked for too.
    pub fn bound_eip(&self, policies: &Policies) -> Option<&Given<EipId>> {
        let creates = self.with_eip.as_ref().is_some_and(|given| given.value);
        let loses = creates && policies.eip_modes == EipModes::CreatedWins;
        self.eip.as_ref().filter(|_| !loses)
    }

    /// Whether an EIP is created; not where the policy `EipModes` prefers an existing one that is named too.
    pub fn creates_eip(&self, policies: &Policies) -> Option<bool> {
        let loses = self.eip.is_some() && policies.eip_modes == EipModes::ExistingWins;
        self.with_eip.as_ref().map(|given| given.value && !loses)
    }

    /// The given private address; none where the policy `FixedAndPrivateIp` prefers a fixed one that is asked for too.
    pub fn given_ip(&self, policies: &Policies) -> Option<&Given<IpAddr>> {
        let fixed = self.fixed_ip.as_ref().is_some_and(|given| given.value);
        let loses = fixed && policies.fixed_and_private_ip == FixedAndPrivateIp::FixedWins;
        self.private_ip.as_ref().filter(|_| !loses)
    }

    /// Whether the address stays with the pod's name; not where the policy `FixedAndPrivateIp` prefers a given address.
    pub fn keeps_ip(&self, policies: &Policies) -> bool {
        let loses = self.private_ip.is_some() && policies.fixed_and_private_ip == FixedAndPrivateIp::PrivateWins;
        self.fixed_ip.as_ref().is_some_and(|given| given.value) && !loses
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::Origin;

    fn choosing(name: &str, choice: &str) -> Policies {
        let mut policies = Policies::default();
        policies.set(name, choice).expect("a policy");
        policies
    }

    fn given<T>(value: T) -> Option<Given<T>> {
        Some(Given::new(value, Origin::Caller))
    }

    fn both_eips() -> Settings {
        Settings {
            eip: given("eip-bp1q5n8cq4p7f6dzuabcd".parse().expect("an id")),
            with_eip: given(true),
            ..Settings::default()
        }
    }

    fn both_addresses() -> Settings {
        Settings {
            private_ip: given(IpAddr::from([10, 0, 0, 1])),
            fixed_ip: given(true),
            ..Settings::default()
        }
    }

    #[test]
    fn an_existing_eip_and_a_new_one_count_as_the_policy_says() {
        for (choice, bound, created) in [
            ("Warn", true, true),
            ("Refuse", true, true),
            ("CreatedWins", false, true),
            ("ExistingWins", true, false),
        ] {
            let (settings, policies) = (both_eips(), choosing("EipModes", choice));
            let counts = (settings.bound_eip(&policies).is_some(), settings.creates_eip(&policies));
            assert_eq!(counts, (bound, Some(created)), "{choice}");
        }
    }

    #[test]
    fn a_single_eip_counts_whatever_the_policy() {
        let mut settings = both_eips();
        settings.with_eip = None;
        assert!(settings.bound_eip(&choosing("EipModes", "CreatedWins")).is_some());
        assert_eq!(settings.creates_eip(&Policies::default()), None);
    }

    #[test]
    fn a_fixed_and_a_given_address_count_as_the_policy_says() {
        for (choice, given, kept) in [
            ("Both", true, true),
            ("PrivateWins", true, false),
            ("FixedWins", false, true),
        ] {
            let (settings, policies) = (both_addresses(), choosing("FixedAndPrivateIp", choice));
            let counts = (settings.given_ip(&policies).is_some(), settings.keeps_ip(&policies));
            assert_eq!(counts, (given, kept), "{choice}");
        }
    }

    #[test]
    fn dns_settings_count_as_the_policy_says() {
        let dns = |server: &str| {
            let mut dns = DnsSettings::default();
            dns.name_servers.push(server.to_owned());
            given(dns)
        };
        let settings = Settings {
            custom_dns: dns("custom"),
            dns_config: dns("config"),
            ..Settings::default()
        };
        for (choice, server) in [("Warn", "custom"), ("CustomWins", "custom"), ("ConfigWins", "config")] {
            let policies = choosing("DnsKeys", choice);
            let counts = settings
                .dns(&policies)
                .map(|given| given.value.name_servers[0].as_str());
            assert_eq!(counts, Some(server), "{choice}");
        }
    }
}
