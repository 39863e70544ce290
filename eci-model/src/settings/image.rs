//! Where images come from: registries, and the roles that open them.

use std::fmt;
use std::str::FromStr;

use crate::id::{AcrInstanceId, IdError};
use crate::region::{PlaceError, Region};

/// An enterprise instance of the container registry, `cri-...`, in another region with that before it: `cn-beijing:cri-...`.
///
/// # Example
/// ```
/// use eci_model::settings::AcrInstance;
///
/// let instance: AcrInstance = "cn-beijing:cri-j36zhodptmyq1234".parse()?;
/// assert_eq!(instance.region.as_ref().map(|region| region.as_str()), Some("cn-beijing"));
/// # Ok::<(), eci_model::settings::AcrInstanceError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AcrInstance {
    /// The region of the registry, when it is another one than the pod's.
    pub region: Option<Region>,
    /// The registry.
    pub id: AcrInstanceId,
}

/// Why a text names no [`AcrInstance`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AcrInstanceError {
    /// What stands before the colon is no region.
    #[error(transparent)]
    Region(#[from] PlaceError),
    /// The rest is no id.
    #[error(transparent)]
    Id(#[from] IdError),
}

impl FromStr for AcrInstance {
    type Err = AcrInstanceError;

    fn from_str(text: &str) -> Result<Self, AcrInstanceError> {
        let (region, id) = match text.split_once(':') {
            Some((region, id)) => (Some(region.parse()?), id),
            None => (None, text),
        };
        Ok(Self {
            region,
            id: id.parse()?,
        })
    }
}

impl fmt::Display for AcrInstance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(region) = &self.region {
            write!(f, "{region}:")?;
        }
        self.id.fmt(f)
    }
}

/// The resource name of a RAM role, `acs:ram::<account>:role/<name>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleArn(Box<str>);

impl RoleArn {
    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The account that owns the role.
    pub fn account(&self) -> &str {
        self.0.split(':').nth(3).unwrap_or_default()
    }
}

/// A text that is no [`RoleArn`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not `acs:ram::<account>:role/<name>`")]
pub struct RoleArnError(Box<str>);

impl FromStr for RoleArn {
    type Err = RoleArnError;

    fn from_str(text: &str) -> Result<Self, RoleArnError> {
        let rest = text
            .strip_prefix("acs:ram::")
            .and_then(|rest| rest.split_once(":role/"));
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.@/".contains(&b);
        let role = |name: &str| !name.is_empty() && name.len() <= 256 && name.bytes().all(plain);
        let account = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        match rest {
            Some((digits, name)) if account(digits) && role(name) => Ok(Self(text.into())),
            _ => Err(RoleArnError(text.chars().take(64).collect::<String>().into())),
        }
    }
}

impl fmt::Display for RoleArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The host of a self-managed registry, `host[:port]`.
///
/// A scheme or a path is kept as written, so that a rule can tell what is too much (Pull images from self-managed registries, 2024-07-18).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegistryHost(Box<str>);

impl RegistryHost {
    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a scheme or a path is written, which no image reference has before its repository.
    pub fn has_scheme_or_path(&self) -> bool {
        self.0.contains('/')
    }
}

/// A text that is no [`RegistryHost`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not `host[:port]`")]
pub struct RegistryHostError(Box<str>);

impl FromStr for RegistryHost {
    type Err = RegistryHostError;

    fn from_str(text: &str) -> Result<Self, RegistryHostError> {
        let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
        let authority = rest.split('/').next().unwrap_or_default();
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        };
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        let label = |label: &str| {
            !label.is_empty() && label.bytes().all(plain) && !label.starts_with('-') && !label.ends_with('-')
        };
        let host_ok = host.strip_suffix('.').unwrap_or(host).split('.').all(label);
        let digits = |port: &str| port.bytes().all(|b| b.is_ascii_digit());
        let port_ok = port.is_none_or(|port| digits(port) && port.parse::<u16>().is_ok_and(|port| port > 0));
        let well_formed = host_ok && port_ok && text.len() <= 255 && !text.contains(char::is_whitespace);
        well_formed
            .then(|| Self(text.into()))
            .ok_or_else(|| RegistryHostError(text.chars().take(64).collect::<String>().into()))
    }
}

impl fmt::Display for RegistryHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registries_have_a_region_or_not() {
        let here: AcrInstance = "cri-j36zhodptmyq1234".parse().expect("an instance");
        assert_eq!(
            (here.region.is_none(), here.to_string().as_str()),
            (true, "cri-j36zhodptmyq1234")
        );
        assert!(matches!(
            "x:cri-1".parse::<AcrInstance>(),
            Err(AcrInstanceError::Region(_))
        ));
        assert!(matches!(
            "cn-beijing:1".parse::<AcrInstance>(),
            Err(AcrInstanceError::Id(_))
        ));
    }

    #[test]
    fn roles_name_their_account() {
        let role: RoleArn = "acs:ram::1609982529123456:role/acr-test".parse().expect("a role");
        assert_eq!(role.account(), "1609982529123456");
        for text in [
            "",
            "acs:ram::x:role/y",
            "acs:ram::1:role/",
            "acs:ram:1:role/y",
            "acs:ram::16099****:role/y",
            "acs:ram::1:role/<name>",
        ] {
            assert!(text.parse::<RoleArn>().is_err(), "{text}");
        }
    }

    #[test]
    fn hosts_may_have_a_port() {
        for text in ["harbor.pre.example", "192.168.1.1:5000", "reg:80"] {
            let host: RegistryHost = text.parse().expect(text);
            assert!(!host.has_scheme_or_path(), "{text}");
        }
        assert!(
            "https://harbor.example/lib"
                .parse::<RegistryHost>()
                .expect("kept")
                .has_scheme_or_path()
        );
        for text in [
            "",
            "a b",
            "host:0",
            "host:port",
            "host:70000",
            "-host",
            "host_1",
            "192.168..9",
            "a-.b",
            "host:+80",
            "harbor***.pre.com",
        ] {
            assert!(text.parse::<RegistryHost>().is_err(), "{text}");
        }
    }
}
