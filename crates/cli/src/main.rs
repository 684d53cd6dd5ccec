//! The binary `weir`: flags, printing, exit codes. Everything else is in the crates below.

mod args;
mod command;
mod exit;
mod memory;
mod output;
mod progress;
mod session;
mod spool;
mod style;
mod table;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Cli, Color, Command, Content, Packs};
use crate::exit::ExitStatus;

#[global_allocator]
static ALLOCATOR: allocator::Allocator = allocator::Allocator;

fn main() -> ExitCode {
    // Every command works and ends.
    allocator::keep_freed_memory();
    let cli = Cli::parse();
    match cli.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    start_log(cli.verbose);
    match dispatch(cli.command) {
        Ok(status) => status.into(),
        Err(error) if is_broken_pipe(&error) => ExitStatus::Fine.into(),
        Err(error) => {
            anstream::eprintln!("{} {error:#}", style::paint(style::BAD, "error:"));
            ExitStatus::Failed.into()
        }
    }
}

fn dispatch(command: Command) -> anyhow::Result<ExitStatus> {
    match command {
        Command::Demo(args) => command::demo::run(&args),
        Command::Scan(args) => command::scan::run(&args),
        Command::Content(Content::Check(args)) => command::content_check::run(&args),
        Command::Content(Content::Cost(args)) => command::content_cost::run(*args),
        Command::Content(Content::List(args)) => command::content_list::run(&args),
        Command::Content(Content::Show(args)) => command::content_show::run(&args),
        Command::Packs(Packs::Test(args)) => command::packs_test::run(&args),
        Command::Sources(args) => command::sources::run(&args),
        Command::Search(args) => command::search::run(&args),
        Command::Ingest(args) => command::ingest::run(&args),
        Command::Explain(args) => command::explain::run(&args),
        Command::Reference(args) => command::reference::run(&args),
        Command::Generate(args) => command::generate::run(&args),
    }
}

/// Someone closed stdout, as `| head` does: that is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

fn start_log(verbose: u8) {
    let level = match verbose {
        0 => tracing_subscriber::filter::LevelFilter::WARN,
        1 => tracing_subscriber::filter::LevelFilter::INFO,
        _ => tracing_subscriber::filter::LevelFilter::DEBUG,
    };
    tracing_subscriber::fmt().with_max_level(level).with_writer(std::io::stderr).without_time().init();
}
