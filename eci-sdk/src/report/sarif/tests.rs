//! What code scanning reads: a log of every severity, fixes, suppressions.

use super::*;
use crate::report::samples;

#[test]
fn paths_become_references() {
    for (path, expected) in [
        ("./deploy/web app.yaml", "deploy/web%20app.yaml"),
        ("a#b?c%.yaml", "a%23b%3Fc%25.yaml"),
        ("ö.yaml", "%C3%B6.yaml"),
        (r"deploy\web.yaml", "deploy/web.yaml"),
    ] {
        assert_eq!(reference(path), expected);
    }
}

#[test]
fn logs() {
    let log = serde_json::to_string_pretty(&Sarif::of(&samples::findings())).expect("JSON");
    insta::assert_snapshot!(log);
}

/// What the specification asks for (SARIF 2.1.0, sections 3.13, 3.14, 3.27, 3.30 and 3.49), of the properties that are used.
#[test]
fn logs_are_as_the_specification_has_them() {
    let log = serde_json::to_value(Sarif::of(&samples::findings())).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), samples::findings().len());
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let level = result["level"].as_str().expect("a level");
        assert!(["none", "note", "warning", "error"].contains(&level));
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
        for place in result["locations"].as_array().expect("places") {
            let region = &place["physicalLocation"]["region"];
            for number in ["startLine", "startColumn", "endLine", "endColumn"] {
                assert!(
                    region[number].is_null() || region[number].as_u64() >= Some(1),
                    "{number}"
                );
            }
        }
    }
}

#[test]
fn rules_lead_to_their_pages() {
    let pages = RulePages::new("https://docs.example.com/{name}").expect("an address");
    let log = serde_json::to_value(Sarif::of(&samples::findings()).with_pages(&pages)).expect("JSON");
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    for rule in rules {
        let name = rule["name"].as_str().expect("a name");
        assert_eq!(rule["helpUri"], format!("https://docs.example.com/{name}"));
    }
}

#[test]
fn fixes_delete_and_insert_in_their_file() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels: {alibabacloud.com/eci: \"true\"}\n  annotations:\n    \
                k8s.aliyun.com/eci-vswitchs: vsw-bp1xpiowfm5vo8o3c1h01\nspec:\n  containers: [{name: main, image: 'shop/web:1.4'}]\n";
    let repairs = |name: &str| {
        let rows = samples::read(name, text);
        let log = serde_json::to_value(Sarif::of(&rows)).expect("JSON");
        let results = log["runs"][0]["results"].as_array().expect("results");
        let fixes = results.iter().filter(|result| !result["fixes"].is_null());
        fixes.map(|result| result["fixes"].clone()).collect::<Vec<_>>()
    };
    let expected = serde_json::json!([{
        "description": {
            "text": r#"rename metadata.annotations["k8s.aliyun.com/eci-vswitchs"] to `k8s.aliyun.com/eci-vswitch`"#,
        },
        "artifactChanges": [{
            "artifactLocation": {"uri": "web%20app.yaml"},
            "replacements": [{
                "deletedRegion": {"startLine": 7, "startColumn": 5, "endLine": 7, "endColumn": 32},
                "insertedContent": {"text": "k8s.aliyun.com/eci-vswitch"},
            }],
        }],
    }]);
    assert_eq!(repairs("web app.yaml"), [expected]);
    assert!(repairs("-").is_empty());
}

#[test]
fn a_rule_of_a_program_of_its_own_is_described_by_its_findings() {
    let mut finding = samples::findings().remove(0);
    finding.code = "TEAM7".to_owned();
    let log = serde_json::to_value(Sarif::of(&[finding])).expect("JSON");
    let rule = &log["runs"][0]["tool"]["driver"]["rules"][0];
    assert_eq!(rule["id"], "TEAM7");
    assert!(rule["help"].is_null());
}
