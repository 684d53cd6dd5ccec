//! `json_entries(X)`

use super::Function;
use super::support::{text, text_item};
use crate::json_text as json;

pub(super) const JSON_ENTRIES: Function = Function {
    name: "json_entries",
    signature: "json_entries(X)",
    summary: "the members of a JSON object as a JSON array of objects with `key` and `value`",
    examples: &[
        (r##"json_entries("{\"a\": 1, \"b\": 2}")"##, r##"[{"key":"a","value":1},{"key":"b","value":2}]"##),
        (r##"json_entries("x")"##, r##"null"##),
    ],
    kind: text,
    call: |call| {
        let value = call.argument(0)?;
        let entry = |(key, value): (String, serde_json::Value)| serde_json::json!({ "key": key, "value": value });
        Ok(call.each(|row| {
            let entries = json::object(value, row).map(|members| members.into_iter().map(entry).collect());
            text_item(entries.map(|entries| json::write(&entries)))
        }))
    },
};
