//! Values that must not be printed: passwords, environment values, the contents of files.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::finding::Text;

/// A value that no log, report or panic message shows.
///
/// `Debug`, `Display` and `Serialize` print `<hidden>` with the length in bytes and, where it is known, the origin.
/// [`expose_secret`](Self::expose_secret) is the only way to read the value; of this suite only the encoder of requests and the
/// containers of the simulator call it.
///
/// Two secrets are equal when their values are: the origin is a remark for people.
///
/// # Example
/// ```
/// use eci_model::Sensitive;
///
/// let password = Sensitive::from("hunter2").with_origin("Secret shop/db key password");
/// assert_eq!(password.to_string(), "<hidden: 7 bytes from Secret shop/db key password>");
/// assert_eq!(password.expose_secret(), "hunter2");
/// ```
///
/// # Example: any text or bytes
/// ```
/// use eci_model::Sensitive;
///
/// let key = Sensitive::new(vec![0_u8; 32]);
/// assert_eq!(format!("{key:?}"), "<hidden: 32 bytes>");
/// ```
///
/// # Example: a value that is not known yet
/// ```
/// use eci_model::Sensitive;
///
/// let password: Sensitive<String> = Sensitive::awaited("Secret shop/db key password");
/// assert_eq!(password.to_string(), "<Secret shop/db key password>");
/// ```
#[derive(Clone, Default)]
pub struct Sensitive<T> {
    value: T,
    origin: Option<Origin>,
}

/// Where a value comes from, or will come from.
#[derive(Clone)]
enum Origin {
    Known(Text),
    Awaited(Text),
}

impl<T> Sensitive<T> {
    /// Hides a value.
    pub const fn new(value: T) -> Self {
        Self { value, origin: None }
    }

    /// Remarks where the value comes from, such as `Secret shop/db key password`. The remark is printed: it must name the
    /// place, never the value.
    #[must_use]
    pub fn with_origin(mut self, origin: impl Into<Text>) -> Self {
        self.origin = Some(Origin::Known(origin.into()));
        self
    }

    /// Where the value comes from, or will come from.
    pub fn origin(&self) -> Option<&str> {
        match self.origin.as_ref()? {
            Origin::Known(origin) | Origin::Awaited(origin) => Some(origin),
        }
    }

    /// Another form of the value, from the same place.
    #[must_use]
    pub fn with_value<U>(&self, value: U) -> Sensitive<U> {
        Sensitive {
            value,
            origin: self.origin.clone(),
        }
    }

    /// The value itself. Whoever calls this answers for where it goes.
    pub const fn expose_secret(&self) -> &T {
        &self.value
    }

    /// The value itself, to be changed in place.
    pub const fn expose_secret_mut(&mut self) -> &mut T {
        &mut self.value
    }

    /// The value itself, moved out; the origin is lost.
    pub fn into_exposed_secret(self) -> T {
        self.value
    }
}

impl<T: Default> Sensitive<T> {
    /// An empty value in place of one that is not known yet: prints where that will come from.
    pub fn awaited(origin: impl Into<Text>) -> Self {
        Self {
            value: T::default(),
            origin: Some(Origin::Awaited(origin.into())),
        }
    }
}

impl<T: AsRef<[u8]>> Sensitive<T> {
    /// How many bytes the value has: the one thing that is told of it.
    pub fn len(&self) -> usize {
        self.value.as_ref().len()
    }

    /// Whether the value is empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<T: AsRef<[u8]>> fmt::Display for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.origin {
            Some(Origin::Awaited(origin)) => write!(f, "<{origin}>"),
            Some(Origin::Known(origin)) => write!(f, "<hidden: {} bytes from {origin}>", self.len()),
            None => write!(f, "<hidden: {} bytes>", self.len()),
        }
    }
}

impl<T: AsRef<[u8]>> fmt::Debug for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<T: AsRef<[u8]>> Serialize for Sensitive<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<T: PartialEq> PartialEq for Sensitive<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Sensitive<T> {}

impl From<String> for Sensitive<String> {
    fn from(value: String) -> Self {
        Self::new(value)
    }
}

impl From<&str> for Sensitive<String> {
    fn from(value: &str) -> Self {
        Self::new(value.to_owned())
    }
}

/// A text into which a secret may have gone, such as an argument with `$(DB_PASSWORD)` in it.
///
/// Printed as it is until a secret went into it; from then on hidden as [`Sensitive`] is.
///
/// # Example
/// ```
/// use eci_model::{MaybeSecret, Sensitive};
///
/// let plain = MaybeSecret::from("--verbose");
/// let secret = MaybeSecret::hidden(Sensitive::from("--password=hunter2"));
/// assert_eq!((plain.to_string(), secret.to_string()), ("--verbose".into(), "<hidden: 18 bytes>".into()));
/// assert_eq!(secret.expose_secret(), "--password=hunter2");
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct MaybeSecret {
    text: Sensitive<String>,
    is_hidden: bool,
}

impl MaybeSecret {
    /// A text that holds a secret.
    pub const fn hidden(text: Sensitive<String>) -> Self {
        Self { text, is_hidden: true }
    }

    /// The text, when no secret went into it.
    pub fn as_plain(&self) -> Option<&str> {
        (!self.is_hidden).then(|| self.text.expose_secret().as_str())
    }

    /// The text as a secret.
    pub const fn as_sensitive(&self) -> &Sensitive<String> {
        &self.text
    }

    /// The text itself, secret or not. Whoever calls this answers for where it goes.
    pub fn expose_secret(&self) -> &str {
        self.text.expose_secret()
    }
}

impl fmt::Display for MaybeSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_plain() {
            Some(plain) => f.write_str(plain),
            None => self.text.fmt(f),
        }
    }
}

impl fmt::Debug for MaybeSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_plain() {
            Some(plain) => fmt::Debug::fmt(plain, f),
            None => fmt::Debug::fmt(&self.text, f),
        }
    }
}

impl Serialize for MaybeSecret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl From<String> for MaybeSecret {
    fn from(text: String) -> Self {
        Self {
            text: text.into(),
            is_hidden: false,
        }
    }
}

impl From<&str> for MaybeSecret {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANARY: &str = "canary-4f1c";

    fn shown(secret: &Sensitive<String>) -> [String; 5] {
        let json = serde_json::to_string(secret).expect("a text");
        [
            secret.to_string(),
            format!("{secret:?}"),
            format!("{secret:#?}"),
            format!("{:?}", Some(secret)),
            json,
        ]
    }

    #[test]
    fn no_way_of_printing_shows_the_value() {
        for secret in [
            Sensitive::from(CANARY),
            Sensitive::from(CANARY).with_origin("Secret shop/db key password"),
        ] {
            for text in shown(&secret) {
                assert!(!text.contains(CANARY), "{text}");
                assert!(text.contains("<hidden: 11 bytes"), "{text}");
            }
        }
    }

    #[test]
    fn the_origin_is_told_and_survives_a_clone() {
        let secret = Sensitive::from(CANARY).with_origin("ConfigMap shop/settings key url");
        assert_eq!(secret.clone().origin(), Some("ConfigMap shop/settings key url"));
        assert!(
            shown(&secret)
                .iter()
                .all(|text| text.contains("from ConfigMap shop/settings"))
        );
    }

    #[test]
    fn equality_is_of_values() {
        assert_eq!(Sensitive::from("a"), Sensitive::from("a").with_origin("here"));
        assert_ne!(Sensitive::from("a"), Sensitive::from("b"));
        assert_eq!(Sensitive::<String>::default().len(), 0);
        assert!(Sensitive::<String>::default().is_empty());
    }

    #[test]
    fn a_text_is_hidden_once_a_secret_went_into_it() {
        let hidden = MaybeSecret::hidden(CANARY.into());
        let json = serde_json::to_string(&hidden).expect("a text");
        assert!(
            ![hidden.to_string(), format!("{hidden:?}"), json]
                .iter()
                .any(|text| text.contains(CANARY))
        );
        assert_eq!(format!("{:?}", MaybeSecret::from("a")), "\"a\"");
    }

    #[test]
    fn only_the_loud_ways_open_it() {
        let mut secret = Sensitive::from(CANARY);
        assert_eq!(secret.expose_secret(), CANARY);
        secret.expose_secret_mut().push('!');
        assert_eq!(secret.into_exposed_secret(), "canary-4f1c!");
    }
}
