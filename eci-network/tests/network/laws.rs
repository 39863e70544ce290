//! Laws of the resolution: a function of the layers only, and the same as a second, literal reading of the pages.

use std::collections::BTreeMap;

use eci_model::resource::PodNetworking;
use eci_model::{
    Edition, EffectivePod, Findings, Given, List, Object, Origin, Overlay, Policies, SecurityGroupId, Settings, Site,
    VSwitchId,
};
use eci_network::{
    Environment, Inventory, KnownVSwitch, Match, NetworkFacts, PodNetworkings, ProfileNetwork, Resolution, resolve,
};
use k8s_openapi::api::core::v1::Pod;
use proptest::prelude::*;
use proptest::sample::subsequence;

/// Everything that may decide, in the plainest form: numbers are ids.
#[derive(Clone, Debug)]
struct Layers {
    edition: Edition,
    order: &'static str,
    whole: bool,
    labels: Vec<u8>,
    annotation: (Vec<u8>, Vec<u8>),
    objects: Vec<Selecting>,
    profile: Option<(Vec<u8>, Option<u8>)>,
    environment: (Vec<u8>, Vec<u8>),
}

/// A PodNetworking that demands labels of a pod.
#[derive(Clone, Debug)]
struct Selecting {
    labels: Vec<u8>,
    is_ready: bool,
    vswitches: Vec<u8>,
    groups: Vec<u8>,
}

fn layers() -> impl Strategy<Value = Layers> {
    let some = || prop::collection::vec(0_u8..9, 0..3);
    let labels = || subsequence(vec![0_u8, 1, 2, 3], 0..=3);
    let object =
        (labels(), prop::bool::weighted(0.8), some(), some()).prop_map(|(labels, is_ready, vswitches, groups)| {
            Selecting {
                labels,
                is_ready,
                vswitches,
                groups,
            }
        });
    let orders = [
        "AnnotationPodNetworkingProfile",
        "PodNetworkingAnnotationProfile",
        "AnnotationProfilePodNetworking",
    ];
    (
        prop::sample::select(&Edition::ALL[..]),
        prop::sample::select(orders.to_vec()),
        any::<bool>(),
        labels(),
        (some(), some()),
        prop::collection::vec(object, 0..5),
        prop::option::of((some(), prop::option::of(0_u8..9))),
        (some(), some()),
    )
        .prop_map(
            |(edition, order, whole, labels, annotation, objects, profile, environment)| Layers {
                edition,
                order,
                whole,
                labels,
                annotation,
                objects,
                profile,
                environment,
            },
        )
}

fn ids<T: std::str::FromStr<Err = eci_model::IdError>>(prefix: &str, numbers: &[u8]) -> Vec<T> {
    numbers
        .iter()
        .map(|number| format!("{prefix}-{number}").parse().expect("an id"))
        .collect()
}

fn labels(numbers: &[u8]) -> BTreeMap<String, String> {
    numbers
        .iter()
        .map(|number| (format!("l{number}"), "x".to_owned()))
        .collect()
}

/// What stands around the layers and must not matter.
#[derive(Clone, Debug, Default)]
struct Noise {
    pod: Pod,
    inventory: Inventory,
}

impl Layers {
    fn objects(&self) -> Vec<PodNetworking> {
        let object = |(index, object): (usize, &Selecting)| {
            let json = serde_json::json!({
                "metadata": {"name": format!("n{index}")},
                "spec": {"selector": {"podSelector": {"matchLabels": labels(&object.labels)}},
                         "vSwitchOptions": ids::<VSwitchId>("vsw", &object.vswitches).iter().map(VSwitchId::as_str).collect::<Vec<_>>(),
                         "securityGroupIDs": ids::<SecurityGroupId>("sg", &object.groups).iter().map(SecurityGroupId::as_str).collect::<Vec<_>>()},
                "status": {"status": if object.is_ready { "Ready" } else { "Fail" }},
            });
            serde_json::from_value(json).expect("a PodNetworking")
        };
        self.objects.iter().enumerate().map(object).collect()
    }

    fn resolve(&self, objects: Vec<PodNetworking>, noise: &Noise) -> Resolution {
        let mut policies = Policies::default();
        policies.set("NetworkOrder", self.order).expect("a choice");
        let granularity = if self.whole { "WholeLayer" } else { "PerField" };
        policies.set("MergeGranularity", granularity).expect("a choice");
        let origin = || Origin::PodAnnotation {
            key: "k8s.aliyun.com/x".into(),
        };
        let mut settings = Settings::default();
        let (vswitches, groups) = &self.annotation;
        settings.vswitches = (!vswitches.is_empty()).then(|| Given::new(List(ids("vsw", vswitches)), origin()));
        settings.security_groups = (!groups.is_empty()).then(|| Given::new(List(ids("sg", groups)), origin()));

        let labels = labels(&self.labels);
        let view = Object::from(&noise.pod).pod().expect("a pod");
        let pod = EffectivePod::new(view, Overlay::of(Some(&labels)), Overlay::default(), &settings);
        let networkings = PodNetworkings::from_iter(objects);
        let profile = self.profile.as_ref().map(|(vswitches, group)| {
            let group: Vec<SecurityGroupId> = ids("sg", group.as_slice());
            (ids::<VSwitchId>("vsw", vswitches), group)
        });
        let environment = (ids("vsw", &self.environment.0), ids("sg", &self.environment.1));
        let facts = NetworkFacts {
            pod_networkings: Some(&networkings),
            profile: profile.as_ref().map(|(vswitches, group)| ProfileNetwork {
                vswitches,
                security_group: group.first(),
                ..ProfileNetwork::default()
            }),
            environment: Environment {
                vswitches: &environment.0,
                security_groups: &environment.1,
            },
            inventory: Some(&noise.inventory),
            ..NetworkFacts::default()
        };
        resolve(
            &pod,
            None,
            &facts,
            &Site::new(self.edition, &policies),
            &mut Findings::new(),
        )
    }

    /// The pages, read a second time: which PodNetworking, then the first layer that says something.
    fn read_again(&self) -> (Vec<u8>, Vec<u8>) {
        let acts = self.edition != Edition::SelfManaged;
        let selects = |object: &&Selecting| object.is_ready && object.labels.iter().all(|it| self.labels.contains(it));
        let matching: Vec<&Selecting> = self.objects.iter().filter(|_| acts).filter(selects).collect();
        let says = |list: &[u8]| (!list.is_empty()).then(|| Some(list.to_vec()));
        // A field is unknown (`Some(None)`) where one of several objects says something.
        let of_objects = |field: fn(&Selecting) -> &Vec<u8>| match matching.as_slice() {
            [] => None,
            [one] => says(field(one)),
            several => several.iter().any(|object| !field(object).is_empty()).then_some(None),
        };
        let mut groups_of_object = of_objects(|object| &object.groups);
        if self.edition == Edition::AckServerless
            && let Some(Some(groups)) = &mut groups_of_object
        {
            groups.truncate(1);
        }
        let object = (of_objects(|object| &object.vswitches), groups_of_object);
        let annotation = (says(&self.annotation.0), says(&self.annotation.1));
        let profile = match &self.profile {
            Some((vswitches, group)) => (says(vswitches), says(group.as_slice())),
            None => (None, None),
        };
        let environment = (says(&self.environment.0), says(&self.environment.1));
        let order = match self.order {
            "PodNetworkingAnnotationProfile" => [object, annotation, profile, environment],
            "AnnotationProfilePodNetworking" => [annotation, profile, object, environment],
            _ => [annotation, object, profile, environment],
        };
        let decided = if self.whole {
            let first = order
                .into_iter()
                .find(|(vswitches, groups)| vswitches.is_some() || groups.is_some());
            first.unwrap_or_default()
        } else {
            let vswitches = order.iter().find_map(|(vswitches, _)| vswitches.clone());
            (vswitches, order.iter().find_map(|(_, groups)| groups.clone()))
        };
        (
            decided.0.flatten().unwrap_or_default(),
            decided.1.flatten().unwrap_or_default(),
        )
    }
}

/// Objects that select none of the pods above, with a name anywhere in the order of names.
fn unrelated() -> impl Strategy<Value = Vec<PodNetworking>> {
    let object = ("[a-z][0-9]?", 0_u8..9).prop_map(|(name, number)| {
        let json = serde_json::json!({
            "metadata": {"name": format!("u{name}")},
            "spec": {"selector": {"podSelector": {"matchLabels": {"other": name}}}, "vSwitchOptions": [format!("vsw-{number}")]},
        });
        serde_json::from_value(json).expect("a PodNetworking")
    });
    prop::collection::vec(object, 0..4)
}

fn noise() -> impl Strategy<Value = Noise> {
    ("[a-z]{1,8}", "[a-z]{1,8}", prop::collection::vec(0_u8..9, 0..4)).prop_map(|(name, image, known)| {
        let pod = serde_json::json!({
            "metadata": {"name": name, "annotations": {"team": image}},
            "spec": {"containers": [{"name": "main", "image": image}]},
        });
        let mut inventory = Inventory::default();
        for id in ids("vsw", &known) {
            let mut vswitch = KnownVSwitch::new(id);
            vswitch.zone = Some("cn-hangzhou-h".parse().expect("a zone"));
            inventory.insert_vswitch(vswitch);
        }
        Noise {
            pod: serde_json::from_value(pod).expect("a pod"),
            inventory,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn it_is_what_the_pages_say(layers in layers()) {
        let resolution = layers.resolve(layers.objects(), &Noise::default());
        let (vswitches, groups) = layers.read_again();
        prop_assert_eq!(resolution.candidates(), ids::<VSwitchId>("vsw", &vswitches));
        prop_assert_eq!(resolution.groups(), ids::<SecurityGroupId>("sg", &groups));
    }

    #[test]
    fn only_the_layers_decide(layers in layers(), noise in noise()) {
        let plain = layers.resolve(layers.objects(), &Noise::default());
        prop_assert_eq!(plain, layers.resolve(layers.objects(), &noise));
    }

    #[test]
    fn the_order_of_objects_and_unrelated_ones_are_irrelevant(
        (layers, mut objects) in layers().prop_flat_map(|layers| {
            let objects = Just(layers.objects()).prop_shuffle();
            (Just(layers), objects)
        }),
        unrelated in unrelated(),
    ) {
        let plain = layers.resolve(layers.objects(), &Noise::default());
        objects.splice(0..0, unrelated);
        prop_assert_eq!(plain, layers.resolve(objects, &Noise::default()));
    }

    #[test]
    fn several_matches_are_never_silently_one(layers in layers()) {
        let resolution = layers.resolve(layers.objects(), &Noise::default());
        if let Match::Ambiguous(names) = &resolution.pod_networking {
            prop_assert!(names.len() > 1 && names.is_sorted());
            let of_object = |origin: &Origin| matches!(origin, Origin::PodNetworking { .. });
            let decided = resolution.vswitches.iter().map(eci_model::Decided::origin).chain(resolution.security_groups.iter().map(eci_model::Decided::origin));
            prop_assert!(!decided.into_iter().any(of_object));
        }
    }
}
