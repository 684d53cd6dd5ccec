//! `isobject(X)`

use super::Function;
use super::support::truth;
use crate::column::Item;
use crate::json_text as json;

pub(super) const ISOBJECT: Function = Function {
    name: "isobject",
    signature: "isobject(X)",
    summary: "true for the text of a JSON object",
    examples: &[
        (r#"if(isobject("{\"a\": 1}"), "y", "n")"#, r#"y"#),
        (r#"if(isobject("{a: 1}"), "y", "n")"#, r#"n"#),
        (r#"if(isobject("games"), "y", "n")"#, r#"n"#),
    ],
    kind: truth,
    call: |call| {
        let value = call.argument(0)?;
        Ok(call.each(|row| Item::Bool(json::object(value, row).is_some())))
    },
};
