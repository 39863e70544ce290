//! What a suppression says: rules, and a reason behind `--`.

use std::ops::Range;

/// Rules and a reason: `ECI1040, host-path -- a node of our own mounts it`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Directive<'t> {
    /// Codes or names as written, with the bytes they take in the text.
    pub(super) rules: Vec<(&'t str, Range<usize>)>,
    /// Why; `None` when nothing stands there.
    pub(super) reason: Option<&'t str>,
}

impl<'t> Directive<'t> {
    /// The directive of a text; rules are separated by commas or spaces.
    pub(super) fn of(text: &'t str) -> Self {
        let (rules, reason) = match text.split_once("--") {
            Some((rules, reason)) => (rules, Some(reason.trim()).filter(|reason| !reason.is_empty())),
            None => (text, None),
        };
        let is_between = |letter: char| letter == ',' || letter.is_whitespace();
        let mut named = Vec::new();
        let mut at = 0;
        for part in rules.split(is_between) {
            if !part.is_empty() {
                named.push((part, at..at + part.len()));
            }
            // Every separator but a wide space is one byte.
            at += part.len() + rules[at + part.len()..].chars().next().map_or(0, char::len_utf8);
        }
        Self { rules: named, reason }
    }

    /// The directive of a comment, and the bytes it stands behind: `# eci: ignore ECI1040 -- reason`.
    pub(super) fn of_comment(comment: &'t str) -> Option<(Self, usize)> {
        let words = comment.trim_start_matches('#').trim_start();
        let words = words.strip_prefix("eci:")?.trim_start();
        let text = words.strip_prefix("ignore")?;
        let is_word = text.chars().next().is_none_or(char::is_whitespace);
        is_word.then(|| (Self::of(text), comment.len() - text.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(text: &str) -> Vec<&str> {
        Directive::of(text).rules.into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn rules_and_reasons_are_told_apart() {
        for (text, rules, reason) in [
            ("ECI1040", vec!["ECI1040"], None),
            (
                " ECI1040, host-path -- old; goes in May",
                vec!["ECI1040", "host-path"],
                Some("old; goes in May"),
            ),
            ("ECI1040 ECI1020,ECI1030", vec!["ECI1040", "ECI1020", "ECI1030"], None),
            ("ECI1040 -- ", vec!["ECI1040"], None),
            ("ECI1040 -- a -- b", vec!["ECI1040"], Some("a -- b")),
            ("-- why", vec![], Some("why")),
            ("", vec![], None),
        ] {
            assert_eq!((names(text), Directive::of(text).reason), (rules, reason), "{text}");
        }
    }

    #[test]
    fn only_comments_that_say_so_are_directives() {
        for comment in [
            "# eci: ignore ECI1040",
            "#eci:ignore ECI1040",
            "## eci:  ignore\tECI1040 -- x",
        ] {
            let (directive, before) = Directive::of_comment(comment).expect("a directive");
            let (name, span) = directive.rules[0].clone();
            assert_eq!(name, "ECI1040");
            assert_eq!(&comment[before + span.start..before + span.end], "ECI1040");
        }
        for comment in [
            "# eci: ignored by us",
            "# ignore ECI1040",
            "# the eci: ignore comment",
            "# eci",
            "",
        ] {
            assert_eq!(Directive::of_comment(comment), None, "{comment}");
        }
    }

    proptest! {
        #[test]
        fn names_stand_where_they_are_said_to(text in "[a-zA-Z0-9, \u{2003}\t-]{0,40}") {
            for (name, span) in Directive::of(&text).rules {
                prop_assert_eq!(&text[span], name);
            }
        }
    }
}
