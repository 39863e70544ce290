//! What makes a finding the same one in a later run.

use std::fmt;

use super::v1;

/// The identity of a finding: its rule, object, field and what was found, as sixteen hexadecimal digits.
///
/// It survives moved lines, reordered documents and renamed files, and reordered items of lists, whose numbers it leaves out. Findings that
/// differ in nothing else share it, so whoever compares runs counts them.
///
/// # Example
/// ```
/// use eci_sdk::report::{Fingerprint, v1};
/// use eci_sdk::{Cluster, Edition, Planner};
/// use k8s_openapi::api::core::v1::Pod;
///
/// let pod: Pod = serde_json::from_str(
///     r#"{"metadata": {"name": "web", "labels": {"alibabacloud.com/eci": "true"}},
///         "spec": {"hostNetwork": true, "containers": [{"name": "main", "image": "shop/web:1.4"}]}}"#,
/// )?;
/// let review = Planner::new(Cluster::new(Edition::Ack)).review(&pod);
/// let rows: Vec<v1::Finding> = review.findings.iter().map(v1::Finding::from).collect();
/// let mut moved = rows[0].clone();
/// moved.place.line = Some(41);
/// assert_eq!(Fingerprint::of(&moved), Fingerprint::of(&rows[0]));
/// assert_eq!(Fingerprint::of(&rows[0]).to_string().len(), 16);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// That of a finding.
    pub fn of(finding: &v1::Finding) -> Self {
        let place = &finding.place;
        let mut hash = Fnv::default();
        hash.text(&finding.code);
        hash.text(&place.kind);
        hash.text(place.namespace.as_deref().unwrap_or_default());
        hash.text(&place.object);
        hash.text(&without_numbers(&place.path));
        hash.text(finding.found.as_deref().unwrap_or_default());
        Self(hash.0)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// FNV-1a, which is the same on every machine and in every version.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    /// Adds a text and its end, so that texts side by side are not taken for one.
    fn text(&mut self, text: &str) {
        for byte in text.bytes().chain([0]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// `spec.containers[0].image` as `spec.containers[].image`; keys in brackets stay.
fn without_numbers(path: &str) -> String {
    let mut plain = String::with_capacity(path.len());
    for (index, part) in path.split('[').enumerate() {
        if index > 0 {
            plain.push('[');
        }
        plain.push_str(part.trim_start_matches(|letter: char| letter.is_ascii_digit()));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use eci_model::{Basis, Code, FieldPath, Location, ObjectRef, Rule};
    use proptest::prelude::*;

    const BAD: &Rule = &Rule::warning(Code::own("TEST", 1), "bad")
        .summary("something is bad")
        .remedy("make it good")
        .basis(Basis::Ours("for tests"));

    fn row(name: &str, path: &str, found: &str) -> v1::Finding {
        let place = Location::new(ObjectRef::new("Pod", Some("shop"), name), FieldPath::of(path));
        v1::Finding::from(&BAD.at(place).found(found.to_owned()).build())
    }

    #[test]
    fn numbers_of_items_do_not_count_and_keys_do() {
        for (path, expected) in [
            ("spec.containers[12].env[0].name", "spec.containers[].env[].name"),
            (r#"metadata.annotations["a/b"]"#, r#"metadata.annotations["a/b"]"#),
            ("", ""),
        ] {
            assert_eq!(without_numbers(path), expected);
        }
        let of = |path| Fingerprint::of(&row("web", path, "x"));
        assert_eq!(of("spec.containers[0].image"), of("spec.containers[1].image"));
    }

    #[test]
    fn it_is_the_same_on_every_machine_and_in_every_version() {
        let fingerprint = Fingerprint::of(&row("web", "spec.containers[0].image", "x"));
        assert_eq!(fingerprint.to_string(), "5a1aa5affddff70b");
    }

    proptest! {
        #[test]
        fn places_in_files_do_not_count_and_objects_do(line in 1_usize..9999, file in "[a-z]{1,9}", name in "[a-z]{1,9}", found in ".{0,9}") {
            let base = row(&name, "spec.hostNetwork", &found);
            let mut moved = base.clone();
            moved.place.line = Some(line);
            moved.place.file = Some(file);
            prop_assert_eq!(Fingerprint::of(&moved), Fingerprint::of(&base));
            let mut other = base.clone();
            other.place.object.push('x');
            prop_assert_ne!(Fingerprint::of(&other), Fingerprint::of(&base));
        }
    }
}
