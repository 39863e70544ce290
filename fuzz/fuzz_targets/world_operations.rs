//! The fuzz target `world_operations`; what it does stands in the library of this package.
#![no_main]
libfuzzer_sys::fuzz_target!(|input: &[u8]| eci_fuzz::world_operations(input));
