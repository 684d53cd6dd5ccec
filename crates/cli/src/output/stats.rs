//! `--stats`: counts and timings as one object.

use std::time::Duration;

use detect::{DetectionRun, RunReport};
use lake::Candidates;
use serde_json::{Map, Value, json};

use crate::command::scan::Results;

/// Time by stage; decoding, normalising and matching are summed over threads, and are in the input's report.
pub(crate) struct Timing {
    /// Reading and compiling content.
    pub(crate) content: Duration,
    /// All searches.
    pub(crate) search: Duration,
    /// Everything, from the start of the command.
    pub(crate) total: Duration,
}

/// The object.
pub(crate) fn stats(results: &Results<'_, '_>) -> Value {
    let Results { report, findings, input, ref timing, kept, .. } = *results;
    let rows: usize = report.runs.iter().map(|run| run.row_count).sum();
    json!({
        "files": input.files,
        "bytes": input.bytes,
        "events": input.events,
        "set_aside": input.set_aside.len(),
        "by_sourcetype": input.by_sourcetype,
        "detections": report.runs.len(),
        "rows": rows,
        "findings": findings,
        "seconds": {
            "content": timing.content.as_secs_f64(),
            "decode": input.decode.as_secs_f64(),
            "normalize": input.normalize.as_secs_f64(),
            "match": input.prepare.as_secs_f64(),
            "search": timing.search.as_secs_f64(),
            "total": timing.total.as_secs_f64(),
        },
        "peak_rss_bytes": crate::memory::peak_rss_bytes(),
        "kept": kept.map(kept_rows),
        "dearest": objects(&dearest(report, kept)),
        "widest": objects(&widest(report, kept)),
        "by_detection": objects(&costs(report, kept).filter(|cost| cost.candidates > 0).collect::<Vec<_>>()),
    })
}

/// What the shared scan kept: rows by table, and bytes.
fn kept_rows((kept, _): (&Candidates, usize)) -> Value {
    let rows: Map<String, Value> = kept.rows().iter().map(|(table, rows)| (table.to_string(), json!(rows))).collect();
    let (held, spilled) = kept.bytes();
    json!({ "bytes": held, "spilled_bytes": spilled, "rows": rows })
}

/// What a detection cost.
pub(crate) struct Cost<'r> {
    pub(crate) run: &'r DetectionRun<'r>,
    /// Rows that the shared scan kept for it.
    pub(crate) candidates: usize,
}

/// The ten detections that took the most time.
pub(crate) fn dearest<'r>(report: &'r RunReport<'r>, kept: Option<(&'r Candidates, usize)>) -> Vec<Cost<'r>> {
    most(report, kept, |cost| cost.run.spent)
}

/// The ten detections with the most candidates.
pub(crate) fn widest<'r>(report: &'r RunReport<'r>, kept: Option<(&'r Candidates, usize)>) -> Vec<Cost<'r>> {
    most(report, kept, |cost| cost.candidates)
}

/// Of each detection, in their order.
fn costs<'r>(report: &'r RunReport<'r>, kept: Option<(&'r Candidates, usize)>) -> impl Iterator<Item = Cost<'r>> {
    let by_search = kept.map(|(kept, _)| kept.rows_by_search()).unwrap_or_default();
    let first = kept.map_or(0, |(_, first)| first);
    report
        .runs
        .iter()
        .enumerate()
        .map(move |(number, run)| Cost { run, candidates: by_search.get(&(first + number)).copied().unwrap_or(0) })
}

/// The detections that are first by some cost.
fn most<'r, C: Ord>(
    report: &'r RunReport<'r>,
    kept: Option<(&'r Candidates, usize)>,
    cost: impl Fn(&Cost<'r>) -> C,
) -> Vec<Cost<'r>> {
    const SHOWN: usize = 10;
    let mut costs: Vec<Cost<'r>> = costs(report, kept).collect();
    costs.sort_by_key(|one| std::cmp::Reverse(cost(one)));
    costs.truncate(SHOWN);
    costs
}

fn objects(costs: &[Cost<'_>]) -> Vec<Value> {
    let object = |cost: &Cost<'_>| {
        json!({
            "detection": cost.run.job.detection.name,
            "candidates": cost.candidates,
            "rows": cost.run.row_count,
            "seconds": cost.run.spent.as_secs_f64(),
        })
    };
    costs.iter().map(object).collect()
}
