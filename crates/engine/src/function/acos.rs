//! `acos(X)`

use super::Function;
use super::support::{map_number, number};

pub(super) const ACOS: Function = Function {
    name: "acos",
    signature: "acos(X)",
    summary: "the arc cosine, in radians",
    examples: &[(r#"acos(1)"#, r#"0"#), (r#"acos(2)"#, r#"nan"#)],
    kind: number,
    call: |call| map_number(call, f64::acos),
};
