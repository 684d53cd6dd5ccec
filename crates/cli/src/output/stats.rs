//! `--stats`: counts and timings as one object.

use std::time::Duration;

use detect::{DetectionRun, InputReport, RunReport};
use lake::Candidates;
use serde_json::{Map, Value, json};

use super::findings::Found;

/// Time by stage; decoding, normalising and matching are summed over threads, and are in the input's report.
pub(crate) struct Timing {
    /// All searches.
    pub(crate) search: Duration,
    /// Everything, from the start of the command.
    pub(crate) total: Duration,
}

/// The object. `kept` is what the shared scan kept, with the number of the first detection's search.
pub(crate) fn stats(
    report: &RunReport<'_>,
    found: &Found<'_>,
    input: &InputReport,
    timing: &Timing,
    kept: Option<(&Candidates, usize)>,
) -> Value {
    let rows: usize = report.runs.iter().map(|run| run.rows.len()).sum();
    json!({
        "files": input.files,
        "bytes": input.bytes,
        "events": input.events,
        "set_aside": input.set_aside.len(),
        "by_sourcetype": input.by_sourcetype,
        "detections": report.runs.len(),
        "rows": rows,
        "findings": found.len(),
        "seconds": {
            "decode": input.decode.as_secs_f64(),
            "normalize": input.normalize.as_secs_f64(),
            "match": input.prepare.as_secs_f64(),
            "search": timing.search.as_secs_f64(),
            "total": timing.total.as_secs_f64(),
        },
        "peak_rss_bytes": crate::memory::peak_rss_bytes(),
        "kept": kept.map(kept_rows),
        "dearest": most(report, kept, |_, run| run.spent),
        "widest": most(report, kept, |candidates, _| candidates),
    })
}

/// What the shared scan kept: rows by table, and bytes.
fn kept_rows((kept, _): (&Candidates, usize)) -> Value {
    let rows: Map<String, Value> = kept.rows().iter().map(|(table, rows)| (table.to_string(), json!(rows))).collect();
    json!({ "bytes": kept.bytes(), "rows": rows })
}

/// The detections that are first by some cost.
fn most<C: Ord>(
    report: &RunReport<'_>,
    kept: Option<(&Candidates, usize)>,
    cost: impl Fn(usize, &DetectionRun<'_>) -> C,
) -> Vec<Value> {
    const SHOWN: usize = 10;
    let candidates = |number| kept.map_or(0, |(kept, first)| kept.rows_of_search(first + number));
    let runs = report.runs.iter().enumerate();
    let mut runs: Vec<(usize, &DetectionRun<'_>)> = runs.map(|(number, run)| (candidates(number), run)).collect();
    runs.sort_by_key(|(candidates, run)| std::cmp::Reverse(cost(*candidates, run)));
    let object = |(candidates, run): &(usize, &DetectionRun<'_>)| {
        json!({
            "detection": run.job.detection.name,
            "candidates": candidates,
            "rows": run.rows.len(),
            "seconds": run.spent.as_secs_f64(),
        })
    };
    runs.iter().take(SHOWN).map(object).collect()
}
