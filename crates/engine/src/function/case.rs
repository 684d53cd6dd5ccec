//! `case(X, Y, …)`

use super::{Call, Function};
use crate::column::{Item, Kind};

pub(super) const CASE: Function = Function {
    name: "case",
    signature: "case(X, Y, …)",
    summary: "the value after the first condition that is true; null when none is",
    examples: &[
        (r#"case(1==2, "a", 1==1, "b")"#, r#"b"#),
        (r#"case(null()=="x", "a", true(), "z")"#, r#"z"#),
        (r#"case(1==2, "a")"#, r#"null"#),
    ],
    kind: chosen,
    call: |call| {
        let first = |row: usize| (0..call.arguments.len()).step_by(2).find(|at| truth(call, *at, row) == Some(true));
        Ok(call.each(|row| match first(row) {
            Some(at) => call.arguments.get(at + 1).map_or(Item::Null, |value| value.item(row)),
            None => Item::Null,
        }))
    },
};

/// The kind that holds every value.
pub(super) fn chosen(kinds: &[Kind]) -> Kind {
    Kind::unify(kinds.iter().skip(1).step_by(2).copied())
}

/// The truth value of an argument.
pub(super) fn truth(call: &Call<'_>, at: usize, row: usize) -> Option<bool> {
    call.arguments.get(at).and_then(|condition| condition.truth(row))
}
