//! `sin(X)`

use super::Function;
use super::support::{map_number, number};

pub(super) const SIN: Function = Function {
    name: "sin",
    signature: "sin(X)",
    summary: "the sine of an angle in radians",
    examples: &[(r#"sin(0)"#, r#"0"#), (r#"round(sin(pi()/2), 5)"#, r#"1"#)],
    kind: number,
    call: |call| map_number(call, f64::sin),
};
