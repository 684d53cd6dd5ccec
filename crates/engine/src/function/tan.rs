//! `tan(X)`

use super::Function;
use super::support::{map_number, number};

pub(super) const TAN: Function = Function {
    name: "tan",
    signature: "tan(X)",
    summary: "the tangent of an angle in radians",
    examples: &[(r#"tan(0)"#, r#"0"#)],
    kind: number,
    call: |call| map_number(call, f64::tan),
};
