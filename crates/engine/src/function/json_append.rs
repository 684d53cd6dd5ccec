//! `json_append(X, P, V, …)`

use super::Function;
use super::json_change::{changed, wrapped};
use super::support::text;
use crate::json_text::Path;

pub(super) const JSON_APPEND: Function = Function {
    name: "json_append",
    signature: "json_append(X, P, V, …)",
    summary: "the JSON text X with the value V behind the array at the path P; what is no array there becomes one",
    examples: &[
        (
            r##"json_append(json_object("l", json_array("a")), "l", "b", "l", json_array("c"))"##,
            r##"{"l":["a","b",["c"]]}"##,
        ),
        (r##"json_append(json_object("n", 1), "n", 2)"##, r##"{"n":[1,2]}"##),
        (r##"json_append(json_object("n", 1), "m", 2)"##, r##"{"n":1}"##),
    ],
    kind: text,
    call: |call| {
        changed(call, |value, path, new| {
            Path::parse(path).change(value, &mut |at| wrapped(at, |elements| elements.push(new.clone())))
        })
    },
};
