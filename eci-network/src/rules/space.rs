//! Whether the pods of all workloads together find addresses.

use std::collections::BTreeSet;

use eci_model::{Basis, Code, Findings, Rule, Rules, Severity, VSwitchId};

use crate::facts::Inventory;
use crate::forecast::{AddressDemand, Replicas, Rest, Shortage, forecast};

/// More pods than free addresses.
pub const ADDRESS_SPACE: &Rule = &Rule::error(Code::eci(3080), "address-space")
    .summary("more pods than free addresses")
    .why(
        "every pod takes an address of its vSwitch, one with a fixed address two; the pods that find none stay pending",
    )
    .remedy("use larger vSwitches, or more of them")
    .basis(Basis::Inferred(
        "Create a vSwitch, undated, and CreateContainerGroup, 2025-06-05: addresses bound the number of pods",
    ))
    .page(include_str!("../../rules/address-space.md"));

/// Few free addresses are left.
pub const ADDRESS_SPACE_LOW: &Rule = &Rule::warning(Code::eci(3082), "address-space-low")
    .summary("fewer than a tenth of the addresses stay free")
    .why("an update that starts new pods before old ones are gone needs more")
    .remedy("use larger vSwitches, or more of them")
    .basis(Basis::Ours("a tenth is left for updates and retries"))
    .page(include_str!("../../rules/address-space-low.md"));

pub(super) static RULES: Rules = Rules::new(&[ADDRESS_SPACE, ADDRESS_SPACE_LOW]);

/// Tells which workloads do not find enough addresses, and where few are left.
pub(crate) fn address_space(inventory: &Inventory, demands: &[AddressDemand], out: &mut Findings) {
    if demands.is_empty() {
        return;
    }
    let now = forecast(inventory, demands, Replicas::Now);
    let most = forecast(inventory, demands, Replicas::Most);
    let mut told: BTreeSet<usize> = BTreeSet::new();
    for (shortages, severity) in [(&now.shortages, Severity::Error), (&most.shortages, Severity::Warning)] {
        for shortage in shortages {
            let news = shortage.demands.iter().any(|demand| !told.contains(demand));
            if news {
                told.extend(&shortage.demands);
                short(inventory, demands, shortage, severity, out);
            }
        }
    }
    for rest in &now.rests {
        let is_low = rest.free.saturating_mul(10) < rest.capacity;
        if is_low && rest.demands.iter().all(|demand| !told.contains(demand)) {
            low(inventory, demands, rest, out);
        }
    }
}

fn short(
    inventory: &Inventory,
    demands: &[AddressDemand],
    shortage: &Shortage,
    severity: Severity,
    out: &mut Findings,
) {
    let Some(largest) = largest(demands, &shortage.demands) else {
        return;
    };
    let where_ = places(inventory, &shortage.vswitches);
    let finding = ADDRESS_SPACE.at(largest.place.clone()).severity(severity);
    let title = format!(
        "{} addresses wanted, {} free in {where_}",
        shortage.wanted, shortage.free
    );
    let finding = finding.title(title).note(ids(&shortage.vswitches));
    let finding = match severity {
        Severity::Warning => finding.note("only when autoscalers have gone to their limit"),
        _ => finding,
    };
    out.push(
        others(demands, &shortage.demands, largest).fold(finding, |finding, demand| {
            let why = format!("wants {} of the same addresses", demand.most.max(demand.now));
            finding.related(demand.place.clone(), why)
        }),
    );
}

fn low(inventory: &Inventory, demands: &[AddressDemand], rest: &Rest, out: &mut Findings) {
    let Some(largest) = largest(demands, &rest.demands) else {
        return;
    };
    let where_ = places(inventory, &rest.vswitches);
    let finding = ADDRESS_SPACE_LOW.at(largest.place.clone());
    let finding = finding.title(format!(
        "{} of {} addresses stay free in {where_}",
        rest.free, rest.capacity
    ));
    let finding = finding.note(ids(&rest.vswitches));
    out.push(
        others(demands, &rest.demands, largest).fold(finding, |finding, demand| {
            finding.related(
                demand.place.clone(),
                format!("wants {} of the same addresses", demand.now),
            )
        }),
    );
}

fn largest<'d>(demands: &'d [AddressDemand], positions: &[usize]) -> Option<&'d AddressDemand> {
    let mut demands = positions.iter().filter_map(|position| demands.get(*position));
    let first = demands.next()?;
    Some(demands.fold(
        first,
        |largest, demand| if demand.most > largest.most { demand } else { largest },
    ))
}

fn others<'d>(
    demands: &'d [AddressDemand],
    positions: &'d [usize],
    largest: &'d AddressDemand,
) -> impl Iterator<Item = &'d AddressDemand> {
    let demands = positions.iter().filter_map(|position| demands.get(*position));
    demands.filter(move |demand| !std::ptr::eq(*demand, largest))
}

/// `zone cn-hangzhou-h`, or the vSwitches whose zone is not known.
fn places(inventory: &Inventory, vswitches: &[VSwitchId]) -> String {
    match inventory.zones(vswitches) {
        Some(zones) => {
            let names: Vec<&str> = zones.iter().map(|zone| zone.as_str()).collect();
            let word = if names.len() == 1 { "zone" } else { "zones" };
            format!("{word} {}", names.join(", "))
        }
        None => ids(vswitches),
    }
}

fn ids(vswitches: &[VSwitchId]) -> String {
    let names: Vec<&str> = vswitches.iter().map(VSwitchId::as_str).collect();
    names.join(", ")
}
