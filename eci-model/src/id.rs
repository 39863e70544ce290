//! Identifiers of cloud resources: right prefix, plain tail.
//!
//! No page publishes a grammar; prefixes, tails and lengths are those seen in samples (ECI pod networking, ids in samples of the pages on
//! vSwitches, security groups and EIPs, 2021 to 2026). The prefix and `[0-9a-z]+` are required, an unusual length is only reported by
//! [`VSwitchId::has_usual_length`] and its sisters.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// Why a text is no identifier of the wanted kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdError {
    /// The prefix of the kind is missing.
    #[error("`{found}` does not begin with `{prefix}`")]
    Prefix {
        /// The text.
        found: Box<str>,
        /// What it should begin with.
        prefix: &'static str,
    },
    /// A sample whose end was masked, or a template that was not filled in.
    #[error("`{found}` is a masked sample or a placeholder, not an id")]
    Placeholder {
        /// The text.
        found: Box<str>,
    },
    /// Something else than digits and lower-case letters follows the prefix.
    #[error("`{found}` holds more than digits and lower-case letters after `{prefix}`")]
    Tail {
        /// The text.
        found: Box<str>,
        /// The prefix of the kind.
        prefix: &'static str,
    },
}

macro_rules! ids {
    ($($(#[$doc:meta])* $id:ident $prefix:literal $length:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $id(Arc<str>);

        impl $id {
            /// What every id of this kind begins with.
            pub const PREFIX: &'static str = $prefix;

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether the tail is as long as in the samples, or no length is known.
            pub fn has_usual_length(&self) -> bool {
                let usual: Option<usize> = $length;
                usual.is_none_or(|length| self.0.len() == $prefix.len() + length)
            }
        }

        impl FromStr for $id {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                check(text, $prefix).map(|()| Self(text.into()))
            }
        }

        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $id {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    )*};
}

ids! {
    /// A virtual private cloud, `vpc-...`.
    VpcId "vpc-" Some(21);
    /// A vSwitch: the subnet of one zone from which pods get their addresses, `vsw-...`.
    ///
    /// # Example
    /// ```
    /// use eci_model::{IdError, VSwitchId};
    ///
    /// let id: VSwitchId = "vsw-bp1xpiowfm5vo8o3cabcd".parse()?;
    /// assert!(id.has_usual_length());
    /// assert!(matches!("vsw-bp1xpio****".parse::<VSwitchId>(), Err(IdError::Placeholder { .. })));
    /// # Ok::<(), IdError>(())
    /// ```
    VSwitchId "vsw-" Some(21);
    /// A security group, `sg-...`.
    SecurityGroupId "sg-" Some(20);
    /// An elastic IP address, `eip-...`.
    EipId "eip-" Some(21);
    /// A shared-bandwidth plan, `cbwp-...`.
    BandwidthPlanId "cbwp-" Some(21);
    /// A pool of public addresses, `pippool-...`.
    IpPoolId "pippool-" Some(21);
    /// An elastic network interface, `eni-...`.
    EniId "eni-" Some(20);
    /// A container group: the instance that runs one pod, `eci-...`.
    ContainerGroupId "eci-" Some(20);
    /// A resource group, `rg-...`; several lengths are in use.
    ResourceGroupId "rg-" None;
    /// An image cache, `imc-...`.
    ImageCacheId "imc-" None;
    /// A private pool of an elasticity assurance, `eap-...`.
    PrivatePoolId "eap-" None;
    /// An enterprise instance of the container registry, `cri-...`.
    AcrInstanceId "cri-" None;
}

fn check(text: &str, prefix: &'static str) -> Result<(), IdError> {
    let Some(tail) = text.strip_prefix(prefix) else {
        return Err(IdError::Prefix {
            found: excerpt(text),
            prefix,
        });
    };
    let plain = tail.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase());
    // Of plain tails only a row of x can be a sample.
    if (!plain || tail.ends_with('x')) && is_placeholder(tail) {
        return Err(IdError::Placeholder { found: excerpt(text) });
    }
    if tail.is_empty() || !plain {
        return Err(IdError::Tail {
            found: excerpt(text),
            prefix,
        });
    }
    Ok(())
}

/// Masked samples of the pages (`****`, `XX`), and templates that nobody filled in.
fn is_placeholder(tail: &str) -> bool {
    let masked = tail.contains("**") || tail.contains("XX") || (tail.len() > 2 && tail.bytes().all(|b| b == b'x'));
    masked || tail.contains("${") || tail.contains("{{") || (tail.starts_with('<') && tail.ends_with('>'))
}

fn excerpt(text: &str) -> Box<str> {
    text.chars().take(64).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_prefix_names_the_right_one() {
        let error = "sg-1".parse::<VSwitchId>().expect_err("another kind");
        assert_eq!(error.to_string(), "`sg-1` does not begin with `vsw-`");
    }

    #[test]
    fn placeholders_are_told_from_typos() {
        for text in [
            "sg-****",
            "sg-bp1xXXXX",
            "sg-xxx",
            "sg-<your-group>",
            "sg-${GROUP}",
            "sg-{{ .Values.sg }}",
        ] {
            let error = text.parse::<SecurityGroupId>().expect_err(text);
            assert!(matches!(error, IdError::Placeholder { .. }), "{text}: {error}");
        }
        for text in ["sg-", "sg-A1", "sg-a_b", "sg-a b"] {
            let error = text.parse::<SecurityGroupId>().expect_err(text);
            assert!(matches!(error, IdError::Tail { .. }), "{text}: {error}");
        }
    }

    #[test]
    fn short_ids_of_examples_pass_but_are_unusual() {
        let id: VSwitchId = "vsw-p1".parse().expect("plain tail");
        assert!(!id.has_usual_length());
        assert_eq!(id.to_string(), "vsw-p1");
        let group: ResourceGroupId = "rg-acfm".parse().expect("any length");
        assert!(group.has_usual_length());
    }

    #[test]
    fn long_garbage_is_cut_in_the_message() {
        let error = "y".repeat(10_000).parse::<EipId>().expect_err("no prefix");
        assert!(error.to_string().len() < 120);
    }
}
