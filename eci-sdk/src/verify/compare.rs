//! A plan against what was written back, a function an aspect.

use eci_model::policy::AutoImageCache;
use eci_model::spec::SpecItem;

use super::observed::Observed;
use super::{Aspect, Compared, Outcome};
use crate::planner::{Plan, Planner};

/// The aspects that were written back; the pod runs, so the plan is right about that.
pub(super) fn compare(plan: &Plan, planner: &Planner, observed: &Observed) -> Vec<Compared> {
    let mut rows = vec![row(
        Aspect::Runs,
        "runs on ECI".to_owned(),
        "runs on ECI".to_owned(),
        Outcome::Agrees,
    )];
    rows.extend(observed.spec.as_ref().map(|spec| size(plan, spec)));
    if let (Some(seen), Some(planned)) = (observed.category, plan.spec().value().category) {
        let tried = plan
            .sizing()
            .candidates
            .iter()
            .any(|candidate| candidate.category == Some(seen));
        rows.push(row(
            Aspect::Category,
            planned.to_string(),
            seen.to_string(),
            told(tried),
        ));
    }
    if let Some(seen) = &observed.vswitch {
        let planned = plan.vswitches().value();
        let explained = seen.iter().all(|vswitch| planned.iter().any(|other| other == vswitch));
        let outcome = observed.if_explained(explained, observed.owns_vswitch);
        rows.push(row(Aspect::VSwitch, planned.to_string(), seen.to_string(), outcome));
    }
    if let Some(seen) = &observed.security_groups {
        let planned = plan.security_groups().value();
        let same = seen.iter().count() == planned.iter().count()
            && seen.iter().all(|group| planned.iter().any(|other| other == group));
        let outcome = observed.if_explained(same, observed.owns_security_groups);
        rows.push(row(
            Aspect::SecurityGroups,
            planned.to_string(),
            seen.to_string(),
            outcome,
        ));
    }
    rows.extend(zone(plan, planner, observed));
    rows.extend(
        observed
            .image_cache
            .as_ref()
            .map(|seen| image_cache(plan, planner, seen)),
    );
    rows.extend(eip(plan, observed));
    rows
}

fn row(aspect: Aspect, planned: String, observed: String, outcome: Outcome) -> Compared {
    Compared {
        aspect,
        planned,
        observed,
        outcome,
        would_agree: Vec::new(),
    }
}

const fn told(agrees: bool) -> Outcome {
    if agrees { Outcome::Agrees } else { Outcome::Differs }
}

/// A later candidate agrees too: the ones before it had no stock.
fn size(plan: &Plan, seen: &SpecItem) -> Compared {
    let candidates = &plan.sizing().candidates;
    let by_type = candidates.iter().any(|candidate| candidate.size().is_some()) && matches!(seen, SpecItem::Type(_));
    let outcome = if candidates.iter().any(|candidate| candidate.item == *seen) {
        Outcome::Agrees
    } else if by_type {
        // Spot, Arm and filters serve a size by an ECS type, of which the size is not told.
        Outcome::CannotTell
    } else {
        Outcome::Differs
    };
    let planned: Vec<String> = candidates.iter().map(|candidate| candidate.item.to_string()).collect();
    row(Aspect::Size, planned.join(", "), seen.to_string(), outcome)
}

/// The zone of the vSwitch that was used, where it is known.
fn zone(plan: &Plan, planner: &Planner, observed: &Observed) -> Option<Compared> {
    let seen = observed.zone.as_ref()?;
    let used = observed.vswitch.as_ref().and_then(|list| list.iter().next());
    let possible: Vec<String> = planner
        .cluster()
        .vswitches()
        .filter(|vswitch| match used {
            Some(used) => vswitch.id == *used,
            None => plan.vswitches().value().contains(&vswitch.id),
        })
        .filter_map(|vswitch| Some(vswitch.zone.as_ref()?.to_string()))
        .collect();
    if possible.is_empty() {
        return None;
    }
    let agrees = possible.contains(&seen.to_string());
    Some(row(Aspect::Zone, possible.join(", "), seen.to_string(), told(agrees)))
}

/// A named cache must be the one; without a name, any is the platform's choice if it may choose.
fn image_cache(plan: &Plan, planner: &Planner, seen: &str) -> Compared {
    let request = plan.draft().request();
    let named = request.image_snapshot_id.as_deref();
    let default = planner.cluster().policies().auto_image_cache == AutoImageCache::OnByDefault;
    let automatic = request.auto_match_image_cache.unwrap_or(default);
    let planned = match named {
        Some(id) => id.to_owned(),
        None if automatic => "automatic".to_owned(),
        None => "none".to_owned(),
    };
    let agrees = named.map_or(automatic, |id| id == seen);
    row(Aspect::ImageCache, planned, seen.to_owned(), told(agrees))
}

fn eip(plan: &Plan, observed: &Observed) -> Option<Compared> {
    let request = plan.draft().request();
    let named = request.eip_instance_id.as_deref();
    let creates = request.auto_create_eip.unwrap_or(false);
    let seen = observed.eip.as_deref();
    if named.is_none() && !creates && seen.is_none() {
        return None;
    }
    let planned = match named {
        Some(id) => id,
        None if creates => "a new one",
        None => "none",
    };
    let agrees = match (named, seen) {
        (Some(id), Some(seen)) => id == seen,
        (None, Some(_)) => creates,
        (_, None) => false,
    };
    Some(row(
        Aspect::Eip,
        planned.to_owned(),
        seen.unwrap_or("none").to_owned(),
        told(agrees),
    ))
}
