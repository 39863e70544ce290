//! How many of something there may be, ECI1310 to 1332.

use serde_json::{Value, json};

use crate::case::{cases, said};

#[test]
fn twenty_of_each_are_allowed() {
    let containers = |count: usize| vec![json!({"name": "a"}); count];
    let spec = json!({"containers": containers(20), "initContainers": containers(20)});
    assert!(said(spec, "").is_empty());
    let spec = json!({"containers": containers(21)});
    assert_eq!(said(spec, ""), ["error too-many-containers spec.containers"]);
    let spec = json!({"containers": [], "initContainers": containers(21)});
    assert_eq!(said(spec, ""), ["error too-many-containers spec.initContainers"]);
    let together = json!({"containers": containers(11), "initContainers": containers(10)});
    assert!(said(together.clone(), "").is_empty());
    assert_eq!(
        said(together, "ContainerCount::Together"),
        ["error too-many-containers spec.containers"]
    );
}

#[test]
fn the_token_is_a_volume_too() {
    let spec = |count: usize, automount: Option<bool>| -> Value {
        let volumes: Vec<Value> = (0..count)
            .map(|index| json!({"name": format!("v{index}"), "emptyDir": {}}))
            .collect();
        json!({"containers": [], "volumes": volumes, "automountServiceAccountToken": automount})
    };
    let refused = ["error too-many-volumes spec.volumes"];
    let doubtful = ["warning too-many-volumes spec.volumes"];
    assert!(said(spec(19, None), "").is_empty());
    assert_eq!(said(spec(20, None), ""), doubtful);
    assert!(said(spec(20, Some(false)), "").is_empty());
    assert!(said(spec(20, None), "TokenVolume::NotCounted").is_empty());
    assert_eq!(said(spec(21, Some(false)), ""), refused);
    let mut admitted = spec(19, None);
    let volumes = admitted["volumes"].as_array_mut().expect("volumes");
    volumes.push(json!({"name": "kube-api-access-x1", "projected": {"sources": []}}));
    assert!(said(admitted, "").is_empty());
}

#[test]
fn an_instance_takes_six_disks() {
    let disks = |count: usize| -> Value {
        let disk = |index: usize| json!({"name": format!("d{index}"), "flexVolume": {"driver": "alicloud/disk"}});
        let nas = json!({"name": "n", "flexVolume": {"driver": "alicloud/nas"}});
        let volumes: Vec<Value> = (0..count).map(disk).chain([nas]).collect();
        json!({"containers": [], "volumes": volumes})
    };
    assert!(said(disks(6), "").is_empty());
    assert_eq!(said(disks(7), ""), ["error too-many-disks spec.volumes"]);
}

cases! {
    twenty_parts_of_a_command: {"containers": [{"name": "a", "command": ["x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x"],
        "args": ["x", "x", "x", "x", "x", "x", "x", "x", "x", "x"]}]} => [];
    twenty_one_parts: {"containers": [{"name": "a", "command": ["x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x"]}]}
        => ["warning command-too-many spec.containers[0].command"];
    eleven_arguments: {"containers": [], "initContainers": [{"name": "a", "args": ["x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x"]}]}
        => ["warning command-too-many spec.initContainers[0].args"];
    a_shell_alone: {"containers": [{"name": "a", "command": ["bash"]}]} => ["warning bash-without-tty spec.containers[0].command"];
    a_shell_with_a_terminal: {"containers": [{"name": "a", "command": ["/bin/bash"], "tty": true}]} => [];
    a_shell_with_arguments: {"containers": [{"name": "a", "command": ["/bin/bash"], "args": ["-c", "x"]}]} => [];
    a_shell_with_a_command: {"containers": [{"name": "a", "command": ["/bin/bash", "-c", "x"]}]} => [];
    another_shell: {"containers": [{"name": "a", "command": ["/bin/sh"]}]} => [];
}
