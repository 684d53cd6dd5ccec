//! `weir content check`: parse, expand and check everything; say what is wrong and where.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::time::Instant;

use content::Detection;
use detect::{CompiledDetection, MissingKind, World};
use diag::{Diagnostic, Files, Report, Severity, codes};
use normalize::bundled_packs;
use plan::Verdict;
use serde_json::{Map, Value, json};

use crate::args::{CheckFormat, ContentCheck};
use crate::exit::ExitStatus;
use crate::session::{self, Loaded, verdict_name};
use crate::style::{self, paint};

/// Counts of the whole check.
#[derive(Debug, Default)]
struct Summary {
    supported: u64,
    unsupported: u64,
    invalid: u64,
    errors: u64,
    warnings: u64,
}

/// Check and print.
pub(crate) fn run(args: &ContentCheck) -> anyhow::Result<ExitStatus> {
    let start = Instant::now();
    let mut loaded = Loaded::new(&args.content, session::geoip(None).as_deref())?;
    if args.warnings || args.output_format == CheckFormat::Ndjson {
        add_sources(&mut loaded)?;
    }
    let seconds = start.elapsed().as_secs_f64();
    let checked = check_all(&loaded);
    let by_file = reports_by_file(&loaded, &checked);
    let summary = summarise(&checked, &by_file);
    let mut page = String::new();
    match args.output_format {
        CheckFormat::Ndjson => {
            objects(&loaded.content.files, &checked, &by_file, &mut page)?;
            writeln!(page, "{}", summary.to_json(seconds))?;
        }
        format => {
            for report in by_file.values().flatten() {
                if report.severity == Severity::Error || args.warnings {
                    push_report(report, &loaded.content.files, format, &mut page);
                }
            }
            anstream::eprint!("{}", closing(&summary, args, seconds));
        }
    }
    crate::output::print(&page)?;
    Ok(if summary.errors > 0 { ExitStatus::Found } else { ExitStatus::Fine })
}

/// Warn of what no pack gives.
fn add_sources(loaded: &mut Loaded) -> anyhow::Result<()> {
    let world = World::of_packs(&session::load_packs(&[])?, &bundled_packs());
    let is_deprecated = |detection: &Detection| detection.status == content::Status::Deprecated;
    let deprecated: Vec<bool> = loaded.content.detections.iter().map(is_deprecated).collect();
    let current = loaded.compiled.iter_mut().zip(deprecated).filter(|(_, deprecated)| !deprecated);
    for (compiled, _) in current {
        let Some(plan) = &compiled.plan else { continue };
        let missing = world.cover(plan).missing;
        let reports = missing.iter().filter_map(|missing| {
            let (code, what) = match missing.kind {
                MissingKind::Field => (codes::NO_ORIGIN, "field"),
                MissingKind::Dataset => (codes::NO_SOURCE, "dataset"),
                MissingKind::Sourcetype => (codes::NO_SOURCE, "events"),
                // That is reported where it is wrong.
                MissingKind::Search => return None,
            };
            let message = format!("{what} `{}`: {}", missing.name, missing.reason);
            Diagnostic::warning(code, missing.span, message).label("read here").locate(&compiled.expanded)
        });
        let reports: Vec<Report> = reports.collect();
        compiled.reports.extend(reports);
    }
    Ok(())
}

/// A detection or baseline with its verdict: an error in the YAML around a good search makes it invalid too.
struct Checked<'a> {
    detection: &'a Detection,
    compiled: &'a CompiledDetection,
    verdict: Verdict,
}

fn check_all(loaded: &Loaded) -> Vec<Checked<'_>> {
    let errors = loaded.content.reports.iter().filter(|report| report.severity == Severity::Error);
    let broken: BTreeSet<_> = errors.map(|report| report.primary.at.file).collect();
    let detections = loaded.content.detections.iter().zip(&loaded.compiled);
    let baselines = loaded.content.baselines.iter().zip(&loaded.baselines);
    let checked = detections.chain(baselines).map(|(detection, compiled)| {
        let verdict = if broken.contains(&detection.file) { Verdict::Invalid } else { compiled.verdict };
        Checked { detection, compiled, verdict }
    });
    checked.collect()
}

/// All reports, by file and in order of place.
fn reports_by_file<'a>(loaded: &'a Loaded, checked: &[Checked<'a>]) -> BTreeMap<String, Vec<&'a Report>> {
    let mut by_file: BTreeMap<String, Vec<&Report>> = BTreeMap::new();
    let of_searches = checked.iter().flat_map(|one| &one.compiled.reports);
    for report in loaded.content.reports.iter().chain(of_searches) {
        by_file.entry(loaded.content.files.path(report.primary.at.file).to_owned()).or_default().push(report);
    }
    for reports in by_file.values_mut() {
        reports.sort_by_key(|report| (report.primary.at, report.code));
    }
    by_file
}

fn summarise(checked: &[Checked<'_>], by_file: &BTreeMap<String, Vec<&Report>>) -> Summary {
    let verdicts = |wanted| checked.iter().filter(|one| one.verdict == wanted).count() as u64;
    let severities = |wanted| by_file.values().flatten().filter(|report| report.severity == wanted).count() as u64;
    Summary {
        supported: verdicts(Verdict::Supported),
        unsupported: verdicts(Verdict::Unsupported),
        invalid: verdicts(Verdict::Invalid),
        errors: severities(Severity::Error),
        warnings: severities(Severity::Warning),
    }
}

fn push_report(report: &Report, files: &Files, format: CheckFormat, page: &mut String) {
    if format == CheckFormat::Concise {
        page.push_str(&diag::render_concise(report, files));
        page.push('\n');
    } else {
        page.push_str(&diag::render_text(report, files, diag::Style::Colour));
        page.push_str("\n\n");
    }
}

fn closing(summary: &Summary, args: &ContentCheck, seconds: f64) -> String {
    let total = summary.supported + summary.unsupported + summary.invalid;
    let mut line =
        format!("{} of {} supported", style::number(summary.supported), style::count(total, "search", "searches"));
    for (count, what, colour) in
        [(summary.unsupported, "unsupported", style::WARN), (summary.invalid, "invalid", style::BAD)]
    {
        if count > 0 {
            line.push_str(&format!(", {}", paint(colour, format!("{} {what}", style::number(count)))));
        }
    }
    line.push_str(&format!(
        "; {}, {}; {}\n",
        style::count(summary.errors, "error", "errors"),
        style::count(summary.warnings, "warning", "warnings"),
        style::seconds(seconds)
    ));
    if summary.warnings > 0 && !args.warnings {
        line.push_str("Warnings are shown with --warnings.\n");
    }
    line
}

/// One object a detection, then one for each other file with something to say.
fn objects(
    files: &Files,
    checked: &[Checked<'_>],
    by_file: &BTreeMap<String, Vec<&Report>>,
    page: &mut String,
) -> anyhow::Result<()> {
    let mut others: BTreeMap<&String, &Vec<&Report>> = by_file.iter().collect();
    for Checked { detection, compiled, verdict } in checked {
        let file = files.path(detection.file).to_owned();
        others.remove(&file);
        let reports = by_file.get(&file).map(Vec::as_slice).unwrap_or_default();
        let object = json!({
            "file": file,
            "name": detection.name,
            "id": detection.id,
            "type": detection.kind.as_str(),
            "status": detection.status.as_str(),
            "verdict": verdict_name(*verdict),
            "diagnostics": reports.iter().map(|report| diagnostic(report, files)).collect::<Vec<_>>(),
            "commands": compiled.usage.commands,
            "functions": compiled.usage.functions,
            "datasets": compiled.usage.datasets,
            "macros": compiled.macros,
            "lookups": compiled.usage.lookups,
        });
        writeln!(page, "{object}")?;
    }
    for (file, reports) in others {
        let diagnostics: Vec<_> = reports.iter().map(|report| diagnostic(report, files)).collect();
        writeln!(page, "{}", json!({ "file": file, "diagnostics": diagnostics }))?;
    }
    Ok(())
}

impl Summary {
    fn to_json(&self, seconds: f64) -> Value {
        json!({"summary": {
            "supported": self.supported,
            "unsupported": self.unsupported,
            "invalid": self.invalid,
            "seconds": seconds,
        }})
    }
}

/// One diagnostic in the shape of the interface.
pub(crate) fn diagnostic(report: &Report, files: &Files) -> Value {
    let at = report.primary.at;
    let start = files.line_column(at.file, at.span.start);
    let end = files.line_column(at.file, at.span.end);
    let mut object = Map::new();
    object.insert("code".to_owned(), json!(report.code.0));
    object.insert("severity".to_owned(), json!(report.severity.as_str()));
    object.insert("message".to_owned(), json!(report.message));
    object.insert("file".to_owned(), json!(files.path(at.file)));
    object.insert("line".to_owned(), json!(start.line));
    object.insert("column".to_owned(), json!(start.column));
    object.insert("end_line".to_owned(), json!(end.line));
    object.insert("end_column".to_owned(), json!(end.column));
    if let Some(help) = &report.help {
        object.insert("help".to_owned(), json!(help));
    }
    Value::Object(object)
}
