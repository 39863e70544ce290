//! How containers are started.

use k8s_openapi::api::core::v1::Container;

use super::containers;
use crate::finding::Findings;
use crate::path::At;
use crate::pod::EffectivePod;
use crate::rule::{Basis, Code, Rule, Rules};

/// More words than the API takes.
pub const COMMAND_TOO_MANY: &Rule = &Rule::warning(Code::eci(1330), "command-too-many")
    .summary("command with more parts than the API describes")
    .why("the API describes up to 20 parts of a command and up to 10 arguments")
    .remedy("put the command into a script of the image or of a ConfigMap")
    .basis(Basis::Documented("Startup commands and arguments, 2024-08-05"))
    .page(include_str!("../../rules/command-too-many.md"));

/// A shell that ends at once.
pub const BASH_WITHOUT_TTY: &Rule = &Rule::warning(Code::eci(1332), "bash-without-tty")
    .summary("shell without a terminal and without a command")
    .why("it reads the end of its input and exits, so the container ends at once and restarts")
    .remedy("set `tty: true`, or give the shell a command")
    .basis(Basis::Documented("CreateContainerGroup, Container.Command"))
    .page(include_str!("../../rules/bash-without-tty.md"));

pub(super) static RULES: Rules = Rules::new(&[COMMAND_TOO_MANY, BASH_WITHOUT_TTY]);

/// Parts of a command and arguments (CreateContainerGroup, 2018-08-08).
const MOST: [(&str, usize); 2] = [("command", 20), ("args", 10)];

pub(super) fn check(pod: &EffectivePod<'_>, out: &mut Findings) {
    containers(pod, |container, at, _| {
        let lists = [&container.command, &container.args];
        for ((field, most), list) in MOST.into_iter().zip(lists) {
            let count = list.as_ref().map_or(0, Vec::len);
            if count > most {
                let finding = COMMAND_TOO_MANY.at(pod.place(&at.field(field)));
                out.push(finding.found(count.to_string()).expected(format!("at most {most}")));
            }
        }
        bash(pod, container, at, out);
    });
}

fn bash(pod: &EffectivePod<'_>, container: &Container, at: &At<'_>, out: &mut Findings) {
    let [shell] = container.command.as_deref().unwrap_or_default() else {
        return;
    };
    let is_bash = shell == "/bin/bash" || shell == "bash";
    let has_args = container.args.as_ref().is_some_and(|args| !args.is_empty());
    if is_bash && !has_args && container.tty != Some(true) {
        let finding = BASH_WITHOUT_TTY.at(pod.place(&at.field("command")));
        out.push(finding.found(shell.clone()));
    }
}
