//! Where in an object something stands: [`At`] while walking, [`FieldPath`] once there is something to say.

use std::borrow::Cow;
use std::fmt;

/// A place under construction: a chain of borrowed steps on the stack of the walk.
///
/// Making one costs nothing on the heap; [`At::to_path`] allocates, so it is called only when a finding is made.
///
/// # Example
/// ```
/// use eci_model::At;
///
/// let spec = At::ROOT.field("spec");
/// let containers = spec.field("containers");
/// let first = containers.index(0);
/// assert_eq!(first.field("image").to_path().to_string(), "spec.containers[0].image");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct At<'p> {
    parent: Option<&'p At<'p>>,
    step: Step<'p>,
}

impl<'p> At<'p> {
    /// The object itself.
    pub const ROOT: At<'static> = At {
        parent: None,
        step: Step::Root,
    };

    /// A field of the schema.
    #[must_use]
    pub const fn field<'c>(&'c self, name: &'static str) -> At<'c>
    where
        'p: 'c,
    {
        self.step(Step::Field(name))
    }

    /// An entry of a map, such as an annotation.
    #[must_use]
    pub const fn key<'c>(&'c self, key: &'c str) -> At<'c>
    where
        'p: 'c,
    {
        self.step(Step::Key(key))
    }

    /// An item of a list, counted from zero.
    #[must_use]
    pub const fn index<'c>(&'c self, index: usize) -> At<'c>
    where
        'p: 'c,
    {
        self.step(Step::Index(index))
    }

    /// The place as an owned path.
    #[cold]
    pub fn to_path(&self) -> FieldPath {
        let mut segments = Vec::with_capacity(self.depth());
        self.collect(&mut segments);
        FieldPath(segments)
    }

    const fn step<'c>(&'c self, step: Step<'c>) -> At<'c>
    where
        'p: 'c,
    {
        At {
            parent: Some(self),
            step,
        }
    }

    fn depth(&self) -> usize {
        1 + self.parent.map_or(0, At::depth)
    }

    fn collect(&self, segments: &mut Vec<Segment>) {
        if let Some(parent) = self.parent {
            parent.collect(segments);
        }
        segments.push(match self.step {
            Step::Root => return,
            Step::Field(name) => Segment::Field(Cow::Borrowed(name)),
            Step::Key(key) => Segment::Key(key.into()),
            Step::Index(index) => Segment::Index(index),
        });
    }
}

#[derive(Clone, Copy, Debug)]
enum Step<'p> {
    Root,
    Field(&'static str),
    Key(&'p str),
    Index(usize),
}

/// A place in an object, with typed segments.
///
/// Prints as people write it, and gives a JSON pointer for tools.
///
/// # Example
/// ```
/// use eci_model::FieldPath;
///
/// let path = FieldPath::of("spec.template.metadata.annotations").with_key("k8s.aliyun.com/eci-use-specs");
/// assert_eq!(path.to_string(), r#"spec.template.metadata.annotations["k8s.aliyun.com/eci-use-specs"]"#);
/// assert_eq!(path.to_json_pointer(), "/spec/template/metadata/annotations/k8s.aliyun.com~1eci-use-specs");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FieldPath(Vec<Segment>);

impl FieldPath {
    /// The object itself.
    pub const ROOT: Self = Self(Vec::new());

    /// A path of fields and list items, as it is printed: `spec.tasks[0].template`.
    ///
    /// The empty text is the object itself. Points always separate fields; keys with points of their own are added with
    /// [`with_key`](Self::with_key).
    pub fn of(fields: &str) -> Self {
        let mut path = Self::ROOT;
        for part in fields.split('.').filter(|part| !part.is_empty()) {
            let (name, items) = part.split_once('[').unwrap_or((part, ""));
            path = path.with_field(name.to_owned());
            for item in items.split('[').filter_map(|item| item.strip_suffix(']')?.parse().ok()) {
                path = path.with_index(item);
            }
        }
        path
    }

    /// The path of a field of this place.
    #[must_use]
    pub fn with_field(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.0.push(Segment::Field(name.into()));
        self
    }

    /// The path of a map entry of this place.
    #[must_use]
    pub fn with_key(mut self, key: impl Into<Box<str>>) -> Self {
        self.0.push(Segment::Key(key.into()));
        self
    }

    /// The path of a list item of this place.
    #[must_use]
    pub fn with_index(mut self, index: usize) -> Self {
        self.0.push(Segment::Index(index));
        self
    }

    /// This path, then the steps of `at`.
    #[must_use]
    pub fn then(mut self, at: &At<'_>) -> Self {
        self.0.reserve_exact(at.depth());
        at.collect(&mut self.0);
        self
    }

    /// This path, then another one below it.
    #[must_use]
    pub fn join(mut self, below: &Self) -> Self {
        self.0.extend_from_slice(&below.0);
        self
    }

    /// The segments, outermost first.
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// The place as a JSON pointer (RFC 6901).
    pub fn to_json_pointer(&self) -> String {
        let mut pointer = String::new();
        for segment in &self.0 {
            pointer.push('/');
            match segment {
                Segment::Field(name) => pointer.push_str(name),
                Segment::Key(key) => pointer.push_str(&key.replace('~', "~0").replace('/', "~1")),
                Segment::Index(index) => pointer.push_str(&index.to_string()),
            }
        }
        pointer
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Field(name) if position == 0 => write!(f, "{name}")?,
                Segment::Field(name) => write!(f, ".{name}")?,
                Segment::Key(key) => write!(f, "[{key:?}]")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// One step of a [`FieldPath`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// A field of the schema.
    Field(Cow<'static, str>),
    /// An entry of a map.
    Key(Box<str>),
    /// An item of a list, counted from zero.
    Index(usize),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_items_stand_in_brackets() {
        let spec = At::ROOT.field("spec");
        let containers = spec.field("containers");
        let container = containers.index(0);
        let ports = container.field("ports");
        let port = ports.index(1);
        assert_eq!(
            port.field("hostPort").to_path().to_string(),
            "spec.containers[0].ports[1].hostPort"
        );
    }

    #[test]
    fn the_root_prints_as_nothing() {
        assert_eq!(At::ROOT.to_path(), FieldPath::ROOT);
        assert_eq!(FieldPath::of("").to_string(), "");
    }

    #[test]
    fn printed_paths_of_fields_and_items_read_back() {
        for text in ["", "spec", "spec.tasks[0].template", "a[1][2].b"] {
            assert_eq!(FieldPath::of(text).to_string(), text);
        }
    }

    #[test]
    fn keys_are_quoted_and_escaped() {
        let path = FieldPath::of("metadata.labels").with_key("a\"b");
        assert_eq!(path.to_string(), r#"metadata.labels["a\"b"]"#);
    }

    #[test]
    fn pointers_escape_tilde_before_slash() {
        assert_eq!(FieldPath::ROOT.with_key("a~/b").to_json_pointer(), "/a~0~1b");
    }

    #[test]
    fn a_walk_continues_a_prefix() {
        let spec = At::ROOT.field("spec");
        let path = FieldPath::of("spec.template").then(&spec.field("hostPID"));
        assert_eq!(path.to_string(), "spec.template.spec.hostPID");
        assert_eq!(path, FieldPath::of("spec.template.spec.hostPID"));
    }
}
