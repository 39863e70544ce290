//! What a naive reading of the description gets wrong, one test a fact (digest of the description, 2026-11-23).

use eci_model::api::{
    Action, Answer, CommaList, Container, CopyDataCache, CreateContainerGroup, CreateImageCache, DataSource, Decimal,
    DeleteContainerGroup, DescribeContainerGroupEvents, DescribeContainerGroupPriceAnswer,
    DescribeContainerGroupStatusAnswer, DescribeContainerGroups, DescribeContainerGroupsAnswer, Idempotency, JsonList,
    Operation, OverheadReservationOption, ParameterError, Tag, UpdateContainerGroup,
};
use serde_json::{Value as Json, json};

fn read(action: Action, parameters: &[(&str, &str)]) -> Result<Operation, ParameterError> {
    let owned: Vec<_> = parameters
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Operation::from_parameters(action, &owned)
}

fn create(more: &[(&str, &str)]) -> CreateContainerGroup {
    let least = [
        ("RegionId", "cn-hangzhou"),
        ("ContainerGroupName", "web"),
        ("Container.1.Name", "main"),
        ("Container.1.Image", "nginx"),
    ];
    let operation = read(Action::CreateContainerGroup, &[&least, more].concat()).expect("good parameters");
    operation.try_into().expect("a create")
}

fn value(operation: impl Into<Operation>, name: &str) -> Option<String> {
    let parameters = operation.into().to_parameters();
    parameters
        .into_iter()
        .find(|(found, _)| found == name)
        .map(|(_, value)| value)
}

fn answer<A: TryFrom<Answer>>(action: Action, json: &Json) -> A {
    let answer = Answer::from_json(action, &json.to_string()).unwrap_or_else(|error| panic!("{error}"));
    A::try_from(answer).unwrap_or_else(|_| panic!("an answer to {action}"))
}

fn described(group: &Json) -> eci_model::api::ContainerGroup {
    let json = json!({"RequestId": "1", "ContainerGroups": [group]});
    let mut answer: DescribeContainerGroupsAnswer = answer(Action::DescribeContainerGroups, &json);
    assert!(answer.extra.is_empty(), "{:?}", answer.extra);
    answer.container_groups.remove(0)
}

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
fn answers_name_things_in_their_own_way() {
    let group = described(&json!({
        "EciSecurityContext": {"Sysctls": [{"Name": "net.ipv4.ping_group_range", "Value": "0 1"}]},
        "HostAliases": [{"Ip": "10.0.0.8", "Hostnames": ["db.local"]}],
        "DnsConfig": {"NameServers": ["223.5.5.5"], "Searches": ["local"], "Options": [{"Name": "ndots", "Value": "2"}]},
        "Containers": [{
            "Commands": ["sh"], "Args": ["-c"],
            "LivenessProbe": {"Execs": ["cat"]},
            "SecurityContext": {"Capability": {"Adds": ["NET_ADMIN"]}},
            "EnvironmentVars": [{"Key": "IP", "ValueFrom": {"FieldRef": {"FieldPath": "status.podIP"}}}],
        }],
        "InitContainers": [{"Command": ["sh"], "Args": ["-c"]}],
    }));
    let container = &group.containers[0];
    assert_eq!(
        (&container.commands[..], &container.args[..]),
        (&["sh".to_owned()][..], &["-c".to_owned()][..])
    );
    assert_eq!(container.liveness_probe.as_ref().expect("a probe").execs, ["cat"]);
    let capability = container
        .security_context
        .as_ref()
        .and_then(|context| context.capability.as_ref());
    assert_eq!(capability.expect("capabilities").adds, ["NET_ADMIN"]);
    let source = container.environment_vars[0]
        .value_from
        .as_ref()
        .and_then(|from| from.field_ref.as_ref());
    assert_eq!(source.expect("a field").field_path.as_deref(), Some("status.podIP"));
    assert_eq!(group.init_containers[0].command, ["sh"]);
    assert_eq!(
        group.eci_security_context.expect("parameters").sysctls[0]
            .value
            .as_deref(),
        Some("0 1")
    );
    assert_eq!(group.host_aliases[0].hostnames, ["db.local"]);
    let dns = group.dns_config.expect("a configuration");
    assert_eq!(
        (dns.name_servers.len(), dns.searches.len(), dns.options.len()),
        (1, 1, 1)
    );
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
fn volumes_of_an_answer_are_flat() {
    let group = described(&json!({"Volumes": [{
        "Name": "all",
        "ConfigFileVolumeConfigFileToPaths": [{"Path": "app.conf", "Content": "YQ=="}],
        "NFSVolumePath": "/share",
        "NFSVolumeReadOnly": true,
        "FlexVolumeOptions": "{}",
        "EmptyDirVolumeMedium": "Memory",
        "DiskVolumeDiskId": "d-1",
    }]}));
    let volume = &group.volumes[0];
    assert_eq!(
        volume.config_file_volume_config_file_to_paths[0].path.as_deref(),
        Some("app.conf")
    );
    assert_eq!(
        (volume.nfs_volume_path.as_deref(), volume.nfs_volume_read_only),
        (Some("/share"), Some(true))
    );
    assert_eq!(
        volume.flex_volume_options.as_ref().expect("options").expose_secret(),
        "{}"
    );
    assert_eq!(volume.disk_volume_disk_id.as_deref(), Some("d-1"));
    assert_eq!(volume.empty_dir_volume_medium.as_deref(), Some("Memory"));
}

#[test]
fn a_live_answer_may_hold_more_and_nothing_is_lost() {
    let json = json!({"RequestId": "1", "TotalCount": 1, "ContainerGroups": [
        {"ContainerGroupId": "eci-1", "TerminationGracePeriodSeconds": 30, "Containers": [{"Name": "main", "LifecycleHooks": ["a/b"]}]}
    ]});
    let answer: DescribeContainerGroupsAnswer = answer(Action::DescribeContainerGroups, &json);
    let unknown: Vec<(&str, &str)> = answer
        .extra
        .iter()
        .map(|(pointer, json)| (pointer.as_str(), json.expose_secret().as_str()))
        .collect();
    assert_eq!(
        unknown,
        [
            ("/ContainerGroups/0/Containers/0/LifecycleHooks", r#"["a/b"]"#),
            ("/ContainerGroups/0/TerminationGracePeriodSeconds", "30"),
        ]
    );
    let written: Json = serde_json::from_str(&Answer::from(answer).to_json()).expect("JSON");
    assert_eq!(
        written.pointer("/ContainerGroups/0/TerminationGracePeriodSeconds"),
        Some(&json!(30))
    );
    assert_eq!(
        written.pointer("/ContainerGroups/0/Containers/0/LifecycleHooks/0"),
        Some(&json!("a/b"))
    );
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
fn the_status_answer_mixes_cases() {
    let json = json!({"RequestId": "1", "Data": [{
        "uuid": "u-1",
        "Annotations": "{\"a\": \"b\"}",
        "PodStatus": {
            "Conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": "2026-01-02T03:04:05Z", "Reason": "x"}],
            "ContainerStatuses": [{"ImageID": "sha256:1", "State": {"Running": {"StartedAtstartedAt": "2026-01-02T03:04:05Z"}}}],
        },
    }]});
    let answer: DescribeContainerGroupStatusAnswer = answer(Action::DescribeContainerGroupStatus, &json);
    assert!(answer.extra.is_empty(), "{:?}", answer.extra);
    let group = &answer.data[0];
    assert_eq!(group.uuid.as_deref(), Some("u-1"));
    assert_eq!(
        group.annotations.as_deref(),
        Some(r#"{"a": "b"}"#),
        "JSON inside a text"
    );
    let status = group.pod_status.as_ref().expect("a status");
    assert_eq!(
        (
            status.conditions[0].type_.as_deref(),
            status.conditions[0].status.as_deref()
        ),
        (Some("Ready"), Some("True"))
    );
    assert_eq!(status.conditions[0].reason.as_deref(), Some("x"));
    let running = status.container_statuses[0]
        .state
        .as_ref()
        .and_then(|state| state.running.as_ref());
    assert_eq!(
        running.expect("it runs").started_at.as_deref(),
        Some("2026-01-02T03:04:05Z")
    );
}

#[test]
fn events_and_metrics_mix_cases_too() {
    let json = json!({"RequestId": "1", "Data": [{"uuid": "u", "Events": [{"involvedObject": {"Kind": "Pod"}}]}]});
    let events: eci_model::api::DescribeContainerGroupEventsAnswer =
        answer(Action::DescribeContainerGroupEvents, &json);
    let about = events.data[0].events[0].involved_object.as_ref();
    assert_eq!(about.and_then(|object| object.kind.as_deref()), Some("Pod"));

    let json = json!({"RequestId": "1", "Records": [{"Disk": [{"ReadIO": 1, "WriteIO": 2}]}]});
    let one: eci_model::api::DescribeContainerGroupMetricAnswer = answer(Action::DescribeContainerGroupMetric, &json);
    assert_eq!(
        (one.records[0].disk[0].read_io, one.records[0].disk[0].write_io),
        (Some(1), Some(2))
    );
    let json = json!({"RequestId": "1", "MonitorDatas": [{"Records": [{"Disk": [{"ReadIo": 1, "WriteIo": 2}]}]}]});
    let many: eci_model::api::DescribeMultiContainerGroupMetricAnswer =
        answer(Action::DescribeMultiContainerGroupMetric, &json);
    let disk = &many.monitor_datas[0].records[0].disk[0];
    assert_eq!((disk.read_io, disk.write_io), (Some(1), Some(2)));
}

#[test]
fn switches_and_numbers_may_be_texts() {
    let request = create(&[
        ("FixedIp", "true"),
        ("Ipv6GatewayBandwidth", "5"),
        ("Volume.1.EmptyDirVolume.SizeLimit", "2Gi"),
    ]);
    assert_eq!(request.fixed_ip.as_deref(), Some("true"));
    assert_eq!(request.ipv6_gateway_bandwidth.as_deref(), Some("5"));
    let scratch = request.volume[0].empty_dir_volume.as_ref().expect("scratch space");
    assert_eq!(scratch.size_limit.as_deref(), Some("2Gi"));
    let metric = eci_model::api::DescribeContainerGroupMetric {
        period: Some("600".into()),
        ..Default::default()
    };
    assert_eq!(value(metric, "Period").as_deref(), Some("600"));
    let tags = eci_model::api::ListTagResources {
        limit: Some("20".into()),
        ..Default::default()
    };
    assert_eq!(value(tags, "Limit").as_deref(), Some("20"));
    let json = json!({"RequestId": "1", "MaxResults": "10"});
    let tasks: eci_model::api::DescribeCommitContainerTaskAnswer = answer(Action::DescribeCommitContainerTask, &json);
    assert_eq!(tasks.max_results.as_deref(), Some("10"));
}

#[test]
fn answers_may_put_numbers_between_quotes_and_say_null() {
    let json = json!({"RequestId": "1", "TotalCount": "3", "NextToken": null, "ContainerGroups": [
        {"Cpu": "0.5", "Memory": 1, "Discount": null, "Containers": null, "ResourceGroupId": 7},
        null,
    ]});
    let answer: DescribeContainerGroupsAnswer = answer(Action::DescribeContainerGroups, &json);
    assert_eq!((answer.total_count, answer.next_token), (Some(3), None));
    let group = &answer.container_groups[0];
    assert_eq!(group.cpu, Some(Decimal::from_milli(500)));
    assert_eq!(group.memory, Some(Decimal::from(1)));
    assert_eq!(group.resource_group_id.as_deref(), Some("7"));
    assert_eq!(answer.container_groups.len(), 1);
}

#[test]
fn what_is_unknown_beside_a_null_or_in_a_bare_list_comes_back() {
    let json = json!({"RequestId": "1", "ContainerGroups": [null, {"ContainerGroupId": "eci-1", "New": 7}]});
    let groups = Answer::from_json(Action::DescribeContainerGroups, &json.to_string()).expect("a good answer");
    let written: Json = serde_json::from_str(&groups.to_json()).expect("JSON");
    assert_eq!(written.pointer("/ContainerGroups/0/New"), Some(&json!(7)));

    let json = json!({"RequestId": "1", "PriceInfo": {"Rules": [{"RuleId": 1, "New": {"a/b": [7]}}]}});
    let price = Answer::from_json(Action::DescribeContainerGroupPrice, &json.to_string()).expect("a good answer");
    let written: Json = serde_json::from_str(&price.to_json()).expect("JSON");
    assert_eq!(
        written.pointer("/PriceInfo/Rules/Rule/0"),
        Some(&json!({"RuleId": 1, "New": {"a/b": [7]}}))
    );
}

#[test]
fn answers_of_another_form_are_named_by_place() {
    for (json, message) in [
        (json!([]), "`` in the answer is not an object"),
        (
            json!({"ContainerGroups": {}}),
            "`/ContainerGroups` in the answer is not a list",
        ),
        (
            json!({"ContainerGroups": [{"Cpu": "much"}]}),
            "`/ContainerGroups/0/Cpu` in the answer is not a decimal number",
        ),
        (
            json!({"ContainerGroups": [{"DnsConfig": "x"}]}),
            "`/ContainerGroups/0/DnsConfig` in the answer is not an object",
        ),
    ] {
        let error = Answer::from_json(Action::DescribeContainerGroups, &json.to_string()).expect_err("another form");
        assert_eq!(error.to_string(), message);
    }
    let error = Answer::from_json(Action::DescribeContainerGroups, "<html>").expect_err("no JSON");
    assert_eq!(error.to_string(), "the answer is not JSON");
}

#[test]
fn several_values_travel_in_one_text() {
    let request = CreateContainerGroup {
        vswitch_id: Some(CommaList::from_iter(["vsw-a", "vsw-b"])),
        instance_type: Some("ecs.c6.large,ecs.c5.large".into()),
        ..create(&[])
    };
    assert_eq!(value(request.clone(), "VSwitchId").as_deref(), Some("vsw-a,vsw-b"));
    assert_eq!(
        value(request, "InstanceType").as_deref(),
        Some("ecs.c6.large,ecs.c5.large")
    );
    let ids = DescribeContainerGroups {
        container_group_ids: Some(JsonList::from_iter(["eci-1", "eci-2"])),
        ..Default::default()
    };
    assert_eq!(value(ids, "ContainerGroupIds").as_deref(), Some(r#"["eci-1","eci-2"]"#));
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
fn statuses_are_the_ten_of_the_pages() {
    for status in [
        "Pending",
        "Running",
        "Succeeded",
        "Failed",
        "Scheduling",
        "ScheduleFailed",
        "Restarting",
        "Updating",
        "Terminating",
        "Expired",
    ] {
        let request = DescribeContainerGroups {
            region_id: "r".into(),
            status: Some(status.into()),
            ..Default::default()
        };
        assert!(Operation::from(request).check().is_empty(), "{status}");
    }
    let request = DescribeContainerGroups {
        region_id: "r".into(),
        status: Some("running".into()),
        ..Default::default()
    };
    assert_eq!(Operation::from(request).check()[0].parameter, "Status");
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
fn keys_of_options_come_with_their_length_or_without() {
    let sent = [
        ("RegionId", "cn-hangzhou"),
        ("DataSource.Options.#10#repoSource", "HuggingFace/Model"),
        ("DataSource.Options.repoId", "org/model"),
        ("DataSource.Options.#3#a.b", "dots"),
        ("DataSource.Options.#9#odd", "a length that is wrong"),
    ];
    let operation = read(Action::CreateDataCache, &sent).expect("good parameters");
    let request = eci_model::api::CreateDataCache::try_from(operation.clone()).expect("a create");
    let options = request.data_source.expect("a source").options;
    assert_eq!(
        options.keys().collect::<Vec<_>>(),
        ["#9#odd", "a.b", "repoId", "repoSource"]
    );
    assert_eq!(
        value(operation, "DataSource.Options.#6#repoId").as_deref(),
        Some("org/model")
    );

    let twice = [
        sent[0],
        ("DataSource.Options.#3#url", "a"),
        ("DataSource.Options.url", "b"),
    ];
    let error = read(Action::CreateDataCache, &twice).expect_err("two values");
    assert_eq!(
        error.to_string(),
        "parameter `DataSource.Options.url` is given twice, with different values"
    );
}

#[test]
fn booleans_come_in_any_case() {
    for (text, expected) in [("True", true), ("false", false), ("TRUE", true), (" False ", false)] {
        assert_eq!(
            create(&[("AutoMatchImageCache", text)]).auto_match_image_cache,
            Some(expected),
            "{text}"
        );
    }
    let error = read(
        Action::DescribeContainerGroups,
        &[("RegionId", "r"), ("WithEvent", "1")],
    )
    .expect_err("no boolean");
    assert_eq!(
        error.to_string(),
        "parameter `WithEvent` is `1`, expected `true` or `false`"
    );
}

#[test]
fn list_numbers_are_an_order_not_a_place() {
    let request = create(&[("Tag.10.Key", "ten"), ("Tag.9.Key", "nine"), ("Tag.2.Key", "two")]);
    let keys: Vec<_> = request.tag.iter().filter_map(|tag| tag.key.as_deref()).collect();
    assert_eq!(keys, ["two", "nine", "ten"]);
    for odd in [
        "Tag.0.Key",
        "Tag.01.Key",
        "Tag.-1.Key",
        "Tag.x.Key",
        "Tag.99999999999.Key",
        "Tag",
        "Tag.1",
    ] {
        assert_eq!(create(&[(odd, "v")]).extra.keys().collect::<Vec<_>>(), [odd], "{odd}");
    }
}

#[test]
fn an_empty_text_stays_and_an_absent_one_goes() {
    let request = create(&[
        ("Container.1.EnvironmentVar.1.Key", "EMPTY"),
        ("Container.1.EnvironmentVar.1.Value", ""),
    ]);
    assert!(
        request.container[0].environment_var[0]
            .value
            .as_ref()
            .is_some_and(eci_model::Sensitive::is_empty)
    );
    assert_eq!(
        value(request.clone(), "Container.1.EnvironmentVar.1.Value").as_deref(),
        Some("")
    );
    assert_eq!(value(request, "DnsPolicy"), None);
}

#[test]
fn one_name_has_one_value() {
    let same = [("RegionId", "r"), ("RegionId", "r")];
    assert!(read(Action::ListUsage, &same).is_ok(), "query and body may repeat it");
    let error = read(Action::ListUsage, &[("RegionId", "r"), ("RegionId", "s")]).expect_err("two values");
    assert_eq!(
        error.to_string(),
        "parameter `RegionId` is given twice, with different values"
    );
}

#[test]
fn numbers_keep_their_type() {
    for (name, text, message) in [
        ("Cpu", "2Gi", "parameter `Cpu` is `2Gi`, expected a decimal number"),
        (
            "SpotDuration",
            "1.5",
            "parameter `SpotDuration` is `1.5`, expected a whole number",
        ),
        (
            "EipBandwidth",
            "3000000000",
            "parameter `EipBandwidth` is `3000000000`, expected a whole number of 32 bits",
        ),
    ] {
        let sent = [
            ("RegionId", "r"),
            ("ContainerGroupName", "web"),
            ("Container.1.Name", "a"),
            ("Container.1.Image", "b"),
            (name, text),
        ];
        assert_eq!(
            read(Action::CreateContainerGroup, &sent)
                .expect_err("no number")
                .to_string(),
            message
        );
    }
}

#[test]
fn prices_and_stock_wrap_their_lists() {
    let json = json!({"RequestId": "1", "PriceInfo": {
        "Price": {"Currency": "CNY", "TradePrice": 0.00012252, "DetailInfos": {"DetailInfo": [
            {"Resource": "cpu", "TradePrice": 5e-05, "Rules": {"Rule": [{"RuleId": 7}]}},
        ]}},
        "SpotPrices": {"SpotPrice": []},
        "Rules": {"Rule": [{"Description": "d"}]},
    }});
    let found: DescribeContainerGroupPriceAnswer = answer(Action::DescribeContainerGroupPrice, &json);
    assert!(found.extra.is_empty(), "{:?}", found.extra);
    let info = found.price_info.clone().expect("prices");
    let price = info.price.expect("a price");
    assert_eq!(
        price.trade_price.map(|price| price.to_string()).as_deref(),
        Some("0.00012252")
    );
    assert_eq!(
        price.detail_infos[0]
            .trade_price
            .map(|price| price.to_string())
            .as_deref(),
        Some("0.00005")
    );
    assert_eq!(price.detail_infos[0].rules[0].rule_id, Some(7));
    assert_eq!(info.rules.len(), 1);
    let written: Json = serde_json::from_str(&Answer::from(found).to_json()).expect("JSON");
    assert_eq!(
        written.pointer("/PriceInfo/Price/DetailInfos/DetailInfo/0/Resource"),
        Some(&json!("cpu"))
    );
    assert_eq!(written.pointer("/PriceInfo/SpotPrices/SpotPrice"), Some(&json!([])));
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
