//! From an object to a selector, with everything that is wrong with it.

use std::collections::BTreeMap;

use eci_model::policy::SelectorNoFilter;
use eci_model::resource::{self, SelectorPolicy};
use eci_model::{Edition, FieldPath, FindingBuilder, Findings, Location, Object, Rule, Severity, Site, labels};
use serde_json::Value;

use super::{VNodePolicy, VNodeSelector};
use crate::rules::{
    PROFILE_WRONG_EDITION, VNODE_SELECTOR_EFFECT_MISSING, VNODE_SELECTOR_FILTER, VNODE_SELECTOR_NO_FILTER,
    VNODE_SELECTOR_POLICY, VNODE_SELECTOR_VERSION,
};
use crate::selector::{Effect, Entry};

pub(super) fn read(object: &resource::Selector, site: &Site<'_>, out: &mut Findings) -> Option<VNodeSelector> {
    let subject = Subject { object };
    let spec = &object.spec;
    if site.edition != Edition::SelfManaged {
        let finding = subject.at(PROFILE_WRONG_EDITION, "kind").found("Selector");
        out.push(finding.remedy("write a selector of the ConfigMap `kube-system/eci-profile` instead"));
    }
    if VNodeSelector::is_old_version(object) {
        out.push(
            subject
                .at(VNODE_SELECTOR_VERSION, "apiVersion")
                .found("eci.aliyun.com/v1beta1"),
        );
    }
    if spec.namespace_labels.is_none() && spec.object_labels.is_none() {
        let severity = match site.policies.selector_no_filter {
            SelectorNoFilter::MatchesAll => Severity::Warning,
            _ => Severity::Error,
        };
        out.push(subject.at(VNODE_SELECTOR_NO_FILTER, "spec").severity(severity));
    }
    for (path, filter) in [
        ("spec.namespaceLabels", &spec.namespace_labels),
        ("spec.objectLabels", &spec.object_labels),
    ] {
        if let Some(Err(error)) = filter.as_ref().map(labels::validate) {
            out.push(subject.at(VNODE_SELECTOR_FILTER, path).title(error.to_string()));
        }
    }
    if spec.effect.is_none() {
        out.push(subject.at(VNODE_SELECTOR_EFFECT_MISSING, "spec"));
    }
    let policy = subject.policy(spec.policy.as_ref(), out)?;
    let effect = spec.effect.as_ref();
    Some(VNodeSelector {
        name: object.metadata.name.as_deref().unwrap_or_default().into(),
        namespace: object.metadata.namespace.as_deref().map(Into::into),
        namespace_labels: spec.namespace_labels.clone(),
        object_labels: spec.object_labels.clone(),
        effect: Effect {
            annotations: subject.entries("annotations", effect.and_then(|effect| effect.annotations.as_ref())),
            labels: subject.entries("labels", effect.and_then(|effect| effect.labels.as_ref())),
        },
        policy,
        priority: spec.priority.unwrap_or_default(),
        place: subject.place("spec"),
    })
}

struct Subject<'s> {
    object: &'s resource::Selector,
}

impl Subject<'_> {
    fn place(&self, path: &str) -> Location {
        Location::new(Object::from(self.object).reference(), FieldPath::of(path))
    }

    fn at(&self, rule: &'static Rule, path: &str) -> FindingBuilder {
        rule.at(self.place(path))
    }

    fn entries(&self, map: &'static str, written: Option<&BTreeMap<String, String>>) -> Vec<Entry> {
        let entry = |(key, value): (&String, &String)| {
            let mut place = self.place("spec.effect");
            place.path = place.path.with_field(map).with_key(key.as_str());
            Entry {
                key: key.as_str().into(),
                value: value.as_str().into(),
                place,
            }
        };
        written.into_iter().flatten().map(entry).collect()
    }

    fn policy(&self, written: Option<&SelectorPolicy>, out: &mut Findings) -> Option<VNodePolicy> {
        let Some(written) = written else {
            out.push(
                self.at(VNODE_SELECTOR_POLICY, "spec")
                    .title("the Selector has no policy"),
            );
            return None;
        };
        let members = [
            ("fair", &written.fair),
            ("virtualNodeOnly", &written.virtual_node_only),
            ("normalNodePrefer", &written.normal_node_prefer),
            ("normalNodeOnly", &written.normal_node_only),
            ("namespaceResourceLimit", &written.namespace_resource_limit),
        ];
        let given: Vec<(&str, &Value)> = members
            .iter()
            .filter_map(|(name, member)| Some((*name, member.as_ref()?)))
            .collect();
        let [(name, member)] = given.as_slice() else {
            let names: Vec<&str> = given.iter().map(|(name, _)| *name).collect();
            let finding = self.at(VNODE_SELECTOR_POLICY, "spec.policy");
            out.push(if names.is_empty() {
                finding.title("the policy of the Selector is empty")
            } else {
                finding.found(names.join(", "))
            });
            return None;
        };
        Some(match *name {
            "fair" => VNodePolicy::Fair,
            "virtualNodeOnly" => VNodePolicy::VirtualNodeOnly,
            "normalNodeOnly" => VNodePolicy::NormalNodeOnly,
            "normalNodePrefer" => VNodePolicy::NormalNodePrefer {
                cpu_ratio: number(member, "cpuRatio"),
                memory_ratio: number(member, "memoryRatio"),
            },
            _ => return self.resource_limit(member, out),
        })
    }

    fn resource_limit(&self, member: &Value, out: &mut Findings) -> Option<VNodePolicy> {
        let namespace = member.get("namespace").and_then(Value::as_str);
        let (Some(namespace), Some(limits)) = (namespace, member.get("limits")) else {
            let finding = self.at(VNODE_SELECTOR_POLICY, "spec.policy.namespaceResourceLimit");
            out.push(
                finding
                    .title("`namespaceResourceLimit` needs `namespace` and `limits`")
                    .remedy("give both"),
            );
            return None;
        };
        Some(VNodePolicy::NamespaceResourceLimit {
            namespace: namespace.into(),
            limits: limits.clone(),
        })
    }
}

fn number(member: &Value, key: &str) -> Option<serde_json::Number> {
    match member.get(key)? {
        Value::Number(number) => Some(number.clone()),
        _ => None,
    }
}
