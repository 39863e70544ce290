//! What holds for every request and every answer.

use eci_model::api::{Action, Answer, Operation};
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::description::{answer, full_request, json_value, leaves};

fn sorted(mut parameters: Vec<(String, String)>) -> Vec<(String, String)> {
    parameters.sort();
    parameters
}

#[test]
fn every_parameter_of_the_description_has_a_field() {
    for action in Action::ALL {
        let sent = full_request(*action, 2, |leaf, _| leaf.value(*action, 3));
        let operation = Operation::from_parameters(*action, &sent).unwrap_or_else(|error| panic!("{action}: {error}"));
        assert_eq!(sorted(operation.to_parameters()), sorted(sent), "{action}");
        let json = serde_json::to_value(&operation).expect("JSON");
        let unknown: Vec<&String> = json
            .as_object()
            .expect("an object")
            .keys()
            .filter(|name| name.contains('.'))
            .collect();
        assert!(unknown.is_empty(), "{action} does not know {unknown:?}");
    }
}

#[test]
fn every_member_of_the_description_has_a_field() {
    for action in Action::ALL {
        let sent = answer(*action, 2, |leaf| Some(json_value(leaf, *action, 1)));
        let read = Answer::from_json(*action, &sent.to_string()).unwrap_or_else(|error| panic!("{action}: {error}"));
        let written: Json = serde_json::from_str(&read.to_json()).expect("JSON");
        assert_eq!(written, sent, "{action}");
        let shown = serde_json::to_value(&read).expect("JSON");
        let unknown: Vec<&String> = shown
            .as_object()
            .expect("an object")
            .keys()
            .filter(|name| name.starts_with('/'))
            .collect();
        assert!(unknown.is_empty(), "{action} does not know {unknown:?}");
    }
}

#[test]
fn a_request_without_values_sends_only_what_is_required() {
    for action in Action::ALL {
        let names: Vec<String> = Operation::empty(*action)
            .to_parameters()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        let always = leaves(*action, "request").into_iter().filter(|leaf| leaf.always);
        let mut required: Vec<String> = always.map(|leaf| leaf.path).collect();
        required.sort_by_key(|name| names.iter().position(|found| found == name));
        assert_eq!(names, required, "{action}");
    }
}

#[test]
fn every_action_with_a_token_takes_one_and_shows_it() {
    for action in Action::ALL {
        let mut operation = Operation::empty(*action);
        assert_eq!(
            operation.set_client_token("token-1"),
            action.takes_client_token(),
            "{action}"
        );
        assert_eq!(
            operation.client_token(),
            action.takes_client_token().then_some("token-1"),
            "{action}"
        );
    }
}

fn action() -> impl Strategy<Value = Action> {
    (0..Action::ALL.len()).prop_map(|at| Action::ALL[at])
}

/// Some parameters of an action, in any order, lists with holes, and everything that is required.
fn parameters() -> impl Strategy<Value = (Action, Vec<(String, String)>)> {
    let request = (
        action(),
        1_usize..4,
        any::<u64>(),
        prop::collection::vec(any::<u32>(), 8),
    );
    let some = request.prop_map(|(action, items, keep, seeds)| {
        let seed = |name: &str| seeds[name.len() % seeds.len()] % 1000;
        let all = full_request(action, items, |leaf, name| leaf.value(action, seed(name)));
        let required: Vec<_> = leaves(action, "request")
            .into_iter()
            .filter(|leaf| leaf.required)
            .collect();
        let is_required = |name: &str| {
            required
                .iter()
                .any(|leaf| leaf.names(items).iter().any(|known| known == name))
        };
        let kept = |name: &str| is_required(name) || (keep >> (name.bytes().map(u64::from).sum::<u64>() % 64)) & 1 == 1;
        let some = all.into_iter().filter(|(name, _)| kept(name));
        (action, some.collect::<Vec<_>>())
    });
    some.prop_flat_map(|(action, some)| (Just(action), Just(some).prop_shuffle()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn flattening_and_reading_again_gives_the_same_request((action, sent) in parameters()) {
        let operation = Operation::from_parameters(action, &sent).expect("good parameters");
        let flat = operation.to_parameters();
        prop_assert_eq!(&Operation::from_parameters(action, &flat).expect("our own"), &operation);
        // Gaps may close, so names may change, but no value is lost and none is added.
        let values = |parameters: Vec<(String, String)>| {
            let mut values: Vec<String> = parameters.into_iter().map(|(_, value)| value).collect();
            values.sort();
            values
        };
        prop_assert_eq!(values(flat), values(sent));
    }

    #[test]
    fn writing_and_reading_again_gives_the_same_answer(action in action(), items in 0_usize..3, keep in any::<u64>(), seed in 0_u32..600) {
        let mut at = 0;
        let json = answer(action, items, |leaf| {
            at = (at + 1) % 64;
            ((keep >> at) & 1 == 1 || leaf.path.ends_with("[]")).then(|| json_value(leaf, action, seed))
        });
        let read = Answer::from_json(action, &json.to_string()).expect("a good answer");
        prop_assert_eq!(&Answer::from_json(action, &read.to_json()).expect("our own"), &read);
    }

    #[test]
    fn no_parameters_make_it_panic_or_lose_one(action in action(), pairs in prop::collection::vec(("[A-Z][A-Za-z.#0-9]{0,20}", ".{0,8}"), 0..12)) {
        let known = ["Container.1.Port.1.Port", "Tag.1", "DnsConfig", "DataSource.Options.#", "RegionId", "Cpu.1", "Image.0"];
        let wild = pairs.iter().zip(known.iter().cycle()).flat_map(|((name, value), known)| {
            [(name.clone(), value.clone()), (format!("{known}.{name}"), value.clone())]
        });
        let wild: std::collections::BTreeMap<String, String> = wild.collect();
        let sent: Vec<(String, String)> = full_request(action, 1, |leaf, _| leaf.value(action, 1))
            .into_iter()
            .filter(|(name, _)| !wild.contains_key(name))
            .chain(wild.clone())
            .collect();
        if let Ok(operation) = Operation::from_parameters(action, &sent) {
            prop_assert_eq!(operation.to_parameters().len(), sent.len());
        }
    }
}

#[test]
fn a_name_that_ends_with_a_dot_is_not_the_name_without() {
    for name in ["F", "DnsConfig.F", "Container.1.Name.F", "Tag.1", ""] {
        let sent = [
            (name.to_owned(), "a".to_owned()),
            (format!("{name}."), "b".to_owned()),
            (format!("{name}.."), "c".to_owned()),
        ];
        let read = Operation::from_parameters(Action::DescribeRegions, &sent).expect("nothing is required");
        let mut again = read.to_parameters();
        again.retain(|(name, _)| sent.iter().any(|(sent, _)| sent == name));
        again.sort();
        assert_eq!(again, sent, "{name}");
    }
}
