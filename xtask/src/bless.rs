//! `cargo xtask bless [FILTER]`: run the tests with leave to rewrite the answers in golden files. Read the diff before you commit it.

use anyhow::bail;

use crate::workspace::{Workspace, run as run_command};

/// Run the tests whose names contain the filter; without one, all.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> anyhow::Result<()> {
    // In CI a golden file that differs is a failure, never a new answer.
    if std::env::var_os("CI").is_some() {
        bail!("answers are never rewritten in CI");
    }
    let mut command = workspace.cargo(["test", "--workspace", "--all-targets", "--no-fail-fast"]);
    command.args(arguments);
    command.env("WEIR_BLESS", "1").env("INSTA_UPDATE", "always");
    run_command(&mut command)?;
    run_command(workspace.command("git").args(["status", "--short", "--", "tests", "crates", "packs"]))
}
