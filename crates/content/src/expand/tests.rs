use super::*;
use crate::load::SourceFile;
use text::{FileId, FileSpan};

const MACROS: &str = r#"
name: plain
definition: index=main
---
name: nested
definition: (`plain` OR `plain`)
---
name: one(1)
arguments: [field]
definition: rename $field$.* as *
---
name: two
arguments: [a, b]
definition: eval $a$="$b$" | `one($a$)`
---
name: quoted
definition: sourcetype="a\b" user=x
---
name: tick
definition: eval x=replace(y, "`", "")
---
name: remark
definition: a=b ```inside``` c=d
---
name: loop
definition: x `loop`
---
name: left
definition: "`right`"
---
name: right
definition: "`left`"
"#;

fn content() -> Content {
    let detection = "name: My Search-2\nid: 11111111-2222-3333-4444-555555555555\ntype: Hunting\nsearch: x\n";
    Content::load_folders(vec![vec![
        SourceFile { path: "m.yml".to_owned(), text: MACROS.to_owned() },
        SourceFile { path: "detections/my_file.yml".to_owned(), text: detection.to_owned() },
    ]])
}

fn expand(search: &str) -> Expansion {
    content().expand(&Mapped::whole(search, FileId(99)))
}

/// Expand `search` and hold the text against `expected`; nothing may be reported.
#[track_caller]
fn check(search: &str, expected: &str) {
    let expansion = expand(search);
    assert_eq!(expansion.search.text, expected, "{search}");
    assert_eq!(expansion.reports, [], "{search}");
}

/// Expand `search`; gives the messages.
#[track_caller]
fn refused(search: &str, expected: &[&str]) -> Expansion {
    let expansion = expand(search);
    let messages: Vec<&str> = expansion.reports.iter().map(|report| report.message.as_str()).collect();
    assert_eq!(messages, expected, "{search}");
    expansion
}

#[test]
fn macros_are_replaced_by_their_definitions() {
    check("`plain` x", "index=main x");
    check("`nested`", "(index=main OR index=main)");
    check("| tstats count by `plain`| `plain`", "| tstats count by index=main| index=main");
    check("` plain `", "index=main");
    check("no macros at all", "no macros at all");
}

#[test]
fn arguments_are_put_in_by_place_or_by_name_without_their_quotes() {
    check("| `one(Processes)`", "| rename Processes.* as *");
    check("| `one(\"Processes\")`", "| rename Processes.* as *");
    check("| `one( field = Processes )`", "| rename Processes.* as *");
    check("| `two(x, \"a, \\\"b\\\"\")`", "| eval x=\"a, \"b\"\" | rename x.* as *");
    check("| `two(f(1,2), z)`", "| eval f(1,2)=\"z\" | rename f(1,2).* as *");
    check("| `two(b=1, a=2)`", "| eval 2=\"1\" | rename 2.* as *");
}

#[test]
fn filter_macros_of_loaded_detections_let_everything_pass() {
    check("| `my_file_filter`", "| search *");
    check("| `my_search_2_filter`", "| search *");
    refused("| `someone_elses_filter`", &["unknown macro `someone_elses_filter`"]);
}

#[test]
fn quoted_values_keep_their_backticks() {
    // "Macros inside of quoted values are not expanded" (Use search macros in searches).
    check("x=\"audit`plain`local\" `plain`", "x=\"audit`plain`local\" index=main");
    check("split(process,\"`\") `plain`", "split(process,\"`\") index=main");
    check("x=\"a\\\"`plain`\" `plain`", "x=\"a\\\"`plain`\" index=main");
    check("`tick`", "eval x=replace(y, \"`\", \"\")");
}

#[test]
fn the_search_of_map_is_a_search_of_its_own() {
    check("| map search=\"search `plain` $x$\"", "| map search=\"search index=main $x$\"");
    check("| map search=\"`one(\\\"a b\\\")`\"", "| map search=\"rename a b.* as *\"");
    check("| map search=\"`two(\\\"a\\\", \\\"b, c\\\")`\"", "| map search=\"eval a=\\\"b, c\\\" | rename a.* as *\"");
    check("| map [search `plain` $x$ | `one(\"a\")`]", "| map [search index=main $x$ | rename a.* as *]");
    check(
        "| map maxsearches=7 search = \"`quoted`\"",
        "| map maxsearches=7 search = \"sourcetype=\\\"a\\\\b\\\" user=x\"",
    );
    check("| eval search=\"`plain`\"", "| eval search=\"`plain`\"");
}

#[test]
fn comments_are_taken_out() {
    check("a ```x `plain` y``` b", "a   b");
    check("`remark`", "a=b   c=d");
    check("a ```open `plain`", "a ```open `plain`");
    check("x=\"```\" `plain`", "x=\"```\" index=main");
}

#[test]
fn backticks_that_are_no_call_stay() {
    check("a ` b", "a ` b");
    check("`a b`", "`a b`");
    check("``", "``");
}

#[test]
fn what_cannot_be_expanded_is_reported_at_the_call() {
    let expansion = refused("x | `plan` | y", &["unknown macro `plan`"]);
    assert_eq!(expansion.reports[0].help.as_deref(), Some("did you mean `plain`?"));
    assert_eq!(expansion.reports[0].primary.at, FileSpan { file: FileId(99), span: Span::new(5, 9) });
    assert_eq!(expansion.search.text, "x | search * | y");
    refused("`two(1)`", &["macro `two` takes 2 arguments, found 1"]);
    refused("`loop`", &["macro `loop` expands to itself: `loop` → `loop`"]);
    refused("`left`", &["macro `left` expands to itself: `left` → `right` → `left`"]);
    let expansion = refused("`get_risk_severity(x)`", &["unknown macro `get_risk_severity`"]);
    assert!(expansion.reports[0].help.as_ref().is_some_and(|help| help.contains("Enterprise Security")));
}

#[test]
fn macros_that_grow_without_end_are_stopped() {
    let mut macros = "name: m0\ndefinition: xxxxxxxxxxxxxxxx\n".to_owned();
    for level in 1..12 {
        let calls = format!("`m{}` ", level - 1).repeat(10);
        macros.push_str(&format!("---\nname: m{level}\ndefinition: '{}'\n", calls.trim()));
    }
    let content = Content::load(vec![SourceFile { path: "m.yml".to_owned(), text: macros }]);
    let expansion = content.expand(&Mapped::whole("`m11`", FileId(99)));
    assert_eq!(expansion.reports.len(), 1);
    assert!(expansion.search.text.len() < 2 * MAX_LENGTH);
}

#[test]
fn every_byte_can_be_traced() {
    let content = content();
    let search = "| `two(abc, def)` ```c``` `plain`";
    let expansion = content.expand(&Mapped::whole(search, FileId(99)));
    let text = &expansion.search.text;
    assert_eq!(text, "| eval abc=\"def\" | rename abc.* as *   index=main");
    let place = |word: &str| {
        let at = text.rfind(word).expect("in the text");
        let found = expansion.search.map.locate(Span::new(at, at + word.len())).expect("mapped");
        (found.primary.span.of(search).to_owned(), found.definition.map(|(_, name)| name))
    };
    // An argument is the caller's own text; the rest comes through the call.
    assert_eq!(place("def"), ("def".to_owned(), None));
    assert_eq!(place("rename"), ("`two(abc, def)`".to_owned(), Some("one".to_owned())));
    assert_eq!(place("index"), ("`plain`".to_owned(), Some("plain".to_owned())));
    assert_eq!(expansion.macros, ["two", "one", "plain"]);
}
