//! Runs every stored input through its target, without the fuzzing engine.

use std::path::Path;

#[test]
fn corpora_replay() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for (name, target) in eci_fuzz::TARGETS {
        let folder = corpora.join(name);
        let inputs = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut count = 0;
        for input in inputs {
            let path = input.expect("a readable folder").path();
            let bytes = std::fs::read(&path).expect("a readable file");
            target(&bytes);
            count += 1;
        }
        assert!(count > 0, "{name} has no corpus");
    }
}

#[test]
fn every_target_is_listed() {
    let targets = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz_targets");
    let mut files: Vec<String> = std::fs::read_dir(targets)
        .expect("the folder of targets")
        .filter_map(|entry| {
            entry
                .expect("a readable folder")
                .path()
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned())
        })
        .collect();
    files.sort();
    let mut listed: Vec<&str> = eci_fuzz::TARGETS.iter().map(|(name, _)| *name).collect();
    listed.sort_unstable();
    assert_eq!(files, listed);
}
