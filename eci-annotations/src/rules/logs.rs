//! Collection of logs by environment variables.

use eci_model::{At, Basis, Code, Findings, Location, Rule};
use k8s_openapi::api::core::v1::{Container, EnvVar};

use crate::key::Row;
use crate::keys::switch;
use crate::rules::identity::ineffective;
use crate::rules::scheduling::lies_under;
use crate::rules::value::excerpt;
use crate::together::{Scene, value};
use crate::value::{LogSource, Reading, Value};

/// Settings of a log that is not collected.
pub const FAMILY_INCOMPLETE: &Rule = &Rule::error(Code::eci(2350), "log-family-incomplete")
    .summary("settings of a log, and the variable that collects it is missing")
    .why("the settings belong to `aliyun_logs_<key>` of the same container and do nothing without it")
    .remedy("add the base variable")
    .basis(Basis::Documented(
        "Collect logs by using environment variables, 2025-08-18",
    ))
    .page(include_str!("../../rules/log-family-incomplete.md"));

/// A setting of a log outside its range.
pub const SETTING_RANGE: &Rule = &Rule::error(Code::eci(2352), "log-setting-range")
    .summary("a setting of a log that the service refuses")
    .why("shards are 1 to 10, days 1 to 3650, and the key is made of lower-case letters, digits and hyphens")
    .remedy("choose a number in the range and a plain key")
    .basis(Basis::Documented(
        "Collect logs by using environment variables, 2025-08-18",
    ))
    .page(include_str!("../../rules/log-setting-range.md"));

/// Log files that lie on no volume.
pub const PATH_WITHOUT_VOLUME: &Rule = &Rule::warning(Code::eci(2354), "log-path-without-volume")
    .summary("log files are collected from a path without an emptyDir")
    .why("the collector reads files through an emptyDir; without one it finds none")
    .remedy("mount an emptyDir at the directory of the files")
    .basis(Basis::Documented(
        "Collect logs by using environment variables, 2025-08-18",
    ))
    .page(include_str!("../../rules/log-path-without-volume.md"));

/// Two ways to collect logs.
pub const TWO_WAYS: &Rule = &Rule::info(Code::eci(2356), "log-two-ways")
    .summary("logs are collected by variables and by resources of the Log Service")
    .why("the page advises against using both, lines may be collected twice")
    .remedy("use one way; `k8s.aliyun.com/eci-sls-enable: \"false\"` switches the other off for the pod")
    .basis(Basis::Documented(
        "Collect logs by using environment variables, 2025-08-18",
    ))
    .page(include_str!("../../rules/log-two-ways.md"));

const BEGINNING: &str = "aliyun_logs_";
const SUFFIXES: [&str; 6] = ["_project", "_logstore", "_machinegroup", "_shard", "_ttl", "_tags"];

/// Whether a variable may belong to a log; the first letter tells most others apart.
pub(crate) fn may_belong(name: &str) -> bool {
    name.as_bytes().first() == Some(&b'a')
}

/// A variable of a log: its key, and which setting it is.
struct LogVariable<'c> {
    key: &'c str,
    setting: Option<&'static str>,
}

impl<'c> LogVariable<'c> {
    fn of(name: &'c str) -> Option<Self> {
        let rest = name.strip_prefix(BEGINNING)?;
        let setting = SUFFIXES
            .iter()
            .find_map(|suffix| Some((rest.strip_suffix(suffix)?, *suffix)));
        Some(match setting {
            Some((key, suffix)) => Self {
                key,
                setting: Some(suffix),
            },
            None => Self {
                key: rest,
                setting: None,
            },
        })
    }

    fn has_plain_key(&self) -> bool {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        !self.key.is_empty() && self.key.bytes().all(plain)
    }
}

/// The logs met on a walk over the variables of all containers.
#[derive(Default)]
pub(crate) struct Logs {
    first: Option<Location>,
}

impl Logs {
    pub(crate) fn variable(
        &mut self,
        scene: &Scene<'_>,
        container: &Container,
        variable: &EnvVar,
        at: &At<'_>,
        out: &mut Findings,
    ) {
        if let Some(log) = LogVariable::of(&variable.name) {
            self.first.get_or_insert_with(|| scene.pod.place(at));
            self::variable(scene, container, variable, &log, at, out);
        }
    }

    pub(crate) fn end(self, scene: &Scene<'_>, out: &mut Findings) {
        let by_resource =
            scene.known.log_controller == Some(true) && value(scene.settings().sls.as_ref()) != Some(false);
        if let Some(place) = self.first.filter(|_| by_resource) {
            out.push(TWO_WAYS.at(place));
        }
    }
}

fn variable(
    scene: &Scene<'_>,
    container: &Container,
    variable: &EnvVar,
    log: &LogVariable<'_>,
    at: &At<'_>,
    out: &mut Findings,
) {
    let place = |field| scene.pod.place(&at.field(field));
    if !log.has_plain_key() {
        let finding = SETTING_RANGE.at(place("name")).found(excerpt(&variable.name));
        out.push(finding.expected("a key of lower-case letters, digits and hyphens"));
        return;
    }
    let Some(setting) = log.setting else {
        path(scene, container, variable, at, out);
        return;
    };
    if !has_base(container, log.key) {
        if is_first_of_key(container, variable, log.key) {
            let finding = FAMILY_INCOMPLETE.at(place("name")).severity(ineffective(scene.site));
            out.push(
                finding
                    .found(excerpt(&variable.name))
                    .expected(format!("`{BEGINNING}{}` beside it", log.key)),
            );
        }
        return;
    }
    let row = match setting {
        "_shard" => switch::LOGS_SHARD.row(),
        "_ttl" => switch::LOGS_TTL.row(),
        _ => return,
    };
    if let (Some(text), Some(expected)) = (
        &variable.value,
        variable.value.as_deref().and_then(|text| wrong(scene, &row, text)),
    ) {
        out.push(SETTING_RANGE.at(place("value")).found(excerpt(text)).expected(expected));
    }
}

fn has_base(container: &Container, key: &str) -> bool {
    let mut names = container.env.iter().flatten().map(|variable| variable.name.as_str());
    names.any(|name| name.strip_prefix(BEGINNING) == Some(key))
}

/// Whether no earlier variable of the container belongs to the same log, so that a missing one is told once.
fn is_first_of_key(container: &Container, variable: &EnvVar, key: &str) -> bool {
    let mut same = container
        .env
        .iter()
        .flatten()
        .filter(|other| LogVariable::of(&other.name).is_some_and(|log| log.key == key));
    same.next().is_some_and(|first| std::ptr::eq(first, variable))
}

/// What a number should be, when it is not that.
fn wrong(scene: &Scene<'_>, row: &Row, text: &str) -> Option<String> {
    let mut reading = Reading::of(row.facts(), scene.site.policies, false);
    match row.judge(text, &mut reading) {
        Err(error) => Some(error.expected.into_owned()),
        Ok(()) => reading.remarks().first().map(|remark| remark.expected.to_string()),
    }
}

fn path(scene: &Scene<'_>, container: &Container, variable: &EnvVar, at: &At<'_>, out: &mut Findings) {
    let Some(Ok(LogSource::Files(files))) = variable.value.as_deref().map(LogSource::parse) else {
        return;
    };
    let directory = files.rsplit_once('/').map_or("", |(directory, _)| directory);
    // A star in the middle hides what lies below it.
    let directory = directory.split('*').next().unwrap_or(directory);
    let mounts = container.volume_mounts.iter().flatten();
    let mut above = mounts.filter(|mount| lies_under(directory, &mount.mount_path));
    let is_empty_dir = |name: &str| {
        let mut volumes = scene.pod.volumes().iter();
        volumes.any(|volume| volume.name == name && volume.empty_dir.is_some())
    };
    if !above.any(|mount| is_empty_dir(&mount.name)) {
        let finding = PATH_WITHOUT_VOLUME
            .at(scene.pod.place(&at.field("value")))
            .found(excerpt(&files));
        out.push(finding.expected(format!("an emptyDir mounted at or above `{directory}`")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_of_logs_pass_the_first_look() {
        assert!(may_belong("aliyun_logs_web") && may_belong(BEGINNING));
        assert!(!may_belong("PATH") && !may_belong(""));
    }

    #[test]
    fn variables_name_a_log_and_a_setting() {
        let read = |name: &'static str| LogVariable::of(name).map(|log| (log.key, log.setting, log.has_plain_key()));
        assert_eq!(read("aliyun_logs_web-1"), Some(("web-1", None, true)));
        assert_eq!(read("aliyun_logs_web_ttl"), Some(("web", Some("_ttl"), true)));
        assert_eq!(read("aliyun_logs_Web"), Some(("Web", None, false)));
        assert_eq!(read("aliyun_logs__ttl"), Some(("", Some("_ttl"), false)));
        assert_eq!(read("OTHER"), None);
    }
}
