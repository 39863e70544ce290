//! Requests: limits, fields that one source alone knows, names and lists.

use eci_model::api::{
    Action, Container, CopyDataCache, CreateContainerGroup, CreateImageCache, DataSource, DeleteContainerGroup,
    DescribeContainerGroupEvents, Idempotency, Operation, OverheadReservationOption, Tag, UpdateContainerGroup,
};
use serde_json::json;

use super::{answer, create, described, read, value};

#[test]
fn list_limits_are_those_of_the_pages_not_of_the_metadata() {
    let containers = |count: usize| CreateContainerGroup {
        region_id: "cn-hangzhou".into(),
        container_group_name: "web".into(),
        container: vec![
            Container {
                name: "main".into(),
                image: "nginx".into(),
                ..Default::default()
            };
            count
        ],
        ..Default::default()
    };
    let violations = |request: CreateContainerGroup| Operation::from(request).check();
    assert!(violations(containers(20)).is_empty());
    let found = violations(containers(21));
    assert_eq!(
        found[0].to_string(),
        "parameter `Container` is 21 items, expected at most 20"
    );

    let tagged = CreateContainerGroup {
        tag: vec![
            Tag {
                key: Some("k".into()),
                value: None
            };
            21
        ],
        ..containers(1)
    };
    assert_eq!(violations(tagged)[0].parameter, "Tag");
}

#[test]
fn fields_that_only_one_sdk_knows_are_there() {
    let request = create(&[
        ("MaxPendingMinute", "10"),
        ("OverheadReservationOption.EnableOverheadReservation", "true"),
    ]);
    assert_eq!(request.max_pending_minute, Some(10));
    let reserved = Some(OverheadReservationOption {
        enable_overhead_reservation: Some(true),
    });
    assert_eq!(request.overhead_reservation_option, reserved);
    assert_eq!(
        value(
            DeleteContainerGroup {
                force: Some(true),
                ..Default::default()
            },
            "Force"
        )
        .as_deref(),
        Some("true")
    );
    let cache = CreateImageCache {
        os_type: Some("Windows".into()),
        ..Default::default()
    };
    assert_eq!(value(cache, "OsType").as_deref(), Some("Windows"));
    assert_eq!(
        described(&json!({"DnsPolicy": "None"})).dns_policy.as_deref(),
        Some("None")
    );
    let json = json!({"RequestId": "1", "Regions": [{"UnavailableZones": ["cn-hangzhou-b"]}]});
    let regions: eci_model::api::DescribeRegionsAnswer = answer(Action::DescribeRegions, &json);
    assert_eq!(regions.regions[0].unavailable_zones, ["cn-hangzhou-b"]);
}

#[test]
fn requests_name_the_same_things_in_another_way() {
    let request = create(&[
        ("SecurityContext.Sysctl.1.Name", "net.ipv4.ping_group_range"),
        ("HostAliase.1.Hostname.1", "db.local"),
        ("DnsConfig.NameServer.1", "223.5.5.5"),
        ("DnsConfig.Search.1", "local"),
        ("DnsConfig.Option.1.Name", "ndots"),
        ("Container.1.Command.1", "sh"),
        ("Container.1.Arg.1", "-c"),
        ("Container.1.LivenessProbe.Exec.Command.1", "cat"),
        ("Container.1.SecurityContext.Capability.Add.1", "NET_ADMIN"),
        ("Container.1.EnvironmentVar.1.FieldRef.FieldPath", "status.podIP"),
    ]);
    assert!(request.extra.is_empty(), "{:?}", request.extra);
}

#[test]
fn updates_spell_one_list_of_headers_in_the_plural() {
    let header = "Container.1.LifecyclePostStartHandlerHttpGetHttpHeader";
    let request = create(&[(&format!("{header}.1.Name"), "a")]);
    assert_eq!(
        request.container[0]
            .lifecycle_post_start_handler_http_get_http_header
            .len(),
        1
    );

    let update = |name: String| {
        let parameters = [
            ("RegionId", "cn-hangzhou"),
            ("ContainerGroupId", "eci-1"),
            (name.as_str(), "a"),
        ];
        let operation = read(Action::UpdateContainerGroup, &parameters).expect("good parameters");
        UpdateContainerGroup::try_from(operation).expect("an update")
    };
    let plural = update(format!("{header}s.1.Name"));
    assert_eq!(
        plural.container[0]
            .lifecycle_post_start_handler_http_get_http_headers
            .len(),
        1
    );
    let singular = update(format!("{header}.1.Name"));
    assert_eq!(singular.extra.keys().collect::<Vec<_>>(), [&format!("{header}.1.Name")]);
}

#[test]
fn only_five_parameters_of_a_create_are_required() {
    let least = [
        ("RegionId", "cn-hangzhou"),
        ("ContainerGroupName", "web"),
        ("Container.1.Name", "main"),
        ("Container.1.Image", "nginx"),
    ];
    assert!(read(Action::CreateContainerGroup, &least).is_ok_and(|operation| operation.check().is_empty()));
    for (at, (name, _)) in least.iter().enumerate() {
        let mut fewer = least.to_vec();
        fewer.remove(at);
        let error = read(Action::CreateContainerGroup, &fewer).expect_err("one is missing");
        assert_eq!(error.to_string(), format!("parameter `{name}` is missing"));
    }
    let error = read(Action::CreateContainerGroup, &least[..2]).expect_err("the containers are missing");
    assert_eq!(error.name(), "Container");
}

#[test]
fn an_update_says_nothing_about_what_it_leaves_out() {
    let update = UpdateContainerGroup {
        region_id: "r".into(),
        container_group_id: "eci-1".into(),
        ..Default::default()
    };
    let names: Vec<String> = Operation::from(update.clone())
        .to_parameters()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["ContainerGroupId", "RegionId"]);
    let wrong = UpdateContainerGroup {
        update_type: Some("Patch".into()),
        ..update
    };
    let found = Operation::from(wrong).check();
    assert_eq!(
        found[0].to_string(),
        "parameter `UpdateType` is `Patch`, expected one of RenewUpdate, IncrementalUpdate"
    );
}

#[test]
fn structs_without_a_number_are_flat() {
    let request = eci_model::api::CreateDataCache {
        data_source: Some(DataSource {
            type_: Some("URL".into()),
            ..Default::default()
        }),
        ..Default::default()
    };
    assert_eq!(value(request, "DataSource.Type").as_deref(), Some("URL"));
}

#[test]
fn events_have_no_second_page() {
    let paging = Action::DescribeContainerGroupEvents.paging().expect("it has pages");
    assert!(!paging.token_in_answer);
    let request = DescribeContainerGroupEvents {
        next_token: Some("t".into()),
        ..Default::default()
    };
    assert_eq!(value(request, "NextToken").as_deref(), Some("t"));
    let silent = Action::ALL
        .iter()
        .filter(|action| action.paging().is_some_and(|paging| !paging.token_in_answer));
    assert_eq!(silent.collect::<Vec<_>>(), [&Action::DescribeContainerGroupEvents]);
}

#[test]
fn two_actions_must_be_posted() {
    let only_post = Action::ALL.iter().filter(|action| action.methods() == ["POST"]);
    assert_eq!(
        only_post.collect::<Vec<_>>(),
        [
            &Action::DescribeContainerGroupStatus,
            &Action::DescribeContainerGroupEvents
        ]
    );
}

#[test]
fn one_read_has_a_token_and_four_writes_have_none() {
    let read = Action::DescribeVirtualNodes;
    assert!(read.takes_client_token() && read.idempotency() == Idempotency::Read);
    let unsafe_twice = Action::ALL
        .iter()
        .filter(|action| action.idempotency() == Idempotency::None);
    assert_eq!(
        unsafe_twice.collect::<Vec<_>>(),
        [
            &Action::ExecContainerCommand,
            &Action::CommitContainer,
            &Action::CreateInstanceOpsTask,
            &Action::TagResources,
        ]
    );
}

#[test]
fn both_spellings_of_the_mount_propagation_pass() {
    for spelling in ["HostToContainer", "HostToCotainer"] {
        let request = create(&[("Container.1.VolumeMount.1.MountPropagation", spelling)]);
        assert!(Operation::from(request).check().is_empty(), "{spelling}");
    }
}

#[test]
fn an_unknown_parameter_travels_on() {
    let request = create(&[
        ("SlsEnable", "true"),
        ("Container.1.SlsEnable", "false"),
        ("OwnerId", "7"),
    ]);
    assert_eq!(
        request.extra.keys().collect::<Vec<_>>(),
        ["Container.1.SlsEnable", "OwnerId", "SlsEnable"]
    );
    assert_eq!(value(request, "Container.1.SlsEnable").as_deref(), Some("false"));
}

#[test]
fn a_value_where_a_struct_stands_is_unknown() {
    let request = create(&[("DnsConfig", "x"), ("Cpu.1", "2"), ("Container.1.LivenessProbe", "y")]);
    assert_eq!(
        request.extra.keys().collect::<Vec<_>>(),
        ["Container.1.LivenessProbe", "Cpu.1", "DnsConfig"]
    );
    assert_eq!((request.dns_config, request.cpu), (None, None));
}

#[test]
fn what_fits_is_read_beside_what_does_not() {
    let sent = [
        ("Cpu", "2"),
        ("Cpu.1", "x"),
        ("Tag.1", "x"),
        ("Tag.3.Key", "team"),
        ("Tag.3.Value.1", "x"),
    ];
    let request = create(&sent);
    assert_eq!(request.cpu.map(|cpu| cpu.to_string()).as_deref(), Some("2"));
    assert_eq!(request.tag.len(), 1);
    assert_eq!(
        request.extra.keys().collect::<Vec<_>>(),
        ["Cpu.1", "Tag.1", "Tag.1.Value.1"]
    );
    let operation = Operation::from(request);
    let again = Operation::from_parameters(operation.action(), &operation.to_parameters());
    assert_eq!(again, Ok(operation));
}

#[test]
fn the_copy_names_its_region_apart_from_the_caller() {
    let request = CopyDataCache {
        region_id: "cn-hangzhou".into(),
        destination_region_id: "cn-beijing".into(),
        data_cache_id: "edc-1".into(),
        ..Default::default()
    };
    let operation = Operation::from(request);
    assert_eq!(operation.region_id(), Some("cn-hangzhou"));
    assert!(operation.check().is_empty());
}
