//! Containers saved as images, and disks that grow.

use eci_model::api::{
    CommitContainer, CommitImage, CommitTask, DescribeCommitContainerTask, DiskVolume, ResizeContainerGroupVolume,
    Volume,
};

use super::operations::ask;
use super::*;

fn running() -> (World, String) {
    let mut world = world();
    let mut request = request("web");
    let volume = |name: &str, disk: Option<i32>| Volume {
        name: Some(name.into()),
        disk_volume: disk.map(|size| DiskVolume {
            disk_size: Some(size),
            ..Default::default()
        }),
        ..Default::default()
    };
    request.volume = vec![volume("data", Some(40)), volume("scratch", None)];
    let id = create(&mut world, request).expect("accepted");
    pass(&mut world, 60);
    (world, id)
}

fn commit(id: &str, container: &str) -> CommitContainer {
    CommitContainer {
        container_group_id: id.into(),
        container_name: container.into(),
        image: Some(CommitImage {
            repository: "shop/saved".into(),
            tag: "1".into(),
            ..Default::default()
        }),
        ..Default::default()
    }
}

fn task(world: &mut World, id: &str) -> CommitTask {
    let request = DescribeCommitContainerTask {
        task_id: vec![id.into()],
        ..Default::default()
    };
    ask(world, request).expect("a list").commit_tasks.remove(0)
}

#[test]
fn a_container_is_saved_in_three_phases() {
    let (mut world, id) = running();
    let made = ask(&mut world, commit(&id, "main"))
        .expect("it runs")
        .task_id
        .expect("an id");
    for (passed, phases, status) in [
        (1, 1, "Running"),
        (40, 2, "Running"),
        (60, 3, "Running"),
        (60, 3, "Succeeded"),
    ] {
        pass(&mut world, passed);
        let task = task(&mut world, &made);
        assert_eq!(
            (task.commit_phase_infos.len(), task.task_status.as_deref()),
            (phases, Some(status))
        );
    }
    assert!(task(&mut world, &made).task_finished_time.is_some());
}

#[test]
fn only_containers_that_run_are_saved() {
    let (mut world, id) = running();
    assert!(ask(&mut world, commit(&id, "other")).is_err());
    let mut nameless = commit(&id, "main");
    nameless.image = None;
    assert!(ask(&mut world, nameless).is_err());
    let waiting = create(&mut world, request("late")).expect("accepted");
    let error = ask(&mut world, commit(&waiting, "main")).expect_err("it does not run yet");
    assert_eq!(&*error.code, "IncorrectStatusDetail");
}

#[test]
fn disks_grow_and_never_shrink() {
    let (mut world, id) = running();
    let mut resize = |volume: &str, size: i64| {
        let request = ResizeContainerGroupVolume {
            container_group_id: id.clone(),
            volume_name: volume.into(),
            new_size: size,
            ..Default::default()
        };
        ask(&mut world, request).err().map(|error| error.code.to_string())
    };
    assert_eq!(resize("data", 80), None);
    assert_eq!(resize("data", 80), None, "the file system alone grows");
    assert_eq!(resize("data", 40).as_deref(), Some("InvalidParameter"));
    assert_eq!(resize("data", 40_000).as_deref(), Some("InvalidParameter"));
    assert_eq!(resize("scratch", 80).as_deref(), Some("InvalidVolumeType"));
    assert_eq!(resize("none", 80).as_deref(), Some("InvalidParameter"));
}
