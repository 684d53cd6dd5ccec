//! `weir content list`: the catalogue.

use content::Detection;
use detect::CompiledDetection;
use plan::Verdict;
use serde_json::{Map, Value, json};

use crate::args::{ContentList, OutputFormat};
use crate::exit::ExitStatus;
use crate::output::rows;
use crate::session::{self, Loaded, verdict_name};
use crate::style::{self, count};
use crate::table::{Align, Cell, Table};

/// List detections.
pub(crate) fn run(args: &ContentList) -> anyhow::Result<ExitStatus> {
    let loaded = Loaded::new(&args.content.content, session::geoip(None).as_deref())?;
    let mut chosen = loaded.select(&args.content.select)?;
    chosen.sort_by(|(left, _), (right, _)| left.name.cmp(&right.name));
    if args.output_format == OutputFormat::Text {
        crate::output::print(&table(&chosen))?;
        anstream::eprintln!("{}", count(chosen.len() as u64, "detection", "detections"));
    } else {
        let objects = chosen.iter().map(|(detection, compiled)| object(detection, compiled)).collect();
        crate::output::print(&rows::objects(objects, args.output_format)?)?;
    }
    Ok(ExitStatus::Fine)
}

fn table(chosen: &[(&Detection, &CompiledDetection)]) -> String {
    let mut table = Table::new(&[
        ("type", Align::Left),
        ("verdict", Align::Left),
        ("status", Align::Left),
        ("techniques", Align::Left),
        ("name", Align::Left),
    ]);
    for (detection, compiled) in chosen {
        table.push(vec![
            Cell::plain(detection.kind.as_str()),
            Cell::styled(verdict_name(compiled.verdict), verdict_style(compiled.verdict)),
            Cell::plain(detection.status.as_str()),
            Cell::plain(style::shorten(&detection.annotations.mitre_attack.join(" "), 24)),
            Cell::styled(detection.name.clone(), style::NAME),
        ]);
    }
    table.render(crate::output::width())
}

/// Green, yellow, red.
pub(crate) fn verdict_style(verdict: Verdict) -> anstyle::Style {
    match verdict {
        Verdict::Supported => style::GOOD,
        Verdict::Unsupported => style::WARN,
        Verdict::Invalid => style::BAD,
    }
}

fn object(detection: &Detection, compiled: &CompiledDetection) -> Map<String, Value> {
    let object = json!({
        "name": detection.name,
        "id": detection.id,
        "version": detection.version,
        "type": detection.kind.as_str(),
        "status": detection.status.as_str(),
        "verdict": verdict_name(compiled.verdict),
        "mitre_attack": detection.annotations.mitre_attack,
        "analyticstories": detection.stories,
        "datasets": compiled.usage.datasets,
    });
    match object {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
