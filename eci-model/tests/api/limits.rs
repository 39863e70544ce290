//! Requests outside the ranges, lengths and values of the description.

use eci_model::api::{Action, Operation};

/// A create that keeps to the description, with one parameter more or another value.
fn create(name: &str, value: &str) -> Operation {
    let least = [
        ("RegionId", "cn-hangzhou"),
        ("ContainerGroupName", "web"),
        ("Container.1.Name", "main"),
        ("Container.1.Image", "nginx"),
    ];
    let mut sent: Vec<(String, String)> = least.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    sent.retain(|(known, _)| known != name);
    sent.push((name.to_owned(), value.to_owned()));
    Operation::from_parameters(Action::CreateContainerGroup, &sent).unwrap_or_else(|error| panic!("{error}"))
}

macro_rules! violations {
    ($($fact:ident: $name:literal = $value:expr => $expected:literal;)*) => {$(
        #[test]
        fn $fact() {
            let found: Vec<String> = create($name, $value).check().iter().map(ToString::to_string).collect();
            let expected: &[&str] = if $expected.is_empty() { &[] } else { &[$expected] };
            assert_eq!(found, expected);
        }
    )*};
}

violations! {
    ports_begin_with_one: "Container.1.Port.1.Port" = "0"
        => "parameter `Container.1.Port.1.Port` is `0`, expected 1 to 65535";
    ports_end_with_65535: "Container.1.Port.1.Port" = "65536"
        => "parameter `Container.1.Port.1.Port` is `65536`, expected 1 to 65535";
    the_last_port_passes: "Container.1.Port.1.Port" = "65535" => "";
    a_required_text_must_not_be_empty: "Container.1.Image" = ""
        => "parameter `Container.1.Image` is missing, expected a value";
    an_optional_text_may_be_empty: "ZoneId" = "" => "";
    names_are_not_too_long: "ContainerGroupName" = &"a".repeat(129)
        => "parameter `ContainerGroupName` is a text of 129 characters, expected 2 to 128";
    length_counts_characters_not_bytes: "ClientToken" = &"ü".repeat(64) => "";
    items_of_lists_are_checked: "ComputeCategory.1" = "cheap"
        => "parameter `ComputeCategory.1` is `cheap`, expected one of economy, general";
    protocols_are_written_large: "Container.1.Port.1.Protocol" = "tcp"
        => "parameter `Container.1.Port.1.Protocol` is `tcp`, expected one of TCP, UDP";
    liveness_succeeds_at_once: "Container.1.LivenessProbe.SuccessThreshold" = "2"
        => "parameter `Container.1.LivenessProbe.SuccessThreshold` is `2`, expected 1";
    checks_have_a_period: "Container.1.LivenessProbe.PeriodSeconds" = "0"
        => "parameter `Container.1.LivenessProbe.PeriodSeconds` is `0`, expected at least 1";
    temporary_storage_ends_at_5000: "EphemeralStorage" = "5001"
        => "parameter `EphemeralStorage` is `5001`, expected 0 to 5000";
    numbers_of_sixty_four_bits_do_not_overflow: "EgressBandwidth" = "-9223372036854775808"
        => "parameter `EgressBandwidth` is `-9223372036854775808`, expected at least 0";
    environment_values_may_be_long: "Container.1.EnvironmentVar.1.Value" = &"x".repeat(70_000) => "";
    a_size_may_be_left_out: "Cpu" = "0.25" => "";
}

#[test]
fn every_violation_is_told_not_only_the_first() {
    let sent = [
        ("RegionId", ""),
        ("ContainerGroupName", "x"),
        ("Container.1.Name", ""),
        ("Container.1.Image", "nginx"),
        ("RestartPolicy", "Sometimes"),
    ];
    let sent = sent.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let operation = Operation::from_parameters(Action::CreateContainerGroup, &sent).expect("readable");
    let found: Vec<String> = operation
        .check()
        .into_iter()
        .map(|violation| violation.parameter)
        .collect();
    assert_eq!(
        found,
        ["Container.1.Name", "ContainerGroupName", "RegionId", "RestartPolicy"]
    );
}

#[test]
fn an_empty_form_lacks_what_is_required() {
    let found = Operation::empty(Action::DeleteContainerGroup).check();
    let missing: Vec<&str> = found.iter().map(|violation| violation.parameter.as_str()).collect();
    assert_eq!(missing, ["ContainerGroupId", "RegionId"]);
}
