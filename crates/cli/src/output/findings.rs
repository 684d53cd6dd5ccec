//! Findings and risk, as people and machines read them.

use std::io::{self, Write};

use rba::EntityRisk;
use serde_json::{Map, Value};

use crate::args::OutputFormat;
use crate::output::found::{Fired, Found};
use crate::output::rows::{CsvHeader, JsonArray};
use crate::style::{self, count, paint};
use crate::table::{Align, Cell, Table};

/// Which detections fired, the most telling first.
fn by_detection(found: &Found) -> Table {
    let mut lines: Vec<(&(String, &str), &Fired)> = found.fired.iter().collect();
    lines.sort_by_key(|(_, fired)| std::cmp::Reverse((fired.highest, fired.rows)));
    let mut table = Table::new(&[
        ("score", Align::Right),
        ("rows", Align::Right),
        ("type", Align::Left),
        ("detection", Align::Left),
    ]);
    for ((detection, kind), Fired { rows, highest }) in lines {
        table.push(vec![
            Cell::styled(highest.to_string(), style::score_style(f64::from(*highest))),
            Cell::plain(style::number(*rows)),
            Cell::plain(*kind),
            Cell::styled(detection, style::NAME),
        ]);
    }
    table
}

/// Risk by entity, the highest first.
fn risk_table(risks: &[EntityRisk]) -> Table {
    let mut table = Table::new(&[
        ("risk", Align::Right),
        ("entity", Align::Left),
        ("type", Align::Left),
        ("detections", Align::Right),
        ("findings", Align::Right),
        ("first", Align::Left),
        ("last", Align::Left),
        ("tactics", Align::Left),
    ]);
    for risk in risks {
        let tactics: Vec<&str> = risk.tactics.iter().map(String::as_str).collect();
        table.push(vec![
            Cell::styled(style::number(risk.score), style::score_style(risk.score as f64 / 2.0)),
            Cell::styled(style::shorten(&risk.entity, 44), style::NAME),
            Cell::plain(risk.kind.as_str()),
            Cell::plain(style::number(risk.detections.len() as u64)),
            Cell::plain(style::number(risk.count as u64)),
            Cell::plain(style::time(risk.first)),
            Cell::plain(style::time(risk.last)),
            Cell::plain(tactics.join(", ")),
        ]);
    }
    table
}

/// Everything in a format.
pub(crate) fn write(found: &mut Found, format: OutputFormat, into: &mut dyn Write) -> io::Result<()> {
    match format {
        OutputFormat::Text => write_page(found, into),
        OutputFormat::Ndjson => found.write_lines(into),
        OutputFormat::Json => {
            let mut array = JsonArray::new(into);
            found.each_object(&mut |element| array.push(element))?;
            array.finish()
        }
        OutputFormat::Csv => {
            let mut header = CsvHeader::default();
            found.each_object(&mut |cells| {
                header.add(&object(cells)?);
                Ok(())
            })?;
            header.write(into)?;
            found.each_object(&mut |cells| header.write_line(&object(cells)?, into))
        }
    }
}

fn object(cells: &[u8]) -> io::Result<Map<String, Value>> {
    Ok(serde_json::from_slice(cells)?)
}

/// Headed sections: what was found, which detections fired, who carries the risk.
pub(crate) fn write_page(found: &mut Found, into: &mut dyn Write) -> io::Result<()> {
    if found.len() == 0 {
        return writeln!(into, "{}", paint(style::HEADING, "Nothing found"));
    }
    let counts = format!(
        "{}, {}",
        count(found.findings, "finding", "findings"),
        count(found.intermediate, "intermediate finding", "intermediate findings")
    );
    let width = crate::output::width();
    let heading = |text: &str| paint(style::HEADING, text);
    writeln!(into, "{}\n", heading(&format!("Findings  {}", paint(style::DIM, counts))))?;
    found.timeline.write(into)?;
    write!(into, "\n{}\n\n{}", heading("Detections that fired"), by_detection(found).render(width))?;
    let risks = found.risks.by_entity();
    write!(into, "\n{}\n\n{}", heading("Risk by entity"), risk_table(&risks).render(width))
}
