//! Which parts of a text hold Secrets, so that no excerpt shows them.

use std::borrow::Cow;
use std::ops::Range;

/// Fields at the top of a Secret, whose names may be shown.
const SHOWN: [&str; 7] = [
    "apiVersion",
    "kind",
    "metadata",
    "data",
    "stringData",
    "type",
    "immutable",
];

/// The documents of a text that are Secrets or hold some, also where they cannot be read: too much rather than too little.
pub(super) fn secrets(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for line in lines(text) {
        if text[line.clone()].starts_with("---") {
            ranges.push(start..line.start);
            start = line.start;
        }
    }
    ranges.push(start..text.len());
    ranges.retain(|range| names_a_secret(&text[range.clone()]));
    ranges
}

/// A part of a text that begins at `at`, with stars for what the ranges hide. It stays as long as it is.
pub(crate) fn mask<'t>(part: &'t str, at: usize, hidden: &[Range<usize>], shown: &Range<usize>) -> Cow<'t, str> {
    let is_hidden = |byte: usize| !shown.contains(&byte) && hidden.iter().any(|range| range.contains(&byte));
    let touches = |range: &Range<usize>| range.start < at + part.len() && at < range.end;
    if !hidden.iter().any(touches) {
        return Cow::Borrowed(part);
    }
    let mut masked = String::with_capacity(part.len());
    for line in lines(part) {
        let text = &part[line.clone()];
        let name = SHOWN
            .iter()
            .find(|name| text.strip_prefix(**name).is_some_and(|rest| rest.starts_with(':')));
        let kept = name.map_or(0, |name| name.len() + 1);
        for (offset, letter) in text.char_indices() {
            if offset < kept || letter.is_whitespace() || !is_hidden(at + line.start + offset) {
                masked.push(letter);
            } else {
                masked.extend(std::iter::repeat_n('*', letter.len_utf8()));
            }
        }
    }
    Cow::Owned(masked)
}

/// Whether a text says `kind: Secret` or `kind: SecretList`, in YAML or JSON, at any depth.
fn names_a_secret(text: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), b"Secret").any(|at| {
        let (before, after) = (&text[..at], &text[at + "Secret".len()..]);
        let after = after.strip_prefix("List").unwrap_or(after);
        let ends = !after.starts_with(|next: char| next.is_alphanumeric() || next == '_');
        let before = before.trim_end_matches(['"', '\'']).trim_end();
        let Some(before) = before.strip_suffix(':') else {
            return false;
        };
        ends && before.trim_end().trim_end_matches(['"', '\'']).ends_with("kind")
    })
}

/// The lines of a text with their breaks.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.split_inclusive('\n').scan(0, |start, line| {
        let range = *start..*start + line.len();
        *start = range.end;
        Some(range)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str) -> String {
        mask(text, 0, &secrets(text), &(0..0)).into_owned()
    }

    #[test]
    fn values_of_secrets_are_hidden_and_nothing_else() {
        let text = "kind: Pod\nname: web\n---\nkind: Secret\ndata:\n  größe: abc\n--- # next\nkind: ConfigMap\n";
        let shown = "kind: Pod\nname: web\n---\nkind: ******\ndata:\n  ******** ***\n--- # next\nkind: ConfigMap\n";
        // The mark that begins a document belongs to it.
        assert_eq!(hidden(text), shown.replacen("---", "***", 1));
        assert_eq!(hidden(text).len(), text.len());
    }

    #[test]
    fn every_way_of_writing_the_kind_counts() {
        for text in [
            "{\"kind\": \"Secret\", \"data\": {\"a\": \"b\"}}",
            "{\"kind\":\"Secret\"}",
            "kind:   'Secret' # a comment",
            "items: [{kind: Secret}]",
            "kind: SecretList",
            "? kind\n: Secret",
        ] {
            let whole = 0..text.len();
            assert_eq!(secrets(text), std::slice::from_ref(&whole), "{text}");
        }
        for text in [
            "kind: SecretProviderClass",
            "kind: ConfigMap # no Secret",
            "secretName: Secret",
            "",
        ] {
            assert_eq!(secrets(text), [], "{text}");
        }
    }

    #[test]
    fn what_stands_in_a_document_of_its_own_kind_is_shown() {
        let text = "items:\n- kind: Secret\n- kind: Pod\n";
        let pod = text.find("- kind: Pod").map(|at| at..text.len()).expect("there");
        assert_eq!(
            mask(text, 0, &secrets(text), &pod),
            "******\n* ***** ******\n- kind: Pod\n"
        );
    }
}
