//! `validate(X, Y, …)`

use super::Function;
use super::case::{chosen, truth};
use crate::column::Item;

pub(super) const VALIDATE: Function = Function {
    name: "validate",
    signature: "validate(X, Y, …)",
    summary: "the value after the first condition that is false; null when none is",
    examples: &[
        (r#"validate(1==1, "a", 1==2, "b")"#, r#"b"#),
        (r#"validate(isint(80), "no integer", 80 <= 65535, "out of range")"#, r#"null"#),
        (r#"validate(null()==1, "a")"#, r#"null"#),
    ],
    kind: chosen,
    call: |call| {
        let first = |row: usize| (0..call.arguments.len()).step_by(2).find(|at| truth(call, *at, row) == Some(false));
        Ok(call.each(|row| match first(row) {
            Some(at) => call.arguments.get(at + 1).map_or(Item::Null, |value| value.item(row)),
            None => Item::Null,
        }))
    },
};
