//! The words of the table: what a key is about, who writes it, where it is read, how well it is documented.

use std::fmt;

macro_rules! named {
    ($(
        $(#[$doc:meta])*
        $type:ident { $($(#[$variant_doc:meta])* $variant:ident = $name:literal,)+ }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $type {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $type {
            /// The name in the published table.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    )*};
}

named! {
    /// What a key is about.
    Category {
        /// Size, market and behaviour of the instance.
        Instance = "instance",
        /// Addresses, groups, bandwidth, names.
        Network = "network",
        /// Images and registries.
        Image = "image",
        /// Data caches.
        Cache = "cache",
        /// Temporary storage.
        Storage = "storage",
        /// Time and core files.
        Ops = "ops",
        /// Collection of logs.
        Log = "log",
        /// Whether and when ECI takes the pod.
        Scheduling = "scheduling",
        /// Settings of an ImageCache.
        ImageCache = "imagecache",
        /// Written back by the platform.
        System = "system",
        /// A label, not an annotation.
        Label = "label",
        /// A taint, not an annotation.
        Taint = "taint",
        /// A key of Services.
        Service = "service",
        /// A key of Auto Scaling.
        Ess = "ess",
        /// An environment variable of a container.
        Env = "env",
        /// Shares the prefix and acts on pods of ECS nodes only.
        NodePods = "terway-not-eci",
        /// Declared by the program that uses this crate.
        Own = "own",
    }

    /// Who writes a key.
    SetBy {
        /// Users.
        User = "user",
        /// Users, and the platform writes the effective value back.
        UserAndPlatform = "user+system",
        /// The platform only.
        Platform = "system",
        /// An effect of eci-profile.
        ProfileEffect = "eci-profile effect",
    }

    /// Where a key is read.
    Target {
        /// Annotations of a pod.
        Pod = "Pod",
        /// Annotations of an ImageCache.
        ImageCache = "ImageCache",
        /// Labels of a pod.
        PodLabel = "Pod label",
        /// Labels of a namespace.
        NamespaceLabel = "Namespace label",
        /// Labels of a node.
        NodeLabel = "Node label",
        /// Taints of a node.
        NodeTaint = "Node taint",
        /// The node selector of a pod.
        NodeSelector = "Pod nodeSelector",
        /// Annotations of a Service.
        Service = "Service",
        /// Environment variables of a container.
        ContainerEnv = "Container env",
        /// Annotations of a pod on an ECS node.
        NodePod = "Pod on ECS node",
        /// The manifest given to Auto Scaling.
        ScalingManifest = "Deployment YAML of Auto Scaling",
    }

    /// How well a key is documented.
    Confidence {
        /// English and Chinese pages.
        BothLanguages = "documented in EN+ZH",
        /// Chinese pages; the English ones were not compared.
        ChinesePages = "ZH pages (EN edition not checked)",
        /// A single page.
        OnePage = "one page only",
        /// An English page only.
        EnglishOnly = "EN only",
        /// Pages that are no longer published.
        OldPages = "legacy docs only",
        /// Seen on a running pod.
        LivePod = "observed in a live pod dump only",
        /// Seen in code of others.
        OthersCode = "third-party code only",
        /// Declared by the program that uses this crate.
        Own = "own",
    }
}
