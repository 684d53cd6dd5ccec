//! `json_extract(X, P, …)`

use super::Function;
use super::json_read::extracted;
use super::support::text;
use crate::json_text::Path;

pub(super) const JSON_EXTRACT: Function = Function {
    name: "json_extract",
    signature: "json_extract(X, P, …)",
    summary: "the value at the path P of the JSON text X; of several paths, or with `{}`, a JSON array",
    examples: &[
        (r##"json_extract(json_object("a", json_object("b", "x")), "a.b")"##, r##"x"##),
        (r##"json_extract(json_object("l", json_array(1, 2)), "l")"##, r##"[1,2]"##),
        (
            r##"json_extract(json_object("l", json_array(json_object("n", 1), json_object("n", 2))), "l{}.n")"##,
            r##"[1,2]"##,
        ),
        (r##"json_extract(json_object("l", json_array(5, 6)), "l{1}")"##, r##"6"##),
        (r##"json_extract(json_object("a", 1, "b", "x"), "a", "b", "c")"##, r##"[1,"x",null]"##),
        (r##"json_extract("\"text\"")"##, r##"text"##),
        (r##"json_extract("x", "a")"##, r##"null"##),
    ],
    kind: text,
    call: |call| extracted(call, Path::parse),
};
