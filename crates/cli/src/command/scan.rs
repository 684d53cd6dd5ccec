//! `weir scan`: detections over files, folders and archives, or over a lake.

mod logs;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use content::Detection;
use detect::{CompiledDetection, Ended, InputReport, Job, Reads, RunReport, Running};
use engine::Engine;
use lake::Candidates;

use crate::args::Scan;
use crate::exit::ExitStatus;
use crate::output::closing::closing;
use crate::output::findings;
use crate::output::found::{Found, Taking, Wanted};
use crate::output::stats::{Timing, stats};
use crate::progress;
use crate::session::{self, Loaded};

/// A search of the content with what it was compiled to.
type Search<'a> = (&'a Detection, &'a CompiledDetection);

/// What a scan came to.
pub(crate) struct Results<'r, 'a> {
    /// The chosen detections.
    chosen: &'r [Search<'a>],
    /// What the baselines came to.
    trained: &'r RunReport<'a>,
    pub(crate) report: &'r RunReport<'a>,
    /// Number of findings and intermediate findings.
    pub(crate) findings: u64,
    pub(crate) input: &'r InputReport,
    pub(crate) timing: Timing,
    /// What the shared scan kept, with the number of the first detection's search.
    pub(crate) kept: Option<(&'r Candidates, usize)>,
}

/// Scan and print.
pub(crate) fn run(args: &Scan) -> anyhow::Result<ExitStatus> {
    let wanted =
        Wanted { printed: Some(args.output_format), lines: args.findings.is_some(), rows: args.rows.is_some() };
    scan(args, wanted, |results, mut found| {
        write_files(args, results, &found)?;
        crate::output::print_with(|out| findings::write(&mut found, args.output_format, out))?;
        let Results { chosen, trained, report, input, ref timing, .. } = *results;
        anstream::eprint!("{}", closing(chosen, trained, report, input, timing.total));
        Ok(status(args, results))
    })
}

/// Scan, and hand over what came of it.
pub(crate) fn scan(
    args: &Scan,
    wanted: Wanted,
    then: impl FnOnce(&Results<'_, '_>, Found) -> anyhow::Result<ExitStatus>,
) -> anyhow::Result<ExitStatus> {
    let start = Instant::now();
    let threads = session::threads(args.logs.threads);
    session::limit_threads(threads)?;
    let geoip = session::geoip(args.logs.geoip.as_deref());
    let (loaded, origin) =
        rayon::join(|| Loaded::new(&args.content.content, geoip.as_deref()), || logs::Origin::of(args));
    let (loaded, origin) = (loaded?, origin?);
    let chosen = loaded.select(&args.content.select)?;
    let baselines = if args.baselines { runnable(loaded.baselines()) } else { Vec::new() };
    let runnable = runnable(chosen.iter().copied());
    let compiled = start.elapsed();
    let logs = logs::read(args, &origin, &[&baselines, &runnable], threads)?;
    let window = logs.window;
    rayon::broadcast(|_| allocator::share_freed_memory());
    let searching = Instant::now();
    let searches = baselines.iter().chain(&runnable);
    let commands = searches.flat_map(|(_, compiled)| &compiled.usage.commands).map(String::as_str);
    let stores = session::stores(&loaded.content, loaded.names.clone(), geoip.as_deref(), commands)?;
    let engine = Engine::new(logs.tables, session::engine_options(args.logs.memory))?.with_stores(stores);
    let reads = |first| logs.candidates.as_ref().map_or(Reads::Tables, |kept| Reads::Candidates { kept, first });
    let job = |&(detection, compiled)| Job { detection, compiled, window };
    let baseline_jobs: Vec<Job<'_>> = baselines.iter().map(job).collect();
    let trained = one_by_one(&engine, reads, &baseline_jobs)?;
    let jobs: Vec<Job<'_>> = runnable.iter().map(job).collect();
    let (report, found) = search(&engine, reads(baselines.len()), &jobs, (threads, wanted))?;
    let results = Results {
        chosen: &chosen,
        trained: &trained,
        report: &report,
        findings: found.len(),
        input: &logs.report,
        timing: Timing { content: compiled, search: searching.elapsed(), total: start.elapsed() },
        kept: logs.candidates.as_ref().map(|kept| (kept, baselines.len())),
    };
    let status = then(&results, found);
    // The command ends here: the system takes the memory back at once, which value by value takes as long as many searches.
    std::mem::forget((report, trained, engine, logs.candidates));
    std::mem::forget(loaded);
    status
}

/// Those that can run.
fn runnable<'a>(searches: impl Iterator<Item = Search<'a>>) -> Vec<Search<'a>> {
    searches.filter(|(_, compiled)| compiled.plan.is_some()).collect()
}

/// Run the jobs with a progress bar, on so many threads.
pub(crate) fn search<'a>(
    engine: &Engine,
    reads: Reads<'_>,
    jobs: &[Job<'a>],
    (threads, wanted): (usize, Wanted),
) -> anyhow::Result<(RunReport<'a>, Found)> {
    let bar = progress::bar("searching", jobs.len() as u64);
    let runtime = session::runtime(threads)?;
    let taking = Taking::new(wanted);
    let ended = |ended: &Ended<'_, '_>| {
        taking.take(ended);
        bar.inc(1);
    };
    let report = detect::run(engine, reads, jobs, Running { threads, runtime: runtime.handle(), ended: &ended });
    bar.finish_and_clear();
    Ok((report, taking.finish()?))
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
        let running = Running { threads: 1, runtime: runtime.handle(), ended: &|_| {} };
        let run = detect::run(engine, reads(number), std::slice::from_ref(job), running);
        report.runs.extend(run.runs);
    }
    Ok(report)
}

fn write_files(args: &Scan, results: &Results<'_, '_>, found: &Found) -> anyhow::Result<()> {
    let write_file = |path: &Option<PathBuf>, write: fn(&Found, &mut dyn Write) -> std::io::Result<()>| match path {
        Some(path) => save(path, |into| write(found, into)),
        None => Ok(()),
    };
    let (rows, findings) =
        rayon::join(|| write_file(&args.rows, Found::write_rows), || write_file(&args.findings, Found::write_lines));
    rows.and(findings)?;
    if let Some(path) = &args.stats {
        write(path, &format!("{}\n", stats(results)))?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    save(path, |into| into.write_all(text.as_bytes()))
}

fn save(path: &Path, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> anyhow::Result<()> {
    let save = || -> std::io::Result<()> {
        let mut file = BufWriter::with_capacity(64 << 10, File::create(path)?);
        write(&mut file)?;
        file.flush()
    };
    save().with_context(|| format!("cannot write {}", path.display()))
}

fn status(args: &Scan, results: &Results<'_, '_>) -> ExitStatus {
    let runs = results.trained.runs.iter().chain(&results.report.runs);
    let failed = runs.into_iter().any(|run| run.error.is_some());
    if failed || !results.input.set_aside.is_empty() {
        ExitStatus::Failed
    } else if args.fail_on_finding && results.findings > 0 {
        ExitStatus::Found
    } else {
        ExitStatus::Fine
    }
}
