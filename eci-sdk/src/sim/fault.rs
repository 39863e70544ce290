//! Bad days: what goes wrong in a world when somebody says so.

use std::fmt;

use super::group::RunState;
use super::saved::Input;
use super::settings::OutOfStock;
use super::world::World;

/// Something that goes wrong, at the present moment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// A spot instance is asked back: a notice now, the end three minutes later (Create a preemptible instance, 2024-11-19).
    SpotReclaim {
        /// The id of the group.
        group: Box<str>,
    },
    /// Something cannot be had any more.
    StockOut(OutOfStock),
    /// It can be had again.
    StockBack(OutOfStock),
    /// An image cannot be pulled any more.
    ImageGone {
        /// The image, without tag.
        image: Box<str>,
    },
    /// It can be pulled again.
    ImageBack {
        /// The image, without tag.
        image: Box<str>,
    },
    /// A container exits.
    ContainerExit {
        /// The id of the group.
        group: Box<str>,
        /// The container.
        container: Box<str>,
        /// Its code.
        code: i32,
    },
}

/// Why a fault met nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FaultError {
    /// No group of that id.
    #[error("there is no container group `{0}`")]
    NoGroup(Box<str>),
    /// The group does not run on spot capacity.
    #[error("container group `{0}` does not use spot capacity")]
    NotSpot(Box<str>),
    /// The group has no place yet, or not any more.
    #[error("container group `{0}` holds no capacity that could be taken back")]
    HoldsNothing(Box<str>),
    /// The group has no such container, or it does not run.
    #[error("container group `{group}` has no running container `{container}`")]
    NotRunning {
        /// The group.
        group: Box<str>,
        /// The container.
        container: Box<str>,
    },
}

impl World {
    /// Lets something go wrong.
    ///
    /// # Errors
    /// [`FaultError`] when there is nothing it could happen to.
    pub fn fault(&mut self, fault: Fault) -> Result<(), FaultError> {
        self.came_in(|| Input::Fault(fault.clone()));
        match fault {
            Fault::SpotReclaim { group } => self.ask_spot_back(&group),
            Fault::ContainerExit { group, container, code } => self.let_exit(&group, &container, code),
            Fault::StockOut(stock) => {
                self.settings.out_of_stock.push(stock);
                self.market_changed();
                Ok(())
            }
            Fault::StockBack(stock) => {
                self.settings.out_of_stock.retain(|closed| *closed != stock);
                Ok(())
            }
            Fault::ImageGone { image } => {
                self.settings.scripts.image(&image).pullable = false;
                Ok(())
            }
            Fault::ImageBack { image } => {
                self.settings.scripts.image(&image).pullable = true;
                Ok(())
            }
        }
    }

    fn ask_spot_back(&mut self, id: &str) -> Result<(), FaultError> {
        let key = self.key(id).ok_or_else(|| FaultError::NoGroup(id.into()))?;
        match self.group(key) {
            Some(group) if !group.blueprint.spot || group.degraded => return Err(FaultError::NotSpot(id.into())),
            Some(group) if group.state.is_billed() && !group.deleting => {}
            _ => return Err(FaultError::HoldsNothing(id.into())),
        }
        self.spot_notice(key);
        Ok(())
    }

    fn let_exit(&mut self, id: &str, container: &str, code: i32) -> Result<(), FaultError> {
        let key = self.key(id).ok_or_else(|| FaultError::NoGroup(id.into()))?;
        let not_running = || FaultError::NotRunning {
            group: id.into(),
            container: container.into(),
        };
        let group = self.group(key).ok_or_else(not_running)?;
        let position = group
            .blueprint
            .containers
            .iter()
            .position(|plan| &*plan.name == container);
        let index = position.ok_or_else(not_running)?;
        let run = group
            .containers
            .get(index)
            .filter(|run| matches!(run.state, RunState::Running { .. }));
        let restarts = run.ok_or_else(not_running)?.restarts;
        let index = u16::try_from(index).map_err(|_| not_running())?;
        self.exit(key, index, restarts, code);
        Ok(())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SpotReclaim { group } => write!(f, "spot reclaim of {group}"),
            Self::StockOut(stock) => write!(f, "no stock of {stock}"),
            Self::StockBack(stock) => write!(f, "stock of {stock} again"),
            Self::ImageGone { image } => write!(f, "image {image} gone"),
            Self::ImageBack { image } => write!(f, "image {image} back"),
            Self::ContainerExit { group, container, code } => write!(f, "exit {code} of {container} in {group}"),
        }
    }
}
