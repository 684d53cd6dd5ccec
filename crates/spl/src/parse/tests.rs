//! Searches in, trees out; the trees are written back as text, which shows their shape.

mod errors;
mod expressions;
mod terms;
mod typed;

use crate::ast::Pipeline;

/// The search parses without a remark and prints as `expected`.
pub(super) fn check(search: &str, expected: &str) {
    let parsed = super::parse(search);
    assert_eq!(parsed.diagnostics, [], "remarks on {search:?}");
    assert_eq!(crate::print(&parsed.pipeline), expected, "for {search:?}");
    assert_spans(search, &parsed.pipeline);
    let again = super::parse(expected);
    assert_eq!(without_spans(&again.pipeline), without_spans(&parsed.pipeline), "{search:?} does not survive printing");
}

fn assert_spans(search: &str, pipeline: &Pipeline) {
    for command in &pipeline.commands {
        assert!(search.get(command.span.range()).is_some(), "span of {command:?}");
        let name = command.name.span;
        assert!(name.is_empty() || name.of(search) == command.name.value, "name span of {command:?}");
    }
}

/// The tree as text without the places, to compare trees of different texts.
pub(crate) fn without_spans(tree: &impl std::fmt::Debug) -> String {
    let text = format!("{tree:?}");
    let mut parts = text.split("Span { start: ");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |mut out, part| {
        out.push_str(part.split_once('}').unwrap().1);
        out
    })
}

#[test]
fn implied_search_and_pipes() {
    check("", "");
    check("  \n ", "");
    check("index=main", "search index=main");
    check("search index=main", "search index=main");
    check("| search a\n| search *", "search a | search *");
    check("searching for=x", "search searching for=x");
    check("search", "search");
    check("search=x", "search search=x");
    check("a \"b|c\" d=\"|\" | where x=\"|\"", "search a \"b|c\" d=\"|\" | where x = \"|\"");
}

#[test]
fn comments_are_blanks() {
    check("```note | \" one``` index=a ```two``` b=c| stats ```x``` count```y```", "search index=a b=c | stats count");
    check("a=b``` glued ```| head 5", "search a=b | head 5");
    check("a=\"```kept```\"", "search a=\"```kept```\"");
}

#[test]
fn other_commands_keep_their_text() {
    check(
        "x | cluster field=_raw \"a|[b]\\\" ]\" | cofilter",
        "search x | cluster field=_raw \"a|[b]\\\" ]\" | cofilter",
    );
    check("x | unheard_of a b", "search x | unheard_of a b");
}

#[test]
fn subsearches() {
    let search = "a | join b [| tstats count where c=1 by b | eval d=\"]\"] | multisearch [search e [search f]]";
    let parsed = super::parse(search);
    assert_eq!(parsed.diagnostics, []);
    let names = |pipeline: &Pipeline| pipeline.commands.iter().map(|c| c.name.value.clone()).collect::<Vec<_>>();
    assert_eq!(names(&parsed.pipeline), ["search", "join", "multisearch"]);
    let found = parsed.pipeline.commands.iter().filter_map(|command| match &command.kind {
        crate::ast::CommandKind::Piped(piped) => Some(names(&piped.subsearch.pipeline)),
        crate::ast::CommandKind::Other { subsearches, .. } => subsearches.first().map(|sub| names(&sub.pipeline)),
        _ => None,
    });
    assert_eq!(found.collect::<Vec<_>>(), [vec!["tstats", "eval"], vec!["search"]]);
    check("a NOT [search b | fields c]", "search a NOT [search b | fields c]");
    check("a [| unheard_of x.csv | fields y] b=1", "search a [| unheard_of x.csv | fields y] b=1");
}
