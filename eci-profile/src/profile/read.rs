//! The keys of the ConfigMap, one by one.

use std::str::FromStr;

use eci_model::policy::RetiredProfileKeys;
use eci_model::{Edition, FieldPath, FindingBuilder, Findings, Fix, Location, Object, Severity, Site, VSwitchId};
use k8s_openapi::api::core::v1::ConfigMap;

use super::{Gate, Profile, Switch, keys, selectors, together};
use crate::index::Index;
use crate::rules::{
    PROFILE_BOOL, PROFILE_FEATURE_GATE, PROFILE_KEY_RETIRED, PROFILE_KEY_UNKNOWN, PROFILE_LOG_GROUP_MISSING,
    PROFILE_SECURITY_GROUP, PROFILE_SHARED_KEY, PROFILE_VSWITCHES, PROFILE_WRONG_EDITION, PROFILE_WRONG_PLACE,
};

/// Most vSwitches of a list, in any layer.
const VSWITCHES: usize = 10;

pub(super) fn read(config_map: &ConfigMap, site: &Site<'_>, out: &mut Findings) -> Option<Profile> {
    let data = Data { config_map, site };
    if site.edition == Edition::SelfManaged {
        let finding = PROFILE_WRONG_EDITION.at(data.object("metadata.name"));
        out.push(
            finding
                .found(Profile::NAME)
                .remedy("write a Selector of `eci.aliyun.com/v1` instead"),
        );
    }
    data.keys(out);
    let switches = data.switches(out);
    let vswitches = data.vswitches(out);
    let security_group = data.security_group(out);
    let gates = data.gates(out);
    let place = data.place("selectors");
    let text = data.own("selectors").unwrap_or_default();
    let selectors = selectors::read(text, &place, site, out)?;
    if !out.has_errors() {
        together::check(&selectors, &place, site, out);
    }
    let filters = selectors
        .iter()
        .map(|selector| (selector.object_selector.as_ref(), selector.namespace_selector.as_ref()));
    Some(Profile {
        source: config_map.clone(),
        vpc: data.id("vpcId"),
        vswitches,
        security_group,
        resource_group: data.id("resourceGroupId"),
        region: data.id("regionId"),
        switches,
        gates,
        index: Index::new(filters),
        selectors,
        place,
    })
}

pub(super) fn bystander(config_map: &ConfigMap, site: &Site<'_>, out: &mut Findings) {
    let data = Data { config_map, site };
    let is_acs = super::is_named(config_map, Profile::ACS_NAME);
    if !is_acs {
        let finding = PROFILE_WRONG_PLACE.at(data.object("metadata.namespace"));
        let namespace = config_map.metadata.namespace.as_deref().unwrap_or("default");
        out.push(finding.found(namespace.to_owned()));
        return;
    }
    for (key, _) in config_map.data.iter().flatten() {
        if !keys::ACS.contains(&key.as_str()) {
            let finding = PROFILE_KEY_UNKNOWN.at(data.place(key)).found(key.clone());
            out.push(finding.title("a key that acs-profile does not have"));
        }
    }
    data.vswitches(out);
    data.security_group(out);
    let text = data.own("selectors").unwrap_or_default();
    selectors::read(text, &data.place("selectors"), site, out);
}

#[derive(Clone, Copy)]
struct Data<'c> {
    config_map: &'c ConfigMap,
    site: &'c Site<'c>,
}

impl<'c> Data<'c> {
    fn object(&self, path: &str) -> Location {
        Location::new(Object::from(self.config_map).reference(), FieldPath::of(path))
    }

    fn place(&self, key: &str) -> Location {
        let mut place = self.object("data");
        place.path = place.path.with_key(key);
        place
    }

    fn own(&self, key: &str) -> Option<&'c str> {
        self.config_map.data.as_ref()?.get(key).map(String::as_str)
    }

    /// The value of a key, else of an old spelling of it where those are honoured, with the key that is written.
    fn value(&self, key: &'static str) -> Option<(&'static str, &'c str)> {
        let old = || {
            let honoured = self.site.policies.retired_profile_keys == RetiredProfileKeys::Honoured;
            let mut spellings = keys::old_spellings(key).filter(|_| honoured);
            spellings.find_map(|old| Some((old, self.own(old)?)))
        };
        self.own(key).map(|value| (key, value)).or_else(old)
    }

    /// A value that is not judged, when it can be read.
    fn id<T: FromStr>(&self, key: &'static str) -> Option<T> {
        self.value(key)?.1.trim().parse().ok()
    }

    fn keys(&self, out: &mut Findings) {
        let switches = Switch::ALL.map(Switch::key);
        for key in self.config_map.data.iter().flatten().map(|(key, _)| key.as_str()) {
            if keys::PLAIN.contains(&key) || switches.contains(&key) {
                continue;
            }
            if let Some((_, successor)) = keys::RETIRED.iter().find(|(old, _)| *old == key) {
                let finding = PROFILE_KEY_RETIRED.at(self.place(key)).found(key.to_owned());
                out.push(match successor {
                    Some(new) => self.rename(finding, key, new),
                    None => finding.remedy("remove it: quotas of virtual nodes are no longer set here"),
                });
                continue;
            }
            let finding = PROFILE_KEY_UNKNOWN.at(self.place(key)).found(key.to_owned());
            out.push(match keys::near(key) {
                Some(new) => self.rename(finding, key, new).severity(Severity::Warning),
                None => finding,
            });
        }
    }

    /// Says what the key should be, and offers it where that is free.
    fn rename(&self, finding: FindingBuilder, key: &str, new: &'static str) -> FindingBuilder {
        let finding = finding.expected(format!("`{new}`"));
        if self.own(new).is_some() {
            return finding.note(format!("`{new}` is there too, and counts"));
        }
        finding.fix(Fix::Rename {
            place: self.place(key),
            key: new.into(),
        })
    }

    fn switches(&self, out: &mut Findings) -> Vec<(Switch, bool)> {
        let mut switches = Vec::new();
        for switch in Switch::ALL {
            let Some((key, text)) = self.value(switch.key()) else {
                continue;
            };
            match text.trim().parse() {
                Ok(on) => switches.push((switch, on)),
                Err(_) => out.push(self.not_bool(key, text)),
            }
        }
        let is_on = |switch: Switch| switches.contains(&(switch, true));
        let group = self.own("slsMachineGroup").unwrap_or_default();
        if is_on(Switch::LogController) && group.trim().is_empty() {
            // The key that is missing has no line of its own.
            let key = match self.own("slsMachineGroup") {
                Some(_) => "slsMachineGroup",
                None => Switch::LogController.key(),
            };
            out.push(PROFILE_LOG_GROUP_MISSING.at(self.place(key)));
        }
        if is_on(Switch::ReuseSslKey) {
            out.push(PROFILE_SHARED_KEY.at(self.place(Switch::ReuseSslKey.key())));
        }
        switches
    }

    fn not_bool(&self, key: &str, text: &str) -> FindingBuilder {
        let finding = PROFILE_BOOL.at(self.place(key)).found(text.to_owned());
        let meant = ["true", "false"]
            .into_iter()
            .find(|word| text.trim().eq_ignore_ascii_case(word));
        let place = self.place(key);
        match meant {
            Some(word) => finding.fix(Fix::Replace {
                place,
                value: word.into(),
            }),
            None => finding,
        }
    }

    fn vswitches(&self, out: &mut Findings) -> Vec<VSwitchId> {
        let Some((key, text)) = self.value("vSwitchIds") else {
            return Vec::new();
        };
        let finding = || PROFILE_VSWITCHES.at(self.place(key));
        let mut ids: Vec<VSwitchId> = Vec::new();
        let mut next = 0;
        for written in text.split(',') {
            let item = written.trim();
            let start = next + (written.len() - written.trim_start().len());
            next += written.len() + 1;
            let marked = || finding().found(item.to_owned()).within(start..start + item.len());
            match item.parse::<VSwitchId>() {
                Ok(id) if ids.contains(&id) => {
                    out.push(marked().severity(Severity::Warning).title("a vSwitch stands twice"));
                }
                Ok(id) => ids.push(id),
                Err(error) => out.push(marked().note(error.to_string())),
            }
        }
        if ids.len() > VSWITCHES {
            out.push(finding().found(format!("{} ids", ids.len())));
        }
        ids
    }

    fn security_group(&self, out: &mut Findings) -> Option<eci_model::SecurityGroupId> {
        let (key, text) = self.value("securityGroupId")?;
        match text.trim().parse() {
            Ok(group) => Some(group),
            Err(error) => {
                let finding = PROFILE_SECURITY_GROUP.at(self.place(key)).found(text.trim().to_owned());
                out.push(finding.note(error.to_string()));
                None
            }
        }
    }

    fn gates(&self, out: &mut Findings) -> Vec<Gate> {
        const SHOWN: [&str; 2] = ["MetricsVpcNet", "ProtectionFinalizers"];
        let text = self.own("featureGates").unwrap_or_default();
        let mut gates = Vec::new();
        if text.trim().is_empty() {
            return gates;
        }
        for item in text.split(',').map(str::trim) {
            let finding = || {
                PROFILE_FEATURE_GATE
                    .at(self.place("featureGates"))
                    .found(item.to_owned())
            };
            let read = item
                .split_once('=')
                .and_then(|(name, on)| Some((name.trim(), on.trim().parse().ok()?)));
            let Some((name, on)) = read.filter(|(name, _)| !name.is_empty()) else {
                out.push(finding().expected("`Name=true` or `Name=false`"));
                continue;
            };
            if SHOWN.contains(&name) {
                let finding = finding().severity(Severity::Info);
                out.push(finding.title("a gate that one sample shows and no page explains"));
            } else if name != Gate::WAIT_FOR_FIRST_CONSUMER {
                out.push(finding().expected(format!("`{}`", Gate::WAIT_FOR_FIRST_CONSUMER)));
            }
            gates.push(Gate { name: name.into(), on });
        }
        gates
    }
}
