//! PodNetworking objects by themselves: schema, admission, and what would surprise later.

use eci_model::resource::{AllocationType, PodNetworking};
use eci_model::{
    At, Basis, Code, Findings, Location, Object, Rule, Rules, SecurityGroupId, Severity, VSwitchId, labels,
};

use crate::pod_networking::GoDuration;

/// A PodNetworking without any selector.
pub const NEVER_MATCHES: &Rule = &Rule::warning(Code::eci(3046), "pod-networking-never-matches")
    .summary("the PodNetworking selects no pod")
    .why("an object without podSelector and namespaceSelector serves only pods that name it themselves")
    .remedy("add a podSelector or a namespaceSelector, `{}` for all")
    .basis(Basis::Documented("source of Terway, 2026-07-23"))
    .page(include_str!("../../rules/pod-networking-never-matches.md"));

/// More security groups than the page allows.
pub const GROUPS_MANY: &Rule = &Rule::warning(Code::eci(3047), "pod-networking-groups-many")
    .summary("more than 5 security groups in a PodNetworking")
    .why("the page allows 5; code since 2025-03 allows 10, and ECI in ACK Serverless uses the first only")
    .remedy("list at most 5")
    .basis(Basis::Documented(
        "Configure a static IP address, a separate vSwitch, and a separate security group for each pod, 2026-03-26",
    ))
    .page(include_str!("../../rules/pod-networking-groups-many.md"));

/// A PodNetworking that is not admitted, or cannot become Ready.
pub const INVALID: &Rule = &Rule::error(Code::eci(3048), "pod-networking-invalid")
    .summary("the PodNetworking is not admitted")
    .remedy("write the field as the custom resource definition has it")
    .basis(Basis::Documented("source of Terway, 2026-07-23"))
    .page(include_str!("../../rules/pod-networking-invalid.md"));

/// An address that is freed too early, or never.
pub const RELEASE_AFTER: &Rule = &Rule::warning(Code::eci(3050), "pod-networking-release-after")
    .summary("fixed addresses are kept for ever, or for less than five minutes")
    .why("five minutes are documented as the shortest time; without a strategy, or below zero, the address is never released")
    .remedy("name `releaseStrategy: TTL` with a `releaseAfter` of `5m` or more, or `Never` if that is meant")
    .basis(Basis::Documented("source of Terway, 2026-07-23"))
    .page(include_str!("../../rules/pod-networking-release-after.md"));

pub(super) static RULES: Rules = Rules::new(&[NEVER_MATCHES, GROUPS_MANY, INVALID, RELEASE_AFTER]);

/// How many security groups the page allows.
const GROUPS: usize = 5;
/// How many security groups the code admits.
const GROUPS_ADMITTED: usize = 10;
/// The shortest documented time that an address is kept.
const SHORTEST: GoDuration = GoDuration::from_minutes(5);

/// Everything that an object shows by itself.
pub(super) fn check(object: &PodNetworking, out: &mut Findings) {
    lists(object, out);
    words(object, out);
    selectors(object, out);
    if let Some(allocation) = &object.spec.allocation_type {
        release(object, allocation, out);
    }
}

/// Whether no pod is ever selected, and where that would change.
pub(crate) fn never_matches(object: &PodNetworking) -> Option<Location> {
    let selector = object.spec.selector.as_ref();
    let selects = selector.is_some_and(|it| it.pod_selector.is_some() || it.namespace_selector.is_some());
    let spec = At::ROOT.field("spec");
    let place = match selector {
        Some(_) => Object::from(object).place(&spec.field("selector")),
        None => Object::from(object).place(&spec),
    };
    (!selects).then_some(place)
}

fn lists(object: &PodNetworking, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let place = |at: &At<'_>| Object::from(object).place(at);
    let groups = object.spec.security_group_ids.as_deref().unwrap_or_default();
    let vswitches = object.spec.v_switch_options.as_deref().unwrap_or_default();
    if groups.len() > GROUPS {
        let (rule, most) = match groups.len() > GROUPS_ADMITTED {
            true => (INVALID, GROUPS_ADMITTED),
            false => (GROUPS_MANY, GROUPS),
        };
        let finding = rule.at(place(&spec.field("securityGroupIDs")));
        let finding = finding.title(format!("more than {most} security groups in a PodNetworking"));
        out.push(
            finding
                .found(format!("{} security groups", groups.len()))
                .expected(format!("at most {most}")),
        );
    }
    for (field, is_empty) in [
        ("vSwitchOptions", vswitches.is_empty()),
        ("securityGroupIDs", groups.is_empty()),
    ] {
        if is_empty {
            let finding = INVALID.at(place(&spec)).severity(Severity::Info);
            let title =
                format!("`{field}` is empty: it is filled from `kube-system/eni-config` when the object is created");
            out.push(finding.title(title).remedy(format!("write `{field}`")));
        }
    }
    let mut no_id = |at: &At<'_>, text: &str, why: String, severity| {
        out.push(
            INVALID
                .at(place(at))
                .severity(severity)
                .title(why)
                .found(text.to_owned()),
        );
    };
    let list = spec.field("vSwitchOptions");
    for (index, text) in vswitches.iter().enumerate() {
        if let Err(error) = text.trim().parse::<VSwitchId>() {
            no_id(
                &list.index(index),
                text,
                format!("{error}, so the object does not become Ready"),
                Severity::Warning,
            );
        }
    }
    let list = spec.field("securityGroupIDs");
    for (index, text) in groups.iter().enumerate() {
        if let Err(error) = text.trim().parse::<SecurityGroupId>() {
            no_id(
                &list.index(index),
                text,
                format!("{error}, and nothing looks it up"),
                Severity::Warning,
            );
        }
    }
}

fn words(object: &PodNetworking, out: &mut Findings) {
    let spec = &object.spec;
    let allocation = spec.allocation_type.as_ref();
    let eni = spec.eni_options.as_ref().and_then(|it| it.eni_type.as_deref());
    let selection = spec.v_switch_select_options.as_ref();
    let fields: [(&'static str, &'static str, Option<&str>, &'static [&'static str]); 4] = [
        ("eniOptions", "eniType", eni, &["Default", "Trunk", "ENI"]),
        (
            "allocationType",
            "type",
            allocation.and_then(|it| it.kind.as_deref()),
            &["Elastic", "Fixed"],
        ),
        (
            "allocationType",
            "releaseStrategy",
            allocation.and_then(|it| it.release_strategy.as_deref()),
            &["TTL", "Never"],
        ),
        (
            "vSwitchSelectOptions",
            "vSwitchSelectionPolicy",
            selection.and_then(|it| it.v_switch_selection_policy.as_deref()),
            &["ordered", "random", "most"],
        ),
    ];
    for (parent, field, written, choices) in fields {
        let Some(written) = written.filter(|written| !choices.contains(written)) else {
            continue;
        };
        let at_spec = At::ROOT.field("spec");
        let at_parent = at_spec.field(parent);
        let finding = INVALID.at(Object::from(object).place(&at_parent.field(field)));
        let finding = finding.title(format!("`{field}` has a value that the schema does not know"));
        let choices: Vec<String> = choices.iter().map(|choice| format!("`{choice}`")).collect();
        out.push(
            finding
                .found(written.to_owned())
                .expected(format!("one of {}", choices.join(", "))),
        );
    }
}

fn selectors(object: &PodNetworking, out: &mut Findings) {
    let Some(selector) = &object.spec.selector else { return };
    let parts = [
        ("podSelector", &selector.pod_selector),
        ("namespaceSelector", &selector.namespace_selector),
    ];
    for (field, selector) in parts {
        if let Some(Err(error)) = selector.as_ref().map(labels::validate) {
            let spec = At::ROOT.field("spec");
            let parent = spec.field("selector");
            let finding = INVALID.at(Object::from(object).place(&parent.field(field)));
            out.push(finding.title(error.to_string()));
        }
    }
}

fn release(object: &PodNetworking, allocation: &AllocationType, out: &mut Findings) {
    let spec = At::ROOT.field("spec");
    let parent = spec.field("allocationType");
    let at = |rule: &'static Rule, field| rule.at(Object::from(object).place(&parent.field(field)));
    let after = allocation.release_after.as_deref().unwrap_or_default();
    match allocation.release_strategy.as_deref() {
        Some("TTL") => match after.parse::<GoDuration>() {
            Err(_) if after.is_empty() => {
                let finding = INVALID.at(Object::from(object).place(&parent));
                out.push(
                    finding
                        .title("`TTL` without `releaseAfter`")
                        .remedy("add `releaseAfter: 5m` or more"),
                );
            }
            Err(error) => out.push(at(INVALID, "releaseAfter").title(error.to_string())),
            Ok(time) if object.is_fixed() && time < SHORTEST => {
                let finding = at(RELEASE_AFTER, "releaseAfter")
                    .found(after.to_owned())
                    .expected("`5m` or more");
                out.push(if time.nanos() < 0 {
                    finding.title("a negative `releaseAfter` keeps the address for ever")
                } else {
                    finding.title("`releaseAfter` is less than five minutes, the shortest time that is documented")
                });
            }
            Ok(_) => {}
        },
        Some("Never") if !after.is_empty() => {
            let finding = at(INVALID, "releaseAfter").title("`Never` takes no `releaseAfter`");
            out.push(finding.found(after.to_owned()).remedy("drop it, or write `TTL`"));
        }
        None if object.is_fixed() => {
            let finding = at(RELEASE_AFTER, "type").found("Fixed");
            out.push(finding.title("fixed addresses without `releaseStrategy` are never released"));
        }
        _ => {}
    }
}
