//! `ceil(X)`

use super::Function;
use super::support::{map_number, number};

pub(super) const CEIL: Function = Function {
    name: "ceil",
    signature: "ceil(X)",
    summary: "the number rounded up to a whole number",
    examples: &[(r#"ceil(1.2)"#, "2"), (r#"ceil(-1.2)"#, "-1")],
    kind: number,
    call: |call| map_number(call, f64::ceil),
};
