//! What images hold and what containers do, since a simulator has neither.

use std::collections::BTreeMap;
use std::time::Duration;

use super::group::ContainerPlan;

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
    containers: BTreeMap<Box<str>, ImageScript>,
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

    /// The script of every container of a name, whatever its image; made with the defaults when there is none. It says what the program
    /// does; size and registry stay those of the image.
    pub fn container(&mut self, name: &str) -> &mut ImageScript {
        let default = self.default.clone();
        self.containers.entry(name.into()).or_insert(default)
    }

    /// Whether any script tells what its program uses.
    pub(super) fn tell_usage(&self) -> bool {
        let mut all = self
            .images
            .values()
            .chain(self.containers.values())
            .chain([&self.default]);
        all.any(|script| script.usage.is_some())
    }

    /// The script of the program of a container.
    pub(super) fn program(&self, plan: &ContainerPlan) -> &ImageScript {
        let own = self.containers.get(&*plan.name);
        own.unwrap_or_else(|| self.of(&plan.image))
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
    /// How long after its start, and after the hook that follows it, the program answers its probes. At once by default.
    pub answers_after: Duration,
    /// For how long from then on it answers; for ever when nothing is given.
    pub answers_for: Option<Duration>,
    /// What happens in its hook after the start, where its container has one.
    pub post_start: Hook,
    /// What happens in its hook before the end, where its container has one.
    pub pre_stop: Hook,
    /// How long it goes on after it is asked to stop; the world's own time when nothing is given.
    pub stops_after: Option<Duration>,
    /// Its code when it was asked to stop; 143 by default, as of a program that the signal ends.
    pub stop_code: i32,
    /// What it uses while it runs. Metrics are answered only where some script says so.
    pub usage: Option<Usage>,
    /// What it leaves in the file of its termination message.
    pub message: Option<Box<str>>,
}

/// What a program uses, evenly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Thousandths of a vCPU.
    pub cpu_milli: u32,
    /// MiB of memory.
    pub memory_mib: u32,
}

/// What a hook does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hook {
    /// How long it takes.
    pub takes: Duration,
    /// Whether it fails. After the start that ends the container; before the end it changes nothing (Kubernetes).
    pub fails: bool,
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
            answers_after: Duration::ZERO,
            answers_for: None,
            post_start: Hook::default(),
            pre_stop: Hook::default(),
            stops_after: None,
            stop_code: 143,
            usage: None,
            message: None,
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
    /// Takes more memory than it may have: ended with 137 and `OOMKilled`.
    OutOfMemory {
        /// After this time.
        after: Duration,
    },
    /// Fills the temporary storage of the whole group and runs on. Nothing happens unless the pod asks for eviction (Evict pods that run
    /// out of temporary storage, 2026-08-11).
    FillsDisk {
        /// After this time.
        after: Duration,
    },
}

/// The reference without tag and digest.
pub(super) fn repository(reference: &str) -> &str {
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
    fn the_script_of_a_container_beats_that_of_its_image() {
        let mut scripts = Scripts::default();
        scripts.image("shop/web").stop_code = 1;
        scripts.container("proxy").stop_code = 2;
        let plan = |name: &str| ContainerPlan {
            name: name.into(),
            image: "shop/web:1".into(),
            ..ContainerPlan::default()
        };
        assert_eq!(scripts.program(&plan("main")).stop_code, 1);
        assert_eq!(scripts.program(&plan("proxy")).stop_code, 2);
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
