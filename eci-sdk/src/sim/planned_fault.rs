//! Faults that are planned: what, to whom, when, and how often.

use std::fmt;
use std::num::NonZeroU32;
use std::time::Duration;

use eci_model::Zone;
use eci_model::api::Action;

use super::fault_kind::{FaultKind, FaultPart};
use super::settings::OutOfStock;
use super::time::Instant;

/// A fault that is planned to happen: to every event it fits, unless it is narrowed.
///
/// Of the events that it fits, only those within its window are counted; of those it takes the n-th, every k-th, or a share that the seed of
/// the world draws, and no more than it may.
///
/// # Example
/// ```
/// use std::time::Duration;
/// use eci_sdk::sim::{FaultKind, FaultPart, Instant, PlannedFault, WorldSettings};
///
/// // The third look at zone h, and no later one, finds no stock.
/// let fault = PlannedFault::of(FaultKind::NoStock).zone("cn-hangzhou-h".parse()?)?.nth(3)?;
/// let mut settings = WorldSettings::default();
/// settings.faults.push(fault);
///
/// let error = PlannedFault::of(FaultKind::Quota).image("shop/web").expect_err("a quota knows no image");
/// assert_eq!(error.to_string(), "quota knows no image; it knows group");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedFault {
    kind: FaultKind,
    zone: Option<Zone>,
    spec: Option<Box<str>>,
    image: Option<Box<str>>,
    container: Option<Box<str>>,
    group: Option<Box<str>>,
    operation: Option<Action>,
    by: Option<Duration>,
    code: Option<i32>,
    from: Option<Instant>,
    until: Option<Instant>,
    nth: Option<NonZeroU32>,
    every: Option<NonZeroU32>,
    percent: Option<u8>,
    times: Option<u32>,
}

/// Why a fault cannot be planned so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlannedFaultError {
    /// The kind cannot be narrowed by this, or be given it.
    #[error("{kind} knows no {part}; it knows {known}", known = names(*kind))]
    UnknownPart {
        /// The kind.
        kind: FaultKind,
        /// What it does not know.
        part: FaultPart,
    },
    /// Events are counted from 1.
    #[error("events are counted from 1, so there is no 0th")]
    Zeroth,
    /// A share is at least 1 and at most 100 in a hundred.
    #[error("{0} is no share from 1 to 100")]
    Percent(u8),
}

/// An event that a fault may happen to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Occasion<'a> {
    pub(super) zone: Option<&'a Zone>,
    pub(super) spec: Option<&'a str>,
    pub(super) image: Option<&'a str>,
    pub(super) container: Option<&'a str>,
    pub(super) group: Option<&'a str>,
    pub(super) operation: Option<Action>,
}

impl PlannedFault {
    /// A fault that happens whenever it can.
    pub const fn of(kind: FaultKind) -> Self {
        Self {
            kind,
            zone: None,
            spec: None,
            image: None,
            container: None,
            group: None,
            operation: None,
            by: None,
            code: None,
            from: None,
            until: None,
            nth: None,
            every: None,
            percent: None,
            times: None,
        }
    }

    /// What goes wrong.
    pub const fn kind(&self) -> FaultKind {
        self.kind
    }

    /// In a zone only.
    ///
    /// # Errors
    /// [`PlannedFaultError::UnknownPart`], as with all that follow.
    pub fn zone(mut self, zone: Zone) -> Result<Self, PlannedFaultError> {
        self.allow(FaultPart::Zone)?;
        self.zone = Some(zone);
        Ok(self)
    }

    /// For a size (`2-4Gi`), type (`ecs.c6.large`) or family (`ecs.gn7i`) only.
    ///
    /// # Errors
    /// [`PlannedFaultError::UnknownPart`].
    pub fn spec(mut self, spec: &str) -> Result<Self, PlannedFaultError> {
        self.allow(FaultPart::Type)?;
        self.spec = Some(spec.into());
        Ok(self)
    }

    /// For an image only, whatever its tag.
    ///
    /// # Errors
    /// [`PlannedFaultError::UnknownPart`].
    pub fn image(mut self, image: &str) -> Result<Self, PlannedFaultError> {
        self.allow(FaultPart::Image)?;
        self.image = Some(image.into());
        Ok(self)
    }

    /// For containers of a name only.
    ///
    /// # Errors
    /// [`PlannedFaultError::UnknownPart`].
    pub fn container(mut self, name: &str) -> Result<Self, PlannedFaultError> {
        self.allow(FaultPart::Container)?;
        self.container = Some(name.into());
        Ok(self)
    }

    /// For container groups of a name only: `shop-web-0` as the API has it, or the name of the pod at its end, `web-0`.
    ///
    /// # Errors
    /// [`PlannedFaultError::UnknownPart`].
    pub fn group(mut self, name: &str) -> Result<Self, PlannedFaultError> {
        self.allow(FaultPart::Group)?;
        self.group = Some(name.into());
        Ok(self)
    }

    /// For an operation only.
    ///
    /// # Errors
    /// [`PlannedFaultError::UnknownPart`].
    pub fn operation(mut self, action: Action) -> Result<Self, PlannedFaultError> {
        self.allow(FaultPart::Operation)?;
        self.operation = Some(action);
        Ok(self)
    }

    /// How long: how much slower, how long stuck, how long after the start; [`FaultKind::summary`] tells what it is otherwise.
    ///
    /// # Errors
    /// [`PlannedFaultError::UnknownPart`].
    pub fn by(mut self, span: Duration) -> Result<Self, PlannedFaultError> {
        self.allow(FaultPart::By)?;
        self.by = Some(span);
        Ok(self)
    }

    /// With this code of the exit.
    ///
    /// # Errors
    /// [`PlannedFaultError::UnknownPart`].
    pub fn code(mut self, code: i32) -> Result<Self, PlannedFaultError> {
        self.allow(FaultPart::Code)?;
        self.code = Some(code);
        Ok(self)
    }

    /// From a moment of virtual time on.
    #[must_use]
    pub const fn from(mut self, moment: Instant) -> Self {
        self.from = Some(moment);
        self
    }

    /// Before a moment of virtual time.
    #[must_use]
    pub const fn until(mut self, moment: Instant) -> Self {
        self.until = Some(moment);
        self
    }

    /// At the n-th event only, counted from 1.
    ///
    /// # Errors
    /// [`PlannedFaultError::Zeroth`].
    pub fn nth(mut self, number: u32) -> Result<Self, PlannedFaultError> {
        self.nth = Some(NonZeroU32::new(number).ok_or(PlannedFaultError::Zeroth)?);
        Ok(self)
    }

    /// At every k-th event only: with 2 at the second, the fourth and so on.
    ///
    /// # Errors
    /// [`PlannedFaultError::Zeroth`].
    pub fn every(mut self, number: u32) -> Result<Self, PlannedFaultError> {
        self.every = Some(NonZeroU32::new(number).ok_or(PlannedFaultError::Zeroth)?);
        Ok(self)
    }

    /// At so many events in a hundred, which the seed of the world chooses.
    ///
    /// # Errors
    /// [`PlannedFaultError::Percent`].
    pub fn percent(mut self, share: u8) -> Result<Self, PlannedFaultError> {
        if share == 0 || share > 100 {
            return Err(PlannedFaultError::Percent(share));
        }
        self.percent = Some(share);
        Ok(self)
    }

    /// No more often than this.
    #[must_use]
    pub const fn times(mut self, most: u32) -> Self {
        self.times = Some(most);
        self
    }

    pub(super) fn span(&self) -> Duration {
        self.by.unwrap_or(self.kind.usual_span())
    }

    pub(super) const fn given_span(&self) -> Option<Duration> {
        self.by
    }

    pub(super) fn exit_code(&self) -> i32 {
        self.code.unwrap_or(1)
    }

    /// When it may happen at the earliest, for what is planned ahead.
    pub(super) fn begins(&self) -> Instant {
        self.from.unwrap_or_default()
    }

    pub(super) fn is_open_at(&self, moment: Instant) -> bool {
        self.from.is_none_or(|from| moment >= from) && self.until.is_none_or(|until| moment < until)
    }

    pub(super) fn fits(&self, site: &Occasion<'_>) -> bool {
        let stock = OutOfStock {
            zone: self.zone.clone(),
            spec: self.spec.clone(),
        };
        let same = |wanted: &Option<Box<str>>, is: Option<&str>| match (wanted, is) {
            (None, _) => true,
            (Some(wanted), Some(is)) => **wanted == *is,
            (Some(_), None) => false,
        };
        stock.covers(site.zone, site.spec.unwrap_or_default())
            && same(&self.image, site.image.map(super::script::repository))
            && same(&self.container, site.container)
            && self
                .group
                .as_deref()
                .is_none_or(|wanted| site.group.is_some_and(|name| is_named(name, wanted)))
            && self.operation.is_none_or(|action| site.operation == Some(action))
    }

    /// Whether it takes the n-th event that it fits, having happened so often before; `draw` gives a number below a hundred.
    pub(super) fn takes(&self, number: u32, happened: u32, draw: impl FnOnce() -> u64) -> bool {
        self.times.is_none_or(|most| happened < most)
            && self.nth.is_none_or(|nth| number == nth.get())
            && self.every.is_none_or(|every| number.is_multiple_of(every.get()))
            && self.percent.is_none_or(|share| draw() < u64::from(share))
    }

    fn allow(&self, part: FaultPart) -> Result<(), PlannedFaultError> {
        if self.kind.knows(part) {
            return Ok(());
        }
        Err(PlannedFaultError::UnknownPart { kind: self.kind, part })
    }
}

impl fmt::Display for PlannedFault {
    /// `no-stock, zone cn-hangzhou-h, nth 3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        macro_rules! told {
            ($($field:ident as $name:literal),*) => {$(
                if let Some(value) = &self.$field {
                    write!(f, concat!(", ", $name, " {}"), value)?;
                }
            )*};
        }
        told!(zone as "zone", spec as "type", image as "image", container as "container", group as "group");
        told!(operation as "operation", code as "code");
        if let Some(by) = self.by {
            write!(f, ", by {}", Instant::ZERO + by)?;
        }
        told!(from as "from", until as "until", nth as "nth", every as "every", percent as "percent", times as "times");
        Ok(())
    }
}

/// Whether a group has a name, which may be that of its pod alone: groups of pods are named `namespace-pod`.
fn is_named(group: &str, wanted: &str) -> bool {
    group
        .strip_suffix(wanted)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('-'))
}

fn names(kind: FaultKind) -> String {
    kind.parts()
        .iter()
        .map(|part| part.name())
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_kind_does_not_know_is_refused() {
        for kind in FaultKind::ALL {
            let plan = PlannedFault::of(*kind);
            let tried = [
                (
                    FaultPart::Zone,
                    plan.clone().zone("cn-hangzhou-h".parse().expect("a zone")),
                ),
                (FaultPart::Type, plan.clone().spec("2-4Gi")),
                (FaultPart::Image, plan.clone().image("shop/web")),
                (FaultPart::Container, plan.clone().container("main")),
                (FaultPart::Group, plan.clone().group("web")),
                (FaultPart::Operation, plan.clone().operation(Action::ListUsage)),
                (FaultPart::By, plan.clone().by(Duration::ZERO)),
                (FaultPart::Code, plan.clone().code(3)),
            ];
            for (part, planned) in tried {
                let known = kind.knows(part);
                assert_eq!(planned.is_ok(), known, "{kind} {part}");
                let refused = Err(PlannedFaultError::UnknownPart { kind: *kind, part });
                assert!(known || planned == refused, "{kind} {part}");
            }
        }
    }

    #[test]
    fn counts_and_shares_are_numbers_that_can_be_meant() {
        let plan = || PlannedFault::of(FaultKind::Quota);
        assert_eq!(plan().nth(0), Err(PlannedFaultError::Zeroth));
        assert_eq!(plan().every(0), Err(PlannedFaultError::Zeroth));
        assert_eq!(plan().percent(0), Err(PlannedFaultError::Percent(0)));
        assert_eq!(plan().percent(101), Err(PlannedFaultError::Percent(101)));
    }

    #[test]
    fn of_many_events_the_wanted_ones_are_taken() {
        let taken = |plan: PlannedFault| -> Vec<u32> {
            let mut happened = 0;
            (1..=6)
                .filter(|number| {
                    let takes = plan.takes(*number, happened, || 50);
                    happened += u32::from(takes);
                    takes
                })
                .collect()
        };
        let plan = || PlannedFault::of(FaultKind::Quota);
        assert_eq!(taken(plan()), [1, 2, 3, 4, 5, 6]);
        assert_eq!(taken(plan().nth(3).expect("a number")), [3]);
        assert_eq!(taken(plan().every(2).expect("a number")), [2, 4, 6]);
        assert_eq!(taken(plan().every(2).expect("a number").times(2)), [2, 4]);
        assert!(taken(plan().percent(50).expect("a share")).is_empty());
        assert_eq!(taken(plan().percent(51).expect("a share").times(1)), [1]);
    }

    #[test]
    fn a_group_is_meant_by_its_name_or_that_of_its_pod() {
        assert!(is_named("shop-web-0", "web-0") && is_named("web-0", "web-0"));
        assert!(!is_named("shop-web-0", "eb-0") && !is_named("web-0", "web"));
    }

    #[test]
    fn a_plan_reads_as_it_was_told() {
        let plan = PlannedFault::of(FaultKind::CrashLoop)
            .image("shop/web")
            .and_then(|plan| plan.by(Duration::from_secs(90)))
            .and_then(|plan| plan.code(3))
            .expect("known parts");
        let plan = plan.until(Instant::from_millis(60_000)).times(2);
        assert_eq!(
            plan.to_string(),
            "crash-loop, image shop/web, code 3, by 1m30s, until 1m00s, times 2"
        );
    }
}
