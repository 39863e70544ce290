//! `eci cost`: what workloads cost by the prices of the cluster, and how much of it is rounding.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::process::ExitCode;
use std::time::Duration;

use eci_sdk::model::billing::{Money, Rate, Schedule, Usage};
use eci_sdk::report::v1;
use eci_sdk::{Object, Plan, Planner};

use crate::args::{Cost, Form};
use crate::input::Input;
use crate::judge::Judged;
use crate::out::{self, say};
use crate::verbs;

/// Shows what every workload costs.
pub(crate) fn cost(arguments: &Cost) -> Result<ExitCode, Box<dyn Error>> {
    let input = Input::read(&arguments.input)?;
    let planner = Planner::new(input.cluster.clone()).assume_bound(arguments.input.assume_eci);
    let judged = Judged::of(&input, &planner);
    let mut rows = Vec::new();
    for (number, review) in &judged.reviews {
        let (Some(plan), Some(item)) = (&review.plan, input.items.get(*number)) else {
            continue;
        };
        rows.push(Row::of(item.parsed.object(), plan, arguments.run));
    }
    let refused = judged
        .reviews
        .iter()
        .filter(|(_, review)| review.findings.has_errors())
        .count();
    rows.sort_by(|a, b| (&a.namespace, &a.workload).cmp(&(&b.namespace, &b.workload)));
    let currency = input.cluster.prices().currency().name();
    if arguments.output.output == Form::Json {
        let workloads = rows.iter().map(Row::json).collect();
        let date = input.cluster.prices().date();
        out::json(&v1::CostReport::new(currency, date, refused, workloads))?;
    } else {
        say!("{}", table(&rows, currency, input.cluster.prices().date()).trim_end());
        if refused > 0 {
            say!("{refused} workloads are refused and not counted; eci check shows why");
        }
    }
    Ok(verbs::exit(false, input.is_incomplete))
}

/// A workload and what it costs.
struct Row {
    namespace: String,
    workload: String,
    size: String,
    /// How often it runs: replicas, or runs of a month.
    often: Often,
    /// What one pod costs an hour, where the prices know it.
    hour: Option<Rate>,
    /// What all cost in a month; unknown for runs whose length is not known.
    month: Option<Money>,
    /// How much of the month is rounding.
    waste: Option<Money>,
}

enum Often {
    Replicas(u32),
    Runs { per_month: u32, pods: u32 },
}

impl Row {
    fn of(object: Object<'_>, plan: &Plan, run: Option<Duration>) -> Self {
        let pods = object.pod().map_or(1, |pod| pod.replicas());
        let often = match object {
            Object::Job(_) => Often::Runs { per_month: 1, pods },
            Object::CronJob(_) => {
                let schedule = object.schedule().and_then(|text| text.parse::<Schedule>().ok());
                let per_month = schedule.map_or(0, |schedule| schedule.runs_per_month());
                Often::Runs { per_month, pods }
            }
            _ => Often::Replicas(pods),
        };
        let usage = match often {
            Often::Replicas(replicas) => Some(Usage::always(replicas)),
            Often::Runs { per_month, pods } => run.map(|each| Usage::runs(per_month, each).times(pods)),
        };
        let hour = plan.price().map(|(rate, _)| rate);
        let wasted = plan.sizing().waste.as_ref().and_then(|waste| waste.per_hour);
        Self {
            namespace: plan.subject().namespace.as_deref().unwrap_or_default().to_owned(),
            workload: format!("{} {}", plan.subject().kind, plan.subject().name),
            size: plan.spec().value().to_string(),
            often,
            hour,
            month: hour.zip(usage).map(|(rate, usage)| usage.price(rate)),
            waste: wasted
                .zip(usage)
                .map(|(waste, usage)| usage.price(Rate::per_hour(waste))),
        }
    }

    fn often(&self) -> String {
        match self.often {
            Often::Replicas(replicas) => format!("x{replicas}"),
            Often::Runs { per_month, pods: 1 } => format!("{per_month} runs"),
            Often::Runs { per_month, pods } => format!("{per_month} runs x{pods}"),
        }
    }

    fn json(&self) -> v1::CostRow {
        let amount = |money: Option<Money>| money.map(|money| money.to_string());
        let (replicas, runs_per_month) = match self.often {
            Often::Replicas(replicas) => (replicas, None),
            Often::Runs { per_month, pods } => (pods, Some(per_month)),
        };
        v1::CostRow {
            namespace: self.namespace.clone(),
            workload: self.workload.clone(),
            size: self.size.clone(),
            replicas,
            runs_per_month,
            per_hour: amount(self.hour.map(Rate::hour)),
            per_month: amount(self.month),
            rounding_per_month: amount(self.waste),
        }
    }
}

fn table(rows: &[Row], currency: &str, date: &str) -> String {
    let month = format!("MONTH, {currency}");
    let mut text = format!(
        "{:<34} {:<20} {:>9} {:>8} {month:>11} {:>10}\n",
        "WORKLOAD", "SIZE", "", "ONE HOUR", "ROUNDING"
    );
    let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
    let mut namespace = None;
    for row in rows {
        if namespace != Some(&row.namespace) {
            let _ = writeln!(text, "{}", row.namespace);
            namespace = Some(&row.namespace);
        }
        let hour = row
            .hour
            .map_or_else(|| "unknown".to_owned(), |rate| format!("{:.4}", rate.hour()));
        let month = row
            .month
            .map_or_else(|| "unknown".to_owned(), |month| format!("{month:.2}"));
        let _ = write!(
            text,
            "  {:<32} {:<20} {:>9} {hour:>8} {month:>11}",
            row.workload,
            row.size,
            row.often()
        );
        if let Some(waste) = row.waste.filter(|waste| *waste > Money::ZERO) {
            let _ = write!(text, " {:>10}", format!("{waste:.2}"));
        }
        text.push('\n');
        sums.entry(&row.namespace).or_default().add(row);
    }
    text.push('\n');
    let mut all = Sum::default();
    for (namespace, sum) in &sums {
        let _ = writeln!(text, "{namespace}: {}", sum.text(currency));
        all.join(sum);
    }
    let _ = writeln!(text, "in all: {}", all.text(currency));
    let _ = writeln!(text, "a month has {} hours; prices of {date}", Rate::HOURS_OF_A_MONTH);
    if rows.iter().any(|row| row.hour.is_some() && row.month.is_none()) {
        text.push_str("runs of Jobs and CronJobs have no length that is known: --run TIME gives one\n");
    }
    text
}

#[derive(Default)]
struct Sum {
    month: Money,
    waste: Money,
    unknown: usize,
}

impl Sum {
    fn add(&mut self, row: &Row) {
        self.month = self.month + row.month.unwrap_or(Money::ZERO);
        self.waste = self.waste + row.waste.unwrap_or(Money::ZERO);
        self.unknown += usize::from(row.month.is_none());
    }

    fn join(&mut self, other: &Self) {
        self.month = self.month + other.month;
        self.waste = self.waste + other.waste;
        self.unknown += other.unknown;
    }

    fn text(&self, currency: &str) -> String {
        let mut text = format!("{:.2} {currency} a month, {:.2} of it rounding", self.month, self.waste);
        if self.unknown > 0 {
            let _ = write!(text, ", without {} of unknown price", self.unknown);
        }
        text
    }
}
