//! Variables: every source, their order, and `$(NAME)`.

use serde_json::{Value as Json, json};

use crate::case::{Case, case};

fn variables(case: &Case) -> Vec<String> {
    let wire = case.wire();
    let value = |name: &str| {
        wire.iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.clone())
    };
    let one = |index: usize| {
        let prefix = format!("Container.1.EnvironmentVar.{index}");
        let key = value(&format!("{prefix}.Key"))?;
        let text = value(&format!("{prefix}.Value")).or_else(|| value(&format!("{prefix}.FieldRef.FieldPath")));
        Some(format!("{key}={}", text.unwrap_or_default()))
    };
    (1..).map_while(one).collect()
}

fn of(env: &Json, from: &Json) -> Case {
    case(&json!({"env": env, "envFrom": from}), &json!({}))
        .config_map("settings", &json!({"COLOR": "red", "b": "2", "1st": "x", "a.b": "y"}))
        .config_map("more", &json!({"COLOR": "blue"}))
        .secret("db", &json!({"password": "hunter2"}))
}

#[test]
fn own_variables_come_first_and_win() {
    let case = of(
        &json!([{"name": "Z", "value": "1"}, {"name": "COLOR", "value": "green"}]),
        &json!([{"configMapRef": {"name": "settings"}}, {"secretRef": {"name": "db"}, "prefix": "DB_"}]),
    );
    assert_eq!(variables(&case), ["Z=1", "COLOR=green", "DB_password=hunter2", "b=2"]);
}

#[test]
fn a_later_source_wins_over_an_earlier_one() {
    let case = of(
        &json!([]),
        &json!([{"configMapRef": {"name": "settings"}}, {"configMapRef": {"name": "more"}}]),
    );
    assert_eq!(variables(&case), ["COLOR=blue", "b=2"]);
}

#[test]
fn keys_that_are_no_names_are_skipped_and_told() {
    let case = of(&json!([]), &json!([{"configMapRef": {"name": "settings"}}]));
    let told: Vec<String> = case.ready().findings().iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "warning[ECI6144] Pod shop/web: spec.containers[0].envFrom[0].configMapRef: entries that cannot become variables: \
          found `ConfigMap settings: 1st, a.b`"
        ]
    );
}

#[test]
fn bytes_of_a_config_map_are_no_variables() {
    let case = case(&json!({"envFrom": [{"configMapRef": {"name": "bytes"}}]}), &json!({})).with(
        &json!({"kind": "ConfigMap", "metadata": {"name": "bytes", "namespace": "shop"}, "data": {"A": "1"}, "binaryData": {"B": "aGk="}}),
    );
    assert_eq!(variables(&case), ["A=1"]);
}

#[test]
fn later_variables_of_one_name_win() {
    let case = of(
        &json!([{"name": "A", "value": "1"}, {"name": "B", "value": "$(A)"}, {"name": "A", "value": "2"}]),
        &json!([]),
    );
    assert_eq!(variables(&case), ["B=1", "A=2"]);
}

#[test]
fn references_see_only_what_stands_before() {
    let case = of(
        &json!([{"name": "A", "value": "$(b)-$(B)-$$(b)-$("}, {"name": "B", "value": "$(A)!"},
            {"name": "P", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}}, {"name": "URL", "value": "db://$(P)@host"}]),
        &json!([{"configMapRef": {"name": "settings"}}]),
    );
    assert_eq!(
        variables(&case)[..4],
        [
            "A=2-$(B)-$(b)-$(",
            "B=2-$(B)-$(b)-$(!",
            "P=hunter2",
            "URL=db://hunter2@host"
        ]
    );
}

#[test]
fn services_become_variables_unless_links_are_off() {
    let service = json!({"kind": "Service", "metadata": {"name": "cart", "namespace": "shop"},
        "spec": {"clusterIP": "172.16.0.20", "ports": [{"port": 80}]}});
    let api = json!({"kind": "Service", "metadata": {"name": "kubernetes", "namespace": "default"},
        "spec": {"clusterIP": "172.16.0.1", "ports": [{"name": "https", "port": 443}]}});
    let env = json!({"env": [{"name": "AT", "value": "$(CART_SERVICE_HOST):$(CART_SERVICE_PORT)"}, {"name": "CART_PORT", "value": "own"}]});
    let linked = case(&env, &json!({})).with(&service).with(&api);
    let all = variables(&linked);
    assert_eq!(
        all[..3],
        [
            "AT=172.16.0.20:80",
            "CART_PORT=own",
            "CART_PORT_80_TCP=tcp://172.16.0.20:80"
        ]
    );
    assert!(all.contains(&"KUBERNETES_SERVICE_HOST=172.16.0.1".to_owned()));
    let off = case(&env, &json!({"enableServiceLinks": false}))
        .with(&service)
        .with(&api);
    let all = variables(&off);
    assert_eq!(all[0], "AT=$(CART_SERVICE_HOST):$(CART_SERVICE_PORT)");
    assert!(all.contains(&"KUBERNETES_SERVICE_HOST=172.16.0.1".to_owned()));
    let none = case(&env, &json!({})).with(&service).policy("ServiceLinks", "LeftOut");
    assert_eq!(variables(&none).len(), 2);
}

#[test]
fn fields_of_the_pod_are_variables() {
    let field = |name: &str, path: &str| json!({"name": name, "valueFrom": {"fieldRef": {"fieldPath": path}}});
    let env = json!([
        field("NAME", "metadata.name"),
        field("SPACE", "metadata.namespace"),
        field("ID", "metadata.uid"),
        field("APP", "metadata.labels['app']"),
        field("NONE", "metadata.annotations['none']"),
        field("ACCOUNT", "spec.serviceAccountName"),
        field("NODE", "spec.nodeName"),
        field("IP", "status.podIP"),
    ]);
    let mut case = case(&json!({"env": env}), &json!({"serviceAccountName": "web"}));
    case.pod.metadata.labels = Some([("app".to_owned(), "shop".to_owned())].into());
    assert_eq!(
        variables(&case),
        [
            "NAME=web",
            "SPACE=shop",
            "ID=6ba7b810-9dad-11d1-80b4-00c04fd430c8",
            "APP=shop",
            "NONE=",
            "ACCOUNT=web",
            "NODE=virtual-kubelet-cn-hangzhou-h",
            "IP=status.podIP",
        ]
    );
}

#[test]
fn a_node_of_ones_own_resolves_more() {
    let env = json!([
        {"name": "HOST", "valueFrom": {"fieldRef": {"fieldPath": "status.hostIP"}}},
        {"name": "IPS", "valueFrom": {"fieldRef": {"fieldPath": "status.podIPs"}}},
        {"name": "CPU", "valueFrom": {"resourceFieldRef": {"resource": "limits.cpu", "divisor": "1m"}}},
    ]);
    let container = json!({"env": env, "resources": {"limits": {"cpu": "500m"}}});
    let mut case = case(&container, &json!({})).policy("FieldRef", "OwnNode");
    case.pod.status.get_or_insert_default().host_ip = Some("10.0.0.9".to_owned());
    assert_eq!(variables(&case), ["HOST=10.0.0.9", "IPS=status.podIP", "CPU=500"]);
}

#[test]
fn commands_see_the_variables_of_their_container() {
    let env = json!([{"name": "PORT", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}]);
    let container = json!({"command": ["$(PORT)", "$$(PORT)"], "args": ["--port=$(PORT)", "$(GONE)"], "env": env});
    let case = case(&container, &json!({}));
    assert_eq!(case.below("Container.1.Command"), ["1=web", "2=$(PORT)"]);
    assert_eq!(case.below("Container.1.Arg"), ["1=--port=web", "2=$(GONE)"]);
}

#[test]
fn what_may_be_missing_is_left_out_and_what_may_not_is_told_with_its_place() {
    let reference = |name: &str, key: &str, optional: bool| json!({"name": name, "key": key, "optional": optional});
    let env = |optional: bool| {
        json!([{"name": "A", "valueFrom": {"secretKeyRef": reference("db", "none", optional)}},
            {"name": "B", "valueFrom": {"configMapKeyRef": reference("gone", "a", optional)}}, {"name": "C", "value": "1"}])
    };
    assert_eq!(variables(&of(&env(true), &json!([]))), ["C=1"]);
    assert_eq!(
        of(&env(false), &json!([])).rejected(),
        [
            "error[ECI6142] Pod shop/web: spec.containers[0].env[0].valueFrom.secretKeyRef: the pod refers to something that does not exist: \
             found `Secret db has no key none`",
            "error[ECI6142] Pod shop/web: spec.containers[0].env[1].valueFrom.configMapKeyRef: the pod refers to something that does not \
             exist: found `ConfigMap gone`",
        ]
    );
}
