//! Where a pod would run, as far as checks of a single pod need to know.

use crate::edition::Edition;
use crate::policy::Policies;
use crate::region::Region;

/// The edition and region of the cluster, and the policies in force; all borrowed.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Site<'a> {
    /// The edition of the cluster.
    pub edition: Edition,
    /// The region, when known.
    pub region: Option<&'a Region>,
    /// The choices about undocumented behaviour.
    pub policies: &'a Policies,
    /// Whether the object was read from an API server, where the platform has already written to it.
    pub live: bool,
    /// Runtime classes that virtual nodes of the cluster are known to have.
    pub runtime_classes: &'a [Box<str>],
}

impl<'a> Site<'a> {
    /// A site in an unknown region, for objects out of manifests.
    pub const fn new(edition: Edition, policies: &'a Policies) -> Self {
        Self {
            edition,
            region: None,
            policies,
            live: false,
            runtime_classes: &[],
        }
    }

    /// The same in a region.
    #[must_use]
    pub const fn in_region(mut self, region: Option<&'a Region>) -> Self {
        self.region = region;
        self
    }

    /// The same for objects read from an API server, or not.
    #[must_use]
    pub const fn live(mut self, live: bool) -> Self {
        self.live = live;
        self
    }

    /// The same where virtual nodes have these runtime classes.
    #[must_use]
    pub const fn with_runtime_classes(mut self, classes: &'a [Box<str>]) -> Self {
        self.runtime_classes = classes;
        self
    }
}
