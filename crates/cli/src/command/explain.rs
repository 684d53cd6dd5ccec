//! `weir explain`: what a code means; how a detection's search is understood.

use std::fmt::Write as _;

use crate::args::Explain;
use crate::exit::ExitStatus;
use crate::session::{self, Loaded, verdict_name};
use crate::style::{self, paint};

/// How the shared scan finds the rows that a command reads.
fn found(way: &prefilter::Way) -> String {
    const SHOWN: usize = 8;
    let table = way.dataset.map_or_else(|| "events".to_owned(), |dataset| dataset.to_string());
    match &way.needs_one_of {
        None => format!(
            "  {} {table}: no condition that a row must meet, so every row is read",
            paint(style::WARN, "whole table")
        ),
        Some(conditions) => {
            let mut shown = conditions.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(" OR ");
            if conditions.len() > SHOWN {
                shown.push_str(&format!(" OR {} more", conditions.len() - SHOWN));
            }
            format!("  {table}: rows with {shown}")
        }
    }
}

/// Explain a code or a detection.
pub(crate) fn run(args: &Explain) -> anyhow::Result<ExitStatus> {
    if let Some(entry) = diag::codes::find(&args.name) {
        let title = paint(style::HEADING, format!("{}: {}", entry.code.0, entry.title));
        crate::output::print(&format!("{title}\n\n{}\n", entry.explanation))?;
        return Ok(ExitStatus::Fine);
    }
    let loaded = Loaded::new(&args.content.content, session::geoip(None).as_deref())?;
    let (detection, compiled) = loaded.find(&args.name)?;
    let mut page = format!("{}\n", paint(style::HEADING, &detection.name));
    writeln!(page, "\nSearch after macro expansion\n\n  {}", compiled.expanded.text.trim())?;
    match &compiled.plan {
        Some(plan) => {
            writeln!(page, "\nPlan\n")?;
            for (number, stage) in plan.stages.iter().enumerate() {
                let text = stage.span.of(&compiled.expanded.text);
                writeln!(
                    page,
                    "  {} {}",
                    paint(style::DIM, number + 1),
                    text.split_whitespace().collect::<Vec<_>>().join(" ")
                )?;
                let more = if stage.schema.open { ", and other fields of the events" } else { "" };
                writeln!(page, "    {}", paint(style::DIM, format!("→ {}{more}", stage.schema.fields.join(", "))))?;
            }
            writeln!(page, "\nShared scan\n")?;
            for way in prefilter::Prefilter::new([plan]).ways() {
                writeln!(page, "{}", found(&way))?;
            }
        }
        None => writeln!(page, "\nNo plan: the search is {}.", verdict_name(compiled.verdict))?,
    }
    for report in &compiled.reports {
        writeln!(page, "\n{}", diag::render_text(report, &loaded.content.files, diag::Style::Colour))?;
    }
    crate::output::print(&page)?;
    Ok(ExitStatus::Fine)
}
