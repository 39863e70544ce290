//! The files below a folder.

use std::io;
use std::path::{Component, Path, PathBuf};

use globset::GlobBuilder;

use eci_sdk::manifest::rules::{UNREADABLE, unreadable};
use eci_sdk::{FieldPath, Finding, Location, ObjectRef, Severity};

/// What lies below a folder.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// YAML and JSON files, sorted, without hidden ones.
    pub(crate) manifests: Vec<PathBuf>,
    /// How many files of other types there are.
    pub(crate) others: usize,
    /// What could not be walked: folders without rights, links that lead nowhere or back.
    pub(crate) unreadable: Vec<Finding>,
}

impl Files {
    /// Walks a folder, and follows links; inside a repository, what its `.gitignore` files name is left out.
    pub(crate) fn below(folder: &Path) -> Self {
        let walk = ignore::WalkBuilder::new(folder)
            .standard_filters(false)
            .hidden(true)
            .git_ignore(true)
            .parents(true)
            .follow_links(true)
            .sort_by_file_path(Path::cmp)
            .build();
        let mut files = Self::default();
        for entry in walk {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                    if is_manifest(entry.path()) {
                        files.manifests.push(entry.into_path());
                    } else {
                        files.others += 1;
                    }
                }
                Ok(_) => {}
                Err(error) => files.unreadable.push(walked(folder, &error)),
            }
        }
        files
    }
}

/// The files that a pattern such as `k8s/**/*.yaml` means, for shells that do not expand it; `None` when it is no pattern.
///
/// Its folders are walked as [`Files::below`] walks them. `*` stays inside a folder, `**` does not.
pub(crate) fn matching(pattern: &Path) -> Option<io::Result<Files>> {
    let text = pattern.to_str().filter(|text| text.contains(['*', '?', '[', '{']))?;
    Some(matches_of(text))
}

fn matches_of(pattern: &str) -> io::Result<Files> {
    let glob = GlobBuilder::new(pattern.trim_start_matches("./"))
        .literal_separator(true)
        .build()
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error.to_string()))?;
    let matcher = glob.compile_matcher();
    let folder: PathBuf = Path::new(pattern)
        .components()
        .take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']))
        .collect();
    let folder = if folder.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        folder
    };
    std::fs::read_dir(&folder)?;
    let mut files = Files::below(&folder);
    for file in &mut files.manifests {
        if let Ok(plain) = file.strip_prefix(".") {
            *file = plain.to_path_buf();
        }
    }
    files.manifests.retain(|file| matcher.is_match(file));
    files.others = 0;
    if files.manifests.is_empty() {
        let nothing = "the pattern matches no YAML or JSON file";
        return Err(io::Error::new(io::ErrorKind::NotFound, nothing));
    }
    Ok(files)
}

/// A file that was met while walking a folder and cannot be read.
pub(crate) fn met_unreadable(path: &Path, error: &io::Error) -> Finding {
    unreadable(path, error).with_severity(Severity::Warning)
}

fn walked(folder: &Path, error: &ignore::Error) -> Finding {
    let (path, why) = match error {
        ignore::Error::WithDepth { err, .. } => return walked(folder, err),
        ignore::Error::WithPath { path, err } => (path.as_path(), err.to_string()),
        ignore::Error::Loop { ancestor, child } => {
            let why = format!("a link to {}, which it lies in", ancestor.display());
            (child.as_path(), why)
        }
        other => (folder, other.to_string()),
    };
    UNREADABLE.at(place(path)).severity(Severity::Warning).note(why).build()
}

fn place(path: &Path) -> Location {
    Location::new(
        ObjectRef::new("file", None, &path.display().to_string()),
        FieldPath::ROOT,
    )
}

fn is_manifest(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| ["yaml", "yml", "json"].contains(&extension))
}

/// The path without `.` and `..`, as far as they can be told without looking.
pub(crate) fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir if plain.as_os_str().is_empty() => plain.push("."),
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            component => plain.push(component),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_made_plain() {
        for (path, expected) in [
            ("a/../b.yaml", "b.yaml"),
            ("./a/./b.yaml", "./a/b.yaml"),
            ("../a/../../b.yaml", "../../b.yaml"),
            ("/a/b/../c.yaml", "/a/c.yaml"),
        ] {
            assert_eq!(plain(Path::new(path)), Path::new(expected), "{path}");
        }
    }
}
