//! Numbers that look random and are the same for the same seed, on every machine and in every version.

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
        let (low, high) = halves(self.seed);
        chacha8([low, high, draw, 0, 0, 0, 0, 0], [entity, concern as u32])
    }

    /// A number from `low` to `high`, both included; `low` when the range is empty.
    pub(super) fn between(self, concern: Concern, entity: u32, draw: u32, low: u64, high: u64) -> u64 {
        match high.checked_sub(low).and_then(|width| width.checked_add(1)) {
            Some(width) => low + self.number(concern, entity, draw) % width,
            None => low,
        }
    }
}

/// The first eight bytes of the first block of `ChaCha8` with a key and a nonce. One number is drawn of each stream, so a generator that
/// makes blocks ahead would make them for nothing.
fn chacha8(key: [u32; 8], nonce: [u32; 2]) -> u64 {
    let [k0, k1, k2, k3, k4, k5, k6, k7] = key;
    let begin = [
        [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574],
        [k0, k1, k2, k3],
        [k4, k5, k6, k7],
        [0, 0, nonce[0], nonce[1]],
    ];
    let [mut a, mut b, mut c, mut d] = begin;
    for _ in 0..4 {
        quarters(&mut a, &mut b, &mut c, &mut d);
        // The diagonals are the columns of the matrix with its rows turned.
        (b, c, d) = (turned(b, 1), turned(c, 2), turned(d, 3));
        quarters(&mut a, &mut b, &mut c, &mut d);
        (b, c, d) = (turned(b, 3), turned(c, 2), turned(d, 1));
    }
    let word = |number: usize| u64::from(a[number].wrapping_add(begin[0][number]));
    word(0) | word(1) << 32
}

fn quarters(a: &mut [u32; 4], b: &mut [u32; 4], c: &mut [u32; 4], d: &mut [u32; 4]) {
    for (((a, b), c), d) in a.iter_mut().zip(b).zip(c).zip(d) {
        (*a, *d) = mixed(*a, *b, *d, 16);
        (*c, *b) = mixed(*c, *d, *b, 12);
        (*a, *d) = mixed(*a, *b, *d, 8);
        (*c, *b) = mixed(*c, *d, *b, 7);
    }
}

const fn mixed(sum: u32, addend: u32, other: u32, turn: u32) -> (u32, u32) {
    let sum = sum.wrapping_add(addend);
    (sum, (other ^ sum).rotate_left(turn))
}

const fn turned([a, b, c, d]: [u32; 4], places: u32) -> [u32; 4] {
    match places {
        1 => [b, c, d, a],
        2 => [c, d, a, b],
        _ => [d, a, b, c],
    }
}

#[allow(clippy::cast_possible_truncation, reason = "the halves are meant")]
const fn halves(number: u64) -> (u32, u32) {
    (number as u32, (number >> 32) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_chacha8() {
        // The published keystream for a key and a nonce of zeros begins 3e00ef2f895f40d6 (draft-strombergson-chacha-test-vectors-01).
        assert_eq!(
            chacha8([0; 8], [0; 2]).to_le_bytes(),
            [0x3e, 0x00, 0xef, 0x2f, 0x89, 0x5f, 0x40, 0xd6]
        );
    }

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
