//! `cosh(X)`

use super::Function;
use super::support::{map_number, number};

pub(super) const COSH: Function = Function {
    name: "cosh",
    signature: "cosh(X)",
    summary: "the hyperbolic cosine",
    examples: &[(r#"cosh(0)"#, r#"1"#)],
    kind: number,
    call: |call| map_number(call, f64::cosh),
};
