//! `cargo xtask TASK`: every script of the project. A task is one file; [`TASKS`] lists them.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "xtask is a command line program")]

mod bench;
mod bless;
mod ci;
mod deps;
mod docs;
mod fuzz;
mod lists;
mod tidy;
mod workspace;

use std::process::ExitCode;

use anyhow::bail;

use crate::workspace::Workspace;

/// One thing that `cargo xtask` can do.
struct Task {
    name: &'static str,
    arguments: &'static str,
    summary: &'static str,
    run: fn(&Workspace, &[String]) -> anyhow::Result<()>,
}

const TASKS: &[Task] = &[
    Task { name: "ci", arguments: "", summary: "everything that a change must pass", run: ci::run },
    Task { name: "deps", arguments: "", summary: "arrows between crates against xtask/deps.toml", run: deps::run },
    Task {
        name: "tidy",
        arguments: "[--advice]",
        summary: "file sizes, leftovers, head comments, tests of data",
        run: tidy::run,
    },
    Task { name: "docs", arguments: "[--check]", summary: "docs/reference from the code", run: docs::run },
    Task { name: "bless", arguments: "[FILTER]", summary: "rewrite the answers of golden files", run: bless::run },
    Task {
        name: "fuzz",
        arguments: "[SECONDS] [TARGET]",
        summary: "run the fuzz targets, each for so long",
        run: fuzz::run,
    },
    Task {
        name: "bench",
        arguments: "[CONTENT] [LOGS…]",
        summary: "measure decode, normalise and search on real logs",
        run: bench::run,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> anyhow::Result<()> {
    let (name, rest) = match arguments.split_first() {
        None => ("help", [].as_slice()),
        Some((name, rest)) => (name.as_str(), rest),
    };
    if matches!(name, "help" | "--help" | "-h") {
        print_help();
        return Ok(());
    }
    let Some(task) = TASKS.iter().find(|task| task.name == name) else {
        bail!("no task is called `{name}`; `cargo xtask help` lists them");
    };
    (task.run)(&Workspace::find()?, rest)
}

fn print_help() {
    println!("cargo xtask TASK\n");
    for task in TASKS {
        println!("  {:<26} {}", format!("{} {}", task.name, task.arguments), task.summary);
    }
}
