//! `cargo xtask ci`: everything that a change must pass. Every step runs, also after one that failed.

use std::time::{Duration, Instant};

use anyhow::bail;

use crate::workspace::{Workspace, run as run_command};
use crate::{deps, tidy};

/// A step: what it is called, and what it does.
type Step = (&'static str, fn(&Workspace) -> anyhow::Result<Ending>);

/// How a step ended, when it did not fail.
enum Ending {
    Passed,
    /// The tool is not installed.
    Skipped(&'static str),
}

/// Quick ones first, so that a slip shows before the long build.
const STEPS: &[Step] = &[
    ("fmt", fmt),
    ("deps", |workspace| deps::run(workspace, &[]).map(passed)),
    ("tidy", |workspace| tidy::run(workspace, &[]).map(passed)),
    ("deny", deny),
    ("machete", machete),
    ("clippy", clippy),
    ("test", test),
];

/// Run all steps; fails when one of them failed.
pub(crate) fn run(workspace: &Workspace, _arguments: &[String]) -> anyhow::Result<()> {
    let mut endings = Vec::new();
    for (name, step) in STEPS {
        println!("\n== {name}");
        let start = Instant::now();
        let ending = step(workspace);
        if let Err(error) = &ending {
            eprintln!("{name}: {error:#}");
        }
        endings.push((*name, ending, start.elapsed()));
    }
    println!();
    for (name, ending, spent) in &endings {
        println!("{}", line(name, ending, *spent));
    }
    let failed: Vec<&str> = endings.iter().filter(|(_, ending, _)| ending.is_err()).map(|(name, _, _)| *name).collect();
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

fn line(name: &str, ending: &anyhow::Result<Ending>, spent: Duration) -> String {
    let word = match ending {
        Ok(Ending::Passed) => "passed".to_owned(),
        Ok(Ending::Skipped(why)) => format!("skipped: {why}"),
        Err(_) => "FAILED".to_owned(),
    };
    format!("{name:<8} {:>7.1} s  {word}", spent.as_secs_f64())
}

fn passed((): ()) -> Ending {
    Ending::Passed
}

fn fmt(workspace: &Workspace) -> anyhow::Result<Ending> {
    run_command(&mut workspace.cargo(["fmt", "--all", "--check"])).map(passed)
}

fn clippy(workspace: &Workspace) -> anyhow::Result<Ending> {
    run_command(&mut workspace.cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])).map(passed)
}

/// The tests; nextest runs them side by side when it is there, but knows no examples in comments.
fn test(workspace: &Workspace) -> anyhow::Result<Ending> {
    if !workspace.has_cargo("nextest") {
        return run_command(&mut workspace.cargo(["test", "--workspace"])).map(passed);
    }
    run_command(&mut workspace.cargo(["nextest", "run", "--workspace", "--no-fail-fast"]))?;
    run_command(&mut workspace.cargo(["test", "--workspace", "--doc"])).map(passed)
}

/// Advisories need a database from the network, so they are left to the forge.
fn deny(workspace: &Workspace) -> anyhow::Result<Ending> {
    if !workspace.has_cargo("deny") {
        return Ok(Ending::Skipped("cargo-deny is not installed"));
    }
    run_command(&mut workspace.cargo(["deny", "--offline", "check", "bans", "licenses", "sources"])).map(passed)
}

fn machete(workspace: &Workspace) -> anyhow::Result<Ending> {
    if !workspace.has_cargo("machete") {
        return Ok(Ending::Skipped("cargo-machete is not installed"));
    }
    run_command(&mut workspace.cargo(["machete", "--with-metadata"])).map(passed)
}
