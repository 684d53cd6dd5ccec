//! `cargo xtask fuzz [SECONDS] [TARGET]`: run the fuzz targets one after the other, each for so long.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use crate::workspace::{Workspace, run as run_command};

const SECONDS: u64 = 60;
/// More than any decoder needs for one input; a leak or a blow-up ends the run.
const MEGABYTES: u64 = 2048;

/// Run the targets; the first crash ends the run, and its input lies in `fuzz/artifacts/`.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> anyhow::Result<()> {
    if !workspace.has_cargo("fuzz") {
        bail!("cargo-fuzz is not installed: `cargo install cargo-fuzz --locked`");
    }
    let (seconds, wanted) = match arguments {
        [] => (SECONDS, None),
        [seconds] => (read_seconds(seconds)?, None),
        [seconds, target] => (read_seconds(seconds)?, Some(target.as_str())),
        _ => bail!("usage: cargo xtask fuzz [SECONDS] [TARGET]"),
    };
    let mut targets = targets(&workspace.path("fuzz/fuzz_targets"))?;
    if let Some(wanted) = wanted {
        targets.retain(|target| target == wanted);
        if targets.is_empty() {
            bail!("no fuzz target is called `{wanted}`");
        }
    }
    for target in &targets {
        println!("\n== fuzz {target}, {seconds} s");
        run_target(workspace, target, seconds)?;
    }
    Ok(())
}

fn read_seconds(text: &str) -> anyhow::Result<u64> {
    text.parse().with_context(|| format!("`{text}` is no number of seconds"))
}

/// One target is one file of its name.
fn targets(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut targets = Vec::new();
    for entry in fs::read_dir(folder).context("there is no folder of fuzz targets")? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "rs") {
            targets.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        }
    }
    targets.sort();
    Ok(targets)
}

fn run_target(workspace: &Workspace, target: &str, seconds: u64) -> anyhow::Result<()> {
    let corpus = format!("corpus/{target}");
    let seeds = format!("seeds/{target}");
    fs::create_dir_all(workspace.path("fuzz").join(&corpus))?;
    // Without a sanitizer the stable compiler will do: what is looked for is panics, endless loops and memory without end.
    let mut command = workspace.cargo(["fuzz", "run", "-s", "none", target, &corpus]);
    command.current_dir(workspace.path("fuzz"));
    if workspace.path("fuzz").join(&seeds).is_dir() {
        command.arg(&seeds);
    }
    command.args(["--", "-timeout=10"]);
    command.args([format!("-max_total_time={seconds}"), format!("-rss_limit_mb={MEGABYTES}")]);
    run_command(&mut command)
}
