//! Any text parses without a panic, and what prints parses back to what prints the same, the limit of nesting aside.

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
    // What stands at the limit of nesting may need a parenthesis more when printed.
    let too_deep = again.diagnostics.iter().any(|diagnostic| diagnostic.message.starts_with("nested more than"));
    if parsed.diagnostics.is_empty() && !too_deep {
        assert!(again.diagnostics.is_empty(), "{search:?} prints as {printed:?}: {:?}", again.diagnostics);
        assert_eq!(spl::print(&again.pipeline), printed, "from {search:?}");
    }
});
