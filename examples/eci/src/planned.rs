//! A plan on the terminal.

use std::fmt::Write as _;

use eci_sdk::{Decision, Origin, Plan};

use crate::table::wrap;

const NAME: usize = 16;
const WIDTH: usize = 100;

/// A plan for people; `why` shows every step of every decision.
pub(crate) fn plan(plan: &Plan, replicas: u32, why: bool) -> String {
    let copies = if replicas == 1 {
        String::new()
    } else {
        format!(", {replicas} replicas")
    };
    let mut text = format!("{}{copies} -> {}\n", plan.subject(), plan.routing());
    for decision in plan.decisions() {
        tell(&decision, why, &mut text);
    }
    match plan.price() {
        Some((rate, currency)) => {
            let month = rate.times(u64::from(replicas)).month();
            let each = format!(
                "{:.4} {currency}/h each, {month:.0} {currency} a month in all",
                rate.hour()
            );
            line("price", &each, &mut text);
        }
        None => line("price", "not known: billed by ECS type or at the spot price", &mut text),
    }
    let needs = plan.needs();
    if !needs.is_empty() {
        let names: Vec<String> = needs.iter().map(ToString::to_string).collect();
        line("needs", &names.join(", "), &mut text);
    }
    text
}

fn tell(decision: &Decision<'_>, why: bool, text: &mut String) {
    let value = decision.value.to_string();
    let origin = match decision.trail.first().map(|reason| &reason.origin) {
        Some(Origin::Platform { .. }) if !why => "platform default".to_owned(),
        Some(origin) => origin.to_string(),
        None => String::new(),
    };
    let together = if value.is_empty() {
        origin.clone()
    } else {
        format!("{value:<28} {origin}")
    };
    if why || NAME + 3 + together.chars().count() <= WIDTH {
        line(decision.name, if why { &value } else { &together }, text);
    } else {
        line(decision.name, &value, text);
        line("", &origin, text);
    }
    if why {
        for reason in decision.trail {
            line("", &format!("  {reason}"), text);
        }
    }
    for beaten in decision.beaten {
        let beat = format!("  beat {} of {}: {}", beaten.value, beaten.origin, beaten.why);
        line("", &beat, text);
    }
}

/// A name and what belongs to it, wrapped below itself.
fn line(name: &str, value: &str, text: &mut String) {
    let indent = value.len() - value.trim_start().len();
    if NAME + 3 + value.chars().count() <= WIDTH {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {name:<NAME$} {value}");
        return;
    }
    for (number, part) in wrap(value, WIDTH - NAME - 5 - indent).iter().enumerate() {
        let name = if number == 0 { name } else { "" };
        let further = if number == 0 { indent } else { indent + 2 };
        let _ = writeln!(text, "  {name:<NAME$} {:further$}{part}", "");
    }
}
