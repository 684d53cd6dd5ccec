//! `mv_to_json_array(X, Y)`

use super::Function;
use super::support::{text, text_item};
use crate::json_text as json;

pub(super) const MV_TO_JSON_ARRAY: Function = Function {
    name: "mv_to_json_array",
    signature: "mv_to_json_array(X, Y)",
    summary: "the values as a JSON array of strings; when Y is true, each as the JSON that it is, null where it is none",
    examples: &[
        (r##"mv_to_json_array(split("a,1,true", ","))"##, r##"["a","1","true"]"##),
        (r##"mv_to_json_array(mvappend("\"a\"", "1", "true", "null", "b"), true())"##, r##"["a",1,true,null,null]"##),
        (r##"mv_to_json_array(null())"##, r##"null"##),
    ],
    kind: text,
    call: |call| {
        let (value, inferred) = (call.argument(0)?, call.arguments.get(1));
        Ok(call.each(|row| {
            let values = value.values(row);
            let inferred = inferred.is_some_and(|inferred| inferred.truth(row) == Some(true));
            text_item((!values.is_empty()).then(|| json::write(&elements(&values, inferred))))
        }))
    },
};

/// Values as elements of a JSON array.
pub(super) fn elements(values: &[std::borrow::Cow<'_, str>], inferred: bool) -> serde_json::Value {
    let element = |value: &std::borrow::Cow<'_, str>| match inferred {
        true => json::parse(value).unwrap_or_default(),
        false => serde_json::Value::from(value.as_ref()),
    };
    values.iter().map(element).collect()
}
