//! Pages and rows of small simulations.

use super::*;

fn pod(name: &str, group: &str) -> v1::SimulatedPod {
    v1::SimulatedPod {
        name: name.into(),
        uid: format!("u-{group}"),
        group: group.into(),
        phase: Some("Running".into()),
        reason: None,
        spec: Some("2-4Gi".into()),
        v_switch: Some("vsw-bp1xpiowfm5vo8o3c1h01".into()),
        address: Some("10.0.8.1".into()),
        price_per_hour: Some("0.44".into()),
    }
}

fn entry(at: u64, group: &str, what: &str, detail: &str) -> v1::JournalEntry {
    v1::JournalEntry {
        at: at * 1000,
        group: group.into(),
        pod: "shop-web".into(),
        what: what.into(),
        detail: detail.into(),
    }
}

/// A spot pod that is taken back and replaced, beside a job that ends badly.
fn report() -> v1::SimulationReport {
    v1::SimulationReport {
        version: v1::VERSION,
        notice: "simulated on virtual time: no cloud was contacted, nothing is billed",
        seed: 7,
        end: 3_600_000,
        journal_fingerprint: "cbf29ce484222325".into(),
        pods: vec![pod("web", "eci-1"), pod("job", "eci-2"), pod("web", "eci-3")],
        journal: vec![
            entry(0, "eci-1", "Created", ""),
            entry(0, "eci-2", "Created", ""),
            entry(5, "eci-1", "Pending", "2-4Gi vsw-h 10.0.8.1"),
            entry(6, "eci-2", "NoStock", ""),
            entry(40, "eci-1", "Running", ""),
            entry(600, "", "Fault", "no stock of everything"),
            entry(1200, "eci-1", "SpotToBeReleased", ""),
            entry(1380, "eci-1", "BidFailed", ""),
            entry(1380, "eci-3", "Created", ""),
            entry(1400, "eci-3", "Pending", ""),
            entry(1440, "eci-3", "Running", ""),
            entry(1500, "eci-2", "Pending", ""),
            entry(1510, "eci-2", "Running", ""),
            entry(1600, "eci-2", "Exited", "main 3"),
            entry(1600, "eci-2", "Failed", ""),
        ],
        not_run: vec!["Deployment shop/<b>: nothing is known of Secret \"x\"".into()],
        cost: v1::SimulatedCost {
            total: "1.25".into(),
            currency: "CNY",
            unpriced: 1,
        },
        ..Default::default()
    }
}

#[test]
fn pages() {
    insta::assert_snapshot!(html(&report()));
}

#[test]
fn a_pod_and_its_replacements_share_a_row() {
    let report = report();
    let rows = rows(&report);
    assert_eq!(rows.iter().map(|row| row.name).collect::<Vec<_>>(), ["web", "job"]);
    let phases: Vec<(Phase, u64, u64)> = rows[0]
        .spans
        .iter()
        .map(|span| (span.phase, span.from / 1000, span.until / 1000))
        .collect();
    assert_eq!(
        phases,
        [
            (Phase::Scheduling, 0, 5),
            (Phase::Starting, 5, 40),
            (Phase::Running, 40, 1200),
            (Phase::Noticed, 1200, 1380),
            (Phase::Failed, 1380, 1380),
            (Phase::Scheduling, 1380, 1400),
            (Phase::Starting, 1400, 1440),
            (Phase::Running, 1440, 3600),
        ]
    );
}

#[test]
fn what_went_wrong_is_marked_where_it_did() {
    let report = report();
    let rows = rows(&report);
    let marks = |row: &Row<'_>| {
        let marks = row
            .troubles
            .iter()
            .map(|trouble| (trouble.at / 1000, trouble.what.to_owned()));
        marks.collect::<Vec<_>>()
    };
    let mark = |at: u64, what: &str| (at, what.to_owned());
    assert_eq!(
        marks(&rows[0]),
        [mark(1200, "SpotToBeReleased"), mark(1380, "BidFailed")]
    );
    assert_eq!(
        marks(&rows[1]),
        [mark(6, "NoStock"), mark(1600, "Exited"), mark(1600, "Failed")]
    );
    assert_eq!(of_all(&report).map(|entry| &*entry.what).collect::<Vec<_>>(), ["Fault"]);
}

#[test]
fn hostile_names_make_no_markup() {
    let mut report = report();
    let hostile = "\"><script>alert(1)</script><img src=x onerror='y'>";
    for pod in &mut report.pods {
        for field in [
            &mut pod.phase,
            &mut pod.reason,
            &mut pod.spec,
            &mut pod.v_switch,
            &mut pod.address,
        ] {
            *field = Some(hostile.into());
        }
        pod.name.push_str(hostile);
    }
    for entry in &mut report.journal {
        entry.pod = hostile.into();
        entry.detail = hostile.into();
    }
    report.journal[3].what = format!("Fault{hostile}");
    report.not_run = vec![hostile.into()];
    report.journal_fingerprint = hostile.into();
    report.cost.total = hostile.into();
    let page = html(&report);
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("onerror='"));
    // As many tags as with plain names.
    let tags = |page: &str| page.matches('<').count();
    let mut plain = report.clone();
    for pod in &mut plain.pods {
        pod.name = pod.name.replace(hostile, "plain");
    }
    assert_eq!(tags(&page), tags(&html(&plain)));
}

#[test]
fn an_empty_simulation_is_a_page() {
    let page = html(&v1::SimulationReport::default());
    assert!(page.contains("Journal, 0 entries"), "{page}");
}
