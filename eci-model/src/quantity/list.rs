//! Amounts out of the limits and requests of containers.

use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::api::resource::Quantity as Text;

use super::{Quantity, QuantityError};

/// The amount of a resource, where one is written.
///
/// The maps hold two or three entries, so that a walk is faster than a search.
pub(crate) fn amount(list: Option<&BTreeMap<String, Text>>, name: &str) -> Option<Result<Quantity, QuantityError>> {
    let (_, text) = list?.iter().find(|(key, _)| key.as_str() == name)?;
    Some(text.0.parse())
}
