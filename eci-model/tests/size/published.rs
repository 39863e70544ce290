//! Every example and table of the data, as facts about the grids.

use eci_model::policy::Rounding;
use eci_model::settings::ComputeCategory;
use eci_model::spec::{Grid, Size};
use eci_model::{Cpu, Memory};

use crate::data::{Data, cpu, memory, size, sizes};

fn grid(name: &str) -> Grid {
    let (category, bare) = match name.split_once('_') {
        Some(("economy", bare)) => (Some(ComputeCategory::Economy), bare),
        Some(("general", bare)) => (Some(ComputeCategory::General), bare),
        Some((other, _)) => panic!("no category {other}"),
        None => (None, name),
    };
    let grid = match bare {
        "base" => Grid::BASE,
        "regional" => Grid::REGIONAL,
        "spot" => Grid::SPOT,
        other => panic!("no grid {other}"),
    };
    category.map_or(grid, |category| grid.of_category(category))
}

#[test]
fn every_example_comes_out_under_both_likely_readings() {
    let data = Data::read();
    let mut seen = 0;
    for example in &data.roundings {
        if example.origin == "documented-conflict" {
            continue;
        }
        let asked = Size::new(cpu(&example.vcpu), memory(&example.gib));
        let billed = example.billed.as_ref().map(size);
        for rounding in [Rounding::VcpuFirst, Rounding::LeastPrice] {
            let found = grid(&example.grid).round_up(asked, rounding);
            assert_eq!(found, billed, "{asked} on the {} grid by {rounding}", example.grid);
        }
        seen += 1;
    }
    assert_eq!(seen, 36);
}

#[test]
fn the_published_examples_come_out_by_distance_too() {
    for example in Data::read()
        .roundings
        .iter()
        .filter(|example| example.origin == "documented")
    {
        let asked = Size::new(cpu(&example.vcpu), memory(&example.gib));
        let found = grid(&example.grid).round_up(asked, Rounding::Nearest);
        assert_eq!(found, example.billed.as_ref().map(size), "{asked}");
    }
}

/// The page's text says 8-16, its own table has 8-14.
#[test]
fn the_example_that_contradicts_its_table_follows_the_table() {
    let asked = "7-13Gi".parse().expect("a size");
    let general = |grid: Grid| {
        let billed = grid
            .of_category(ComputeCategory::General)
            .round_up(asked, Rounding::VcpuFirst);
        billed.expect("it fits").to_string()
    };
    assert_eq!(
        (general(Grid::REGIONAL).as_str(), general(Grid::BASE).as_str()),
        ("8-14Gi", "8-16Gi")
    );
}

#[test]
fn categories_are_the_published_parts_of_the_grids() {
    for category in Data::read().categories {
        for (bare, rows) in [("base", &category.base), ("regional", &category.regional)] {
            let part = grid(&format!("{}_{bare}", category.name));
            assert_eq!(part.sizes().collect::<Vec<_>>(), sizes(rows), "{part}");
        }
    }
}

/// Everywhere on the grids of whole and half GiB, the two readings differ in the three bands and nowhere else.
#[test]
fn price_and_vcpu_disagree_in_three_bands_only() {
    let data = Data::read();
    let half = |n: u32| Memory::from_mib(n * 512);
    for grid in [Grid::BASE, Grid::REGIONAL, Grid::SPOT] {
        for vcpu in 1..=64 {
            for halves in 1..=1024 {
                let asked = Size::new(Cpu::from_vcpu(vcpu), half(halves));
                let band = data.bands.iter().find(|band| {
                    let memory = asked.memory;
                    let over = vcpu > band.vcpu_over && memory > Memory::from_gib(band.gib_over);
                    over && vcpu <= band.vcpu_to && memory <= Memory::from_gib(band.gib_to)
                });
                let first = grid.round_up(asked, Rounding::VcpuFirst);
                let least = grid.round_up(asked, Rounding::LeastPrice);
                match band {
                    Some(band) => assert_eq!(
                        (first, least),
                        (Some(size(&band.vcpu_first)), Some(size(&band.least_price))),
                        "{asked} on the {grid}"
                    ),
                    None => assert_eq!(first, least, "{asked} on the {grid}"),
                }
            }
        }
    }
}
