//! What the controllers of a cluster would do with workloads: make pods, and replace those that end too early.

use std::collections::BTreeMap;

use eci_sdk::sim::{PodChange, PodError, PodWorld};
use eci_sdk::{Object, PodView};
use k8s_openapi::api::core::v1::{PersistentVolumeClaimVolumeSource, Pod, PodStatus, Volume};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

/// A workload, reduced to the pods it asks for.
#[derive(Debug)]
pub(crate) struct Workload {
    /// `Deployment shop/web`.
    pub(crate) title: String,
    template: Pod,
    /// The claims that a StatefulSet makes for each pod.
    claims: Vec<String>,
    replicas: u32,
    keeps: Keeps,
}

/// When a pod that ended is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keeps {
    /// Always: the workload wants that many running.
    Running,
    /// Until it has succeeded.
    UntilDone,
    /// Never.
    Once,
}

impl Workload {
    /// The workload in an object; nothing for objects that hold no pod.
    pub(crate) fn of(object: Object<'_>) -> Option<Self> {
        let view = object.pod()?;
        let keeps = match view.kind() {
            "Pod" | "CronJob" | "PodTemplate" => Keeps::Once,
            "Job" => Keeps::UntilDone,
            _ => Keeps::Running,
        };
        Some(Self {
            title: object.reference().to_string(),
            template: template(&view),
            claims: view
                .claim_templates()
                .iter()
                .filter_map(|claim| claim.metadata.name.clone())
                .collect(),
            replicas: view.replicas(),
            keeps,
        })
    }

    fn pod_name(&self, index: u32) -> String {
        let name = self.template.metadata.name.as_deref().unwrap_or_default();
        if self.replicas == 1 && self.keeps != Keeps::Running {
            name.to_owned()
        } else {
            format!("{name}-{index}")
        }
    }
}

/// A pod that a controller made, and what became of it.
#[derive(Debug)]
pub(crate) struct Made {
    /// Its UID in the world.
    pub(crate) uid: String,
    /// Its container group.
    pub(crate) group: String,
    /// The row it belongs to: a pod and its replacements share one.
    pub(crate) row: usize,
    /// Its last status.
    pub(crate) status: PodStatus,
    workload: usize,
    index: u32,
}

/// Controllers of a cluster, reduced to what a simulation needs.
#[derive(Debug, Default)]
pub(crate) struct Controllers {
    workloads: Vec<Workload>,
    /// Every pod made, replaced ones included.
    pub(crate) made: Vec<Made>,
    by_uid: BTreeMap<String, usize>,
    /// The names of the rows.
    pub(crate) rows: Vec<String>,
    /// How many pods replaced another one.
    pub(crate) replaced: usize,
}

impl Controllers {
    /// Makes every pod of a workload.
    ///
    /// # Errors
    /// What the world says when it takes none.
    pub(crate) fn run(&mut self, workload: Workload, world: &mut PodWorld) -> Result<(), PodError> {
        let number = self.workloads.len();
        let replicas = workload.replicas;
        self.workloads.push(workload);
        for index in 0..replicas {
            let row = self.rows.len();
            if let Some(workload) = self.workloads.get(number) {
                self.rows.push(workload.pod_name(index));
            }
            self.make(number, index, row, world)?;
        }
        Ok(())
    }

    /// Takes in what the platform wrote, and replaces pods that ended too early.
    ///
    /// # Errors
    /// What the world says when it does not take a replacement.
    pub(crate) fn observe(&mut self, changes: Vec<PodChange>, world: &mut PodWorld) -> Result<(), PodError> {
        for change in changes {
            let PodChange::Status { uid, status } = change else {
                continue;
            };
            let Some(made) = self.by_uid.get(&*uid).and_then(|index| self.made.get_mut(*index)) else {
                continue;
            };
            made.status = *status;
            let phase = made.status.phase.as_deref();
            let (workload, index, row) = (made.workload, made.index, made.row);
            let keeps = self.workloads.get(workload).map(|workload| workload.keeps);
            let replace = match keeps {
                Some(Keeps::Running) => matches!(phase, Some("Failed" | "Succeeded")),
                Some(Keeps::UntilDone) => phase == Some("Failed"),
                _ => false,
            };
            if replace {
                self.replaced += 1;
                self.make(workload, index, row, world)?;
            }
        }
        Ok(())
    }

    fn make(&mut self, workload: usize, index: u32, row: usize, world: &mut PodWorld) -> Result<(), PodError> {
        let Some(asked) = self.workloads.get(workload) else {
            return Ok(());
        };
        let mut pod = asked.template.clone();
        let uid = format!("uid-{}", self.made.len());
        let name = asked.pod_name(index);
        let claims = asked.claims.iter().map(|claim| of_claim(claim, &name));
        if let Some(spec) = &mut pod.spec
            && !asked.claims.is_empty()
        {
            spec.volumes.get_or_insert_default().extend(claims);
        }
        pod.metadata.name = Some(name);
        pod.metadata.uid = Some(uid.clone());
        let changes = world.create(&pod)?;
        self.by_uid.insert(uid.clone(), self.made.len());
        self.made.push(Made {
            group: world.group(&uid).unwrap_or_default().to_owned(),
            uid,
            row,
            status: PodStatus::default(),
            workload,
            index,
        });
        self.observe(changes, world)
    }
}

/// A pod as a controller makes it from the template.
/// The volume that a StatefulSet adds to a pod for one of its claim templates.
fn of_claim(claim: &str, pod: &str) -> Volume {
    Volume {
        name: claim.to_owned(),
        persistent_volume_claim: Some(PersistentVolumeClaimVolumeSource {
            claim_name: format!("{claim}-{pod}"),
            ..PersistentVolumeClaimVolumeSource::default()
        }),
        ..Volume::default()
    }
}

fn template(view: &PodView<'_>) -> Pod {
    let meta = view.meta();
    Pod {
        metadata: ObjectMeta {
            name: Some(view.name().to_owned()),
            namespace: Some(view.namespace().to_owned()),
            labels: meta.and_then(|meta| meta.labels.clone()),
            annotations: meta.and_then(|meta| meta.annotations.clone()),
            ..ObjectMeta::default()
        },
        spec: view.spec().cloned(),
        status: None,
    }
}
