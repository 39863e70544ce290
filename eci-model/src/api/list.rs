//! Lists that the API carries in one text.

use std::fmt;
use std::str::FromStr;

/// Texts in one parameter, as a JSON array: `["eci-a","eci-b"]`.
///
/// The API takes ids of container groups and of virtual nodes, and the command of an execution, this way instead of as a repeated
/// parameter.
///
/// # Example
/// ```
/// use eci_model::api::JsonList;
///
/// let ids = JsonList::from_iter(["eci-a", "eci-b"]);
/// assert_eq!(ids.to_string(), r#"["eci-a","eci-b"]"#);
/// assert_eq!(ids, r#" [ "eci-a", "eci-b" ] "#.parse()?);
/// assert!("eci-a".parse::<JsonList>().is_err());
/// # Ok::<(), eci_model::api::JsonListError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct JsonList(pub Vec<String>);

/// A text that is no JSON array of texts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a JSON array of texts")]
#[non_exhaustive]
pub struct JsonListError;

impl FromStr for JsonList {
    type Err = JsonListError;

    fn from_str(text: &str) -> Result<Self, JsonListError> {
        serde_json::from_str(text).map(Self).map_err(|_| JsonListError)
    }
}

impl fmt::Display for JsonList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = serde_json::to_string(&self.0).map_err(|_| fmt::Error)?;
        f.write_str(&text)
    }
}

impl<S: Into<String>> FromIterator<S> for JsonList {
    fn from_iter<I: IntoIterator<Item = S>>(items: I) -> Self {
        Self(items.into_iter().map(Into::into).collect())
    }
}

/// Texts in one parameter, between commas: `vsw-a,vsw-b`.
///
/// The API takes vSwitches, instance types and registries this way. What stands between the commas is kept as it was written.
///
/// # Example
/// ```
/// use eci_model::api::CommaList;
///
/// let vswitches = CommaList::from_iter(["vsw-a", "vsw-b"]);
/// assert_eq!(vswitches.as_str(), "vsw-a,vsw-b");
/// assert_eq!(CommaList::from("vsw-a, vsw-b,").iter().collect::<Vec<_>>(), ["vsw-a", "vsw-b"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CommaList(String);

impl CommaList {
    /// The text as it travels.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The texts between the commas, without blanks around them and without empty ones.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split(',').map(str::trim).filter(|item| !item.is_empty())
    }
}

impl From<&str> for CommaList {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for CommaList {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl<S: AsRef<str>> FromIterator<S> for CommaList {
    fn from_iter<I: IntoIterator<Item = S>>(items: I) -> Self {
        let mut text = String::new();
        for item in items {
            if !text.is_empty() {
                text.push(',');
            }
            text.push_str(item.as_ref());
        }
        Self(text)
    }
}

impl fmt::Display for CommaList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
