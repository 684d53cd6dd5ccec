//! Every file of a checkout of splunk/security_content loads, and every search expands.
//!
//! Runs when `WEIR_ESCU` names the checkout.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test stops at the first surprise and says what it measured"
)]

use std::collections::BTreeMap;
use std::path::Path;

use content::{Content, SourceFile};
use diag::Severity;

fn read(folder: &Path, files: &mut Vec<SourceFile>) {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        let ending = path.extension();
        if path.is_dir() {
            read(&path, files);
        } else if ending.is_some_and(|ending| ending == "yml" || ending == "yaml") {
            let bytes = std::fs::read(&path).expect("a file");
            let text = String::from_utf8_lossy(&bytes).into_owned();
            files.push(SourceFile { path: path.to_string_lossy().into_owned(), text });
        }
    }
}

/// Every letter of a search stands in the file where its map says.
fn trace(content: &Content, search: &text::Mapped) {
    for (at, letter) in search.text.char_indices().filter(|(_, letter)| letter.is_alphanumeric()) {
        let span = text::Span::new(at, at + letter.len_utf8());
        let place = search.map.locate(span).expect("mapped").primary;
        let written = place.span.of(content.files.text(place.file));
        assert!(written.starts_with(letter), "{letter:?} maps to {written:?}");
        assert_eq!(written.len(), letter.len_utf8());
    }
}

/// What stands behind an error in the checkout: it is the content's own mistake, or needs an app that is not here.
const KNOWN_ERRORS: [&str; 1] = ["CON101"];

#[test]
fn a_checkout_of_escu_loads_without_errors() {
    let Ok(checkout) = std::env::var("WEIR_ESCU") else {
        eprintln!("skipped: WEIR_ESCU does not name a checkout of splunk/security_content");
        return;
    };
    let mut files = Vec::new();
    read(Path::new(&checkout), &mut files);
    let count = files.len();
    let started = std::time::Instant::now();
    let content = Content::load_folders(vec![content::bundled_defaults(), files]);
    let loaded = started.elapsed();
    let mut reports = content.reports.clone();
    let mut bytes = 0;
    for detection in content.detections.iter().chain(&content.baselines) {
        trace(&content, &detection.search);
        let expansion = content.expand(&detection.search);
        bytes += expansion.search.text.len();
        reports.extend(expansion.reports);
    }
    println!("{count} files in {loaded:?}, all searches expanded to {bytes} bytes by {:?}", started.elapsed());
    println!(
        "{} detections, {} baselines, {} macros, {} lookups, {} stories, {} deployments, {} data sources, {} ignored",
        content.detections.len(),
        content.baselines.len(),
        content.macros.len(),
        content.lookups.len(),
        content.stories.len(),
        content.deployments.len(),
        content.data_sources.len(),
        content.ignored.len()
    );
    let mut by_code: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for report in &reports {
        let line = diag::render_concise(report, &content.files);
        by_code.entry(format!("{}[{}]", report.severity.as_str(), report.code.0)).or_default().push(line);
    }
    for (key, lines) in &by_code {
        println!("{key}: {}", lines.len());
        lines.iter().for_each(|line| println!("  {line}"));
    }
    let errors = reports.iter().filter(|report| report.severity == Severity::Error);
    let unexpected: Vec<String> = errors
        .filter(|report| !KNOWN_ERRORS.contains(&report.code.0))
        .map(|report| diag::render_text(report, &content.files, diag::Style::Plain))
        .collect();
    assert!(unexpected.is_empty(), "{}", unexpected.join("\n"));
}
