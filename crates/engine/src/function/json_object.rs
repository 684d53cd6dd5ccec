//! `json_object(K, V, …)`

use super::Function;
use super::support::{text, text_item};
use crate::json_text as json;

pub(super) const JSON_OBJECT: Function = Function {
    name: "json_object",
    signature: "json_object(K, V, …)",
    summary: "a JSON object of pairs of a key and a value",
    examples: &[
        (r##"json_object()"##, r##"{}"##),
        (r##"json_object("name", "maria")"##, r##"{"name":"maria"}"##),
        (r##"json_object("a", 1, "b", null(), "c", 1==1)"##, r##"{"a":1,"b":null,"c":true}"##),
        (r##"json_object("cities", json_array("London", "Berlin"))"##, r##"{"cities":["London","Berlin"]}"##),
        (r##"json_object("name", split("a,b", ","))"##, r##"{"name":["a","b"]}"##),
    ],
    kind: text,
    call: |call| {
        Ok(call.each(|row| {
            let mut members = serde_json::Map::new();
            for (at, key) in call.arguments.iter().enumerate().step_by(2) {
                if let (Some(key), Some(value)) = (key.text(row), call.arguments.get(at + 1)) {
                    members.insert(key.into_owned(), json::of(&value.item(row), call.written(at + 1)));
                }
            }
            text_item(Some(json::write(&members.into())))
        }))
    },
};
