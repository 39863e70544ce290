//! A quick hash for tables of fixed names.

use std::hash::Hasher;

/// A quick hash for tables of names that are compiled in: whoever looks for names that collide finds some, and costs a few comparisons.
///
/// Not for tables that input fills.
///
/// # Example
/// ```
/// use std::collections::HashMap;
/// use std::hash::BuildHasherDefault;
///
/// use eci_model::TableHasher;
///
/// let mut ports: HashMap<&str, u16, BuildHasherDefault<TableHasher>> = HashMap::default();
/// ports.insert("https", 443);
/// assert_eq!(ports.get("https"), Some(&443));
/// ```
#[derive(Clone, Debug, Default)]
pub struct TableHasher(u64);

impl TableHasher {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for TableHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        // The last eight bytes hold the rest, and are quicker to read than the rest alone.
        let rest = match bytes.last_chunk() {
            Some(last) => u64::from_le_bytes(*last),
            None => rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
        };
        self.mix(rest);
    }

    /// Texts end with one; their ends are told apart by what stands before.
    fn write_u8(&mut self, byte: u8) {
        self.0 ^= u64::from(byte);
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}
