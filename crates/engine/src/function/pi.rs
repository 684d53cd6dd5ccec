//! `pi()`

use super::Function;
use super::support::number;
use crate::column::Item;

pub(super) const PI: Function = Function {
    name: "pi",
    signature: "pi()",
    summary: "pi to 11 digits",
    examples: &[(r#"pi()"#, r#"3.1415926536"#)],
    kind: number,
    // Manual: "the constant pi to 11 digits of precision".
    #[expect(clippy::approx_constant, reason = "the manual says how many digits")]
    call: |call| Ok(call.each(|_| Item::Number(3.141_592_653_6))),
};
