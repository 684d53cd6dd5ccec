//! `json_array_to_mv(X, Y)`

use super::Function;
use super::support::multi;
use crate::column::Output;
use crate::json_text as json;

pub(super) const JSON_ARRAY_TO_MV: Function = Function {
    name: "json_array_to_mv",
    signature: "json_array_to_mv(X, Y)",
    summary: "the elements of a JSON array as values, strings without their quotes unless Y is true",
    examples: &[
        (r##"json_array_to_mv(json_array("a", "b", 1))"##, r##"a b 1"##),
        (r##"json_array_to_mv(json_array("a", "b"), true())"##, r##""a" "b""##),
        (r##"json_array_to_mv("x")"##, r##"null"##),
    ],
    kind: multi,
    call: |call| {
        let (value, quoted) = (call.argument(0)?, call.arguments.get(1));
        let mut output = Output::new(call.kind, call.rows);
        for row in 0..call.rows {
            let quoted = quoted.is_some_and(|quoted| quoted.truth(row) == Some(true));
            output.push_values(&values(&json::array(value, row).unwrap_or_default(), quoted));
        }
        Ok(output.finish())
    },
};

/// Elements as values of a field.
pub(super) fn values(elements: &[serde_json::Value], quoted: bool) -> Vec<String> {
    let value = |element: &serde_json::Value| match element {
        serde_json::Value::String(text) if !quoted => text.clone(),
        other => json::write(other),
    };
    elements.iter().map(value).collect()
}
