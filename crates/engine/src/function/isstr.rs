//! `isstr(X)`

use super::Function;
use super::numbers::form;
use super::support::truth;
use crate::column::Item;

pub(super) const ISSTR: Function = Function {
    name: "isstr",
    signature: "isstr(X)",
    summary: "true for text that is no number; text written out is never one",
    examples: &[
        (r#"if(isstr("a"), "y", "n")"#, r#"y"#),
        (r#"if(isstr("5"), "y", "n")"#, r#"y"#),
        (r#"if(isstr(5), "y", "n")"#, r#"n"#),
        (r#"if(isstr(null()), "y", "n")"#, r#"n"#),
    ],
    kind: truth,
    call: |call| {
        let value = call.argument(0)?;
        let is_text = |row: usize| matches!(value.item(row), Item::Text(_) | Item::Multi(_));
        Ok(call.each(|row| Item::Bool(is_text(row) && form(call, row).is_none())))
    },
};
