//! The support matrix as a tree, so that a walk finds a field without building its path.

use std::sync::LazyLock;

use super::table::{SUBTREES, TABLE};

/// Position of a node; the root is the first.
pub(super) type Id = u32;

/// The root of the tree: the specification of a pod.
pub(super) const ROOT: Id = 0;

/// What the matrix says of a place.
#[derive(Debug, Default)]
struct Node {
    fields: Vec<(&'static str, Id)>,
    item: Option<Id>,
    /// Whether a row covers the place itself.
    covered: bool,
    /// Whether a row covers everything below as well.
    whole: bool,
}

static TREE: LazyLock<Vec<Node>> = LazyLock::new(build);

/// The place of a field below another.
pub(super) fn field(at: Id, name: &str) -> Option<Id> {
    let fields = &node(at)?.fields;
    fields.iter().find(|(other, _)| *other == name).map(|(_, id)| *id)
}

/// The place of any item below another.
pub(super) fn item(at: Id) -> Option<Id> {
    node(at)?.item
}

/// Whether a row covers the place itself.
pub(super) fn is_covered(at: Id) -> bool {
    node(at).is_some_and(|node| node.covered)
}

/// Whether nothing below the place needs a look: it is covered as a whole, or has no places below.
pub(super) fn is_done(at: Id) -> bool {
    node(at).is_some_and(|node| node.whole || node.covered && node.fields.is_empty() && node.item.is_none())
}

fn node(id: Id) -> Option<&'static Node> {
    TREE.get(usize::try_from(id).ok()?)
}

fn build() -> Vec<Node> {
    let mut nodes = vec![Node::default()];
    for row in TABLE {
        let at = grow(&mut nodes, row.path);
        nodes[at].covered = true;
    }
    for row in SUBTREES {
        let at = grow(&mut nodes, row.path.trim_end_matches(".*"));
        nodes[at].covered = true;
        nodes[at].whole = true;
    }
    nodes
}

/// The position of a path, made where it is missing.
fn grow(nodes: &mut Vec<Node>, path: &'static str) -> usize {
    let mut at = 0;
    for part in path.split('.') {
        let name = part.trim_end_matches("[]");
        let known = nodes[at]
            .fields
            .iter()
            .find(|(other, _)| *other == name)
            .map(|(_, id)| *id);
        let field = match known {
            Some(id) => id,
            None => {
                let id = push(nodes);
                nodes[at].fields.push((name, id));
                id
            }
        };
        at = field as usize;
        if name != part {
            at = match nodes[at].item {
                Some(id) => id,
                None => {
                    let id = push(nodes);
                    nodes[at].item = Some(id);
                    id
                }
            } as usize;
        }
    }
    at
}

fn push(nodes: &mut Vec<Node>) -> Id {
    nodes.push(Node::default());
    Id::try_from(nodes.len() - 1).unwrap_or(Id::MAX)
}
