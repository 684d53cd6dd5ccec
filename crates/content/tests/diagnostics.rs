//! Golden diagnostics: `tests/diagnostics/con*.yml` against the `.txt` beside each.
//!
//! Set `WEIR_BLESS=1` to write the answers anew.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test stops at the first surprise and says what it measured"
)]

use std::path::{Path, PathBuf};
use std::{env, fs};

use content::{Content, SourceFile};
use diag::{Style, codes, render_text};

#[test]
fn every_golden_file_renders_as_it_says() {
    let mut problems = Vec::new();
    let files = golden_files();
    assert!(!files.is_empty(), "no golden files found");
    for path in &files {
        let got = rendered(path);
        let answer = path.with_extension("txt");
        if env::var_os("WEIR_BLESS").is_some() {
            fs::write(&answer, &got).unwrap();
        }
        let wanted = fs::read_to_string(&answer).unwrap_or_default();
        if got != wanted {
            problems.push(format!("{}\n--- expected\n{wanted}\n--- got\n{got}", path.display()));
        }
        if !got.contains(&format!("[{}]", code_of(path))) {
            problems.push(format!("{} does not show {}:\n{got}", path.display(), code_of(path)));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

/// Tokens and entity fields need the search's fields; the checks that know them have their own files.
const NEED_FIELDS: [&str; 2] = ["CON201", "CON202"];

#[test]
fn every_code_of_content_has_a_golden_file() {
    let shown: Vec<String> = golden_files().iter().map(|path| code_of(path)).collect();
    let codes = codes::ALL.iter().map(|entry| entry.code.0);
    let ours = codes.filter(|code| code.starts_with("CON") && !NEED_FIELDS.contains(code));
    let missing: Vec<&str> = ours.filter(|code| !shown.iter().any(|shown| shown == code)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// `CON101` of `con101_misspelt.yml`.
fn code_of(path: &Path) -> String {
    let stem = path.file_stem().unwrap().to_str().unwrap();
    stem.split('_').next().unwrap().to_uppercase()
}

fn golden_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/diagnostics");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let ours = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        let needs_fields = NEED_FIELDS.iter().any(|code| name.starts_with(&code.to_lowercase()));
        name.starts_with("con") && name.ends_with(".yml") && !needs_fields
    };
    let mut files: Vec<PathBuf> = entries.filter(ours).collect();
    files.sort();
    files
}

/// What a person sees who checks the file: what is wrong with it, then with the macros of its searches.
fn rendered(path: &Path) -> String {
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    let file = SourceFile { path: name, text: fs::read_to_string(path).unwrap() };
    let content = Content::load_folders(vec![content::bundled_defaults(), vec![file]]);
    let mut reports = content.reports.clone();
    for detection in &content.detections {
        reports.extend(content.expand(&detection.search).reports);
    }
    let texts = reports.iter().map(|report| render_text(report, &content.files, Style::Plain) + "\n");
    texts.collect::<Vec<_>>().join("\n")
}
