//! Which listed key somebody may have meant.

use crate::key::Row;

/// How many letters may differ.
const MOST: usize = 2;

/// The rows nearest to a name: those that differ in writing only, else those at the smallest edit distance up to two.
pub(crate) fn nearest<'r>(name: &str, rows: impl Iterator<Item = &'r Row>) -> Vec<&'r Row> {
    if name.len() > 128 {
        return Vec::new();
    }
    let folded = folded(name);
    let mut best = MOST + 1;
    let mut near = Vec::new();
    for row in rows {
        let distance = distance(name, &folded, row.name());
        if distance < best {
            best = distance;
            near.clear();
        }
        if distance == best && distance <= MOST {
            near.push(row);
        }
    }
    near
}

/// Zero when only case, hyphens, underscores, a plural or the prefix differ, else the edit distance, cut off above two.
fn distance(name: &str, folded_name: &str, listed: &str) -> usize {
    if folded_name == folded(listed) {
        return 0;
    }
    if name.len().abs_diff(listed.len()) > MOST {
        return MOST + 1;
    }
    strsim::osa_distance(name, listed).max(1)
}

/// The name after its prefix, in lower case, without hyphens, underscores, and the s of a plural.
fn folded(name: &str) -> String {
    let bare = name.split_once('/').map_or(name, |(_, bare)| bare);
    let letters = bare.chars().filter(|c| !matches!(c, '-' | '_'));
    let mut folded: String = letters.map(|c| c.to_ascii_lowercase()).collect();
    if folded.ends_with('s') {
        folded.pop();
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry;

    fn names(text: &str) -> Vec<&'static str> {
        nearest(text, registry().iter()).into_iter().map(Row::name).collect()
    }

    #[test]
    fn writing_alone_may_differ() {
        for (text, meant) in [
            ("k8s.aliyun.com/eci-eip-instanceId", "k8s.aliyun.com/eci-eip-instanceid"),
            (
                "k8s.aliyun.com/eci-eip-instance-id",
                "k8s.aliyun.com/eci-eip-instanceid",
            ),
            (
                "k8s.aliyun.com/eci-data-cache-provisionediops",
                "k8s.aliyun.com/eci-data-cache-provisionedIops",
            ),
            ("k8s.aliyun.com/eci-use-spec", "k8s.aliyun.com/eci-use-specs"),
            ("eci-use-specs", "k8s.aliyun.com/eci-use-specs"),
            ("k8s.aliyun.com/ECI_USE_SPECS", "k8s.aliyun.com/eci-use-specs"),
        ] {
            assert_eq!(names(text), [meant], "{text}");
        }
    }

    #[test]
    fn two_letters_may_differ() {
        assert_eq!(names("k8s.aliyun.com/eci-vswicth"), ["k8s.aliyun.com/eci-vswitch"]);
        assert_eq!(
            names("k8s.aliyun.com/eip-common-bandwith-package-id"),
            ["k8s.aliyun.com/eip-common-bandwidth-package-id"]
        );
        assert_eq!(names("k8s.aliyu.com/eci-vswitch"), ["k8s.aliyun.com/eci-vswitch"]);
    }

    #[test]
    fn other_keys_are_near_to_nothing() {
        for text in ["", "app", "k8s.aliyun.com/eci-something-else", "prometheus.io/scrape"] {
            assert_eq!(names(text), Vec::<&str>::new(), "{text}");
        }
        assert!(names(&"k".repeat(1_000_000)).is_empty());
    }
}
