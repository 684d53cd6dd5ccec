//! Which fields a search names.

use crate::ast::CommandKind;

/// The fields of the last command.
fn check(search: &str, expected: &[&str]) {
    let mut parsed = crate::parse(search);
    assert_eq!(parsed.diagnostics, [], "remarks on {search:?}");
    let fields: Vec<String> = match parsed.pipeline.commands.pop().map(|command| command.kind) {
        Some(CommandKind::Where(expr)) => expr.fields().into_iter().map(|field| field.name).collect(),
        Some(CommandKind::Search(Some(term))) => term.fields().into_iter().map(|field| field.name.clone()).collect(),
        other => panic!("{search:?} ends in {other:?}"),
    };
    assert_eq!(fields, expected, "for {search:?}");
}

#[test]
fn fields_of_expressions() {
    check(
        "| where a=1 AND NOT f('b c', -d, \"e\") OR g IN (h, 2) OR i LIKE \"j\" AND a",
        &["a", "b c", "d", "g", "h", "i", "a"],
    );
    check("| where true AND null", &[]);
}

#[test]
fn fields_of_terms() {
    check("a=1 (b!=2 OR NOT \"c d\" IN (x, y)) word TERM(t) [search e=1]", &["a", "b", "c d"]);
}

#[test]
fn subsearches_of_terms() {
    let parsed = crate::parse("a [search b] NOT [search c]");
    let Some(CommandKind::Search(Some(term))) = parsed.pipeline.commands.first().map(|command| &command.kind) else {
        panic!("not a search");
    };
    assert_eq!(term.subsearches().len(), 2);
}
