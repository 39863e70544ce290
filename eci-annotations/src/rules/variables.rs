//! One walk over the variables of all containers, for the rules about them.

use eci_model::{At, Findings};

use crate::rules::logs::{self, Logs};
use crate::rules::switch::{self, Switches};
use crate::together::Scene;

pub(crate) fn check(scene: &Scene<'_>, out: &mut Findings) {
    let mut logs = Logs::default();
    let mut switches = Switches::default();
    let spec = At::ROOT.field("spec");
    let lists = [
        ("containers", scene.pod.containers()),
        ("initContainers", scene.pod.init_containers()),
    ];
    for (name, containers) in lists {
        let list = spec.field(name);
        for (index, container) in containers.iter().enumerate() {
            let at = list.index(index);
            let variables = at.field("env");
            for (index, variable) in container.env.iter().flatten().enumerate() {
                if logs::may_belong(&variable.name) {
                    logs.variable(scene, container, variable, &variables.index(index), out);
                }
                if switch::may_be_meant(&variable.name) {
                    switches.variable(scene, variable, &variables.index(index), out);
                }
            }
        }
    }
    logs.end(scene, out);
    switches.end(scene, out);
}
