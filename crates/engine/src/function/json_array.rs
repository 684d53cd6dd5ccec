//! `json_array(X, …)`

use super::Function;
use super::support::{text, text_item};
use crate::json_text as json;

pub(super) const JSON_ARRAY: Function = Function {
    name: "json_array",
    signature: "json_array(X, …)",
    summary: "a JSON array of the values",
    examples: &[
        (r##"json_array()"##, r##"[]"##),
        (r##"json_array("buttercup", 1, null())"##, r##"["buttercup",1,null]"##),
        (r##"json_array("dubois", json_object("name", "patel"))"##, r##"["dubois",{"name":"patel"}]"##),
    ],
    kind: text,
    call: |call| {
        Ok(call.each(|row| {
            let values = call.arguments.iter().enumerate();
            let values = values.map(|(at, value)| json::of(&value.item(row), call.written(at)));
            text_item(Some(json::write(&values.collect())))
        }))
    },
};
