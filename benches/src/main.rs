//! Decode, normalise and search on real logs, next to a bare parse of the same files to JSON by the `evtx` crate, in one process.
//!
//! `cargo xtask bench [CONTENT] [LOGS…]`: CONTENT is a folder of detections (`-` for the bundled ones), LOGS are files and
//! folders of EVTX; without them `WEIR_DATA` names the recorded logs. Figures are ratios to the bare parse: the machine's own
//! speed drops out.
//!
//! `cargo xtask bench multiply TIMES OUT [LOGS…]` writes copies of the logs with other times and hosts; `cargo xtask bench
//! parse LOGS…` is the bare parse alone, file by file; `cargo xtask bench predicates CONTENT` prints the conditions on
//! process events as SQL, for `benches/peers/`; `cargo xtask bench text` is about JSON and event XML.

#![allow(clippy::print_stdout, reason = "prints a table")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use content::Content;
use detect::{CompiledDetection, DispatchWindow, Job, Keep as _, Prepare as _, Reads, Running, Source};
use engine::{Engine, Options};
use event::{DecodeOptions, Decoder, EventBatch};
use lake::{Candidates, CandidatesBuilder, MemoryTables};
use normalize::{Needs, Normalizer};
use prefilter::Prefilter;
use rayon::prelude::*;

mod multiply;
mod predicates;
mod text;

/// As in `weir`.
#[global_allocator]
static ALLOCATOR: allocator::Allocator = allocator::Allocator;

const ROUNDS: usize = 7;

/// A file's name and bytes.
type Log = (Arc<str>, Vec<u8>);

fn main() -> anyhow::Result<()> {
    allocator::keep_freed_memory();
    let mut arguments = std::env::args().skip(1).peekable();
    match arguments.peek().map(String::as_str) {
        Some("multiply") => return multiplied(&arguments.skip(1).collect::<Vec<_>>()),
        Some("parse") => return parse(&arguments.skip(1).map(PathBuf::from).collect::<Vec<_>>()),
        Some("text") => return text::run(),
        Some("predicates") => {
            let content = load_content(arguments.nth(1).as_deref())?;
            let compiled = detect::compile(&content, &detect::names_of(&content), &content.detections);
            predicates::print(&content.detections, &compiled, "Endpoint.Processes");
            return Ok(());
        }
        _ => {}
    }
    let content = load_content(arguments.next().as_deref())?;
    let logs = load_logs(&arguments.map(PathBuf::from).collect::<Vec<_>>())?;
    let names = detect::names_of(&content);
    let compiled = detect::compile(&content, &names, &content.detections);
    let plans = compiled.iter().filter_map(|one| one.plan.as_ref());
    let needs = detect::needs_of(plans);
    let (normalizer, _) = Normalizer::new(&[], &mut diag::Files::default());

    let events = bare_parse(&logs);
    let bytes: usize = logs.iter().map(|(_, bytes)| bytes.len()).sum();
    println!("{} files, {:.1} MB, {events} events, one thread, {ROUNDS} rounds\n", logs.len(), bytes as f64 / 1e6);
    println!("{:<44} {:>9} {:>9} {:>12}", "stage", "median ms", "ratio", "events/s");
    let mut floor = Duration::ZERO;
    let mut report = |name: &str, work: &mut dyn FnMut()| {
        let spent = median(work);
        floor = if floor.is_zero() { spent } else { floor };
        let ratio = spent.as_secs_f64() / floor.as_secs_f64();
        let rate = events as f64 / spent.as_secs_f64();
        println!("{name:<44} {:>9.1} {ratio:>9.2} {rate:>12.0}", spent.as_secs_f64() * 1e3);
    };
    report("bare parse to JSON (evtx crate)", &mut || {
        bare_parse(&logs);
    });
    report("decode", &mut || decode(&logs, false));
    report("decode with _raw", &mut || decode(&logs, true));
    report("decode, normalise (all datasets)", &mut || {
        normalise(&logs, &normalizer, &Needs::default());
    });
    report("decode, normalise (what the content reads)", &mut || {
        normalise(&logs, &normalizer, &needs);
    });
    let jobs = jobs(&content, &compiled);
    report(&format!("decode, normalise, match for {} detections", jobs.len()), &mut || {
        candidates(&logs, &normalizer, &needs, &jobs);
    });
    let kept = candidates(&logs, &normalizer, &needs, &jobs);
    let engine = Engine::new(Arc::new(MemoryTables::default()), Options::default())?;
    let engine = engine.with_stores(detect::stores_of(&content, names, None));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    report(&format!("search by {} detections", jobs.len()), &mut || {
        let running = Running { threads: 1, runtime: runtime.handle(), ended: &|_| {} };
        detect::run(&engine, Reads::Candidates { kept: &kept, first: 0 }, &jobs, running);
    });
    Ok(())
}

/// `multiply TIMES OUT [LOGS…]`.
fn multiplied(arguments: &[String]) -> anyhow::Result<()> {
    let [times, out, logs @ ..] = arguments else { anyhow::bail!("multiply TIMES OUT [LOGS…]") };
    let logs = load_logs(&logs.iter().map(PathBuf::from).collect::<Vec<_>>())?;
    multiply::run(&logs, times.parse().context("TIMES is a number")?, Path::new(out))
}

/// `parse LOGS…`: every record to JSON text with the `evtx` crate, a file at a time, on one thread and then on all.
fn parse(paths: &[PathBuf]) -> anyhow::Result<()> {
    let mut files = Vec::new();
    for path in paths {
        files.extend(detect::walk(path)?);
    }
    let parse = |file: &PathBuf| std::fs::read(file).map_or(0, |bytes| bare_parse(&[(Arc::from(""), bytes)]));
    let start = Instant::now();
    let events: usize = files.iter().map(parse).sum();
    let one = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let again: usize = files.par_iter().map(parse).sum();
    let all = start.elapsed().as_secs_f64();
    println!(
        "{{\"events\":{events},\"seconds_one_thread\":{one:.3},\"seconds_all_threads\":{all:.3},\"again\":{again}}}"
    );
    Ok(())
}

fn load_content(folder: Option<&str>) -> anyhow::Result<Content> {
    match folder {
        None | Some("-") => Ok(Content::load(content::bundled())),
        Some(folder) => {
            let files = detect::content_files(Path::new(folder))?;
            Ok(Content::load_folders(vec![content::bundled_defaults(), files]))
        }
    }
}

fn load_logs(paths: &[PathBuf]) -> anyhow::Result<Vec<Log>> {
    let recorded = std::env::var_os("WEIR_DATA").map(|data| Path::new(&data).join("evtx"));
    let paths = if paths.is_empty() { vec![recorded.context("name logs, or set WEIR_DATA")?] } else { paths.to_vec() };
    let mut logs = Vec::new();
    for path in paths {
        for file in detect::walk(&path)? {
            let bytes = std::fs::read(&file)?;
            if bytes.starts_with(b"ElfFile") {
                logs.push((file.to_string_lossy().into(), bytes));
            }
        }
    }
    Ok(logs)
}

/// The floor: records to JSON text and nothing else. Gives the number of records.
fn bare_parse(logs: &[Log]) -> usize {
    let mut records = 0;
    for (_, bytes) in logs {
        if let Ok(mut parser) = evtx::EvtxParser::from_buffer(bytes.clone()) {
            records += parser.records_json().filter(Result::is_ok).count();
        }
    }
    records
}

/// Decode files as `weir scan` does: small ones together.
fn decode_logs(logs: &[Log], raw: bool, sink: &mut dyn FnMut(EventBatch)) {
    const TOGETHER: usize = 4 << 20;
    let options = DecodeOptions { raw, ..DecodeOptions::default() };
    let mut rest = logs;
    while !rest.is_empty() {
        let mut bytes = 0;
        let fits = rest.iter().take_while(|(_, log)| {
            bytes += log.len();
            bytes <= TOGETHER
        });
        let (unit, after) = rest.split_at(fits.count().max(1));
        let mut decoder = Decoder::new(&options, sink);
        for (name, bytes) in unit {
            event::split(bytes).iter().for_each(|piece| decoder.piece(name, piece));
        }
        decoder.finish();
        rest = after;
    }
}

fn decode(logs: &[Log], raw: bool) {
    decode_logs(logs, raw, &mut |batch| {
        std::hint::black_box(&batch);
    });
}

fn normalise(logs: &[Log], normalizer: &Normalizer, needs: &Needs) -> MemoryTables {
    let mut tables = MemoryTables::default();
    decode_logs(logs, needs.events.is_some(), &mut |batch| {
        if tables.add(normalizer.normalize(&batch, needs).tables).is_err() {
            println!("rows not kept");
        }
    });
    tables
}

/// What `weir scan` keeps.
fn candidates(logs: &[Log], normalizer: &Normalizer, needs: &Needs, jobs: &[Job<'_>]) -> Candidates {
    let prefilter = Prefilter::new(jobs.iter().filter_map(|job| job.compiled.plan.as_ref()));
    let mut builder = CandidatesBuilder::default();
    decode_logs(logs, needs.events.is_some(), &mut |batch| {
        let prepared = prefilter.prepare(&Source { batch: &batch, normalizer, needs });
        let kept = prepared.and_then(|prepared| builder.keep(&|| event::content_hash(b""), vec![prepared.rows]));
        if kept.is_err() {
            println!("rows not kept");
        }
    });
    builder.finish().unwrap_or_else(|error| {
        println!("rows not kept: {error}");
        Candidates::default()
    })
}

fn jobs<'a>(content: &'a Content, compiled: &'a [CompiledDetection]) -> Vec<Job<'a>> {
    let window = DispatchWindow { scheduled: i64::MAX / 2, earliest: None, latest: None };
    let runnable = content.detections.iter().zip(compiled).filter(|(_, compiled)| compiled.plan.is_some());
    runnable.map(|(detection, compiled)| Job { detection, compiled, window }).collect()
}

fn median(work: &mut dyn FnMut()) -> Duration {
    let mut spent: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    spent.sort();
    spent.get(ROUNDS / 2).copied().unwrap_or_default()
}
