//! What can be wrong with a size: a file a family.

pub mod containers;
pub mod gpu;
pub mod market;
pub mod rounding;
pub mod specs;

use std::ops::Range;

use k8s_openapi::api::core::v1::Container;

use super::{EcsType, Sizing, SpecItem, SpecList};
use crate::billing::rules::price_unknown;
use crate::finding::{FindingBuilder, Findings};
use crate::path::At;
use crate::pod::EffectivePod;
use crate::rule::Rule;
use crate::settings::Settings;
use crate::site::Site;

/// A pod and what was decided about its size.
#[derive(Clone, Copy)]
pub(super) struct Case<'c> {
    pub(super) pod: &'c EffectivePod<'c>,
    pub(super) site: &'c Site<'c>,
    pub(super) sizing: &'c Sizing,
}

/// Everything that can be said about one pod.
pub(super) fn check(case: &Case<'_>, out: &mut Findings) {
    // A list that could not be read was told, and what is asked for is not known.
    if case.specs().is_none() && case.pod.annotations().is_set(key::USE_SPECS) {
        return;
    }
    containers::check(case, out);
    rounding::check(case, out);
    specs::check(case, out);
    gpu::check(case, out);
    market::check(case, out);
    price_unknown(case.sizing.cost.as_ref(), |rule| case.at_item(rule, 0), out);
}

/// The annotations that findings name.
mod key {
    pub(super) const USE_SPECS: &str = "k8s.aliyun.com/eci-use-specs";
    pub(super) const FAMILY: &str = "k8s.aliyun.com/eci-instance-family";
    pub(super) const GENERATION: &str = "k8s.aliyun.com/eci-instance-generation";
    pub(super) const CATEGORY: &str = "k8s.aliyun.com/eci-compute-category";
    pub(super) const DRIVER: &str = "k8s.aliyun.com/eci-gpu-driver-version";
    pub(super) const CPU_CORES: &str = "k8s.aliyun.com/eci-cpu-option-core";
    pub(super) const CPU_THREADS: &str = "k8s.aliyun.com/eci-cpu-option-ht";
    pub(super) const SPOT_STRATEGY: &str = "k8s.aliyun.com/eci-spot-strategy";
}

impl<'c> Case<'c> {
    fn settings(&self) -> &'c Settings {
        self.pod.settings()
    }

    /// What the annotation lists.
    fn specs(&self) -> Option<&'c SpecList> {
        self.settings().use_specs.as_ref().map(|given| &given.value)
    }

    /// The ECS types that the annotation lists, with their place in it.
    fn types(&self) -> impl Iterator<Item = (usize, &'c EcsType)> + use<'c> {
        let items = self.specs().into_iter().flat_map(SpecList::iter).enumerate();
        items.filter_map(|(index, item)| match item {
            SpecItem::Type(ecs) => Some((index, ecs)),
            SpecItem::Size(_) => None,
        })
    }

    /// A finding about the containers of the pod together.
    fn at_containers(&self, rule: &'static Rule) -> FindingBuilder {
        let spec = At::ROOT.field("spec");
        rule.at(self.pod.place(&spec.field("containers")))
    }

    /// A finding about an annotation.
    fn at_key(&self, rule: &'static Rule, key: &str) -> FindingBuilder {
        self.pod.annotation_finding(rule, key)
    }

    /// A finding about an item of a list in an annotation.
    fn at_item_of(&self, rule: &'static Rule, key: &str, index: usize) -> FindingBuilder {
        let finding = self.at_key(rule, key);
        // Within an injected value, bytes of the value are no bytes of the place.
        match self.pod.annotations().own(key).and_then(|text| nth_item(text, index)) {
            Some(bytes) => finding.within(bytes),
            None => finding,
        }
    }

    /// A finding about an item of what was asked: its part of the annotation, or the containers.
    fn at_item(&self, rule: &'static Rule, index: usize) -> FindingBuilder {
        match self.specs() {
            Some(_) => self.at_item_of(rule, key::USE_SPECS, index),
            None => self.at_containers(rule),
        }
    }
}

/// Application containers, then init containers, each with the field and index of its list.
fn all_containers<'c>(pod: &EffectivePod<'c>) -> impl Iterator<Item = (&'static str, usize, &'c Container)> + use<'c> {
    let named = |field| move |(index, container)| (field, index, container);
    let applications = pod.containers().iter().enumerate().map(named("containers"));
    applications.chain(pod.init_containers().iter().enumerate().map(named("initContainers")))
}

/// The bytes of an item in a list with commas, without the blanks around it; empty items do not count.
fn nth_item(text: &str, index: usize) -> Option<Range<usize>> {
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
