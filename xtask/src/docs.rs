//! `cargo xtask docs [--check]`: the pages of `docs/reference/`, printed by `weir` itself from what the code knows.
//!
//! A test of the binary (`crates/cli/tests/reference.rs`) holds the pages against it, so that `cargo test` finds a stale page;
//! this runs that test alone, with leave to write or without.

use anyhow::bail;

use crate::workspace::{Workspace, run as run_command};

/// Write the pages, or with `--check` say which are not what the code prints.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> anyhow::Result<()> {
    let check = match arguments {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => bail!("usage: cargo xtask docs [--check]"),
    };
    let mut command = workspace.cargo(["test", "--workspace", "--test", "reference"]);
    if !check {
        command.env("WEIR_BLESS", "1");
    }
    run_command(&mut command)
}
