//! What is said about searches that are wrong.

use diag::Severity;

/// Each expected remark: severity, code, the text it points at, the message.
fn check(search: &str, expected: &[(Severity, &str, &str, &str)]) {
    let parsed = crate::parse(search);
    let found: Vec<_> = parsed
        .diagnostics
        .iter()
        .map(|d| (d.severity, d.code.0, d.primary.span.of(search), d.message.as_str()))
        .collect();
    assert_eq!(found, expected, "for {search:?}");
}

fn check_error(search: &str, at: &str, message: &str) {
    check(search, &[(Severity::Error, "SPL001", at, message)]);
}

#[test]
fn search_terms() {
    check_error("a= | head", "|", "expected a value after `a=`, found the end of the command");
    check_error("a OR", "", "expected a search term, found the end of the search");
    check_error("OR a", "OR", "`OR` stands between two search terms, but one is missing");
    check_error("a AND AND b", "AND", "`AND` stands between two search terms, but one is missing");
    check_error("=b", "=", "expected a search term, found `=`");
    check_error("a ( ) b", "(", "these parentheses are empty");
    check_error("a) b", ")", "expected the end of the command, found `)`");
    check_error("a IN ()", "a IN ()", "this list of values is empty");
}

#[test]
fn unclosed() {
    let unclosed = |search: &str, at: &str, message: &str| check(search, &[(Severity::Error, "SPL002", at, message)]);
    unclosed("a=\"b", "\"", "this quote is never closed");
    unclosed("(a OR b | head 5", "(", "this parenthesis is never closed");
    unclosed("a [search b", "[", "this subsearch is never closed");
    unclosed("a ```b", "```", "this comment is never closed");
    unclosed("a IN (b, c", "(", "this parenthesis is never closed");
    unclosed("| where f(a, 'b)", "'", "this quote is never closed");
    unclosed("| where (a=1 | head", "(", "this parenthesis is never closed");
    unclosed("| rex \"abc | head", "\"", "this quote is never closed");
    check_error("a ] | head", "]", "`]` closes no subsearch");
}

#[test]
fn all_commands_are_read_on() {
    check(
        "a= | eval b | where c > | stats | rename d e | head 5",
        &[
            (Severity::Error, "SPL001", "|", "expected a value after `a=`, found the end of the command"),
            (Severity::Error, "SPL001", "|", "expected `=` after the field `b`, found the end of the command"),
            (Severity::Error, "SPL001", "|", "expected an expression, found the end of the command"),
            (Severity::Error, "SPL001", "|", "expected an aggregate such as `count`, found the end of the command"),
            (Severity::Error, "SPL001", "e", "expected `AS` after the field `d`, found `e`"),
        ],
    );
    check(
        "a | append [search b= | eval c] | where",
        &[
            (Severity::Error, "SPL001", "|", "expected a value after `b=`, found the end of the command"),
            (Severity::Error, "SPL001", "]", "expected `=` after the field `c`, found `]`"),
            (Severity::Error, "SPL001", "", "expected an expression, found the end of the search"),
        ],
    );
}

#[test]
fn expressions() {
    check_error("| where a b", "b", "expected the end of the command, found `b`");
    check_error("| where AND a", "AND", "`AND` stands between two expressions, but one is missing");
    check_error("| where f(a b)", "b", "expected `,` or `)`, found `b`");
    check_error("| where x > 90d", "90d", "`90d` is neither a number nor a field name");
    check_error("| where ''=1", "''", "this field name is empty");
    check_error("| eval a=1,", "", "expected a field, found the end of the search");
}

#[test]
fn commands() {
    check_error("| | head", "|", "expected a command, found the end of the command");
    check_error("a | \"b\"", "\"", "expected a command, found `\"`");
    check_error("a |", "", "expected a command, found the end of the search");
    check_error("a | head 5 6", "6", "expected the end of the command, found `6`");
    check_error("a | head 99999999999999999999", "99999999999999999999", "`99999999999999999999` is too large");
    check_error("a | rename b.* as c", "b.* as c", "`b.*` and `c` hold different numbers of `*`");
    check_error("| tstats count by", "", "expected a field, found the end of the search");
    check_error("| tstats count by a by b", "by b", "this clause is given twice");
    check("a | bin x size=3", &[(Severity::Error, "SPL103", "size", "`bin` has no option `size`")]);
}

#[test]
fn forms_the_tree_cannot_hold() {
    let check = |search: &str, at: &str, message: &str| {
        check(search, &[(Severity::Warning, "SPL104", at, message)]);
        let parsed = crate::parse(search);
        let other = |command: &crate::ast::Command| matches!(command.kind, crate::ast::CommandKind::Other { .. });
        assert!(parsed.pipeline.commands.iter().any(other), "{search:?} looks supported");
    };
    check("a=[search b | return c] d", "[search b | return c]", "a subsearch as a value is not supported");
    check("a=(b OR c)", "(b OR c)", "a group of values behind a comparison is not supported");
    check("host::a b", "host::a", "`host::…`, the form that asks for an indexed field, is not supported");
    check("a=CASE(B)", "CASE(B)", "a `TERM()` or `CASE()` as a value is not supported");
    check("x | head a<5", "a<5", "`head` with a condition that stands in no parentheses is not supported");
    check("x | chart (sum(a)/2) as b by c", "(sum(a)/2)", "an expression over aggregates is not supported");
    check("| tstats count by PREFIX(a=)", "PREFIX(a=)", "`PREFIX()` is not supported");
    check(
        "| tstats count from sid=1 by b",
        "sid=1 by b",
        "a source of `tstats` that is not a data model is not supported",
    );
    check("x | where a=[search b]", "[search b]", "a subsearch in an expression is not supported");
}

/// No nesting, however deep, overflows the stack of a test's thread (two megabytes).
#[test]
fn hostile_depth() {
    let deep = 100_000;
    for open in ["(", "NOT ", "[search ", "a [search ", "a=[search "] {
        let parsed = crate::parse(&open.repeat(deep));
        let too_deep = |d: &diag::Diagnostic| d.message == "nested more than 64 levels deep";
        assert!(parsed.diagnostics.iter().any(too_deep), "for {open:?}");
    }
    for (open, close) in [
        ("(", ""),
        ("-", ""),
        ("NOT ", ""),
        ("f(", ""),
        ("1+(", ""),
        ("1 + ", "1"),
        ("a IN (", ""),
        ("x . ", "y"),
        ("a = ", "b"),
    ] {
        let parsed = crate::parse(&format!("| where {}{close}", open.repeat(deep)));
        let first = &parsed.diagnostics.first().unwrap().message;
        assert!(first.contains("64 levels") || first.contains("256 operators"), "{open:?}: {first}");
    }
}
