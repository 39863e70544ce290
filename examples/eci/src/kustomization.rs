//! What kustomizations say about the files beside them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use eci_sdk::manifest::{Reader, Source, Value};

use crate::files::plain;

/// The files that kustomizations among some files name as patches: parts of objects, which cannot be judged by themselves.
///
/// A kustomization that cannot be read names none; what is wrong with it is told where it is judged.
pub(crate) fn patches(files: &[PathBuf]) -> BTreeSet<PathBuf> {
    let kustomizations = files.iter().filter(|file| is_kustomization(file));
    kustomizations.flat_map(|file| named_in(file)).collect()
}

fn is_kustomization(file: &Path) -> bool {
    let name = file.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| ["kustomization.yaml", "kustomization.yml"].contains(&name))
}

fn named_in(kustomization: &Path) -> Vec<PathBuf> {
    let Ok(bytes) = std::fs::read(kustomization) else {
        return Vec::new();
    };
    let folder = kustomization.parent().unwrap_or(Path::new(""));
    let source = Arc::new(Source::from_bytes(kustomization.display().to_string(), bytes));
    let mut named = Vec::new();
    for document in Reader::new().read(&source) {
        let Some(root) = document.root() else { continue };
        for field in ["patches", "patchesStrategicMerge", "patchesJson6902"] {
            let entries = root.get(field).into_iter().flat_map(Value::items);
            // An entry names a file by its path, or is one; a text with a patch in it is the path of nothing.
            let paths = entries.filter_map(|entry| entry.get("path").unwrap_or(entry).as_str());
            named.extend(paths.map(|path| plain(&folder.join(path))));
        }
    }
    named
}
