//! How a text is spelt as a scalar of YAML.

use crate::manifest::Scalar;

/// How a scalar is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    None,
    Single,
    Double,
}

impl Quotes {
    /// The quotes of what is written; `None` for block scalars, aliases and whatever else is no scalar of one line.
    pub(super) fn of(written: &str) -> Option<Self> {
        if written.contains('\n') {
            return None;
        }
        match written.bytes().next() {
            Some(b'"') => Some(Self::Double),
            Some(b'\'') => Some(Self::Single),
            Some(b'|' | b'>' | b'*' | b'&' | b'!' | b'{' | b'[') => None,
            _ => Some(Self::None),
        }
    }

    /// The text in these quotes, or in double ones where they are needed.
    pub(super) fn around(self, text: &str) -> String {
        let is_printable = !text.chars().any(char::is_control);
        match self {
            Self::None if is_plain(text) => text.to_owned(),
            Self::Single if is_printable => format!("'{}'", text.replace('\'', "''")),
            _ => serde_json::Value::from(text).to_string(),
        }
    }
}

/// Whether the text means itself without quotes: words, ids, paths and nothing that begins like something else.
pub(super) fn is_plain(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"./_-".contains(&byte);
    text.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().all(plain)
        && matches!(Scalar::resolve(text), Scalar::Text(_))
}

/// Whether the text can stand inside quotes of any kind as it is.
pub(super) fn is_verbatim(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"./_-".contains(&byte))
}
