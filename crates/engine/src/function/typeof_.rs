//! `typeof(X)`

use super::Function;
use super::support::{text, text_item};
use crate::column::Item;

pub(super) const TYPEOF: Function = Function {
    name: "typeof",
    signature: "typeof(X)",
    summary: "`Number`, `String`, `Boolean`, or `Invalid` for null; text that looks like a number is one",
    examples: &[
        (r#"typeof(12)"#, r#"Number"#),
        (r#"typeof("a")"#, r#"String"#),
        (r#"typeof(1==2)"#, r#"Boolean"#),
        (r#"typeof(null())"#, r#"Invalid"#),
    ],
    kind: text,
    call: |call| {
        let value = call.argument(0)?;
        Ok(call.each(|row| {
            let item = value.item(row);
            let name = match (&item, item.number()) {
                (Item::Null, _) => "Invalid",
                (Item::Bool(_), _) => "Boolean",
                (_, Some(_)) => "Number",
                _ => "String",
            };
            text_item(Some(name.to_owned()))
        }))
    },
};
