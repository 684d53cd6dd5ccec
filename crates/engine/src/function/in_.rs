//! `in(X, Y, …)`

use super::Function;
use super::support::{truth, truth_item};
use crate::column::Item;
use crate::compare::equal;

pub(super) const IN: Function = Function {
    name: "in",
    signature: "in(X, Y, …)",
    summary: "true when X equals one of the others",
    examples: &[
        (r#"if(in("a", "b", "a"), "y", "n")"#, r#"y"#),
        (r#"if(in(404, "404"), "y", "n")"#, r#"y"#),
        (r#"if(in("A", "a"), "y", "n")"#, r#"n"#),
    ],
    kind: truth,
    call: |call| {
        let value = call.argument(0)?;
        Ok(call.each(|row| {
            let item = value.item(row);
            let mut others = call.arguments.iter().skip(1);
            let found = item != Item::Null;
            truth_item(found.then(|| others.any(|other| equal(&item, &other.item(row)) == Some(true))))
        }))
    },
};
