//! Reports as text.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::{FileLabel, Files, Report, Severity};

/// With or without ANSI colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// No escape sequences.
    Plain,
    /// ANSI colours.
    Colour,
}

/// One line: `path:line:column: error[CODE]: message`.
pub fn render_concise(report: &Report, files: &Files) -> String {
    let at = report.primary.at;
    let place = files.line_column(at.file, at.span.start);
    format!(
        "{}:{}:{}: {}[{}]: {}",
        files.path(at.file),
        place.line,
        place.column,
        report.severity.as_str(),
        report.code.0,
        report.message
    )
}

/// Several lines with the source and carets under it.
pub fn render_text(report: &Report, files: &Files, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colour => Renderer::styled(),
    };
    let level = match report.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = level.primary_title(report.message.as_str()).id(report.code.0).element(snippet(report, files));
    for label in other_files(report) {
        let annotation = AnnotationKind::Context.span(clip(files, label)).label(label.text.as_str());
        let other = Snippet::source(files.text(label.at.file)).path(files.path(label.at.file)).annotation(annotation);
        group = group.element(other);
    }
    let mut groups = vec![group];
    if let Some(help) = &report.help {
        groups.push(annotate_snippets::Group::with_title(Level::HELP.secondary_title(help.as_str())));
    }
    renderer.render(&groups)
}

fn snippet<'a>(report: &'a Report, files: &'a Files) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let file = report.primary.at.file;
    let primary = AnnotationKind::Primary.span(clip(files, &report.primary)).label(report.primary.text.as_str());
    let same_file = report.secondary.iter().filter(|label| label.at.file == file);
    let context = same_file.map(|label| AnnotationKind::Context.span(clip(files, label)).label(label.text.as_str()));
    Snippet::source(files.text(file)).path(files.path(file)).annotation(primary).annotations(context)
}

fn other_files(report: &Report) -> impl Iterator<Item = &FileLabel> {
    report.secondary.iter().filter(|label| label.at.file != report.primary.at.file)
}

/// The label's range, held inside its file's text.
fn clip(files: &Files, label: &FileLabel) -> std::ops::Range<usize> {
    let length = files.text(label.at.file).len();
    let range = label.at.span.range();
    range.start.min(length)..range.end.min(length)
}

#[cfg(test)]
mod tests;
