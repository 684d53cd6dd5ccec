//! `true()`

use super::Function;
use super::support::truth;
use crate::column::Item;

pub(super) const TRUE: Function = Function {
    name: "true",
    signature: "true()",
    summary: "the truth value true",
    examples: &[(r#"if(true(), "y", "n")"#, r#"y"#)],
    kind: truth,
    call: |call| Ok(call.each(|_| Item::Bool(true))),
};
