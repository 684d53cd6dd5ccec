//! `todouble(X, Y)`

use super::Function;
use super::support::number;
use super::tonumber::numbers;

pub(super) const TODOUBLE: Function = Function {
    name: "todouble",
    signature: "todouble(X, Y)",
    summary: "a number, or the one that a text writes in base Y; null when it writes none",
    examples: &[
        (r#"todouble("16.00")"#, r#"16"#),
        (r#"todouble("ff", 16)"#, r#"255"#),
        (r#"todouble("number")"#, r#"null"#),
    ],
    kind: number,
    call: |call| numbers(call, |number| number),
};
