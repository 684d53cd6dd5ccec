//! Any search is checked without a panic; every place lies in the text; only a supported search has a plan.

#![no_main]

use libfuzzer_sys::fuzz_target;
use plan::{Names, Verdict};

fuzz_target!(|search: &str| {
    for start in ["", "| tstats count from datamodel=Endpoint.Processes by Processes.dest | "] {
        let search = format!("{start}{search}");
        let parsed = spl::parse(&search);
        let check = plan::check(&parsed.pipeline, &search, &Names::default()).with_syntax_errors(parsed.diagnostics);
        assert_eq!(check.plan.is_some(), check.verdict == Verdict::Supported, "{search:?}");
        for diagnostic in &check.diagnostics {
            assert!(search.get(diagnostic.primary.span.range()).is_some(), "off a border: {diagnostic:?} in {search:?}");
        }
    }
});
