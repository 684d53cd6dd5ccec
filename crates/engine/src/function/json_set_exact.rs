//! `json_set_exact(X, K, V)`

use super::Function;
use super::json_change::changed;
use super::support::text;
use crate::json_text::Path;

pub(super) const JSON_SET_EXACT: Function = Function {
    name: "json_set_exact",
    signature: "json_set_exact(X, K, V)",
    summary: "the JSON text X with the value V at the key K, in which a point is a point",
    examples: &[
        (
            r##"json_set_exact(json_object(), "system.splunk.path", "/opt/splunk")"##,
            r##"{"system.splunk.path":"/opt/splunk"}"##,
        ),
        (r##"json_set_exact(json_array(), "a", 1)"##, r##"[]"##),
    ],
    kind: text,
    call: |call| changed(call, |value, key, new| Path::key(key).set(value, &new)),
};
