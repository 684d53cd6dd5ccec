//! The logs that the chosen detections need, from files or from a lake.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use detect::{DispatchWindow, Everything, InputOptions, InputReport, Reading};
use lake::{Candidates, CandidatesBuilder, Lake, MemoryTables, StoredScan, Tables};
use normalize::Normalizer;
use plan::Plan;
use prefilter::Prefilter;

use super::Search;
use crate::args::Scan;
use crate::{progress, session};

/// What was read.
pub(super) struct Logs {
    pub(super) report: InputReport,
    pub(super) tables: Arc<dyn Tables>,
    /// What the shared scan kept; `None` where every search reads the tables alone.
    pub(super) candidates: Option<Candidates>,
    pub(super) window: DispatchWindow,
}

/// Where rows come from.
pub(super) enum Origin<'a> {
    /// The tables of a lake.
    Lake(&'a str),
    /// Files, which these packs are for.
    Files(Box<Normalizer>),
}

impl<'a> Origin<'a> {
    /// What the arguments name.
    pub(super) fn of(args: &'a Scan) -> anyhow::Result<Self> {
        match &args.input.lake {
            Some(lake) => Ok(Self::Lake(lake)),
            None => Ok(Self::Files(Box::new(session::load_packs(&args.logs.packs)?))),
        }
    }
}

/// Read the logs, and keep what some search may want: `searches` in the order of the shared scan.
pub(super) fn read(
    args: &Scan,
    origin: &Origin<'_>,
    searches: &[&[Search<'_>]],
    threads: usize,
) -> anyhow::Result<Logs> {
    let plans = searches.iter().copied().flatten().filter_map(|(_, compiled)| compiled.plan.as_ref()).collect();
    match origin {
        Origin::Lake(lake) => stored(args, lake, plans, threads),
        Origin::Files(normalizer) => files(args, normalizer, plans),
    }
}

fn files(args: &Scan, normalizer: &Normalizer, plans: Vec<&Plan>) -> anyhow::Result<Logs> {
    let needs = detect::needs_of(plans.iter().copied());
    let options = InputOptions { needs, metadata: args.logs.known.metadata(), ..InputOptions::default() };
    let bar = progress::bytes("reading");
    let advance = |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    };
    let options = &options;
    let mut tables = MemoryTables::default();
    let (report, candidates) = if args.each_search_alone {
        let reading = Reading { normalizer, options, prepare: &Everything };
        (detect::read_inputs(&args.input.paths, &reading, &mut tables, &advance)?, None)
    } else {
        let prefilter = Prefilter::new(plans);
        let mut kept = CandidatesBuilder::default();
        let reading = Reading { normalizer, options, prepare: &prefilter };
        let report = detect::read_inputs(&args.input.paths, &reading, &mut kept, &advance)?;
        (report, Some(kept.finish()?))
    };
    bar.finish_and_clear();
    let window = window(args, &report)?;
    Ok(Logs { report, tables: Arc::new(tables), candidates, window })
}

/// All the logs' time: from the epoch, as Splunk's "All time", to the end of the last event's second.
fn window(args: &Scan, input: &InputReport) -> anyhow::Result<DispatchWindow> {
    const SECOND: i64 = 1_000_000;
    let asked = session::window(args.logs.earliest.as_deref(), args.logs.latest.as_deref(), session::now())?;
    let end = input.time_range.map_or(0, |(_, last)| (last.div_euclid(SECOND) + 1) * SECOND);
    let latest = asked.latest.unwrap_or(end);
    // `now()` is the end of the logs, not of the day they are read on: the same logs give the same findings at any time, and
    // "in the last hour" means the last hour that was recorded.
    Ok(DispatchWindow { scheduled: latest, earliest: asked.earliest.or(Some(0)), latest: Some(latest) })
}

/// One read of the lake's tables for all searches. A lake is read as a Splunk index is: up to now, unless `--latest` says.
fn stored(args: &Scan, root: &str, plans: Vec<&Plan>, threads: usize) -> anyhow::Result<Logs> {
    let now = session::now();
    let asked = session::window(args.logs.earliest.as_deref(), args.logs.latest.as_deref(), now)?;
    let latest = asked.latest.unwrap_or(now);
    let window = DispatchWindow { scheduled: latest, earliest: asked.earliest.or(Some(0)), latest: Some(latest) };
    let lake = Arc::new(Lake::open(root, BTreeMap::new())?);
    let mut report = InputReport { from_lake: true, ..InputReport::default() };
    if args.each_search_alone {
        return Ok(Logs { report, tables: lake, candidates: None, window });
    }
    let start = Instant::now();
    let scan = StoredScan {
        prefilter: Arc::new(Prefilter::new(plans)),
        earliest: window.earliest,
        latest: window.latest,
        threads,
    };
    let runtime = session::runtime(threads)?;
    let mut found = CandidatesBuilder::default();
    let read = runtime.block_on(lake.candidates(&scan, &mut found))?;
    report.files = read.files;
    report.bytes = read.bytes;
    report.events = read.rows.values().sum();
    report.by_sourcetype = read.rows.iter().map(|(table, rows)| (table.to_string(), *rows)).collect();
    report.prepare = start.elapsed();
    Ok(Logs { report, tables: lake, candidates: Some(found.finish()?), window })
}
