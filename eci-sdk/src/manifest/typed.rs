//! Typed reading that goes on after a value that does not fit.

use std::cell::RefCell;

use serde::de::DeserializeOwned;

use super::arena::{Arena, Id};
use super::de::{self, Context, Error, Notes};

/// More values of one object that do not fit are not worth a finding each.
const MOST_MISFITS: usize = 64;

/// What a node says as a type, and what of it does not fit.
#[derive(Debug)]
pub(super) struct Typed<T> {
    /// Without the values that do not fit; `None` when nothing is left.
    pub(super) value: Option<T>,
    pub(super) misfits: Vec<Error>,
    pub(super) notes: Notes,
}

impl<T> Typed<T> {
    pub(super) fn map<U>(self, convert: impl FnOnce(T) -> U) -> Typed<U> {
        Typed {
            value: self.value.map(convert),
            misfits: self.misfits,
            notes: self.notes,
        }
    }
}

/// Reads again without each value that does not fit, so that one mistake does not hide the rest of the object.
pub(super) fn read<T: DeserializeOwned>(arena: &Arena, source: &str, node: Id) -> Typed<T> {
    let mut misfits: Vec<Error> = Vec::new();
    let mut passed_over: Vec<Id> = Vec::new();
    loop {
        let context = Context {
            arena,
            source,
            misfits: &passed_over,
            notes: RefCell::default(),
        };
        let result = de::read(&context, node);
        let notes = context.notes.into_inner();
        let error = match result {
            Ok(value) => {
                return Typed {
                    value: Some(value),
                    misfits,
                    notes,
                };
            }
            Err(error) => error,
        };
        let at = error.node.unwrap_or(node);
        let is_stuck = passed_over.contains(&at) || misfits.len() == MOST_MISFITS;
        if !is_stuck {
            misfits.push(error);
            passed_over.push(at);
        }
        if is_stuck || at == node {
            return Typed {
                value: None,
                misfits,
                notes,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use k8s_openapi::api::core::v1::{Pod, Secret, Service};

    use super::*;
    use crate::manifest::full;

    fn typed<T: DeserializeOwned>(text: &str) -> (Typed<T>, Vec<(String, String)>) {
        let arena = full::read(text).expect("YAML");
        let typed = read(&arena, text, 0);
        let misfits = typed.misfits.iter().map(|error| {
            let node = arena.node(error.node.expect("a place"));
            (text[node.span()].to_owned(), error.to_string())
        });
        let misfits = misfits.collect();
        (typed, misfits)
    }

    #[test]
    fn numbers_are_quantities() {
        let (typed, misfits) = typed::<Pod>(
            "spec: {containers: [{name: a, resources: {limits: {cpu: 0.5, memory: 1_0, gpu: 1e3, pods: 2Gi}}}]}",
        );
        let spec = typed.value.and_then(|pod| pod.spec).expect("a spec");
        let limits = spec.containers[0]
            .resources
            .as_ref()
            .and_then(|it| it.limits.clone())
            .expect("limits");
        let limits: Vec<_> = limits.into_iter().map(|(name, quantity)| (name, quantity.0)).collect();
        let expected = [("cpu", "0.5"), ("gpu", "1000"), ("memory", "10"), ("pods", "2Gi")];
        assert_eq!(limits, expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
        assert!(misfits.is_empty());
    }

    #[test]
    fn all_values_that_do_not_fit_are_told_and_the_rest_is_read() {
        let text = "metadata: {name: web, creationTimestamp: today}\nspec:\n  hostPID: \"yes\"\n  priority: 5000000000\n  \
                    containers:\n  - name: a\n    resources: {limits: {cpu: yes, memory: 1Gi}}\n  - image\n  \
                    nodeName: [a]\n";
        let (typed, misfits) = typed::<Pod>(text);
        let found: Vec<&str> = misfits.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(found, ["today", "\"yes\"", "5000000000", "yes", "image", "[a]"]);
        assert!(misfits[0].1.starts_with("expected a time, such as"), "{}", misfits[0].1);
        assert_eq!(misfits[1].1, "expected `true` or `false`");
        assert_eq!(misfits[2].1, "expected an integer of 32 bits");
        assert_eq!(misfits[3].1, "expected a quantity, such as `500m` or `2Gi`");
        assert_eq!(misfits[4].1, "expected a mapping");
        assert_eq!(misfits[5].1, "expected text");
        let pod = typed.value.expect("a pod");
        assert_eq!(pod.metadata.name.as_deref(), Some("web"));
        let spec = pod.spec.expect("a spec");
        assert_eq!((spec.containers.len(), spec.host_pid, spec.priority), (2, None, None));
        let limits = spec.containers[0]
            .resources
            .as_ref()
            .and_then(|it| it.limits.as_ref())
            .expect("limits");
        assert_eq!(limits.len(), 1);
    }

    #[test]
    fn scalars_are_text_where_text_is_wanted_and_told() {
        let text = "metadata: {labels: {a: yes, b: 0644, c: ~, d: \"no\"}, name: 1e3}";
        let (typed, misfits) = typed::<Pod>(text);
        assert!(misfits.is_empty());
        let metadata = typed.value.expect("a pod").metadata;
        let labels = metadata.labels.expect("labels");
        let expected = BTreeMap::from([("a", "yes"), ("b", "0644"), ("c", ""), ("d", "no")]);
        assert!(
            labels
                .iter()
                .map(|(key, value)| (key.as_str(), value.as_str()))
                .eq(expected)
        );
        assert_eq!(metadata.name.as_deref(), Some("1e3"));
        assert_eq!(typed.notes.ambiguous.len(), 4);
    }

    #[test]
    fn unknown_fields_are_told_with_the_known_ones() {
        let (typed, _) = typed::<Pod>("spec: {containres: [], volumes: [{nam: x}]}");
        assert_eq!(typed.notes.unknown.len(), 2);
        assert!(typed.notes.unknown[0].1.fields.contains(&"containers"));
        assert!(typed.notes.unknown[1].1.fields.contains(&"name"));
    }

    #[test]
    fn ports_are_numbers_or_names() {
        let (typed, misfits) =
            typed::<Service>("spec: {ports: [{port: 80, targetPort: http}, {port: 81, targetPort: on}]}");
        assert_eq!(misfits, [("on".to_owned(), "expected an integer or text".to_owned())]);
        assert!(typed.value.is_some());
    }

    #[test]
    fn base64_is_checked() {
        let (typed, misfits) = typed::<Secret>("data: {a: aGk=, b: '!!'}");
        assert_eq!(misfits.len(), 1);
        let data = typed.value.and_then(|secret| secret.data).expect("data");
        assert_eq!(data["a"].0, b"hi");
    }

    #[test]
    fn what_is_no_mapping_at_all_has_no_value() {
        let (typed, misfits) = typed::<Pod>("[a]");
        assert!(typed.value.is_none());
        assert_eq!(misfits.len(), 1);
    }

    #[test]
    fn merged_entries_are_read_in_place() {
        let text = "metadata:\n  labels: &l {a: x, b: x}\n  annotations:\n    <<: *l\n    b: y\n";
        let (typed, _) = typed::<Pod>(text);
        let annotations = typed
            .value
            .and_then(|pod| pod.metadata.annotations)
            .expect("annotations");
        assert!(
            annotations
                .iter()
                .map(|(key, value)| (key.as_str(), value.as_str()))
                .eq([("a", "x"), ("b", "y")])
        );
    }
}
