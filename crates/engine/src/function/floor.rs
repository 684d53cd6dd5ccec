//! `floor(X)`

use super::Function;
use super::support::{map_number, number};

pub(super) const FLOOR: Function = Function {
    name: "floor",
    signature: "floor(X)",
    summary: "the number rounded down to a whole number",
    examples: &[(r#"floor(1.9)"#, "1"), (r#"floor(-1.2)"#, "-2")],
    kind: number,
    call: |call| map_number(call, f64::floor),
};
