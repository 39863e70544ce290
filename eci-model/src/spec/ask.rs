//! What a pod asks for: the sum over its containers, before anything is rounded.

use k8s_openapi::api::core::v1::{Container, ResourceRequirements};

use super::Size;
use crate::decision::{Decided, Origin};
use crate::pod::EffectivePod;
use crate::policy::{InitSizing, Policies, SizingInputs};
use crate::quantity::{Cpu, Memory, Quantity, amount};

/// What the containers of a pod ask for, summed up as the platform does (Specify vCPU and memory to create a pod, 2025-01-14).
///
/// Limits decide, else requests; containers with the environment variable [`IGNORE_SWITCH`] are left out. What no page settles follows the
/// policies [`SizingInputs`] and [`InitSizing`]. Resources of the whole pod, which newer Kubernetes has, take the place of the sum.
///
/// # Example
/// ```
/// use eci_model::{EffectivePod, Object, Overlay, Policies, Settings};
/// use eci_model::spec::Asked;
/// use k8s_openapi::api::core::v1::Pod;
///
/// let pod: Pod = serde_json::from_str(r#"{"metadata": {"name": "web"}, "spec": {"containers": [
///     {"name": "web", "resources": {"limits": {"cpu": "2", "memory": "4Gi"}}},
///     {"name": "log", "resources": {"requests": {"cpu": "250m", "memory": "512Mi"}}}]}}"#)?;
/// let view = Object::from(&pod).pod().expect("a Pod is one");
/// let settings = Settings::default();
/// let pod = EffectivePod::new(view, Overlay::default(), Overlay::default(), &settings);
/// let asked = Asked::of(&pod, &Policies::default());
/// assert_eq!(asked.size.to_string(), "2.25-4.5Gi");
/// assert!(asked.limits.some && asked.requests_only);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Asked {
    /// What counts; a resource that nobody names is zero, and both are when nothing is asked.
    pub size: Size,
    /// What the containers that count need together; `size` adds init containers and resources of the whole pod.
    pub containers: Size,
    /// The limits of the containers that count.
    pub limits: Sum,
    /// The requests of the containers that count; where only a limit is written, Kubernetes makes it the request.
    pub requests: Sum,
    /// Whether a container has requests and no limits.
    pub requests_only: bool,
    /// What the containers that are left out would add.
    pub ignored: Sum,
    /// How many containers are left out.
    pub ignored_count: usize,
    /// The most that an init container needs, of each resource.
    pub init: Size,
    /// The resources of the whole pod.
    pub pod: Amounts,
    /// Whether an amount of CPU or memory is no quantity; such ones count as not written.
    pub unreadable: bool,
}

/// A sum over containers, and whether any of them had something to add.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sum {
    /// The sum.
    pub size: Size,
    /// Whether anything was written.
    pub some: bool,
}

/// CPU and memory, each given or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Amounts {
    /// CPU.
    pub cpu: Option<Cpu>,
    /// Memory.
    pub memory: Option<Memory>,
}

/// The environment variable, with the value `TRUE`, that leaves a container out of the sum (Ignore specific containers when the system
/// adjusts resources, 2024-02-01). The container still runs.
pub const IGNORE_SWITCH: &str = "__ECI_RESOURCE_IGNORE__";

impl Asked {
    /// The size of a pod that asks for nothing.
    pub const DEFAULT: Size = Size::new(Cpu::from_vcpu(2), Memory::from_gib(4));

    /// What a pod asks for under the policies.
    pub fn of(pod: &EffectivePod<'_>, policies: &Policies) -> Self {
        let mut asked = Self::default();
        let mut sum = Size::default();
        for container in pod.containers() {
            sum = plus(sum, asked.count(container, policies));
        }
        for container in pod.init_containers() {
            if is_sidecar(container) {
                sum = plus(sum, asked.count(container, policies));
            } else if !is_ignored(container) {
                let needs = Needs::of(container);
                asked.unreadable |= needs.unreadable;
                asked.init = asked.init.larger(needs.counted(SizingInputs::default()));
            }
        }
        if let Some(resources) = pod.spec().and_then(|spec| spec.resources.as_ref()) {
            let needs = Needs::read(resources);
            asked.unreadable |= needs.unreadable;
            asked.pod = needs.limits.or(needs.requests);
        }
        asked.containers = sum;
        let sum = match policies.init_sizing {
            InitSizing::Max => sum.larger(asked.init),
            InitSizing::Ignore => sum,
        };
        asked.size = Size::new(asked.pod.cpu.unwrap_or(sum.cpu), asked.pod.memory.unwrap_or(sum.memory));
        asked
    }

    /// Whether nothing is asked for, so that the default applies.
    pub fn is_nothing(&self) -> bool {
        self.size == Size::default()
    }

    /// Whether an init container needs more than the others together and so decides.
    pub fn init_decides(&self) -> bool {
        let raised = |of_pod: bool, size: bool| !of_pod && size;
        raised(self.pod.cpu.is_some(), self.size.cpu > self.containers.cpu)
            || raised(self.pod.memory.is_some(), self.size.memory > self.containers.memory)
    }

    /// Whether requests were written and lost against other limits.
    pub fn requests_lost(&self) -> bool {
        let both = self.limits.some && self.requests.some;
        both && !self.pod.is_some() && self.requests.size != self.containers
    }

    /// Whether some containers have limits and others only requests.
    pub fn is_mixed(&self) -> bool {
        self.limits.some && self.requests_only && !self.pod.is_some()
    }

    /// The size that is asked for and who asked: [`Self::DEFAULT`] when nobody did.
    pub fn decided(&self) -> Decided<Size> {
        if self.is_nothing() {
            let page = Origin::Platform { page: PAGE };
            return Decided::because(page, "the default of pods that ask for nothing", Self::DEFAULT);
        }
        let field = |path: &'static str| Origin::PodSpec { path: path.into() };
        let asked = Decided::by(field(self.path()), self.size);
        let asked = if self.requests_lost() {
            let requests = field("spec.containers[].resources.requests");
            asked.beat(
                self.requests.size.to_string(),
                requests,
                "limits decide when both are given",
            )
        } else {
            asked
        };
        if self.init_decides() && self.containers != Size::default() {
            let init = field("spec.initContainers[].resources");
            return asked.then(init, "raised to what an init container needs", |size| size);
        }
        asked
    }

    fn path(&self) -> &'static str {
        match (self.limits.some, self.requests_only) {
            _ if self.pod.is_some() => "spec.resources",
            (true, false) => "spec.containers[].resources.limits",
            (true, true) => "spec.containers[].resources",
            (false, true) => "spec.containers[].resources.requests",
            (false, false) => "spec.initContainers[].resources",
        }
    }

    /// Adds a container to the sums and says what it counts for.
    fn count(&mut self, container: &Container, policies: &Policies) -> Size {
        let needs = Needs::of(container);
        self.unreadable |= needs.unreadable;
        let counted = needs.counted(policies.sizing_inputs);
        if is_ignored(container) {
            self.ignored_count += 1;
            self.ignored.add(counted, needs.is_some());
            return Size::default();
        }
        self.limits.add(needs.limits.size(), needs.limits.is_some());
        let requests = needs.requested(policies.sizing_inputs);
        self.requests.add(requests, needs.requests.is_some());
        self.requests_only |= needs.requests.is_some() && !needs.limits.is_some();
        counted
    }
}

impl Sum {
    fn add(&mut self, size: Size, some: bool) {
        self.size = plus(self.size, size);
        self.some |= some;
    }
}

impl Amounts {
    /// The amounts, zero where none is given.
    pub fn size(self) -> Size {
        Size::new(self.cpu.unwrap_or_default(), self.memory.unwrap_or_default())
    }

    /// Whether one of them is given.
    pub const fn is_some(self) -> bool {
        self.cpu.is_some() || self.memory.is_some()
    }

    fn or(self, other: Self) -> Self {
        Self {
            cpu: self.cpu.or(other.cpu),
            memory: self.memory.or(other.memory),
        }
    }
}

/// Limits and requests of one container.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Needs {
    pub(super) limits: Amounts,
    pub(super) requests: Amounts,
    /// Whether an amount is no quantity.
    pub(super) unreadable: bool,
}

impl Needs {
    pub(super) fn of(container: &Container) -> Self {
        container.resources.as_ref().map(Self::read).unwrap_or_default()
    }

    pub(super) fn is_some(&self) -> bool {
        self.limits.is_some() || self.requests.is_some()
    }

    /// Of each resource the limit, else the request, else nothing; by the rule of 2021 a container without resources counts 1 vCPU 2 GiB.
    pub(super) fn counted(&self, inputs: SizingInputs) -> Size {
        self.either(self.limits.or(self.requests), inputs)
    }

    /// The same with requests before limits.
    fn requested(&self, inputs: SizingInputs) -> Size {
        self.either(self.requests.or(self.limits), inputs)
    }

    fn either(&self, amounts: Amounts, inputs: SizingInputs) -> Size {
        match inputs {
            SizingInputs::Rule2021 if !self.is_some() => Size::new(Cpu::from_vcpu(1), Memory::from_gib(2)),
            SizingInputs::Rule2021 | SizingInputs::LimitElseRequestElseZero => amounts.size(),
        }
    }

    fn read(resources: &ResourceRequirements) -> Self {
        let mut needs = Self::default();
        let lists = [
            (&resources.limits, &mut needs.limits),
            (&resources.requests, &mut needs.requests),
        ];
        for (list, amounts) in lists {
            if let Some(cpu) = amount(list.as_ref(), "cpu") {
                amounts.cpu = cpu.and_then(Quantity::cpu).ok();
                needs.unreadable |= amounts.cpu.is_none();
            }
            if let Some(memory) = amount(list.as_ref(), "memory") {
                amounts.memory = memory.and_then(Quantity::memory).ok();
                needs.unreadable |= amounts.memory.is_none();
            }
        }
        needs
    }
}

const PAGE: &str = "Specify vCPU and memory to create a pod, 2025-01-14";

/// Whether the container is left out of the sum.
pub(super) fn is_ignored(container: &Container) -> bool {
    let switch = |var: &k8s_openapi::api::core::v1::EnvVar| var.name == IGNORE_SWITCH;
    let variable = container.env.iter().flatten().rfind(|var| switch(var));
    variable.is_some_and(|var| var.value.as_deref() == Some("TRUE"))
}

/// Whether an init container runs beside the others: it counts like them (decision of this project; no page mentions such containers).
pub(super) fn is_sidecar(container: &Container) -> bool {
    container.restart_policy.as_deref() == Some("Always")
}

fn plus(a: Size, b: Size) -> Size {
    Size::new(a.cpu + b.cpu, a.memory + b.memory)
}
