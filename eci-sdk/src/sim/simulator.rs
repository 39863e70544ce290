//! The async shell around the world.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use eci_model::api::{Action, Answer, Operation};
use tokio::time::Instant as TokioInstant;

use super::speed::Speed;
use super::time::Instant;
use super::world::World;
use crate::backend::{Backend, BackendError};

/// A world as a backend, on the time of tokio.
///
/// Under a paused runtime an hour takes milliseconds: the world follows tokio's clock whenever it is asked something. Clones share one
/// world.
///
/// # Example
/// ```
/// use std::time::Duration;
/// use eci_model::api::{Container, CreateContainerGroup, DescribeContainerGroups};
/// use eci_sdk::backend::BackendExt;
/// use eci_sdk::sim::{Simulator, World};
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build()?.block_on(async {
/// let simulator = Simulator::new(World::ideal());
/// let request = CreateContainerGroup {
///     region_id: "cn-hangzhou".into(),
///     container_group_name: "web".into(),
///     vswitch_id: Some("vsw-bp1xpiowfm5vo8o3c1h01".into()),
///     container: vec![Container { name: "main".into(), image: "shop/web:1.4".into(), ..Default::default() }],
///     ..Default::default()
/// };
/// simulator.send(request).await?;
/// tokio::time::sleep(Duration::from_secs(60)).await;
/// let answer = simulator.send(DescribeContainerGroups { region_id: "cn-hangzhou".into(), ..Default::default() }).await?;
/// assert_eq!(answer.container_groups[0].status.as_deref(), Some("Running"));
/// # Ok::<(), eci_sdk::backend::BackendError>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Simulator {
    world: Arc<Mutex<World>>,
    /// Where the world stood then: a loaded one does not begin anew.
    offset: Instant,
    began: TokioInstant,
    speed: Speed,
}

impl Simulator {
    /// A backend whose world begins now, in tokio's time.
    pub fn new(world: World) -> Self {
        Self::at(world, Speed::REAL)
    }

    /// A backend whose world goes faster than tokio's time, for use behind a socket where nobody can pause the time.
    ///
    /// # Example
    /// ```
    /// use eci_sdk::sim::{Simulator, Speed, World};
    ///
    /// // A minute of the world takes a second.
    /// let simulator = Simulator::at(World::ideal(), Speed::times(60)?);
    /// assert_eq!(simulator.speed().to_string(), "60x");
    /// # Ok::<(), eci_sdk::sim::SpeedError>(())
    /// ```
    pub fn at(world: World, speed: Speed) -> Self {
        Self {
            offset: world.now(),
            world: Arc::new(Mutex::new(world)),
            began: TokioInstant::now(),
            speed,
        }
    }

    /// How fast its world goes.
    pub const fn speed(&self) -> Speed {
        self.speed
    }

    /// Looks at the world, or changes it, at the present moment.
    pub fn with_world<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        let mut world = self.lock();
        let now = self.offset + self.speed.scale(self.began.elapsed());
        world.advance(now);
        look(&mut world)
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        // A panic of another caller leaves the world between two steps at worst; every step leaves it usable.
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Backend for Simulator {
    async fn call(&self, operation: &Operation) -> Result<Answer, BackendError> {
        self.with_world(|world| world.apply(operation))
    }

    fn supports(&self, action: Action) -> bool {
        self.lock().supports(action)
    }
}

impl fmt::Display for Simulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "simulator(seed {})", self.lock().seed())
    }
}
