//! The ConfigMap `kube-system/eci-profile`.

use std::collections::BTreeMap;

use eci_model::{
    FieldPath, FindingBuilder, Findings, Injected, Location, Object, Origin, PodView, Rule, SecurityGroupId, VSwitchId,
    labels,
};
use k8s_openapi::api::core::v1::ConfigMap;

use crate::rules::{
    PROFILE_LOG_GROUP_MISSING, PROFILE_SECURITY_GROUP, PROFILE_SELECTOR_DUPLICATE_NAME, PROFILE_SELECTOR_NAME,
    PROFILE_SELECTORS_SHAPE, PROFILE_SELECTORS_SYNTAX, PROFILE_VSWITCHES,
};
use crate::selector::{Match, Selector, Written};

/// eci-profile as it is in force: defaults of the cluster, and selectors with their effects.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    data: BTreeMap<String, String>,
    vswitches: Vec<VSwitchId>,
    security_group: Option<SecurityGroupId>,
    selectors: Vec<Selector>,
    place: Location,
}

impl Profile {
    /// Whether a ConfigMap is the one that counts.
    pub fn is_profile(config_map: &ConfigMap) -> bool {
        let metadata = &config_map.metadata;
        metadata.name.as_deref() == Some("eci-profile") && metadata.namespace.as_deref() == Some("kube-system")
    }

    /// Reads the ConfigMap. With an error among the findings the platform applies nothing of it, and there is no profile.
    pub fn read(config_map: &ConfigMap) -> (Option<Self>, Findings) {
        let mut findings = Findings::new();
        let object = Object::from(config_map).reference();
        let place = |key: &'static str| Location::new(object.clone(), FieldPath::of("data").with_key(key));
        let data = config_map.data.clone().unwrap_or_default();
        let text = |key: &str| data.get(key).map(|value| value.trim()).unwrap_or_default();

        let vswitches = vswitches(data.get("vSwitchIds"), &place, &mut findings);
        let group = data
            .get("securityGroupId")
            .map(|value| value.trim())
            .filter(|value| !value.is_empty());
        let security_group = group.and_then(|group| group.parse().ok());
        if let Some(group) = group.filter(|_| security_group.is_none()) {
            findings.push(
                PROFILE_SECURITY_GROUP
                    .at(place("securityGroupId"))
                    .found(group.to_owned()),
            );
        }
        if text("enableLogController") == "true" && text("slsMachineGroup").is_empty() {
            findings.push(PROFILE_LOG_GROUP_MISSING.at(place("slsMachineGroup")));
        }
        let written = data.get("selectors").map(String::as_str).unwrap_or_default();
        let selectors = selectors(written, &place("selectors"), &mut findings);
        let place = place("selectors");
        let profile = Self {
            data,
            vswitches,
            security_group,
            selectors,
            place,
        };
        let profile = (!findings.has_errors()).then_some(profile);
        (profile, findings)
    }

    /// The vSwitches of pods that name none.
    pub fn vswitches(&self) -> &[VSwitchId] {
        &self.vswitches
    }

    /// The security group of pods that name none.
    pub const fn security_group(&self) -> Option<&SecurityGroupId> {
        self.security_group.as_ref()
    }

    /// The selectors, in order.
    pub fn selectors(&self) -> &[Selector] {
        &self.selectors
    }

    /// Any key of the ConfigMap, as written.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.data.get(key).map(String::as_str)
    }

    /// What every matching selector adds to a pod: annotations, then labels; earlier selectors first.
    pub fn injections<'p>(
        &'p self,
        view: &PodView<'_>,
        namespace: Option<&BTreeMap<String, String>>,
        annotations: &mut Vec<Injected<'p>>,
        labels: &mut Vec<Injected<'p>>,
    ) {
        let own = view.meta().and_then(|meta| meta.labels.as_ref());
        for selector in self
            .selectors
            .iter()
            .filter(|selector| selector.matches(own, namespace) == Match::Yes)
        {
            let inject = |(key, value): (&'p String, &'p String)| Injected {
                key,
                value,
                origin: Origin::ProfileEffect {
                    selector: selector.name.clone(),
                },
                place: Some(&self.place),
            };
            annotations.extend(selector.effect.annotations.iter().map(inject));
            labels.extend(selector.effect.labels.iter().map(inject));
        }
    }
}

fn vswitches(
    written: Option<&String>,
    place: &impl Fn(&'static str) -> Location,
    findings: &mut Findings,
) -> Vec<VSwitchId> {
    let Some(text) = written else { return Vec::new() };
    let mut ids = Vec::new();
    for item in text.split(',').map(str::trim) {
        match item.parse() {
            Ok(id) => ids.push(id),
            Err(_) => findings.push(PROFILE_VSWITCHES.at(place("vSwitchIds")).found(item.to_owned())),
        }
    }
    if ids.len() > 10 {
        findings.push(
            PROFILE_VSWITCHES
                .at(place("vSwitchIds"))
                .found(format!("{} ids", ids.len())),
        );
    }
    ids
}

fn selectors(text: &str, place: &Location, findings: &mut Findings) -> Vec<Selector> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let at = |rule: &'static Rule| rule.at(place.clone());
    let written: Vec<Written> = match serde_json::from_str(text) {
        Ok(written) => written,
        Err(error) => {
            let rule = if error.is_data() {
                PROFILE_SELECTORS_SHAPE
            } else {
                PROFILE_SELECTORS_SYNTAX
            };
            findings.push(mark(at(rule), text, &error));
            return Vec::new();
        }
    };
    let mut selectors: Vec<Selector> = Vec::new();
    for selector in written {
        if selector.name.is_empty() {
            findings.push(at(PROFILE_SELECTOR_NAME));
        } else if selectors.iter().any(|earlier| *earlier.name == *selector.name) {
            findings.push(at(PROFILE_SELECTOR_DUPLICATE_NAME).found(selector.name.clone()));
        }
        for filter in [&selector.namespace_selector, &selector.object_selector]
            .into_iter()
            .flatten()
        {
            if let Err(error) = labels::validate(filter) {
                findings.push(
                    at(PROFILE_SELECTORS_SHAPE)
                        .found(selector.name.clone())
                        .note(error.to_string()),
                );
            }
        }
        selectors.push(Selector {
            name: selector.name.into(),
            namespace_selector: selector.namespace_selector,
            object_selector: selector.object_selector,
            effect: selector.effect,
        });
    }
    selectors
}

/// Marks the character that the JSON parser stumbled over.
fn mark(finding: FindingBuilder, text: &str, error: &serde_json::Error) -> FindingBuilder {
    let line_start: usize = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let mut byte = (line_start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let letter = text.get(byte..).and_then(|rest| rest.chars().next());
    let message = error.to_string();
    let what = message.split(" at line").next().unwrap_or_default().to_owned();
    let finding = finding.within(byte..byte + letter.map_or(0, char::len_utf8)).note(what);
    match letter {
        Some(letter) => finding.found(letter.to_string()),
        None => finding,
    }
}
