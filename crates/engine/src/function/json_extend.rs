//! `json_extend(X, P, V, …)`

use super::Function;
use super::json_change::{changed, wrapped};
use super::support::text;
use crate::json_text::Path;

pub(super) const JSON_EXTEND: Function = Function {
    name: "json_extend",
    signature: "json_extend(X, P, V, …)",
    summary: "the JSON text X with the elements of the array V behind the array at the path P",
    examples: &[
        (r##"json_extend(json_object("l", json_array("a")), "l", json_array("b", "c"))"##, r##"{"l":["a","b","c"]}"##),
        (r##"json_extend(json_object("n", 1), "n", json_array(2))"##, r##"{"n":[1,2]}"##),
        (r##"json_extend(json_object("l", json_array()), "l", "b")"##, r##"{"l":[]}"##),
    ],
    kind: text,
    call: |call| {
        changed(call, |value, path, new| {
            // "The value must be an array."
            let serde_json::Value::Array(new) = new else { return };
            Path::parse(path).change(value, &mut |at| wrapped(at, |elements| elements.extend(new.iter().cloned())));
        })
    },
};
