//! What a naive reading of the description gets wrong, one test a fact (digest of the description, 2026-11-23).

mod answers;
mod requests;
mod values;

use eci_model::api::{Action, Answer, CreateContainerGroup, DescribeContainerGroupsAnswer, Operation, ParameterError};
use serde_json::{Value as Json, json};

fn read(action: Action, parameters: &[(&str, &str)]) -> Result<Operation, ParameterError> {
    let owned: Vec<_> = parameters
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Operation::from_parameters(action, &owned)
}

fn create(more: &[(&str, &str)]) -> CreateContainerGroup {
    let least = [
        ("RegionId", "cn-hangzhou"),
        ("ContainerGroupName", "web"),
        ("Container.1.Name", "main"),
        ("Container.1.Image", "nginx"),
    ];
    let operation = read(Action::CreateContainerGroup, &[&least, more].concat()).expect("good parameters");
    operation.try_into().expect("a create")
}

fn value(operation: impl Into<Operation>, name: &str) -> Option<String> {
    let parameters = operation.into().to_parameters();
    parameters
        .into_iter()
        .find(|(found, _)| found == name)
        .map(|(_, value)| value)
}

fn answer<A: TryFrom<Answer>>(action: Action, json: &Json) -> A {
    let answer = Answer::from_json(action, &json.to_string()).unwrap_or_else(|error| panic!("{error}"));
    A::try_from(answer).unwrap_or_else(|_| panic!("an answer to {action}"))
}

fn described(group: &Json) -> eci_model::api::ContainerGroup {
    let json = json!({"RequestId": "1", "ContainerGroups": [group]});
    let mut answer: DescribeContainerGroupsAnswer = answer(Action::DescribeContainerGroups, &json);
    assert!(answer.extra.is_empty(), "{:?}", answer.extra);
    answer.container_groups.remove(0)
}
