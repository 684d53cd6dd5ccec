//! `weir search`: any SPL over files or a lake.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use detect::InputOptions;
use engine::{Engine, Options, Window};
use lake::{Lake, MemoryTables, Tables};
use plan::Plan;
use text::Mapped;

use crate::args::Search;
use crate::command::scan::not_read;
use crate::exit::ExitStatus;
use crate::output::rows;
use crate::progress;
use crate::session;
use crate::style::{self, count};

/// Search and print.
pub(crate) fn run(args: &Search) -> anyhow::Result<ExitStatus> {
    let start = Instant::now();
    let threads = session::threads(args.logs.threads);
    session::limit_threads(threads)?;
    let mut content = session::load_content(&args.content)?;
    let file = content.files.add("search", &*args.search);
    let names = detect::names_of(&content);
    let compiled = detect::compile_search(&content, &names, &Mapped::whole(&args.search, file));
    for report in &compiled.reports {
        anstream::eprintln!("{}\n", diag::render_text(report, &content.files, diag::Style::Colour));
    }
    let Some(plan) = compiled.check.plan else { return Ok(ExitStatus::Failed) };
    let mut status = ExitStatus::Fine;
    let mut notes = String::new();
    let tables: Arc<dyn Tables> = match &args.lake {
        Some(lake) => Arc::new(Lake::open(lake, BTreeMap::new())?),
        None => {
            let (tables, report) = read(args, &plan)?;
            if !report.set_aside.is_empty() {
                status = ExitStatus::Failed;
            }
            notes = not_read(&report);
            Arc::new(tables)
        }
    };
    let asked = session::window(args.logs.earliest.as_deref(), args.logs.latest.as_deref(), session::now())?;
    let window = Window { earliest: asked.earliest, latest: asked.latest, now: asked.scheduled };
    let runtime = session::runtime(threads)?;
    let engine = Engine::new(tables, Options::default())?;
    let found = runtime.block_on(async { engine.run(&plan, &window).await?.rows() })?;
    crate::output::print(&rows::render(&found, args.output_format)?)?;
    let seconds = style::seconds(start.elapsed().as_secs_f64());
    anstream::eprint!("{} in {seconds}\n{notes}", count(found.len() as u64, "row", "rows"));
    Ok(status)
}

fn read(args: &Search, plan: &Plan) -> anyhow::Result<(MemoryTables, detect::InputReport)> {
    let normalizer = session::load_packs(&args.logs.packs)?;
    let options = InputOptions { needs: detect::needs_of([plan]), ..InputOptions::default() };
    let mut tables = MemoryTables::default();
    let bar = progress::bytes("reading");
    let report = detect::read_inputs(&args.paths, &normalizer, &options, &mut tables, &|done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    Ok((tables, report))
}
