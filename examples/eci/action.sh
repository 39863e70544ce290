#!/usr/bin/env bash
# The step of action.yml: values come as variables, so that none of them is read as a command.
set -uo pipefail

program=${ECI_PROGRAM:-}
if [[ -z $program ]]; then
    root=$(cd "$(dirname "$0")/../.." && pwd)
    target=${RUNNER_TEMP:-/tmp}/eci-target
    cargo build --release --locked --quiet --manifest-path "$root/examples/eci/Cargo.toml" --target-dir "$target" || exit 2
    program=$target/release/eci
fi

# Patterns go to the program as they are.
set -f
# shellcheck disable=SC2206
paths=(${ECI_PATHS:-.})
# shellcheck disable=SC2206
arguments=(${ECI_ARGUMENTS:-})
forms=(-o github)
if [[ -n ${ECI_SARIF:-} ]]; then forms+=(-o "sarif=$ECI_SARIF"); fi
"$program" check "${forms[@]}" ${arguments[@]+"${arguments[@]}"} -- "${paths[@]}"
code=$?
if [[ -n ${GITHUB_OUTPUT:-} ]]; then printf 'code=%s\n' "$code" >>"$GITHUB_OUTPUT"; fi
exit "$code"
