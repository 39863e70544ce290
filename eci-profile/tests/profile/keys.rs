//! Every key of the ConfigMap, and every way to write `selectors` wrong.

use eci_model::{Edition, Findings, Severity};
use eci_profile::{Profile, Switch};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{config_map, names, policies, read_data, read_in};

/// Rule, the part that is marked (of the value of the key it stands at), what is expected instead.
fn told(data: &Value, findings: &Findings) -> Vec<String> {
    let line = |finding: &eci_model::Finding| {
        let place = finding.place();
        let key = match place.path.segments().last() {
            Some(eci_model::Segment::Key(key)) => key.to_string(),
            _ => String::new(),
        };
        let value = data[key.as_str()].as_str().unwrap_or_default();
        let part = place.within.map(|(start, end)| {
            let byte = |byte: u32| usize::try_from(byte).expect("small");
            value.get(byte(start)..byte(end)).expect("inside the value").to_owned()
        });
        let part = part.unwrap_or_else(|| finding.found().unwrap_or_default().to_owned());
        format!("{} {} {key}: {part}", finding.severity(), finding.rule().name())
    };
    findings.iter().map(line).collect()
}

macro_rules! reads {
    ($($fact:ident: $data:tt => $($told:literal),*;)*) => {$(
        #[test]
        fn $fact() {
            let data = json!($data);
            let (_, findings) = read_data(data.clone());
            let expected: Vec<&str> = vec![$($told),*];
            assert_eq!(told(&data, &findings), expected);
        }
    )*};
}

reads! {
    nothing_is_fine: {} => ;
    an_empty_text_of_selectors_is_fine: {"selectors": " \n"} => ;
    an_empty_array_is_fine: {"selectors": "[]"} => ;
    a_hash_comment: {"selectors": "[{\"name\": \"a\"} # spot\n]"} => "error profile-selectors-syntax selectors: # spot";
    a_slash_comment: {"selectors": "[] // none"} => "error profile-selectors-syntax selectors: // none";
    a_trailing_comma: {"selectors": "[{\"name\": \"a\"},]"} => "error profile-selectors-syntax selectors: ,";
    a_comment_and_a_comma: {"selectors": "[{\"name\": \"a\", # one\n},\n# two\n]"} =>
        "error profile-selectors-syntax selectors: # one", "error profile-selectors-syntax selectors: ,";
    an_object_instead_of_an_array: {"selectors": "{\"name\": \"a\"}"} => "error profile-selectors-shape selectors: {\"name\": \"a\"}";
    a_text_instead_of_a_selector: {"selectors": "[\"a\"]"} => "error profile-selectors-shape selectors: \"a\"";
    no_name: {"selectors": "[{\"objectSelector\": {}}]"} => "error profile-selector-name selectors: {";
    an_empty_name: {"selectors": "[{\"name\": \"\"}]"} => "error profile-selector-name selectors: \"\"";
    a_number_as_name: {"selectors": "[{\"name\": 5}]"} =>
        "error profile-selectors-shape selectors: 5", "error profile-selector-name selectors: {";
    one_name_twice: {"selectors": "[{\"name\": \"a\", \"objectSelector\": {\"matchLabels\": {\"x\": \"1\"}}}, {\"name\": \"a\", \"objectSelector\": {\"matchLabels\": {\"x\": \"2\"}}}]"} =>
        "warning profile-selector-duplicate-name selectors: \"a\"";
    in_without_values: {"selectors": "[{\"name\": \"a\", \"objectSelector\": {\"matchExpressions\": [{\"key\": \"k\", \"operator\": \"In\"}]}}]"} =>
        "error profile-selectors-shape selectors: \"In\"";
    not_in_with_empty_values: {"selectors": "[{\"name\": \"a\", \"objectSelector\": {\"matchExpressions\": [{\"key\": \"k\", \"operator\": \"NotIn\", \"values\": []}]}}]"} =>
        "error profile-selectors-shape selectors: []";
    exists_with_values: {"selectors": "[{\"name\": \"a\", \"objectSelector\": {\"matchExpressions\": [{\"key\": \"k\", \"operator\": \"Exists\", \"values\": [\"x\"]}]}}]"} =>
        "error profile-selectors-shape selectors: [\"x\"]";
    an_unknown_operator: {"selectors": "[{\"name\": \"a\", \"objectSelector\": {\"matchExpressions\": [{\"key\": \"k\", \"operator\": \"Gt\", \"values\": [\"1\"]}]}}]"} =>
        "error profile-selectors-shape selectors: \"Gt\"";
    an_expression_without_a_key: {"selectors": "[{\"name\": \"a\", \"objectSelector\": {\"matchExpressions\": [{\"operator\": \"Exists\"}]}}]"} =>
        "error profile-selectors-shape selectors: {\"operator\": \"Exists\"}";
    a_label_value_that_is_no_text: {"selectors": "[{\"name\": \"a\", \"objectSelector\": {\"matchLabels\": {\"k\": true}}}]"} =>
        "error profile-selectors-shape selectors: true";
    a_filter_that_is_an_array: {"selectors": "[{\"name\": \"a\", \"objectSelector\": []}]"} => "error profile-selectors-shape selectors: []";
    an_annotation_that_is_a_boolean: {"selectors": "[{\"name\": \"a\", \"effect\": {\"annotations\": {\"k\": true}}}]"} =>
        "error profile-effect-not-string selectors: true";
    a_label_that_is_a_number: {"selectors": "[{\"name\": \"a\", \"effect\": {\"labels\": {\"k\": 5}}}]"} =>
        "error profile-effect-not-string selectors: 5";
    an_effect_that_is_null_is_none: {"selectors": "[{\"name\": \"a\", \"objectSelector\": {\"matchLabels\": {\"x\": \"1\"}}, \"effect\": null}]"} => ;
    keys_of_the_other_resource: {"selectors": "[{\"name\": \"a\", \"objectLabels\": {}, \"policy\": {\"fair\": {}}, \"priority\": 1, \"objectSelector\": {}}]"} =>
        "warning profile-selector-other-kind selectors: \"objectLabels\"", "warning profile-selector-other-kind selectors: \"policy\"",
        "warning profile-selector-other-kind selectors: \"priority\"";
    a_misspelt_filter: {"selectors": "[{\"name\": \"a\", \"objectSelectors\": {\"matchLabels\": {\"k\": \"v\"}}}]"} =>
        "warning profile-selectors-shape selectors: \"objectSelectors\"", "info profile-selector-catch-all selectors: \"a\"";
    a_key_twice: {"selectors": "[{\"name\": \"a\", \"name\": \"b\", \"objectSelector\": {}}]"} =>
        "warning profile-selectors-shape selectors: \"name\"";
    the_log_controller_alone: {"enableLogController": "true"} => "error profile-log-group-missing enableLogController: ";
    an_empty_log_group: {"enableLogController": "true", "slsMachineGroup": " "} => "error profile-log-group-missing slsMachineGroup: ";
    two_security_groups: {"securityGroupId": "sg-1,sg-2"} => "error profile-security-group securityGroupId: sg-1,sg-2";
    no_security_group: {"securityGroupId": ""} => "error profile-security-group securityGroupId: ";
    no_vswitches: {"vSwitchIds": ""} => "error profile-vswitches vSwitchIds: ";
    ten_vswitches_are_fine: {"vSwitchIds": "vsw-1,vsw-2,vsw-3,vsw-4,vsw-5,vsw-6,vsw-7,vsw-8,vsw-9,vsw-10"} => ;
    eleven_vswitches: {"vSwitchIds": "vsw-1,vsw-2,vsw-3,vsw-4,vsw-5,vsw-6,vsw-7,vsw-8,vsw-9,vsw-10,vsw-11"} =>
        "error profile-vswitches vSwitchIds: 11 ids";
    a_security_group_among_vswitches: {"vSwitchIds": "vsw-1, sg-1"} => "error profile-vswitches vSwitchIds: sg-1";
    a_vswitch_twice: {"vSwitchIds": "vsw-1,vsw-1"} => "warning profile-vswitches vSwitchIds: vsw-1";
    a_switch_that_is_yes: {"enableClusterIp": "yes"} => "warning profile-bool enableClusterIp: yes";
    a_shared_certificate: {"enableReuseSSLKey": "true"} => "info profile-shared-key enableReuseSSLKey: ";
    the_gate_of_the_template_is_fine: {"featureGates": "WaitForFirstConsumer=false"} => ;
    gates_of_one_sample: {"featureGates": "WaitForFirstConsumer=true,MetricsVpcNet=true"} => "info profile-feature-gate featureGates: MetricsVpcNet=true";
    a_gate_nobody_knows: {"featureGates": "FastBoot=true"} => "warning profile-feature-gate featureGates: FastBoot=true";
    a_gate_without_a_value: {"featureGates": "WaitForFirstConsumer"} => "warning profile-feature-gate featureGates: WaitForFirstConsumer";
    an_old_key: {"vswitchIds": "vsw-1"} => "warning profile-key-retired vswitchIds: vswitchIds";
    the_keys_of_2021: {"vpc": "vpc-1", "vswitch": "vsw-1", "securitygroup": "sg-1", "resourcegroup": "", "region": "cn-hangzhou", "kube-proxy": "true",
        "privatezone": "false", "quota-cpu": "1", "quota-memory": "1", "quota-pods": "1"} =>
        "warning profile-key-retired kube-proxy: kube-proxy", "warning profile-key-retired privatezone: privatezone",
        "warning profile-key-retired quota-cpu: quota-cpu", "warning profile-key-retired quota-memory: quota-memory",
        "warning profile-key-retired quota-pods: quota-pods", "warning profile-key-retired region: region",
        "warning profile-key-retired resourcegroup: resourcegroup", "warning profile-key-retired securitygroup: securitygroup",
        "warning profile-key-retired vpc: vpc", "warning profile-key-retired vswitch: vswitch";
    an_unknown_key: {"ourOwnKey": "x"} => "info profile-key-unknown ourOwnKey: ourOwnKey";
    a_misspelt_key: {"enableClusterIPs": "true"} => "warning profile-key-unknown enableClusterIPs: enableClusterIPs";
    a_shadowed_effect: {"selectors": "[{\"name\": \"a\", \"objectSelector\": {}, \"effect\": {\"labels\": {\"k\": \"1\"}}}, {\"name\": \"b\", \"objectSelector\": {}, \"effect\": {\"labels\": {\"k\": \"2\"}}}]"} =>
        "info profile-effect-shadowed selectors: 2";
}

#[test]
fn lines_and_columns_are_those_of_the_embedded_text() {
    let (_, findings) =
        read_data(json!({"selectors": "[\n  {\"name\": \"é\", \"effect\": {\"labels\": {\"k\": 5}}}\n]"}));
    let notes: Vec<&str> = findings
        .iter()
        .flat_map(eci_model::Finding::notes)
        .map(AsRef::as_ref)
        .collect();
    assert_eq!(notes, ["line 2, column 44 of `selectors`"]);
}

#[test]
fn an_error_leaves_no_profile_and_a_warning_does() {
    assert!(read_data(json!({"selectors": "[{\"name\": \"a\"},]"})).0.is_none());
    assert!(read_data(json!({"enableClusterIp": "yes"})).0.is_some());
}

#[test]
fn switches_have_their_documented_defaults() {
    let (profile, _) = read_data(json!({"enablePVCController": "true"}));
    let profile = profile.expect("good");
    let switches: Vec<Option<bool>> = Switch::ALL.iter().map(|switch| profile.switch(*switch)).collect();
    let (on, off) = (Some(true), Some(false));
    assert_eq!(switches, [on, off, off, on, None, off, None]);
}

#[test]
fn gates_that_are_not_written_are_off() {
    let (profile, _) = read_data(json!({"featureGates": "WaitForFirstConsumer=true"}));
    let profile = profile.expect("good");
    assert!(profile.gate("WaitForFirstConsumer") && !profile.gate("MetricsVpcNet"));
}

#[test]
fn old_keys_act_where_the_new_ones_are_missing() {
    let data = json!({"vswitchIds": "vsw-1", "securitygroupId": "sg-1", "kube-proxy": "false"});
    let (honoured, _) = read_data(data.clone());
    let honoured = honoured.expect("good");
    assert_eq!(
        (honoured.vswitches().len(), honoured.security_group().is_some()),
        (1, true)
    );
    assert_eq!(honoured.switch(Switch::ClusterIp), Some(false));
    let (ignored, _) = read_in(data, Edition::Ack, &policies("RetiredProfileKeys", "Ignored"));
    let ignored = ignored.expect("good");
    assert_eq!(
        (ignored.vswitches().len(), ignored.security_group().is_some()),
        (0, false)
    );
    let (both, _) = read_data(json!({"vswitchIds": "vsw-1", "vSwitchIds": "vsw-2,vsw-3"}));
    assert_eq!(both.expect("good").vswitches().len(), 2);
}

#[test]
fn doubt_about_expressions_is_told() {
    let data = json!({"selectors": "[{\"name\": \"a\", \"objectSelector\": {\"matchExpressions\": [{\"key\": \"k\", \"operator\": \"Exists\"}]}}]"});
    let (profile, findings) = read_in(data.clone(), Edition::Ack, &policies("MatchExpressions", "Doubt"));
    assert!(profile.is_some());
    assert_eq!(findings.worst(), Some(Severity::Info));
    assert_eq!(names(&findings), ["profile-selectors-shape"]);
    assert!(read_data(data).1.is_empty());
}

#[test]
fn editions_have_their_own_object() {
    let policies = eci_model::policy::Policies::default();
    let data = json!({"selectors": "[{\"name\": \"a\", \"objectSelector\": {}}]"});
    let (_, managed) = read_in(data.clone(), Edition::SelfManaged, &policies);
    assert_eq!(names(&managed), ["profile-wrong-edition"]);
    let (_, serverless) = read_in(data, Edition::AckServerless, &policies);
    assert_eq!(names(&serverless), ["profile-selector-no-op"]);
}

#[test]
fn a_bystander_is_judged_and_acts_on_nothing() {
    let policies = eci_model::policy::Policies::default();
    let site = eci_model::Site::new(Edition::Ack, &policies);
    let mut map = config_map(json!({"selectors": "[{\"name\": \"a\"},]", "enableClusterIp": "true"}));
    for (namespace, name, expected) in [
        ("default", "eci-profile", vec!["profile-wrong-place"]),
        (
            "kube-system",
            "acs-profile",
            vec!["profile-key-unknown", "profile-selectors-syntax"],
        ),
    ] {
        map.metadata.namespace = Some(namespace.into());
        map.metadata.name = Some(name.into());
        assert!(!Profile::is_profile(&map) && Profile::is_bystander(&map));
        let mut findings = Findings::new();
        Profile::check_bystander(&map, &site, &mut findings);
        assert_eq!(names(&findings), expected);
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in "(\\PC|[\\[\\]{}\":,#/*\n]){0,60}", vswitches in "\\PC{0,30}", gates in "\\PC{0,20}") {
        let data = json!({"selectors": text, "vSwitchIds": vswitches, "featureGates": gates});
        let (_, findings) = read_data(data.clone());
        told(&data, &findings);
    }

    #[test]
    fn what_is_written_back_is_what_was_read(keys in prop::collection::btree_map("[a-zA-Z-]{1,12}", "\\PC{0,20}", 0..5)) {
        let map = config_map(json!(keys));
        let policies = eci_model::policy::Policies::default();
        if let (Some(profile), _) = Profile::read(&map, &eci_model::Site::new(Edition::Ack, &policies)) {
            prop_assert_eq!(profile.to_config_map(), map);
        }
    }
}
