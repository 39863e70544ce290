//! A controller that keeps one pod running, and the store it reads: what a test needs beside `PodWorld`.

use std::collections::BTreeMap;

use eci_sdk::sim::PodChange;
use k8s_openapi::api::core::v1::Pod;

/// Pods by their UID, as a watch on the API server would keep them.
#[derive(Debug, Default)]
pub struct Store {
    pods: BTreeMap<String, Pod>,
    /// Reasons of the events so far, oldest first.
    pub events: Vec<String>,
}

impl Store {
    /// Puts a pod in, as its creation on the API server would.
    pub fn put(&mut self, pod: Pod) {
        if let Some(uid) = pod.metadata.uid.clone() {
            self.pods.insert(uid, pod);
        }
    }

    /// The pods.
    pub fn pods(&self) -> impl Iterator<Item = &Pod> {
        self.pods.values()
    }

    /// Takes in what the platform wrote.
    pub fn take(&mut self, changes: Vec<PodChange>) {
        for change in changes {
            match change {
                PodChange::Status { uid, status } => {
                    if let Some(pod) = self.pods.get_mut(&*uid) {
                        pod.status = Some(*status);
                    }
                }
                PodChange::Annotated { uid, annotations } => {
                    if let Some(pod) = self.pods.get_mut(&*uid) {
                        pod.metadata.annotations.get_or_insert_default().extend(annotations);
                    }
                }
                PodChange::Event { reason, .. } => self.events.push(reason.to_string()),
                PodChange::Gone { uid } => drop(self.pods.remove(&*uid)),
                _ => {}
            }
        }
    }
}

/// The phase of a pod.
pub fn phase(pod: &Pod) -> &str {
    let status = pod.status.as_ref();
    status.and_then(|status| status.phase.as_deref()).unwrap_or("Pending")
}

/// The pod that the controller wants besides those in the store: one, unless one is pending or running.
pub fn wanted(store: &Store, template: &Pod) -> Option<Pod> {
    let lives = |pod: &Pod| matches!(phase(pod), "Pending" | "Running");
    if store.pods().any(lives) {
        return None;
    }
    let number = store.pods().count();
    let mut pod = template.clone();
    pod.metadata.name = Some(format!("report-{number}"));
    pod.metadata.uid = Some(format!("uid-{number}"));
    Some(pod)
}
