//! Smaller settings of the instance: hosts, kernel settings, tags, core files, encryption.

use std::fmt;
use std::net::IpAddr;

/// A line of `/etc/hosts`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HostEntry {
    /// The name.
    pub host: String,
    /// The address.
    pub ip: IpAddr,
}

impl fmt::Display for HostEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.host, self.ip)
    }
}

/// A kernel setting of the host.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HostSysctl {
    /// The name, `kernel.shmmax`.
    pub name: String,
    /// The value.
    pub value: String,
}

impl fmt::Display for HostSysctl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.name, self.value)
    }
}

/// A tag of the instance, written `key:value`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag {
    /// The key.
    pub key: String,
    /// The value, which may be empty.
    pub value: String,
}

impl Tag {
    /// How many an annotation may hold, although the API takes more (Bind custom tags to a pod, 2024-01-30).
    pub const MAX: usize = 3;
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.key, self.value)
    }
}

/// Where core files go, `/data/dump/core` (Use coredump to analyze program exceptions, 2025-10-22).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CorePattern(Box<str>);

impl CorePattern {
    /// A pattern; `None` for an empty one and for a pipe, which the platform refuses.
    pub fn new(path: &str) -> Option<Self> {
        let refused = path.is_empty() || path.starts_with('|') || path.contains(char::is_whitespace);
        (!refused && path.len() <= 4096).then(|| Self(path.into()))
    }

    /// The pattern as written; samples of the page begin with a slash or do not.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The directory, without a slash at its end; `None` for a pattern without one.
    pub fn directory(&self) -> Option<&str> {
        self.0
            .rsplit_once('/')
            .map(|(directory, _)| directory)
            .filter(|directory| !directory.is_empty())
    }
}

impl fmt::Display for CorePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Options of temporary storage (Encrypt the temporary storage space, 2023-10-16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct StorageOptions {
    /// Whether it is encrypted.
    pub encrypted: bool,
}

impl fmt::Display for StorageOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, r#"{{"encrypted":"{}"}}"#, self.encrypted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn core_patterns_have_a_directory_or_not() {
        let directory = |path: &str| CorePattern::new(path).expect(path).directory().map(str::to_owned);
        assert_eq!(directory("/data/dump/core").as_deref(), Some("/data/dump"));
        assert_eq!(directory("pod/dump/core").as_deref(), Some("pod/dump"));
        assert_eq!((directory("core"), directory("/core")), (None, None));
    }

    #[test]
    fn pipes_are_no_core_patterns() {
        for path in ["", "|/bin/handler", "/a b/core"] {
            assert_eq!(CorePattern::new(path), None, "{path}");
        }
    }

    #[test]
    fn small_settings_print_as_reports_show_them() {
        let host = HostEntry {
            host: "db".into(),
            ip: IpAddr::from([10, 0, 0, 1]),
        };
        assert_eq!(host.to_string(), "db=10.0.0.1");
        let sysctl = HostSysctl {
            name: "kernel.shmmax".into(),
            value: "1".into(),
        };
        assert_eq!(sysctl.to_string(), "kernel.shmmax=1");
        let tag = Tag {
            key: "env".into(),
            value: "test".into(),
        };
        assert_eq!(tag.to_string(), "env:test");
        assert_eq!(
            StorageOptions { encrypted: true }.to_string(),
            r#"{"encrypted":"true"}"#
        );
    }
}
