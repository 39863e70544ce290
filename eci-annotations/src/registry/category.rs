//! What kind of key a listed one is.

use std::fmt;

/// Where a listed key belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Category {
    /// Sizes, types, spot.
    Instance,
    /// vSwitches, addresses, EIP, IPv6, DNS.
    Network,
    /// Images, registries, image caches of pods.
    Image,
    /// Data caches of pods.
    Cache,
    /// Temporary storage.
    Storage,
    /// Core dumps and the like.
    Operations,
    /// Log collection.
    Log,
    /// Whether and when pods go to ECI.
    Scheduling,
    /// Keys of the ImageCache resource.
    ImageCache,
    /// Written by the platform, never by users.
    System,
    /// A label.
    Label,
    /// A taint.
    Taint,
    /// A key of Services.
    Service,
    /// A key of node scaling groups.
    AutoScaling,
    /// An environment variable of a container that works as a switch.
    Switch,
    /// Acts on pods of real nodes only and merely looks like a key of ECI.
    NodePods,
}

impl Category {
    /// The name in listings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Instance => "instance",
            Self::Network => "network",
            Self::Image => "image",
            Self::Cache => "data cache",
            Self::Storage => "storage",
            Self::Operations => "operations",
            Self::Log => "log",
            Self::Scheduling => "scheduling",
            Self::ImageCache => "ImageCache resource",
            Self::System => "written by the platform",
            Self::Label => "label",
            Self::Taint => "taint",
            Self::Service => "Service",
            Self::AutoScaling => "scaling group",
            Self::Switch => "environment variable",
            Self::NodePods => "pods of real nodes",
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A listed key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Listed {
    /// The key; `{key}` stands for a part that users choose.
    pub key: &'static str,
    /// Where it belongs.
    pub category: Category,
    /// The shape of its value, in a word.
    pub shape: &'static str,
    /// The page that documents it.
    pub page: &'static str,
    /// The date of that page, when known.
    pub date: &'static str,
}

impl Listed {
    pub(super) const fn new(
        key: &'static str,
        category: Category,
        shape: &'static str,
        page: &'static str,
        date: &'static str,
    ) -> Self {
        Self {
            key,
            category,
            shape,
            page,
            date,
        }
    }
}
