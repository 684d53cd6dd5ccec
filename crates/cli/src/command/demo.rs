//! `weir demo`: what Weir does, on a small set of logs that comes with it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use detect::{Everything, InputOptions, InputReport, Job, LakeSink, Reading, Reads};
use engine::{Engine, Options};
use lake::Lake;

use crate::args::{Demo, OutputFormat};
use crate::command::{ingest, scan};
use crate::exit::ExitStatus;
use crate::output::findings;
use crate::output::found::Wanted;
use crate::session::{self, Loaded};
use crate::style::{self, count, paint};

/// Ingest the bundled logs into a lake, run the bundled detections on their schedule, print what they find.
pub(crate) fn run(args: &Demo) -> anyhow::Result<ExitStatus> {
    let start = Instant::now();
    let temporary = tempfile::tempdir().context("cannot make a temporary folder")?;
    let folder = args.keep.as_deref().unwrap_or(temporary.path());
    let logs = write_logs(folder)?;
    let threads = session::threads(None);
    let runtime = session::runtime(threads)?;
    let lake = Lake::open(&folder.join("lake").to_string_lossy(), BTreeMap::new())?;
    let input = fill(&lake, &logs, runtime.handle())?;
    let (first, last) = input.time_range.context("the bundled logs hold no event")?;

    let loaded = Loaded::new(&[], None)?;
    let chosen = loaded.select(&[])?;
    let mut jobs = Vec::new();
    for (detection, compiled) in &chosen {
        let schedule = loaded.content.schedule_of(detection).context("the bundled content has no schedule")?;
        for window in detect::dispatches(schedule, first, last)? {
            jobs.push(Job { detection, compiled, window });
        }
    }
    let stores = detect::stores_of(&loaded.content, loaded.names.clone(), None);
    let engine = Engine::new(Arc::new(lake), Options::default())?.with_stores(stores);
    let wanted = Wanted { printed: Some(OutputFormat::Text), ..Wanted::default() };
    let (report, mut found) = scan::search(&engine, Reads::Tables, &jobs, (threads, wanted))?;
    if let Some(failed) = report.runs.iter().find_map(|run| run.error.as_ref().map(|error| (run, error))) {
        anyhow::bail!("{}: {}", failed.0.job.detection.name, failed.1);
    }
    crate::output::print_with(|out| {
        writeln!(out, "{}", opening(&input, chosen.len(), jobs.len()))?;
        findings::write_page(&mut found, out)?;
        out.write_all(what_next(args.keep.as_deref(), start.elapsed().as_secs_f64()).as_bytes())
    })?;
    Ok(ExitStatus::Fine)
}

fn write_logs(folder: &Path) -> anyhow::Result<PathBuf> {
    let write = || -> std::io::Result<PathBuf> {
        std::fs::create_dir_all(folder)?;
        let path = folder.join("sysmon.xml");
        std::fs::write(&path, content::demo_sysmon())?;
        Ok(path)
    };
    write().with_context(|| format!("cannot write the demo's logs to {}", folder.display()))
}

fn fill(lake: &Lake, logs: &Path, runtime: &tokio::runtime::Handle) -> anyhow::Result<InputReport> {
    let normalizer = session::load_packs(&[])?;
    let options = InputOptions { needs: ingest::everything(), ..InputOptions::default() };
    let mut sink = LakeSink::new(lake, runtime.clone());
    let reading = Reading { normalizer: &normalizer, options: &options, prepare: &Everything };
    let report = detect::read_inputs(&[logs.to_path_buf()], &reading, &mut sink, &|_, _| {})?;
    sink.finish()?;
    Ok(report)
}

fn opening(input: &InputReport, detections: usize, dispatches: usize) -> String {
    let (first, last) = input.time_range.unwrap_or_default();
    format!(
        "{}\n\n  {} from {} to {}, ingested into a Delta lake;\n  {} dispatched {} over their hourly windows.\n",
        paint(style::HEADING, "Weir demo"),
        count(input.events, "Sysmon event", "Sysmon events"),
        style::time(first),
        style::time(last),
        count(detections as u64, "detection", "detections"),
        count(dispatches as u64, "time", "times"),
    )
}

fn what_next(kept: Option<&Path>, seconds: f64) -> String {
    let mut page = format!("\n{}\n\n", paint(style::HEADING, "What next"));
    let mut steps = vec![
        (
            "weir content show 'Windows Ngrok Reverse Proxy Usage'",
            "the detection, as its author wrote it and as Weir runs it",
        ),
        ("weir scan YOUR-LOGS/", "the bundled detections on your own EVTX, XML or JSON"),
        ("weir content check security_content", "what of a checkout of ESCU runs, and what does not"),
        ("weir scan --content security_content YOUR-LOGS/", "all of ESCU on your own logs"),
    ];
    let search = kept.map(|folder| {
        format!(
            "weir search --lake {} '| tstats count from datamodel=Endpoint.Processes by Processes.process_name'",
            folder.join("lake").display()
        )
    });
    match &search {
        Some(search) => steps.push((search, "SPL on the demo's lake")),
        None => steps.push(("weir demo --keep demo", "keep the logs and the lake, to search them in SPL")),
    }
    for (command, meaning) in steps {
        page.push_str(&format!("  {}\n      {}\n", paint(style::NAME, command), paint(style::DIM, meaning)));
    }
    page.push_str(&format!("\n{}\n", paint(style::DIM, format!("All of this took {}.", style::seconds(seconds)))));
    page
}
