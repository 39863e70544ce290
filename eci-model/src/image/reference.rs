//! References to images: `[host[:port]/]path[:tag][@digest]`.

use std::fmt;
use std::ops::Range;

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
        let is_of_host = host.is_none_or(is_host);
        if !is_of_host || !is_path(path.as_bytes()) {
            // Before a scheme stands no host and no repository, so that it need not be looked for in what is right.
            if text.split_once(':').is_some_and(|(_, rest)| rest.starts_with("//")) {
                return fault(ReferenceFault::Scheme, text, 0);
            }
            return match host {
                Some(host) if !is_of_host => fault(ReferenceFault::Host, host, 0),
                _ => fault(ReferenceFault::Path, path, path_begin),
            };
        }
        if let Some(tag) = tag.filter(|tag| !is_tag(tag)) {
            return fault(ReferenceFault::Tag, tag, path_begin + path.len() + 1);
        }
        if let Some(digest) = digest.filter(|digest| !is_digest(digest)) {
            return fault(ReferenceFault::Digest, digest, text.len() - digest.len());
        }
        Ok(image)
    }

    /// The parts of a text that is a reference; whether it is one is not looked at.
    pub(crate) fn split(text: &'a str) -> Self {
        let (name, digest) = match text.split_once('@') {
            Some((name, digest)) => (name, Some(digest)),
            None => (text, None),
        };
        let (host, rest) = split_host(name);
        let (path, tag) = match rest.rsplit_once(':') {
            Some((path, tag)) => (path, Some(tag)),
            None => (rest, None),
        };
        Self {
            host,
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

/// Which part of a reference is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReferenceFault {
    /// It is empty, or longer than 255 characters.
    Length,
    /// It begins with a scheme such as `https://`.
    Scheme,
    /// The host is none.
    Host,
    /// The repository is none.
    Path,
    /// The tag is none.
    Tag,
    /// The digest is none.
    Digest,
}

/// A text that is no [`ImageReference`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .fault.says(.part))]
pub struct ReferenceError {
    fault: ReferenceFault,
    part: Box<str>,
    within: Range<usize>,
}

impl ReferenceError {
    fn new(fault: ReferenceFault, part: &str, begin: usize) -> Self {
        Self {
            fault,
            part: part.chars().take(64).collect::<String>().into(),
            within: begin..begin + part.len(),
        }
    }

    /// Which part is wrong.
    pub const fn fault(&self) -> ReferenceFault {
        self.fault
    }

    /// Where the part stands in the text, in bytes.
    pub fn within(&self) -> Range<usize> {
        self.within.clone()
    }
}

impl ReferenceFault {
    fn says(self, part: &str) -> String {
        match self {
            Self::Length if part.is_empty() => "an image must be named".to_owned(),
            Self::Length => format!("an image reference has at most {LONGEST} characters"),
            Self::Scheme => "an image reference has no scheme".to_owned(),
            Self::Host => format!("`{part}` is no registry host such as `registry.example.com:5000`"),
            Self::Path => format!(
                "`{part}` is no repository: lower-case letters and digits, with `.`, `_`, `__` or hyphens between them"
            ),
            Self::Tag => format!("`{part}` is no tag: up to 128 letters, digits, `.`, `_` and hyphens"),
            Self::Digest => format!("`{part}` is no digest such as `sha256:` and 64 hexadecimal digits"),
        }
    }
}

/// Images of Docker Hub itself stand under `library/`, which need not be written.
fn hub_path(path: &str) -> &str {
    path.strip_prefix("library/").unwrap_or(path)
}

fn split_host(name: &str) -> (Option<&str>, &str) {
    match name.split_once('/') {
        Some((first, rest))
            if first == "localhost" || first.contains(['.', ':']) || first.bytes().any(|b| b.is_ascii_uppercase()) =>
        {
            (Some(first), rest)
        }
        _ => (None, name),
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
    let (host, port) = match text.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (text, None),
    };
    is_name(host.as_bytes()) && port.is_none_or(is_port)
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    macro_rules! parts {
        ($($fact:ident: $text:expr => $host:expr, $path:literal, $tag:expr;)*) => {$(
            #[test]
            fn $fact() {
                let image = ImageReference::parse($text).expect("a reference");
                let host: Option<&str> = $host;
                let tag: Option<&str> = $tag;
                assert_eq!((image.host(), image.path(), image.tag()), (host, $path, tag));
                assert_eq!(image.to_string(), $text);
            }
        )*};
    }

    // The forms of Configure the image of a container, 2025-01-14, and of Pull images from self-managed registries, 2024-01-19.
    parts! {
        the_public_hub: "nginx:1.14" => None, "nginx", Some("1.14");
        a_name_alone: "nginx" => None, "nginx", None;
        a_user_of_the_hub: "bitnami/redis:7.2" => None, "bitnami/redis", Some("7.2");
        personal_edition: "registry.cn-hangzhou.aliyuncs.com/shop/web:1.4" => Some("registry.cn-hangzhou.aliyuncs.com"), "shop/web", Some("1.4");
        enterprise_edition: "shop-registry-vpc.cn-hangzhou.cr.aliyuncs.com/a/b/c:v1" => Some("shop-registry-vpc.cn-hangzhou.cr.aliyuncs.com"), "a/b/c", Some("v1");
        a_port: "192.168.1.1:5000/web:1" => Some("192.168.1.1:5000"), "web", Some("1");
        a_port_without_tag: "reg:80/web" => Some("reg:80"), "web", None;
        localhost_is_a_host: "localhost/web" => Some("localhost"), "web", None;
        an_address_of_six: "[fd00::1]:5000/web:1" => Some("[fd00::1]:5000"), "web", Some("1");
        a_number_after_a_name_is_a_tag: "web:5000" => None, "web", Some("5000");
        separators: "a.b/c__d/e---f:G.h_i-j" => Some("a.b"), "c__d/e---f", Some("G.h_i-j");
    }

    macro_rules! faults {
        ($($fact:ident: $text:expr => $fault:ident, $part:expr;)*) => {$(
            #[test]
            fn $fact() {
                let text: &str = $text;
                let error = ImageReference::parse(text).expect_err("no reference");
                assert_eq!(error.fault(), ReferenceFault::$fault);
                assert_eq!(&text[error.within()], $part);
                assert!(!error.to_string().is_empty());
            }
        )*};
    }

    faults! {
        nothing: "" => Length, "";
        too_long: &"a".repeat(256) => Length, "a".repeat(256);
        a_scheme: "https://harbor.example/lib/web:1" => Scheme, "https://harbor.example/lib/web:1";
        upper_case: "shop/Web:1.4" => Path, "shop/Web";
        a_blank: "nginx 1" => Path, "nginx 1";
        a_placeholder: "registry.cn-hangzhou.aliyuncs.com/<namespace>/web" => Path, "<namespace>/web";
        three_underscores: "a___b" => Path, "a___b";
        two_points: "a..b" => Path, "a..b";
        a_slash_at_the_end: "shop/web/" => Path, "shop/web/";
        a_host_alone: "registry.example/" => Path, "";
        a_bad_host: "reg_1.example/web" => Host, "reg_1.example";
        a_bad_port: "reg:70000/web" => Host, "reg:70000";
        an_empty_tag: "web:" => Tag, "";
        a_bad_tag: "web:-1" => Tag, "-1";
        a_variable: "web:${TAG}" => Tag, "${TAG}";
        a_short_digest: "web@sha256:abc" => Digest, "sha256:abc";
    }

    #[test]
    fn a_digest_stands_beside_or_without_a_tag() {
        let text = format!("shop/web@{DIGEST}");
        let image = ImageReference::parse(&text).expect("a reference");
        assert_eq!(
            (image.tag(), image.digest(), image.is_latest()),
            (None, Some(DIGEST), false)
        );
        assert_eq!(image.normalized(), format!("docker.io/shop/web@{DIGEST}"));
        let text = format!("shop/web:1@{DIGEST}");
        assert_eq!(ImageReference::parse(&text).expect("a reference").to_string(), text);
    }

    #[test]
    fn what_registries_assume_is_written_out() {
        for (text, whole) in [
            ("nginx", "docker.io/library/nginx:latest"),
            ("index.docker.io/shop/web:1", "docker.io/shop/web:1"),
            ("quay.io/web", "quay.io/web:latest"),
        ] {
            assert_eq!(ImageReference::parse(text).expect(text).normalized(), whole);
        }
    }

    #[test]
    fn the_same_image_may_be_written_in_two_ways() {
        let same = |a: &str, b: &str| {
            let (a, b) = (ImageReference::parse(a).expect(a), ImageReference::parse(b).expect(b));
            (a.is_same_repository(&b), a.is_same_image(&b))
        };
        assert_eq!(same("nginx", "docker.io/library/nginx:latest"), (true, true));
        assert_eq!(same("nginx:1", "nginx:2"), (true, false));
        assert_eq!(same("nginx", "quay.io/nginx"), (false, false));
        assert_eq!(same("shop/web:1", &format!("shop/web:1@{DIGEST}")), (true, true));
        assert_eq!(same("shop/web", &format!("shop/web@{DIGEST}")), (true, false));
    }

    fn reference() -> impl Strategy<Value = String> {
        let host = proptest::option::of("[a-z]{1,8}\\.[a-z]{2,5}(:[1-9][0-9]{0,3})?");
        let path = "[a-z0-9]{1,6}((\\.|_|__|-{1,3})[a-z0-9]{1,4}){0,2}(/[a-z0-9]{1,6}){0,2}";
        let tag = proptest::option::of("[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}");
        (host, path, tag, any::<bool>()).prop_map(|(host, path, tag, digest)| {
            // Before a slash, a name with a point would be a host.
            let path = if host.is_none() { path.replace('.', "-") } else { path };
            let host = host.map(|host| host + "/").unwrap_or_default();
            let tag = tag.map(|tag| format!(":{tag}")).unwrap_or_default();
            let digest = if digest { format!("@{DIGEST}") } else { String::new() };
            format!("{host}{path}{tag}{digest}")
        })
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back_as_the_same(text in reference()) {
            let image = ImageReference::parse(&text).expect("a reference");
            prop_assert_eq!(image.to_string(), text.clone());
            let whole = image.normalized();
            let again = ImageReference::parse(&whole).expect("a reference");
            prop_assert_eq!(again.normalized(), whole.clone());
            prop_assert!(image.is_same_image(&again) && again.is_same_image(&image));
        }

        #[test]
        fn any_text_is_read_or_told_with_a_place_in_it(text in "\\PC{0,40}") {
            match ImageReference::parse(&text) {
                Ok(image) => prop_assert_eq!(image.to_string(), text),
                Err(error) => prop_assert!(text.get(error.within()).is_some()),
            }
        }
    }
}
