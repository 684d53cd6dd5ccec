//! `weir scan`: detections over files, folders and archives.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use content::Detection;
use detect::{CandidateSink, CompiledDetection, DispatchWindow, InputOptions, InputReport, Job, Reads, RunReport};
use engine::{Engine, Options};
use lake::{Candidates, MemoryTables};
use plan::Plan;
use prefilter::Prefilter;
use serde_json::{Map, Value, json};

use crate::args::{OutputFormat, Scan};
use crate::exit::ExitStatus;
use crate::output::closing::closing;
use crate::output::findings::{self, Found};
use crate::output::rows;
use crate::output::stats::{Timing, stats};
use crate::progress;
use crate::session::{self, Loaded};

/// A search of the content with what it was compiled to.
type Search<'a> = (&'a Detection, &'a CompiledDetection);

/// Scan and print.
pub(crate) fn run(args: &Scan) -> anyhow::Result<ExitStatus> {
    let start = Instant::now();
    let threads = session::threads(args.logs.threads);
    session::limit_threads(threads)?;
    let geoip = session::geoip(args.logs.geoip.as_deref());
    let loaded = Loaded::new(&args.content.content, geoip.as_deref())?;
    let chosen = loaded.select(&args.content.select)?;
    let baselines = if args.baselines { runnable(loaded.baselines()) } else { Vec::new() };
    let runnable = runnable(chosen.iter().copied());
    let logs = read(args, &baselines, &runnable)?;
    let input = &logs.report;
    let window = window(args, input)?;
    let searching = Instant::now();
    let searches = baselines.iter().chain(&runnable);
    let commands = searches.flat_map(|(_, compiled)| &compiled.usage.commands).map(String::as_str);
    let stores = session::stores(&loaded.content, loaded.names.clone(), geoip.as_deref(), commands)?;
    let engine = Engine::new(logs.tables, Options::default())?.with_stores(stores);
    let reads = |first| logs.candidates.as_ref().map_or(Reads::Tables, |kept| Reads::Candidates { kept, first });
    let job = |&(detection, compiled)| Job { detection, compiled, window };
    let baseline_jobs: Vec<Job<'_>> = baselines.iter().map(job).collect();
    let trained = one_by_one(&engine, reads, &baseline_jobs)?;
    let jobs: Vec<Job<'_>> = runnable.iter().map(job).collect();
    let report = search(&engine, reads(baselines.len()), &jobs, threads)?;
    let timing = Timing { search: searching.elapsed(), total: start.elapsed() };
    let found = Found::of(&report);
    let kept = logs.candidates.as_ref().map(|kept| (kept, baselines.len()));
    write_files(args, &report, &found, |path| {
        write(path, &format!("{}\n", stats(&report, &found, input, &timing, kept)))
    })?;
    print(args, &found)?;
    anstream::eprint!("{}", closing(&chosen, &trained, &report, input, timing.total));
    Ok(status(args, &trained, &report, &found, input))
}

/// The logs that the chosen detections need.
struct Logs {
    report: InputReport,
    tables: Arc<MemoryTables>,
    /// What the shared scan kept; `None` where every search reads the tables alone.
    candidates: Option<Candidates>,
}

/// Those that can run.
fn runnable<'a>(searches: impl Iterator<Item = Search<'a>>) -> Vec<Search<'a>> {
    searches.filter(|(_, compiled)| compiled.plan.is_some()).collect()
}

/// Read the logs, and keep what some search may want. Baselines are the first searches of the shared scan.
fn read(args: &Scan, baselines: &[Search<'_>], detections: &[Search<'_>]) -> anyhow::Result<Logs> {
    let normalizer = session::load_packs(&args.logs.packs)?;
    let plans: Vec<&Plan> =
        baselines.iter().chain(detections).filter_map(|(_, compiled)| compiled.plan.as_ref()).collect();
    let options =
        InputOptions { needs: detect::needs_of(plans.iter().copied()), metadata: args.logs.known.metadata(), ..InputOptions::default() };
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
        (report, Some(sink.finish()?))
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

/// Run baselines, each on what those before it have left: an update reads what the initial run wrote.
fn one_by_one<'a, 'c>(
    engine: &Engine,
    reads: impl Fn(usize) -> Reads<'c>,
    jobs: &[Job<'a>],
) -> anyhow::Result<RunReport<'a>> {
    let mut report = RunReport::default();
    let runtime = session::runtime(1)?;
    for (number, job) in jobs.iter().enumerate() {
        let run = detect::run(engine, reads(number), std::slice::from_ref(job), 1, runtime.handle(), &|_| {});
        report.runs.extend(run.runs);
    }
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
    write_stats: impl FnOnce(&Path) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    if let Some(path) = &args.rows {
        write(path, &row_lines(report))?;
    }
    if let Some(path) = &args.findings {
        write(path, &findings::ndjson(found)?)?;
    }
    if let Some(path) = &args.stats {
        write_stats(path)?;
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

fn status(
    args: &Scan,
    baselines: &RunReport<'_>,
    report: &RunReport<'_>,
    found: &Found<'_>,
    input: &InputReport,
) -> ExitStatus {
    let failed = baselines.runs.iter().chain(&report.runs).any(|run| run.error.is_some());
    if failed || !input.set_aside.is_empty() {
        ExitStatus::Failed
    } else if args.fail_on_finding && found.len() > 0 {
        ExitStatus::Found
    } else {
        ExitStatus::Fine
    }
}
