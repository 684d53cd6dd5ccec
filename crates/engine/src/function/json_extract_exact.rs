//! `json_extract_exact(X, K, …)`

use super::Function;
use super::json_read::extracted;
use super::support::text;
use crate::json_text::Path;

pub(super) const JSON_EXTRACT_EXACT: Function = Function {
    name: "json_extract_exact",
    signature: "json_extract_exact(X, K, …)",
    summary: "the value of the key K of the JSON text X, in which a point is a point; of several keys, a JSON array",
    examples: &[
        (
            r##"json_extract_exact("{\"system.splunk.path\":\"/opt/splunk/\"}", "system.splunk.path")"##,
            r##"/opt/splunk/"##,
        ),
        (r##"json_extract_exact(json_object("a", json_object("b", 1)), "a.b")"##, r##"null"##),
        (r##"json_extract_exact(json_object("a", 1, "b", "x"), "a", "b")"##, r##"[1,"x"]"##),
    ],
    kind: text,
    call: |call| extracted(call, Path::key),
};
