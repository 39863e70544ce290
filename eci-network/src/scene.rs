//! A pod, what stands around it, and where its lists are written.

use std::collections::BTreeMap;

use eci_model::{At, Decided, EffectivePod, Location, Object, Origin, Site};

use crate::facts::{NetworkFacts, ProfileNetwork};
use crate::resolve::Resolution;

/// What stands around a pod.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// The object that holds the pod.
    pub object: Object<'a>,
    /// The labels of its namespace; `None` when its object is not known.
    pub namespace: Option<&'a BTreeMap<String, String>>,
    /// Whether the pod runs on ECI whatever happens; `false` where it may run on real nodes as well.
    pub only_on_eci: bool,
}

/// Everything that a rule about one pod looks at.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'s> {
    pub(crate) around: &'s Around<'s>,
    pub(crate) pod: &'s EffectivePod<'s>,
    pub(crate) facts: &'s NetworkFacts<'s>,
    pub(crate) site: &'s Site<'s>,
    pub(crate) resolution: &'s Resolution,
}

/// One of the two lists that layers name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Listed {
    VSwitches,
    Groups,
}

impl Listed {
    const fn annotation(self) -> &'static str {
        match self {
            Self::VSwitches => "k8s.aliyun.com/eci-vswitch",
            Self::Groups => "k8s.aliyun.com/eci-security-group",
        }
    }

    const fn field(self) -> &'static str {
        match self {
            Self::VSwitches => "vSwitchOptions",
            Self::Groups => "securityGroupIDs",
        }
    }

    const fn profile_key(self) -> &'static str {
        match self {
            Self::VSwitches => "vSwitchIds",
            Self::Groups => "securityGroupId",
        }
    }
}

impl Scene<'_> {
    /// Where the list stands that decided.
    pub(crate) fn list(&self, listed: Listed) -> Location {
        self.item(listed, None)
    }

    /// Where an item of the list stands that decided; the list where the item cannot be told apart.
    pub(crate) fn item(&self, listed: Listed, id: Option<&str>) -> Location {
        let resolution = self.resolution;
        let origin = match listed {
            Listed::VSwitches => resolution.vswitches.as_ref().map(Decided::origin),
            Listed::Groups => resolution.security_groups.as_ref().map(Decided::origin),
        };
        match origin {
            Some(origin) if origin.is_annotation() => self.annotated(listed.annotation(), id),
            Some(Origin::PodNetworking { name }) => self.of_object(name, listed, id),
            Some(Origin::Profile { .. }) => ProfileNetwork::place(listed.profile_key()),
            _ => self.pod.place(&At::ROOT.field("spec")),
        }
    }

    fn annotated(&self, key: &str, id: Option<&str>) -> Location {
        let place = self.pod.annotation_place(key);
        let found = id.and_then(|id| Some((self.pod.annotations().own(key)?.find(id)?, id.len())));
        match found {
            Some((start, length)) => {
                let byte = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
                place.within(byte(start)..byte(start + length))
            }
            None => place,
        }
    }

    fn of_object(&self, name: &str, listed: Listed, id: Option<&str>) -> Location {
        let Some(object) = self.facts.pod_networkings.and_then(|objects| objects.get(name)) else {
            return self.pod.place(&At::ROOT.field("spec"));
        };
        let spec = &object.object().spec;
        let texts = match listed {
            Listed::VSwitches => spec.v_switch_options.as_deref(),
            Listed::Groups => spec.security_group_ids.as_deref(),
        };
        let position = id.and_then(|id| texts?.iter().position(|text| text.trim() == id));
        let spec = At::ROOT.field("spec");
        let list = spec.field(listed.field());
        let object = Object::from(object.object());
        match position {
            Some(position) => object.place(&list.index(position)),
            None => object.place(&list),
        }
    }

    /// Whether the pod has an EIP of its own.
    pub(crate) fn has_eip(&self) -> bool {
        let settings = self.pod.settings();
        settings.eip.is_some() || settings.with_eip.as_ref().is_some_and(|given| given.value)
    }

    /// Whether pod or namespace carry the label that routes to ECI.
    pub(crate) fn is_labelled(&self) -> bool {
        let is_true = |value: Option<&str>| value == Some("true");
        let of_namespace = |key: &str| {
            self.around
                .namespace
                .and_then(|labels| labels.get(key))
                .map(String::as_str)
        };
        ["alibabacloud.com/eci", "eci"]
            .into_iter()
            .any(|key| is_true(self.pod.labels().get(key)) || is_true(of_namespace(key)))
    }

    /// The node that the pod names itself.
    pub(crate) fn node_name(&self) -> Option<&str> {
        let name = self.pod.spec().and_then(|spec| spec.node_name.as_deref());
        name.filter(|name| !name.is_empty() && !self.site.live)
    }
}
