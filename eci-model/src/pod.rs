//! The effective pod: what the platform sees after eci-profile had its say.

use k8s_openapi::api::core::v1::{Container, PodSpec, Volume};

use crate::finding::{FindingBuilder, Location};
use crate::overlay::Overlay;
use crate::path::At;
use crate::rule::Rule;
use crate::settings::Settings;
use crate::template::PodView;

/// A pod with the labels and annotations it will have, and the settings read from them; all borrowed.
#[derive(Clone, Copy, Debug)]
pub struct EffectivePod<'a> {
    view: PodView<'a>,
    labels: Overlay<'a>,
    annotations: Overlay<'a>,
    settings: &'a Settings,
}

impl<'a> EffectivePod<'a> {
    /// Puts the parts together.
    pub const fn new(view: PodView<'a>, labels: Overlay<'a>, annotations: Overlay<'a>, settings: &'a Settings) -> Self {
        Self {
            view,
            labels,
            annotations,
            settings,
        }
    }

    /// The pod or template as written.
    pub const fn view(&self) -> &PodView<'a> {
        &self.view
    }

    /// Its labels, injected ones included.
    pub const fn labels(&self) -> &Overlay<'a> {
        &self.labels
    }

    /// Its annotations, injected ones included.
    pub const fn annotations(&self) -> &Overlay<'a> {
        &self.annotations
    }

    /// What its annotations say, typed.
    pub const fn settings(&self) -> &'a Settings {
        self.settings
    }

    /// Its specification.
    pub const fn spec(&self) -> Option<&'a PodSpec> {
        self.view.spec()
    }

    /// Its application containers.
    pub fn containers(&self) -> &'a [Container] {
        self.spec().map(|spec| spec.containers.as_slice()).unwrap_or_default()
    }

    /// Its init containers.
    pub fn init_containers(&self) -> &'a [Container] {
        self.spec()
            .and_then(|spec| spec.init_containers.as_deref())
            .unwrap_or_default()
    }

    /// Its volumes.
    pub fn volumes(&self) -> &'a [Volume] {
        self.spec().and_then(|spec| spec.volumes.as_deref()).unwrap_or_default()
    }

    /// A place inside the pod.
    pub fn place(&self, at: &At<'_>) -> Location {
        self.view.place(at)
    }

    /// Where the value of an annotation is written: on the pod, or in the profile that injects it.
    pub fn annotation_place(&self, key: &str) -> Location {
        if let Some(place) = self.annotations.injection(key).and_then(|entry| entry.place) {
            return place.clone();
        }
        let metadata = At::ROOT.field("metadata");
        let annotations = metadata.field("annotations");
        self.view.place(&annotations.key(key))
    }

    /// Begins a finding about an annotation, at the place that must change; an injected one names the pod as well.
    pub fn annotation_finding(&self, rule: &'static Rule, key: &str) -> FindingBuilder {
        let finding = rule.at(self.annotation_place(key));
        match self.annotations.injection(key) {
            Some(entry) => finding.related(self.view.place(&At::ROOT), entry.because()),
            None => finding,
        }
    }
}
