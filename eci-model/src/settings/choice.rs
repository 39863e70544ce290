//! Settings that are one of a few words.

use std::fmt;

macro_rules! choices {
    ($(
        $(#[$doc:meta])*
        $choice:ident { $($(#[$variant_doc:meta])* $variant:ident = $name:literal,)+ }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $choice {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $choice {
            /// Every choice.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The canonical spelling.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }

        impl fmt::Display for $choice {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    )*};
}

choices! {
    /// How the platform chooses a vSwitch among several (Create a pod across zones, 2025-05-23).
    ScheduleStrategy {
        /// In the listed order.
        VSwitchOrdered = "VSwitchOrdered",
        /// As the platform likes, by stock; the default.
        VSwitchRandom = "VSwitchRandom",
    }
    /// What happens when no instance can be created (Configure a fault handling policy for a pod, 2025-05-23).
    FailStrategy {
        /// Try again; the default.
        FailBack = "fail-back",
        /// The same as `fail-back`.
        FailOver = "fail-over",
        /// Report the failure at once.
        FailFast = "fail-fast",
    }
    /// Which private pools of an elasticity assurance may be used (Use the private pool of an elasticity assurance, 2025-06-30).
    PoolCriteria {
        /// Open pools, topped up from the public one.
        Open = "Open",
        /// The pool that is named, and no other.
        Target = "Target",
    }
    /// Classes of compute capacity (Specify a compute category to create a pod, 2024-08-14).
    ComputeCategory {
        /// 0.25 to 8 vCPU, at a lower price.
        Economy = "economy",
        /// 1 to 64 vCPU.
        General = "general",
    }
    /// What happens about three minutes before spot capacity is reclaimed (Create preemptible instances, 2026-04-01).
    SpotRelease {
        /// The virtual node calls the Eviction API for the pod.
        ApiEvict = "api-evict",
    }
    /// Whether ECI takes pods that nodes have no room for (Use Elastic Container Instance-based scheduling).
    BurstResource {
        /// Nodes first, ECI on shortage.
        Eci = "eci",
        /// ECI always.
        EciOnly = "eci_only",
        /// Nodes only; named by an error text alone.
        Ecs = "ecs",
    }
    /// Lines of an EIP (Enable Internet access, 2024-01-11).
    EipIsp {
        /// Multi-line; the default.
        Bgp = "BGP",
        /// Premium multi-line.
        BgpPro = "BGP_PRO",
    }
    /// How traffic of an EIP is paid (Enable Internet access, 2024-01-11).
    EipChargeType {
        /// By the bandwidth that is bought.
        PayByBandwidth = "PayByBandwidth",
        /// By the traffic that flows.
        PayByTraffic = "PayByTraffic",
    }
    /// Performance levels of an enterprise SSD; for data caches only the second is on a page (Create a pod using DataCache, 2025-01-14).
    DiskLevel {
        /// The lowest.
        Pl0 = "PL0",
        /// The default.
        Pl1 = "PL1",
        /// Higher.
        Pl2 = "PL2",
        /// The highest.
        Pl3 = "PL3",
    }
    /// Processor architectures (Specify Arm types to create a pod, 2024-11-15).
    CpuArch {
        /// x86-64.
        Amd64 = "amd64",
        /// Arm.
        Arm64 = "arm64",
    }
}

#[expect(
    clippy::derivable_impls,
    reason = "the macro derives for all choices, and few have a default"
)]
impl Default for ScheduleStrategy {
    fn default() -> Self {
        Self::VSwitchRandom
    }
}

impl FailStrategy {
    /// Whether a failure is reported at once.
    pub const fn fails_fast(self) -> bool {
        matches!(self, Self::FailFast)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_platform_chooses_when_nobody_does() {
        assert_eq!(ScheduleStrategy::default(), ScheduleStrategy::VSwitchRandom);
    }

    #[test]
    fn fail_over_is_fail_back() {
        let fast: Vec<_> = FailStrategy::ALL
            .iter()
            .filter(|strategy| strategy.fails_fast())
            .collect();
        assert_eq!(fast, [&FailStrategy::FailFast]);
    }

    #[test]
    fn choices_print_as_they_are_written() {
        assert_eq!(BurstResource::EciOnly.to_string(), "eci_only");
        assert_eq!(EipIsp::BgpPro.to_string(), "BGP_PRO");
        assert_eq!(DiskLevel::ALL.len(), 4);
    }
}
