//! A secret of a pod shows nowhere but on the wire.
#![cfg(feature = "sim")]

use eci_sdk::model::api::{Answer, CreateContainerGroupAnswer, Operation};
use eci_sdk::sim::{Instant, World};
use eci_sdk::{Cluster, Completion, Edition, Identity, Material, Planner};
use k8s_openapi::api::core::v1::{ConfigMap, Pod, Secret};
use serde_json::json;

const CANARY: &str = "canary-9b1f";

#[test]
fn material_shows_on_the_wire_and_nowhere_else() -> Result<(), Box<dyn std::error::Error>> {
    let profile: ConfigMap = serde_json::from_value(json!({
        "metadata": {"name": "eci-profile", "namespace": "kube-system"},
        "data": {"vSwitchIds": "vsw-bp1xpiowfm5vo8o3c1h01", "securityGroupId": "sg-bp15ed6xe1yxeycg7o22"},
    }))?;
    let pod: Pod = serde_json::from_value(json!({
        "metadata": {"name": "web", "namespace": "shop", "uid": "u-1"},
        "spec": {
            "containers": [{"name": "main", "image": "registry-vpc.cn-hangzhou.aliyuncs.com/shop/web:1.4",
                "env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}}, {"name": "B", "value": "x$(A)y"}],
                "envFrom": [{"prefix": "P_", "secretRef": {"name": "db"}}],
                "command": ["$(P_password)"], "args": ["--password=$(A)", "--verbose"],
                "volumeMounts": [{"name": "s", "mountPath": "/s", "subPathExpr": "$(A)"}]}],
            "volumes": [{"name": "s", "secret": {"secretName": "db"}}],
        },
    }))?;
    let secret: Secret =
        serde_json::from_value(json!({"metadata": {"name": "db"}, "stringData": {"password": CANARY}}))?;
    let mut cluster = Cluster::new(Edition::AckServerless).in_region("cn-hangzhou".parse()?);
    cluster.observe(&profile);
    let plan = Planner::new(cluster).plan(&pod)?;
    let mut binding = plan.bind(Identity::of(&pod).ok_or("no identity")?);
    binding.give(Material::Secret(&secret));
    let shown_before = format!(
        "{binding:?} {:?} {} {}",
        plan,
        plan.operation(),
        serde_json::to_string(&plan.operation())?
    );
    let Completion::Ready(ready) = binding.complete() else {
        return Err("the binding is complete".into());
    };
    let operation = Operation::from(ready.clone().into_request());
    let shown = format!(
        "{shown_before} {ready:?} {operation:?} {operation} {}",
        serde_json::to_string(&operation)?
    );
    assert!(!shown.contains(CANARY), "{shown}");
    assert!(shown.contains("--verbose"), "what holds no secret is shown: {shown}");

    // What the simulator keeps of a request shows nothing either.
    let mut world = World::ideal();
    let answer = world.apply(&operation)?;
    let events = world.advance(Instant::ZERO + std::time::Duration::from_secs(600));
    let group = world.container_group(&answer_id(&answer)?);
    let kept = format!("{world:?} {:?} {answer:?} {events:?} {group:?}", world.journal());
    assert!(!kept.contains(CANARY), "{kept}");
    let bytes = format!("{:?}", CANARY.as_bytes());
    assert!(!kept.contains(bytes.trim_matches(['[', ']'])), "as numbers: {kept}");

    let wire = operation.to_parameters();
    let value = |name: &str| {
        wire.iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    assert_eq!(value("Container.1.EnvironmentVar.1.Key"), Some("A"));
    assert_eq!(value("Container.1.EnvironmentVar.1.Value"), Some(CANARY));
    assert_eq!(value("Container.1.EnvironmentVar.2.Value"), Some("xcanary-9b1fy"));
    assert_eq!(value("Container.1.EnvironmentVar.3.Key"), Some("P_password"));
    assert_eq!(
        value("Volume.1.ConfigFileVolume.ConfigFileToPath.1.Content"),
        Some("Y2FuYXJ5LTliMWY=")
    );
    assert_eq!(value("Container.1.Command.1"), Some(CANARY));
    assert_eq!(value("Container.1.Arg.1"), Some("--password=canary-9b1f"));
    assert_eq!(value("Container.1.VolumeMount.1.SubPath"), Some(CANARY));
    assert_eq!(value("ClientToken"), Some("u-1"));
    assert_eq!(value("ContainerGroupName"), Some("shop-web"));
    Ok(())
}

fn answer_id(answer: &Answer) -> Result<String, Box<dyn std::error::Error>> {
    let created = CreateContainerGroupAnswer::try_from(answer.clone()).map_err(|error| error.to_string())?;
    Ok(created.container_group_id.ok_or("no id")?)
}
