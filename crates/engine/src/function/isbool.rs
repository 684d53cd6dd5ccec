//! `isbool(X)`

use super::Function;
use super::support::truth;
use crate::column::Item;

pub(super) const ISBOOL: Function = Function {
    name: "isbool",
    signature: "isbool(X)",
    summary: "true for true and false, which no field holds",
    examples: &[
        (r#"if(isbool(1==2), "y", "n")"#, r#"y"#),
        (r#"if(isbool("true"), "y", "n")"#, r#"n"#),
        (r#"if(isbool(null()), "y", "n")"#, r#"n"#),
    ],
    kind: truth,
    call: |call| {
        let value = call.argument(0)?;
        Ok(call.each(|row| Item::Bool(matches!(value.item(row), Item::Bool(_)))))
    },
};
