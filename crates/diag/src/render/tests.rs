use text::{FileId, Mapped, Span};

use super::*;
use crate::{Diagnostic, codes};

fn report(text: &str, diagnostic: &Diagnostic) -> (Report, Files) {
    let mut files = Files::default();
    let file = files.add("detections/endpoint/example.yml", text);
    let report = diagnostic.locate(&Mapped::whole(text, file)).expect("mapped");
    (report, files)
}

fn misspelt() -> (Report, Files) {
    let text = "name: Example\nsearch: '| tstats count\n  | eventstat avg(count) as mean by dest'\n";
    let start = text.find("eventstat").expect("in the text");
    let diagnostic =
        Diagnostic::error(codes::UNKNOWN_COMMAND, Span::new(start, start + 9), "unknown command `eventstat`")
            .label("no such command")
            .help("did you mean `eventstats`?");
    report(text, &diagnostic)
}

#[test]
fn one_line_names_file_line_column_code() {
    let (report, files) = misspelt();
    assert_eq!(
        render_concise(&report, &files),
        "detections/endpoint/example.yml:3:5: error[SPL101]: unknown command `eventstat`"
    );
}

#[test]
fn text_shows_the_source_with_carets_and_help() {
    let (report, files) = misspelt();
    let expected = "\
error[SPL101]: unknown command `eventstat`
 --> detections/endpoint/example.yml:3:5
  |
3 |   | eventstat avg(count) as mean by dest'
  |     ^^^^^^^^^ no such command
  |
help: did you mean `eventstats`?";
    assert_eq!(render_text(&report, &files, Style::Plain), expected);
}

#[test]
fn codes_are_unique_and_in_order() {
    let all: Vec<&str> = codes::ALL.iter().map(|entry| entry.code.0).collect();
    let mut unique = all.clone();
    unique.dedup();
    assert_eq!(all, unique);
    assert!(codes::find("spl101").is_some());
}

#[test]
fn a_span_past_the_text_is_held_inside_it() {
    let (mut report, files) = misspelt();
    report.primary.at.span = Span::new(10_000, 10_010);
    report.primary.at.file = FileId(0);
    assert!(render_text(&report, &files, Style::Plain).contains("SPL101"));
}
