//! `cargo xtask bench [CONTENT] [LOGS…]`: the program of `benches/`, optimised.

use crate::workspace::{Workspace, run as run_command};

/// Build it for release and hand it the arguments.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> anyhow::Result<()> {
    let mut command = workspace.cargo(["run", "--quiet", "--release", "--package", "bench", "--"]);
    command.args(arguments);
    run_command(&mut command)
}
