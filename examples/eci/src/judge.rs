//! Judges everything that was read, and keeps what reports need.

use eci_sdk::report::v1::Counts;
use eci_sdk::{Finding, Planner, Review, Routing};

use crate::input::Input;

/// What was found and planned.
#[derive(Debug)]
pub(crate) struct Judged {
    /// Every finding, with the document it is about; in the order of the input.
    pub(crate) findings: Vec<(usize, Finding)>,
    /// The reviews of objects that hold a pod, with the item each is of.
    pub(crate) reviews: Vec<(usize, Review)>,
    /// How many findings there are.
    pub(crate) counts: Counts,
    /// Workloads bound for ECI, at least on shortage.
    pub(crate) bound: usize,
    /// Workloads that stay on real nodes.
    pub(crate) not_bound: usize,
    /// Workloads of which the input does not tell.
    pub(crate) unknown: usize,
}

impl Judged {
    /// Judges every object that is no mere fact, on what is known of the cluster.
    pub(crate) fn of(input: &Input, planner: &Planner) -> Self {
        let mut judged = Self {
            findings: input.findings.clone(),
            reviews: Vec::new(),
            counts: Counts::default(),
            bound: 0,
            not_bound: 0,
            unknown: 0,
        };
        let mut auditor = planner.auditor();
        for (number, item) in input.items.iter().enumerate().filter(|(_, item)| !item.is_fact) {
            let review = auditor.push(item.parsed.object());
            let findings = review.findings.iter().map(|finding| (item.document, finding.clone()));
            judged.findings.extend(findings);
            match &review.routing {
                Some(Routing::NotEci { .. }) => judged.not_bound += 1,
                Some(Routing::Unknown { .. }) => judged.unknown += 1,
                Some(_) => judged.bound += 1,
                None => {}
            }
            if review.routing.is_some() {
                judged.reviews.push((number, review));
            }
        }
        for finding in auditor.finish() {
            let document = document_of(input, &finding);
            judged.findings.push((document, finding));
        }
        judged.findings.sort_by_key(|(document, _)| *document);
        let same = |a: &mut (usize, Finding), b: &mut (usize, Finding)| a == b;
        judged.findings.dedup_by(same);
        for (_, finding) in &judged.findings {
            judged.counts.add(finding);
        }
        judged
    }
}

/// The document that holds the object of a finding.
pub(crate) fn document_of(input: &Input, finding: &Finding) -> usize {
    let object = &finding.place().object;
    let is_it = |item: &&crate::input::Item| item.parsed.object().reference() == *object;
    input.items.iter().find(is_it).map_or(0, |item| item.document)
}
