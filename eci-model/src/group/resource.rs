//! `resourceFieldRef`: what a container asks for, as a number.

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity as Text;

use crate::pod::EffectivePod;
use crate::policy::FieldRef;
use crate::quantity::Quantity;
use crate::spec::Size;

/// What the containers of a pod ask for, as the downward API shows it.
#[derive(Debug)]
pub(super) struct Amounts<'a> {
    pod: &'a EffectivePod<'a>,
    /// What the instance has: the value of limits that are not set.
    whole: Option<Size>,
    policy: FieldRef,
}

impl<'a> Amounts<'a> {
    pub(super) const fn new(pod: &'a EffectivePod<'a>, whole: Option<Size>, policy: FieldRef) -> Self {
        Self { pod, whole, policy }
    }

    /// The amount divided by the divisor, rounded up; `None` where the policy says that there is none, or nothing can be read.
    pub(super) fn of(&self, field: &core::ResourceFieldSelector, own: Option<&core::Container>) -> Option<String> {
        if self.policy != FieldRef::OwnNode {
            return None;
        }
        let named = || {
            let name = field.container_name.as_deref()?;
            let mut containers = self.pod.containers().iter().chain(self.pod.init_containers());
            containers.find(|container| container.name == name)
        };
        let container = named().or(own)?;
        let (kind, resource) = field.resource.split_once('.')?;
        let resources = container.resources.as_ref();
        let amount = match kind {
            "limits" => {
                amount(resources.and_then(|it| it.limits.as_ref()?.get(resource))).or(self.allocatable(resource))
            }
            "requests" => amount(resources.and_then(|it| it.requests.as_ref()?.get(resource))),
            _ => return None,
        };
        let divisor = amount_of_divisor(field.divisor.as_ref());
        let amount = amount.unwrap_or(0);
        Some(amount.checked_add(divisor - 1)?.checked_div(divisor)?.to_string())
    }

    fn allocatable(&self, resource: &str) -> Option<i128> {
        let whole = self.whole?;
        let text = match resource {
            "cpu" => whole.cpu.to_string(),
            "memory" => return Some(i128::from(whole.memory.bytes()) * 1_000_000_000),
            _ => return None,
        };
        text.parse::<Quantity>().ok().map(Quantity::nano)
    }
}

fn amount(text: Option<&Text>) -> Option<i128> {
    Some(text?.0.parse::<Quantity>().ok()?.nano().max(0))
}

fn amount_of_divisor(text: Option<&Text>) -> i128 {
    amount(text).filter(|nano| *nano > 0).unwrap_or(1_000_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cpu, Memory, Object, Overlay, Settings};

    fn of(resource: &str, divisor: &str, policy: FieldRef) -> Option<String> {
        let pod: core::Pod = serde_json::from_value(serde_json::json!({"spec": {"containers": [
            {"name": "a", "resources": {"limits": {"cpu": "1500m", "memory": "1Gi"}, "requests": {"cpu": "250m"}}},
            {"name": "b"}]}}))
        .expect("a pod");
        let settings = Settings::default();
        let view = Object::from(&pod).pod().expect("one");
        let pod = EffectivePod::new(view, Overlay::default(), Overlay::default(), &settings);
        let whole = Size::new(Cpu::from_vcpu(4), Memory::from_gib(8));
        let (container, resource) = resource.split_once(' ').expect("two words");
        let field = core::ResourceFieldSelector {
            container_name: Some(container.to_owned()),
            resource: resource.to_owned(),
            divisor: (!divisor.is_empty()).then(|| Text(divisor.to_owned())),
        };
        Amounts::new(&pod, Some(whole), policy).of(&field, None)
    }

    #[test]
    fn amounts_are_divided_and_rounded_up() {
        for (resource, divisor, value) in [
            ("a limits.cpu", "", "2"),
            ("a limits.cpu", "1m", "1500"),
            ("a requests.cpu", "1", "1"),
            ("a limits.memory", "1Mi", "1024"),
            ("a limits.memory", "", "1073741824"),
            ("a requests.memory", "", "0"),
            ("b limits.cpu", "", "4"),
            ("b limits.memory", "1Gi", "8"),
        ] {
            assert_eq!(
                of(resource, divisor, FieldRef::OwnNode).as_deref(),
                Some(value),
                "{resource} {divisor}"
            );
        }
    }

    #[test]
    fn the_documented_platform_has_none() {
        assert_eq!(of("a limits.cpu", "", FieldRef::Documented), None);
    }
}
