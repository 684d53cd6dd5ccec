//! `isnotnull(X)`

use super::Function;
use super::support::truth;
use crate::column::Item;

pub(super) const ISNOTNULL: Function = Function {
    name: "isnotnull",
    signature: "isnotnull(X)",
    summary: "true when there is a value; the empty text is one",
    examples: &[(r#"if(isnotnull(null()), "y", "n")"#, r#"n"#), (r#"if(isnotnull(0), "y", "n")"#, r#"y"#)],
    kind: truth,
    call: |call| {
        let value = call.argument(0)?;
        Ok(call.each(|row| Item::Bool(value.item(row) != Item::Null)))
    },
};
