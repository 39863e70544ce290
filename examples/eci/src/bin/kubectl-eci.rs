//! `kubectl eci`: runs the `eci` that stands beside this program, or else the one on the path.

use std::env::{args_os, consts::EXE_SUFFIX, current_exe};
use std::path::PathBuf;
use std::process::{Command, ExitCode};

/// What the program exits with when nothing could be done, as `eci` does.
const COULD_NOT_RUN: u8 = 2;

fn main() -> ExitCode {
    let name = format!("eci{EXE_SUFFIX}");
    let beside = current_exe().map(|program| program.with_file_name(&name));
    let program = beside
        .ok()
        .filter(|path| path.is_file())
        .unwrap_or_else(|| PathBuf::from(&name));
    let mut command = Command::new(&program);
    command.args(args_os().skip(1));
    run(command).unwrap_or_else(|error| {
        anstream::eprintln!("error: {}: {error}", program.display());
        ExitCode::from(COULD_NOT_RUN)
    })
}

/// Takes the place of this program, so that signals reach the other one.
#[cfg(unix)]
fn run(mut command: Command) -> std::io::Result<ExitCode> {
    use std::os::unix::process::CommandExt as _;

    Err(command.exec())
}

#[cfg(not(unix))]
fn run(mut command: Command) -> std::io::Result<ExitCode> {
    let code = command.status()?.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(COULD_NOT_RUN)))
}
