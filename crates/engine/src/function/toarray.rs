//! `toarray(X)`

use super::Function;
use super::mv_to_json_array::elements;
use super::support::{text, text_item};
use crate::json_text as json;

pub(super) const TOARRAY: Function = Function {
    name: "toarray",
    signature: "toarray(X)",
    summary: "the JSON array that a text is, or that several values make, each as the JSON that it is",
    examples: &[
        (r##"toarray(split("1, 2, 3", ","))"##, r##"[1,2,3]"##),
        (r##"toarray("[\"carrots\", 1.00, \"potatoes\", 1.75]")"##, r##"["carrots",1,"potatoes",1.75]"##),
        (r##"toarray("somefield")"##, r##"null"##),
    ],
    kind: text,
    call: |call| {
        let value = call.argument(0)?;
        Ok(call.each(|row| {
            let values = value.values(row);
            text_item(if values.len() > 1 {
                Some(json::write(&elements(&values, true)))
            } else {
                json::array(value, row).map(|elements| json::write(&elements.into()))
            })
        }))
    },
};
