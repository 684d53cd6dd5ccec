//! `atanh(X)`

use super::Function;
use super::support::{map_number, number};

pub(super) const ATANH: Function = Function {
    name: "atanh",
    signature: "atanh(X)",
    summary: "the arc hyperbolic tangent, in radians",
    examples: &[(r#"atanh(0)"#, r#"0"#), (r#"atanh(1)"#, r#"inf"#)],
    kind: number,
    call: |call| map_number(call, f64::atanh),
};
