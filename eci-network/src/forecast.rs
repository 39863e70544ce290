//! Whether the pods of several workloads find an address each.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use eci_model::{Location, VSwitchId};

use crate::facts::Inventory;

/// What a workload asks of the addresses: a digest, so that workloads can be taken in one at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressDemand {
    /// Where the number of replicas stands.
    pub place: Location,
    /// The vSwitches whose addresses its pods may take.
    pub vswitches: Vec<VSwitchId>,
    /// How many addresses its pods take: replicas, twice with fixed addresses.
    pub now: u64,
    /// The same when an autoscaler has gone to its limit.
    pub most: u64,
}

/// Workloads that do not find enough addresses, and the vSwitches they share.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Shortage {
    /// Positions of the demands.
    pub demands: Vec<usize>,
    /// The vSwitches; every other vSwitch is of no use to these workloads.
    pub vswitches: Vec<VSwitchId>,
    /// How many addresses are wanted.
    pub wanted: u64,
    /// How many are free.
    pub free: u64,
}

/// What stays free on the vSwitches that workloads share.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rest {
    /// Positions of the demands.
    pub demands: Vec<usize>,
    /// The vSwitches.
    pub vswitches: Vec<VSwitchId>,
    /// How many addresses they could give out at all.
    pub capacity: u64,
    /// How many stay free.
    pub free: u64,
}

/// What becomes of the addresses of an inventory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Forecast {
    /// Groups of workloads that do not find enough addresses.
    pub shortages: Vec<Shortage>,
    /// Groups of workloads that do, and what they leave.
    pub rests: Vec<Rest>,
}

/// How many of a demand's addresses count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replicas {
    /// Those written now.
    Now,
    /// Those an autoscaler may go to.
    Most,
}

/// Places the demands on the vSwitches of an inventory as well as possible, and tells where that fails.
///
/// A pod may live in any vSwitch of its list, so this looks for a way to place all of them rather than counting each vSwitch alone: ten
/// pods on two vSwitches with five free addresses each are no shortage. Demands on a vSwitch whose range is not known are left out.
///
/// # Example
/// ```
/// use eci_model::{FieldPath, Location, ObjectRef};
/// use eci_network::{AddressDemand, Inventory, KnownVSwitch, Replicas, forecast};
///
/// let id: eci_model::VSwitchId = "vsw-bp1xpiowfm5vo8o3c1h01".parse()?;
/// let mut vswitch = KnownVSwitch::new(id.clone());
/// vswitch.range = Some("10.0.8.0/27".parse()?);
/// vswitch.used = 1;
/// let mut inventory = Inventory::default();
/// inventory.insert_vswitch(vswitch);
///
/// let place = Location::new(ObjectRef::new("Deployment", Some("shop"), "web"), FieldPath::of("spec.replicas"));
/// let demand = AddressDemand { place, vswitches: vec![id], now: 40, most: 40 };
/// let forecast = forecast(&inventory, &[demand], Replicas::Now);
/// assert_eq!((forecast.shortages[0].wanted, forecast.shortages[0].free), (40, 27));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn forecast(inventory: &Inventory, demands: &[AddressDemand], replicas: Replicas) -> Forecast {
    let mut network = Network::new(inventory, demands, replicas);
    network.place_all();
    let shortages = groups(network.unplaced().map(|class| network.behind(class)));
    let short: BTreeSet<usize> = shortages
        .iter()
        .flat_map(|group| group.classes.iter().copied())
        .collect();
    let components = groups(network.components());
    let rests = components.iter().filter(|group| group.classes.is_disjoint(&short));
    Forecast {
        shortages: shortages.iter().map(|group| network.shortage(group)).collect(),
        rests: rests.map(|group| network.rest(group)).collect(),
    }
}

/// Classes and vSwitches that belong together.
#[derive(Clone, Debug, Default)]
struct Group {
    classes: BTreeSet<usize>,
    vswitches: BTreeSet<usize>,
}

/// Makes one group of those that share a vSwitch.
fn groups(parts: impl Iterator<Item = Group>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for mut merged in parts {
        groups.retain_mut(|group| {
            let apart = group.vswitches.is_disjoint(&merged.vswitches);
            if !apart {
                merged.classes.append(&mut group.classes);
                merged.vswitches.append(&mut group.vswitches);
            }
            apart
        });
        groups.push(merged);
    }
    groups
}

/// Classes of demands with the same vSwitches on one side, vSwitches on the other, and how many addresses flow between them.
struct Network<'a> {
    classes: Vec<Class>,
    vswitches: Vec<Supply<'a>>,
    flow: BTreeMap<(usize, usize), u64>,
}

struct Class {
    demands: Vec<usize>,
    vswitches: BTreeSet<usize>,
    wanted: u64,
    unplaced: u64,
}

struct Supply<'a> {
    id: &'a VSwitchId,
    capacity: u64,
    free: u64,
    left: u64,
}

impl<'a> Network<'a> {
    fn new(inventory: &Inventory, demands: &'a [AddressDemand], replicas: Replicas) -> Self {
        let mut network = Self {
            classes: Vec::new(),
            vswitches: Vec::new(),
            flow: BTreeMap::new(),
        };
        let mut positions = BTreeMap::new();
        let mut classes: BTreeMap<BTreeSet<usize>, usize> = BTreeMap::new();
        for (position, demand) in demands.iter().enumerate() {
            let supply = |id| network.supply(inventory, &mut positions, id);
            let Some(vswitches) = demand.vswitches.iter().map(supply).collect::<Option<BTreeSet<_>>>() else {
                continue;
            };
            if vswitches.is_empty() {
                continue;
            }
            let class = *classes.entry(vswitches.clone()).or_insert_with(|| {
                network.classes.push(Class {
                    demands: Vec::new(),
                    vswitches,
                    wanted: 0,
                    unplaced: 0,
                });
                network.classes.len() - 1
            });
            let class = &mut network.classes[class];
            let wanted = match replicas {
                Replicas::Now => demand.now,
                Replicas::Most => demand.most.max(demand.now),
            };
            class.demands.push(position);
            class.wanted = class.wanted.saturating_add(wanted);
            class.unplaced = class.wanted;
        }
        network
    }

    /// The position of a vSwitch; `None` when its range is not known.
    fn supply(
        &mut self,
        inventory: &Inventory,
        positions: &mut BTreeMap<&'a VSwitchId, usize>,
        id: &'a VSwitchId,
    ) -> Option<usize> {
        if let Some(position) = positions.get(id) {
            return Some(*position);
        }
        let known = inventory.vswitch(id)?;
        let (free, range) = (known.free()?.into(), known.range?);
        self.vswitches.push(Supply {
            id,
            capacity: crate::address::capacity(range).into(),
            free,
            left: free,
        });
        positions.insert(id, self.vswitches.len() - 1);
        Some(self.vswitches.len() - 1)
    }

    /// Moves addresses along shortest paths until no path is left: the largest number that can be placed.
    fn place_all(&mut self) {
        for class in 0..self.classes.len() {
            while self.classes[class].unplaced > 0 && self.place_more(class) {}
        }
    }

    /// Places more of a class, moving pods of others to vSwitches that they may use as well; gives whether it could.
    fn place_more(&mut self, class: usize) -> bool {
        let mut came_from: BTreeMap<usize, (usize, Option<usize>)> = BTreeMap::new();
        let mut seen = BTreeSet::from([class]);
        let mut queue = VecDeque::from([(class, None)]);
        while let Some((current, through)) = queue.pop_front() {
            for &vswitch in &self.classes[current].vswitches {
                if came_from.contains_key(&vswitch) {
                    continue;
                }
                came_from.insert(vswitch, (current, through));
                if self.vswitches[vswitch].left > 0 {
                    self.move_along(&came_from, class, vswitch);
                    return true;
                }
                for other in 0..self.classes.len() {
                    if self.placed(other, vswitch) > 0 && seen.insert(other) {
                        queue.push_back((other, Some(vswitch)));
                    }
                }
            }
        }
        false
    }

    fn move_along(&mut self, came_from: &BTreeMap<usize, (usize, Option<usize>)>, class: usize, end: usize) {
        let mut amount = self.classes[class].unplaced.min(self.vswitches[end].left);
        let mut path = vec![];
        let mut vswitch = Some(end);
        while let Some((to, &(from_class, through))) = vswitch.and_then(|it| Some((it, came_from.get(&it)?))) {
            path.push((from_class, through, to));
            if let Some(through) = through {
                amount = amount.min(self.placed(from_class, through));
            }
            vswitch = through;
        }
        for (from_class, through, to) in path {
            *self.flow.entry((from_class, to)).or_default() += amount;
            if let Some(placed) = through.and_then(|through| self.flow.get_mut(&(from_class, through))) {
                *placed -= amount;
            }
        }
        self.vswitches[end].left -= amount;
        self.classes[class].unplaced -= amount;
    }

    fn placed(&self, class: usize, vswitch: usize) -> u64 {
        self.flow.get(&(class, vswitch)).copied().unwrap_or_default()
    }

    /// The classes that are not wholly placed.
    fn unplaced(&self) -> impl Iterator<Item = usize> {
        (0..self.classes.len()).filter(|class| self.classes[*class].unplaced > 0)
    }

    /// The classes that stand in each other's way with a class that is not placed, and the vSwitches they fill.
    fn behind(&self, class: usize) -> Group {
        let (mut classes, mut vswitches) = (BTreeSet::from([class]), BTreeSet::new());
        let mut queue = VecDeque::from([class]);
        while let Some(current) = queue.pop_front() {
            for &vswitch in &self.classes[current].vswitches {
                if vswitches.insert(vswitch) {
                    let others = (0..self.classes.len()).filter(|other| self.placed(*other, vswitch) > 0);
                    queue.extend(others.filter(|other| classes.insert(*other)));
                }
            }
        }
        Group { classes, vswitches }
    }

    /// Each class with its vSwitches.
    fn components(&self) -> impl Iterator<Item = Group> {
        self.classes.iter().enumerate().map(|(position, class)| Group {
            classes: BTreeSet::from([position]),
            vswitches: class.vswitches.clone(),
        })
    }

    fn shortage(&self, group: &Group) -> Shortage {
        Shortage {
            demands: self.demands_of(group),
            vswitches: self.ids_of(group),
            wanted: group.classes.iter().map(|class| self.classes[*class].wanted).sum(),
            free: self.supplies(group).map(|supply| supply.free).sum(),
        }
    }

    fn rest(&self, group: &Group) -> Rest {
        Rest {
            demands: self.demands_of(group),
            vswitches: self.ids_of(group),
            capacity: self.supplies(group).map(|supply| supply.capacity).sum(),
            free: self.supplies(group).map(|supply| supply.left).sum(),
        }
    }

    fn supplies(&self, group: &Group) -> impl Iterator<Item = &Supply<'a>> {
        group.vswitches.iter().map(|vswitch| &self.vswitches[*vswitch])
    }

    fn demands_of(&self, group: &Group) -> Vec<usize> {
        let demands = group.classes.iter().flat_map(|class| &self.classes[*class].demands);
        let mut demands: Vec<usize> = demands.copied().collect();
        demands.sort_unstable();
        demands
    }

    fn ids_of(&self, group: &Group) -> Vec<VSwitchId> {
        let mut ids: Vec<VSwitchId> = self.supplies(group).map(|supply| supply.id.clone()).collect();
        ids.sort_unstable();
        ids
    }
}
