//! `false()`

use super::Function;
use super::support::truth;
use crate::column::Item;

pub(super) const FALSE: Function = Function {
    name: "false",
    signature: "false()",
    summary: "the truth value false",
    examples: &[(r#"if(false(), "y", "n")"#, r#"n"#)],
    kind: truth,
    call: |call| Ok(call.each(|_| Item::Bool(false))),
};
