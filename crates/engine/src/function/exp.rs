//! `exp(X)`

use super::Function;
use super::support::{map_number, number};

pub(super) const EXP: Function = Function {
    name: "exp",
    signature: "exp(X)",
    summary: "e to the power of a number",
    examples: &[(r#"exp(0)"#, "1")],
    kind: number,
    call: |call| map_number(call, f64::exp),
};
