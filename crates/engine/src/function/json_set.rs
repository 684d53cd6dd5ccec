//! `json_set(X, P, V, …)`

use super::Function;
use super::json_change::changed;
use super::support::text;
use crate::json_text::Path;

pub(super) const JSON_SET: Function = Function {
    name: "json_set",
    signature: "json_set(X, P, V, …)",
    summary: "the JSON text X with the value V at the path P; keys that do not exist are made",
    examples: &[
        (r##"json_set(json_object("a", 1), "a", 2, "b.c", "x")"##, r##"{"a":2,"b":{"c":"x"}}"##),
        (r##"json_set(json_object("a", "b"), "a.c", "d")"##, r##"{"a":"b"}"##),
        (
            r##"json_set(json_object("l", json_array(json_object(), json_object())), "l{}.ok", true())"##,
            r##"{"l":[{"ok":true},{"ok":true}]}"##,
        ),
        (r##"json_set("x", "a", 1)"##, r##"null"##),
    ],
    kind: text,
    call: |call| changed(call, |value, path, new| Path::parse(path).set(value, &new)),
};
