//! `ln(X)`

use super::Function;
use super::support::{map_number, number};

pub(super) const LN: Function = Function {
    name: "ln",
    signature: "ln(X)",
    summary: "the natural logarithm; null unless positive",
    examples: &[(r#"ln(1)"#, "0"), (r#"ln(0)"#, "-inf")],
    kind: number,
    call: |call| map_number(call, f64::ln),
};
