//! What the annotations of a pod ask for, typed: handed from the crate that reads annotations to the stages that act on them.

use crate::decision::{Given, List};
use crate::id::{SecurityGroupId, VSwitchId};
use crate::spec::{SpecList, SpotStrategy};

/// Typed values of the annotations that decide something; `None` where nothing, or nothing readable, is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settings {
    /// Sizes and ECS types to try, in order of preference.
    pub use_specs: Option<Given<SpecList>>,
    /// Whether and how spot capacity is used.
    pub spot_strategy: Option<Given<SpotStrategy>>,
    /// vSwitches that replace those of lower layers.
    pub vswitches: Option<Given<List<VSwitchId>>>,
    /// Security groups that replace those of lower layers.
    pub security_groups: Option<Given<List<SecurityGroupId>>>,
    /// How a vSwitch is chosen among several.
    pub schedule_strategy: Option<Given<ScheduleStrategy>>,
    /// The data cache bucket whose paths `hostPath` volumes name.
    pub data_cache_bucket: Option<Given<String>>,
}

/// How the platform chooses a vSwitch among several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ScheduleStrategy {
    /// In the listed order.
    VSwitchOrdered,
    /// As the platform likes; the default (Configure multiple zones to create a pod, 2024-03-07).
    #[default]
    VSwitchRandom,
}

impl ScheduleStrategy {
    /// The canonical spelling.
    pub const fn name(self) -> &'static str {
        match self {
            Self::VSwitchOrdered => "VSwitchOrdered",
            Self::VSwitchRandom => "VSwitchRandom",
        }
    }
}

impl std::fmt::Display for ScheduleStrategy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
