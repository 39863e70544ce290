//! What is wrong with facts about the network, and where.

use super::*;
use serde_json::json;

fn read(json: serde_json::Value) -> Result<Network, DocumentError> {
    let document: NetworkDocument = serde_json::from_value(json).expect("the shape is right");
    document.read()
}

#[test]
fn ranges_are_compared_with_what_earlier_documents_told() {
    let document = |json| serde_json::from_value::<NetworkDocument>(json).expect("a document");
    let vpc = json!({"vpcs": [{"id": "vpc-1", "cidr": "10.0.0.0/16", "ipv6": "2001:db8::/56"}]});
    let vswitch =
        |cidr: &str, ipv6: &str| json!({"vswitches": [{"id": "vsw-1", "vpc": "vpc-1", "cidr": cidr, "ipv6": ipv6}]});
    let inside = vswitch("10.0.1.0/24", "2001:db8:0:1::/64");
    let outside = vswitch("10.1.1.0/24", "2001:db8:0:1::/64");
    let outside_ipv6 = vswitch("10.0.1.0/24", "2001:db8:0:100::/64");
    let moved = json!({"vpcs": [{"id": "vpc-2"}, {"id": "vpc-1", "ipv6": "2001:db8:1::/56"}],
        "vswitches": [{"id": "vsw-1", "vpc": "vpc-1", "ipv6": "2001:db8:1:1::/64"}]});
    for (first, later, expected) in [
        (&vpc, &inside, None),
        (&inside, &vpc, None),
        (&vpc, &moved, None),
        (
            &vpc,
            &outside,
            Some("vswitches[0].cidr: `10.1.1.0/24` lies outside 10.0.0.0/16 of its VPC"),
        ),
        (
            &vpc,
            &outside_ipv6,
            Some("vswitches[0].ipv6: `2001:db8:0:100::/64` lies outside 2001:db8::/56 of its VPC"),
        ),
        (
            &outside,
            &vpc,
            Some("vpcs[0].cidr: `10.1.1.0/24` lies outside 10.0.0.0/16 of its VPC, vSwitch vsw-1 known before"),
        ),
        (
            &outside_ipv6,
            &vpc,
            Some(
                "vpcs[0].ipv6: `2001:db8:0:100::/64` lies outside 2001:db8::/56 of its VPC, vSwitch vsw-1 known before",
            ),
        ),
    ] {
        let known = document(first.clone()).read().expect("right by itself").inventory;
        let told = document(later.clone()).read_beside(&known).err();
        let told = told.map(|error| format!("{}: {error}", error.path));
        assert_eq!(told.as_deref(), expected);
    }
}

#[test]
fn everything_may_be_missing() {
    assert_eq!(read(json!({})), Ok(Network::default()));
}

#[test]
fn ipv6_is_a_flag_or_a_range() {
    for (written, known) in [
        (json!(true), Some(true)),
        (json!(false), Some(false)),
        (json!("2001:db8::/64"), Some(true)),
        (json!(null), None),
    ] {
        let network = read(json!({"vswitches": [{"id": "vsw-1", "ipv6": written}]})).expect("right");
        let vswitch = network.inventory.vswitches().next().expect("one");
        assert_eq!(vswitch.ipv6, known, "{written}");
    }
}

#[test]
fn a_gateway_says_which_vswitches_reach_the_internet() {
    let network = |gateways: serde_json::Value| {
        let network = read(json!({
            "vswitches": [{"id": "vsw-1", "vpc": "vpc-1"}, {"id": "vsw-2", "vpc": "vpc-1"},
                          {"id": "vsw-3", "vpc": "vpc-1", "nat": true}, {"id": "vsw-4", "vpc": "vpc-2"}],
            "natGateways": gateways,
        }));
        let network = network.expect("right");
        let known: Vec<Option<bool>> = network.inventory.vswitches().map(|vswitch| vswitch.nat).collect();
        known
    };
    assert_eq!(network(json!([])), [None, None, Some(true), None]);
    let listed = json!([{"vpc": "vpc-1", "vswitches": ["vsw-1"]}]);
    assert_eq!(network(listed), [Some(true), Some(false), Some(true), None]);
    assert_eq!(
        network(json!([{"vpc": "vpc-1"}])),
        [Some(true), Some(true), Some(true), None]
    );
}

#[test]
fn the_environment_of_an_old_controller_is_read() {
    let network = read(json!({"controller": {"vswitches": ["vsw-1"], "securityGroups": ["sg-1"]}})).expect("right");
    assert_eq!(network.controller_vswitches[0].as_str(), "vsw-1");
    assert_eq!(network.controller_security_groups[0].as_str(), "sg-1");
}

#[test]
fn what_means_nothing_is_told_where_it_stands() {
    for (json, path, message) in [
        (
            json!({"vswitches": [{"id": "vsw-1"}, {"id": "sg-1"}]}),
            "vswitches[1].id",
            "`sg-1` does not begin with `vsw-`",
        ),
        (
            json!({"vswitches": [{"id": "vsw-1", "zone": "Hangzhou"}]}),
            "vswitches[0].zone",
            "`Hangzhou` is no zone such as `cn-hangzhou-h`",
        ),
        (
            json!({"vswitches": [{"id": "vsw-1", "cidr": "10.0.0.0"}]}),
            "vswitches[0].cidr",
            "`10.0.0.0` is no range of addresses such as `10.0.8.0/24`",
        ),
        (
            json!({"vpcs": [{"id": "vpc-1", "cidr": "10.0.0.0/16"}],
                   "vswitches": [{"id": "vsw-1", "vpc": "vpc-1", "cidr": "10.1.8.0/24"}]}),
            "vswitches[0].cidr",
            "`10.1.8.0/24` lies outside 10.0.0.0/16 of its VPC",
        ),
        (
            json!({"vpcs": [{"id": "vpc-1", "ipv6": "2001:db8::/56"}],
                   "vswitches": [{"id": "vsw-1", "vpc": "vpc-1", "ipv6": "2001:db8:0:100::/64"}]}),
            "vswitches[0].ipv6",
            "`2001:db8:0:100::/64` lies outside 2001:db8::/56 of its VPC",
        ),
        (
            json!({"vpcs": [{"id": "vpc-1", "ipv6": "yes"}]}),
            "vpcs[0].ipv6",
            "`yes` is no range of addresses such as `2001:db8:0:1::/64`",
        ),
        (
            json!({"vpcs": [{"id": "vpc-1", "ipv6Gateway": "large"}]}),
            "vpcs[0].ipv6Gateway",
            "`large` is no edition of the IPv6 gateway; choices are free, enterprise, enhanced",
        ),
        (
            json!({"securityGroups": [{"id": "sg-1", "kind": "big"}]}),
            "securityGroups[0].kind",
            "`big` is no kind of security group; choices are basic, advanced",
        ),
        (
            json!({"natGateways": [{"vpc": "vpc-1", "vswitches": ["vsw-1", "x"]}]}),
            "natGateways[0].vswitches[1]",
            "`x` does not begin with `vsw-`",
        ),
        (
            json!({"addons": {"kubernetes": "new"}}),
            "addons.kubernetes",
            "`new` is no version such as `2.10.0`",
        ),
        (
            json!({"controller": {"securityGroups": ["vsw-1"]}}),
            "controller.securityGroups[0]",
            "`vsw-1` does not begin with `sg-`",
        ),
    ] {
        let error = read(json).expect_err(message);
        assert_eq!(
            (error.path.to_string().as_str(), error.to_string().as_str()),
            (path, message)
        );
    }
}
