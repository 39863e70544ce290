//! Canaries: what is secret appears on the wire and nowhere else.

use eci_model::api::{Action, Answer, Operation};

use crate::description::{Leaf, answer, full_request, json_value};

const CANARY: &str = "canary-7d21";

/// Written apart from the generator's list, by the form of the names, so that one checks the other.
fn is_secret(action: Action, path: &str) -> bool {
    let environment = path.contains("EnvironmentVar") && path.ends_with(".Value");
    let header = path.contains("HttpHeader") && path.ends_with(".Value");
    let end = path.rsplit('.').next().unwrap_or(path);
    let named = match end {
        "Password" | "KubeConfig" | "FlexVolumeOptions" | "HttpUrl" | "WebSocketUri" | "ResultContent" => true,
        "Content" => path.contains("ConfigFile"),
        "Options" => path.contains("FlexVolume") || path.contains("DataSource"),
        _ => false,
    };
    environment || header || (named && action != Action::DescribeContainerLog)
}

fn shown(value: &(impl std::fmt::Debug + std::fmt::Display + serde::Serialize)) -> [String; 4] {
    [
        format!("{value:?}"),
        format!("{value:#?}"),
        value.to_string(),
        serde_json::to_string(value).expect("JSON"),
    ]
}

#[test]
fn no_request_shows_a_secret() {
    let mut secrets = 0;
    for action in Action::ALL {
        let value = |leaf: &Leaf, _: &str| match is_secret(*action, &leaf.path) {
            true => CANARY.to_owned(),
            false => leaf.value(*action, 1),
        };
        let sent = full_request(*action, 2, value);
        secrets += sent.iter().filter(|(_, value)| value == CANARY).count();
        let operation = Operation::from_parameters(*action, &sent).unwrap_or_else(|error| panic!("{action}: {error}"));
        for text in shown(&operation) {
            assert!(!text.contains(CANARY), "{action}: {text}");
        }
        let on_the_wire = operation.to_parameters();
        let opened = |parameters: &[(String, String)]| parameters.iter().filter(|(_, value)| value == CANARY).count();
        assert_eq!(opened(&on_the_wire), opened(&sent), "{action}");
        assert!(
            operation
                .check()
                .iter()
                .all(|violation| !violation.to_string().contains(CANARY))
        );
    }
    assert!(secrets > 30, "the test must hide something: {secrets}");
}

#[test]
fn no_answer_shows_a_secret() {
    let mut secrets = 0;
    for action in Action::ALL {
        let sent = answer(*action, 2, |leaf| {
            let hidden = is_secret(*action, &leaf.path.replace("[]", ""));
            secrets += usize::from(hidden);
            Some(if hidden {
                CANARY.into()
            } else {
                json_value(leaf, *action, 1)
            })
        });
        let read = Answer::from_json(*action, &sent.to_string()).unwrap_or_else(|error| panic!("{action}: {error}"));
        for text in shown(&read) {
            assert!(!text.contains(CANARY), "{action}: {text}");
        }
        assert_eq!(
            read.to_json().contains(CANARY),
            sent.to_string().contains(CANARY),
            "{action}"
        );
    }
    assert!(secrets > 10, "the test must hide something: {secrets}");
}

#[test]
fn what_is_unknown_is_hidden_as_well() {
    let sent = [
        ("RegionId", "cn-hangzhou"),
        ("ImageRegistryCredential.1.Token", CANARY),
        ("NewSecret", CANARY),
    ];
    let sent = sent.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let operation = Operation::from_parameters(Action::ListUsage, &sent).expect("good parameters");
    let json =
        format!(r#"{{"RequestId": "1", "Attributes": {{"Token": "{CANARY}"}}, "NewSecret": {{"Key": "{CANARY}"}}}}"#);
    let answer = Answer::from_json(Action::ListUsage, &json).expect("a good answer");
    for text in [shown(&operation), shown(&answer)].concat() {
        assert!(!text.contains(CANARY) && text.contains("NewSecret"), "{text}");
    }
    assert_eq!(operation.to_parameters().len(), 3);
}

#[test]
fn credentials_of_the_protocol_do_not_stay_in_a_request() {
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
    let sent: Vec<_> = protocol
        .iter()
        .map(|name| ((*name).to_owned(), CANARY.to_owned()))
        .collect();
    let operation = Operation::from_parameters(Action::DescribeRegions, &sent).expect("good parameters");
    assert_eq!(operation, Operation::empty(Action::DescribeRegions));
}

#[test]
fn errors_about_parameters_do_not_repeat_texts() {
    let sent = [
        ("RegionId", "cn-hangzhou"),
        ("ContainerGroupId", "eci-1"),
        ("ContainerName", "main"),
        ("Command", "mysql -pcanary-7d21"),
    ];
    let sent = sent.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let error = Operation::from_parameters(Action::ExecContainerCommand, &sent).expect_err("no JSON");
    assert_eq!(
        error.to_string(),
        "parameter `Command` is a text of 19 bytes, expected a JSON array of texts"
    );
}

#[test]
fn a_request_shown_to_people_names_everything_else() {
    let sent = [
        ("RegionId", "cn-hangzhou"),
        ("ContainerGroupName", "web"),
        ("Container.1.Name", "main"),
        ("Container.1.Image", "nginx:1.25"),
        ("Container.1.Cpu", "0.5"),
        ("Container.1.EnvironmentVar.1.Key", "TOKEN"),
        ("Container.1.EnvironmentVar.1.Value", CANARY),
        ("ImageRegistryCredential.1.Server", "registry.example.com"),
        ("ImageRegistryCredential.1.Password", CANARY),
        ("VSwitchId", "vsw-a,vsw-b"),
        ("SlsEnable", "true"),
    ];
    let sent = sent.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let operation = Operation::from_parameters(Action::CreateContainerGroup, &sent).expect("good parameters");
    let shown = serde_json::to_string_pretty(&operation).expect("JSON");
    insta::assert_snapshot!(shown, @r#"
    {
      "Container": [
        {
          "Cpu": 0.5,
          "EnvironmentVar": [
            {
              "Key": "TOKEN",
              "Value": "<hidden: 11 bytes>"
            }
          ],
          "Image": "nginx:1.25",
          "Name": "main"
        }
      ],
      "ContainerGroupName": "web",
      "RegionId": "cn-hangzhou",
      "ImageRegistryCredential": [
        {
          "Password": "<hidden: 11 bytes>",
          "Server": "registry.example.com"
        }
      ],
      "VSwitchId": "vsw-a,vsw-b",
      "SlsEnable": "<hidden: 4 bytes>"
    }
    "#);
}
