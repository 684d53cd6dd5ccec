//! Any text parses without a panic, and what prints parses back to what prints the same.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|search: &str| {
    let parsed = spl::parse(search);
    for diagnostic in &parsed.diagnostics {
        let range = diagnostic.primary.span.range();
        assert!(search.get(range).is_some(), "span off a character border: {diagnostic:?}");
    }
    let printed = spl::print(&parsed.pipeline);
    let again = spl::parse(&printed);
    if parsed.diagnostics.is_empty() {
        assert!(again.diagnostics.is_empty(), "{search:?} prints as {printed:?}: {:?}", again.diagnostics);
        assert_eq!(spl::print(&again.pipeline), printed, "from {search:?}");
    }
});
