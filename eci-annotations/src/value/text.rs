//! Texts without a grammar of their own.

use std::fmt;

use eci_model::settings::CorePattern;
use eci_model::{Region, Zone};

use crate::value::choice::read_word;
use crate::value::{Fault, Reading, Value, ValueError};

/// Whether a text that is no value is the masked sample of a page, or a template that nobody filled in.
pub(crate) fn is_placeholder(text: &str) -> bool {
    is_unfilled(text) || text.contains("XX")
}

/// Whether a text that may be a value is none: ids that hold two large X by chance, and names that end in `x`, are values.
pub(crate) fn is_unfilled(text: &str) -> bool {
    // A small x stands in many ids, and only beside another one in masks.
    let mut before = 0;
    let is_suspect = |byte: u8| {
        let is_pair = byte == b'x' && before == b'x';
        before = byte;
        is_pair || matches!(byte, b'*' | b'X' | b'$' | b'{' | b'<')
    };
    if !text.bytes().any(is_suspect) {
        return false;
    }
    let masked = text.contains("**") || text.split(|c: char| !c.is_alphanumeric()).any(is_mask);
    masked || is_masked_address(text) || is_template(text)
}

/// `${ROLE}`, `{{ .Values.role }}`, `<role>`.
pub(crate) fn is_template(text: &str) -> bool {
    let between = |from: &str, to: &str| text.split_once(from).is_some_and(|(_, rest)| rest.contains(to));
    between("<", ">") || between("${", "}") || between("{{", "}}")
}

/// `XX`, `xxx`.
fn is_mask(word: &str) -> bool {
    let all = |letter: u8| word.bytes().all(|b| b == letter);
    (word.len() > 1 && all(b'X')) || (word.len() > 2 && all(b'x'))
}

/// `100.100.*.*`, `20.1.xx.xx`.
fn is_masked_address(text: &str) -> bool {
    let hidden = |part: &str| part == "*" || part == "xx";
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    text.split('.').any(hidden) && text.contains('.') && text.split('.').all(|part| hidden(part) || digits(part))
}

/// Any text that is not blank, or one of the words that the key takes.
impl Value for String {
    fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
        const EXPECTED: &str = "a text on one line without spaces around it";
        if is_unfilled(text) {
            return Err(ValueError::new(text, "a real value").with_fault(Fault::Placeholder));
        }
        if text.is_empty() || text.trim() != text || text.contains(char::is_control) {
            return Err(ValueError::new(text, EXPECTED));
        }
        match reading.words() {
            [] => Ok(text.to_owned()),
            words => read_word(text, reading, words, |word| word).map(ToOwned::to_owned),
        }
    }
}

/// A text that is taken as it is, empty ones too: what the platform writes, and what other products read.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Verbatim(pub String);

impl fmt::Display for Verbatim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Value for Verbatim {
    fn read(text: &str, _: &mut Reading) -> Result<Self, ValueError> {
        Ok(Self(text.to_owned()))
    }
}

/// Where a log comes from (Collect logs by using environment variables, 2025-08-18).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LogSource {
    /// Both streams of the container.
    Stdout,
    /// The error stream alone.
    StderrOnly,
    /// The output stream alone.
    StdoutOnly,
    /// Files, `/log/*.log`; an emptyDir must be mounted above them.
    Files(Box<str>),
}

impl fmt::Display for LogSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stdout => "stdout",
            Self::StderrOnly => "stderr-only",
            Self::StdoutOnly => "stdout-only",
            Self::Files(path) => path,
        })
    }
}

impl Value for LogSource {
    fn read(text: &str, _: &mut Reading) -> Result<Self, ValueError> {
        match text {
            "stdout" => Ok(Self::Stdout),
            "stderr-only" => Ok(Self::StderrOnly),
            "stdout-only" => Ok(Self::StdoutOnly),
            path if path.starts_with('/') && path.len() > 1 && !path.contains(char::is_control) => {
                Ok(Self::Files(path.into()))
            }
            _ => Err(ValueError::new(
                text,
                "`stdout`, `stderr-only`, `stdout-only` or an absolute path",
            )),
        }
    }
}

impl Value for CorePattern {
    fn read(text: &str, _: &mut Reading) -> Result<Self, ValueError> {
        let expected = "a path without spaces; a pipe is refused";
        let pattern = CorePattern::new(text).filter(|_| !is_template(text));
        pattern.ok_or_else(|| ValueError::new(text, expected))
    }
}

impl Value for Region {
    fn read(text: &str, _: &mut Reading) -> Result<Self, ValueError> {
        text.parse()
            .map_err(|_| ValueError::new(text, "a region, such as `cn-hangzhou`"))
    }
}

impl Value for Zone {
    fn read(text: &str, _: &mut Reading) -> Result<Self, ValueError> {
        text.parse()
            .map_err(|_| ValueError::new(text, "a zone, such as `cn-hangzhou-h`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_and_templates_are_placeholders() {
        for text in [
            "vsw-****",
            "harbor***.pre.com",
            "100.100.XX.XX",
            "20.1.xx.xx",
            "<role-name>",
            "${ROLE}",
            "{{ .Values.role }}",
            "vsw-xxx",
        ] {
            assert!(is_unfilled(text) && is_placeholder(text), "{text}");
        }
        assert!(is_placeholder("acs:ram::16099XXXX:role/x") && !is_unfilled("models-for-XXL"));
        for text in [
            "*",
            "",
            "default",
            "a<b",
            "max",
            "/log/*.log",
            "ecs.c6.2xlarge",
            "xlarge",
            "x",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn templates_are_no_patterns_of_core_dumps() {
        assert!(CorePattern::parse("/dump/core.%p").is_ok());
        for text in ["<path>", "${DUMP}/core", "{{ .Values.core }}"] {
            assert_eq!(
                CorePattern::parse(text).expect_err(text).fault,
                Fault::Placeholder,
                "{text}"
            );
        }
    }

    #[test]
    fn texts_stand_alone() {
        assert_eq!(
            String::parse("AliyunECIContainerGroupRole").as_deref(),
            Ok("AliyunECIContainerGroupRole")
        );
        for text in ["", " ", " a", "a\n", "a\tb"] {
            assert!(String::parse(text).is_err(), "{text:?}");
        }
        assert_eq!(Verbatim::parse(""), Ok(Verbatim::default()));
    }

    #[test]
    fn logs_come_from_streams_or_files() {
        for text in ["stdout", "stderr-only", "stdout-only", "/log/*.log"] {
            assert_eq!(LogSource::parse(text).expect(text).to_string(), text);
        }
        for text in ["", "stderr", "log/a.log", "/"] {
            assert!(LogSource::parse(text).is_err(), "{text}");
        }
    }
}
