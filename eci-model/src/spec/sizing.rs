//! The size of a pod: what is asked, what is tried, what is billed, and what could be saved.

use super::rules::{self, Case};
use super::storage::extra_storage;
use super::{Asked, Candidate, Cheaper, Size, SpecItem, SpecList, Terms};
use crate::billing::{Cost, Mode, Money, Prices};
use crate::decision::{Decided, Origin};
use crate::finding::Findings;
use crate::pod::EffectivePod;
use crate::quantity::{Cpu, Memory};
use crate::settings::ExtraStorage;
use crate::site::Site;

/// What [`size`] decided about a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sizing {
    /// What is asked for: `eci-use-specs`, or the sum over the containers as a list of one.
    pub asked: Decided<SpecList>,
    /// What the containers ask for, whether or not it decides.
    pub containers: Asked,
    /// Under which terms: grid, categories, spot, filters, Arm.
    pub terms: Terms,
    /// What the platform tries, in order; the next when there is no stock of one.
    pub candidates: Vec<Candidate>,
    /// The first candidate; `None` when no size holds what is asked.
    pub billed: Option<Decided<Candidate>>,
    /// How the billed candidate is paid, and why.
    pub mode: Option<Decided<Mode>>,
    /// What rounding adds to what was asked; `None` when nothing is added.
    pub waste: Option<Waste>,
    /// The nearest request that avoids the waste; `None` when nothing is wasted or no size is worth a change.
    pub cheaper: Option<Cheaper>,
    /// Temporary storage beyond the free amount.
    pub extra_storage: Decided<ExtraStorage>,
    /// What the billed candidate costs; `None` without a price table or a candidate.
    pub cost: Option<Cost>,
}

/// What rounding adds to a request and is paid for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Waste {
    /// vCPU that nobody asked for.
    pub cpu: Cpu,
    /// Memory that nobody asked for.
    pub memory: Memory,
    /// What both cost an hour, where prices are known and the size is what is billed.
    pub per_hour: Option<Money>,
    /// That as a share of the price, in tenths of a percent.
    pub permille: Option<i64>,
}

/// The size of a pod at a site, with its price if a table is given, and findings about it.
///
/// # Example
/// ```
/// use eci_model::billing::{Currency, Prices};
/// use eci_model::{Edition, EffectivePod, Findings, Object, Overlay, Policies, Settings, Site, spec};
/// use k8s_openapi::api::core::v1::Pod;
///
/// let pod: Pod = serde_json::from_str(r#"{"metadata": {"name": "web"}, "spec": {"containers": [
///     {"name": "web", "resources": {"limits": {"cpu": "4250m", "memory": "8704Mi"}}}]}}"#)?;
/// let (settings, policies) = (Settings::default(), Policies::default());
/// let view = Object::from(&pod).pod().expect("a Pod is one");
/// let pod = EffectivePod::new(view, Overlay::default(), Overlay::default(), &settings);
/// let hangzhou = "cn-hangzhou".parse()?;
/// let site = Site::new(Edition::Ack, &policies).in_region(Some(&hangzhou));
///
/// let mut findings = Findings::new();
/// let sizing = spec::size(&pod, &site, Some(&Prices::list(Currency::Cny)), &mut findings);
/// assert_eq!(sizing.billed.expect("it fits").value().to_string(), "6-10Gi");
/// let cheaper = sizing.cheaper.expect("rounding wastes");
/// assert_eq!((cheaper.ask.to_string().as_str(), cheaper.saves_permille), ("4-8Gi", 310));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn size(pod: &EffectivePod<'_>, site: &Site<'_>, prices: Option<&Prices>, out: &mut Findings) -> Sizing {
    let containers = Asked::of(pod, site.policies);
    let terms = Terms::of(pod, site);
    let asked = asked(pod, &containers);
    let candidates = terms.candidates(asked.value(), site.policies);
    let billed = candidates.first().map(|first| billed(&asked, first, &terms, site));
    let mode = billed.as_ref().map(|billed| Mode::decide(billed.value(), &terms));
    let extra_storage = extra_storage(pod);
    let cost = match (prices, &billed, &mode) {
        (Some(prices), Some(billed), Some(mode)) => {
            Some(Cost::of(billed.value(), *mode.value(), *extra_storage.value(), prices))
        }
        _ => None,
    };
    let first = candidates.first();
    let sizing = Sizing {
        waste: first.and_then(|first| Waste::of(first, cost.as_ref(), prices)),
        cheaper: first.and_then(|first| Cheaper::than(first, &containers, pod, &terms, site, prices)),
        asked,
        containers,
        terms,
        candidates,
        billed,
        mode,
        extra_storage,
        cost,
    };
    let case = Case {
        pod,
        site,
        sizing: &sizing,
    };
    rules::check(&case, out);
    sizing
}

/// `eci-use-specs`, else the sum over the containers.
fn asked(pod: &EffectivePod<'_>, containers: &Asked) -> Decided<SpecList> {
    let Some(specs) = &pod.settings().use_specs else {
        return containers.decided().map(|size| SpecList(vec![SpecItem::Size(size)]));
    };
    let asked = specs.clone().decided();
    if containers.is_nothing() {
        return asked;
    }
    let sum = containers.decided();
    asked.beat(
        sum.value().to_string(),
        sum.origin().clone(),
        "`eci-use-specs` beats what containers ask for",
    )
}

fn billed(asked: &Decided<SpecList>, first: &Candidate, terms: &Terms, site: &Site<'_>) -> Decided<Candidate> {
    let decided = asked.with_value(first.clone());
    if !first.is_rounded() {
        return decided;
    }
    let policy = Origin::Policy {
        name: "Rounding",
        choice: site.policies.rounding.name(),
    };
    decided.then(policy, format!("rounded up on the {}", terms.grid), |first| first)
}

impl Waste {
    fn of(billed: &Candidate, cost: Option<&Cost>, prices: Option<&Prices>) -> Option<Self> {
        let (SpecItem::Size(asked), Some(size)) = (&billed.asked, billed.size()) else {
            return None;
        };
        let beyond = |has: u64, wanted: u64| if wanted == 0 { 0 } else { has.saturating_sub(wanted) };
        let waste = Size::new(
            Cpu::from_milli(beyond(size.cpu.milli(), asked.cpu.milli())),
            Memory::from_bytes(beyond(size.memory.bytes(), asked.memory.bytes())),
        );
        if waste == Size::default() {
            return None;
        }
        let by_size = cost.is_some_and(|cost| cost.mode == Mode::BySize);
        let per_hour = prices
            .filter(|_| by_size)
            .map(|prices| prices.units().per_hour(waste, billed.category).hour());
        let whole = cost.and_then(|cost| cost.instance);
        Some(Self {
            cpu: waste.cpu,
            memory: waste.memory,
            per_hour,
            permille: per_hour
                .zip(whole)
                .map(|(waste, whole)| waste.permille_of(whole.hour())),
        })
    }
}
