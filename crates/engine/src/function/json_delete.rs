//! `json_delete(X, K, …)`

use super::Call;
use super::Function;
use super::support::{text, text_item};
use crate::json_text::{self as json, Path};

pub(super) const JSON_DELETE: Function = Function {
    name: "json_delete",
    signature: "json_delete(X, K, …)",
    summary: "the JSON object X without the members at the paths K, or at those of a JSON array",
    examples: &[
        (r##"json_delete(json_object("a", 1, "b", 2, "c", 3), "a", "c")"##, r##"{"b":2}"##),
        (r##"json_delete(json_object("a", json_object("b", 1, "c", 2)), "a.b")"##, r##"{"a":{"c":2}}"##),
        (r##"json_delete(json_object("a", 1, "b", 2), json_array("a", "b"))"##, r##"{}"##),
        (r##"json_delete("x", "a")"##, r##"null"##),
    ],
    kind: text,
    call: |call| {
        let value = call.argument(0)?;
        Ok(call.each(|row| {
            let changed = json::object(value, row).map(|members| {
                let mut value = members.into();
                keys(call, row).iter().for_each(|key| Path::parse(key).remove(&mut value));
                json::write(&value)
            });
            text_item(changed)
        }))
    },
};

/// The keys of a row: each argument is one, or several.
fn keys(call: &Call<'_>, row: usize) -> Vec<String> {
    let texts = call.arguments.iter().skip(1).flat_map(|argument| argument.values(row));
    let keys = texts.flat_map(|text| match json::parse(&text) {
        Some(serde_json::Value::Array(keys)) => keys.iter().filter_map(json::native).collect(),
        _ => vec![text.into_owned()],
    });
    keys.collect()
}
