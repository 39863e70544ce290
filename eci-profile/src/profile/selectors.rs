//! The JSON under `selectors`: its grammar, with line and column of everything that breaks it.

use std::ops::Range;

use eci_model::policy::MatchExpressions;
use eci_model::{FindingBuilder, Findings, Fix, Location, Rule, Severity, Site};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement};

use super::keys::distance;
use crate::json::{self, Fault, FaultKind, Member, Node, Value};
use crate::rules::{
    PROFILE_EFFECT_NOT_STRING, PROFILE_SELECTOR_DUPLICATE_NAME, PROFILE_SELECTOR_NAME, PROFILE_SELECTOR_OTHER_KIND,
    PROFILE_SELECTORS_SHAPE, PROFILE_SELECTORS_SYNTAX,
};
use crate::selector::{Effect, Entry, Selector, Spans};

/// Keys of the `Selector` resource of self-managed clusters, which people take for keys of this one.
const OTHER_KIND: [&str; 4] = ["policy", "priority", "namespaceLabels", "objectLabels"];

/// Reads the text; `None` when it is no array at all.
pub(super) fn read(text: &str, place: &Location, site: &Site<'_>, out: &mut Findings) -> Option<Vec<Selector>> {
    if text.trim().is_empty() {
        return Some(Vec::new());
    }
    let mut reader = Reader { text, place, site, out };
    let (node, faults) = json::read(text);
    reader.faults(&faults);
    let node = node?;
    let Value::Array(items) = node.value else {
        let finding = reader.at(PROFILE_SELECTORS_SHAPE, node.span.clone());
        reader.out.push(
            finding
                .title(format!("`selectors` is {}", node.value.kind()))
                .expected("an array"),
        );
        return None;
    };
    let selectors: Vec<Selector> = items.iter().filter_map(|item| reader.selector(item)).collect();
    reader.names(&selectors);
    Some(selectors)
}

struct Reader<'r> {
    text: &'r str,
    place: &'r Location,
    site: &'r Site<'r>,
    out: &'r mut Findings,
}

impl<'r> Reader<'r> {
    /// Begins a finding about a part of the text.
    fn at(&self, rule: &'static Rule, span: Range<usize>) -> FindingBuilder {
        let (line, column) = position(self.text, span.start);
        rule.at(self.place.clone())
            .within(span)
            .note(format!("line {line}, column {column} of `selectors`"))
    }

    /// Begins a finding about a value that is something else than it should be.
    fn shape(&self, node: &Node, expected: &'static str) -> FindingBuilder {
        self.at(PROFILE_SELECTORS_SHAPE, node.span.clone())
            .found(self.excerpt(&node.span))
            .expected(expected)
    }

    fn excerpt(&self, span: &Range<usize>) -> String {
        let written = self.text.get(span.clone()).unwrap_or_default();
        written.chars().take(60).collect()
    }

    fn faults(&mut self, faults: &[Fault]) {
        for (kind, title) in [
            (
                FaultKind::Comment,
                "a comment in `selectors`, so the whole change is not applied",
            ),
            (
                FaultKind::TrailingComma,
                "a comma before the end of a list, so the whole change is not applied",
            ),
        ] {
            let mut same = faults.iter().filter(|fault| fault.kind == kind);
            let Some(first) = same.next() else { continue };
            let finding = self
                .at(PROFILE_SELECTORS_SYNTAX, first.span.clone())
                .title(title)
                .found(self.excerpt(&first.span));
            let others = same.count();
            let finding = if others > 0 {
                finding.note(format!("{} of them in all", others + 1))
            } else {
                finding
            };
            let place = finding.clone().build().place().clone();
            self.out.push(finding.fix(Fix::Replace {
                place,
                value: "".into(),
            }));
        }
        for fault in faults {
            if let FaultKind::Other(what) = &fault.kind {
                let finding = self.at(PROFILE_SELECTORS_SYNTAX, fault.span.clone());
                let written = self.excerpt(&fault.span);
                let finding = if written.is_empty() {
                    finding
                } else {
                    finding.found(written)
                };
                self.out.push(finding.note(what.clone()));
            }
        }
    }

    fn selector(&mut self, item: &Node) -> Option<Selector> {
        let Value::Object(members) = &item.value else {
            self.out.push(self.shape(item, "an object with `name`"));
            return None;
        };
        let mut selector = Selector {
            name: "".into(),
            namespace_selector: None,
            object_selector: None,
            effect: Effect::default(),
            spans: Spans {
                name: item.span.start..item.span.start + 1,
                expressions: None,
            },
            written: self.text.get(item.span.clone()).unwrap_or_default().into(),
        };
        self.twice(members);
        for member in members {
            match (member.key.as_str(), &member.node.value) {
                ("name", Value::Text(name)) => {
                    selector.name = name.as_str().into();
                    selector.spans.name = member.node.span.clone();
                }
                ("name", _) => self.out.push(self.shape(&member.node, "a text")),
                ("namespaceSelector" | "objectSelector" | "effect", Value::Null) => {}
                ("namespaceSelector", _) => {
                    selector.namespace_selector = Some(self.filter(&member.node, &mut selector.spans));
                }
                ("objectSelector", _) => {
                    selector.object_selector = Some(self.filter(&member.node, &mut selector.spans));
                }
                ("effect", _) => selector.effect = self.effect(&member.node),
                (key, _) if OTHER_KIND.contains(&key) => {
                    let finding = self.at(PROFILE_SELECTOR_OTHER_KIND, member.key_span.clone());
                    self.out.push(finding.found(member.key.clone()));
                }
                _ => self.unknown(member, &["name", "namespaceSelector", "objectSelector", "effect"]),
            }
        }
        if selector.name.trim().is_empty() {
            self.out
                .push(self.at(PROFILE_SELECTOR_NAME, selector.spans.name.clone()));
        }
        Some(selector)
    }

    fn filter(&mut self, node: &Node, spans: &mut Spans) -> LabelSelector {
        let mut filter = LabelSelector::default();
        let Value::Object(members) = &node.value else {
            self.out
                .push(self.shape(node, "an object with `matchLabels` or `matchExpressions`"));
            return filter;
        };
        self.twice(members);
        for member in members {
            match (member.key.as_str(), &member.node.value) {
                ("matchLabels" | "matchExpressions", Value::Null) => {}
                ("matchLabels", Value::Object(labels)) => {
                    self.twice(labels);
                    let mut map = std::collections::BTreeMap::new();
                    for label in labels {
                        match &label.node.value {
                            Value::Text(value) => drop(map.insert(label.key.clone(), value.clone())),
                            _ => self.out.push(self.shape(&label.node, "a text in quotes")),
                        }
                    }
                    filter.match_labels = Some(map);
                }
                ("matchLabels", _) => self.out.push(self.shape(&member.node, "an object of labels")),
                ("matchExpressions", Value::Array(items)) => {
                    self.doubt(&member.key_span);
                    spans.expressions.get_or_insert_with(|| member.key_span.clone());
                    let read = items.iter().filter_map(|item| self.expression(item));
                    filter.match_expressions = Some(read.collect());
                }
                ("matchExpressions", _) => self.out.push(self.shape(&member.node, "an array of expressions")),
                _ => self.unknown(member, &["matchLabels", "matchExpressions"]),
            }
        }
        filter
    }

    /// No page of ECI shows `matchExpressions`.
    fn doubt(&mut self, span: &Range<usize>) {
        if self.site.policies.match_expressions == MatchExpressions::Doubt {
            let finding = self.at(PROFILE_SELECTORS_SHAPE, span.clone()).severity(Severity::Info);
            self.out.push(
                finding
                    .title("no page of ECI shows `matchExpressions`")
                    .found("matchExpressions"),
            );
        }
    }

    fn expression(&mut self, node: &Node) -> Option<LabelSelectorRequirement> {
        let Value::Object(members) = &node.value else {
            self.out.push(self.shape(node, "an object with `key` and `operator`"));
            return None;
        };
        self.twice(members);
        let (mut key, mut operator, mut values) = (None, None, None);
        for member in members {
            match (member.key.as_str(), &member.node.value) {
                ("key", Value::Text(text)) => key = Some(text.clone()),
                ("operator", Value::Text(text)) => operator = Some((text.clone(), &member.node)),
                ("key" | "operator", _) => self.out.push(self.shape(&member.node, "a text")),
                ("values", Value::Null) => {}
                ("values", Value::Array(items)) => values = Some((self.texts(items), &member.node)),
                ("values", _) => self.out.push(self.shape(&member.node, "an array of texts")),
                _ => self.unknown(member, &["key", "operator", "values"]),
            }
        }
        let (Some(key), Some((operator, operator_node))) = (key, operator) else {
            self.out.push(self.shape(node, "`key` and `operator`"));
            return None;
        };
        let given = values.as_ref().is_some_and(|(values, _)| !values.is_empty());
        match (operator.as_str(), given) {
            ("In" | "NotIn", false) => {
                let node = values.as_ref().map_or(operator_node, |(_, node)| node);
                self.out.push(self.shape(node, "at least one value"));
            }
            ("Exists" | "DoesNotExist", true) => {
                let node = values.as_ref().map_or(operator_node, |(_, node)| node);
                self.out.push(self.shape(node, "no values"));
            }
            ("In" | "NotIn" | "Exists" | "DoesNotExist", _) => {}
            _ => self
                .out
                .push(self.shape(operator_node, "`In`, `NotIn`, `Exists` or `DoesNotExist`")),
        }
        let values = values.map(|(values, _)| values);
        Some(LabelSelectorRequirement { key, operator, values })
    }

    fn texts(&mut self, items: &[Node]) -> Vec<String> {
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match &item.value {
                Value::Text(text) => texts.push(text.clone()),
                _ => self.out.push(self.shape(item, "a text in quotes")),
            }
        }
        texts
    }

    fn effect(&mut self, node: &Node) -> Effect {
        let mut effect = Effect::default();
        let Value::Object(members) = &node.value else {
            self.out
                .push(self.shape(node, "an object with `annotations` or `labels`"));
            return effect;
        };
        self.twice(members);
        for member in members {
            let map = match (member.key.as_str(), &member.node.value) {
                ("annotations" | "labels", Value::Null) => continue,
                ("annotations" | "labels", Value::Object(map)) => map,
                ("annotations" | "labels", _) => {
                    self.out.push(self.shape(&member.node, "an object of texts"));
                    continue;
                }
                _ => {
                    self.unknown(member, &["annotations", "labels"]);
                    continue;
                }
            };
            let entries = self.entries(map);
            if member.key == "annotations" {
                effect.annotations = entries;
            } else {
                effect.labels = entries;
            }
        }
        effect
    }

    fn entries(&mut self, map: &[Member]) -> Vec<Entry> {
        self.twice(map);
        let mut entries: Vec<Entry> = Vec::with_capacity(map.len());
        for member in map {
            let Value::Text(value) = &member.node.value else {
                let finding = self.at(PROFILE_EFFECT_NOT_STRING, member.node.span.clone());
                let finding = finding
                    .found(self.excerpt(&member.node.span))
                    .expected("a text in quotes");
                self.out
                    .push(finding.title(format!("the value of `{}` is no text", member.key)));
                continue;
            };
            let inner = member.node.inner();
            let byte = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
            entries.retain(|entry| *entry.key != *member.key);
            entries.push(Entry {
                key: member.key.as_str().into(),
                value: value.as_str().into(),
                place: self.place.clone().within(byte(inner.start)..byte(inner.end)),
            });
        }
        entries.sort_by(|a, b| a.key.cmp(&b.key));
        entries
    }

    fn unknown(&mut self, member: &Member, known: &[&'static str]) {
        let near = known
            .iter()
            .map(|known| (distance(&member.key, known), *known))
            .min()
            .filter(|(distance, _)| *distance <= 3);
        let finding = self
            .at(PROFILE_SELECTORS_SHAPE, member.key_span.clone())
            .severity(Severity::Warning)
            .title("a key that means nothing here")
            .found(member.key.clone());
        self.out.push(match near {
            Some((_, near)) => finding.expected(format!("`{near}`")),
            None => finding.expected(format!("one of `{}`", known.join("`, `"))),
        });
    }

    /// Keys that stand twice: the last one counts.
    fn twice(&mut self, members: &[Member]) {
        for (index, member) in members.iter().enumerate() {
            if members[..index].iter().any(|earlier| earlier.key == member.key) {
                let finding = self.at(PROFILE_SELECTORS_SHAPE, member.key_span.clone());
                let finding = finding.severity(Severity::Warning).found(member.key.clone());
                self.out
                    .push(finding.title("a key stands twice, and the last one counts"));
            }
        }
    }

    fn names(&mut self, selectors: &[Selector]) {
        for (index, selector) in selectors.iter().enumerate() {
            let taken = selectors[..index].iter().any(|earlier| earlier.name == selector.name);
            if taken && !selector.name.trim().is_empty() {
                let finding = self.at(PROFILE_SELECTOR_DUPLICATE_NAME, selector.spans.name.clone());
                self.out.push(finding.found(selector.name.to_string()));
            }
        }
    }
}

/// Line and column of a byte, both from one; the column counts characters.
pub(super) fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (
        before.matches('\n').count() + 1,
        before[line_start..].chars().count() + 1,
    )
}
