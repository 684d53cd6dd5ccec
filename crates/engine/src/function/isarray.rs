//! `isarray(X)`

use super::Function;
use super::support::truth;
use crate::column::Item;
use crate::json_text as json;

pub(super) const ISARRAY: Function = Function {
    name: "isarray",
    signature: "isarray(X)",
    summary: "true for the text of a JSON array",
    examples: &[
        (r#"if(isarray("[1, 2, 3]"), "y", "n")"#, r#"y"#),
        (r#"if(isarray(1), "y", "n")"#, r#"n"#),
        (r#"if(isarray("[1,"), "y", "n")"#, r#"n"#),
        (r#"if(isarray(null()), "y", "n")"#, r#"n"#),
    ],
    kind: truth,
    call: |call| {
        let value = call.argument(0)?;
        Ok(call.each(|row| Item::Bool(json::array(value, row).is_some())))
    },
};
