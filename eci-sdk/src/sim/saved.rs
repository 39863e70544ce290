//! Worlds that outlive their program: what came in is written down, and done again.

use std::fmt;
use std::io::{Read, Write};

use eci_model::Zone;
use eci_model::api::{Action, Operation};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::fault::Fault;
use super::fingerprint::Fnv;
use super::settings::{OutOfStock, WorldSettings};
use super::time::Instant;
use super::world::World;
use crate::planner::PlanError;

/// The form that is written; another one is refused.
const VERSION: u32 = 1;

/// What came into a world since it began.
#[derive(Clone, Debug)]
pub(super) struct Record {
    /// Of the settings that it began with.
    settings: String,
    inputs: Vec<(Instant, Input)>,
    /// How many entries of the journal were taken.
    pub(super) taken: usize,
}

/// Something that came in.
#[derive(Clone, Debug)]
pub(super) enum Input {
    /// An operation within the published rates.
    Applied(Operation),
    /// An operation whatever the rates say.
    CarriedOut(Operation),
    Fault(Fault),
    CloseSpot(OutOfStock),
    OpenSpot(OutOfStock),
    /// Time passed until then.
    Advanced,
}

/// A world that was saved: its whole history, from which [`World::load`] makes it again.
///
/// The requests in it hold their secrets in the clear, since containers of the loaded world need them. So it is written by
/// [`write_to`](Self::write_to) alone, and printed for programmers it shows numbers.
///
/// # Example
/// ```
/// use std::time::Duration;
/// use eci_sdk::sim::{Saved, World, WorldSettings};
///
/// let settings = WorldSettings::ideal().seed(7);
/// let mut world = World::recorded(settings.clone());
/// world.advance(world.now() + Duration::from_secs(60));
///
/// let mut file = Vec::new();
/// world.save()?.write_to(&mut file)?;
/// let again = World::load(settings, &Saved::read_from(&*file)?)?;
/// assert_eq!(again.fingerprint(), world.fingerprint());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Saved(pub(super) Form);

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Form {
    version: u32,
    settings: String,
    state: String,
    taken: usize,
    events: usize,
    inputs: Vec<(u64, Written)>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Written {
    Applied(Call),
    CarriedOut(Call),
    SpotReclaim {
        group: Box<str>,
    },
    StockOut(Stock),
    StockBack(Stock),
    ImageGone {
        image: Box<str>,
    },
    ImageBack {
        image: Box<str>,
    },
    ContainerExit {
        group: Box<str>,
        container: Box<str>,
        code: i32,
    },
    CloseSpot(Stock),
    OpenSpot(Stock),
    Advanced,
}

#[derive(Clone, Serialize, Deserialize)]
struct Call {
    action: String,
    parameters: Vec<(String, String)>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Stock {
    zone: Option<String>,
    spec: Option<Box<str>>,
}

/// Why a world could not be saved or loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SaveError {
    /// It was not made by [`World::recorded`].
    #[error("the world does not record what comes in")]
    NotRecorded,
    /// An operation has no form on the wire that reads back as the same, such as a create request with an empty probe.
    #[error("{0} cannot be read back from its parameters")]
    NoWireForm(Action),
    /// What was saved is not readable.
    #[error("not a saved world")]
    Unreadable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It was saved in another form.
    #[error("saved in form {found}, expected form {VERSION}")]
    OtherForm {
        /// The form it has.
        found: u32,
    },
    /// The world was saved with other settings.
    #[error("the world was saved with other settings")]
    OtherSettings,
    /// The same inputs led to another state: the world was saved by a version that behaves otherwise.
    #[error("the inputs lead to another state than the saved one, as another version may")]
    OtherState,
    /// A pod of the saved world cannot be planned by the planner that was given.
    #[error("pod {uid} of the saved world cannot be planned")]
    NoPlan {
        /// The pod.
        uid: Box<str>,
        /// Why.
        #[source]
        source: Box<PlanError>,
    },
    /// It could not be written.
    #[error("the saved world could not be written")]
    Unwritten(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl World {
    /// A world that records what comes in, so that it can be saved. The record grows with every operation, reads included.
    pub fn recorded(settings: WorldSettings) -> Self {
        let record = Record {
            settings: Fnv::of(&settings).to_string(),
            inputs: Vec::new(),
            taken: 0,
        };
        let mut world = Self::new(settings);
        world.record = Some(Box::new(record));
        world
    }

    /// Everything that is needed to make this world again; its settings apart, which the caller has.
    ///
    /// # Errors
    /// [`SaveError::NotRecorded`] and [`SaveError::NoWireForm`].
    pub fn save(&self) -> Result<Saved, SaveError> {
        let record = self.record.as_ref().ok_or(SaveError::NotRecorded)?;
        let write = |(at, input): &(Instant, Input)| Ok((at.millis(), Written::of(input)?));
        Ok(Saved(Form {
            version: VERSION,
            settings: record.settings.clone(),
            state: self.fingerprint(),
            taken: record.taken,
            events: self.events.len(),
            inputs: record.inputs.iter().map(write).collect::<Result<_, _>>()?,
        }))
    }

    /// Makes a saved world again, by doing all that was done to it. It goes on as the saved one would, its journal and events that
    /// were not taken included, and it records further.
    ///
    /// # Errors
    /// [`SaveError::OtherSettings`] when the settings are not those of the saved world, [`SaveError::OtherForm`],
    /// [`SaveError::Unreadable`], and [`SaveError::OtherState`] when the state comes out differently.
    pub fn load(settings: WorldSettings, saved: &Saved) -> Result<Self, SaveError> {
        let form = &saved.0;
        if form.version != VERSION {
            return Err(SaveError::OtherForm { found: form.version });
        }
        let mut world = Self::recorded(settings);
        if world
            .record
            .as_ref()
            .is_none_or(|record| record.settings != form.settings)
        {
            return Err(SaveError::OtherSettings);
        }
        let mut events = Vec::new();
        for (at, written) in &form.inputs {
            // An operation that was refused then is refused now, in the same way.
            match written.read()? {
                Input::Applied(operation) => drop(world.apply(&operation)),
                Input::CarriedOut(operation) => drop(world.carry_out(&operation)),
                Input::Fault(fault) => drop(world.fault(fault)),
                Input::CloseSpot(stock) => world.close_spot(stock),
                Input::OpenSpot(stock) => world.open_spot(&stock),
                Input::Advanced => events.extend(world.advance(Instant::from_millis(*at))),
            }
        }
        events.append(&mut world.events);
        let taken = events.len().checked_sub(form.events).ok_or(SaveError::OtherState)?;
        world.events = events.split_off(taken);
        world.journal.forget(form.taken);
        if let Some(record) = &mut world.record {
            record.taken = form.taken;
        }
        if world.fingerprint() == form.state {
            Ok(world)
        } else {
            Err(SaveError::OtherState)
        }
    }

    /// Time passes; one passage after another counts as one.
    pub(super) fn time_passes(&mut self, to: Instant) {
        let to = to.max(self.now);
        let Some(record) = &mut self.record else { return };
        match record.inputs.last_mut() {
            Some((at, Input::Advanced)) => *at = to,
            _ => record.inputs.push((to, Input::Advanced)),
        }
    }

    pub(super) fn came_in(&mut self, input: impl FnOnce() -> Input) {
        let now = self.now;
        if let Some(record) = &mut self.record {
            record.inputs.push((now, input()));
        }
    }
}

impl Saved {
    /// Writes it as JSON. Secrets of the requests stand in it in the clear: whoever calls this answers for where it goes.
    ///
    /// # Errors
    /// [`SaveError::Unwritten`].
    pub fn write_to(&self, writer: impl Write) -> Result<(), SaveError> {
        write(&self.0, writer)
    }

    /// Reads what was written.
    ///
    /// # Errors
    /// [`SaveError::Unreadable`].
    pub fn read_from(reader: impl Read) -> Result<Self, SaveError> {
        read(reader).map(Self)
    }

    /// How many inputs are in it.
    pub fn len(&self) -> usize {
        self.0.inputs.len()
    }

    /// Whether nothing came into the world.
    pub fn is_empty(&self) -> bool {
        self.0.inputs.is_empty()
    }
}

pub(super) fn write(form: &impl Serialize, writer: impl Write) -> Result<(), SaveError> {
    serde_json::to_writer(writer, form).map_err(|error| SaveError::Unwritten(error.into()))
}

pub(super) fn read<F: DeserializeOwned>(reader: impl Read) -> Result<F, SaveError> {
    serde_json::from_reader(reader).map_err(|error| SaveError::Unreadable(error.into()))
}

impl fmt::Debug for Saved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Saved")
            .field("inputs", &self.len())
            .field("state", &self.0.state)
            .finish_non_exhaustive()
    }
}

impl Written {
    fn of(input: &Input) -> Result<Self, SaveError> {
        Ok(match input {
            Input::Applied(operation) => Self::Applied(Call::of(operation)?),
            Input::CarriedOut(operation) => Self::CarriedOut(Call::of(operation)?),
            Input::CloseSpot(stock) => Self::CloseSpot(Stock::of(stock)),
            Input::OpenSpot(stock) => Self::OpenSpot(Stock::of(stock)),
            Input::Advanced => Self::Advanced,
            Input::Fault(fault) => match fault.clone() {
                Fault::SpotReclaim { group } => Self::SpotReclaim { group },
                Fault::StockOut(stock) => Self::StockOut(Stock::of(&stock)),
                Fault::StockBack(stock) => Self::StockBack(Stock::of(&stock)),
                Fault::ImageGone { image } => Self::ImageGone { image },
                Fault::ImageBack { image } => Self::ImageBack { image },
                Fault::ContainerExit { group, container, code } => Self::ContainerExit { group, container, code },
            },
        })
    }

    fn read(&self) -> Result<Input, SaveError> {
        Ok(match self.clone() {
            Self::Applied(call) => Input::Applied(call.read()?),
            Self::CarriedOut(call) => Input::CarriedOut(call.read()?),
            Self::CloseSpot(stock) => Input::CloseSpot(stock.read()?),
            Self::OpenSpot(stock) => Input::OpenSpot(stock.read()?),
            Self::Advanced => Input::Advanced,
            Self::SpotReclaim { group } => Input::Fault(Fault::SpotReclaim { group }),
            Self::StockOut(stock) => Input::Fault(Fault::StockOut(stock.read()?)),
            Self::StockBack(stock) => Input::Fault(Fault::StockBack(stock.read()?)),
            Self::ImageGone { image } => Input::Fault(Fault::ImageGone { image }),
            Self::ImageBack { image } => Input::Fault(Fault::ImageBack { image }),
            Self::ContainerExit { group, container, code } => {
                Input::Fault(Fault::ContainerExit { group, container, code })
            }
        })
    }
}

impl Call {
    fn of(operation: &Operation) -> Result<Self, SaveError> {
        let action = operation.action();
        let parameters = operation.to_parameters();
        if Operation::from_parameters(action, &parameters).as_ref() != Ok(operation) {
            return Err(SaveError::NoWireForm(action));
        }
        Ok(Self {
            action: action.name().to_owned(),
            parameters,
        })
    }

    fn read(&self) -> Result<Operation, SaveError> {
        let action: Action = self
            .action
            .parse()
            .map_err(|error| SaveError::Unreadable(Box::new(error)))?;
        Operation::from_parameters(action, &self.parameters).map_err(|error| SaveError::Unreadable(error.into()))
    }
}

impl Stock {
    fn of(stock: &OutOfStock) -> Self {
        Self {
            zone: stock.zone.as_ref().map(ToString::to_string),
            spec: stock.spec.clone(),
        }
    }

    fn read(self) -> Result<OutOfStock, SaveError> {
        let zone = self.zone.map(|zone| zone.parse::<Zone>()).transpose();
        Ok(OutOfStock {
            zone: zone.map_err(|error| SaveError::Unreadable(error.into()))?,
            spec: self.spec,
        })
    }
}
