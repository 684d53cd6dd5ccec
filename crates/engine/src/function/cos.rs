//! `cos(X)`

use super::Function;
use super::support::{map_number, number};

pub(super) const COS: Function = Function {
    name: "cos",
    signature: "cos(X)",
    summary: "the cosine of an angle in radians",
    examples: &[(r#"cos(0)"#, r#"1"#)],
    kind: number,
    call: |call| map_number(call, f64::cos),
};
