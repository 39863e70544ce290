use eci_model::{FieldPath, Location, ObjectRef};
use proptest::prelude::*;

use super::*;

const POD: &str = "\
# the shop
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations:
    # where
    old/key: \"a b\" # kept
    other: 'x'
spec:
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: main # the one
        image: nginx
";

fn place(path: FieldPath) -> Location {
    Location::new(ObjectRef::new("Deployment", None, "web"), path)
}

fn annotation(key: &str) -> Location {
    place(FieldPath::of("metadata.annotations").with_key(key))
}

fn mended(text: &str, fix: &Fix) -> Option<String> {
    mend(&Arc::new(Source::new("web.yaml", text)), &[(0, fix)]).map(|mended| mended.text)
}

fn template() -> FieldPath {
    FieldPath::of("spec.template.metadata.annotations")
}

#[test]
fn a_renamed_key_keeps_value_comment_and_quotes() {
    let fix = Fix::Rename {
        place: annotation("old/key"),
        key: "new/key".into(),
    };
    assert_eq!(mended(POD, &fix), Some(POD.replace("old/key", "new/key")));
}

#[test]
fn a_replaced_value_is_quoted_as_before() {
    let fix = Fix::Replace {
        place: annotation("other"),
        value: "it's".into(),
    };
    assert_eq!(mended(POD, &fix), Some(POD.replace("'x'", "'it''s'")));
    let fix = Fix::Replace {
        place: place(FieldPath::of("spec.template.spec.containers[0].image")),
        value: "true".into(),
    };
    assert_eq!(mended(POD, &fix), Some(POD.replace("nginx", "\"true\"")));
}

#[test]
fn a_part_of_a_value_is_replaced_alone() {
    let fix = Fix::Replace {
        place: annotation("old/key").within(2..3),
        value: "c".into(),
    };
    assert_eq!(mended(POD, &fix), Some(POD.replace("a b", "a c")));
}

#[test]
fn an_exchanged_entry_gets_key_and_value() {
    let fix = Fix::Exchange {
        place: annotation("other"),
        key: "better".into(),
        value: "y".into(),
    };
    assert_eq!(mended(POD, &fix), Some(POD.replace("other: 'x'", "better: 'y'")));
}

#[test]
fn a_removed_entry_takes_its_line_and_an_empty_map_with_it() {
    let fix = Fix::Remove {
        place: annotation("other"),
    };
    let once = mended(POD, &fix).expect("it is there");
    assert_eq!(once, POD.replace("    other: 'x'\n", ""));
    let fix = Fix::Remove {
        place: annotation("old/key"),
    };
    let twice = mended(&once, &fix).expect("it is there");
    assert!(!twice.contains("annotations") && twice.contains("# the shop"));
    assert_eq!(mended(&twice, &fix), None);
}

#[test]
fn a_moved_entry_takes_its_comment_along_and_makes_the_map() {
    let fix = Fix::Move {
        place: annotation("old/key"),
        to: template(),
    };
    let once = mended(&POD.replace("{app: web}", "\n        app: web"), &fix).expect("it is there");
    assert!(
        once.contains("        app: web\n      annotations:\n        old/key: \"a b\" # kept\n    spec:\n")
            || once.contains("      annotations:\n        old/key: \"a b\" # kept\n      labels:"),
        "{once}"
    );
    assert!(once.contains("    # where\n    other: 'x'\n"), "{once}");
}

#[test]
fn json_stays_json() {
    let text =
        r#"{"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "web", "annotations": {"a": "1", "b": "2"}}}"#;
    let fix = Fix::Remove { place: annotation("a") };
    assert_eq!(mended(text, &fix), Some(text.replace(r#""a": "1", "#, "")));
    let fix = Fix::Remove { place: annotation("b") };
    assert_eq!(mended(text, &fix), Some(text.replace(r#", "b": "2""#, "")));
    let fix = Fix::Move {
        place: annotation("a"),
        to: FieldPath::of("metadata.labels"),
    };
    let moved = mended(text, &fix).expect("it is there");
    assert!(moved.contains(r#"{"labels": {"a": "1"}, "name""#), "{moved}");
}

#[test]
fn what_cannot_be_changed_without_a_loss_stays() {
    let fix = Fix::Replace {
        place: annotation("old/key"),
        value: "c".into(),
    };
    for value in ["|\n      a b", "\"a\n      b\"", "{a: b}"] {
        assert_eq!(mended(&POD.replace("\"a b\"", value), &fix), None, "{value}");
    }
    let rename = Fix::Rename {
        place: annotation("old/key"),
        key: "other".into(),
    };
    assert_eq!(mended(POD, &rename), None, "the key is taken");
}

#[test]
fn line_breaks_of_windows_stay() {
    let text = POD.replace('\n', "\r\n");
    let fix = Fix::Move {
        place: annotation("other"),
        to: template(),
    };
    let moved = mended(&text, &fix).expect("it is there");
    assert_eq!(moved.matches('\n').count(), moved.matches("\r\n").count());
}

#[test]
fn differences_are_shown_in_hunks() {
    let before: String = (1..30).map(|line| format!("{line}\n")).collect();
    let after = before
        .replace("\n5\n", "\nfive\n")
        .replace("\n25\n", "\n")
        .replace("29\n", "29");
    let expected = "--- a/x\n+++ b/x\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n@@ -22,8 +22,7 @@\n 22\n 23\n 24\n-25\n 26\n 27\n 28\n-29\n+29\n\\ No newline at end of file\n";
    assert_eq!(unified("x", &before, &after), expected);
    assert_eq!(unified("x", &before, &before), "");
}

proptest! {
    /// Whatever the text and the place: nothing panics, and a second time there is nothing left to remove.
    #[test]
    fn removing_is_idempotent(
        keys in prop::collection::btree_map("[a-c/.]{1,3}", "([a-z]{0,3}|\"q\"|'s'|1|\\{\\}|# c|\\|\n      t)", 1..4),
        which in 0_usize..4,
        flow in any::<bool>(),
    ) {
        let separator = if flow { ", " } else { "\n    " };
        let entries: Vec<String> = keys.iter().map(|(key, value)| format!("\"{key}\": {value}")).collect();
        let entries = entries.join(separator);
        let map = if flow { format!("{{{entries}}}") } else { format!("\n    {entries}") };
        let text = format!("apiVersion: v1\nkind: Pod\nmetadata:\n  annotations: {map}\n  name: web\n");
        let key = keys.keys().nth(which % keys.len()).expect("there");
        let fix = Fix::Remove { place: annotation(key) };
        if let Some(once) = mended(&text, &fix) {
            let written = format!("\"{key}\":");
            prop_assert!(!once.contains(&written), "{}", once);
            prop_assert_eq!(mended(&once, &fix), None);
        }
    }

    /// Every kind of fix, whatever the text: a second time there is nothing to do, or nothing changes, and what the fix is not about
    /// says what it said.
    #[test]
    fn every_fix_is_idempotent(
        keys in prop::collection::btree_map("[a-c/.]{1,3}", "([a-z]{1,3}|\"q\"|'s'|\"1\"|'# c'|\"a: b\")( # kept)?", 1..4),
        which in 0_usize..4,
        kind in 0_usize..5,
        (new_key, new_value) in ("[a-d/]{1,3}", "(true|x|1|a b|# d|it's|)"),
        flow in any::<bool>(),
    ) {
        let entries: Vec<String> = keys
            .iter()
            .map(|(key, value)| format!("\"{key}\": {}", if flow { value.trim_end_matches(" # kept") } else { value }))
            .collect();
        let map = if flow { format!("{{{}}}", entries.join(", ")) } else { format!("\n    {}", entries.join("\n    ")) };
        let text = format!("apiVersion: v1\nkind: Pod\nmetadata:\n  annotations: {map}\n  name: web # mine\nspec: {{hostPID: true}}\n");
        let key = keys.keys().nth(which % keys.len()).expect("there");
        let place = annotation(key);
        let (new_key, value) = (new_key.clone().into(), new_value.clone().into());
        let fix = match kind {
            0 => Fix::Replace { place, value },
            1 => Fix::Rename { place, key: new_key },
            2 => Fix::Exchange { place, key: new_key, value },
            3 => Fix::Move { place, to: FieldPath::of("metadata.labels") },
            _ => Fix::Remove { place },
        };
        if let Some(once) = mended(&text, &fix) {
            for line in ["  name: web # mine\n", "spec: {hostPID: true}\n"] {
                prop_assert!(once.contains(line), "{}", once);
            }
            if let Some(twice) = mended(&once, &fix) {
                prop_assert_eq!(twice, once);
            }
        }
    }
}
