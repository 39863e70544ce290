//! Kinds of other projects that hold pod templates, and where.

mod templates;

pub(super) use templates::{look_alike, templates};

/// A kind that holds pod templates.
///
/// # Example
/// ```
/// use eci_sdk::manifest::TemplateKind;
///
/// let kind = TemplateKind::find("batch.volcano.sh/v1alpha1", "Job").expect("a kind that is known");
/// assert_eq!(kind.templates().next(), Some(("spec.tasks[].template", Some("spec.tasks[].replicas"))));
/// assert!(TemplateKind::find("example.com/v1", "Job").is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TemplateKind {
    group: &'static str,
    kind: &'static str,
    templates: &'static [Slot],
    /// Fields beside those of a pod, in the template's `spec`.
    extra: &'static [&'static str],
}

/// Path of a template, path of its replicas.
type Slot = (&'static str, Option<&'static str>);

impl TemplateKind {
    /// All that are known.
    pub const ALL: &'static [Self] = KINDS;

    /// The row of a kind, in any version of its group.
    pub fn find(api_version: &str, kind: &str) -> Option<&'static Self> {
        let (group, _) = api_version.split_once('/')?;
        KINDS.iter().find(|row| row.group == group && row.kind == kind)
    }

    /// The group, `apps.kruise.io`.
    pub const fn group(&self) -> &'static str {
        self.group
    }

    /// The kind, `CloneSet`.
    pub const fn kind(&self) -> &'static str {
        self.kind
    }

    /// Where templates stand, and where their replicas; `[]` is every item of a list, `*` every entry of a mapping.
    pub fn templates(&self) -> impl Iterator<Item = Slot> {
        self.templates.iter().copied()
    }

    /// Whether a field that pods lack belongs into this kind's template.
    pub(super) fn allows(&self, field: &str) -> bool {
        self.extra.contains(&field)
    }
}

const TEMPLATE: &[Slot] = &[("spec.template", Some("spec.replicas"))];
const SINGLE: &[Slot] = &[("spec.template", None)];
const ANALYSIS: &[Slot] = &[("spec.metrics[].provider.job.spec.template", None)];
const KNATIVE: &[&str] = &[
    "containerConcurrency",
    "idleTimeoutSeconds",
    "responseStartTimeoutSeconds",
    "timeoutSeconds",
];

const KINDS: &[TemplateKind] = &[
    // OpenKruise
    row("apps.kruise.io", "CloneSet", TEMPLATE),
    row("apps.kruise.io", "StatefulSet", TEMPLATE),
    row("apps.kruise.io", "DaemonSet", SINGLE),
    row("apps.kruise.io", "BroadcastJob", SINGLE),
    row(
        "apps.kruise.io",
        "AdvancedCronJob",
        &[
            (
                "spec.template.jobTemplate.spec.template",
                Some("spec.template.jobTemplate.spec.parallelism"),
            ),
            ("spec.template.broadcastJobTemplate.spec.template", None),
        ],
    ),
    row(
        "apps.kruise.io",
        "UnitedDeployment",
        &[
            ("spec.template.statefulSetTemplate.spec.template", Some("spec.replicas")),
            (
                "spec.template.advancedStatefulSetTemplate.spec.template",
                Some("spec.replicas"),
            ),
            ("spec.template.cloneSetTemplate.spec.template", Some("spec.replicas")),
            ("spec.template.deploymentTemplate.spec.template", Some("spec.replicas")),
        ],
    ),
    row(
        "game.kruise.io",
        "GameServerSet",
        &[("spec.gameServerTemplate", Some("spec.replicas"))],
    ),
    // Argo Rollouts
    row("argoproj.io", "Rollout", TEMPLATE),
    row(
        "argoproj.io",
        "Experiment",
        &[("spec.templates[].template", Some("spec.templates[].replicas"))],
    ),
    row("argoproj.io", "AnalysisRun", ANALYSIS),
    row("argoproj.io", "AnalysisTemplate", ANALYSIS),
    row("argoproj.io", "ClusterAnalysisTemplate", ANALYSIS),
    // Knative Serving
    TemplateKind {
        extra: KNATIVE,
        ..row("serving.knative.dev", "Service", SINGLE)
    },
    TemplateKind {
        extra: KNATIVE,
        ..row("serving.knative.dev", "Configuration", SINGLE)
    },
    // Spark
    row(
        "sparkoperator.k8s.io",
        "SparkApplication",
        &[
            ("spec.driver.template", None),
            ("spec.executor.template", Some("spec.executor.instances")),
        ],
    ),
    row(
        "sparkoperator.k8s.io",
        "ScheduledSparkApplication",
        &[
            ("spec.template.driver.template", None),
            (
                "spec.template.executor.template",
                Some("spec.template.executor.instances"),
            ),
        ],
    ),
    // Volcano
    row(
        "batch.volcano.sh",
        "Job",
        &[("spec.tasks[].template", Some("spec.tasks[].replicas"))],
    ),
    row(
        "flow.volcano.sh",
        "JobTemplate",
        &[("spec.tasks[].template", Some("spec.tasks[].replicas"))],
    ),
    // Kubeflow
    row(
        "kubeflow.org",
        "TFJob",
        &[("spec.tfReplicaSpecs.*.template", Some("spec.tfReplicaSpecs.*.replicas"))],
    ),
    row(
        "kubeflow.org",
        "PyTorchJob",
        &[(
            "spec.pytorchReplicaSpecs.*.template",
            Some("spec.pytorchReplicaSpecs.*.replicas"),
        )],
    ),
    row(
        "kubeflow.org",
        "MPIJob",
        &[(
            "spec.mpiReplicaSpecs.*.template",
            Some("spec.mpiReplicaSpecs.*.replicas"),
        )],
    ),
    row(
        "kubeflow.org",
        "XGBoostJob",
        &[(
            "spec.xgbReplicaSpecs.*.template",
            Some("spec.xgbReplicaSpecs.*.replicas"),
        )],
    ),
    row(
        "kubeflow.org",
        "PaddleJob",
        &[(
            "spec.paddleReplicaSpecs.*.template",
            Some("spec.paddleReplicaSpecs.*.replicas"),
        )],
    ),
    row(
        "kubeflow.org",
        "JAXJob",
        &[(
            "spec.jaxReplicaSpecs.*.template",
            Some("spec.jaxReplicaSpecs.*.replicas"),
        )],
    ),
    row("kubeflow.org", "Notebook", SINGLE),
    // Ray
    row(
        "ray.io",
        "RayCluster",
        &[
            ("spec.headGroupSpec.template", None),
            (
                "spec.workerGroupSpecs[].template",
                Some("spec.workerGroupSpecs[].replicas"),
            ),
        ],
    ),
    row(
        "ray.io",
        "RayJob",
        &[
            ("spec.rayClusterSpec.headGroupSpec.template", None),
            (
                "spec.rayClusterSpec.workerGroupSpecs[].template",
                Some("spec.rayClusterSpec.workerGroupSpecs[].replicas"),
            ),
            ("spec.submitterPodTemplate", None),
        ],
    ),
    row(
        "ray.io",
        "RayService",
        &[
            ("spec.rayClusterConfig.headGroupSpec.template", None),
            (
                "spec.rayClusterConfig.workerGroupSpecs[].template",
                Some("spec.rayClusterConfig.workerGroupSpecs[].replicas"),
            ),
        ],
    ),
    // Others
    row(
        "leaderworkerset.x-k8s.io",
        "LeaderWorkerSet",
        &[
            ("spec.leaderWorkerTemplate.leaderTemplate", Some("spec.replicas")),
            ("spec.leaderWorkerTemplate.workerTemplate", Some("spec.replicas")),
        ],
    ),
    row(
        "jobset.x-k8s.io",
        "JobSet",
        &[(
            "spec.replicatedJobs[].template.spec.template",
            Some("spec.replicatedJobs[].replicas"),
        )],
    ),
    row("keda.sh", "ScaledJob", &[("spec.jobTargetRef.template", None)]),
    row("apps.openshift.io", "DeploymentConfig", TEMPLATE),
    row("agones.dev", "GameServer", SINGLE),
    row(
        "agones.dev",
        "Fleet",
        &[("spec.template.spec.template", Some("spec.replicas"))],
    ),
];

const fn row(group: &'static str, kind: &'static str, templates: &'static [Slot]) -> TemplateKind {
    TemplateKind {
        group,
        kind,
        templates,
        extra: &[],
    }
}

/// What replaced a workload's API version that no supported Kubernetes serves.
///
/// Deprecated API Migration Guide of Kubernetes, 2025-08.
pub(super) fn successor(api_version: &str, kind: &str) -> Option<&'static str> {
    Some(match (api_version, kind) {
        ("extensions/v1beta1" | "apps/v1beta2", "Deployment" | "DaemonSet" | "ReplicaSet")
        | ("apps/v1beta1" | "apps/v1beta2", "Deployment" | "StatefulSet") => "apps/v1",
        ("batch/v1beta1" | "batch/v2alpha1", "CronJob") => "batch/v1",
        ("autoscaling/v2beta1" | "autoscaling/v2beta2", "HorizontalPodAutoscaler") => "autoscaling/v2",
        ("policy/v1beta1", "PodDisruptionBudget") => "policy/v1",
        ("extensions/v1beta1", "NetworkPolicy") => "networking.k8s.io/v1",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::value::Value;
    use super::*;
    use crate::manifest::full;

    fn found(text: &str, group: &str, kind: &str) -> Vec<(String, Option<u32>)> {
        let arena = full::read(text).expect("YAML");
        let root = Value {
            arena: &arena,
            text,
            base: 0,
            id: 0,
        };
        let row = TemplateKind::find(&format!("{group}/v1"), kind).expect("a row");
        let templates = templates(root, row).into_iter();
        templates.map(|template| (template.path, template.replicas)).collect()
    }

    #[test]
    fn rows_are_told_apart_by_group_and_kind() {
        for (index, row) in KINDS.iter().enumerate() {
            assert_eq!(
                KINDS
                    .iter()
                    .position(|other| (other.group, other.kind) == (row.group, row.kind)),
                Some(index)
            );
            for (template, replicas) in row.templates() {
                let wildcards = |path: &str| path.matches("[]").count() + path.matches('*').count();
                assert!(
                    replicas.is_none_or(|path| wildcards(path) <= wildcards(template)),
                    "{template}"
                );
            }
        }
    }

    #[test]
    fn each_item_of_a_list_has_its_own_replicas() {
        let text = "spec:\n  tasks:\n  - {replicas: 2, template: {spec: {}}}\n  - {template: {}}\n  - {replicas: 4}\n";
        let expected = [
            ("spec.tasks[0].template".to_owned(), Some(2)),
            ("spec.tasks[1].template".to_owned(), None),
        ];
        assert_eq!(found(text, "batch.volcano.sh", "Job"), expected);
    }

    #[test]
    fn each_entry_of_a_mapping_has_its_own_replicas() {
        let text = "spec: {mpiReplicaSpecs: {Launcher: {template: {}}, Worker: {replicas: 8, template: {}}}}";
        let expected = [
            ("spec.mpiReplicaSpecs.Launcher.template".to_owned(), None),
            ("spec.mpiReplicaSpecs.Worker.template".to_owned(), Some(8)),
        ];
        assert_eq!(found(text, "kubeflow.org", "MPIJob"), expected);
    }

    #[test]
    fn replicas_may_stand_apart_from_the_template() {
        let text = "spec: {replicas: 3, template: {cloneSetTemplate: {spec: {template: {spec: {}}}}}}";
        let expected = [("spec.template.cloneSetTemplate.spec.template".to_owned(), Some(3))];
        assert_eq!(found(text, "apps.kruise.io", "UnitedDeployment"), expected);
    }

    #[test]
    fn look_alikes_need_containers_under_the_spec_of_a_template() {
        let look = |text: &str| {
            let arena = full::read(text).expect("YAML");
            look_alike(Value {
                arena: &arena,
                text,
                base: 0,
                id: 0,
            })
        };
        let text = "spec: {groups: [{podTemplate: {spec: {containers: [{name: a}]}}}]}";
        assert_eq!(look(text).as_deref(), Some("spec.groups.podTemplate"));
        let workflow = "spec: {templates: [{name: a, dag: {}}, {name: b, container: {image: alpine}}]}";
        assert_eq!(look(workflow).as_deref(), Some("spec.templates"));
        assert_eq!(
            look("spec: {steps: [{name: a, image: alpine}]}").as_deref(),
            Some("spec.steps")
        );
        assert_eq!(
            look("spec: {podSpec: {containers: [{}]}}").as_deref(),
            Some("spec.podSpec")
        );
        assert_eq!(look("status: {podSpec: {containers: [{}]}}"), None);
        assert_eq!(look("spec: {template: {spec: {containers: []}}}"), None);
        assert_eq!(look("spec: {template: {spec: {containers: [a]}}}"), None);
        assert_eq!(look("spec: {containers: [{name: a}]}"), None);
    }
}
