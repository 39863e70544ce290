//! What groups have in common: a request and what follows from it are kept once, however many groups were asked for in the same words.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use eci_model::api::{CreateContainerGroup, Operation};

use super::group::Blueprint;
use crate::backend::BackendError;

/// Fields in which groups of one shape differ.
const OWN: &[&str] = &["ContainerGroupName", "ClientToken", "Tag"];

/// Shapes that are kept at least; above that, those that no group has are dropped now and then.
const KEPT: usize = 256;

/// A create request without name, token and tags, and what the world reads out of it.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) request: Arc<CreateContainerGroup>,
    pub(super) blueprint: Arc<Blueprint>,
}

/// Every shape that some group has, by the values of its request.
///
/// The values hold what is secret in requests, and are not shown.
#[derive(Clone, Default)]
pub(super) struct Shapes {
    known: HashMap<Box<[u8]>, Shape>,
    /// How many there may be before they are looked through.
    most: usize,
}

impl fmt::Debug for Shapes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Shapes").field(&self.known.len()).finish()
    }
}

impl Shapes {
    /// Writes the values by which the shape of a request is known.
    pub(super) fn values_of(operation: &Operation, out: &mut Vec<u8>) {
        operation.write_values(OWN, out);
    }

    /// The shape of a request with such values, made when it is the first of its kind.
    ///
    /// # Errors
    /// What the service refuses in the request itself; see [`Blueprint::of`].
    pub(super) fn of(&mut self, request: &CreateContainerGroup, values: &[u8]) -> Result<Shape, BackendError> {
        if let Some(shape) = self.known.get(values) {
            return Ok(shape.clone());
        }
        let shape = Shape {
            blueprint: Arc::new(Blueprint::of(request)?),
            request: Arc::new(CreateContainerGroup {
                container_group_name: String::new(),
                client_token: None,
                tag: Vec::new(),
                ..request.clone()
            }),
        };
        if self.known.len() >= self.most {
            self.known.retain(|_, shape| Arc::strong_count(&shape.blueprint) > 1);
            self.most = KEPT.max(2 * self.known.len());
        }
        self.known.insert(values.into(), shape.clone());
        Ok(shape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eci_model::api::{Container, Tag};

    fn shape(shapes: &mut Shapes, name: &str, image: &str) -> Shape {
        let operation = request(name, image);
        let mut values = Vec::new();
        Shapes::values_of(&operation, &mut values);
        let request = CreateContainerGroup::try_from(operation).expect("it is one");
        shapes.of(&request, &values).expect("a shape")
    }

    fn request(name: &str, image: &str) -> Operation {
        let container = Container {
            name: "main".into(),
            image: image.into(),
            ..Default::default()
        };
        CreateContainerGroup {
            container_group_name: name.into(),
            client_token: Some(name.into()),
            tag: vec![Tag {
                key: Some("name".into()),
                value: Some(name.into()),
            }],
            container: vec![container],
            ..Default::default()
        }
        .into()
    }

    #[test]
    fn requests_that_differ_in_name_token_and_tags_alone_share_a_shape() {
        let mut shapes = Shapes::default();
        let one = shape(&mut shapes, "web-1", "shop/web:1");
        let same = shape(&mut shapes, "web-2", "shop/web:1");
        let other = shape(&mut shapes, "web-3", "shop/web:2");
        assert!(Arc::ptr_eq(&one.blueprint, &same.blueprint) && Arc::ptr_eq(&one.request, &same.request));
        assert!(!Arc::ptr_eq(&one.blueprint, &other.blueprint));
        assert_eq!((&*one.request.container_group_name, one.request.tag.len()), ("", 0));
    }

    #[test]
    fn shapes_that_no_group_has_any_more_go() {
        let mut shapes = Shapes::default();
        let held = shape(&mut shapes, "held", "shop/held:1");
        for number in 0..10 * KEPT {
            let image = format!("shop/web:{number}");
            shape(&mut shapes, "web", &image);
            assert!(shapes.known.len() <= 2 * KEPT);
        }
        let again = shape(&mut shapes, "again", "shop/held:1");
        assert!(Arc::ptr_eq(&held.blueprint, &again.blueprint));
    }
}
