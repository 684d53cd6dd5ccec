//! Any text loads as any kind of content without a panic, and every place that is reported lies in the file.

#![no_main]

use content::{Content, SourceFile};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for folder in ["detections", "macros", "lookups", "stories", "deployments", "schedules", "data_sources", "any"] {
        let path = format!("{folder}/x.yml");
        let content = Content::load(vec![SourceFile { path, text: text.to_owned() }]);
        let mut reports = content.reports.clone();
        for detection in &content.detections {
            let expansion = content.expand(&detection.search);
            assert!(content::tokens(&expansion.search.text).iter().all(|(_, span)| !span.of(&expansion.search.text).is_empty()));
            reports.extend(expansion.reports);
        }
        for report in &reports {
            let at = report.primary.at;
            assert!(content.files.text(at.file).get(at.span.range()).is_some(), "off a character border: {report:?}");
            diag::render_text(report, &content.files, diag::Style::Plain);
        }
    }
});
