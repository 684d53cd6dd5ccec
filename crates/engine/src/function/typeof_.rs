//! `typeof(X)`

use super::Function;
use super::support::{text, text_item};
use crate::column::Item;

pub(super) const TYPEOF: Function = Function {
    name: "typeof",
    signature: "typeof(X)",
    summary: "`Number`, `String`, `Bool`, or `Invalid` for null; a field whose text is a number is one",
    examples: &[
        (r#"typeof(12)"#, r#"Number"#),
        (r#"typeof("string")"#, r#"String"#),
        (r#"typeof("12")"#, r#"String"#),
        (r#"typeof(1==2)"#, r#"Bool"#),
        (r#"typeof(badfield)"#, r#"Invalid"#),
    ],
    kind: text,
    call: |call| {
        let value = call.argument(0)?;
        Ok(call.each(|row| {
            let item = value.item(row);
            let name = match (&item, item.number().filter(|_| !call.written(0))) {
                (Item::Null, _) => "Invalid",
                (Item::Bool(_), _) => "Bool",
                (_, Some(_)) => "Number",
                _ => "String",
            };
            text_item(Some(name.to_owned()))
        }))
    },
};
