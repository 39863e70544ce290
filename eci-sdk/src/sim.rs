//! A cloud on a laptop: the world on virtual time, pods in it, and a backend around it.
//!
//! [`World`] is pure: operations and time go in, answers and events come out, and the same seed gives the same journal. [`PodWorld`] joins
//! it with the planner: pods go in, what the platform would write on the API server comes out. [`Simulator`] is the async backend.
//!
//! What the platform documents, the world does; where no page says anything, the tables below say *assumed*.
#![doc = ""]
#![doc = include_str!("sim/PARITY.md")]

mod apply;
mod blueprint;
mod commit;
mod container;
mod data_cache;
mod describe;
mod eip;
mod event;
mod fault;
mod fault_kind;
mod fingerprint;
mod group;
mod image_cache;
mod inside;
mod inventory;
mod journal;
mod limit;
mod list;
mod metric;
mod network;
mod planned_fault;
mod pods;
mod probe;
mod random;
mod run;
mod saved;
mod schedule;
mod script;
mod settings;
mod shape;
mod shelf;
mod simulator;
mod speed;
mod spot;
mod strike;
mod tag;
mod time;
mod timers;
mod update;
mod virtual_node;
mod world;

#[cfg(test)]
mod tests;

pub use event::{Event, Happening};
pub use fault::{Fault, FaultError};
pub use fault_kind::{FaultKind, FaultPart, UnknownFault};
pub use journal::{Entry, Journal};
pub use planned_fault::{PlannedFault, PlannedFaultError};
pub use pods::{PodChange, PodError, PodWorld, SavedPods};
pub use saved::{SaveError, Saved};
pub use script::{Behaviour, Hook, ImageScript, LogLine, Scripts, Usage};
pub use settings::{OutOfStock, Range, Rates, VSwitch, WorldSettings};
pub use simulator::Simulator;
pub use speed::{PausedTime, Speed, SpeedError, require_running_time};
pub use strike::FaultCount;
pub use time::Instant;
pub use world::World;
