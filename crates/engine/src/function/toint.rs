//! `toint(X, Y)`

use super::Function;
use super::support::number;
use super::tonumber::numbers;

pub(super) const TOINT: Function = Function {
    name: "toint",
    signature: "toint(X, Y)",
    summary: "a number, or the one that a text writes in base Y, rounded down; null when it writes none",
    examples: &[
        (r#"toint("24")"#, r#"24"#),
        (r#"toint(3.14)"#, r#"3"#),
        (r#"toint("-3.14")"#, r#"-4"#),
        (r#"toint("101", 2)"#, r#"5"#),
        (r#"toint(" 24")"#, r#"null"#),
    ],
    kind: number,
    call: |call| numbers(call, f64::floor),
};
