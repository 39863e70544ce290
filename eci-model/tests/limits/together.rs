//! What several objects show, ECI1210 to 1245, 1318, 1320, 1335 and 1410 to 1412.

use eci_model::digest::{Asked, Digests, PodFacts, Route};
use eci_model::policy::Policies;
use eci_model::settings::SpotRelease;
use eci_model::{Edition, Findings, Object, Site, limits};
use k8s_openapi::api::core::v1::{Pod, Service};
use serde_json::{Value, json};

use crate::case::{judge_at, judge_together, lines, read, said_together};

fn pod(app: &str, spec: Value) -> Value {
    json!({"kind": "Pod", "metadata": {"name": app, "namespace": "shop", "labels": {"app": app}}, "spec": spec})
}

fn web() -> Value {
    let ports =
        json!([{"name": "http", "containerPort": 8080}, {"name": "dns", "containerPort": 53, "protocol": "UDP"}]);
    pod("web", json!({"containers": [{"name": "a", "ports": ports}]}))
}

fn service(spec: Value) -> Value {
    json!({"kind": "Service", "metadata": {"name": "web", "namespace": "shop"}, "spec": spec})
}

#[test]
fn node_ports_are_judged_by_the_pods_behind_them() {
    let service = service(json!({"type": "NodePort", "selector": {"app": "web"}}));
    let said = |app: &str, route: Route| {
        let pod = pod(app, json!({"containers": []}));
        said_together(&[service.clone(), pod], route, "")
    };
    assert_eq!(
        said("web", Route::Bound),
        ["warning node-port-service Service shop/web spec.type"]
    );
    assert_eq!(
        said("web", Route::Maybe),
        ["warning? node-port-service Service shop/web spec.type"]
    );
    assert!(said("web", Route::No).is_empty());
    assert_eq!(
        said("api", Route::Bound),
        ["info node-port-service Service shop/web spec.type"]
    );
    let elsewhere = json!({"kind": "Pod", "metadata": {"name": "web", "namespace": "other", "labels": {"app": "web"}}});
    assert_eq!(
        said_together(&[service.clone(), elsewhere], Route::Bound, ""),
        ["info node-port-service Service shop/web spec.type"]
    );
    let policies = Policies::default();
    let site = Site::new(Edition::AckServerless, &policies);
    let serverless = judge_at(&[service, web()], Route::Bound, None, None, &site);
    assert_eq!(lines(serverless.iter()), ["error node-port-service spec.type"]);
}

#[test]
fn session_affinity_needs_a_pod_on_eci() {
    let sticky = service(json!({"selector": {"app": "web"}, "sessionAffinity": "ClientIP"}));
    let expected = ["warning session-affinity Service shop/web spec.sessionAffinity"];
    assert_eq!(said_together(&[sticky.clone(), web()], Route::Bound, ""), expected);
    assert!(said_together(&[sticky, web()], Route::No, "").is_empty());
    let loose = service(json!({"selector": {"app": "web"}, "sessionAffinity": "None"}));
    assert!(said_together(&[loose, web()], Route::Bound, "").is_empty());
}

#[test]
fn ports_of_services_lead_to_ports_of_containers() {
    let said = |port: Value, route: Route| {
        said_together(
            &[service(json!({"selector": {"app": "web"}, "ports": [port]})), web()],
            route,
            "",
        )
    };
    let name = ["warning service-port-without-container Service shop/web spec.ports[0].targetPort"];
    let number = ["info service-port-without-container Service shop/web spec.ports[0].targetPort"];
    assert!(said(json!({"port": 80, "targetPort": "http"}), Route::Bound).is_empty());
    assert!(said(json!({"port": 80, "targetPort": 8080}), Route::Bound).is_empty());
    assert!(said(json!({"port": 8080}), Route::Bound).is_empty());
    assert_eq!(said(json!({"port": 80, "targetPort": "web"}), Route::Bound), name);
    assert_eq!(said(json!({"port": 80, "targetPort": "web"}), Route::No), name);
    assert_eq!(said(json!({"port": 53, "targetPort": "dns"}), Route::Bound), name);
    assert!(
        said(
            json!({"port": 53, "targetPort": "dns", "protocol": "UDP"}),
            Route::Bound
        )
        .is_empty()
    );
    assert_eq!(said(json!({"port": 80, "targetPort": 9090}), Route::Bound), number);
    let alone = service(json!({"selector": {"app": "api"}, "ports": [{"port": 80, "targetPort": "web"}]}));
    assert!(said_together(&[alone, web()], Route::Bound, "").is_empty());
}

#[test]
fn a_service_of_a_refused_pod_is_told() {
    let said = |refused: [bool; 2]| {
        let service: Service = read(service(json!({"selector": {"app": "web"}})));
        let mut digests = Digests::default();
        digests.push(&Object::from(&service));
        for (name, refused) in ["a", "b"].into_iter().zip(refused) {
            let pod: Pod = read(json!({"metadata": {"name": name, "namespace": "shop", "labels": {"app": "web"}}}));
            let route = Route::Bound;
            let facts = PodFacts {
                route,
                refused,
                ..PodFacts::default()
            };
            digests.push_pod(&Object::from(&pod), facts);
        }
        digests.settle();
        let mut findings = Findings::new();
        let policies = Policies::default();
        limits::together(&digests, &Site::new(Edition::Ack, &policies), None, &mut findings);
        lines(findings.iter())
    };
    assert_eq!(said([true, true]), ["info service-of-refused-pods spec.selector"]);
    assert_eq!(said([true, false]), ["info service-of-refused-pods spec.selector"]);
    assert!(said([false, false]).is_empty());
}

#[test]
fn network_policies_are_not_enforced_without_the_add_on() {
    let policy = |rules: Value| {
        json!({"kind": "NetworkPolicy", "metadata": {"name": "web", "namespace": "shop"},
            "spec": {"podSelector": {"matchLabels": {"app": "web"}}, "ingress": rules}})
    };
    let plain = policy(json!([]));
    let expected = ["warning network-policy NetworkPolicy shop/web spec.podSelector"];
    assert_eq!(said_together(&[plain.clone(), web()], Route::Bound, ""), expected);
    assert!(said_together(&[plain.clone(), web()], Route::No, "").is_empty());
    let enforced = "NetworkPolicy::Enforced";
    assert!(said_together(&[plain, web()], Route::Bound, enforced).is_empty());
    let parts =
        policy(json!([{"from": [{"ipBlock": {"cidr": "2001:db8::/32"}}], "ports": [{"port": 1, "endPort": 9}]}]));
    assert_eq!(
        said_together(&[parts.clone(), web()], Route::Bound, enforced),
        [
            "warning network-policy-part NetworkPolicy shop/web spec.ingress[0].ports[0].endPort",
            "warning network-policy-part NetworkPolicy shop/web spec.ingress[0].from[0].ipBlock.cidr",
        ]
    );
    assert!(said_together(&[parts, web()], Route::No, enforced).is_empty());
}

#[test]
fn the_add_on_takes_a_hundred_policies() {
    let policy = |index: usize| {
        json!({"kind": "NetworkPolicy", "metadata": {"name": format!("p{index:03}"), "namespace": "shop"},
            "spec": {"podSelector": {}}})
    };
    let said = |count: usize| {
        let objects: Vec<Value> = (0..count).map(policy).chain([web()]).collect();
        said_together(&objects, Route::Bound, "NetworkPolicy::Enforced")
    };
    assert!(said(100).is_empty());
    assert_eq!(said(101), ["warning network-policy-part NetworkPolicy shop/p100"]);
}

#[test]
fn budgets_that_allow_nothing_block_the_eviction() {
    let deployment = json!({"kind": "Deployment", "metadata": {"name": "web", "namespace": "shop"}, "spec": {"replicas": 3,
        "selector": {}, "template": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": []}}}});
    let said = |limit: Value, evicts: bool| {
        let mut spec = limit;
        spec["selector"] = json!({"matchLabels": {"app": "web"}});
        let budget =
            json!({"kind": "PodDisruptionBudget", "metadata": {"name": "web", "namespace": "shop"}, "spec": spec});
        let mut asked = Asked::default();
        asked.spot_release = evicts.then_some(SpotRelease::ApiEvict);
        let found = judge_together(&[deployment.clone(), budget], Route::Bound, Some(asked), None, "");
        lines(found.iter())
    };
    let most = ["warning eviction-blocked spec.maxUnavailable"];
    let least = ["warning eviction-blocked spec.minAvailable"];
    assert_eq!(said(json!({"maxUnavailable": 0}), true), most);
    assert_eq!(said(json!({"maxUnavailable": "0%"}), true), most);
    assert_eq!(said(json!({"minAvailable": 3}), true), least);
    assert_eq!(said(json!({"minAvailable": "100%"}), true), least);
    for allowed in [
        json!({"maxUnavailable": 1}),
        json!({"minAvailable": 2}),
        json!({"minAvailable": "50%"}),
    ] {
        assert!(said(allowed, true).is_empty());
    }
    assert!(said(json!({"maxUnavailable": 0}), false).is_empty());
}

#[test]
fn autoscalers_need_requests() {
    let said = |container: Value, metric: Value| {
        let deployment = json!({"kind": "Deployment", "metadata": {"name": "web"}, "spec": {"selector": {},
            "template": {"spec": {"containers": [{"name": "a", "resources": {"requests": {"cpu": "1", "memory": "1Gi"}}}, container]}}}});
        let autoscaler = json!({"kind": "HorizontalPodAutoscaler", "metadata": {"name": "web"}, "spec": {"maxReplicas": 3,
            "scaleTargetRef": {"kind": "Deployment", "name": "web"}, "metrics": [metric]}});
        said_together(&[deployment, autoscaler], Route::No, "")
    };
    let resource = |kind: &str| json!({"type": "Resource", "resource": {"name": "cpu", "target": {"type": kind}}});
    let utilization = resource("Utilization");
    let of_container = |name: &str| json!({"type": "ContainerResource", "containerResource": {"name": "cpu", "container": name, "target": {"type": "Utilization"}}});
    let place = "warning autoscaler-without-request Deployment default/web spec.template.spec.containers[1]";
    assert_eq!(said(json!({"name": "b"}), utilization.clone()), [place]);
    assert_eq!(
        said(
            json!({"name": "b", "resources": {"requests": {"memory": "1Gi"}}}),
            utilization.clone()
        ),
        [place]
    );
    assert!(said(json!({"name": "b", "resources": {"limits": {"cpu": "1"}}}), utilization).is_empty());
    assert!(said(json!({"name": "b"}), resource("AverageValue")).is_empty());
    assert!(said(json!({"name": "b"}), of_container("a")).is_empty());
    assert_eq!(said(json!({"name": "b"}), of_container("b")), [place]);
}

#[test]
fn disks_behind_claims_count() {
    let claim = |index: usize| {
        json!({"kind": "PersistentVolumeClaim", "metadata": {"name": format!("c{index}"), "namespace": "shop"},
            "spec": {"storageClassName": "fast", "volumeName": if index == 0 { Some("pv") } else { None }}})
    };
    let class =
        json!({"kind": "StorageClass", "metadata": {"name": "fast"}, "provisioner": "diskplugin.csi.alibabacloud.com"});
    let volume = |driver: &str| json!({"kind": "PersistentVolume", "metadata": {"name": "pv"}, "spec": {"csi": {"driver": driver, "volumeHandle": "d-1"}}});
    let volumes: Vec<Value> = (0..7)
        .map(|index| json!({"name": format!("v{index}"), "persistentVolumeClaim": {"claimName": format!("c{index}")}}))
        .collect();
    let pod = pod("web", json!({"containers": [], "volumes": volumes}));
    let said = |driver: &str, claims: usize| {
        let objects = (0..claims)
            .map(claim)
            .chain([class.clone(), volume(driver), pod.clone()]);
        said_together(&objects.collect::<Vec<_>>(), Route::Bound, "")
    };
    let refused = ["error too-many-disks Pod shop/web spec.volumes"];
    assert_eq!(said("diskplugin.csi.alibabacloud.com", 7), refused);
    assert!(said("nasplugin.csi.alibabacloud.com", 7).is_empty());
    assert!(said("diskplugin.csi.alibabacloud.com", 6).is_empty());
    let stock = |class: &str| {
        let templates: Vec<Value> = (0..7)
            .map(|index| json!({"metadata": {"name": format!("d{index}")}, "spec": {"storageClassName": class}}))
            .collect();
        let set = json!({"kind": "StatefulSet", "metadata": {"name": "db"}, "spec": {"selector": {}, "serviceName": "db",
            "template": {"spec": {"containers": []}}, "volumeClaimTemplates": templates}});
        said_together(&[set], Route::Bound, "")
    };
    let place = "error too-many-disks StatefulSet default/db spec.template.spec.volumes";
    assert_eq!(stock("alicloud-disk-essd"), [place]);
    assert!(stock("unheard-of").is_empty());
}

#[test]
fn files_of_config_maps_have_a_size() {
    let map = |name: &str, bytes: usize| json!({"kind": "ConfigMap", "metadata": {"name": name, "namespace": "shop"}, "data": {"f": "x".repeat(bytes), "g": ""}});
    let mounted = |names: &[&str], items: Value| {
        let volumes: Vec<Value> = names
            .iter()
            .map(|name| json!({"name": name, "configMap": {"name": name, "items": items}}))
            .collect();
        pod("web", json!({"containers": [], "volumes": volumes}))
    };
    const FILE: usize = 32 * 1024;
    let all = Value::Null;
    let one = |bytes: usize, items: Value| said_together(&[map("a", bytes), mounted(&["a"], items)], Route::Bound, "");
    assert!(one(FILE, all.clone()).is_empty());
    let file = ["error config-volume-size Pod shop/web spec.volumes[0]"];
    assert_eq!(one(FILE + 1, all.clone()), file);
    assert!(one(FILE + 1, json!([{"key": "g", "path": "g"}])).is_empty());
    let two = |bytes: usize, choice: &str| {
        let objects = [map("a", FILE), map("b", bytes), mounted(&["a", "b"], all.clone())];
        said_together(&objects, Route::Bound, choice)
    };
    assert!(two(28 * 1024, "").is_empty());
    assert_eq!(
        two(28 * 1024 + 1, ""),
        ["error config-volume-size Pod shop/web spec.volumes"]
    );
    assert_eq!(
        two(28 * 1024 + 1, "ConfigTotal::Warn"),
        ["warning config-volume-size Pod shop/web spec.volumes"]
    );
    assert!(said_together(&[mounted(&["a"], all)], Route::Bound, "").is_empty());
}

#[test]
fn secrets_count_by_their_decoded_bytes() {
    // 45000 letters of base64 are 33750 bytes, and 40000 are 30000.
    let secret = |letters: usize| json!({"kind": "Secret", "metadata": {"name": "s", "namespace": "shop"}, "data": {"f": "QUFB".repeat(letters / 4)}});
    let sources = json!([{"secret": {"name": "s"}}]);
    let pod = pod(
        "web",
        json!({"containers": [], "volumes": [{"name": "v", "projected": {"sources": sources}}]}),
    );
    let said = |letters: usize| said_together(&[secret(letters), pod.clone()], Route::Bound, "");
    assert!(said(40000).is_empty());
    assert_eq!(
        said(45000),
        ["error config-volume-size Pod shop/web spec.volumes[0].projected.sources[0]"]
    );
}

#[test]
fn cpfs_has_a_port() {
    let claim = json!({"kind": "PersistentVolumeClaim", "metadata": {"name": "c", "namespace": "shop"}, "spec": {"volumeName": "pv"}});
    let volume = |driver: &str| json!({"kind": "PersistentVolume", "metadata": {"name": "pv"}, "spec": {"csi": {"driver": driver, "volumeHandle": "x"}}});
    let pod = pod(
        "web",
        json!({"containers": [{"name": "a", "ports": [{"containerPort": 998}]}],
        "volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "c"}}]}),
    );
    let said = |driver: &str| said_together(&[claim.clone(), volume(driver), pod.clone()], Route::Bound, "");
    assert_eq!(
        said("bmcpfsplugin.csi.alibabacloud.com"),
        ["error reserved-port Pod shop/web spec.containers[0].ports[0].containerPort"]
    );
    assert!(said("nasplugin.csi.alibabacloud.com").is_empty());
}

#[test]
fn some_regions_have_no_virtual_nodes() {
    let policies = Policies::default();
    let said = |region: &str, route: Route| {
        let region = region.parse().expect("a region");
        let site = Site::new(Edition::Ack, &policies).in_region(Some(&region));
        judge_at(
            &[web(), pod("api", json!({"containers": []}))],
            route,
            None,
            None,
            &site,
        )
    };
    for region in ["cn-shenzhen-finance-1", "cn-north-2-gov-1"] {
        let findings = said(region, Route::Bound);
        assert_eq!(lines(findings.iter()), ["error region-without-virtual-nodes"]);
        assert!(said(region, Route::No).is_empty());
    }
    for region in ["cn-hangzhou", "cn-shanghai-finance-1"] {
        assert!(said(region, Route::Bound).is_empty());
    }
}

#[test]
fn virtual_nodes_take_so_many_pods() {
    let deployment = |replicas: u32| {
        json!({"kind": "Deployment", "metadata": {"name": "web", "namespace": "shop"}, "spec": {"replicas": replicas, "selector": {},
            "template": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": []}}}})
    };
    let owned = json!({"kind": "ReplicaSet", "metadata": {"name": "web-1", "namespace": "shop", "ownerReferences": [
        {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web", "uid": "u", "controller": true}]},
        "spec": {"replicas": 50_000, "selector": {}, "template": {"spec": {"containers": []}}}});
    let service = service(json!({"selector": {"app": "web"}}));
    let said = |objects: &[Value], nodes: Option<usize>| {
        let found = judge_together(objects, Route::Bound, None, nodes, "");
        found.contains(limits::PODS_PER_VIRTUAL_NODE)
    };
    assert!(!said(&[deployment(50_000)], Some(1)));
    assert!(said(&[deployment(50_001)], Some(1)));
    assert!(!said(&[deployment(50_001)], Some(2)));
    assert!(!said(&[deployment(50_001)], None));
    assert!(!said(&[deployment(20_000), service.clone()], Some(1)));
    assert!(said(&[deployment(20_001), service], Some(1)));
    assert!(!said(&[deployment(50_000), owned], Some(1)));
    let autoscaler = json!({"kind": "HorizontalPodAutoscaler", "metadata": {"name": "web", "namespace": "shop"},
        "spec": {"maxReplicas": 60_000, "scaleTargetRef": {"kind": "Deployment", "name": "web"}}});
    assert!(said(&[deployment(2), autoscaler], Some(1)));
}
