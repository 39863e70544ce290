//! Safe changes, as editors apply them.

use std::fmt::Write as _;

use serde::Serialize;

use crate::manifest::Document;
use crate::report::{Change, Operation};

/// A safe change that mends a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Fix {
    /// What it does, in one line.
    pub title: String,
    /// The same as JSON patch (RFC 6902) of the object.
    pub patch: Vec<Operation>,
    /// The same as edits of the file that the place of the finding names: all of them or none, each with places of the text as it is.
    pub edits: Vec<TextEdit>,
}

/// A part of a file, and what to write in its place. Lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TextEdit {
    /// The line where it begins.
    pub line: usize,
    /// The column of its first character.
    pub column: usize,
    /// The line where it ends.
    pub end_line: usize,
    /// The column behind its last character; the same as `column` of the same line where text is only added.
    pub end_column: usize,
    /// The new text.
    pub text: String,
}

impl Fix {
    /// The fix of a finding about a document; `None` when its text cannot be changed without a loss, and for Secrets, whose values
    /// are not shown.
    pub fn within(fix: &eci_model::Fix, document: &Document) -> Option<Self> {
        if document.is_secret() {
            return None;
        }
        let change = Change::proven(document, fix)?;
        let source = document.source();
        let edits = change.edits().iter().map(|edit| {
            let (start, end) = (source.position(edit.range.start), source.position(edit.range.end));
            TextEdit {
                line: start.line,
                column: start.column,
                end_line: end.line,
                end_column: end.column,
                text: edit.text.clone(),
            }
        });
        Some(Self {
            title: title(fix),
            patch: change.operations().to_vec(),
            edits: edits.collect(),
        })
    }
}

fn title(fix: &eci_model::Fix) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = match fix {
        eci_model::Fix::Replace { place, value } => write!(text, "write `{value}` in {}", place.path),
        eci_model::Fix::Remove { place } => write!(text, "remove {}", place.path),
        eci_model::Fix::Add { place, key, value } => write!(text, "add `{key}: {value}` to {}", place.path),
        eci_model::Fix::Rename { place, key } => write!(text, "rename {} to `{key}`", place.path),
        eci_model::Fix::Exchange { place, key, value } => write!(text, "write `{key}: {value}` for {}", place.path),
        eci_model::Fix::Move { place, to } => write!(text, "move {} to {to}", place.path),
        _ => write!(text, "mend it"),
    };
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::{Reader, Source, Stream};
    use crate::report::v1::Finding;
    use crate::{Cluster, Edition, Planner};

    const POD: &str = "\
apiVersion: v1
kind: Pod
metadata:
  name: wéb
  labels: {alibabacloud.com/eci: \"true\"}
  annotations:
    k8s.aliyun.com/eci-image-cache: 'true' # ön
    k8s.aliyun.com/eci-vswitchs: vsw-bp1xpiowfm5vo8o3c1h01
spec:
  containers: [{name: main, image: 'shop/web:1.4'}]
";

    fn of_document(document: &Document, out: &mut Vec<Fix>) {
        let planner = Planner::new(Cluster::new(Edition::Ack));
        for object in document.objects().0 {
            let review = planner.review(object.object());
            out.extend(
                review
                    .findings
                    .iter()
                    .filter_map(|finding| Finding::within(finding, document).fix),
            );
        }
    }

    fn fixes(text: &str) -> Vec<Fix> {
        let mut fixes = Vec::new();
        for document in Reader::new().read(&Source::new("web.yaml", text).into()) {
            of_document(&document, &mut fixes);
        }
        fixes
    }

    /// As an editor does it: by lines and characters.
    fn edited(text: &str, fixes: &[Fix]) -> String {
        let mut edits: Vec<&TextEdit> = fixes.iter().flat_map(|fix| &fix.edits).collect();
        edits.sort_by_key(|edit| std::cmp::Reverse((edit.line, edit.column)));
        let at = |line: usize, column: usize| {
            let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
            let inside: usize = text[start..].chars().take(column - 1).map(char::len_utf8).sum();
            start + inside
        };
        let mut edited = text.to_owned();
        for edit in edits {
            let range = at(edit.line, edit.column)..at(edit.end_line, edit.end_column);
            edited.replace_range(range, &edit.text);
        }
        edited
    }

    fn right(text: &str) -> String {
        text.replace("eci-image-cache", "eci-auto-imc")
            .replace("vswitchs", "vswitch")
    }

    #[test]
    fn edits_by_line_and_column_mend_the_text() {
        assert_eq!(edited(POD, &fixes(POD)), right(POD));
        let indented: String = POD.lines().map(|line| format!("  {line}\n")).collect();
        let list = format!(
            "apiVersion: v1\nkind: List\nitems:\n- {}- {}",
            &indented[2..],
            &indented[2..]
        );
        assert_eq!(fixes(&list).len(), 4);
        assert_eq!(edited(&list, &fixes(&list)), right(&list));
    }

    #[test]
    fn an_alias_is_looked_up_in_the_whole_text() {
        let pod = POD
            .replace("'true' # ön", "&on 'true' # ön")
            .replace("name: wéb", "name: *on");
        assert_eq!(fixes(&pod).len(), 0, "an alias before its anchor");
        let pod = POD
            .replace("image: 'shop/web:1.4'", "image: *eci")
            .replace("\"true\"}", "&eci \"true\"}");
        assert_eq!(edited(&pod, &fixes(&pod)), right(&pod));
    }

    #[test]
    fn places_in_a_stream_are_those_of_the_whole() {
        let text = format!("# first\n---\n{POD}---\n{POD}");
        let mut all = Vec::new();
        for document in Stream::new(Reader::new(), "-", text.as_bytes()) {
            of_document(&document.expect("it is in memory"), &mut all);
        }
        assert_eq!(edited(&text, &all), right(&text));
    }

    #[test]
    fn patch_and_title_say_the_same() {
        let fixes = fixes(POD);
        let fix = serde_json::to_value(&fixes[0]).expect("plain data");
        let expected = serde_json::json!({
            "title": r#"write `k8s.aliyun.com/eci-auto-imc: true` for metadata.annotations["k8s.aliyun.com/eci-image-cache"]"#,
            "patch": [
                {"op": "remove", "path": "/metadata/annotations/k8s.aliyun.com~1eci-image-cache"},
                {"op": "add", "path": "/metadata/annotations/k8s.aliyun.com~1eci-auto-imc", "value": "true"},
            ],
            "edits": [
                {"line": 7, "column": 5, "endLine": 7, "endColumn": 35, "text": "k8s.aliyun.com/eci-auto-imc"},
                {"line": 7, "column": 37, "endLine": 7, "endColumn": 43, "text": "'true'"},
            ],
        });
        assert_eq!(fix, expected);
    }
}
