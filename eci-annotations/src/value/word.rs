//! Words of keys that decide nothing in this suite, or only inside containers.

use std::fmt;

use crate::value::choice::read_word;
use crate::value::{Reading, Value, ValueError};

macro_rules! words {
    ($(
        $(#[$doc:meta])*
        $word:ident { $($(#[$variant_doc:meta])* $variant:ident = $name:literal,)+ }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $word {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $word {
            /// The word as it is written.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }

        impl fmt::Display for $word {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }

        impl Value for $word {
            fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
                read_word(text, reading, &[$(Self::$variant),+], Self::name)
            }
        }
    )*};
}

words! {
    /// What a container is for (Force sidecars to exit, 2024-01-11).
    ContainerType {
        /// The work of the pod.
        Normal = "normal",
        /// Stopped when the others have finished.
        Sidecar = "sidecar",
    }
    /// Leaves a container out of the size of its pod (Ignore specific containers when resources are sized, 2024-02-01).
    ResourceIgnore {
        /// The only documented value.
        True = "TRUE",
    }
    /// Which Services a pod waits for (Start a pod after ClusterIP synchronisation, 2023-12-29).
    ClusterIpWait {
        /// All of them.
        All = "*",
    }
    /// Operating systems of an image cache (Annotations for ImageCache, 2024-10-29).
    OsType {
        /// The default.
        Linux = "linux",
        /// By invitation.
        Windows = "windows",
    }
    /// Ways to load images faster (ACR image acceleration pages).
    AccelerateMode {
        /// Layers are read when needed.
        OnDemand = "on-demand",
        /// Layers come from other nodes.
        P2p = "p2p",
    }
}

impl From<ClusterIpWait> for bool {
    fn from(_: ClusterIpWait) -> Self {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back() {
        assert_eq!(ClusterIpWait::parse("*").map(bool::from), Ok(true));
        assert!(ClusterIpWait::parse("all").is_err());
        assert_eq!(
            AccelerateMode::parse("on-demand").expect("a word").to_string(),
            "on-demand"
        );
    }
}
