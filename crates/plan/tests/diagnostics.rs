//! Golden diagnostics: `tests/diagnostics/spl*.yml` and `cim*.yml` against the `.txt` beside each.
//!
//! Set `WEIR_BLESS=1` to write the answers anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice, reason = "a test may stop")]

use std::path::{Path, PathBuf};
use std::{env, fs};

use diag::{Files, Style, codes, render_text};
use plan::Names;
use text::{FileId, FileSpan, Mapped, Span};

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

#[test]
fn every_code_of_a_search_has_a_golden_file() {
    let shown: Vec<String> = golden_files().iter().map(|path| code_of(path)).collect();
    let codes = codes::ALL.iter().map(|entry| entry.code.0);
    let searched = codes.filter(|code| code.starts_with("SPL") || code.starts_with("CIM"));
    let missing: Vec<&str> = searched.filter(|code| !shown.iter().any(|shown| shown == code)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// `SPL101` of `spl101_misspelt.yml`.
fn code_of(path: &Path) -> String {
    let stem = path.file_stem().unwrap().to_str().unwrap();
    stem.split('_').next().unwrap().to_uppercase()
}

fn golden_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/diagnostics");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let ours = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.ends_with(".yml") && (name.starts_with("spl") || name.starts_with("cim"))
    };
    let mut files: Vec<PathBuf> = entries.filter(ours).collect();
    files.sort();
    files
}

/// What a person sees who checks the file.
fn rendered(path: &Path) -> String {
    let yaml = fs::read_to_string(path).unwrap();
    let mut files = Files::default();
    let name = path.file_name().unwrap().to_str().unwrap();
    let file = files.add(name, yaml.as_str());
    let search = search_of(&yaml, file);
    let parsed = spl::parse(&search.text);
    let check = plan::check(&parsed.pipeline, &search.text, &Names::default()).with_syntax_errors(parsed.diagnostics);
    let reports = check.diagnostics.iter().map(|found| found.locate(&search).unwrap());
    let texts = reports.map(|report| render_text(&report, &files, Style::Plain) + "\n");
    texts.collect::<Vec<_>>().join("\n")
}

/// The block after `search: |`, each line mapped to its place. (`content` reads every form of YAML; here one is enough.)
fn search_of(yaml: &str, file: FileId) -> Mapped {
    let mut search = Mapped::default();
    let block = "search: |\n";
    let mut at = yaml.find(block).expect("a block `search: |`") + block.len();
    for line in yaml[at..].split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let indent = indent.min(2);
        let span = Span::new(at + indent, at + line.len());
        search.push_verbatim(span.of(yaml), FileSpan { file, span });
        at += line.len();
    }
    search
}
