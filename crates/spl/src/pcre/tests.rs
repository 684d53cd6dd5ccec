//! Expressions in, expressions out; that they match alike is shown by the golden files of `match` and `replace`.

use proptest::prelude::*;

use super::*;

fn check(pattern: &str, expected: &str) {
    assert_eq!(translate(pattern, Engine::Linear), expected, "{pattern:?}");
}

#[test]
fn what_means_the_same_stays() {
    for pattern in [
        r"^(?i)power(?:shell|\.exe)$",
        r"(?<name>a+?)\.\x{202E}\t",
        "a{2}b{2,}c{2,3}",
        "[^a-z0-9_]+",
        "é|[ä-ö]",
        r"\\server\\share",
        r"\z\A\pL",
    ] {
        check(pattern, pattern);
    }
}

#[test]
fn classes_are_ascii() {
    check(r"\d+\D", "[0-9]+[^0-9]");
    check(r"\w\W", "[0-9A-Za-z_][^0-9A-Za-z_]");
    check(r"[\w.-]", "[0-9A-Za-z_.-]");
    check(r"[^\W\d]", "[^[^0-9A-Za-z_]0-9]");
    check(r"\s", r"[\t\n\x0B\f\r ]");
    check(r"a\b", r"a(?-u:\b)");
    assert_eq!(
        translate(r"\ba", Engine::Backtracking),
        "(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))a"
    );
}

#[test]
fn brackets_in_classes_are_themselves() {
    check(r"[^[]+\[", r"[^\[]+\[");
    check("[]a]b", r"[\]a]b");
    check("[^]]", r"[^\]]");
    check("[a&&b~~c--d]", r"[a\&\&b\~\~c\--d]");
    check("[[:alpha:]_]", "[[:alpha:]_]");
    check(r"[\b\]]", r"[\x08\]]");
    check("[a", "[a");
}

#[test]
fn what_rust_reads_otherwise() {
    check(r"\<b\>", "<b>");
    check("{a}{1x}{,2}{", r"\{a}\{1x}\{,2}\{");
    check("{$x", r"\{$x");
    check(r"\Qa.b*\Ec", r"a\.b\*c");
    check(r"\Qa.b", r"a\.b");
    check(r"\R\e", r"(?:\r\n|[\n\x0B\f\r\x{85}\x{2028}\x{2029}])\x1B");
    check(r"\N", r"[^\n]");
    check("a\\", "a\\");
}

#[test]
fn dollars() {
    for pattern in ["a$", "^$", "(a$|b)", r"\\$"] {
        assert!(ends_before_line_feed(pattern), "{pattern}");
    }
    for pattern in ["a", r"\$", "[$]", r"a\z|b$", r"\Q$\E"] {
        assert!(!ends_before_line_feed(pattern), "{pattern}");
    }
}

proptest! {
    #[test]
    fn no_expression_panics(pattern in "([\\[\\]\\\\{}^:&~<>-]|\\PC|\\\\[a-zA-Z]){0,12}") {
        translate(&pattern, Engine::Linear);
        translate(&pattern, Engine::Backtracking);
        ends_before_line_feed(&pattern);
    }
}
