//! `isnull(X)`

use super::Function;
use super::support::truth;
use crate::column::Item;

pub(super) const ISNULL: Function = Function {
    name: "isnull",
    signature: "isnull(X)",
    summary: "true when there is no value; the empty text is one",
    examples: &[(r#"if(isnull(null()), "y", "n")"#, r#"y"#), (r#"if(isnull(""), "y", "n")"#, r#"n"#)],
    kind: truth,
    call: |call| {
        let value = call.argument(0)?;
        Ok(call.each(|row| Item::Bool(value.item(row) == Item::Null)))
    },
};
