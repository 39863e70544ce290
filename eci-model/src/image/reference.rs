//! References to images: `[host[:port]/]path[:tag][@digest]`.

mod fault;

use std::fmt;

pub use fault::{ReferenceError, ReferenceFault};

/// The longest reference that the API takes, in characters (CreateContainerGroup, 2018-08-08).
const LONGEST: usize = 255;
/// The host that stands for Docker Hub when none is written.
const HUB: &str = "docker.io";
/// The tag that counts when neither tag nor digest is written.
const LATEST: &str = "latest";

/// A reference to an image, borrowed from its text.
///
/// Prints as it was written; [`normalized`](Self::normalized) writes out what registries assume.
///
/// # Example
/// ```
/// use eci_model::image::ImageReference;
///
/// let image = ImageReference::parse("registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4")?;
/// assert_eq!(image.host(), Some("registry-vpc.cn-hangzhou.aliyuncs.com"));
/// assert_eq!((image.path(), image.tag()), ("shop/web", Some("1.4")));
/// assert_eq!(ImageReference::parse("nginx")?.normalized(), "docker.io/library/nginx:latest");
/// # Ok::<(), eci_model::image::ReferenceError>(())
/// ```
///
/// # Example: what is wrong, and where
/// ```
/// use eci_model::image::{ImageReference, ReferenceFault};
///
/// let error = ImageReference::parse("shop/Web:1.4").expect_err("upper case");
/// assert_eq!((error.fault(), error.within()), (ReferenceFault::Path, 0..8));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImageReference<'a> {
    host: Option<&'a str>,
    path: &'a str,
    tag: Option<&'a str>,
    digest: Option<&'a str>,
}

impl<'a> ImageReference<'a> {
    /// Reads a reference.
    ///
    /// What stands before the first slash is a host when it has a point, a colon or an upper-case letter, or is `localhost`, as container
    /// runtimes decide it.
    ///
    /// # Errors
    /// [`ReferenceError`] for the first part that is none.
    pub fn parse(text: &'a str) -> Result<Self, ReferenceError> {
        Self::checked(text).map_err(|error| {
            // With a scheme some part is always wrong, so that it is looked for only then.
            let has_scheme = text.split_once(':').is_some_and(|(_, rest)| rest.starts_with("//"));
            match has_scheme && error.fault() != ReferenceFault::Length {
                true => ReferenceError::new(ReferenceFault::Scheme, text, 0),
                false => error,
            }
        })
    }

    fn checked(text: &'a str) -> Result<Self, ReferenceError> {
        let fault = |fault, part: &str, begin| Err(ReferenceError::new(fault, part, begin));
        if text.is_empty() || text.len() > LONGEST && text.chars().count() > LONGEST {
            return fault(ReferenceFault::Length, text, 0);
        }
        let image = Self::split(text);
        let Self {
            host,
            path,
            tag,
            digest,
        } = image;
        let path_begin = host.map_or(0, |host| host.len() + 1);
        if let Some(host) = host.filter(|host| !is_host(host)) {
            return fault(ReferenceFault::Host, host, 0);
        }
        if !is_path(path.as_bytes()) {
            return fault(ReferenceFault::Path, path, path_begin);
        }
        if let Some(tag) = tag.filter(|tag| !is_tag(tag)) {
            return fault(ReferenceFault::Tag, tag, path_begin + path.len() + 1);
        }
        if let Some(digest) = digest.filter(|digest| !is_digest(digest)) {
            return fault(ReferenceFault::Digest, digest, text.len() - digest.len());
        }
        Ok(image)
    }

    /// Reads a reference that lies mostly in the registry of another one, whose host need not be looked at again.
    pub(crate) fn parse_beside(text: &'a str, other: &Self) -> Result<Self, ReferenceError> {
        let rest = other.host.and_then(|host| text.strip_prefix(host)?.strip_prefix('/'));
        let image = rest.filter(|_| text.len() <= LONGEST).map(|rest| {
            let (path, tag, digest) = split_tail(rest);
            Self {
                host: other.host,
                path,
                tag,
                digest,
            }
        });
        match image {
            Some(image) if image.has_parts() => Ok(image),
            _ => Self::parse(text),
        }
    }

    /// Whether path, tag and digest are such.
    fn has_parts(&self) -> bool {
        is_path(self.path.as_bytes()) && self.tag.is_none_or(is_tag) && self.digest.is_none_or(is_digest)
    }

    /// The parts of a text that is a reference; whether it is one is not looked at.
    ///
    /// Walks over the bytes, since texts are too short for a search to be worth its start.
    pub(crate) fn split(text: &'a str) -> Self {
        let end = host_end(text.as_bytes());
        let (path, tag, digest) = split_tail(&text[end.map_or(0, |end| end + 1)..]);
        Self {
            host: end.map(|end| &text[..end]),
            path,
            tag,
            digest,
        }
    }

    /// The host, with its port, as written; `None` for Docker Hub.
    pub const fn host(&self) -> Option<&'a str> {
        self.host
    }

    /// The repository as written.
    pub const fn path(&self) -> &'a str {
        self.path
    }

    /// The tag as written.
    pub const fn tag(&self) -> Option<&'a str> {
        self.tag
    }

    /// The digest, `sha256:...`.
    pub const fn digest(&self) -> Option<&'a str> {
        self.digest
    }

    /// The host that is asked: `docker.io` when none is written.
    pub fn registry_host(&self) -> &'a str {
        match self.host {
            None | Some("index.docker.io") => HUB,
            Some(host) => host,
        }
    }

    /// Whether what is pulled may change from pull to pull: the tag `latest`, or neither tag nor digest.
    pub fn is_latest(&self) -> bool {
        match self.tag {
            Some(tag) => tag == LATEST,
            None => self.digest.is_none(),
        }
    }

    /// The reference with everything that registries assume: `docker.io/library/nginx:latest`.
    pub fn normalized(&self) -> String {
        let mut text = self.repository();
        match (self.tag, self.digest) {
            (Some(tag), _) => text.extend([":", tag]),
            (None, None) => text.extend([":", LATEST]),
            (None, Some(_)) => {}
        }
        if let Some(digest) = self.digest {
            text.extend(["@", digest]);
        }
        text
    }

    /// Host and repository, with what registries assume: `docker.io/library/nginx`.
    pub fn repository(&self) -> String {
        let host = self.registry_host();
        let library = if host == HUB && !self.path.contains('/') {
            "library/"
        } else {
            ""
        };
        [host, "/", library, self.path].concat()
    }

    /// Whether both name the same repository of the same registry.
    pub fn is_same_repository(&self, other: &ImageReference<'_>) -> bool {
        let host = self.registry_host();
        if host != other.registry_host() {
            return false;
        }
        if host == HUB {
            return hub_path(self.path) == hub_path(other.path);
        }
        self.path == other.path
    }

    /// Whether both name the same image: the same digest, or else the same tag of the same repository.
    pub fn is_same_image(&self, other: &ImageReference<'_>) -> bool {
        if !self.is_same_repository(other) {
            return false;
        }
        match (self.digest, other.digest) {
            (Some(own), Some(others)) => own == others,
            (None, None) => self.tag.unwrap_or(LATEST) == other.tag.unwrap_or(LATEST),
            // What a tag pointed to when the other was resolved is not known.
            _ => self.tag.is_some() && self.tag == other.tag,
        }
    }
}

impl fmt::Display for ImageReference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(host) = self.host {
            write!(f, "{host}/")?;
        }
        f.write_str(self.path)?;
        if let Some(tag) = self.tag {
            write!(f, ":{tag}")?;
        }
        if let Some(digest) = self.digest {
            write!(f, "@{digest}")?;
        }
        Ok(())
    }
}

/// Images of Docker Hub itself stand under `library/`, which need not be written.
fn hub_path(path: &str) -> &str {
    path.strip_prefix("library/").unwrap_or(path)
}

/// Where the host ends, when what stands before the first slash is one.
fn host_end(text: &[u8]) -> Option<usize> {
    let mut is_host = false;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'/' => return (is_host || &text[..at] == b"localhost").then_some(at),
            b'.' | b':' | b'A'..=b'Z' => is_host = true,
            b'@' => return None,
            _ => {}
        }
    }
    None
}

/// Path, tag and digest.
fn split_tail(text: &str) -> (&str, Option<&str>, Option<&str>) {
    let (name, digest) = match text.bytes().position(|byte| byte == b'@') {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    match name.bytes().rposition(|byte| byte == b':') {
        Some(at) => (&name[..at], Some(&name[at + 1..]), digest),
        None => (name, None, digest),
    }
}

fn is_host(text: &str) -> bool {
    if let Some(rest) = text.strip_prefix('[') {
        let Some((address, rest)) = rest.split_once(']') else {
            return false;
        };
        let is_address = !address.is_empty() && address.bytes().all(|b| b.is_ascii_hexdigit() || b == b':');
        return is_address && (rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port));
    }
    let (host, port) = split_port(text);
    is_name(host.as_bytes()) && port.is_none_or(is_port)
}

/// A host, and the port that stands behind it.
pub(super) fn split_port(text: &str) -> (&str, Option<&str>) {
    match text.bytes().position(|byte| byte == b':') {
        Some(colon) => (&text[..colon], Some(&text[colon + 1..])),
        None => (text, None),
    }
}

/// Labels of letters, digits and hyphens, with points between them; hyphens do not stand at the ends of a label.
fn is_name(host: &[u8]) -> bool {
    let mut before = b'.';
    for byte in host {
        let fits = match byte {
            b'-' => before != b'.',
            b'.' => before != b'.' && before != b'-',
            byte => byte.is_ascii_alphanumeric(),
        };
        if !fits {
            return false;
        }
        before = *byte;
    }
    before != b'.' && before != b'-'
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port > 0)
}

/// Parts of letters and digits, with single points, one or two underscores, or any number of hyphens between them.
fn is_path(path: &[u8]) -> bool {
    let is_separator = |byte: u8| matches!(byte, b'/' | b'.' | b'_' | b'-');
    // Two bytes back tell whether an underscore is the third of a run.
    let (mut before, mut earlier) = (b'/', b'/');
    for byte in path.iter().copied() {
        let fits = match byte {
            b'a'..=b'z' | b'0'..=b'9' => true,
            b'/' | b'.' => !is_separator(before),
            b'-' => before == b'-' || !is_separator(before),
            b'_' => before == b'_' && earlier != b'_' || !is_separator(before),
            _ => false,
        };
        if !fits {
            return false;
        }
        (before, earlier) = (byte, before);
    }
    !is_separator(before)
}

fn is_tag(text: &str) -> bool {
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let first = text.bytes().next();
    first.is_some_and(is_word) && text.len() <= 128 && text.bytes().all(|b| is_word(b) || b == b'.' || b == b'-')
}

fn is_digest(text: &str) -> bool {
    let Some((algorithm, hex)) = text.split_once(':') else {
        return false;
    };
    let is_plain = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_uppercase() || b.is_ascii_digit())
    };
    let length = match algorithm {
        "sha256" => hex.len() == 64,
        "sha512" => hex.len() == 128,
        _ => hex.len() >= 32,
    };
    algorithm.split(['+', '.', '_', '-']).all(is_plain) && length && hex.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests;
