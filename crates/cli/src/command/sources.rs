//! `weir sources`: what the packs know and what it unlocks; with logs, which detections can fire on them and what is missing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use content::Detection;
use detect::{CompiledDetection, Coverage, InputOptions, Look, Missing, MissingKind, Reading, Seen, World};
use normalize::{Needs, PackSource, bundled_packs};
use serde_json::json;

use crate::args::{Sources, SourcesFormat};
use crate::exit::ExitStatus;
use crate::output::closing::not_read;
use crate::session::{self, Loaded};
use crate::style::{self, count, paint};
use crate::table::{Align, Cell, Table};
use crate::{output, progress};

/// A detection and what it finds of what it needs.
type Covered<'a> = (&'a Detection, Coverage);

/// Hold detections against packs, or against logs.
pub(crate) fn run(args: &Sources) -> anyhow::Result<ExitStatus> {
    let geoip = session::geoip(None);
    let loaded = Loaded::new(&args.content.content, geoip.as_deref())?;
    let chosen = loaded.select(&args.content.select)?;
    let (world, notes) = if args.paths.is_empty() { (packs(args)?, None) } else { logs(args)? };
    let covered: Vec<Covered<'_>> = chosen.iter().map(|search| cover(search, &world)).collect();
    let page = match args.output_format {
        SourcesFormat::Ndjson => ndjson(&loaded, &covered),
        SourcesFormat::Text if args.paths.is_empty() => known(&world, &covered)?,
        SourcesFormat::Text => found(&world, &covered)?,
    };
    output::print(&page)?;
    let failed = notes.as_ref().is_some_and(|(_, failed)| *failed);
    if let Some((notes, _)) = notes {
        anstream::eprint!("{notes}");
    }
    Ok(if failed { ExitStatus::Failed } else { ExitStatus::Fine })
}

fn packs(args: &Sources) -> anyhow::Result<World> {
    let normalizer = session::load_packs(&args.packs)?;
    let own = session::pack_files(&args.packs)?;
    let mut files: Vec<PackSource<'_>> =
        own.iter().map(|file| PackSource { path: &file.path, text: &file.text }).collect();
    files.extend(bundled_packs());
    Ok(World::of_packs(&normalizer, &files))
}

/// Read logs; the notes say what could not be read, and whether anything could not.
fn logs(args: &Sources) -> anyhow::Result<(World, Option<(String, bool)>)> {
    let normalizer = session::load_packs(&args.packs)?;
    let options = InputOptions { needs: Needs::all(), metadata: args.known.metadata(), ..InputOptions::default() };
    let mut seen = Seen::default();
    let reading = Reading { normalizer: &normalizer, options: &options, prepare: &Look };
    let bar = progress::bytes("reading");
    let report = detect::read_inputs(&args.paths, &reading, &mut seen, &|done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    let read = format!(
        "{} from {}\n{}",
        count(report.events, "event", "events"),
        count(report.files, "file", "files"),
        not_read(&report)
    );
    Ok((World::of_logs(&seen), Some((read, !report.set_aside.is_empty()))))
}

fn cover<'a>((detection, compiled): &(&'a Detection, &CompiledDetection), world: &World) -> Covered<'a> {
    let coverage = match &compiled.plan {
        Some(plan) => world.cover(plan),
        None => Coverage {
            missing: vec![Missing {
                kind: MissingKind::Search,
                name: session::verdict_name(compiled.verdict).to_owned(),
                reason: "the search does not run: `weir content check` says why".to_owned(),
                span: text::Span::default(),
            }],
            ..Coverage::default()
        },
    };
    (detection, coverage)
}

fn ndjson(loaded: &Loaded, covered: &[Covered<'_>]) -> String {
    let mut page = String::new();
    for (detection, coverage) in covered {
        let missing = coverage
            .missing
            .iter()
            .map(|missing| json!({ "kind": missing.kind.name(), "name": missing.name, "reason": missing.reason }));
        let line = json!({
            "detection": detection.name,
            "file": loaded.content.files.path(detection.name_at.file),
            "covered": coverage.missing.is_empty(),
            "missing": missing.collect::<Vec<_>>(),
        });
        page.push_str(&format!("{line}\n"));
    }
    let whole = covered.iter().filter(|(_, coverage)| coverage.missing.is_empty()).count();
    let share = if covered.is_empty() { 1.0 } else { whole as f64 / covered.len() as f64 };
    let summary = json!({ "summary": { "detections": covered.len(), "covered": whole, "share": share } });
    page.push_str(&format!("{summary}\n"));
    page
}

/// The packs, and how many detections read what each gives.
fn known(world: &World, covered: &[Covered<'_>]) -> anyhow::Result<String> {
    let mut page = format!("{}\n", paint(style::HEADING, "Sources that the packs know"));
    let columns = [
        ("detections", Align::Right),
        ("sourcetype", Align::Left),
        ("what it is", Align::Left),
        ("data models", Align::Left),
    ];
    let mut table = Table::new(&columns);
    let mut rows: Vec<(usize, &detect::Origin)> = Vec::new();
    for (at, origin) in world.sources.iter().enumerate() {
        let reads = |(_, coverage): &&Covered<'_>| coverage.missing.is_empty() && coverage.sources.contains(&at);
        rows.push((covered.iter().filter(reads).count(), origin));
    }
    rows.sort_by_key(|(detections, origin)| (std::cmp::Reverse(*detections), origin.name.clone()));
    for (detections, origin) in rows {
        let models: BTreeSet<&str> = origin.datasets.iter().map(|dataset| dataset.model).collect();
        table.push(vec![
            Cell::plain(style::number(detections as u64)),
            Cell::plain(origin.sourcetypes.first().cloned().unwrap_or_default()),
            Cell::plain(origin.description.clone()),
            Cell::styled(models.into_iter().collect::<Vec<_>>().join(", "), style::DIM),
        ]);
    }
    page.push_str(&table.render(output::width()));
    let whole = covered.iter().filter(|(_, coverage)| coverage.missing.is_empty()).count();
    writeln!(
        page,
        "\n{} of {} find everything that they read.",
        style::number(whole as u64),
        count(covered.len() as u64, "detection", "detections")
    )?;
    missing(&mut page, covered, "What the others miss")?;
    page.push_str("\nWhich of them can fire on your logs: weir sources PATH…\n");
    Ok(page)
}

/// What logs have, and what can fire on them.
fn found(world: &World, covered: &[Covered<'_>]) -> anyhow::Result<String> {
    let mut page = format!("{}\n", paint(style::HEADING, "What these logs are"));
    let mut table = Table::new(&[("sourcetype", Align::Left), ("", Align::Right)]);
    for origin in &world.sources {
        table.push(vec![Cell::plain(&origin.name), Cell::plain(&origin.description)]);
    }
    page.push_str(&table.render(output::width()));
    let whole = covered.iter().filter(|(_, coverage)| coverage.missing.is_empty()).count();
    writeln!(
        page,
        "\n{} of {} can fire on these logs: what they read is there.",
        style::number(whole as u64),
        count(covered.len() as u64, "detection", "detections")
    )?;
    missing(&mut page, covered, "What keeps the others from firing")?;
    page.push_str("\nBy detection: --output-format ndjson\n");
    Ok(page)
}

/// So much of a name that the columns behind it are seen.
fn shortened(name: &str) -> String {
    const WIDTH: usize = 56;
    if name.chars().count() <= WIDTH {
        return name.to_owned();
    }
    let start: String = name.chars().take(WIDTH - 1).collect();
    format!("{start}…")
}

/// What is missing, that which concerns most detections first.
fn missing(page: &mut String, covered: &[Covered<'_>], title: &str) -> anyhow::Result<()> {
    const SHOWN: usize = 30;
    let mut by_what: BTreeMap<(MissingKind, &str, &str), Vec<&str>> = BTreeMap::new();
    for (detection, coverage) in covered {
        for one in &coverage.missing {
            by_what.entry((one.kind, &one.name, &one.reason)).or_default().push(&detection.name);
        }
    }
    if by_what.is_empty() {
        return Ok(());
    }
    writeln!(page, "\n{}", paint(style::HEADING, title))?;
    let mut rows: Vec<_> = by_what.into_iter().collect();
    rows.sort_by_key(|(what, names)| (std::cmp::Reverse(names.len()), *what));
    let columns = [("detections", Align::Right), ("", Align::Left), ("missing", Align::Left), ("such as", Align::Left)];
    let mut table = Table::new(&columns);
    for ((kind, name, _), names) in rows.iter().take(SHOWN) {
        table.push(vec![
            Cell::plain(style::number(names.len() as u64)),
            Cell::styled(kind.name(), style::DIM),
            Cell::plain(shortened(name)),
            Cell::styled(names.first().copied().unwrap_or_default(), style::DIM),
        ]);
    }
    page.push_str(&table.render(output::width()));
    if rows.len() > SHOWN {
        writeln!(page, "  and {} more: --output-format ndjson", style::number((rows.len() - SHOWN) as u64))?;
    }
    Ok(())
}
