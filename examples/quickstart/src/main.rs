//! The engine embedded in a program, as a controller author would do it, with a rule, a check and a key of one's own.

#![allow(clippy::print_stdout, reason = "printing is what this program does")]

use std::error::Error;

use eci_sdk::annotations::Key;
use eci_sdk::{At, Basis, Check, Cluster, Code, Edition, Findings, Plan, Planner, Rule, View};
use k8s_openapi::api::core::v1::{ConfigMap, Pod};

/// Pods of this company say which team pays for them.
const NO_TEAM: &Rule = &Rule::warning(Code::own("ACME", 1), "no-team")
    .summary("pod without a `team` label")
    .remedy("add the label `team`")
    .basis(Basis::Ours("the bill is split by this label"));

/// A key that only this company's controller reads; declared, it is not taken for a misspelt one.
const QUEUE: Key<String> = Key::pod("k8s.aliyun.com/eci-acme-queue").summary("the queue a pod waits in");

struct TeamLabel;

impl Check for TeamLabel {
    fn rules(&self) -> &'static [&'static Rule] {
        &[NO_TEAM]
    }

    fn pod(&self, view: &View<'_>, out: &mut Findings) {
        if view.pod.labels().get("team").is_none() {
            let metadata = At::ROOT.field("metadata");
            out.push(NO_TEAM.at(view.pod.place(&metadata.field("labels"))));
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let profile: ConfigMap = serde_json::from_str(include_str!("../eci-profile.json"))?;
    let pod: Pod = serde_json::from_str(include_str!("../pod.json"))?;
    print!("{}", describe(&profile, &pod)?);
    Ok(())
}

/// The engine in a few lines: facts in, findings and an explained plan out.
fn describe(profile: &ConfigMap, pod: &Pod) -> Result<String, Box<dyn Error>> {
    let mut cluster = Cluster::new(Edition::Ack).in_region("cn-hangzhou".parse()?);
    cluster.observe(profile);
    let planner = Planner::new(cluster).with_check(TeamLabel).with_keys(&[QUEUE.row()]);
    let review = planner.review(pod);
    let mut text: String = review.findings.iter().map(|finding| format!("{finding}\n")).collect();
    for decision in review.plan.iter().flat_map(Plan::decisions) {
        text += &format!(
            "{:<16} {:<28} {}\n",
            decision.name,
            decision.value.to_string(),
            decision.trail[0]
        );
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_rules_and_keys_stand_beside_the_built_in_ones() {
        let profile: ConfigMap = serde_json::from_str(include_str!("../eci-profile.json")).expect("a ConfigMap");
        let pod: Pod = serde_json::from_str(include_str!("../pod.json")).expect("a pod");
        let text = describe(&profile, &pod).expect("nothing fails");
        assert!(
            text.contains("warning[ACME0001] Pod shop/web: metadata.labels: pod without a `team` label"),
            "{text}"
        );
        assert!(text.contains("size             4-6Gi"), "{text}");
        assert!(!text.contains("annotation-unknown"), "{text}");
    }
}
