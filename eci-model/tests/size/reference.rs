//! Sizing a second time: slow, literal, written from the pages alone. It shares no table and no arithmetic with the crate.
//!
//! Amounts are thousandths of a vCPU and MiB... of which the generator only makes whole ones.

use serde_json::Value;

/// Thousandths of a vCPU, and MiB.
pub(crate) type Pair = (u64, u64);

/// One thing to try: a size or the name of a type, and the category.
pub(crate) type Try = (Result<Pair, String>, Option<&'static str>);

/// What the reading of the pages comes to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The sizes and types that are asked for, in order.
    pub(crate) asked: Vec<Result<Pair, String>>,
    /// What is tried, in order.
    pub(crate) tries: Vec<Try>,
    /// `size`, `type` or `spot`, for the first of them.
    pub(crate) mode: Option<&'static str>,
    /// GiB of temporary storage beyond the free amount.
    pub(crate) extra_gib: u64,
}

/// The choices about what no page settles.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choices {
    /// 0: vCPU first, 1: least price, 2: smallest distance.
    pub(crate) rounding: usize,
    pub(crate) rule_of_2021: bool,
    pub(crate) init_counts: bool,
    pub(crate) small_spot_refused: bool,
}

/// Sizes a pod given as JSON with annotations in `metadata`.
pub(crate) fn size(pod: &Value, finer_region: bool, choices: Choices) -> Answer {
    let annotation = |key: &str| pod["metadata"]["annotations"][format!("k8s.aliyun.com/{key}")].as_str();
    let spot = annotation("eci-spot-strategy").is_some();
    let filtered = annotation("eci-instance-family").is_some();
    let arm = pod["spec"]["nodeSelector"]["kubernetes.io/arch"] == "arm64";
    let categories: Vec<&'static str> = match annotation("eci-compute-category") {
        Some(list) if !spot && !filtered && !arm => list.split(',').map(category).collect(),
        _ => Vec::new(),
    };
    let asked = match annotation("eci-use-specs") {
        Some(list) => list.split(',').map(item).collect(),
        None => vec![Ok(sum(pod, choices))],
    };

    let usual = grid(finer_region);
    let mut tries: Vec<Try> = Vec::new();
    for item in &asked {
        let size = match item {
            Err(ecs) => {
                tries.push((Err(ecs.clone()), None));
                continue;
            }
            Ok(size) => *size,
        };
        if spot {
            let without = round(&usual, size, choices.rounding);
            let lacks = (size.0 > 0 && size.0 < 2000) || without.is_some_and(|without| !spot_grid().contains(&without));
            let refused = lacks && choices.small_spot_refused;
            if let Some(size) = round(&spot_grid(), size, choices.rounding).filter(|_| !refused) {
                tries.push((Ok(size), None));
            }
        } else if categories.is_empty() {
            if let Some(size) = round(&usual, size, choices.rounding) {
                tries.push((Ok(size), None));
            }
        } else {
            let mut union: Vec<Pair> = categories.iter().flat_map(|name| part(&usual, name)).collect();
            union.sort_unstable();
            if let Some(size) = round(&union, size, choices.rounding) {
                for name in &categories {
                    if part(&usual, name).contains(&size) {
                        tries.push((Ok(size), Some(name)));
                    }
                }
            }
        }
    }

    let mode = tries.first().map(|(first, _)| {
        if spot {
            "spot"
        } else if first.is_err() || filtered || arm {
            "type"
        } else {
            "size"
        }
    });
    Answer {
        asked,
        tries,
        mode,
        extra_gib: extra(pod, annotation("eci-extra-ephemeral-storage")),
    }
}

/// The table of the page, row by row, and the rows that twelve regions add.
pub(crate) fn grid(finer_region: bool) -> Vec<Pair> {
    let mut sizes: Vec<Pair> = Vec::new();
    let mut row = |milli: u64, mib: &[u64]| sizes.extend(mib.iter().map(|mib| (milli, *mib)));
    let gib = |list: &[u64]| list.iter().map(|gib| gib * 1024).collect::<Vec<_>>();
    row(250, &[512, 1024]);
    row(500, &[1024, 2048]);
    row(1000, &gib(&[2, 4, 8]));
    row(2000, &gib(&[1, 2, 4, 8, 16]));
    row(4000, &gib(&[2, 4, 8, 16, 32]));
    row(8000, &gib(&[4, 8, 16, 32, 64]));
    row(12_000, &gib(&[12, 24, 48, 96]));
    row(16_000, &gib(&[16, 32, 64, 128]));
    row(24_000, &gib(&[24, 48, 96, 192]));
    row(32_000, &gib(&[32, 64, 128, 256]));
    row(52_000, &gib(&[96, 192, 384]));
    row(64_000, &gib(&[128, 256, 512]));
    if finer_region {
        let even = |from: u64, to: u64| {
            (from..=to)
                .filter(|gib| gib % 2 == 0)
                .map(|gib| gib * 1024)
                .collect::<Vec<_>>()
        };
        row(2000, &even(6, 14));
        row(4000, &even(6, 30));
        row(6000, &even(6, 48));
        row(8000, &even(10, 62));
    }
    sizes.sort_unstable();
    sizes.dedup();
    sizes
}

/// From 2 vCPU on the base grid without 2-1, 4-2 and 8-4.
pub(crate) fn spot_grid() -> Vec<Pair> {
    let mut sizes = grid(false);
    sizes.retain(|(milli, mib)| *milli >= 2000 && mib / 1024 * 1000 >= *milli);
    sizes
}

fn category(name: &str) -> &'static str {
    match name {
        "economy" => "economy",
        "general" => "general",
        other => panic!("no category {other}"),
    }
}

/// Economy is 0.25 to 8 vCPU, general 1 to 64.
pub(crate) fn part(grid: &[Pair], category: &str) -> Vec<Pair> {
    let (least, most) = if category == "economy" {
        (250, 8000)
    } else {
        (1000, 64_000)
    };
    grid.iter()
        .copied()
        .filter(|(milli, _)| (least..=most).contains(milli))
        .collect()
}

/// Neither vCPU nor memory may get smaller; what the closest is, is a choice.
pub(crate) fn round(grid: &[Pair], asked: Pair, rounding: usize) -> Option<Pair> {
    let larger = grid
        .iter()
        .copied()
        .filter(|size| size.0 >= asked.0 && size.1 >= asked.1);
    match rounding {
        0 => larger.min(),
        // 0.000049 for a vCPU and 0.00000613 for a GiB, in a unit that leaves whole numbers.
        1 => larger.min_by_key(|(milli, mib)| (milli * 4900 * 1024 + mib * 613 * 1000, *milli)),
        _ => larger.min_by_key(|(milli, mib)| {
            let cpu = u128::from(milli - asked.0) * 1024;
            let memory = u128::from(mib - asked.1) * 1000;
            (cpu * cpu + memory * memory, *milli)
        }),
    }
}

/// `2-4Gi`, or the name of a type.
fn item(text: &str) -> Result<Pair, String> {
    if text.starts_with("ecs.") {
        return Err(text.to_owned());
    }
    let (vcpu, gib) = text.trim_end_matches("Gi").split_once('-').expect("a size");
    Ok((thousandths(vcpu), thousandths(gib) * 1024 / 1000))
}

/// Limits, else requests, else nothing, of containers that are not left out.
fn sum(pod: &Value, choices: Choices) -> Pair {
    let spec = &pod["spec"];
    let of_pod = |resource: &str| amount(&spec["resources"], resource);
    let mut total = (0, 0);
    let mut largest_init = (0, 0);
    let mut add = |container: &Value| {
        let (cpu, memory) = (amount(container, "cpu"), amount(container, "memory"));
        if choices.rule_of_2021 && cpu.is_none() && memory.is_none() {
            total = (total.0 + 1000, total.1 + 2048);
        } else {
            total = (total.0 + cpu.unwrap_or(0), total.1 + memory.unwrap_or(0));
        }
    };
    for container in list(&spec["containers"]).filter(|container| !left_out(container)) {
        add(&container["resources"]);
    }
    for container in list(&spec["initContainers"]).filter(|container| !left_out(container)) {
        let resources = &container["resources"];
        if container["restartPolicy"] == "Always" {
            add(resources);
        } else {
            largest_init.0 = u64::max(largest_init.0, amount(resources, "cpu").unwrap_or(0));
            largest_init.1 = u64::max(largest_init.1, amount(resources, "memory").unwrap_or(0));
        }
    }
    if choices.init_counts {
        total = (total.0.max(largest_init.0), total.1.max(largest_init.1));
    }
    let asked = (of_pod("cpu").unwrap_or(total.0), of_pod("memory").unwrap_or(total.1));
    if asked == (0, 0) { (2000, 4096) } else { asked }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

pub(crate) fn left_out(container: &Value) -> bool {
    list(&container["env"]).any(|var| var["name"] == "__ECI_RESOURCE_IGNORE__" && var["value"] == "TRUE")
}

/// The limit, else the request: thousandths of a vCPU, or MiB.
fn amount(resources: &Value, resource: &str) -> Option<u64> {
    let text = resources["limits"][resource]
        .as_str()
        .or(resources["requests"][resource].as_str())?;
    let thousandths = quantity(text);
    Some(if resource == "cpu" {
        thousandths.div_ceil(1)
    } else {
        thousandths / 1000 / (1 << 20)
    })
}

/// Thousandths of the unit.
fn quantity(text: &str) -> u64 {
    for (suffix, factor) in [("Gi", 1 << 30), ("Mi", 1 << 20), ("m", 0)] {
        if let Some(number) = text.strip_suffix(suffix) {
            return if factor == 0 {
                number.parse().expect("a number")
            } else {
                thousandths(number) * factor
            };
        }
    }
    thousandths(text)
}

/// A decimal number in thousandths.
fn thousandths(number: &str) -> u64 {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = format!("{fraction:0<3}");
    whole.parse::<u64>().expect("a number") * 1000 + digits.parse::<u64>().expect("up to three digits")
}

/// What the annotation adds, or what requests need beyond 30 GiB; the larger counts.
fn extra(pod: &Value, annotation: Option<&str>) -> u64 {
    let requested: u64 = list(&pod["spec"]["containers"])
        .filter_map(|container| {
            let resources = &container["resources"];
            let written = |kind: &str| resources[kind]["ephemeral-storage"].as_str();
            written("requests").or(written("limits"))
        })
        .map(|text| text.trim_end_matches("Gi").parse::<u64>().expect("GiB"))
        .sum();
    let added = annotation.map_or(0, |text| text.trim_end_matches("Gi").parse().expect("GiB"));
    u64::max(added, requested.saturating_sub(30))
}
