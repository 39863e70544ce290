//! The data file, typed.

use std::fs;
use std::path::Path;

use eci_model::spec::Size;
use eci_model::{Cpu, Memory};
use serde::Deserialize;
use serde_json::Number;

/// The parts of `data/specs.json` that tests and tables need.
#[derive(Deserialize)]
pub(crate) struct Data {
    pub(crate) grids: Vec<Grid>,
    pub(crate) finer_regions: FinerRegions,
    pub(crate) categories: Vec<Category>,
    pub(crate) roundings: Vec<Rounding>,
    pub(crate) bands: Vec<Band>,
    pub(crate) families: Families,
    pub(crate) retired_families: Vec<Retired>,
    pub(crate) gpus_other_than_named: Vec<Gpus>,
    pub(crate) prices: Vec<Prices>,
    pub(crate) sources: std::collections::BTreeMap<String, Source>,
}

#[derive(Deserialize)]
pub(crate) struct Grid {
    pub(crate) name: String,
    #[serde(rename = "where")]
    pub(crate) place: String,
    pub(crate) source: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

#[derive(Deserialize)]
pub(crate) struct Row {
    pub(crate) vcpu: Number,
    pub(crate) gib: Vec<Number>,
}

#[derive(Deserialize)]
pub(crate) struct FinerRegions {
    pub(crate) regions: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Category {
    pub(crate) name: String,
    pub(crate) base: Vec<Row>,
    pub(crate) regional: Vec<Row>,
}

#[derive(Deserialize)]
pub(crate) struct Rounding {
    pub(crate) grid: String,
    pub(crate) vcpu: Number,
    pub(crate) gib: Number,
    pub(crate) billed: Option<(Number, Number)>,
    pub(crate) origin: String,
    pub(crate) source: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Band {
    pub(crate) vcpu_over: u32,
    pub(crate) vcpu_to: u32,
    pub(crate) gib_over: u32,
    pub(crate) gib_to: u32,
    pub(crate) vcpu_first: (Number, Number),
    pub(crate) least_price: (Number, Number),
}

#[derive(Deserialize)]
pub(crate) struct Families {
    pub(crate) date: String,
    pub(crate) vnode_date: String,
    pub(crate) rows: Vec<Family>,
}

#[derive(Deserialize)]
pub(crate) struct Family {
    pub(crate) family: String,
    pub(crate) arch: String,
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) generation: u8,
    #[serde(default)]
    pub(crate) local_disk: bool,
    pub(crate) vnode: bool,
    pub(crate) source: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Retired {
    pub(crate) family: String,
    pub(crate) date: String,
}

#[derive(Deserialize)]
pub(crate) struct Gpus {
    #[serde(rename = "type")]
    pub(crate) ecs: String,
    pub(crate) gpus: u64,
}

#[derive(Deserialize)]
pub(crate) struct Prices {
    pub(crate) currency: String,
    pub(crate) date: String,
    pub(crate) vcpu: String,
    pub(crate) economy_vcpu: String,
    pub(crate) gib: String,
    pub(crate) disk_gib: String,
}

#[derive(Deserialize)]
pub(crate) struct Source {
    pub(crate) title: String,
    pub(crate) date: String,
}

impl Data {
    pub(crate) fn read() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/specs.json");
        let text = fs::read_to_string(path).expect("a file of the crate");
        serde_json::from_str(&text).expect("the shape of the data")
    }
}

/// vCPU of a number of the data.
pub(crate) fn cpu(vcpu: &Number) -> Cpu {
    let quantity: eci_model::Quantity = vcpu.to_string().parse().expect("a number");
    quantity.cpu().expect("vCPU")
}

/// Memory of a number of GiB.
pub(crate) fn memory(gib: &Number) -> Memory {
    let quantity: eci_model::Quantity = format!("{gib}Gi").parse().expect("a number");
    quantity.memory().expect("memory")
}

/// The sizes of some rows, in order.
pub(crate) fn sizes(rows: &[Row]) -> Vec<Size> {
    let row = |row: &Row| {
        let cpu = cpu(&row.vcpu);
        row.gib
            .iter()
            .map(move |gib| Size::new(cpu, memory(gib)))
            .collect::<Vec<_>>()
    };
    rows.iter().flat_map(row).collect()
}

/// The size of a pair of the data.
pub(crate) fn size((vcpu, gib): &(Number, Number)) -> Size {
    Size::new(cpu(vcpu), memory(gib))
}
