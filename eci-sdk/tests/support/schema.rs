//! The same fields out of the JSON schema that k8s-openapi gives: with feature `schema`, which builds it.

use std::collections::BTreeSet;

use eci_sdk::model::group::support::Context;
use k8s_openapi::api::core::v1::PodSpec;
use serde_json::Value as Json;

use crate::complete::rows;
use crate::declared::Key;

struct Schema(Json);

impl Schema {
    /// The type of a field, and the item type of a list: its name, where it has one, and its schema.
    fn resolve<'s>(&'s self, mut schema: &'s Json) -> (Option<&'s str>, &'s Json) {
        let mut name = None;
        loop {
            if let Some(reference) = schema["$ref"].as_str() {
                let key = reference.rsplit('/').next().unwrap_or_default();
                name = key.rsplit('.').next();
                schema = &self.0["$defs"][key];
            } else if let Some(first) = schema["allOf"].as_array().and_then(|all| all.first()) {
                schema = first;
            } else if let Some(items) = schema.get("items") {
                schema = items;
            } else {
                return (name, schema);
            }
        }
    }

    fn fields(&self) -> BTreeSet<Key> {
        let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
        let mut open = vec![(Context::Pod, "PodSpec".to_owned(), &self.0)];
        while let Some((context, kind, object)) = open.pop() {
            if !seen.insert((context, kind.clone())) {
                continue;
            }
            for (field, of_field) in object["properties"].as_object().into_iter().flatten() {
                found.insert((context, kind.clone(), field.clone()));
                let (name, below) = self.resolve(of_field);
                if let Some(name) = name.filter(|_| below.get("properties").is_some()) {
                    open.push((context.below(&kind, field), name.to_owned(), below));
                }
            }
        }
        found
    }
}

#[test]
fn the_schema_has_exactly_the_rows() {
    let generator = schemars::SchemaGenerator::default();
    let schema = Schema(generator.into_root_schema_for::<PodSpec>().as_value().clone());
    let fields = schema.fields();
    assert!(fields.len() > 700, "{}", fields.len());
    let rows = rows();
    let different: Vec<_> = fields.symmetric_difference(&rows).collect();
    assert!(different.is_empty(), "{different:#?}");
}
