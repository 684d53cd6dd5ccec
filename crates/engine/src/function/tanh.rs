//! `tanh(X)`

use super::Function;
use super::support::{map_number, number};

pub(super) const TANH: Function = Function {
    name: "tanh",
    signature: "tanh(X)",
    summary: "the hyperbolic tangent",
    examples: &[(r#"tanh(0)"#, r#"0"#)],
    kind: number,
    call: |call| map_number(call, f64::tanh),
};
