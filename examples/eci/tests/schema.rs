//! Everything that is printed as JSON has the form that is published.
#![allow(clippy::expect_used, reason = "tests say what they expect")]

use std::path::Path;
use std::process::Command;

use eci_sdk::report::v1::SCHEMA;
use serde_json::Value;
use snapbox::cmd::cargo_bin;

fn printed(arguments: &[&str]) -> Value {
    let output = Command::new(cargo_bin!("eci"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .args(arguments)
        .args(["-o", "json"])
        .output()
        .expect("it starts");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// What of a value is not as the schema has it; as strict as the words that the schema uses.
fn misfits(schema: &Value, value: &Value, root: &Value, at: &str, out: &mut Vec<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let pointer = reference.trim_start_matches('#');
        let target = root.pointer(pointer).expect("references lead somewhere");
        return misfits(target, value, root, at, out);
    }
    if let Some(any) = schema["anyOf"].as_array().or(schema["oneOf"].as_array()) {
        let tries = any.iter().map(|schema| {
            let mut found = Vec::new();
            misfits(schema, value, root, at, &mut found);
            found
        });
        let best = tries.min_by_key(Vec::len).expect("a choice");
        return out.extend(best);
    }
    if schema.get("const").is_some_and(|only| only != value) {
        out.push(format!("{at}: {value} is not {}", schema["const"]));
    }
    if !has_type(&schema["type"], value) {
        out.push(format!("{at}: {value} is not {}", schema["type"]));
    }
    let properties = schema["properties"].as_object();
    for name in schema["required"].as_array().into_iter().flatten() {
        let name = name.as_str().expect("a name");
        if value.get(name).is_none() {
            out.push(format!("{at}: {name} is missing"));
        }
    }
    for (name, below) in value.as_object().into_iter().flatten() {
        let at = format!("{at}/{name}");
        match (
            properties.and_then(|properties| properties.get(name)),
            schema.get("additionalProperties"),
        ) {
            (Some(schema), _) | (None, Some(schema)) => misfits(schema, below, root, &at, out),
            (None, None) if properties.is_some() => out.push(format!("{at}: not in the schema")),
            (None, None) => {}
        }
    }
    for (index, below) in value.as_array().into_iter().flatten().enumerate() {
        misfits(&schema["items"], below, root, &format!("{at}/{index}"), out);
    }
}

fn has_type(expected: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        _ => value.is_null(),
    };
    match expected {
        Value::String(name) => is(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(is),
        _ => true,
    }
}

/// What of a value is not as a definition of the schema has it.
fn wrong(definition: &str, value: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(SCHEMA).expect("JSON");
    let mut out = Vec::new();
    misfits(&schema["$defs"][definition], value, &schema, "", &mut out);
    out
}

#[test]
fn reports_have_their_form() {
    let manifests = "examples/manifests";
    for (definition, arguments) in [
        ("CheckReport", &["check", manifests][..]),
        ("PlanReport", &["plan", manifests]),
        ("SimulationReport", &["simulate", manifests, "--for", "5m"]),
        ("FactsReport", &["facts", manifests]),
        ("CostReport", &["cost", manifests]),
        ("LintReport", &["profile", "lint", manifests]),
        ("ProfileReport", &["profile", "test", manifests, "--pods", manifests]),
        ("Explanation", &["explain", "host-path"]),
        ("Explanation", &["explain", "eci-use-specs"]),
        ("Explanation", &["explain", "policies"]),
    ] {
        let value = printed(arguments);
        assert_eq!(wrong(definition, &value), [""; 0], "{arguments:?}");
        assert_eq!(value["version"], 1);
    }
}

#[test]
fn fixes_have_their_form() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixes-have-their-form.yaml");
    let text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  annotations:\n    k8s.aliyun.com/eci-vswitchs: vsw-bp1xpiowfm5vo8o3c1h01\n\
                spec:\n  containers: [{name: main, image: 'shop/web:1.4'}]\n";
    std::fs::write(&file, text).expect("it can be written");
    let mut value = printed(&["check", &file.display().to_string(), "--assume-eci"]);
    assert_eq!(wrong("CheckReport", &value), [""; 0]);
    assert_eq!(value["findings"][0]["fix"]["patch"][0]["op"], "move");
    value["findings"][0]["fix"]["patch"][0]["op"] = "copy".into();
    assert_eq!(wrong("CheckReport", &value).len(), 1);
}

#[test]
fn listings_have_their_form() {
    for (definition, verb) in [
        ("RuleRow", "rules"),
        ("AnnotationRow", "annotations"),
        ("SupportRow", "support"),
    ] {
        let rows = printed(&[verb]);
        let rows = rows.as_array().expect("an array");
        assert!(rows.len() > 30, "{verb}");
        for row in rows {
            assert_eq!(wrong(definition, row), [""; 0], "{verb}");
        }
    }
}

#[test]
fn the_schema_is_strict_enough_to_fail() {
    let mut value = printed(&["check", "examples/manifests"]);
    value["findings"][0]["severity"] = 3.into();
    value["findings"][0]["colour"] = "red".into();
    value["summary"].as_object_mut().expect("an object").remove("files");
    let wrong = wrong("CheckReport", &value);
    assert_eq!(wrong.len(), 3, "{wrong:?}");
}
