//! `json_valid(X)`

use super::Function;
use super::support::truth;
use crate::column::Item;
use crate::json_text as json;

pub(super) const JSON_VALID: Function = Function {
    name: "json_valid",
    signature: "json_valid(X)",
    summary: "true when X is a JSON text",
    examples: &[
        (r##"if(json_valid("{\"a\": [1]}"), "y", "n")"##, r##"y"##),
        (r##"if(json_valid("{a: 1}"), "y", "n")"##, r##"n"##),
        (r##"if(json_valid(null()), "y", "n")"##, r##"n"##),
    ],
    kind: truth,
    call: |call| {
        let value = call.argument(0)?;
        Ok(call.each(|row| Item::Bool(json::read(value, row).is_some())))
    },
};
