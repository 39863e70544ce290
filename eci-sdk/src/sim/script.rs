//! What images hold and what containers do, since a simulator has neither.

use std::collections::BTreeMap;
use std::time::Duration;

/// What the world knows of images and programs.
///
/// Names match the image as written, without tag or digest; anything not named follows the defaults.
///
/// # Example
/// ```
/// use std::time::Duration;
/// use eci_sdk::sim::{Behaviour, Scripts};
///
/// let mut scripts = Scripts::default();
/// scripts.image("registry.example.com/shop/report").size_mib = 900;
/// scripts.image("registry.example.com/shop/report").behaviour = Some(Behaviour::Exits { after: Duration::from_secs(60), code: 3 });
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scripts {
    images: BTreeMap<Box<str>, ImageScript>,
    default: ImageScript,
}

impl Scripts {
    /// The script of an image, made with the defaults when there is none.
    pub fn image(&mut self, name: &str) -> &mut ImageScript {
        let default = self.default.clone();
        self.images.entry(name.into()).or_insert(default)
    }

    /// The script that images without one of their own follow.
    pub fn default_image(&mut self) -> &mut ImageScript {
        &mut self.default
    }

    /// The script that counts for an image reference.
    pub(super) fn of(&self, reference: &str) -> &ImageScript {
        self.images.get(repository(reference)).unwrap_or(&self.default)
    }
}

/// What is known of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageScript {
    /// Its compressed size in MiB. Ours: no page knows it; 200 MiB is the default.
    pub size_mib: u32,
    /// What its program does; nothing given means as the restart policy suggests (see [`Behaviour`]).
    pub behaviour: Option<Behaviour>,
    /// Whether it can be pulled.
    pub pullable: bool,
    /// What its program writes, in the order of time.
    pub log: Vec<LogLine>,
    /// What commands print that are run in its container, by the words of the command with a blank between them. Others print nothing.
    pub exec: BTreeMap<Box<str>, Box<str>>,
}

/// A line that a program writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// How long after its start.
    pub after: Duration,
    /// The line, without its end.
    pub text: Box<str>,
}

impl Default for ImageScript {
    fn default() -> Self {
        Self {
            size_mib: 200,
            behaviour: None,
            pullable: true,
            log: Vec::new(),
            exec: BTreeMap::new(),
        }
    }
}

/// What the program of a container does.
///
/// Without a script, containers of pods that always restart run until stopped, and those of other pods exit with 0 after a time between
/// one and five minutes that the seed decides. Ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Behaviour {
    /// Runs until it is stopped.
    Runs,
    /// Exits by itself.
    Exits {
        /// After this time.
        after: Duration,
        /// With this code.
        code: i32,
    },
}

/// The reference without tag and digest.
fn repository(reference: &str) -> &str {
    let name = reference.split('@').next().unwrap_or(reference);
    match name.rsplit_once(':') {
        Some((repository, tag)) if !tag.contains('/') => repository,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_match_whatever_the_tag() {
        for (reference, name) in [
            ("shop/web:1.4", "shop/web"),
            ("localhost:5000/shop/web", "localhost:5000/shop/web"),
            ("localhost:5000/shop/web:1@sha256:00", "localhost:5000/shop/web"),
        ] {
            assert_eq!(repository(reference), name);
        }
    }

    #[test]
    fn unnamed_images_follow_the_default() {
        let mut scripts = Scripts::default();
        scripts.default_image().size_mib = 50;
        scripts.image("shop/web").size_mib = 900;
        assert_eq!(scripts.of("shop/web:1.4").size_mib, 900);
        assert_eq!(scripts.of("shop/api:1.4").size_mib, 50);
    }
}
