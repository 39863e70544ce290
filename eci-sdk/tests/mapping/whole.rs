//! Whole requests of rich pods, as goldens: the manifest beside what is sent, secrets hidden.

use std::fs;
use std::path::Path;

use eci_sdk::model::api::Operation;
use serde_json::Value as Json;

use crate::case::{extend, of};

/// Each file of the folder holds a pod, what is around it, and annotations or policies of the case.
#[test]
fn requests_of_rich_pods() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/request");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("the folder of cases")
        .filter_map(|entry| Some(entry.ok()?.file_name().to_str()?.strip_suffix(".json")?.to_owned()))
        .collect();
    names.sort();
    assert!(names.len() >= 5, "{names:?}");
    for name in names {
        let text = fs::read_to_string(folder.join(format!("{name}.json"))).expect("a case");
        let case: Json = serde_json::from_str(&text).expect("a case");
        let mut pod = serde_json::json!({"metadata": {"name": name, "namespace": "shop", "uid": "6ba7b810-9dad-11d1-80b4-00c04fd430c8"}});
        if case["metadata"].is_object() {
            extend(&mut pod["metadata"], &case["metadata"]);
        }
        pod["spec"] = case["spec"].clone();
        let mut around = of(&pod);
        for (name, choice) in case["policies"].as_object().into_iter().flatten() {
            around = around.policy(name, choice.as_str().expect("a choice"));
        }
        for object in case["objects"].as_array().into_iter().flatten() {
            around = around.with(object);
        }
        let ready = around.ready();
        let mut sent = serde_json::to_string_pretty(&Operation::from(ready.request().clone())).expect("JSON");
        for finding in ready.findings() {
            sent.push_str(&format!("\n{finding}"));
        }
        settings.bind(|| insta::assert_snapshot!(name, sent));
    }
}
