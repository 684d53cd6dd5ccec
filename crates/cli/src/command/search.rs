//! `weir search`: any SPL over files or a lake.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use detect::{Everything, InputOptions, Reading};
use engine::{Engine, Window};
use lake::{Lake, MemoryTables, Tables};
use plan::Plan;
use text::Mapped;

use crate::args::Search;
use crate::exit::ExitStatus;
use crate::output::closing::{not_kept, not_read};
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
    let geoip = session::geoip(args.logs.geoip.as_deref());
    let names = session::names(&content, geoip.as_deref());
    let compiled = detect::compile_search(&content, &names, &Mapped::whole(&args.search, file));
    for report in &compiled.reports {
        anstream::eprintln!("{}\n", diag::render_text(report, &content.files, diag::Style::Colour));
    }
    let Some(plan) = compiled.check.plan else { return Ok(ExitStatus::Failed) };
    let reads = !plan.scans().is_empty() || plan.templates().next().is_some();
    if reads && args.paths.is_empty() && args.lake.is_none() {
        anyhow::bail!("the search reads events: give it logs, or a lake with --lake");
    }
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
    let commands = compiled.check.usage.commands.iter().map(String::as_str);
    let stores = session::stores(&content, names, geoip.as_deref(), commands)?.fork();
    let engine = Engine::new(tables, session::engine_options(args.logs.memory))?.with_stores(stores);
    let found = runtime.block_on(async { engine.run(&plan, &window).await?.rows() })?;
    crate::output::print(&rows::render(&found, args.output_format)?)?;
    let seconds = style::seconds(start.elapsed().as_secs_f64());
    let written = engine.stores().lookups.writes();
    notes.push_str(&not_kept(written.iter().map(|(name, _)| name)));
    anstream::eprint!("{} in {seconds}\n{notes}", count(found.len() as u64, "row", "rows"));
    Ok(status)
}

fn read(args: &Search, plan: &Plan) -> anyhow::Result<(MemoryTables, detect::InputReport)> {
    let normalizer = session::load_packs(&args.logs.packs)?;
    let options = InputOptions {
        needs: detect::needs_of([plan]),
        metadata: args.logs.known.metadata(),
        ..InputOptions::default()
    };
    let mut tables = MemoryTables::default();
    let bar = progress::bytes("reading");
    let reading = Reading { normalizer: &normalizer, options: &options, prepare: &Everything };
    let report = detect::read_inputs(&args.paths, &reading, &mut tables, &|done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    Ok((tables, report))
}
