//! Every key that is known, also those that have no typed form.

mod category;
mod table;

pub use category::{Category, Listed};

/// Every known key, by name.
pub fn registry() -> &'static [Listed] {
    table::TABLE
}

/// A known key by its name; keys with a part that users choose match by the rest.
///
/// # Example
/// ```
/// use eci_annotations::{Category, known};
///
/// assert_eq!(known("k8s.aliyun.com/eci-instance-id").map(|it| it.category), Some(Category::System));
/// assert_eq!(known("k8s.aliyun.com/eci-instanceid"), None);
/// ```
pub fn known(key: &str) -> Option<&'static Listed> {
    let listed = registry().binary_search_by(|listed| listed.key.cmp(key)).ok();
    listed.and_then(|index| registry().get(index))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys;

    #[test]
    fn keys_are_sorted_and_stand_once() {
        assert!(registry().windows(2).all(|pair| pair[0].key < pair[1].key));
        assert_eq!(registry().len(), 160);
    }

    #[test]
    fn every_typed_key_is_listed() {
        for row in keys::ALL {
            assert!(known(row.name()).is_some(), "{}", row.name());
        }
    }
}
