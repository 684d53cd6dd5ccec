//! `acosh(X)`

use super::Function;
use super::support::{map_number, number};

pub(super) const ACOSH: Function = Function {
    name: "acosh",
    signature: "acosh(X)",
    summary: "the arc hyperbolic cosine, in radians",
    examples: &[(r#"acosh(1)"#, r#"0"#)],
    kind: number,
    call: |call| map_number(call, f64::acosh),
};
