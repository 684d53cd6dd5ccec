//! `--stats`: counts and timings as one object.

use std::time::Duration;

use detect::{InputReport, RunReport};
use serde_json::{Value, json};

use super::findings::Found;

/// Time by stage; decoding, normalising and matching are summed over threads, and are in the input's report.
pub(crate) struct Timing {
    /// All searches.
    pub(crate) search: Duration,
    /// Everything, from the start of the command.
    pub(crate) total: Duration,
}

/// The object.
pub(crate) fn stats(report: &RunReport<'_>, found: &Found<'_>, input: &InputReport, timing: &Timing) -> Value {
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
    })
}
