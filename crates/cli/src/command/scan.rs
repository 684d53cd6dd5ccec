//! `weir scan`: detections over files, folders and archives.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use content::Detection;
use detect::{CandidateSink, CompiledDetection, DispatchWindow, InputOptions, InputReport, Job, Reads, RunReport};
use engine::{Engine, Options};
use lake::{Candidates, MemoryTables};
use plan::{Plan, Verdict};
use prefilter::Prefilter;
use serde_json::{Map, Value, json};

use crate::args::{OutputFormat, Scan};
use crate::exit::ExitStatus;
use crate::output::{findings, findings::Found, rows};
use crate::progress;
use crate::session::{self, Loaded};
use crate::style::{self, count, paint};

/// Time by stage; decoding and normalising are summed over threads.
struct Timing {
    search: Duration,
    total: Duration,
}

/// Scan and print.
pub(crate) fn run(args: &Scan) -> anyhow::Result<ExitStatus> {
    let start = Instant::now();
    let threads = session::threads(args.logs.threads);
    session::limit_threads(threads)?;
    let geoip = session::geoip(args.logs.geoip.as_deref());
    let loaded = Loaded::new(&args.content.content, geoip.as_deref())?;
    let chosen = loaded.select(&args.content.select)?;
    let runnable: Vec<(&Detection, &CompiledDetection)> =
        chosen.iter().copied().filter(|(_, compiled)| compiled.plan.is_some()).collect();
    let logs = read(args, &runnable)?;
    let input = &logs.report;
    let window = window(args, input)?;
    let searching = Instant::now();
    let commands = runnable.iter().flat_map(|(_, compiled)| &compiled.usage.commands).map(String::as_str);
    let stores = session::stores(&loaded.content, loaded.names.clone(), geoip.as_deref(), commands)?;
    let engine = Engine::new(logs.tables, Options::default())?.with_stores(stores);
    let reads = logs.candidates.as_ref().map_or(Reads::Tables, Reads::Candidates);
    let jobs: Vec<Job<'_>> = runnable.iter().map(|(detection, compiled)| Job { detection, compiled, window }).collect();
    let report = search(&engine, reads, &jobs, threads)?;
    let timing = Timing { search: searching.elapsed(), total: start.elapsed() };
    let found = Found::of(&report);
    write_files(args, &report, &found, input, &timing)?;
    print(args, &found)?;
    anstream::eprint!("{}", closing(&chosen, &report, input, &timing));
    Ok(status(args, &report, &found, input))
}

/// The logs that the chosen detections need.
struct Logs {
    report: InputReport,
    tables: Arc<MemoryTables>,
    /// What the shared scan kept; `None` where every search reads the tables alone.
    candidates: Option<Candidates>,
}

/// Read the logs, and keep what some search may want.
fn read(args: &Scan, runnable: &[(&Detection, &CompiledDetection)]) -> anyhow::Result<Logs> {
    let normalizer = session::load_packs(&args.logs.packs)?;
    let plans: Vec<&Plan> = runnable.iter().filter_map(|(_, compiled)| compiled.plan.as_ref()).collect();
    let options = InputOptions { needs: detect::needs_of(plans.iter().copied()), ..InputOptions::default() };
    let bar = progress::bytes("reading");
    let advance = |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    };
    let mut tables = MemoryTables::default();
    let (report, candidates) = if args.each_search_alone {
        (detect::read_inputs(&args.paths, &normalizer, &options, &mut tables, &advance)?, None)
    } else {
        let mut sink = CandidateSink::new(Prefilter::new(plans));
        let report = detect::read_inputs(&args.paths, &normalizer, &options, &mut sink, &advance)?;
        (report, Some(sink.candidates))
    };
    bar.finish_and_clear();
    Ok(Logs { report, tables: Arc::new(tables), candidates })
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

/// Run the jobs with a progress bar.
pub(crate) fn search<'a>(
    engine: &Engine,
    reads: Reads<'_>,
    jobs: &[Job<'a>],
    threads: usize,
) -> anyhow::Result<RunReport<'a>> {
    let bar = progress::bar("searching", jobs.len() as u64);
    let runtime = session::runtime(threads)?;
    let report = detect::run(engine, reads, jobs, threads, runtime.handle(), &|_| bar.inc(1));
    bar.finish_and_clear();
    Ok(report)
}

fn print(args: &Scan, found: &Found<'_>) -> anyhow::Result<()> {
    let page = match args.output_format {
        OutputFormat::Text => findings::page(found),
        OutputFormat::Ndjson => findings::ndjson(found)?,
        format => rows::objects(findings::objects(found), format)?,
    };
    crate::output::print(&page)?;
    Ok(())
}

fn write_files(
    args: &Scan,
    report: &RunReport<'_>,
    found: &Found<'_>,
    input: &InputReport,
    timing: &Timing,
) -> anyhow::Result<()> {
    if let Some(path) = &args.rows {
        write(path, &row_lines(report))?;
    }
    if let Some(path) = &args.findings {
        write(path, &findings::ndjson(found)?)?;
    }
    if let Some(path) = &args.stats {
        write(path, &format!("{}\n", stats(report, found, input, timing)))?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let save = || -> std::io::Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        file.write_all(text.as_bytes())?;
        file.flush()
    };
    save().with_context(|| format!("cannot write {}", path.display()))
}

/// `--rows`: every result row of every detection.
fn row_lines(report: &RunReport<'_>) -> String {
    let mut lines = String::new();
    for run in &report.runs {
        for row in &run.rows {
            let mut object = Map::new();
            object.insert("detection".to_owned(), json!(run.job.detection.name));
            object.insert("id".to_owned(), json!(run.job.detection.id));
            for (key, time) in [("earliest", run.job.window.earliest), ("latest", run.job.window.latest)] {
                if let Some(time) = time {
                    object.insert(key.to_owned(), json!(time.div_euclid(1_000_000)));
                }
            }
            object.insert("row".to_owned(), Value::Object(rows::to_json(row)));
            lines.push_str(&Value::Object(object).to_string());
            lines.push('\n');
        }
    }
    lines
}

/// `--stats`: one object.
fn stats(report: &RunReport<'_>, found: &Found<'_>, input: &InputReport, timing: &Timing) -> Value {
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

/// What was read, what was not, what did not run, how long it took.
fn closing(
    chosen: &[(&Detection, &CompiledDetection)],
    report: &RunReport<'_>,
    input: &InputReport,
    timing: &Timing,
) -> String {
    let mut page = format!(
        "\n{} from {} ({}) searched by {} in {}\n",
        count(input.events, "event", "events"),
        count(input.files, "file", "files"),
        style::bytes(input.bytes),
        count(report.runs.len() as u64, "detection", "detections"),
        style::seconds(timing.total.as_secs_f64())
    );
    page.push_str(&not_read(input));
    page.push_str(&not_run(chosen, report));
    page.push_str(&not_kept(report.runs.iter().flat_map(|run| &run.written)));
    page
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

fn not_run(chosen: &[(&Detection, &CompiledDetection)], report: &RunReport<'_>) -> String {
    let mut page = String::new();
    let mut verdicts: BTreeMap<Verdict, u64> = BTreeMap::new();
    for (_, compiled) in chosen.iter().filter(|(_, compiled)| compiled.plan.is_none()) {
        *verdicts.entry(compiled.verdict).or_default() += 1;
    }
    for (verdict, number) in verdicts {
        let what = format!("{} {}", count(number, "detection", "detections"), session::verdict_name(verdict));
        page.push_str(&format!("  {} {what}: `weir content check` says why\n", paint(style::WARN, "not run")));
    }
    for run in &report.runs {
        if let Some(error) = &run.error {
            page.push_str(&format!("  {} {}: {error}\n", paint(style::BAD, "failed"), run.job.detection.name));
        }
    }
    page
}

fn status(args: &Scan, report: &RunReport<'_>, found: &Found<'_>, input: &InputReport) -> ExitStatus {
    let failed = report.runs.iter().any(|run| run.error.is_some());
    if failed || !input.set_aside.is_empty() {
        ExitStatus::Failed
    } else if args.fail_on_finding && found.len() > 0 {
        ExitStatus::Found
    } else {
        ExitStatus::Fine
    }
}
