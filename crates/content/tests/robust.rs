//! Damaged files never panic, and every place that is reported lies on character borders of its file.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test stops at the first surprise and says what it measured"
)]

use content::{Content, SourceFile};
use proptest::prelude::*;

/// The bundled files, and snippets that YAML and macros give a meaning.
fn originals() -> Vec<SourceFile> {
    content::bundled()
}

const SNIPPETS: [&str; 24] = [
    "'", "\"", "`", "```", "\n", "\r\n", ": ", "- ", "| ", "|2-\n", ">\n  ", "&a ", "*a", "{", "}", "[", "]", "$",
    "\\", "é", "\u{feff}", "#", "---\n", "\t",
];

/// Cut, insert or repeat at a place given as a share of the text.
#[derive(Debug, Clone)]
enum Edit {
    Cut(f64, usize),
    Insert(f64, usize),
    Repeat(f64, usize),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let place = 0.0..1.0_f64;
    let edit = prop_oneof![
        (place.clone(), 1..80_usize).prop_map(|(at, length)| Edit::Cut(at, length)),
        (place.clone(), 0..SNIPPETS.len()).prop_map(|(at, snippet)| Edit::Insert(at, snippet)),
        (place, 1..200_usize).prop_map(|(at, length)| Edit::Repeat(at, length)),
    ];
    proptest::collection::vec(edit, 1..6)
}

fn border(text: &str, share: f64) -> usize {
    let wanted = (text.len() as f64 * share) as usize;
    (0..=wanted).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn apply(text: &str, edit: &Edit) -> String {
    match edit {
        Edit::Cut(at, length) => {
            let start = border(text, *at);
            text.char_indices()
                .filter(|(at, _)| *at < start || *at >= start + length)
                .map(|(_, letter)| letter)
                .collect()
        }
        Edit::Insert(at, snippet) => {
            let (before, after) = text.split_at(border(text, *at));
            format!("{before}{}{after}", SNIPPETS[*snippet])
        }
        Edit::Repeat(at, length) => {
            let (before, after) = text.split_at(border(text, *at));
            let again: String = after.chars().take(*length).collect();
            format!("{before}{again}{after}")
        }
    }
}

proptest! {
    #[test]
    fn damaged_files_are_reported_on_character_borders(which in 0..64_usize, edits in edits()) {
        let originals = originals();
        let original = &originals[which % originals.len()];
        let text = edits.iter().fold(original.text.clone(), |text, edit| apply(&text, edit));
        let damaged = SourceFile { path: original.path.clone(), text };
        let content = Content::load_folders(vec![content::bundled_defaults(), vec![damaged]]);
        let mut reports = content.reports.clone();
        for detection in &content.detections {
            reports.extend(content.expand(&detection.search).reports);
        }
        for report in &reports {
            let places = std::iter::once(&report.primary).chain(&report.secondary);
            for place in places {
                let text = content.files.text(place.at.file);
                prop_assert!(text.get(place.at.span.range()).is_some(), "{report:?}");
            }
            diag::render_text(report, &content.files, diag::Style::Plain);
        }
    }
}
