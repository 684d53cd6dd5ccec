//! What stands below the results, on stderr: what was read and what was not, what did not run, how long it took.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use content::Detection;
use detect::{CompiledDetection, DetectionRun, InputReport, RunReport};
use plan::Verdict;

use crate::session;
use crate::style::{self, count, paint};

/// What was read, what was not, what did not run, how long it took.
pub(crate) fn closing(
    chosen: &[(&Detection, &CompiledDetection)],
    baselines: &RunReport<'_>,
    report: &RunReport<'_>,
    input: &InputReport,
    total: Duration,
) -> String {
    let mut page = format!(
        "\n{} from {} ({}) searched by {} in {}\n",
        events(input),
        count(input.files, "file", "files"),
        style::bytes(input.bytes),
        count(report.runs.len() as u64, "detection", "detections"),
        style::seconds(total.as_secs_f64())
    );
    page.push_str(&not_read(input));
    if !baselines.runs.is_empty() {
        page.push_str(&format!("  {} ran before them\n", count(baselines.runs.len() as u64, "baseline", "baselines")));
    }
    page.push_str(&not_run(chosen));
    let runs = || baselines.runs.iter().chain(&report.runs);
    page.push_str(&failed(runs(), baselines.runs.is_empty()));
    page.push_str(&not_kept(runs().flat_map(|run| &run.written)));
    page
}

/// How much was searched. An event may be a row of several of a lake's tables: of a lake, rows are counted.
pub(crate) fn events(input: &InputReport) -> String {
    if input.from_lake { count(input.events, "row", "rows") } else { count(input.events, "event", "events") }
}

/// What was skipped or set aside while reading; the first few places in full.
pub(crate) fn not_read(input: &InputReport) -> String {
    const SHOWN: usize = 5;
    let mut page = String::new();
    let skipped = [
        (input.duplicates, "file with the same content as another", "files with the same content as another"),
        (input.empty_files, "empty file", "empty files"),
    ];
    let skipped: Vec<String> = skipped
        .into_iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, one, many)| count(number, one, many))
        .collect();
    if !skipped.is_empty() {
        page.push_str(&format!("  {}\n", paint(style::DIM, format!("passed over: {}", skipped.join(", ")))));
    }
    if input.unrecognized > 0 {
        let events = count(input.unrecognized, "event", "events");
        page.push_str(&format!("  {} {events} of no known source, in no data model\n", paint(style::WARN, "note")));
    }
    if input.without_time > 0 {
        let events = count(input.without_time, "event", "events");
        page.push_str(&format!("  {} {events} without a time\n", paint(style::WARN, "note")));
    }
    if !input.set_aside.is_empty() {
        let places = count(input.set_aside.len() as u64, "place", "places");
        page.push_str(&format!("  {} {places} could not be read:\n", paint(style::WARN, "set aside")));
    }
    for one in input.set_aside.iter().take(SHOWN) {
        let record = one.place.record.map(|record| format!(" record {record}")).unwrap_or_default();
        page.push_str(&format!("    {} byte {}{record}: {}\n", one.place.file, one.place.offset, one.reason));
    }
    if input.set_aside.len() > SHOWN {
        page.push_str(&format!("    and {} more\n", style::number((input.set_aside.len() - SHOWN) as u64)));
    }
    page
}

/// The lookups that searches wrote: nothing keeps them beyond this run.
pub(crate) fn not_kept<'n>(written: impl Iterator<Item = &'n String>) -> String {
    let written: BTreeSet<&String> = written.collect();
    if written.is_empty() {
        return String::new();
    }
    let names: Vec<String> = written.iter().map(|name| format!("`{name}`")).collect();
    let lookups = count(written.len() as u64, "lookup was", "lookups were");
    format!("  {} {lookups} written for this run alone: {}\n", paint(style::WARN, "note"), names.join(", "))
}

fn not_run(chosen: &[(&Detection, &CompiledDetection)]) -> String {
    let mut page = String::new();
    let mut verdicts: BTreeMap<Verdict, u64> = BTreeMap::new();
    for (_, compiled) in chosen.iter().filter(|(_, compiled)| compiled.plan.is_none()) {
        *verdicts.entry(compiled.verdict).or_default() += 1;
    }
    for (verdict, number) in verdicts {
        let what = format!("{} {}", count(number, "detection", "detections"), session::verdict_name(verdict));
        page.push_str(&format!("  {} {what}: `weir content check` says why\n", paint(style::WARN, "not run")));
    }
    page
}

/// Searches that began and did not end, those with the same reason together.
fn failed<'r>(runs: impl Iterator<Item = &'r DetectionRun<'r>>, without_baselines: bool) -> String {
    let mut page = String::new();
    let mut reasons: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut not_fitted = false;
    for run in runs {
        let Some(error) = &run.error else { continue };
        not_fitted |= error.is_not_fitted();
        reasons.entry(with_causes(error)).or_default().push(&run.job.detection.name);
    }
    for (reason, names) in reasons {
        page.push_str(&format!("  {} {}: {reason}\n", paint(style::BAD, "failed"), names.join(", ")));
    }
    if not_fitted && without_baselines {
        page.push_str(&format!(
            "  {} with --baselines, baselines run first and fit models\n",
            paint(style::WARN, "note")
        ));
    }
    page
}

/// An error with what lies under it.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(under) = cause {
        let message = under.to_string();
        if !text.contains(&message) {
            text.push_str(": ");
            text.push_str(&message);
        }
        cause = under.source();
    }
    text
}
