//! What is to be said about a size, from the catalogue's conditions.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Answer, Choices, Pair, reading};

const ARM: [&str; 3] = ["g8y", "c8y", "r8y"];
const LOCAL_DISK: [&str; 9] = ["i4", "i4g", "i3", "i3g", "i2", "i2g", "d1", "d1ne", "gn5"];
const GPU: [&str; 14] = [
    "gn8is",
    "gn8ia",
    "gn7e",
    "gn7i",
    "gn7s",
    "gn7",
    "gn6v",
    "gn6e",
    "gn6i",
    "gn5i",
    "gn5",
    "sgn7i-vws",
    "vgn7i-vws",
    "vgn6i-vws",
];

/// What the rules look at.
pub(super) struct Sized<'a> {
    pub(super) pod: &'a Value,
    pub(super) answer: &'a Answer,
    pub(super) finer: bool,
    pub(super) choices: Choices,
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The family of a type; names of GPU types go on with a hyphen: `ecs.gn6i-c4g1.xlarge`.
fn family(spec: &str) -> Option<&str> {
    let name = spec.strip_prefix("ecs.")?.rsplit_once('.')?.0;
    let known = GPU
        .iter()
        .find(|family| name.strip_prefix(**family).is_some_and(|rest| rest.starts_with('-')));
    Some(known.copied().unwrap_or(name))
}

fn has_resources(container: &Value) -> bool {
    ["limits", "requests"].iter().any(|kind| {
        let amounts = &container["resources"][*kind];
        amounts["cpu"].is_string() || amounts["memory"].is_string()
    })
}

fn is_unclassed(family: &str) -> bool {
    ["zz9", "t5", "t6"].contains(&family)
}

impl Sized<'_> {
    fn annotation(&self, key: &str) -> Option<&str> {
        self.pod["metadata"]["annotations"][format!("k8s.aliyun.com/{key}")].as_str()
    }

    fn specs(&self) -> Vec<&str> {
        self.annotation("eci-use-specs")
            .map_or_else(Vec::new, |list| list.split(',').collect())
    }

    fn containers(&self) -> impl Iterator<Item = &Value> {
        list(&self.pod["spec"]["containers"])
    }

    fn counted(&self) -> impl Iterator<Item = &Value> {
        self.containers().filter(|container| !reading::left_out(container))
    }

    /// Whether any container that counts, or the pod, gives a resource.
    fn gives(&self, kinds: &[&str], resource: &str) -> bool {
        let init = list(&self.pod["spec"]["initContainers"]).filter(|container| !reading::left_out(container));
        let all = init.filter(|_| self.choices.init_counts);
        let of_pod = &self.pod["spec"]["resources"];
        let mut all = self
            .counted()
            .chain(all)
            .map(|container| &container["resources"])
            .chain([of_pod]);
        all.any(|resources| kinds.iter().any(|kind| resources[*kind][resource].is_string()))
    }

    pub(super) fn fired(&self) -> BTreeSet<&'static str> {
        let mut fired = BTreeSet::new();
        self.types(&mut fired);
        self.gpu(&mut fired);
        self.inputs(&mut fired);
        self.grids(&mut fired);
        fired
    }

    fn types(&self, fired: &mut BTreeSet<&'static str>) {
        let mut fire = |rule, yes: bool| {
            if yes {
                fired.insert(rule);
            }
        };
        let specs = self.specs();
        let families: Vec<&str> = specs.iter().filter_map(|spec| family(spec)).collect();
        // What no list knows is not classed.
        let classed = specs.iter().filter(|spec| !family(spec).is_some_and(is_unclassed));
        let kind = |spec: &&str| match family(spec) {
            Some(family) if ARM.contains(&family) => "arm",
            Some(family) if GPU.contains(&family) => "gpu",
            Some(family) if LOCAL_DISK.contains(&family) => "disk",
            _ => "other",
        };
        let kinds: BTreeSet<&str> = classed.map(kind).collect();
        fire("specs-mixed-kinds", kinds.len() > 1);
        fire(
            "spec-family-retired",
            families.iter().any(|family| ["t5", "t6"].contains(family)),
        );
        fire("spec-family-unknown", families.contains(&"zz9"));
        let filter = self.annotation("eci-instance-family").is_some();
        let only_types = !specs.is_empty() && specs.len() == families.len();
        fire("filter-bills-by-type", filter && !only_types && self.has_size());
        fire("filter-needs-size", filter && !only_types && !self.has_size());
        let disks = families.iter().any(|family| LOCAL_DISK.contains(family));
        let raid = list(&self.pod["spec"]["volumes"]).any(|volume| volume["emptyDir"]["medium"] == "LocalRaid0");
        fire("local-disk-not-used", disks && !raid);
        fire("local-disk-type-missing", raid && !disks);
    }

    fn has_size(&self) -> bool {
        let kinds = ["limits", "requests"];
        self.annotation("eci-use-specs").is_some()
            || self.gives(&kinds, "cpu")
            || self.gives(&kinds, "memory")
            || self.has_bare()
    }

    /// In 2021 a container without resources counted 1 vCPU 2 GiB.
    fn has_bare(&self) -> bool {
        self.choices.rule_of_2021 && self.counted().any(|container| !has_resources(container))
    }

    fn gpu(&self, fired: &mut BTreeSet<&'static str>) {
        let counts: Vec<u64> = self
            .containers()
            .filter_map(|container| container["resources"]["limits"]["nvidia.com/gpu"].as_str())
            .map(|count| count.parse().expect("a count"))
            .filter(|count| *count > 0)
            .collect();
        let specs = self.specs();
        let types = specs
            .iter()
            .filter(|spec| family(spec).is_some_and(|family| GPU.contains(&family)));
        // The generated GPU types have one.
        let typed = types.count() > 0;
        let unclassed = specs.iter().any(|spec| family(spec).is_some_and(is_unclassed));
        let mut fire = |rule, yes: bool| {
            if yes {
                fired.insert(rule);
            }
        };
        fire("gpu-count-missing", typed && counts.is_empty());
        fire("gpu-type-missing", !typed && !unclassed && !counts.is_empty());
        let over = counts.iter().any(|count| *count > 1);
        fire("gpu-count-over-type", typed && over);
        fire("gpu-shared", typed && !over && counts.iter().sum::<u64>() > 1);
        let driver = self.annotation("eci-gpu-driver-version");
        fire("gpu-driver-without-gpu", driver.is_some() && !typed && !unclassed);
        fire(
            "gpu-driver-version",
            driver.is_some_and(|driver| driver.starts_with("tesla=525")) && typed,
        );
    }

    fn inputs(&self, fired: &mut BTreeSet<&'static str>) {
        let mut fire = |rule, yes: bool| {
            if yes {
                fired.insert(rule);
            }
        };
        let kinds = ["limits", "requests"];
        let asks = self.annotation("eci-use-specs").is_some();
        let (cpu, memory) = (self.gives(&kinds, "cpu"), self.gives(&kinds, "memory"));
        let resourced = |container: &&Value| has_resources(container);
        let left_out = |container: &&Value| reading::left_out(container);
        let ignored = self.containers().filter(left_out).filter(resourced).count();
        let init = list(&self.pod["spec"]["initContainers"])
            .filter(|container| self.choices.init_counts && !reading::left_out(container));
        let counted = self.counted().filter(resourced).count() + init.filter(resourced).count();
        let of_pod = resourced(&&json!({"resources": self.pod["spec"]["resources"]}));
        let bare = self.has_bare();
        let all_ignored = ignored > 0 && counted == 0 && !bare && !of_pod && !asks;
        fire("resource-ignored", ignored > 0 && !all_ignored && !asks);
        fire("resource-ignored-all", all_ignored);
        fire("size-default", !cpu && !memory && !bare && !asks && !all_ignored);
        fire("size-one-sided", cpu != memory && !bare && !asks);
        let shape = |container: &Value| {
            let has = |kind: &str| {
                ["cpu", "memory"]
                    .iter()
                    .any(|name| container["resources"][kind][*name].is_string())
            };
            (has("limits"), has("requests"))
        };
        let limited = self.counted().any(|container| shape(container).0);
        let only_requests = self.counted().any(|container| shape(container) == (false, true));
        fire("size-mixed", limited && only_requests && !of_pod && !asks);
    }

    /// Sizes that the grid of the market and the categories does not hold.
    fn grids(&self, fired: &mut BTreeSet<&'static str>) {
        let spot = self.annotation("eci-spot-strategy").is_some();
        let filter = self.annotation("eci-instance-family").is_some();
        let category = self.annotation("eci-compute-category").filter(|_| !spot && !filter);
        let usual = reading::grid(self.finer);
        let sizes = self.answer.asked.iter().filter_map(|item| item.clone().ok());
        for asked in sizes {
            let rounded = |grid: &[Pair]| reading::round(grid, asked, self.choices.rounding);
            if spot {
                let small = asked.0 > 0 && asked.0 < 2000;
                let lacks = rounded(&usual).is_some_and(|size| !reading::spot_grid().contains(&size));
                match rounded(&reading::spot_grid()) {
                    None => fired.insert("size-too-large"),
                    Some(_) if small || lacks => fired.insert("spot-too-small"),
                    Some(_) => false,
                };
                continue;
            }
            let held = match category {
                None => usual.clone(),
                Some(list) => list.split(',').flat_map(|name| reading::part(&usual, name)).collect(),
            };
            if category == Some("economy") && asked.0 > 8000 {
                fired.insert("category-economy-large");
            } else if rounded(&held).is_none() {
                fired.insert("size-too-large");
            }
        }
    }
}
