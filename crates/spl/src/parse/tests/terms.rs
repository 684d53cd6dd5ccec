//! Search mode.

use super::check;
use crate::ast::{CommandKind, Pattern, Term};

/// The value of the only term: parts between stars, and whether it was quoted.
fn check_value(search: &str, parts: &[&str], quoted: bool) {
    let parsed = crate::parse(search);
    assert_eq!(parsed.diagnostics, [], "remarks on {search:?}");
    let Some(CommandKind::Search(Some(Term::Compare { value, .. } | Term::Keyword(value)))) =
        parsed.pipeline.commands.first().map(|command| command.kind.clone())
    else {
        panic!("{search:?} is not one term");
    };
    let expected = Pattern { parts: parts.iter().map(|part| (*part).to_owned()).collect(), quoted, span: value.span };
    assert_eq!(value, expected, "for {search:?}");
    check(search, &crate::print(&parsed.pipeline));
}

#[test]
fn or_binds_tighter_than_and() {
    check("a OR b c OR d", "search (a OR b) (c OR d)");
    check("a AND b OR c", "search a (b OR c)");
    check("a=1 OR b=2 AND NOT c=3", "search (a=1 OR b=2) NOT c=3");
    check("NOT a OR b", "search NOT a OR b");
    check("NOT (a OR b) c", "search NOT (a OR b) c");
    check("NOT NOT a", "search NOT NOT a");
    check("(a b) OR c", "search (a b) OR c");
    check("((a))", "search a");
}

#[test]
fn operators_are_upper_case() {
    let parsed = crate::parse("a and b");
    assert_eq!(crate::print(&parsed.pipeline), "search a and b");
    let messages: Vec<_> = parsed.diagnostics.iter().map(|d| (d.severity, d.message.as_str())).collect();
    let expected = "`and` in lower case is a word to look for, not an operator";
    assert_eq!(messages, [(diag::Severity::Warning, expected)]);
    check("AND=1 OR=2", "search \"AND\"=1 \"OR\"=2");
}

#[test]
fn comparisons() {
    check("a=1 b != 2 c<3 d <= 4 e>5 f>=6 g==7", "search a=1 b!=2 c<3 d<=4 e>5 f>=6 g=7");
    check("a = \"b c\" d", "search a=\"b c\" d");
    check("\"a.b c\"=x \"d\" = y", "search \"a.b c\"=x d=y");
    check("user.name=x a{}.b=y a{}.b{}.c!=z", "search user.name=x a{}.b=y a{}.b{}.c!=z");
    check("earliest=-24h@h latest=now index=a", "search earliest=-24h@h latest=now index=a");
    check("a=\"x\"AND b=\"y\"Field=z", "search a=\"x\" b=\"y\" Field=z");
    check("url=*?a=b&c=d e", "search url=*?a=b&c=d e");
    check("t=*GetCurrent()* u", "search t=*GetCurrent()* u");
    check("a=\"\" b=* c*=1", "search a=\"\" b=* c*=1");
    check("a=b,c d,e", "search a=b,c d,e");
    check("dest_ip=10.0.0.0/8 NOT src=10.1.0.0/16", "search dest_ip=10.0.0.0/8 NOT src=10.1.0.0/16");
    check("src=fe80::/10", "search src=fe80::/10");
}

#[test]
fn lists() {
    check("a IN (x, \"y z\" *w, 10.0.0.0/8)", "search a IN (x, \"y z\", *w, 10.0.0.0/8)");
    check("NOT a IN(\"x\",, \"y\" ,)", "search NOT a IN (\"x\", \"y\")");
    check("\"a b\" IN (*f()*)", "search \"a b\" IN (*f()*)");
    check("a in", "search a in");
    check("a IN(TERM, CASE)", "search a IN (TERM, CASE)");
}

#[test]
fn backslashes() {
    check_value(r#"a="x\\y""#, &[r"x\y"], true);
    check_value(r#"a="x\y""#, &[r"x\y"], true);
    check_value(r#"a="x\"y""#, &["x\"y"], true);
    check_value(r#"a="*\\*""#, &["", "\\", ""], true);
    check_value(r#"a="system32\*""#, &["system32\\", ""], true);
    check_value(r#"a="\\\\x""#, &[r"\\x"], true);
    check_value(r#"a="\=""#, &[r"\="], true);
    check_value(r"a=*\\b\c*", &["", r"\b\c", ""], false);
    check_value(r#"a=b\"c"#, &["b\"c"], false);
    check_value("\"two words\"", &["two words"], true);
    check_value("word*", &["word", ""], false);
    check_value("*", &["", ""], false);
}

#[test]
fn directives() {
    check("TERM(a.b=c) CASE(X) TERM = 1", "search TERM(a.b=c) CASE(X) TERM=1");
    check("TERM(\"a b\")", "search TERM(\"a b\")");
}

#[test]
fn deep_and_long() {
    let long = (0..5000).map(|n| format!("f=v{n}")).collect::<Vec<_>>().join(" OR ");
    check(&long, &format!("search {long}"));
    check(&format!("{}a{}", "(".repeat(60), ")".repeat(60)), "search a");
}
