//! The families: name, architecture, kind, generation, local disk, on VNodes.
//!
//! Generated from `data/specs.json` by `ECI_REGENERATE=1 cargo test -p eci-model --test size`; do not edit.

use super::families;

families! {
    "c5" Amd64 Compute 5 false true;
    "c6" Amd64 Compute 6 false true;
    "c6a" Amd64 Compute 0 false true;
    "c6e" Amd64 Compute 6 false true;
    "c7" Amd64 Compute 7 false true;
    "c7a" Amd64 Compute 0 false true;
    "c8a" Amd64 Compute 0 false true;
    "c8i" Amd64 Compute 8 false true;
    "c8y" Arm64 Compute 8 false true;
    "c9a" Amd64 Compute 0 false false;
    "c9ae" Amd64 Compute 0 false false;
    "c9i" Amd64 Compute 0 false false;
    "d1" Amd64 BigData 0 true true;
    "d1ne" Amd64 BigData 0 true true;
    "e" Amd64 SharedEconomy 0 false true;
    "g5" Amd64 GeneralPurpose 5 false true;
    "g5ne" Amd64 FilterOnly 5 false true;
    "g6" Amd64 GeneralPurpose 6 false true;
    "g6a" Amd64 GeneralPurpose 0 false true;
    "g6e" Amd64 GeneralPurpose 6 false true;
    "g7" Amd64 GeneralPurpose 7 false true;
    "g7a" Amd64 GeneralPurpose 0 false true;
    "g7ne" Amd64 FilterOnly 7 false true;
    "g8a" Amd64 GeneralPurpose 0 false true;
    "g8i" Amd64 GeneralPurpose 8 false true;
    "g8y" Arm64 GeneralPurpose 8 false true;
    "g9a" Amd64 GeneralPurpose 0 false false;
    "g9ae" Amd64 GeneralPurpose 0 false false;
    "g9i" Amd64 GeneralPurpose 0 false false;
    "gn5" Amd64 Gpu 0 true true;
    "gn5i" Amd64 Gpu 0 false true;
    "gn6e" Amd64 Gpu 0 false true;
    "gn6i" Amd64 Gpu 0 false true;
    "gn6v" Amd64 Gpu 0 false true;
    "gn7" Amd64 Gpu 0 false true;
    "gn7e" Amd64 Gpu 0 false true;
    "gn7i" Amd64 Gpu 0 false true;
    "gn7s" Amd64 Gpu 0 false true;
    "gn8ia" Amd64 Gpu 0 false true;
    "gn8is" Amd64 Gpu 0 false true;
    "hfc5" Amd64 HighClock 5 false true;
    "hfc6" Amd64 HighClock 6 false true;
    "hfc7" Amd64 HighClock 7 false true;
    "hfc8i" Amd64 HighClock 8 false true;
    "hfg5" Amd64 HighClock 5 false true;
    "hfg6" Amd64 HighClock 6 false true;
    "hfg7" Amd64 HighClock 7 false true;
    "hfg8i" Amd64 HighClock 8 false true;
    "hfr7" Amd64 HighClock 7 false true;
    "hfr8i" Amd64 HighClock 8 false true;
    "i2" Amd64 LocalSsd 0 true true;
    "i2g" Amd64 LocalSsd 0 true true;
    "i3" Amd64 LocalSsd 0 true true;
    "i3g" Amd64 LocalSsd 0 true true;
    "i4" Amd64 LocalSsd 0 true true;
    "i4g" Amd64 LocalSsd 0 true true;
    "ic5" Amd64 DenseCompute 5 false true;
    "r5" Amd64 Memory 5 false true;
    "r6" Amd64 Memory 6 false true;
    "r6a" Amd64 Memory 0 false true;
    "r6e" Amd64 Memory 6 false true;
    "r7" Amd64 Memory 7 false true;
    "r7a" Amd64 Memory 0 false true;
    "r8a" Amd64 Memory 0 false true;
    "r8i" Amd64 Memory 8 false true;
    "r8y" Arm64 Memory 8 false true;
    "r9a" Amd64 Memory 0 false false;
    "r9ae" Amd64 Memory 0 false false;
    "r9i" Amd64 Memory 0 false false;
    "re6" Amd64 MemoryEnhanced 0 false true;
    "s6" Amd64 FilterOnly 6 false true;
    "se1" Amd64 Memory 4 false true;
    "se1ne" Amd64 Memory 4 false true;
    "sgn7i-vws" Amd64 VGpu 0 false true;
    "sn1ne" Amd64 Compute 4 false true;
    "sn2ne" Amd64 GeneralPurpose 4 false true;
    "u1" Amd64 Universal 5 false true;
    "u2a" Amd64 Universal 0 false false;
    "u2i" Amd64 Universal 0 false false;
    "vgn6i-vws" Amd64 VGpu 0 false true;
    "vgn7i-vws" Amd64 VGpu 0 false true;
}

/// The date of the list.
pub(super) static DATE: &str = "2025-12-19";
/// The date of the list for VNodes.
pub(super) static VNODE_DATE: &str = "2025-03-28";
/// Families that were taken off the list, and when.
pub(super) static RETIRED: &[(&str, &str)] = &[("t5", "2024-06-04"), ("t6", "2024-06-04")];
/// Types that have other numbers of GPUs than their name says.
pub(super) static GPUS_OTHER_THAN_NAMED: &[(&str, u64)] = &[("ecs.gn5-c8g1.14xlarge", 8)];
