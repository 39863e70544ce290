//! Changes of pods that exist, ECI1416.

use eci_model::{Findings, limits};
use k8s_openapi::api::core::v1::Pod;
use serde_json::{Value, json};

use crate::case::{lines, read};

fn said(stored: Value, wanted: Value) -> Vec<String> {
    let pod = |spec: Value| -> Pod { read(json!({"metadata": {"name": "web"}, "spec": spec})) };
    let mut findings = Findings::new();
    limits::changed(&pod(stored), &pod(wanted), &mut findings);
    lines(findings.iter())
}

macro_rules! changes {
    ($($fact:ident: $stored:tt to $wanted:tt => $said:expr;)*) => {$(
        #[test]
        fn $fact() {
            let expected: &[&str] = &$said;
            assert_eq!(said(json!($stored), json!($wanted)), expected);
        }
    )*};
}

changes! {
    an_image_can_change: {"containers": [{"name": "a", "image": "x:1"}]} to {"containers": [{"name": "a", "image": "x:2"}]} => [];
    tolerations_are_the_business_of_the_scheduler: {"containers": []} to {"containers": [], "tolerations": [{"operator": "Exists"}]} => [];
    a_deadline_stays: {"containers": [], "activeDeadlineSeconds": 60} to {"containers": [], "activeDeadlineSeconds": 30}
        => ["warning live-pod-change spec.activeDeadlineSeconds"];
    a_grace_period_stays: {"containers": [], "terminationGracePeriodSeconds": -1} to {"containers": [], "terminationGracePeriodSeconds": 1}
        => ["warning live-pod-change spec.terminationGracePeriodSeconds"];
    a_size_stays: {"containers": [{"name": "a"}, {"name": "b", "resources": {"limits": {"cpu": "1"}}}]}
        to {"containers": [{"name": "a"}, {"name": "b", "resources": {"limits": {"cpu": "2"}}}]}
        => ["warning live-pod-change spec.containers[1].resources"];
    the_size_of_the_pod_stays: {"containers": []} to {"containers": [], "resources": {"limits": {"cpu": "2"}}}
        => ["warning live-pod-change spec.resources"];
}
