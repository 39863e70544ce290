//! Values: several in one text, switches and numbers as texts, keys with their length, numbers of lists.

use eci_model::api::{Action, CommaList, CreateContainerGroup, DescribeContainerGroups, JsonList};
use serde_json::json;

use super::{answer, create, read, value};

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
