//! Switches of containers: environment variables that the platform acts on.

use eci_model::{At, Basis, Code, FindingBuilder, Findings, Fix, Rule};
use k8s_openapi::api::core::v1::{Container, EnvVar};

use crate::key::Row;
use crate::keys::switch;
use crate::rules::identity::ineffective;
use crate::rules::value::{VALUE_CASE, excerpt};
use crate::spelling;
use crate::together::Scene;
use crate::value::{Reading, RemarkKind};

/// A value that a switch does not take.
pub const SWITCH_VALUE: &Rule = &Rule::error(Code::eci(2340), "sidecar-switch-value")
    .summary("the switch of a container has a value it does not take")
    .why("the platform does not act on it, so the container runs like any other")
    .remedy("write the documented value")
    .basis(Basis::Documented(
        "Force sidecars to exit, 2024-01-11; Set container start and exit order, 2023-08-22",
    ))
    .page(include_str!("../../rules/sidecar-switch-value.md"));

/// A variable that is a switch but for a letter or two.
pub const SWITCH_MISSPELT: &Rule = &Rule::warning(Code::eci(2342), "sidecar-switch-misspelt")
    .summary("the variable is a misspelt switch")
    .why("a misspelt switch is an ordinary variable, and the platform does not act on it")
    .remedy("write the documented name")
    .basis(Basis::Documented(
        "Force sidecars to exit, 2024-01-11; Ignore specific containers when resources are sized, 2024-02-01",
    ))
    .page(include_str!("../../rules/sidecar-switch-misspelt.md"));

/// Nothing but sidecars.
pub const SIDECAR_ONLY: &Rule = &Rule::warning(Code::eci(2344), "sidecar-only")
    .summary("every container is a sidecar")
    .why("sidecars are stopped when the other containers have finished, and there are none")
    .remedy("leave one container normal")
    .basis(Basis::Ours(
        "Force sidecars to exit, 2024-01-11, which always shows a normal container",
    ))
    .page(include_str!("../../rules/sidecar-only.md"));

/// A sidecar of a Job whose exit code counts.
pub const JOB_EXIT_CODE: &Rule = &Rule::warning(Code::eci(2346), "job-sidecar-exit-code")
    .summary("a sidecar of a Job is killed at the end, and its exit code counts")
    .why("a killed container ends with a code other than zero, so the Job may end as failed")
    .remedy("set `ECI_CONTAINER_IGNORE_EXIT_CODE` to `true` in the sidecar")
    .basis(Basis::Documented("Force sidecars to exit, 2024-01-11"))
    .page(include_str!("../../rules/job-sidecar-exit-code.md"));

/// An order of starts that waits for nothing.
pub const LAUNCH_ORDER: &Rule = &Rule::info(Code::eci(2347), "launch-order-without-probe")
    .summary("the order of containers is one of starts only")
    .why("without a readiness probe the next container starts as soon as this one has started")
    .remedy("give the earlier container a readiness probe if the later one needs it ready")
    .basis(Basis::Documented("Set container start and exit order, 2023-08-22"))
    .page(include_str!("../../rules/launch-order-without-probe.md"));

static SWITCHES: [Row; 6] = [
    switch::CONTAINER_TYPE.row(),
    switch::IGNORE_EXIT_CODE.row(),
    switch::IGNORE_READY.row(),
    switch::LAUNCH_PRIORITY.row(),
    switch::EXIT_PRIORITY.row(),
    switch::RESOURCE_IGNORE.row(),
];

/// Appears in texts of others and in no page.
const NO_SWITCH: &str = "ECI_CONTAINER_IGNORE_RESOURCE";

/// The switches met on a walk over the variables of all containers.
#[derive(Default)]
pub(crate) struct Switches {
    any: bool,
}

impl Switches {
    pub(crate) fn variable(&mut self, scene: &Scene<'_>, variable: &EnvVar, at: &At<'_>, out: &mut Findings) {
        self.any |= self::variable(scene, variable, at, out);
    }

    pub(crate) fn end(self, scene: &Scene<'_>, out: &mut Findings) {
        if self.any {
            sidecars(scene, out);
            launch_order(scene, out);
        }
    }
}

/// Whether a name has the length of a switch or of a misspelt one; most variables need no look beyond that.
pub(crate) fn may_be_meant(name: &str) -> bool {
    (16..=32).contains(&name.len())
}

/// Judges a variable; whether it is a switch.
fn variable(scene: &Scene<'_>, variable: &EnvVar, at: &At<'_>, out: &mut Findings) -> bool {
    match SWITCHES.iter().find(|row| row.name() == variable.name) {
        Some(row) => {
            if let Some(text) = variable
                .value
                .as_deref()
                .or_else(|| variable.value_from.is_none().then_some(""))
            {
                switch_value(scene, row, text, at, out);
            }
            true
        }
        None => {
            misspelt(scene, &variable.name, at, out);
            false
        }
    }
}

fn switch_value(scene: &Scene<'_>, row: &Row, text: &str, at: &At<'_>, out: &mut Findings) {
    let place = || scene.pod.place(&at.field("value"));
    let mut reading = Reading::of(row.facts(), scene.site.policies, false);
    let judged = row.judge(text, &mut reading);
    let wrong = |expected: String| {
        let finding = SWITCH_VALUE.at(place()).severity(ineffective(scene.site));
        finding.found(excerpt(text)).expected(expected)
    };
    if let Err(error) = judged {
        out.push(wrong(error.expected.into_owned()));
        return;
    }
    for remark in reading.remarks() {
        let strict = row.name() == switch::RESOURCE_IGNORE.name();
        out.push(match remark.kind {
            RemarkKind::Case if !strict => {
                let finding: FindingBuilder = VALUE_CASE.at(place());
                let finding = finding.found(excerpt(text)).expected(remark.expected.clone());
                match row.canonical(text) {
                    Ok(value) => finding.fix(Fix::Replace {
                        place: place(),
                        value: value.into(),
                    }),
                    Err(_) => finding,
                }
            }
            _ => wrong(remark.expected.to_string()),
        });
    }
}

fn misspelt(scene: &Scene<'_>, name: &str, at: &At<'_>, out: &mut Findings) {
    if name.len() > 64 || name.starts_with("__") && name.ends_with("_ID__") {
        return;
    }
    let near = |row: &&Row| {
        let listed = row.name();
        name.eq_ignore_ascii_case(listed) || spelling::distance(name, listed).is_some()
    };
    let meant = SWITCHES.iter().find(near).map(Row::name);
    let meant = meant.or_else(|| (name == NO_SWITCH).then(|| switch::RESOURCE_IGNORE.name()));
    if let Some(meant) = meant {
        let place = scene.pod.place(&at.field("name"));
        let fix = Fix::Replace {
            place: place.clone(),
            value: meant.into(),
        };
        out.push(
            SWITCH_MISSPELT
                .at(place)
                .found(name.to_owned())
                .expected(format!("`{meant}`"))
                .fix(fix),
        );
    }
}

/// The launch priority of a container, 0 without one; `None` for a reference, and for a value that is told as wrong.
fn launch_priority(scene: &Scene<'_>, container: &Container) -> Option<i32> {
    let row = switch::LAUNCH_PRIORITY.row();
    let mut variables = container.env.iter().flatten();
    let Some(variable) = variables.find(|variable| variable.name == row.name()) else {
        return Some(0);
    };
    let text = variable.value.as_deref()?;
    let mut reading = Reading::of(row.facts(), scene.site.policies, false);
    row.judge(text, &mut reading).ok()?;
    let is_told = !reading.remarks().is_empty();
    text.parse().ok().filter(|_| !is_told)
}

/// The literal value of a variable; references are silent.
fn variable_of<'c>(container: &'c Container, name: &str) -> Option<&'c str> {
    let mut variables = container.env.iter().flatten();
    variables
        .find(|variable| variable.name == name)
        .and_then(|variable| variable.value.as_deref())
}

fn is_sidecar(container: &Container) -> bool {
    variable_of(container, switch::CONTAINER_TYPE.name()).is_some_and(|text| text.eq_ignore_ascii_case("sidecar"))
}

fn sidecars(scene: &Scene<'_>, out: &mut Findings) {
    let containers = scene.pod.containers();
    let mut sidecars = containers
        .iter()
        .enumerate()
        .filter(|(_, container)| is_sidecar(container))
        .peekable();
    if sidecars.peek().is_none() {
        return;
    }
    let spec = At::ROOT.field("spec");
    let list = spec.field("containers");
    if containers.iter().all(is_sidecar) {
        out.push(SIDECAR_ONLY.at(scene.pod.place(&list)));
    }
    if !belongs_to_job(scene) {
        return;
    }
    for (index, container) in sidecars {
        let ignores = variable_of(container, switch::IGNORE_EXIT_CODE.name());
        if !ignores.is_some_and(|text| text.eq_ignore_ascii_case("true")) {
            out.push(
                JOB_EXIT_CODE
                    .at(scene.pod.place(&list.index(index)))
                    .found(container.name.clone()),
            );
        }
    }
}

fn belongs_to_job(scene: &Scene<'_>) -> bool {
    let view = scene.pod.view();
    let owners = view.owner().owner_references.iter().flatten();
    let mut owners = owners.filter(|owner| owner.controller == Some(true));
    matches!(view.kind(), "Job" | "CronJob") || (view.kind() == "Pod" && owners.any(|owner| owner.kind == "Job"))
}

fn launch_order(scene: &Scene<'_>, out: &mut Findings) {
    let containers = scene.pod.containers();
    let ordered = |container: &Container| variable_of(container, switch::LAUNCH_PRIORITY.name()).is_some();
    if !containers.iter().any(ordered) {
        return;
    }
    let priorities: Option<Vec<i32>> = containers
        .iter()
        .map(|container| launch_priority(scene, container))
        .collect();
    let Some(priorities) = priorities else { return };
    let Some(last) = priorities.iter().min() else { return };
    let early = |(_, (container, priority)): &(usize, (&Container, &i32))| {
        *priority > last && container.readiness_probe.is_none()
    };
    let unready = containers.iter().zip(&priorities).enumerate().filter(early);
    let unready: Vec<(usize, &Container)> = unready.map(|(index, (container, _))| (index, container)).collect();
    if let Some((index, _)) = unready.first() {
        let names: Vec<&str> = unready.iter().map(|(_, container)| container.name.as_str()).collect();
        let spec = At::ROOT.field("spec");
        let list = spec.field("containers");
        out.push(
            LAUNCH_ORDER
                .at(scene.pod.place(&list.index(*index)))
                .found(names.join(", ")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switches_and_their_misspellings_pass_the_first_look() {
        for name in SWITCHES.iter().map(Row::name).chain([NO_SWITCH]) {
            assert!(may_be_meant(name) && may_be_meant(&name[1..]), "{name}");
            assert!(
                may_be_meant(&format!("{name}S_")) && may_be_meant(&name.to_lowercase()),
                "{name}"
            );
        }
        assert!(!may_be_meant("PATH"));
    }
}
