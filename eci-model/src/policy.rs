//! Policies: every point that no page settles, as a named choice with a default.
//!
//! A policy is an enum of readings, the default first. [`Policies`] holds one choice of each; the command line sets them with
//! `--policy NAME=VALUE`, programs by [`Policies::set`] or by writing the field.

use std::fmt;

macro_rules! policies {
    ($(
        $(#[$doc:meta])*
        $policy:ident $field:ident ($source:literal) {
            $(#[$first_doc:meta])* $first:ident,
            $($(#[$choice_doc:meta])* $choice:ident,)+
        }
    )*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum $policy {
                $(#[$first_doc])*
                #[default]
                $first,
                $($(#[$choice_doc])* $choice,)+
            }

            impl $policy {
                /// The choice as it is written in reports and on the command line.
                pub const fn name(self) -> &'static str {
                    match self {
                        Self::$first => stringify!($first),
                        $(Self::$choice => stringify!($choice),)+
                    }
                }
            }

            impl fmt::Display for $policy {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(self.name())
                }
            }
        )*

        /// One choice of each policy.
        ///
        /// # Example
        /// ```
        /// use eci_model::policy::{Policies, Rounding};
        ///
        /// let mut policies = Policies::default();
        /// assert_eq!(policies.rounding, Rounding::VcpuFirst);
        /// policies.set("Rounding", "LeastPrice")?;
        /// assert_eq!(policies.rounding, Rounding::LeastPrice);
        /// # Ok::<(), eci_model::policy::PolicyError>(())
        /// ```
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct Policies {
            $($(#[$doc])* pub $field: $policy,)*
        }

        impl Policies {
            /// Makes a choice by name.
            ///
            /// # Errors
            /// [`PolicyError`] for a policy or a choice that does not exist; it names those that do.
            pub fn set(&mut self, name: &str, choice: &str) -> Result<(), PolicyError> {
                match name {
                    $(stringify!($policy) => {
                        self.$field = match choice {
                            stringify!($first) => $policy::$first,
                            $(stringify!($choice) => $policy::$choice,)+
                            _ => return Err(PolicyError::choice(name, choice)),
                        };
                    })*
                    _ => return Err(PolicyError::name(name)),
                }
                Ok(())
            }

            /// The name of every policy with the choice made, for reports.
            pub fn choices(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($policy), self.$field.name()),)*]
            }
        }

        /// Every policy, as a table for documentation and tools.
        pub static POLICIES: &[PolicyDoc] = &[$(PolicyDoc {
            name: stringify!($policy),
            choices: &[stringify!($first), $(stringify!($choice)),+],
            source: $source,
        },)*];
    };
}

/// A row of the table of policies.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct PolicyDoc {
    /// The name.
    pub name: &'static str,
    /// The choices, the default first.
    pub choices: &'static [&'static str],
    /// What leaves the point open.
    pub source: &'static str,
}

/// A policy or a choice that does not exist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// No policy of that name.
    #[error("`{0}` is no policy; `eci explain policies` lists them")]
    Name(Box<str>),
    /// No choice of that name.
    #[error("`{found}` is no choice of policy `{policy}`; choices are {}", .choices.join(", "))]
    Choice {
        /// The policy.
        policy: &'static str,
        /// What was written.
        found: Box<str>,
        /// What could be written.
        choices: &'static [&'static str],
    },
}

impl PolicyError {
    fn name(name: &str) -> Self {
        Self::Name(name.chars().take(64).collect::<String>().into())
    }

    fn choice(name: &str, choice: &str) -> Self {
        let found = choice.chars().take(64).collect::<String>().into();
        match POLICIES.iter().find(|policy| policy.name == name) {
            Some(policy) => Self::Choice {
                policy: policy.name,
                found,
                choices: policy.choices,
            },
            None => Self::name(name),
        }
    }
}

policies! {
    /// What a `hostPath` volume without a data cache means.
    HostPath host_path ("Limits (2024-10-18) refuse it; the API knows types Directory and File for listed accounts") {
        /// The pod is refused.
        Refuse,
        /// The account is on a list: a warning remains.
        AllowListed,
    }
    /// Whether privileged containers were granted to the account.
    Privileged privileged ("ACK pages of 2023 to 2025 speak of a test by ticket; the Limits page dropped the row by 2024-10") {
        /// Refused.
        Refuse,
        /// Granted by ticket.
        Granted,
    }
    /// Which capabilities can be added.
    Capabilities capabilities ("Security context (2026-03-31) lists 17, the API metadata of 2024 two") {
        /// The list of the pod page.
        PodPage,
        /// Only what the API metadata names.
        ApiMetadata,
    }
    /// Sysctls that the pod page allows and the API has no field for.
    Sysctl sysctl ("Security context (2024-08-13) against the API list of 2025-09") {
        /// Warn.
        WarnNoField,
        /// Trust the pod page.
        PodPage,
    }
    /// How loud settings without an API field are (seccomp, SELinux, dropped capabilities).
    IgnoredSecurity ignored_security ("no page; hardened charts set all of them") {
        /// Told as information.
        Info,
        /// Warn.
        Warn,
    }
    /// Whether `fsGroup` acts.
    FsGroup fs_group ("FAQ (2025-01-14) speaks of NAS; the API has no field") {
        /// On NAS mounts only.
        OnNasOnly,
        /// Never.
        NeverApplied,
    }
    /// Resources no page mentions, such as other vendors' devices.
    UnknownResource unknown_resource ("no page") {
        /// Warn.
        Warn,
        /// Refuse.
        Refuse,
    }
    /// Ephemeral containers.
    EphemeralContainers ephemeral_containers ("no page, no API") {
        /// Warn.
        Warn,
        /// Refuse.
        Refuse,
    }
    /// Init containers with `restartPolicy: Always`.
    NativeSidecar native_sidecar ("no page, no API field") {
        /// They are started as ordinary containers, with a warning.
        RunAsOrdinary,
        /// Refuse.
        Refuse,
    }
    /// Startup probes, for which the API has no field.
    StartupProbe startup_probe ("no page, no API field") {
        /// Their longest delay becomes the first delay of the liveness probe.
        FoldIntoLiveness,
        /// Left out.
        Drop,
        /// Refuse.
        Refuse,
    }
    /// gRPC probes, for which the API has no field.
    GrpcProbe grpc_probe ("no page, no API field") {
        /// Left out.
        Drop,
        /// Refuse.
        Refuse,
    }
    /// Windows pods, by invitation only.
    Windows windows ("Virtual nodes overview (2025-08-17): by invitation") {
        /// Refuse.
        Refuse,
        /// The account is invited.
        Invited,
    }
    /// Whether init containers count against the limit of containers.
    ContainerCount container_count ("Limits (2024-10-18) do not say") {
        /// Each kind has its own limit.
        Separate,
        /// Both kinds count together.
        Together,
    }
    /// Whether the service-account token volume counts as a volume.
    TokenVolume token_volume ("Limits (2024-10-18) do not say") {
        /// It does.
        Counted,
        /// It does not.
        NotCounted,
    }
    /// What configuration files above the total size mean.
    ConfigTotal config_total ("Volumes (2024-11-15) refuse; public clients only warn") {
        /// Refuse.
        Refuse,
        /// Warn.
        Warn,
    }
    /// Which downward-API fields have a value.
    FieldRef field_ref ("Obtain metadata inside a container (2024-10-14) lists eight") {
        /// The listed ones.
        Documented,
        /// Also those that a virtual node of one's own resolves.
        OwnNode,
    }
    /// Whether Services become variables of containers.
    ServiceLinks service_links ("Kubernetes makes them; no page says whether the platform's virtual node does") {
        /// They do, as in Kubernetes.
        Resolved,
        /// They do not.
        LeftOut,
    }
    /// How the images of containers are written in a request.
    ImageNames image_names ("Configure container images, 2025-01-14: examples leave host and namespace of the public hub out") {
        /// As the pod has them, which is how pages show them: `nginx:1.14`.
        AsWritten,
        /// With everything that registries assume: `docker.io/library/nginx:1.14`.
        Normalized,
    }
    /// How the modes of files are written in a request.
    FileModes file_modes ("CreateContainerGroup, 2018-08-08: the example is 0644, the type a number") {
        /// As the number they are: 420.
        Number,
        /// With their octal digits: 644.
        OctalDigits,
    }
    /// Whether NetworkPolicy objects act on ECI pods.
    NetworkPolicy network_policy ("Use network policies on ECI (2025-01-09): registered clusters with an add-on") {
        /// They do not.
        NotEnforced,
        /// The add-on is installed.
        Enforced,
    }
    /// How bad settings are that certainly have no effect where they stand.
    IneffectiveSetting ineffective_setting ("decision of this project") {
        /// Errors: they cannot do what their author wrote.
        Error,
        /// Warnings.
        Warn,
    }
    /// Enum and boolean values in another case.
    CaseRule case_rule ("pages spell values in two ways and name no rule") {
        /// Accepted, and told.
        Tolerant,
        /// Refused.
        Strict,
    }
    /// Masked samples of the pages as values, `vsw-****`.
    MaskedSamples masked_samples ("decision of this project") {
        /// Refuse: no resource has such a name.
        Refuse,
        /// Told as information, for fixtures of tests.
        Fixtures,
    }
    /// Spaces around the items of a list.
    ListSpaces list_spaces ("prose of Specify or exclude ECS instance families (2024-11-13) has them, no sample does") {
        /// They are dropped, and told.
        Trimmed,
        /// The item is refused.
        Refused,
    }
    /// How many items lists may have for which no page gives a number: families, generations, registries, roles, time servers.
    ListLength list_length ("ECI Pod Annotation (2025-04-24) gives numbers for some lists only") {
        /// Any number.
        Unbounded,
        /// As many as the longest sample shows; more are an undocumented form.
        AsShown,
    }
    /// What `K`, `M`, `G` and `T` of a bandwidth in bytes stand for.
    RateUnits rate_units ("Limit the bandwidth of a pod (2024-01-10): its `40M` for 320 Mbit/s fits both within rounding") {
        /// Powers of 1000.
        Thousand,
        /// Powers of 1024.
        Binary,
    }
    /// The unit of `eci-ipv6-bandwidth` without a suffix.
    BareBandwidth bare_bandwidth ("Assign an IPv6 address (2025-01-14): `200` in its table, `100M` in its sample") {
        /// Mbit/s, as with the suffix.
        Megabits,
        /// Taken as Mbit/s, and told as an undocumented form.
        Doubt,
    }
    /// Values in forms that the pages leave open.
    OpenForms open_forms ("see each key") {
        /// Warn.
        Warn,
        /// Refuse.
        Refuse,
    }
    /// Ranges known from API metadata only.
    ApiBounds api_bounds ("API metadata; whether annotations are held to them is not stated") {
        /// Refuse.
        Refuse,
        /// Warn.
        Warn,
    }
    /// An existing EIP and a new one asked for together.
    EipModes eip_modes ("Enable Internet access: the modes are alternatives; both together is not mentioned") {
        /// Warn, and ask for both.
        Warn,
        /// Refuse.
        Refuse,
        /// Warn, and create a new one.
        CreatedWins,
        /// Warn, and bind the existing one.
        ExistingWins,
    }
    /// A fixed address and a given private one asked for together.
    FixedAndPrivateIp fixed_and_private_ip ("Use a fixed IP address (2023-08-08) does not mention the other key") {
        /// Both are asked for.
        Both,
        /// The given address counts, and is not kept.
        PrivateWins,
        /// The address is kept, whichever it is.
        FixedWins,
    }
    /// Which lines of `/etc/hosts` count when an annotation and `hostAliases` are both there.
    HostSources host_sources ("Customize the hosts of a pod (2024-01-30) does not mention the field") {
        /// All of them.
        Both,
        /// Those of `eci-custom-hosts`.
        AnnotationWins,
        /// Those of `hostAliases`.
        AliasesWin,
    }
    /// Whether the resource group of an annotation is still honoured.
    ResourceGroupKey resource_group_key ("documents of 2020 and 2021 only; current ones name eci-profile alone") {
        /// It is not.
        Ignored,
        /// It is.
        Honoured,
    }
    /// Whether the annotations for CPU options are still honoured.
    CpuOptions cpu_options ("gone from the annotation table, still in ECI overview for ACK Serverless (2025-02-17)") {
        /// They are.
        Honoured,
        /// They are not.
        Ignored,
    }
    /// Size and lifetime of an image cache given twice, by annotation and in its spec.
    ImageCacheOverlap image_cache_overlap ("Annotations for ImageCache (2024-10-29) does not mention the fields of the spec") {
        /// The annotation counts.
        AnnotationWins,
        /// The spec counts.
        SpecWins,
    }
    /// Two DNS annotations on one pod.
    DnsKeys dns_keys ("no page says which wins") {
        /// Warn, and take `eci-custom-dnsconfig`, the key of the pod page.
        Warn,
        /// `eci-custom-dnsconfig` wins.
        CustomWins,
        /// `eci-dns-config` wins.
        ConfigWins,
    }
    /// Cluster versions for which burst-resource works.
    BurstResource burst_resource ("annotation reference: not maintained since 2023-05; scheduling page names no upper version") {
        /// The documented ones.
        Documented,
        /// Any.
        AnyVersion,
    }
    /// Which layer of network settings wins.
    NetworkOrder network_order ("Overview of Elastic Container Instance (2026-03-26) for vSwitches; open for security groups") {
        /// Annotation, then PodNetworking, then eci-profile.
        AnnotationPodNetworkingProfile,
        /// PodNetworking, then annotation, then eci-profile.
        PodNetworkingAnnotationProfile,
        /// Annotation, then eci-profile, then PodNetworking.
        AnnotationProfilePodNetworking,
    }
    /// Whether a layer that sets one field also decides the other.
    MergeGranularity merge_granularity ("no page") {
        /// vSwitches and security groups are resolved apart.
        PerField,
        /// The first layer that sets anything decides both.
        WholeLayer,
    }
    /// Whether PodNetworking acts on ECI pods of ACK clusters.
    PodNetworkingOnAck pod_networking_on_ack ("documented for ACK Serverless only (2026-02-28)") {
        /// It does.
        Applies,
        /// In ACK Serverless only.
        ServerlessOnly,
    }
    /// Several PodNetworkings that match one pod.
    Ambiguity ambiguity ("Configure a separate vSwitch for each pod (2026-03-26): an arbitrary one is taken") {
        /// An error, and nothing is chosen.
        Error,
        /// A warning, and nothing is chosen.
        Warn,
        /// A warning, and the first by name is taken.
        FirstByName,
    }
    /// Whether Services need an annotation to be published in PrivateZone.
    PrivateZoneAnnotation private_zone_annotation ("PrivateZone pages of ACK and ACK Serverless differ") {
        /// On ACK they do.
        NeededOnAck,
        /// They do not.
        NotNeeded,
    }
    /// Which labels selectors of eci-profile see.
    Matching matching ("no page; webhook mechanics would allow chaining") {
        /// Those the pod was created with.
        OriginalLabels,
        /// Also those that earlier selectors added.
        Chained,
    }
    /// Whether `matchExpressions` of eci-profile are honoured.
    MatchExpressions match_expressions ("documented for ACS (2025-03-12), shown on no ECI page") {
        /// They are.
        Honoured,
        /// They are, and it is told that no page shows it.
        Doubt,
    }
    /// Whether old spellings of the keys of eci-profile still act.
    RetiredProfileKeys retired_profile_keys ("pages of 2021 and one of 2025-12-24 print them; none says whether they are still read") {
        /// They do where the new key is missing.
        Honoured,
        /// They do not.
        Ignored,
    }
    /// A `Selector` object without any filter.
    SelectorNoFilter selector_no_filter ("page (2024-09-20): refused; code of 2024 matches every pod") {
        /// Refuse.
        Refuse,
        /// It matches every pod.
        MatchesAll,
    }
    /// When a `Selector` object acts on a pod.
    VNodeMoments vnode_moments ("page (2024-09-20) says what is added, code of 2022 when; code of 2024 differs") {
        /// At creation, for `normalNodePrefer` once the pod is reported unschedulable.
        Documented,
        /// As the code of 2024 does it: once the pod is reported unschedulable, and at binding.
        Code2024,
    }
    /// Which pods a namespaced `Selector` object sees.
    SelectorScope selector_scope ("the manifest of v1 is namespaced, the one of v1beta1 and the Go client cluster-scoped") {
        /// Those of every namespace.
        EveryNamespace,
        /// Those of its own namespace.
        OwnNamespace,
    }
    /// What the annotations and labels of a unit of a `ResourcePolicy` do on ECI.
    UnitMaps unit_maps ("Customize elastic resource priority scheduling, undated: the maps are written onto pods; when, and over what, is not said") {
        /// They are added where the pod does not have the key itself, after eci-profile.
        Added,
        /// They come too late for the instance and only count the pods of the unit.
        Unseen,
    }
    /// Which supported size is the closest to an unsupported one.
    Rounding rounding ("Specify vCPU and memory (2025-01-14): closest, neither may get smaller") {
        /// The smallest vCPU row that fits, then the smallest memory in it.
        VcpuFirst,
        /// The cheapest size that fits, by the unit prices.
        LeastPrice,
        /// The size at the smallest distance in vCPU and GiB.
        Nearest,
    }
    /// What a container asks for when limits and requests are mixed or one-sided.
    SizingInputs sizing_inputs ("Specify vCPU and memory (2025-01-14) speaks of whole pods") {
        /// Per container and resource: limit, else request, else nothing.
        LimitElseRequestElseZero,
        /// As in 2021: a container without resources counts 1 vCPU 2 GiB.
        Rule2021,
    }
    /// Whether init containers count for the size.
    InitSizing init_sizing ("no page") {
        /// The largest of them, if larger than the sum of the others, as in Kubernetes.
        Max,
        /// They do not.
        Ignore,
    }
    /// Spot pods below the smallest spot size.
    SpotSmall spot_small ("annotation reference: rounded up; an API code fits a refusal") {
        /// Rounded up.
        RoundUp,
        /// Refused.
        Refuse,
    }
    /// From which share of the price on what rounding adds is a warning.
    RoundingAlert rounding_alert ("decision of this project") {
        /// From none: it is told as information.
        Off,
        /// Above a tenth of the price.
        AboveTenth,
        /// Above a quarter.
        AboveQuarter,
        /// Above a half.
        AboveHalf,
    }
    /// Whether billing during long pulls of images is told.
    PendingAlert pending_alert ("decision of this project") {
        /// It is not.
        Off,
        /// For images above 1 GiB that no cache covers.
        AboveOneGib,
    }
    /// Whether image caches are matched automatically when nothing is said.
    AutoImageCache auto_image_cache ("feature page (2024-09): on; API and old key: off") {
        /// On.
        OnByDefault,
        /// Off.
        OffByDefault,
    }
    /// For which sizes an image cache fits a pod when it is matched automatically.
    ImageCacheFit image_cache_fit ("Overview of image caches (2024-11-26): the sizes agree; no direction is named") {
        /// A cache the platform made is no larger than the pod's temporary storage; others bring a disk of their own.
        AutomaticOnly,
        /// No cache is larger than the pod's temporary storage.
        EveryCache,
        /// The size does not matter.
        AnySize,
    }
    /// Whether images of init containers count when image caches are matched.
    ImageCacheInit image_cache_init ("no page") {
        /// They do.
        Counted,
        /// They do not.
        NotCounted,
    }
    /// Whether it is told that nothing happens when temporary storage runs full.
    FullDiskAlert full_disk_alert ("decision of this project") {
        /// It is not.
        Off,
        /// Where extra storage is asked for.
        ExtraStorage,
        /// Where an `emptyDir` has a limit of its own, too.
        AnyLimit,
    }
    /// Which phase a restarting or updating instance has.
    PhaseMapping phase_mapping ("Lifecycle of a pod (2026-09-21)") {
        /// The documented one: Pending.
        Documented,
        /// The phase it had before.
        Stable,
    }
    /// Which phase a pod has whose instance could not be scheduled.
    ScheduleFailedPhase schedule_failed_phase ("Lifecycle of a pod (2026-09-21) against the sample of Fault handling policy (2025-05-23)") {
        /// Failed, as the table of states says.
        Failed,
        /// Pending, as the sample shows.
        Pending,
    }
    /// Whether suppressions must give a reason.
    SuppressionReason suppression_reason ("decision of this project") {
        /// They may.
        Optional,
        /// They must.
        Required,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_the_first_choices() {
        let defaults = Policies::default().choices();
        assert_eq!(defaults.len(), POLICIES.len());
        for ((name, choice), policy) in defaults.into_iter().zip(POLICIES) {
            assert_eq!((name, choice), (policy.name, policy.choices[0]));
        }
    }

    #[test]
    fn every_choice_can_be_made_by_name() {
        for policy in POLICIES {
            for choice in policy.choices {
                let mut policies = Policies::default();
                policies.set(policy.name, choice).expect("listed");
                assert!(policies.choices().contains(&(policy.name, choice)));
            }
        }
    }

    #[test]
    fn unknown_names_are_told_with_the_known_ones() {
        let mut policies = Policies::default();
        let error = policies.set("Rounding", "Up").expect_err("no such choice");
        assert_eq!(
            error.to_string(),
            "`Up` is no choice of policy `Rounding`; choices are VcpuFirst, LeastPrice, Nearest"
        );
        assert!(matches!(policies.set("Roundin", "Up"), Err(PolicyError::Name(_))));
        assert_eq!(policies, Policies::default());
    }
}
