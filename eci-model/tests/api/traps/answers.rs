//! Answers: other names, mixed cases, lists that are wrapped, and more than the description knows.

use eci_model::api::{
    Action, Answer, Decimal, DescribeContainerGroupPriceAnswer, DescribeContainerGroupStatusAnswer,
    DescribeContainerGroups, DescribeContainerGroupsAnswer, Operation,
};
use serde_json::{Value as Json, json};

use super::{answer, described};

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
