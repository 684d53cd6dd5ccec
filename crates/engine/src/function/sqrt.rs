//! `sqrt(X)`

use super::Function;
use super::support::{map_number, number};

pub(super) const SQRT: Function = Function {
    name: "sqrt",
    signature: "sqrt(X)",
    summary: "the square root; `nan` for negative numbers",
    examples: &[(r#"sqrt(9)"#, "3"), (r#"sqrt(-1)"#, "nan")],
    kind: number,
    call: |call| map_number(call, f64::sqrt),
};
