//! What the vendor's own SDKs send and receive: `tests/data/sdk-captures.json`.

use eci_model::api::errors::ErrorBody;
use eci_model::api::{Action, Answer, Operation};
use serde_json::Value as Json;

struct Capture {
    id: String,
    action: Action,
    status: u64,
    parameters: Vec<(String, String)>,
    answer: String,
}

fn captures() -> Vec<Capture> {
    let file: Json = serde_json::from_str(include_str!("../data/sdk-captures.json")).expect("the captures");
    let text = |json: &Json| json.as_str().expect("a text").to_owned();
    let captures = file["captures"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|capture| Capture {
            id: text(&capture["id"]),
            action: text(&capture["action"]).parse().expect("an action"),
            status: capture["status"].as_u64().expect("a status"),
            parameters: capture["parameters"]
                .as_array()
                .expect("a list")
                .iter()
                .map(|pair| (text(&pair[0]), text(&pair[1])))
                .collect(),
            answer: text(&capture["answer"]),
        });
    captures.collect()
}

fn decoded(capture: &Capture) -> Operation {
    let read = Operation::from_parameters(capture.action, &capture.parameters);
    read.unwrap_or_else(|error| panic!("{}: {error}", capture.id))
}

/// The parameters of a capture in our spelling: without those of the protocol, booleans small, numbers without empty decimals, and
/// keys of maps behind their length.
fn in_our_spelling(parameters: &[(String, String)]) -> Vec<(String, String)> {
    let protocol = [
        "AccessKeyId",
        "Action",
        "Format",
        "SecurityToken",
        "Signature",
        "SignatureMethod",
        "SignatureNonce",
        "SignatureType",
        "SignatureVersion",
        "Timestamp",
        "Version",
    ];
    let ours = parameters
        .iter()
        .filter(|(name, _)| !protocol.contains(&name.as_str()))
        .map(|(name, value)| {
            let value = match value.as_str() {
                "True" | "False" => value.to_lowercase(),
                number if number.parse::<f64>().is_ok() => number.trim_end_matches(".0").to_owned(),
                other => other.to_owned(),
            };
            let name = match name.strip_prefix("DataSource.Options.") {
                Some(key) if !key.starts_with('#') => format!("DataSource.Options.#{}#{key}", key.len()),
                _ => name.clone(),
            };
            (name, value)
        });
    sorted(ours.collect())
}

fn sorted(mut parameters: Vec<(String, String)>) -> Vec<(String, String)> {
    parameters.sort();
    parameters
}

#[test]
fn all_fifty_two_are_there() {
    assert_eq!(captures().len(), 52);
}

#[test]
fn requests_come_back_as_the_same_parameters() {
    for capture in captures() {
        let operation = decoded(&capture);
        assert_eq!(
            sorted(operation.to_parameters()),
            in_our_spelling(&capture.parameters),
            "{}",
            capture.id
        );
    }
}

#[test]
fn requests_survive_any_order_of_their_parameters() {
    for mut capture in captures() {
        let operation = decoded(&capture);
        capture.parameters.reverse();
        assert_eq!(decoded(&capture), operation, "{}", capture.id);
    }
}

#[test]
fn requests_keep_to_the_description() {
    for capture in captures() {
        let violations: Vec<String> = decoded(&capture).check().iter().map(ToString::to_string).collect();
        // Some captures were made with names too short or resources that do not exist.
        let expected: &[&str] = match capture.id.as_str() {
            "t46-err-dryrun" => &["parameter `ContainerGroupName` is a text of 1 characters, expected 2 to 128"],
            _ => &[],
        };
        assert_eq!(violations, expected, "{}", capture.id);
    }
}

#[test]
fn good_answers_are_read_and_written_without_loss() {
    for capture in captures().iter().filter(|capture| capture.status == 200) {
        let answer = Answer::from_json(capture.action, &capture.answer);
        let answer = answer.unwrap_or_else(|error| panic!("{}: {error}", capture.id));
        assert_eq!(
            answer.request_id(),
            Some("11111111-2222-4333-8444-555555555555"),
            "{}",
            capture.id
        );
        let sent: Json = serde_json::from_str(&capture.answer).expect("JSON");
        let written: Json = serde_json::from_str(&answer.to_json()).expect("JSON");
        assert!(holds(&written, &sent), "{}: {written} lacks some of {sent}", capture.id);
    }
}

/// Whether all of the second stands in the first.
fn holds(json: &Json, part: &Json) -> bool {
    match (json, part) {
        (Json::Object(json), Json::Object(part)) => part
            .iter()
            .all(|(name, value)| json.get(name).is_some_and(|json| holds(json, value))),
        (Json::Array(json), Json::Array(part)) => {
            json.len() == part.len() && json.iter().zip(part).all(|(json, part)| holds(json, part))
        }
        (Json::Number(json), Json::Number(part)) => json.as_f64() == part.as_f64(),
        (json, part) => json == part,
    }
}

#[test]
fn errors_are_read_unless_they_are_not_json() {
    let mut unreadable = Vec::new();
    for capture in captures().iter().filter(|capture| capture.status != 200) {
        match ErrorBody::from_json(&capture.answer) {
            Some(body) => assert!(!body.code.is_empty() && !body.message.is_empty(), "{}", capture.id),
            None => unreadable.push(capture.id.clone()),
        }
    }
    assert_eq!(unreadable, ["t46-err-xml", "t46-err-nonjson"]);
}

#[test]
fn a_denial_keeps_its_detail() {
    let capture = captures()
        .into_iter()
        .find(|capture| capture.id == "t46-err-403-ram")
        .expect("it is there");
    let body = ErrorBody::from_json(&capture.answer).expect("an error");
    let detail = body.access_denied_detail.expect("a detail");
    assert!(detail.contains("eci:DescribeContainerGroups"), "{detail}");
}
