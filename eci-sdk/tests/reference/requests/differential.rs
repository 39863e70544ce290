//! The same pod becomes the same request.

use eci_sdk::model::api::Operation;
use eci_sdk::{Cluster, Completion, Edition, FactsDocument, Identity, Material, Need, Planner};
use k8s_openapi::api::core::v1::{ConfigMap, PersistentVolume, PersistentVolumeClaim, Pod, Secret};
use serde_json::{Value, json};

use super::{Case, Missing, Parameters, generate, parameters, settings, volumes};
use crate::dice::{Difference, cases};

/// The beginnings of the parameters of this part.
const PART: [&str; 12] = [
    "RestartPolicy",
    "TerminationGracePeriodSeconds",
    "ActiveDeadlineSeconds",
    "HostName",
    "ShareProcessNamespace",
    "HostAliase.",
    "DnsPolicy",
    "DnsConfig.",
    "Container.",
    "InitContainer.",
    "Volume.",
    "SecurityContext.",
];

#[test]
fn pods_become_the_same_requests() {
    cases("requests", |dice| {
        let case = generate::case(dice);
        let expected = parameters(&case);
        let found = by_the_planner(&case);
        if found == expected {
            return None;
        }
        let (kind, found, expected) = match (&found, &expected) {
            (Ok(found), Ok(expected)) => differing(found, expected),
            _ => (
                "whether it is created".to_owned(),
                format!("{found:?}"),
                format!("{expected:?}"),
            ),
        };
        Some(Difference {
            kind,
            case: case.pod.to_string(),
            found,
            expected,
        })
    });
}

/// The first parameter that differs, without its numbers, and both values.
fn differing(found: &Parameters, expected: &Parameters) -> (String, String, String) {
    let mut names: Vec<&String> = found.keys().chain(expected.keys()).collect();
    names.sort();
    let name = names
        .into_iter()
        .find(|name| found.get(*name) != expected.get(*name))
        .expect("a difference");
    let kind: String = name.chars().filter(|letter| !letter.is_ascii_digit()).collect();
    let show = |all: &Parameters| format!("{name} = {:?}", all.get(name));
    (kind, show(found), show(expected))
}

fn by_the_planner(case: &Case) -> Result<Parameters, Missing> {
    let profile = json!({"metadata": {"name": "eci-profile", "namespace": "kube-system"},
        "data": {"vSwitchIds": "vsw-bp1xpiowfm5vo8o3c1h01", "securityGroupId": "sg-bp15ed6xe1yxeycg7o22"}});
    let edition = if case.is_self_managed {
        Edition::SelfManaged
    } else {
        Edition::AckServerless
    };
    let mut cluster = Cluster::new(edition).in_region("cn-hangzhou".parse().expect("a region"));
    if case.is_self_managed {
        let facts = json!({"controller": {"vswitches": ["vsw-bp1xpiowfm5vo8o3c1h01"], "securityGroups": ["sg-bp15ed6xe1yxeycg7o22"]}});
        let facts: FactsDocument = serde_json::from_value(facts).expect("facts");
        cluster.learn(&facts).expect("facts");
    } else {
        cluster.observe(&serde_json::from_value::<ConfigMap>(profile).expect("a ConfigMap"));
    }
    let pod: Pod = serde_json::from_value(case.pod.clone()).expect("a pod");
    let plan = match Planner::new(cluster).plan(&pod) {
        Ok(plan) => plan,
        Err(error) => panic!("no plan: {error}\n{}", case.pod),
    };
    let mut binding = plan.bind(Identity::of(&pod).expect("it has a UID"));
    loop {
        let needs = binding.needs();
        for need in &needs {
            answer(case, need, &mut binding);
        }
        match binding.complete() {
            Completion::Ready(ready) => {
                let parameters = Operation::from(ready.into_request()).to_parameters();
                let ours =
                    |name: &str| PART.iter().any(|part| name.starts_with(part)) || settings::is_of_settings(name);
                let size = |name: &str| [".Cpu", ".Memory", ".Gpu"].iter().any(|end| name.ends_with(end));
                return Ok(parameters
                    .into_iter()
                    .filter(|(name, _)| ours(name) && !size(name))
                    .collect());
            }
            Completion::Needs(more) => binding = more,
            Completion::Rejected(_) => return Err(Missing),
            _ => panic!("another completion"),
        }
    }
}

fn answer(case: &Case, need: &Need, binding: &mut eci_sdk::Binding) {
    let find = |kind: &str, name: &str| {
        let found = case
            .objects
            .iter()
            .find(|object| object["kind"] == kind && object["metadata"]["name"] == name);
        found.cloned()
    };
    match need {
        Need::ConfigMap { name, .. } => match find("ConfigMap", name) {
            Some(object) => {
                let map: ConfigMap = serde_json::from_value(object).expect("a ConfigMap");
                binding.give(Material::ConfigMap(&map));
            }
            None => {
                binding.absent(need);
            }
        },
        Need::Secret { name, .. } => match find("Secret", name) {
            Some(mut object) => {
                let data = object["data"].take();
                object["stringData"] = Value::Null;
                let encoded = data.as_object().into_iter().flatten().map(|(key, value)| {
                    let bytes = k8s_openapi::ByteString(value.as_str().expect("a text").as_bytes().to_vec());
                    (key.clone(), bytes)
                });
                let secret = Secret {
                    metadata: serde_json::from_value(object["metadata"].clone()).expect("metadata"),
                    data: Some(encoded.collect()),
                    ..Secret::default()
                };
                binding.give(Material::Secret(&secret));
            }
            None => {
                binding.absent(need);
            }
        },
        Need::VolumeSecret { name, .. } => {
            let secret = Need::Secret {
                name: name.clone(),
                optional: false,
            };
            if find("Secret", name).is_some() {
                answer(case, &secret, binding);
            } else {
                binding.absent(need);
            }
        }
        Need::Claim { name } => match find("PersistentVolumeClaim", name) {
            Some(object) => {
                let claim: PersistentVolumeClaim = serde_json::from_value(object).expect("a claim");
                binding.give(Material::Claim(&claim));
            }
            None => {
                binding.absent(need);
            }
        },
        Need::Volume { name } => match find("PersistentVolume", name) {
            Some(object) => {
                let volume: PersistentVolume = serde_json::from_value(object).expect("a volume");
                binding.give(Material::Volume(&volume));
            }
            None => {
                binding.absent(need);
            }
        },
        Need::Token { audience, .. } if case.has_tokens => {
            let audience = audience.as_deref();
            let token = volumes::token_for(audience);
            binding.give(Material::Token {
                audience,
                token: &token,
            });
        }
        _ => {
            binding.absent(need);
        }
    }
}
