//! `abs(X)`

use super::Function;
use super::support::{map_number, number};

pub(super) const ABS: Function = Function {
    name: "abs",
    signature: "abs(X)",
    summary: "the absolute value of a number",
    examples: &[(r#"abs(-3)"#, "3"), (r#"abs("-2.5")"#, "2.5"), (r#"abs("x")"#, "null")],
    kind: number,
    call: |call| map_number(call, f64::abs),
};
