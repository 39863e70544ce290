//! Random operations on a world, without the fuzzing engine: five hundred sequences, or as many as `ECI_CASES` says. Together with the
//! stored ones they must make every change of state that there is.

use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn random_operations_follow_the_life_cycle() {
    const LETTERS: &[u8] = b"ccccccttddDrrrruuusssxxppppppppppnnnnbbbbbboOiIzZ";
    let mut reached = BTreeSet::new();
    let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/world_operations");
    for input in std::fs::read_dir(stored).expect("the corpus") {
        let input = std::fs::read(input.expect("a readable folder").path()).expect("a readable file");
        reached.append(&mut eci_fuzz::changes_of(&input));
    }
    let cases = std::env::var("ECI_CASES").ok().and_then(|cases| cases.parse().ok());
    for case in 0..cases.unwrap_or(500_u64) {
        let mut number = case;
        let mut roll = |sides: usize| {
            number = number
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(number >> 40).expect("24 bits") % sides
        };
        let (mut input, mut chosen) = (Vec::new(), 0);
        for _ in 0..roll(60) {
            input.push(LETTERS[roll(LETTERS.len())]);
            // Half of the operations are about the same as the one before.
            if roll(2) == 0 {
                chosen = u8::try_from(roll(256)).expect("a byte");
            }
            input.push(chosen);
        }
        match std::panic::catch_unwind(|| eci_fuzz::changes_of(&input)) {
            Ok(mut changes) => reached.append(&mut changes),
            Err(_) => panic!("case {case}: {}", input.escape_ascii()),
        }
    }
    let missing: Vec<_> = eci_fuzz::CHANGES
        .iter()
        .filter(|change| !reached.contains(change))
        .collect();
    assert!(missing.is_empty(), "never reached: {missing:?}");
}
