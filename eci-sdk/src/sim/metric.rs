//! What containers use, where a script says so.

use eci_model::api::{
    Action, ContainerGroupMetrics, ContainerMetric, CpuMetric, DescribeContainerGroupMetric,
    DescribeContainerGroupMetricAnswer, DescribeMultiContainerGroupMetric, DescribeMultiContainerGroupMetricAnswer,
    LatestMetricRecord, MemoryMetric, MetricRecord,
};
use k8s_openapi::jiff::Timestamp;

use super::apply::SUPPORTED;
use super::group::{Group, RunState};
use super::script::Usage;
use super::time::Instant;
use super::world::{Key, World};
use crate::backend::BackendError;

/// The most records of one answer (DescribeContainerGroupMetric, API schema, 2024-06-24).
const POINTS: usize = 50;
/// Seconds between records when no range is asked for, and otherwise when no period is.
const FINEST: u64 = 15;
const PERIOD: u64 = 60;
/// How far back the records begin when nothing is said, in milliseconds.
const BACK: u64 = 300_000;

/// What containers used at a moment.
struct Used {
    cpu: CpuMetric,
    memory: MemoryMetric,
    containers: Vec<ContainerMetric>,
}

impl World {
    /// Whether the world answers an operation; metrics only where a script tells what some program uses.
    pub fn supports(&self, action: Action) -> bool {
        let metrics = [
            Action::DescribeContainerGroupMetric,
            Action::DescribeMultiContainerGroupMetric,
        ];
        SUPPORTED.contains(&action) || metrics.contains(&action) && self.settings.scripts.tell_usage()
    }

    pub(super) fn metric(
        &mut self,
        request: &DescribeContainerGroupMetric,
    ) -> Result<DescribeContainerGroupMetricAnswer, BackendError> {
        if !self.supports(Action::DescribeContainerGroupMetric) {
            return Err(BackendError::unsupported(Action::DescribeContainerGroupMetric));
        }
        let key = self.known(&request.container_group_id)?;
        let end = self
            .asked_moment(request.end_time.as_deref())?
            .unwrap_or(self.now)
            .min(self.now);
        let start = self.asked_moment(request.start_time.as_deref())?;
        let ranged = start.is_some() || request.end_time.is_some();
        let period = match request.period.as_deref() {
            _ if !ranged => FINEST,
            None | Some("60") => PERIOD,
            Some("15") => 15,
            Some("30") => 30,
            Some("600") => 600,
            Some(other) => return Err(refused(format!("`{other}` is no period"))),
        };
        let start = start.map_or(end.millis().saturating_sub(BACK), Instant::millis);
        let step = period * 1000;
        let moments = (start.div_ceil(step)..=end.millis() / step).map(|number| Instant::from_millis(number * step));
        let records = moments.filter_map(|at| self.record(key, at)).take(POINTS).collect();
        Ok(DescribeContainerGroupMetricAnswer {
            container_group_id: Some(request.container_group_id.clone()),
            records,
            request_id: self.request_id(),
            ..Default::default()
        })
    }

    pub(super) fn metrics(
        &mut self,
        request: &DescribeMultiContainerGroupMetric,
    ) -> Result<DescribeMultiContainerGroupMetricAnswer, BackendError> {
        if !self.supports(Action::DescribeMultiContainerGroupMetric) {
            return Err(BackendError::unsupported(Action::DescribeMultiContainerGroupMetric));
        }
        let ids = &request.container_group_ids.0;
        if ids.len() > 20 {
            return Err(refused("more than 20 container groups".to_owned()));
        }
        let newest = Instant::from_millis(self.now.millis() / 1000 / FINEST * FINEST * 1000);
        let of_group = |id: &String| {
            let used = self.key(id).and_then(|key| self.record(key, newest))?;
            Some(ContainerGroupMetrics {
                container_group_id: Some(id.clone()),
                records: vec![LatestMetricRecord {
                    cpu: used.cpu,
                    containers: used.containers,
                    memory: used.memory,
                    timestamp: used.timestamp,
                    ..Default::default()
                }],
            })
        };
        Ok(DescribeMultiContainerGroupMetricAnswer {
            monitor_datas: ids.iter().filter_map(of_group).collect(),
            request_id: self.request_id(),
            ..Default::default()
        })
    }

    /// The record of a moment; none when nothing ran that a script knows.
    fn record(&self, key: Key, at: Instant) -> Option<MetricRecord> {
        let used = self.usage_at(self.group(key)?, at)?;
        Some(MetricRecord {
            cpu: Some(used.cpu),
            containers: used.containers,
            memory: Some(used.memory),
            timestamp: Some(self.timestamp(at)),
            ..Default::default()
        })
    }

    fn usage_at(&self, group: &Group, at: Instant) -> Option<Used> {
        let runs = group.blueprint.containers.iter().zip(&group.containers);
        let of_container = |(plan, run): (&super::group::ContainerPlan, &super::group::Run)| {
            let (since, until) = match run.state {
                RunState::Running { since } => (since, self.now),
                RunState::Ended(ended) => (ended.since, ended.at),
                RunState::Waiting | RunState::BackOff => return None,
            };
            let usage = self.settings.scripts.program(plan).usage?;
            (since <= at && at <= until).then(|| (plan.name.to_string(), usage, at.since(since).as_millis()))
        };
        let running: Vec<(String, Usage, u128)> = runs.filter_map(of_container).collect();
        let mut all = (0, 0, 0);
        let mut containers = Vec::new();
        for (name, usage, millis) in running {
            let nanos = i64::from(usage.cpu_milli) * 1_000_000;
            let total = i64::from(usage.cpu_milli).saturating_mul(i64::try_from(millis).unwrap_or(i64::MAX));
            let total = total.saturating_mul(1000);
            let bytes = i64::from(usage.memory_mib) << 20;
            all = (all.0 + nanos, all.1 + total, all.2 + bytes);
            containers.push(ContainerMetric {
                cpu: Some(cpu(nanos, total)),
                memory: Some(memory(bytes)),
                name: Some(name),
            });
        }
        (!containers.is_empty()).then(|| Used {
            cpu: cpu(all.0, all.1),
            memory: memory(all.2),
            containers,
        })
    }

    fn asked_moment(&self, text: Option<&str>) -> Result<Option<Instant>, BackendError> {
        let Some(text) = text else { return Ok(None) };
        let moment: Timestamp = text.parse().map_err(|_| refused(format!("`{text}` is no time")))?;
        let since = moment.duration_since(self.settings.epoch).as_millis();
        Ok(Some(Instant::from_millis(u64::try_from(since).unwrap_or(0))))
    }
}

fn cpu(nanos: i64, total: i64) -> CpuMetric {
    CpuMetric {
        usage_nano_cores: Some(nanos),
        usage_core_nano_seconds: Some(total),
        ..Default::default()
    }
}

fn memory(bytes: i64) -> MemoryMetric {
    MemoryMetric {
        rss: Some(bytes),
        usage_bytes: Some(bytes),
        working_set: Some(bytes),
        ..Default::default()
    }
}

fn refused(message: String) -> BackendError {
    BackendError::of_code("InvalidParameter", 400, message)
}
