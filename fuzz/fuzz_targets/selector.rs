#![no_main]
libfuzzer_sys::fuzz_target!(|input: &[u8]| eci_fuzz::selector(input));
