//! `json(X)`

use super::Function;
use super::support::{text, text_item};
use crate::json_text as json;

pub(super) const JSON: Function = Function {
    name: "json",
    signature: "json(X)",
    summary: "X when it is JSON, else null",
    examples: &[
        (r##"json("{\"animal\" : \"pony\"}")"##, r##"{"animal" : "pony"}"##),
        (r##"json("Golden Gate Bridge")"##, r##"null"##),
        (r##"json(12)"##, r##"12"##),
    ],
    kind: text,
    call: |call| {
        let value = call.argument(0)?;
        Ok(call.each(|row| {
            let text = value.text(row).filter(|text| json::parse(text).is_some());
            text_item(text.map(std::borrow::Cow::into_owned))
        }))
    },
};
