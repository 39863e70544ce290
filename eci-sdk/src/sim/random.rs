//! Numbers that look random and are the same for the same seed, on every machine and in every version.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What a number is drawn for. Each concern has its own stream, so that drawing for one never changes another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Concern {
    Scheduling = 1,
    Placement = 2,
    Pull = 3,
    Start = 4,
    Run = 5,
    Identity = 6,
    Fault = 7,
}

/// The source of all numbers of a world; it holds no state but the seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chance {
    seed: u64,
}

impl Chance {
    pub(super) const fn new(seed: u64) -> Self {
        Self { seed }
    }

    pub(super) const fn seed(self) -> u64 {
        self.seed
    }

    /// A number for the `draw`-th decision of a concern about an entity.
    pub(super) fn number(self, concern: Concern, entity: u32, draw: u32) -> u64 {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&self.seed.to_le_bytes());
        bytes[8..12].copy_from_slice(&draw.to_le_bytes());
        let mut generator = ChaCha8Rng::from_seed(bytes);
        generator.set_stream((concern as u64) << 32 | u64::from(entity));
        generator.next_u64()
    }

    /// A number from `low` to `high`, both included; `low` when the range is empty.
    pub(super) fn between(self, concern: Concern, entity: u32, draw: u32, low: u64, high: u64) -> u64 {
        match high.checked_sub(low).and_then(|width| width.checked_add(1)) {
            Some(width) => low + self.number(concern, entity, draw) % width,
            None => low,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_question_has_the_same_answer() {
        let chance = Chance::new(7);
        assert_eq!(chance.number(Concern::Pull, 3, 0), chance.number(Concern::Pull, 3, 0));
        assert_ne!(chance.number(Concern::Pull, 3, 0), chance.number(Concern::Pull, 3, 1));
        assert_ne!(chance.number(Concern::Pull, 3, 0), chance.number(Concern::Start, 3, 0));
        assert_ne!(
            chance.number(Concern::Pull, 3, 0),
            Chance::new(8).number(Concern::Pull, 3, 0)
        );
    }

    #[test]
    fn the_stream_is_fixed_for_ever() {
        // A change of this number would change every recorded journal.
        assert_eq!(
            Chance::new(7).number(Concern::Scheduling, 0, 0),
            2_301_523_547_682_202_894
        );
    }

    #[test]
    fn ranges_hold_their_bounds() {
        let chance = Chance::new(1);
        for draw in 0..200 {
            let number = chance.between(Concern::Run, 0, draw, 10, 12);
            assert!((10..=12).contains(&number));
        }
        assert_eq!(chance.between(Concern::Run, 0, 0, 5, 5), 5);
        assert_eq!(chance.between(Concern::Run, 0, 0, 5, 4), 5);
    }
}
