//! `json_has_key_exact(X, Y)`

use super::Function;
use super::support::truth;
use crate::column::Item;
use crate::json_text as json;

pub(super) const JSON_HAS_KEY_EXACT: Function = Function {
    name: "json_has_key_exact",
    signature: "json_has_key_exact(X, Y)",
    summary: "true when the JSON object X has the key Y, in which a point is a point",
    examples: &[
        (r##"if(json_has_key_exact(json_object("name", "charlie"), "name"), "y", "n")"##, r##"y"##),
        (r##"if(json_has_key_exact("{\"charlie.garcia\":10}", "charlie.garcia"), "y", "n")"##, r##"y"##),
        (r##"if(json_has_key_exact("x", "x"), "y", "n")"##, r##"n"##),
    ],
    kind: truth,
    call: |call| {
        let (value, key) = (call.argument(0)?, call.argument(1)?);
        Ok(call.each(|row| {
            let found = json::object(value, row).zip(key.text(row));
            Item::Bool(found.is_some_and(|(members, key)| members.contains_key(&*key)))
        }))
    },
};
