//! Detections from YAML to plans: expand macros, parse, check, and check what the results must carry.

use std::collections::BTreeSet;

use content::{Content, Detection};
use diag::{Diagnostic, Report, Severity, codes};
use plan::{Check, Plan, Schema, Usage, Verdict};
use rayon::prelude::*;
use text::{FileSpan, Mapped, Span};

/// A detection after compiling. `index` is its place in `Content::detections`.
#[derive(Debug)]
pub struct CompiledDetection {
    /// Its place in the content it was compiled from.
    pub index: usize,
    /// Can it run.
    pub verdict: Verdict,
    /// Present when supported.
    pub plan: Option<Plan>,
    /// The search after macro expansion.
    pub expanded: Mapped,
    /// Macros used, with nested ones.
    pub macros: BTreeSet<String>,
    /// Commands, functions, datasets, lookups and fields used.
    pub usage: Usage,
    /// The fields that its rows can carry.
    pub output: Schema,
    /// Problems, with places in files.
    pub reports: Vec<Report>,
}

/// A search that is no detection: from a command line or an API.
#[derive(Debug)]
pub struct CompiledSearch {
    /// The search after macro expansion.
    pub expanded: Mapped,
    /// The verdict, the plan and the problems found in it.
    pub check: Check,
    /// Problems, with places in files.
    pub reports: Vec<Report>,
    /// Macros used, with nested ones.
    pub macros: BTreeSet<String>,
}

/// Compile detections, in parallel; the order of the result is the order of the input.
pub fn compile(content: &Content, names: &plan::Names, detections: &[Detection]) -> Vec<CompiledDetection> {
    detections.par_iter().enumerate().map(|(index, detection)| compile_one(content, names, index, detection)).collect()
}

/// Expand, parse and check one search with the macros of `content`.
pub fn compile_search(content: &Content, names: &plan::Names, search: &Mapped) -> CompiledSearch {
    let content::Expansion { search: expanded, mut reports, macros } = content.expand(search);
    let parsed = spl::parse(&expanded.text);
    let mut check = plan::check(&parsed.pipeline, &expanded.text, names);
    // Where the text is not what its author meant, what follows from it would only confuse.
    let lacks_macro = reports.iter().any(|report| report.severity == Severity::Error);
    if lacks_macro || parsed.diagnostics.iter().any(is_error) {
        check.diagnostics.clear();
    }
    check = check.with_syntax_errors(parsed.diagnostics);
    if lacks_macro {
        check.verdict = Verdict::Invalid;
        check.plan = None;
    }
    reports.extend(check.diagnostics.iter().filter_map(|diagnostic| diagnostic.locate(&expanded)));
    CompiledSearch { expanded, check, reports, macros: macros.into_iter().collect() }
}

fn compile_one(content: &Content, names: &plan::Names, index: usize, detection: &Detection) -> CompiledDetection {
    let CompiledSearch { expanded, mut check, mut reports, macros } = compile_search(content, names, &detection.search);
    if check.verdict == Verdict::Supported {
        let missing = missing_outcome_fields(detection, &check.output);
        if missing.iter().any(|report| report.severity == Severity::Error) {
            check.verdict = Verdict::Invalid;
            check.plan = None;
        }
        reports.extend(missing);
    }
    CompiledDetection {
        index,
        verdict: check.verdict,
        plan: check.plan,
        expanded,
        macros,
        usage: check.usage,
        output: check.output,
        reports,
    }
}

fn is_error(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error
}

/// Entities, threat objects and tokens whose field no result row can carry: such a detection would fire and say nothing.
fn missing_outcome_fields(detection: &Detection, output: &Schema) -> Vec<Report> {
    let mut reports = Vec::new();
    let yields = |field: &str| plan::yields(output, field);
    let of_finding = detection.finding.iter().filter_map(|finding| finding.entity.as_ref());
    for entity in of_finding.chain(&detection.entities) {
        if !yields(&entity.field) {
            reports.push(missing_field(detection, "entity", &entity.field, entity.field_at, output));
        }
        if let Some(message) = &entity.message_at {
            reports.extend(missing_tokens(message, output));
        }
    }
    if let Some(finding) = &detection.finding {
        let at = finding.title_at.unwrap_or(detection.name_at);
        reports.extend(missing_in(&finding.title, output).into_iter().map(|diagnostic| place(diagnostic, at)));
    }
    for threat in &detection.threat_objects {
        if !yields(&threat.field) {
            reports.push(missing_field(detection, "threat object", &threat.field, threat.field_at, output));
        }
    }
    reports.sort_by_key(|report| (report.primary.at, report.code));
    reports.dedup();
    reports
}

/// A field that no row carries: the outcome is without it, which is an error when the name is a slip of one that exists.
fn missing_field(detection: &Detection, what: &str, field: &str, at: Option<FileSpan>, output: &Schema) -> Report {
    let message = format!("{what} field `{field}` is never in the search's results");
    let found = match nearest(field, output) {
        Some(_) => Diagnostic::error(codes::MISSING_ENTITY_FIELD, Span::default(), message),
        None => Diagnostic::warning(codes::MISSING_ENTITY_FIELD, Span::default(), message),
    };
    let report = found.label("no result row carries this field").help(suggestion(field, output));
    place(report, at.unwrap_or(detection.name_at))
}

fn missing_tokens(message: &Mapped, output: &Schema) -> Vec<Report> {
    missing_in(&message.text, output).iter().filter_map(|diagnostic| diagnostic.locate(message)).collect()
}

/// The tokens of a text that no result row fills, with what to say about each; spans lie in the text.
fn missing_in(text: &str, output: &Schema) -> Vec<Diagnostic> {
    let missing = content::tokens(text).into_iter().filter(|(name, _)| !plan::yields(output, name));
    let diagnostics = missing.map(|(name, span)| {
        let message = format!("token `${name}$` is never filled: the search yields no field `{name}`");
        Diagnostic::error(codes::UNFILLED_TOKEN, span, message)
            .label("no result row carries this field")
            .help(suggestion(&name, output))
    });
    diagnostics.collect()
}

fn place(diagnostic: Diagnostic, at: FileSpan) -> Report {
    Report {
        code: diagnostic.code,
        severity: diagnostic.severity,
        message: diagnostic.message,
        primary: diag::FileLabel { at, text: diagnostic.primary.text },
        secondary: Vec::new(),
        help: diagnostic.help,
    }
}

/// The field that exists and that a name is a slip of: at most a third of its letters differ.
fn nearest<'o>(field: &str, output: &'o Schema) -> Option<&'o String> {
    let is_near = |known: &&String| known.len().abs_diff(field.len()) * 3 <= field.len();
    let nearest =
        output.fields.iter().filter(is_near).map(|known| (strsim::damerau_levenshtein(field, known), known)).min();
    nearest.filter(|(distance, _)| distance * 3 <= field.len()).map(|(_, known)| known)
}

/// The nearest field that exists, or all of them.
fn suggestion(field: &str, output: &Schema) -> String {
    match nearest(field, output) {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!("the search yields: {}", output.fields.join(", ")),
    }
}
