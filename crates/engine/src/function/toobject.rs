//! `toobject(X)`

use super::Function;
use super::support::{text, text_item};
use crate::json_text as json;

pub(super) const TOOBJECT: Function = Function {
    name: "toobject",
    signature: "toobject(X)",
    summary: "the JSON object that a text is, else null",
    examples: &[
        (r##"toobject("{\"name\": \"maria\", \"age\": 25}")"##, r##"{"name":"maria","age":25}"##),
        (r##"toobject("[1]")"##, r##"null"##),
    ],
    kind: text,
    call: |call| {
        let value = call.argument(0)?;
        Ok(call.each(|row| text_item(json::object(value, row).map(|members| json::write(&members.into())))))
    },
};
