//! `weir content cost`: where the time of a scan goes, stage by stage and detection by detection.

use std::fmt::Write as _;

use crate::args::{ContentCost, OutputFormat, Scan};
use crate::command::scan::{Results, scan};
use crate::exit::ExitStatus;
use crate::output::closing;
use crate::output::found::Wanted;
use crate::output::stats::{Cost, dearest, stats, widest};
use crate::style::{self, count, paint};
use crate::table::{Align, Cell, Table};

/// Scan, and print what it cost instead of what it found.
pub(crate) fn run(args: ContentCost) -> anyhow::Result<ExitStatus> {
    let is_json = args.output_format == OutputFormat::Json || args.output_format == OutputFormat::Ndjson;
    let scanned = Scan {
        input: args.input,
        content: args.content,
        logs: args.logs,
        rows: None,
        findings: None,
        stats: None,
        output_format: OutputFormat::Text,
        fail_on_finding: false,
        baselines: false,
        each_search_alone: false,
    };
    scan(&scanned, Wanted::default(), |results, _| {
        let page = if is_json { format!("{}\n", stats(results)) } else { page(results)? };
        crate::output::print(&page)?;
        Ok(ExitStatus::Fine)
    })
}

fn page(results: &Results<'_, '_>) -> anyhow::Result<String> {
    let Results { report, input, ref timing, kept, .. } = *results;
    let mut page = String::new();
    writeln!(
        page,
        "{} searched by {} in {}\n",
        closing::events(input),
        count(report.runs.len() as u64, "detection", "detections"),
        style::seconds(timing.total.as_secs_f64())
    )?;
    writeln!(page, "{}", paint(style::HEADING, "By stage"))?;
    let mut stages = Table::new(&[("stage", Align::Left), ("seconds", Align::Right), ("", Align::Left)]);
    let rows = [
        ("content", timing.content, "read and compiled"),
        ("decode", input.decode, "summed over threads"),
        ("normalize", input.normalize, "summed over threads"),
        ("match", input.prepare, "the shared scan, summed over threads"),
        ("search", timing.search, "each detection on its candidates"),
    ];
    for (stage, spent, note) in rows {
        let note = Cell::styled(note, style::DIM);
        stages.push(vec![Cell::plain(stage), Cell::plain(format!("{:.3}", spent.as_secs_f64())), note]);
    }
    writeln!(page, "{}", stages.render(crate::output::width()))?;
    writeln!(page, "{}", paint(style::HEADING, "The dearest detections"))?;
    writeln!(page, "{}", costs(&dearest(report, kept)))?;
    writeln!(page, "{}", paint(style::HEADING, "The detections with the most candidates"))?;
    write!(page, "{}", costs(&widest(report, kept)))?;
    Ok(page)
}

fn costs(costs: &[Cost<'_>]) -> String {
    let columns =
        [("seconds", Align::Right), ("candidates", Align::Right), ("rows", Align::Right), ("detection", Align::Left)];
    let mut table = Table::new(&columns);
    for cost in costs {
        table.push(vec![
            Cell::plain(format!("{:.3}", cost.run.spent.as_secs_f64())),
            Cell::plain(style::number(cost.candidates as u64)),
            Cell::plain(style::number(cost.run.row_count as u64)),
            Cell::plain(&cost.run.job.detection.name),
        ]);
    }
    table.render(crate::output::width())
}
