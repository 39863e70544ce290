//! When probes find what, out of what a script says of the program.

use std::time::Duration;

use super::group::Probe;
use super::script::ImageScript;

/// When a program is first found ready, counted from where it may be asked; `None` when it never is.
pub(super) fn first_answer(probe: Option<Probe>, script: &ImageScript) -> Option<Duration> {
    let Some(probe) = probe else {
        return Some(Duration::ZERO);
    };
    let at = asked_from(probe, script.answers_after);
    let until = script.answers_for.map(|span| script.answers_after + span);
    until.is_none_or(|until| at < until).then_some(at)
}

/// When a probe has failed for as often as it may: while a slow program does not answer yet, unless that does not matter, or after it
/// has stopped answering.
pub(super) fn lost(probe: Probe, script: &ImageScript, slow_start_is_fine: bool) -> Option<Duration> {
    let more = probe.period.saturating_mul(probe.failures - 1);
    let too_slow = probe.delay + more;
    if !slow_start_is_fine && too_slow < script.answers_after {
        return Some(too_slow);
    }
    let until = script.answers_after + script.answers_for?;
    Some(asked_from(probe, until) + more)
}

/// The first time a probe asks at a moment or later.
fn asked_from(probe: Probe, moment: Duration) -> Duration {
    let late = moment.saturating_sub(probe.delay).as_millis();
    let rounds = u32::try_from(late.div_ceil(probe.period.as_millis())).unwrap_or(u32::MAX);
    probe.delay + probe.period.saturating_mul(rounds)
}
