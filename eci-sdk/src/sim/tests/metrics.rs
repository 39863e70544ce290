//! Metrics, where a script gives them.

use eci_model::api::{Action, DescribeContainerGroupMetric, DescribeMultiContainerGroupMetric};

use super::operations::ask;
use super::*;

#[test]
fn metrics_come_with_scripts_and_not_without() {
    let mut world = World::ideal();
    let id = create(&mut world, request("web")).expect("accepted");
    let one = DescribeContainerGroupMetric {
        container_group_id: id.clone(),
        ..Default::default()
    };
    let many = DescribeMultiContainerGroupMetric {
        container_group_ids: JsonList::from_iter([id.as_str(), "eci-unknown"]),
        ..Default::default()
    };
    let error = ask(&mut world, one.clone()).expect_err("nothing is known");
    assert_eq!(error.class, Class::Unsupported);
    assert!(!world.supports(Action::DescribeContainerGroupMetric));
    world.settings.scripts.container("main").usage = Some(Usage {
        cpu_milli: 250,
        memory_mib: 64,
    });
    assert!(world.supports(Action::DescribeMultiContainerGroupMetric));
    pass(&mut world, 3600);
    let records = ask(&mut world, one.clone()).expect("known").records;
    assert_eq!(records.len(), 21, "five minutes, each 15 seconds, both ends");
    let last = records.last().expect("one");
    assert_eq!(last.timestamp.as_deref(), Some("2026-01-01T01:00:00Z"));
    let cpu = last.cpu.as_ref().expect("cpu");
    assert_eq!(cpu.usage_nano_cores, Some(250_000_000));
    assert!((899_000_000_000..=900_000_000_000).contains(&cpu.usage_core_nano_seconds.unwrap_or(0)));
    let memory = last.containers[0].memory.as_ref().expect("memory");
    assert_eq!(memory.working_set, Some(64 << 20));
    let ranged = DescribeContainerGroupMetric {
        start_time: Some("2026-01-01T00:00:00Z".into()),
        period: Some("15".into()),
        ..one
    };
    assert_eq!(ask(&mut world, ranged).expect("known").records.len(), 50);
    let all = ask(&mut world, many).expect("known").monitor_datas;
    assert_eq!((all.len(), all[0].records.len()), (1, 1));
}
