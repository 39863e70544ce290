//! The pod that a request is for: names, tags, and fields that the pod shows of itself.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::api::Tag;
use crate::policy::FieldRef;

/// The longest name of an instance (CreateContainerGroup, 2018-08-08).
const NAME: usize = 128;
/// The longest value of a tag.
const TAG: usize = 128;

/// The pod that a request is for.
#[derive(Clone, Copy, Debug)]
pub struct Who<'a> {
    /// Its namespace.
    pub namespace: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its UID.
    pub uid: &'a str,
    /// Its labels.
    pub labels: &'a BTreeMap<String, String>,
    /// Its annotations.
    pub annotations: &'a BTreeMap<String, String>,
    /// Its service account.
    pub service_account: &'a str,
    /// The node it is bound to.
    pub node: &'a str,
    /// The addresses of that node.
    pub host_ips: &'a [String],
    /// The name of the cluster, for the tag.
    pub cluster: Option<&'a str>,
    /// The domain of the cluster's Services, `cluster.local`.
    pub cluster_domain: &'a str,
    /// When the pod was created, RFC 3339, for the tag.
    pub created: Option<&'a str>,
    /// How many creations are known to have failed: each needs a token of its own.
    pub failed: u32,
}

impl Who<'_> {
    /// A field by its path, where it has a value before the pod runs; which ones there are is a policy.
    pub(super) fn field(&self, path: &str, policy: FieldRef) -> Option<String> {
        let own_node = policy == FieldRef::OwnNode;
        Some(match path {
            "metadata.name" => self.name.to_owned(),
            "metadata.namespace" => self.namespace.to_owned(),
            "metadata.uid" => self.uid.to_owned(),
            "metadata.labels" => whole(self.labels),
            "metadata.annotations" => whole(self.annotations),
            "spec.serviceAccountName" => self.service_account.to_owned(),
            "spec.nodeName" => self.node.to_owned(),
            "status.hostIP" if own_node => self.host_ips.first()?.clone(),
            "status.hostIPs" if own_node => self.host_ips.join(","),
            _ => {
                let entry = |prefix: &str| path.strip_prefix(prefix)?.strip_suffix("']");
                let label = entry("metadata.labels['").map(|key| self.labels.get(key));
                let annotation = entry("metadata.annotations['").map(|key| self.annotations.get(key));
                return label.or(annotation).map(|value| value.cloned().unwrap_or_default());
            }
        })
    }

    /// `namespace-name` in the letters the API takes, shortened with a piece of the UID where it is too long. It is never read back.
    pub(super) fn group_name(&self) -> String {
        let letter = |letter: char| {
            if letter.is_ascii_lowercase() || letter.is_ascii_digit() {
                letter
            } else {
                '-'
            }
        };
        let plain = format!("{}-{}", self.namespace, self.name).to_ascii_lowercase();
        let plain: String = plain.chars().map(letter).collect();
        let plain = plain.trim_matches('-');
        match plain.len() {
            0 | 1 => format!("pod-{plain}").trim_end_matches('-').to_owned(),
            length if length <= NAME => plain.to_owned(),
            _ => {
                let tail: String = self.uid.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
                let head: String = plain.chars().take(NAME - 9).collect();
                format!("{}-{}", head.trim_end_matches('-'), tail.to_ascii_lowercase())
            }
        }
    }

    /// The token that makes a retried creation the same one: the UID, and a number after a creation that is known to have failed.
    pub(super) fn client_token(&self) -> String {
        let uid: String = self.uid.chars().filter(char::is_ascii).take(53).collect();
        match self.failed {
            0 => uid,
            failed => format!("{uid}-{failed}"),
        }
    }

    /// Which pod the group belongs to: names may repeat, the UID never does. Keys as other virtual nodes write them.
    pub(super) fn tags(&self) -> impl Iterator<Item = Tag> {
        let known = [
            ("ClusterName", self.cluster),
            ("NodeName", Some(self.node)),
            ("NameSpace", Some(self.namespace)),
            ("PodName", Some(self.name)),
            ("UID", Some(self.uid)),
            ("CreationTimestamp", self.created),
        ];
        known.into_iter().filter_map(|(key, value)| {
            let value = value.filter(|value| !value.is_empty())?;
            Some(Tag {
                key: Some(key.to_owned()),
                value: Some(tag_value(value)),
            })
        })
    }
}

/// A value as long as a tag takes it; a longer one ends in its hash, so that two long ones stay apart.
fn tag_value(value: &str) -> String {
    if value.chars().count() <= TAG {
        return value.to_owned();
    }
    let head: String = value.chars().take(TAG - 17).collect();
    format!("{head}-{:016x}", fnv(value))
}

/// A hash that stays the same over versions and machines (FNV-1a).
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A map as a file of the downward API: `key="value"`, a line an entry, by key.
fn whole(map: &BTreeMap<String, String>) -> String {
    let lines: Vec<String> = map
        .iter()
        .map(|(key, value)| format!("{key}={}", quoted(value)))
        .collect();
    lines.join("\n")
}

/// A text between quotes, escaped as Go escapes it, since that is what Kubernetes writes.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{b}' => quoted.push_str("\\v"),
            '\u{c}' => quoted.push_str("\\f"),
            // Writing to a text cannot fail.
            control if u32::from(control) < 0x20 || control == '\u{7f}' => {
                let _ = write!(quoted, "\\x{:02x}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who<'a>(namespace: &'a str, name: &'a str, map: &'a BTreeMap<String, String>) -> Who<'a> {
        Who {
            namespace,
            name,
            uid: "6BA7B810-9dad-11d1-80b4-00c04fd430c8",
            labels: map,
            annotations: map,
            service_account: "web",
            node: "virtual-kubelet-cn-hangzhou-h",
            host_ips: &[],
            cluster: None,
            cluster_domain: "cluster.local",
            created: None,
            failed: 0,
        }
    }

    #[test]
    fn names_have_the_letters_and_length_of_the_api() {
        let map = BTreeMap::new();
        let name = |namespace: &str, name: &str| who(namespace, name, &map).group_name();
        assert_eq!(name("shop", "web.v2"), "shop-web-v2");
        assert_eq!(name("", "-"), "pod");
        let long = name("shop", &"a.".repeat(125));
        assert_eq!((long.len(), &long[110..]), (127, "-a-a-a-a-6ba7b810"));
        assert!(!long.contains('.') && !long.starts_with('-'));
    }

    #[test]
    fn a_known_failure_changes_the_token() {
        let map = BTreeMap::new();
        let mut who = who("shop", "web", &map);
        assert_eq!(who.client_token(), "6BA7B810-9dad-11d1-80b4-00c04fd430c8");
        who.failed = 2;
        assert_eq!(who.client_token(), "6BA7B810-9dad-11d1-80b4-00c04fd430c8-2");
        who.uid = "ü-nothing-but-a-very-long-uid-of-some-odd-api-server-that-is-beyond-what-the-api-takes";
        assert!(who.client_token().len() <= 64 && who.client_token().is_ascii());
    }

    #[test]
    fn long_values_of_tags_end_in_their_hash() {
        let map = BTreeMap::new();
        let names = ["a", "b"].map(|end| "x".repeat(200) + end);
        let tags = names.each_ref().map(|name| who("shop", name, &map).tags().nth(2));
        let values = tags.map(|tag| tag.and_then(|tag| tag.value).expect("the name"));
        assert!(values.iter().all(|value| value.len() == 128));
        assert_ne!(values[0], values[1]);
    }

    #[test]
    fn tags_are_those_that_are_known() {
        let map = BTreeMap::new();
        let mut who = who("shop", "web", &map);
        let keys = |who: &Who<'_>| who.tags().filter_map(|tag| tag.key).collect::<Vec<_>>();
        assert_eq!(keys(&who), ["NodeName", "NameSpace", "PodName", "UID"]);
        (who.cluster, who.created) = (Some("c1"), Some("2026-01-01T00:00:00Z"));
        assert_eq!(keys(&who).len(), 6);
    }

    #[test]
    fn fields_follow_the_policy() {
        let map = BTreeMap::from([("b".into(), "x\"y\n".into()), ("a".into(), "é\u{1}".into())]);
        let addresses = ["10.0.0.9".to_owned(), "fd00::9".to_owned()];
        let mut who = who("shop", "web", &map);
        who.host_ips = &addresses;
        let field = |path| who.field(path, FieldRef::Documented);
        let own = |path| who.field(path, FieldRef::OwnNode);
        for (path, value) in [
            ("metadata.name", "web"),
            ("metadata.namespace", "shop"),
            ("metadata.uid", "6BA7B810-9dad-11d1-80b4-00c04fd430c8"),
            ("metadata.labels", "a=\"é\\x01\"\nb=\"x\\\"y\\n\""),
            ("metadata.labels['a']", "é\u{1}"),
            ("metadata.labels['none']", ""),
            ("metadata.annotations['b']", "x\"y\n"),
            ("spec.serviceAccountName", "web"),
            ("spec.nodeName", "virtual-kubelet-cn-hangzhou-h"),
        ] {
            assert_eq!(field(path).as_deref(), Some(value), "{path}");
        }
        assert_eq!((field("status.hostIP"), field("spec.schedulerName")), (None, None));
        assert_eq!(own("status.hostIP").as_deref(), Some("10.0.0.9"));
        assert_eq!(own("status.hostIPs").as_deref(), Some("10.0.0.9,fd00::9"));
    }
}
