//! `sinh(X)`

use super::Function;
use super::support::{map_number, number};

pub(super) const SINH: Function = Function {
    name: "sinh",
    signature: "sinh(X)",
    summary: "the hyperbolic sine",
    examples: &[(r#"sinh(0)"#, r#"0"#)],
    kind: number,
    call: |call| map_number(call, f64::sinh),
};
