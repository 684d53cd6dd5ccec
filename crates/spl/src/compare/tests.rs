//! Search terms on values.

use text::Span;

use super::*;

/// The term holds for each of the first values and for none of the others.
fn check(op: CompareOp, value: &str, holds: &[&str], others: &[&str]) {
    let parts = value.split('*').map(str::to_owned).collect();
    let term = Comparison::new(op, &Pattern { parts, quoted: false, span: Span::default() });
    for text in holds {
        assert!(term.matches(text), "{text:?} {op:?} {value:?} should hold");
    }
    for text in others {
        assert!(!term.matches(text), "{text:?} {op:?} {value:?} should not hold");
    }
}

#[test]
fn equal() {
    use CompareOp::{Equal, NotEqual};
    check(Equal, "cmd.exe", &["cmd.exe", "CMD.EXE"], &["cmd"]);
    check(Equal, "200", &["200", "200.0", "2e2"], &["2000", "0xc8", ""]);
    check(Equal, "0x1F", &["0x1f"], &["31"]);
    check(Equal, "", &[""], &["0"]);
    check(NotEqual, "*a*", &["b", ""], &["xAx"]);
    check(Equal, "12345678901234567890", &["12345678901234567890"], &["12345678901234567891"]);
}

#[test]
fn order() {
    use CompareOp::{Greater, GreaterOrEqual, Less, LessOrEqual};
    check(Greater, "9", &["10", "9.5"], &["9", "8", "-10"]);
    check(GreaterOrEqual, "9", &["9.0", "10"], &["8"]);
    check(Less, "b", &["a", "A"], &["b", "c"]);
    check(LessOrEqual, "b", &["a", "b"], &["c"]);
}

#[test]
fn networks() {
    use CompareOp::{Equal, NotEqual};
    check(
        Equal,
        "10.0.0.0/8",
        &["10.1.2.3", "10.0.0.0/8", "::ffff:10.0.0.1"],
        &["11.0.0.1", "10", "fe80::1", "10.1.2.3:80", ""],
    );
    check(Equal, "192.168.1.77/24", &["192.168.1.1"], &["192.168.2.1"]);
    check(Equal, "0.0.0.0/0", &["1.2.3.4"], &["::1"]);
    check(Equal, "1.2.3.4/32", &["1.2.3.4"], &["1.2.3.5"]);
    check(Equal, "fe80::/10", &["fe80::1", "febf::"], &["fec0::", "10.0.0.1"]);
    check(Equal, "::/0", &["2001:db8::1"], &["1.2.3.4"]);
    check(NotEqual, "10.0.0.0/8", &["11.0.0.1", "host"], &["10.9.9.9"]);
    for text in ["10.0.0.0/33", "10.0.0/8", "10.0.0.0/", "10.0.0.0/+8", "a/8", "fe80::/129", "1.2.3.4"] {
        assert_eq!(Network::parse(text), None, "{text:?}");
    }
}
