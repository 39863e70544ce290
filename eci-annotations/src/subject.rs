//! Whose entries are judged, and where each of them is written.

use std::ops::Range;

use eci_model::{At, FindingBuilder, Fix, Location, ObjectRef, Overlay, PodView, Rule};

/// A map of entries and the object that holds it.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    holder: Holder<'a>,
    map: &'static str,
    pub(crate) entries: Overlay<'a>,
}

#[derive(Clone, Copy)]
enum Holder<'a> {
    /// A pod, or the template of one.
    Pod(&'a PodView<'a>),
    /// The object around a template.
    Owner(&'a PodView<'a>),
    /// Any other object.
    Object(&'a ObjectRef),
    /// A single entry, of which the place is known.
    Entry(&'a Location),
}

impl<'a> Subject<'a> {
    pub(crate) const fn pod(pod: &'a PodView<'a>, annotations: Overlay<'a>) -> Self {
        Self::new(Holder::Pod(pod), "annotations", annotations)
    }

    pub(crate) const fn pod_labels(pod: &'a PodView<'a>, labels: Overlay<'a>) -> Self {
        Self::new(Holder::Pod(pod), "labels", labels)
    }

    pub(crate) fn owner(pod: &'a PodView<'a>) -> Self {
        let annotations = Overlay::of(pod.owner().annotations.as_ref());
        Self::new(Holder::Owner(pod), "annotations", annotations)
    }

    pub(crate) const fn object(object: &'a ObjectRef, annotations: Overlay<'a>) -> Self {
        Self::new(Holder::Object(object), "annotations", annotations)
    }

    pub(crate) const fn entry(place: &'a Location, entries: Overlay<'a>) -> Self {
        Self::new(Holder::Entry(place), "annotations", entries)
    }

    const fn new(holder: Holder<'a>, map: &'static str, entries: Overlay<'a>) -> Self {
        Self { holder, map, entries }
    }

    /// Where an entry is written: on the object, or in the profile that injects it.
    pub(crate) fn place(&self, key: &str) -> Location {
        if let Some(place) = self.entries.injection(key).and_then(|entry| entry.place) {
            return place.clone();
        }
        let metadata = At::ROOT.field("metadata");
        let map = metadata.field(self.map);
        let at = map.key(key);
        match self.holder {
            Holder::Pod(pod) => pod.place(&at),
            Holder::Owner(pod) => pod.owner_place(&at),
            Holder::Object(object) => Location::new(object.clone(), at.to_path()),
            Holder::Entry(place) => place.clone(),
        }
    }

    /// A finding with a fix of an entry, when the entry stands on the object itself: what a profile injects is no text that could be changed
    /// at the place of the finding.
    pub(crate) fn mended(
        &self,
        finding: FindingBuilder,
        key: &str,
        fix: impl FnOnce(Location) -> Option<Fix>,
    ) -> FindingBuilder {
        let is_written_here = self.entries.injection(key).is_none() && !matches!(self.holder, Holder::Entry(_));
        match is_written_here.then(|| fix(self.place(key))).flatten() {
            Some(fix) => finding.fix(fix),
            None => finding,
        }
    }

    /// A finding with the fix that moves an entry to another map of the same pod, where that does not have its key.
    pub(crate) fn moved(&self, finding: FindingBuilder, key: &str, map: &'static str) -> FindingBuilder {
        let Holder::Pod(pod) = self.holder else {
            return finding;
        };
        let meta = pod.meta();
        let there = meta.and_then(|meta| match map {
            "labels" => meta.labels.as_ref(),
            _ => meta.annotations.as_ref(),
        });
        if there.is_some_and(|there| there.contains_key(key)) {
            return finding;
        }
        let to = pod.place(&At::ROOT.field("metadata").field(map)).path;
        self.mended(finding, key, |place| Some(Fix::Move { place, to }))
    }

    /// A finding with the fix that takes an entry away.
    pub(crate) fn without(&self, finding: FindingBuilder, key: &str) -> FindingBuilder {
        self.mended(finding, key, |place| Some(Fix::Remove { place }))
    }

    /// Begins a finding about an entry; an injected one names the pod as well.
    pub(crate) fn finding(&self, rule: &'static Rule, key: &str) -> FindingBuilder {
        let finding = rule.at(self.place(key));
        match (self.holder, self.entries.injection(key)) {
            (Holder::Pod(pod), Some(entry)) => finding.related(pod.place(&At::ROOT), entry.because()),
            _ => finding,
        }
    }

    /// Begins a finding about a part of a value.
    ///
    /// Bytes of an injected value are no bytes of the place where it is written, so there the part is told in words.
    pub(crate) fn finding_in(&self, rule: &'static Rule, key: &str, part: Range<usize>) -> FindingBuilder {
        let finding = self.finding(rule, key);
        match self.entries.injection(key) {
            Some(_) => finding.note(format!("in the value of `{key}`, bytes {} to {}", part.start, part.end)),
            None => finding.within(part),
        }
    }
}
