//! `weir ingest`: logs into a lake.

use std::collections::BTreeMap;
use std::time::Instant;

use detect::{Everything, InputOptions, LakeSink, Reading};
use lake::Lake;
use normalize::Needs;

use crate::args::Ingest;
use crate::exit::ExitStatus;
use crate::output::closing::not_read;
use crate::progress;
use crate::session;
use crate::style::{self, count};

/// Read and append.
pub(crate) fn run(args: &Ingest) -> anyhow::Result<ExitStatus> {
    let start = Instant::now();
    let normalizer = session::load_packs(&args.packs)?;
    let lake = Lake::open(&args.lake, BTreeMap::new())?;
    let runtime = session::runtime(session::threads(None))?;
    let mut sink = LakeSink::new(&lake, runtime.handle().clone());
    let options = InputOptions { needs: everything(), metadata: args.known.metadata(), ..InputOptions::default() };
    let bar = progress::bytes("reading");
    let reading = Reading { normalizer: &normalizer, options: &options, prepare: &Everything };
    let report = detect::read_inputs(&args.paths, &reading, &mut sink, &|done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })?;
    sink.finish()?;
    runtime.block_on(lake.tidy())?;
    bar.finish_and_clear();
    anstream::eprint!(
        "{} from {} ({}): {} written to {} in {}\n{}",
        count(report.events, "event", "events"),
        count(report.files, "file", "files"),
        style::bytes(report.bytes),
        count(sink.rows, "row", "rows"),
        args.lake,
        style::seconds(start.elapsed().as_secs_f64()),
        not_read(&report)
    );
    Ok(if report.set_aside.is_empty() { ExitStatus::Fine } else { ExitStatus::Failed })
}

/// Every dataset and every field: searches to come are not known.
pub(crate) fn everything() -> Needs {
    Needs::all()
}
