//! The operations beside creation and deletion.

use eci_model::api::{
    Action, Answer, ContainerUpdate, DescribeAvailableResource, DescribeContainerGroupEvents,
    DescribeContainerGroupPrice, DescribeContainerGroupStatus, DescribeContainerLog, DescribeRegions,
    DestinationResource, ExecContainerCommand, ListTagResources, ListUsage, Request, Tag, TagResources, UntagResources,
    UpdateContainerGroup,
};
use eci_model::{Cpu, Region};

use super::super::apply::SUPPORTED;
use super::*;

pub(super) fn ask<R: Request>(world: &mut World, request: R) -> Result<R::Answer, BackendError> {
    let answer = world.apply(&request.into())?;
    Ok(R::Answer::try_from(answer)
        .map_err(|error| error.to_string())
        .expect("an answer of its kind"))
}

fn running(world: &mut World, request: CreateContainerGroup) -> String {
    let id = create(world, request).expect("accepted");
    pass(world, 120);
    assert_eq!(status(world, &id), "Running");
    id
}

fn update(id: &str, kind: &str, containers: Vec<ContainerUpdate>) -> UpdateContainerGroup {
    UpdateContainerGroup {
        container_group_id: id.into(),
        region_id: "cn-hangzhou".into(),
        update_type: Some(kind.into()),
        container: containers,
        ..Default::default()
    }
}

fn image(name: &str, image: &str) -> ContainerUpdate {
    ContainerUpdate {
        name: Some(name.into()),
        image: Some(image.into()),
        ..Default::default()
    }
}

#[test]
fn what_is_supported_is_answered_and_nothing_else() {
    for action in Action::ALL {
        let answer = World::ideal().apply(&Operation::empty(*action));
        let denied = answer.is_err_and(|error| error.class == Class::Unsupported);
        assert_eq!(denied, !SUPPORTED.contains(action), "{action}");
    }
}

/// The ledger has one row for each operation, and says `Unsupported` where the world does.
#[test]
fn the_ledger_is_complete_and_true_about_operations() {
    let ledger = include_str!("../PARITY.md");
    for action in Action::ALL {
        let begin = format!("| {action} | ");
        let rows: Vec<&str> = ledger.lines().filter(|line| line.starts_with(&begin)).collect();
        assert_eq!(rows.len(), 1, "{action}");
        let denied = rows[0].contains("| `Unsupported`");
        assert_eq!(denied, !SUPPORTED.contains(action), "{action}");
    }
}

/// Every row of the ledger has a basis of the three and says where it comes from.
#[test]
fn every_row_of_the_ledger_has_a_basis() {
    let rows = include_str!("../PARITY.md")
        .lines()
        .filter(|line| line.starts_with("| "));
    let rows = rows.filter(|line| {
        !line.starts_with("| operation |") && !line.starts_with("| behaviour |") && !line.starts_with("| fault |")
    });
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").collect();
        assert_eq!(cells.len(), 3, "{row}");
        assert!(matches!(cells[1], "documented" | "inferred" | "assumed"), "{row}");
        assert!(cells[2].trim().len() > 3, "{row}");
    }
}

#[test]
fn an_answer_is_of_the_action_that_was_asked_for_and_names_its_request() {
    let mut world = world();
    let id = running(&mut world, request("web"));
    let restart = RestartContainerGroup {
        container_group_id: id,
        ..Default::default()
    };
    match world.apply(&restart.into()) {
        Ok(Answer::RestartContainerGroup(answer)) => assert_eq!(answer.request_id.len(), 36),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_incremental_update_changes_what_it_names_and_keeps_the_address() {
    let mut world = world();
    let mut two = request("web");
    two.container.push(container("log"));
    let id = running(&mut world, two);
    let address = group(&world, &id).intranet_ip;
    ask(
        &mut world,
        update(&id, "IncrementalUpdate", vec![image("log", "shop/log:2")]),
    )
    .expect("accepted");
    assert_eq!(status(&world, &id), "Updating");
    let events = pass(&mut world, 120);
    assert_eq!(states(&events), ["Updating", "Pending", "Running"]);
    let after = group(&world, &id);
    let images: Vec<_> = after
        .containers
        .iter()
        .filter_map(|container| container.image.as_deref())
        .collect();
    assert_eq!(images, ["shop/main:1", "shop/log:2"]);
    assert_eq!(after.intranet_ip, address);
    assert_eq!(after.containers[0].restart_count, Some(1));
    let pulled = world.journal().entries().iter().filter(|entry| entry.what == "Pulled");
    let pulled: Vec<&str> = pulled.map(|entry| &*entry.detail).collect();
    assert_eq!(
        pulled,
        ["shop/main:1", "shop/log:1", "shop/log:2"],
        "what is there is not pulled again"
    );
}

#[test]
fn an_incremental_update_adds_containers_of_new_names() {
    let mut world = world();
    let id = running(&mut world, request("web"));
    let new = vec![image("log", "shop/log:1"), image("trace", "shop/trace:1")];
    ask(&mut world, update(&id, "IncrementalUpdate", new)).expect("accepted");
    pass(&mut world, 200);
    let group = group(&world, &id);
    let names: Vec<_> = group
        .containers
        .iter()
        .filter_map(|container| container.name.as_deref())
        .collect();
    assert_eq!(names, ["main", "log", "trace"]);
    assert_eq!(group.containers[1].restart_count, Some(0));
}

#[test]
fn a_renewing_update_replaces_lists_as_a_whole() {
    let mut world = world();
    let mut two = request("web");
    two.container.push(container("log"));
    two.tag = vec![Tag {
        key: Some("team".into()),
        value: Some("shop".into()),
    }];
    let id = running(&mut world, two);
    ask(&mut world, update(&id, "RenewUpdate", vec![image("log", "shop/log:2")])).expect("accepted");
    pass(&mut world, 120);
    let group = group(&world, &id);
    assert_eq!(group.containers.len(), 1);
    assert_eq!(group.tags.len(), 1, "a list that is not named stays");
}

#[test]
fn an_update_without_an_image_is_refused_and_changes_nothing() {
    let mut world = world();
    let id = running(&mut world, request("web"));
    let nameless = ContainerUpdate {
        name: Some("other".into()),
        ..Default::default()
    };
    let error = ask(&mut world, update(&id, "RenewUpdate", vec![nameless])).expect_err("no image");
    assert!(error.message.contains("Container.1.Image"), "{error}");
    assert_eq!(status(&world, &id), "Running");
}

#[test]
fn only_groups_that_are_pending_or_running_are_updated() {
    let mut world = world();
    let id = create(&mut world, request("web")).expect("accepted");
    let error = ask(&mut world, update(&id, "RenewUpdate", vec![image("main", "a:2")])).expect_err("it is scheduling");
    assert_eq!(
        (&*error.code, error.class),
        ("IncorrectStatus", Class::AfterStateChange)
    );
}

#[test]
fn a_token_makes_every_write_happen_once() {
    let mut world = world();
    let id = running(&mut world, request("web"));
    let restart = RestartContainerGroup {
        container_group_id: id.clone(),
        client_token: Some("once".into()),
        ..Default::default()
    };
    ask(&mut world, restart.clone()).expect("accepted");
    pass(&mut world, 120);
    ask(&mut world, restart).expect("accepted before");
    assert_eq!(status(&world, &id), "Running");
    assert_eq!(group(&world, &id).containers[0].restart_count, Some(1));
    let other = DeleteContainerGroup {
        container_group_id: id,
        client_token: Some("once".into()),
        ..Default::default()
    };
    let error = ask(&mut world, other).expect_err("another action");
    assert_eq!(&*error.code, "IdempotentParameterMismatch");
}

#[test]
fn a_dry_run_is_no_failure_and_makes_nothing() {
    let mut world = world();
    let mut dry = request("web");
    dry.dry_run = Some(true);
    let error = create(&mut world, dry).expect_err("a dry run is answered as an error");
    assert_eq!((&*error.code, error.class), ("DryRunOperation", Class::NotAFailure));
    assert_eq!(world.next_event_at(), None);
}

#[test]
fn the_quota_of_vcpu_counts_what_has_not_ended() {
    let mut world = world();
    world.settings.vcpu_quota = Some(Cpu::from_vcpu(5));
    let first = create(&mut world, request("one")).expect("2 of 5");
    create(&mut world, request("two")).expect("4 of 5");
    let error = create(&mut world, request("three")).expect_err("6 of 5");
    assert_eq!(&*error.code, "QuotaExceeded");
    let usage = ask(&mut world, ListUsage::default()).expect("answered").attributes;
    assert_eq!(usage["UsedCpu"].to_string(), "4");
    assert_eq!(usage["MaxCpu"].to_string(), "5");
    delete(&mut world, &first);
    pass(&mut world, 60);
    create(&mut world, request("three")).expect("4 of 5");
}

#[test]
fn logs_are_what_the_script_wrote_so_far() {
    let mut world = world();
    let line = |seconds, text: &str| LogLine {
        after: Duration::from_secs(seconds),
        text: text.into(),
    };
    world.settings.scripts.image("shop/main").log = vec![line(0, "began"), line(1, "works"), line(100_000, "never")];
    let id = running(&mut world, request("web"));
    let mut asked = DescribeContainerLog {
        container_group_id: id,
        container_name: "main".into(),
        ..Default::default()
    };
    let content =
        |world: &mut World, asked: &DescribeContainerLog| ask(world, asked.clone()).expect("answered").content;
    assert_eq!(content(&mut world, &asked).as_deref(), Some("began\nworks\n"));
    asked.tail = Some(1);
    assert_eq!(content(&mut world, &asked).as_deref(), Some("works\n"));
    asked.limit_bytes = Some(3);
    assert_eq!(content(&mut world, &asked).as_deref(), Some("wor"));
    asked.container_name = "other".into();
    assert_eq!(
        &*ask(&mut world, asked).expect_err("no such container").code,
        "InvalidParameter.NotFound"
    );
}

#[test]
fn commands_print_what_the_script_says() {
    let mut world = world();
    world
        .settings
        .scripts
        .image("shop/main")
        .exec
        .insert("cat /etc/version".into(), "1.4".into());
    let id = running(&mut world, request("web"));
    let mut exec = ExecContainerCommand {
        container_group_id: id,
        container_name: "main".into(),
        command: JsonList::from_iter(["cat", "/etc/version"]),
        sync: Some(true),
        ..Default::default()
    };
    let answer = ask(&mut world, exec.clone()).expect("answered");
    assert_eq!(answer.sync_response.as_deref(), Some("1.4"));
    exec.sync = None;
    assert_eq!(
        ask(&mut world, exec).expect_err("nobody listens").class,
        Class::Unsupported
    );
}

#[test]
fn statuses_are_listed_in_the_words_of_pods() {
    let mut world = world();
    let id = running(&mut world, request("web"));
    let answer = ask(&mut world, DescribeContainerGroupStatus::default()).expect("answered");
    let status = answer.data[0].pod_status.as_ref().expect("a status");
    assert_eq!(answer.data[0].container_group_id.as_deref(), Some(&*id));
    assert_eq!(status.phase.as_deref(), Some("Running"));
    assert_eq!(status.pod_ip.as_deref(), Some("10.0.8.1"));
    assert!(
        status.container_statuses[0]
            .state
            .as_ref()
            .is_some_and(|state| state.running.is_some())
    );
    pass(&mut world, 600);
    let recent = DescribeContainerGroupStatus {
        since_second: Some(60),
        ..Default::default()
    };
    assert!(
        ask(&mut world, recent).expect("answered").data.is_empty(),
        "nothing changed of late"
    );
}

#[test]
fn events_name_who_tells_them() {
    let mut world = world();
    running(&mut world, request("web"));
    let answer = ask(&mut world, DescribeContainerGroupEvents::default()).expect("answered");
    let told = answer.data[0].events.iter();
    let told: Vec<_> = told
        .map(|event| {
            (
                event.reason.as_deref(),
                event.source.as_ref().and_then(|source| source.component.as_deref()),
            )
        })
        .collect();
    assert!(told.contains(&(Some("Started"), Some("kubelet"))), "{told:?}");
}

#[test]
fn tags_are_put_on_found_and_taken_off() {
    let mut world = world();
    let id = create(&mut world, request("web")).expect("accepted");
    let tag = |value: &str| Tag {
        key: Some("team".into()),
        value: Some(value.into()),
    };
    for value in ["shop", "pay"] {
        let put = TagResources {
            resource_id: vec![id.clone()],
            resource_type: "ContainerGroup".into(),
            tag: vec![tag(value)],
            ..Default::default()
        };
        ask(&mut world, put).expect("accepted");
    }
    let list = ListTagResources {
        resource_type: "ContainerGroup".into(),
        ..Default::default()
    };
    let rows = ask(&mut world, list.clone()).expect("answered").tag_resources;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].tag_value.as_deref(), Some("pay"));
    assert_eq!(group(&world, &id).tags, [tag("pay")]);
    let off = UntagResources {
        resource_id: vec![id],
        resource_type: "ContainerGroup".into(),
        all: Some(true),
        ..Default::default()
    };
    ask(&mut world, off).expect("accepted");
    assert!(ask(&mut world, list).expect("answered").tag_resources.is_empty());
}

#[test]
fn regions_are_the_published_ones_with_the_zones_of_the_world() {
    let mut world = world();
    let hangzhou = DescribeRegions {
        region_id: Some("cn-hangzhou".into()),
        ..Default::default()
    };
    let regions = ask(&mut world, hangzhou).expect("answered").regions;
    assert_eq!(regions.len(), 1);
    assert_eq!(regions[0].zones, ["cn-hangzhou-h"]);
    let all = ask(&mut world, DescribeRegions::default()).expect("answered").regions;
    let parse =
        |region: &eci_model::api::RegionInfo| region.region_id.as_deref().and_then(|id| id.parse::<Region>().ok());
    assert!(all.len() > 30 && all.iter().all(|region| parse(region).is_some()));
}

#[test]
fn a_type_that_is_out_of_stock_is_said_to_be() {
    let mut world = world();
    world
        .fault(Fault::StockOut(OutOfStock::of_spec("ecs.c6.large")))
        .expect("it can be closed");
    let mut word = |value: &str| {
        let request = DescribeAvailableResource {
            destination_resource: DestinationResource {
                category: "InstanceType".into(),
                value: Some(value.into()),
                ..Default::default()
            },
            region_id: "cn-hangzhou".into(),
            ..Default::default()
        };
        let zones = ask(&mut world, request).expect("answered").available_zones;
        zones[0].available_resources[0].supported_resources[0]
            .status_category
            .clone()
    };
    assert_eq!(word("ecs.c6.large").as_deref(), Some("WithoutStock"));
    assert_eq!(word("ecs.g6.large").as_deref(), Some("WithStock"));
}

#[test]
fn a_size_costs_what_the_page_says() {
    let mut world = world();
    let request = DescribeContainerGroupPrice {
        region_id: "cn-hangzhou".into(),
        cpu: Some(2.into()),
        memory: Some(4.into()),
        ..Default::default()
    };
    let info = ask(&mut world, request).expect("answered").price_info.expect("a price");
    let price = info.price.expect("a price");
    assert_eq!(
        price.trade_price.map(|price| price.to_string()).as_deref(),
        Some("0.00012252")
    );
    assert_eq!(price.currency.as_deref(), Some("CNY"));
    let unknown = DescribeContainerGroupPrice {
        instance_type: Some("ecs.c6.large".into()),
        ..Default::default()
    };
    assert_eq!(
        ask(&mut world, unknown).expect_err("no price").class,
        Class::Unsupported
    );
}
