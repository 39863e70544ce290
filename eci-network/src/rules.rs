//! What can be wrong with the network of a pod, a file a family; each rule stands beside its check.

mod pod_networking;
mod security_group;
mod vswitch;

use eci_model::{EffectivePod, Findings, Rules, Site};

use crate::facts::NetworkFacts;
use crate::layer::Source;
use crate::pod_networking::Selected;
use crate::resolve::Resolution;

pub use pod_networking::{AMBIGUOUS, FIXED_ON_ECI, NOT_READY};
pub use security_group::{SECURITY_GROUP_FIRST_ONLY, SECURITY_GROUP_NONE, SECURITY_GROUP_TOO_MANY};
pub use vswitch::{VSWITCH_NONE, VSWITCH_TOO_MANY};

/// The lists of every family, by ascending code.
pub static RULES: &[&Rules] = &[&vswitch::RULES, &security_group::RULES, &pod_networking::RULES];

/// A resolution and what it was made of.
#[derive(Clone, Copy)]
pub(crate) struct Resolved<'r> {
    pub(crate) pod: &'r EffectivePod<'r>,
    pub(crate) facts: &'r NetworkFacts<'r>,
    pub(crate) site: &'r Site<'r>,
    pub(crate) selected: &'r Selected<'r>,
    /// The layer that decides both fields, where one does.
    pub(crate) deciding_layer: Option<Source>,
    /// Whether several objects say something about vSwitches and nothing decides between them.
    pub(crate) vswitches_open: bool,
    /// The same about security groups.
    pub(crate) groups_open: bool,
    pub(crate) resolution: &'r Resolution,
}

/// Everything that the layers themselves show.
pub(crate) fn resolution(resolved: &Resolved<'_>, out: &mut Findings) {
    vswitch::of_layers(resolved, out);
    security_group::of_layers(resolved, out);
    pod_networking::of_layers(resolved, out);
}

/// Why a field is undecided although lower layers could decide it.
fn whole_layer(layer: Source, says: &str) -> String {
    format!("policy MergeGranularity=WholeLayer: the {layer} layer decides both fields, and it {says}")
}
