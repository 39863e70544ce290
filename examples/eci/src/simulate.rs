//! `eci simulate`: the accepted pods on the embedded simulator, on virtual time.

use std::error::Error;
use std::fs;
use std::process::ExitCode;

use eci_sdk::model::billing::{Currency, Money};
use eci_sdk::report::{timeline, v1};
use eci_sdk::sim::{Entry, Instant, PodWorld, World, WorldSettings};
use eci_sdk::{Cluster, Plan, Planner};

use crate::args::{Form, Simulate, parse_span};
use crate::controller::{Controllers, Made, Workload};
use crate::input::Input;
use crate::judge::Judged;
use crate::out::{self, say};
use crate::timeline::{LEGEND, Mark, Row, draw};
use crate::{planned, print, verbs};

/// Said first, whatever follows.
const NOTICE: &str = "simulated on virtual time: no cloud was contacted, nothing is billed";

/// Judges, plans, runs, and draws what happened.
pub(crate) fn simulate(arguments: &Simulate) -> Result<ExitCode, Box<dyn Error>> {
    let input = Input::read(&arguments.input)?;
    let planner = Planner::new(input.cluster.clone()).assume_bound(arguments.input.assume_eci);
    let judged = Judged::of(&input, &planner);
    let faults: Vec<PlannedFault> = arguments
        .faults
        .iter()
        .map(|text| PlannedFault::parse(text))
        .collect::<Result<_, _>>()?;
    let run = Run::of(&input, &judged, planner, arguments, faults)?;
    if let Some(file) = &arguments.html {
        let page = timeline::html(&run.report(&input, &judged, arguments.seed));
        fs::write(file, page).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    if arguments.output.output == Form::Json {
        out::json(&run.report(&input, &judged, arguments.seed))?;
        return Ok(verbs::exit(false, input.is_incomplete));
    }
    say!("{NOTICE}\n");
    print::findings(&input, &judged, &arguments.output);
    for (item, review) in &judged.reviews {
        if let Some(plan) = &review.plan {
            say!("{}", planned::plan(plan, input.replicas(*item), false));
        }
    }
    say!("{}", draw(&run.rows(), run.world.now()).trim_end());
    say!("{LEGEND}");
    say!("{}", run.summary(arguments.seed));
    if !arguments.output.quiet {
        say!("{}", print::summary(&judged.summary));
    }
    Ok(verbs::exit(false, input.is_incomplete))
}

/// A simulation that has run.
struct Run {
    world: PodWorld,
    controllers: Controllers,
    refused: Vec<String>,
    currency: Currency,
}

impl Run {
    fn of(
        input: &Input,
        judged: &Judged,
        planner: Planner,
        arguments: &Simulate,
        faults: Vec<PlannedFault>,
    ) -> Result<Self, Box<dyn Error>> {
        let currency = planner.cluster().prices().currency();
        let mut world = PodWorld::new(World::new(settings(&input.cluster, arguments.seed)), planner);
        for item in &input.items {
            world.store(item.parsed.object());
        }
        let mut controllers = Controllers::default();
        let mut refused = Vec::new();
        for (number, review) in &judged.reviews {
            let Some(item) = input.items.get(*number).filter(|_| review.plan.is_some()) else {
                continue;
            };
            let Some(workload) = Workload::of(item.parsed.object()) else {
                continue;
            };
            let title = workload.title.clone();
            if let Err(error) = controllers.run(workload, &mut world) {
                refused.push(format!("{title}: {error}"));
            }
        }
        let end = Instant::ZERO + arguments.span;
        let mut run = Self {
            world,
            controllers,
            refused,
            currency,
        };
        run.pass(end, faults)?;
        Ok(run)
    }

    /// Lets time pass until the end, with the faults in it.
    fn pass(&mut self, end: Instant, mut faults: Vec<PlannedFault>) -> Result<(), Box<dyn Error>> {
        faults.sort_by_key(|fault| fault.at);
        let mut faults = faults.into_iter().peekable();
        loop {
            let next_fault = faults.peek().map(|fault| fault.at).filter(|at| *at <= end);
            let next = self.world.next_change_at().filter(|at| *at <= end);
            let to = match (next, next_fault) {
                (Some(change), Some(fault)) => change.min(fault),
                (Some(at), None) | (None, Some(at)) => at,
                (None, None) => break,
            };
            let changes = self.world.advance(to);
            self.controllers.observe(changes, &mut self.world)?;
            while let Some(fault) = faults.next_if(|fault| fault.at <= self.world.now()) {
                self.fail(&fault)?;
            }
        }
        let changes = self.world.advance(end);
        self.controllers.observe(changes, &mut self.world)?;
        Ok(())
    }

    fn fail(&mut self, fault: &PlannedFault) -> Result<(), Box<dyn Error>> {
        let named = |made: &&Made| self.controllers.rows.get(made.row).is_some_and(|row| *row == fault.pod);
        let Some(made) = self.controllers.made.iter().rev().find(named) else {
            return Err(format!("--fault {}: there is no pod `{}`", fault.name, fault.pod).into());
        };
        self.world
            .reclaim_spot(&made.uid)
            .map_err(|error| format!("--fault {}: {error}", fault.name).into())
    }

    /// A row a pod, its replacements included.
    fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = self
            .controllers
            .rows
            .iter()
            .map(|name| Row {
                name: name.clone(),
                ..Row::default()
            })
            .collect();
        for made in &self.controllers.made {
            let Some(row) = rows.get_mut(made.row) else { continue };
            let entries = self.entries(&made.group);
            row.marks
                .extend(entries.filter_map(|entry| Some((entry.at, Mark::of(entry)?))));
            row.remark = self.remark(made);
        }
        rows
    }

    fn remark(&self, made: &Made) -> String {
        let phase = made.status.phase.as_deref().unwrap_or("Pending");
        let reason = made
            .status
            .reason
            .as_deref()
            .map(|reason| format!(" {reason}"))
            .unwrap_or_default();
        let group = self.world.world().container_group(&made.group);
        let plan = self.world.plan(&made.uid);
        let spec = plan.map(|plan| plan.spec().value().to_string()).unwrap_or_default();
        let place = group.as_ref().map(|group| {
            let id = group.vswitch_id.as_deref().unwrap_or_default();
            // The end tells ids apart: they begin alike.
            let end = id.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
            let address = group.intranet_ip.as_deref().unwrap_or_default();
            format!("vsw..{} {address}", id.get(end..).unwrap_or_default())
        });
        let price = match plan.and_then(eci_sdk::Plan::price) {
            Some((rate, _)) => format!("{:.4}/h", rate.hour()),
            None => "price ?".to_owned(),
        };
        format!(
            "{}{reason}  {spec}  {}  {price}",
            phase.to_lowercase(),
            place.unwrap_or_default()
        )
    }

    fn entries<'r>(&'r self, group: &'r str) -> impl Iterator<Item = &'r Entry> {
        self.world
            .world()
            .journal()
            .entries()
            .iter()
            .filter(move |entry| &*entry.group == group)
    }

    /// What the pods cost in the time they were billed, and how many of them have no known price.
    fn cost(&self) -> (Money, usize) {
        let (mut total, mut unpriced) = (Money::ZERO, 0);
        for made in &self.controllers.made {
            let billed = self.world.world().billed(&made.group).unwrap_or_default();
            match self.world.plan(&made.uid).and_then(Plan::price) {
                Some((rate, _)) => total = total + rate.seconds(billed.as_secs()),
                None => unpriced += 1,
            }
        }
        (total, unpriced)
    }

    fn summary(&self, seed: u64) -> String {
        let waiting = self
            .controllers
            .made
            .iter()
            .filter(|made| made.status.phase.as_deref() == Some("Pending"))
            .count();
        let (total, unpriced) = self.cost();
        let without = if unpriced > 0 {
            format!(" without {unpriced} of unknown price")
        } else {
            String::new()
        };
        let refused: String = self.refused.iter().map(|text| format!("\nnot run: {text}")).collect();
        format!(
            "{} pods, {} replaced, {waiting} waiting · {total:.2} {}{without} in {} of virtual time\nseed {seed}, journal {}{refused}",
            self.controllers.rows.len(),
            self.controllers.replaced,
            self.currency,
            self.world.now(),
            self.world.world().journal().fingerprint()
        )
    }

    fn report(&self, input: &Input, judged: &Judged, seed: u64) -> v1::SimulationReport {
        let entry = |entry: &Entry| v1::JournalEntry {
            at: entry.at.millis(),
            group: entry.group.to_string(),
            pod: entry.name.to_string(),
            what: entry.what.to_string(),
            detail: entry.detail.to_string(),
        };
        let journal = self.world.world().journal();
        let (total, unpriced) = self.cost();
        v1::SimulationReport {
            version: v1::VERSION,
            notice: NOTICE,
            seed,
            end: self.world.now().millis(),
            journal_fingerprint: journal.fingerprint(),
            pods: self.controllers.made.iter().map(|made| self.pod(made)).collect(),
            journal: journal.entries().iter().map(entry).collect(),
            not_run: self.refused.clone(),
            cost: v1::SimulatedCost {
                total: total.to_string(),
                currency: self.currency.name(),
                unpriced,
            },
            findings: print::all_json(input, judged),
            summary: judged.summary.clone(),
        }
    }

    fn pod(&self, made: &Made) -> v1::SimulatedPod {
        let group = self.world.world().container_group(&made.group);
        let plan = self.world.plan(&made.uid);
        let price = plan.and_then(Plan::price);
        v1::SimulatedPod {
            name: self.controllers.rows.get(made.row).cloned().unwrap_or_default(),
            uid: made.uid.clone(),
            group: made.group.clone(),
            phase: made.status.phase.clone(),
            reason: made.status.reason.clone(),
            spec: plan.map(|plan| plan.spec().value().to_string()),
            v_switch: group.as_ref().and_then(|group| group.vswitch_id.clone()),
            address: group.as_ref().and_then(|group| group.intranet_ip.clone()),
            price_per_hour: price.map(|(rate, _)| rate.hour().to_string()),
        }
    }
}

/// The world as the facts have it.
fn settings(cluster: &Cluster, seed: u64) -> WorldSettings {
    WorldSettings::default().seed(seed).observed(cluster)
}

/// Something that goes wrong with a pod at a time: `spot-reclaim:report@+20m`.
#[derive(Debug)]
struct PlannedFault {
    name: String,
    pod: String,
    at: Instant,
}

impl PlannedFault {
    fn parse(text: &str) -> Result<Self, String> {
        let expected = || format!("--fault {text}: expected NAME:POD@+TIME, such as spot-reclaim:report@+20m");
        let (name, rest) = text.split_once(':').ok_or_else(expected)?;
        let (pod, at) = rest.split_once("@+").ok_or_else(expected)?;
        if name != "spot-reclaim" {
            return Err(format!("--fault {text}: `{name}` is no fault; faults are spot-reclaim"));
        }
        Ok(Self {
            name: name.to_owned(),
            pod: pod.to_owned(),
            at: Instant::ZERO + parse_span(at)?,
        })
    }
}
