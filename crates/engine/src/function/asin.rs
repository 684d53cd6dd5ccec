//! `asin(X)`

use super::Function;
use super::support::{map_number, number};

pub(super) const ASIN: Function = Function {
    name: "asin",
    signature: "asin(X)",
    summary: "the arc sine, in radians",
    examples: &[(r#"asin(0)"#, r#"0"#), (r#"asin("x")"#, r#"null"#)],
    kind: number,
    call: |call| map_number(call, f64::asin),
};
