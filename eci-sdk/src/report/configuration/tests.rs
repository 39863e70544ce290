//! Every key, every fault, and the schema beside them.

use super::*;

fn read(text: &str) -> Result<Configuration, Vec<String>> {
    let read = Configuration::read(&Source::new("eci.yaml", text).into());
    read.map_err(|errors| errors.iter().map(ToString::to_string).collect())
}

const WHOLE: &str = "\
# agreed in May
edition: ack-serverless
region: cn-beijing
cluster: [cluster.yaml, more.yaml]
policies:
  Rounding: LeastPrice
severities:
  image-tag-latest: warning
  ECI1020: off
ignore:
  host-path: \"agents: they move\"
skip: vendor/**
output:
- human
- sarif=eci.sarif
baseline: known.json
failOn: warning
maxFindings: 50
";

#[test]
fn every_key_is_read_with_its_line() {
    let read = read(WHOLE).expect("a good file");
    assert_eq!(
        read.edition.map(|it| (it.value, it.line)),
        Some((Edition::AckServerless, 2))
    );
    assert_eq!(
        read.region.map(|it| (it.value.to_string(), it.line)),
        Some(("cn-beijing".to_owned(), 3))
    );
    let texts = |list: &[Written<String>]| -> Vec<(String, usize)> {
        list.iter().map(|it| (it.value.clone(), it.line)).collect()
    };
    assert_eq!(
        texts(&read.cluster),
        [("cluster.yaml".to_owned(), 4), ("more.yaml".to_owned(), 4)]
    );
    assert_eq!(texts(&read.skip), [("vendor/**".to_owned(), 12)]);
    assert_eq!(
        texts(&read.output),
        [("human".to_owned(), 14), ("sarif=eci.sarif".to_owned(), 15)]
    );
    let policy = &read.policies[0];
    assert_eq!(
        (policy.value.0.as_str(), policy.value.1.as_str(), policy.line),
        ("Rounding", "LeastPrice", 6)
    );
    let graded: Vec<_> = read
        .severities
        .iter()
        .map(|it| (it.value.0.name(), it.value.1, it.line))
        .collect();
    assert_eq!(
        graded,
        [("image-tag-latest", Level::Warning, 8), ("host-network", Level::Off, 9)]
    );
    let ignored = &read.ignore[0];
    assert_eq!(
        (ignored.value.0.as_str(), ignored.value.1.as_str(), ignored.line),
        ("host-path", "agents: they move", 11)
    );
    assert_eq!(
        read.baseline.map(|it| (it.value, it.line)),
        Some(("known.json".to_owned(), 16))
    );
    assert_eq!(
        read.fail_on.map(|it| (it.value, it.line)),
        Some((Severity::Warning, 17))
    );
    assert_eq!(read.max_findings.map(|it| (it.value, it.line)), Some((50, 18)));
}

#[test]
fn a_file_without_content_configures_nothing() {
    for text in ["", "# nothing yet\n", "{}\n"] {
        assert!(read(text).is_ok_and(|read| read.edition.is_none()), "{text:?}");
    }
}

#[test]
fn everything_that_is_wrong_is_told_at_once_with_its_place() {
    let text = "editon: ack\nregion: [a]\nfailOn: bad\nmaxFindings: -1\npolicies: {Roundin: LeastPrice}\n\
                severities: {host-paths: off, host-path: loud}\nskip: [1]\nedition: acs\nbaseline: a\nbaseline: b\n";
    let errors = read(text).expect_err("it is full of errors");
    insta::assert_snapshot!(errors.join("\n"));
}

#[test]
fn objects_and_broken_texts_are_refused() {
    for (text, part) in [
        (
            "apiVersion: v1\nkind: Pod\n",
            "eci.yaml:1:1: this is no configuration: it is a Kubernetes object",
        ),
        ("edition: ack\n---\nregion: cn-beijing\n", "it has a second document"),
        ("- edition\n", "eci.yaml:1:1: expected a mapping"),
        ("edition: [\n", "eci.yaml:"),
    ] {
        let errors = read(text).expect_err(text);
        assert!(errors.len() == 1 && errors[0].contains(part), "{text:?}: {errors:?}");
    }
}

#[test]
fn findings_are_graded() {
    let read = read("severities: {host-network: info, host-path: \"off\", host-pid: error}\n").expect("good");
    let finding = |name: &str| {
        let place = Location::new(ObjectRef::new("Pod", None, "web"), FieldPath::ROOT);
        crate::rule(name).expect("a rule").at(place).build()
    };
    let changed = read.grade(finding("host-network"));
    assert!(matches!(changed, Graded::Changed(finding) if finding.severity() == Severity::Info));
    assert_eq!(read.grade(finding("host-path")), Graded::Off);
    assert_eq!(read.grade(finding("host-pid")), Graded::Kept(finding("host-pid")));
    assert_eq!(read.grade(finding("host-ipc")), Graded::Kept(finding("host-ipc")));
}

#[test]
fn the_schema_has_the_same_keys_and_words() {
    let schema: serde_json::Value = serde_json::from_str(Configuration::SCHEMA).expect("JSON");
    let keys: Vec<&str> = schema["properties"]
        .as_object()
        .expect("properties")
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(keys, super::read::KEYS);
    let levels = &schema["properties"]["severities"]["additionalProperties"]["enum"];
    for level in Level::ALL {
        assert!(
            levels.as_array().expect("words").contains(&level.name().into()),
            "{level:?}"
        );
    }
    let words = |key: &str| schema["properties"][key]["enum"].clone();
    let editions = [Edition::AckServerless, Edition::Ack, Edition::SelfManaged];
    assert_eq!(words("edition"), serde_json::json!(editions.map(Edition::name)));
    let severities = [Severity::Error, Severity::Warning, Severity::Info];
    assert_eq!(
        words("failOn"),
        serde_json::json!(severities.map(|severity| severity.to_string()))
    );
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "(\\PC|\n){0,80}") {
        let _ = read(&text);
    }
}
