//! Sizes that come from containers: what decided, what was rounded, and what fits nowhere.

use super::Case;
use crate::finding::{FindingBuilder, Findings};
use crate::path::At;
use crate::rule::{Basis, Code, Rule, Rules};
use crate::spec::{Size, SpecItem};

/// Nothing is asked for, so the default size is billed.
pub const SIZE_DEFAULT: &Rule = &Rule::info(Code::eci(5012), "size-default")
    .summary("the pod asks for no size and gets 2 vCPU 4 GiB")
    .why("a size nobody chose is paid for by the second, and may be too small or too large")
    .remedy("set requests or limits on the containers, or `k8s.aliyun.com/eci-use-specs`")
    .basis(Basis::Documented(PAGE))
    .page(include_str!("../../../rules/size-default.md"));

/// No size of the grid holds what is asked.
pub const SIZE_TOO_LARGE: &Rule = &Rule::error(Code::eci(5022), "size-too-large")
    .summary("no size holds what the pod asks for")
    .why("the instance cannot be created")
    .remedy("name an ECS type in `k8s.aliyun.com/eci-use-specs`, or split the pod")
    .basis(Basis::Inferred(
        "Specify vCPU and memory to create a pod, 2025-01-14: 64 vCPU 512 GiB is the largest size; no page says what happens above it",
    ))
    .page(include_str!("../../../rules/size-too-large.md"));

/// This family.
pub static RULES: Rules = Rules::new(&[SIZE_DEFAULT, SIZE_TOO_LARGE]);

const PAGE: &str = "Specify vCPU and memory to create a pod, 2025-01-14";

pub(super) fn check(case: &Case<'_>, out: &mut Findings) {
    if case.is_default() {
        out.push(case.at_pod(SIZE_DEFAULT));
    }
    too_large(case, out);
}

fn too_large(case: &Case<'_>, out: &mut Findings) {
    let grid = case.sizing.terms.grid;
    for (index, item) in case.sizing.asked.value().iter().enumerate() {
        let SpecItem::Size(size) = item else { continue };
        let held = |held: Size| grid.round_up(held, case.site.policies.rounding).is_some();
        if !held(*size) {
            let largest = grid.largest().unwrap_or_default();
            let expected = format!("at most {largest} on the {grid}");
            let finding = case.at_item(SIZE_TOO_LARGE, index);
            out.push(finding.found(size.to_string()).expected(expected));
        }
    }
}

impl Case<'_> {
    /// Whether nobody asked for a size.
    fn is_default(&self) -> bool {
        self.pod.settings().use_specs.is_none() && self.sizing.containers.is_nothing()
    }

    /// A finding about the containers of the pod together.
    pub(super) fn at_pod(&self, rule: &'static Rule) -> FindingBuilder {
        let spec = At::ROOT.field("spec");
        rule.at(self.pod.place(&spec.field("containers")))
    }

    /// A finding about an item of what was asked: its part of the annotation, or the containers.
    pub(super) fn at_item(&self, rule: &'static Rule, index: usize) -> FindingBuilder {
        if self.pod.settings().use_specs.is_none() {
            return self.at_pod(rule);
        }
        let finding = self.pod.annotation_finding(rule, USE_SPECS);
        match self
            .pod
            .annotations()
            .get(USE_SPECS)
            .and_then(|text| nth_item(text, index))
        {
            Some(bytes) => finding.within(bytes),
            None => finding,
        }
    }
}

const USE_SPECS: &str = "k8s.aliyun.com/eci-use-specs";

/// The bytes of an item in a list with commas, without the blanks around it; empty items do not count.
fn nth_item(text: &str, index: usize) -> Option<std::ops::Range<usize>> {
    let mut begin = 0;
    let mut items = text.split(',').filter_map(|part| {
        let from = begin + (part.len() - part.trim_start().len());
        begin += part.len() + 1;
        let item = part.trim();
        (!item.is_empty()).then(|| from..from + item.len())
    });
    items.nth(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_found_in_their_text() {
        let text = " 2-4Gi, ,ecs.c6.large ,4-8Gi";
        let found: Vec<_> = (0..4)
            .map(|index| nth_item(text, index).map(|bytes| &text[bytes]))
            .collect();
        assert_eq!(found, [Some("2-4Gi"), Some("ecs.c6.large"), Some("4-8Gi"), None]);
    }
}
