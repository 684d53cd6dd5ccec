//! `json_keys(X)`

use super::Function;
use super::support::{text, text_item};
use crate::json_text as json;

pub(super) const JSON_KEYS: Function = Function {
    name: "json_keys",
    signature: "json_keys(X)",
    summary: "the keys of a JSON object as a JSON array; null for anything else",
    examples: &[
        (r##"json_keys(json_object("a", 1, "b", "x"))"##, r##"["a","b"]"##),
        (r##"json_keys(json_array(1))"##, r##"null"##),
    ],
    kind: text,
    call: |call| {
        let value = call.argument(0)?;
        Ok(call.each(|row| {
            let keys = json::object(value, row).map(|members| members.keys().map(String::as_str).collect());
            text_item(keys.map(|keys| json::write(&keys)))
        }))
    },
};
