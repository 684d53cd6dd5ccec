//! `asinh(X)`

use super::Function;
use super::support::{map_number, number};

pub(super) const ASINH: Function = Function {
    name: "asinh",
    signature: "asinh(X)",
    summary: "the arc hyperbolic sine, in radians",
    examples: &[(r#"asinh(0)"#, r#"0"#)],
    kind: number,
    call: |call| map_number(call, f64::asinh),
};
