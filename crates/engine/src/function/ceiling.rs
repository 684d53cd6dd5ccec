//! `ceiling(X)`

use super::Function;
use super::support::{map_number, number};

pub(super) const CEILING: Function = Function {
    name: "ceiling",
    signature: "ceiling(X)",
    summary: "the number rounded up to a whole number",
    examples: &[(r#"ceiling(1.2)"#, "2"), (r#"ceiling("x")"#, "null")],
    kind: number,
    call: |call| map_number(call, f64::ceil),
};
