//! `isnum(X)`

use super::Function;
use super::numbers::form;
use super::support::truth;
use crate::column::Item;

pub(super) const ISNUM: Function = Function {
    name: "isnum",
    signature: "isnum(X)",
    summary: "true for a number, and for a field whose text is one",
    examples: &[
        (r#"if(isnum(5), "y", "n")"#, r#"y"#),
        (r#"if(isnum("5"), "y", "n")"#, r#"n"#),
        (r#"if(isnum(substr("x5", 2)), "y", "n")"#, r#"y"#),
        (r#"if(isnum(null()), "y", "n")"#, r#"n"#),
    ],
    kind: truth,
    call: |call| Ok(call.each(|row| Item::Bool(form(call, row).is_some()))),
};
