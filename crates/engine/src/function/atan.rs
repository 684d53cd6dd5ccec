//! `atan(X)`

use super::Function;
use super::support::{map_number, number};

pub(super) const ATAN: Function = Function {
    name: "atan",
    signature: "atan(X)",
    summary: "the arc tangent, in radians",
    examples: &[(r#"round(atan(1)*4, 5)"#, r#"3.14159"#)],
    kind: number,
    call: |call| map_number(call, f64::atan),
};
