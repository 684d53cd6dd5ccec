//! `tobool(X)`

use super::Function;
use super::support::{truth, truth_item};
use crate::column::Item;

pub(super) const TOBOOL: Function = Function {
    name: "tobool",
    signature: "tobool(X)",
    summary: "the truth value of `true`, `True`, `false`, `False` or a number, of which 0 is false",
    examples: &[
        (r#"if(tobool("true"), "y", "n")"#, r#"y"#),
        (r#"if(tobool("False"), "y", "n")"#, r#"n"#),
        (r#"if(tobool(12), "y", "n")"#, r#"y"#),
        (r#"if(isnull(tobool("TRUE")), "y", "n")"#, r#"y"#),
    ],
    kind: truth,
    call: |call| {
        let value = call.argument(0)?;
        Ok(call.each(|row| {
            let item = value.item(row);
            truth_item(match (&item, item.number()) {
                (Item::Bool(value), _) => Some(*value),
                (_, Some(number)) => Some(number != 0.0),
                _ => match item.text().as_deref() {
                    Some("true" | "True") => Some(true),
                    Some("false" | "False") => Some(false),
                    _ => None,
                },
            })
        }))
    },
};
