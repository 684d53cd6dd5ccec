//! `nullif(X, Y)`

use super::Function;
use crate::column::{Item, Kind};
use crate::compare::equal;

pub(super) const NULLIF: Function = Function {
    name: "nullif",
    signature: "nullif(X, Y)",
    summary: "null when both are equal, else X",
    examples: &[
        (r#"nullif("a", "a")"#, r#"null"#),
        (r#"nullif("a", "b")"#, r#"a"#),
        (r#"nullif("a", null())"#, r#"a"#),
    ],
    kind: |kinds| Kind::unify(kinds.first().copied()),
    call: |call| {
        let (value, other) = (call.argument(0)?, call.argument(1)?);
        Ok(call.each(|row| {
            let item = value.item(row);
            if equal(&item, &other.item(row)) == Some(true) { Item::Null } else { item }
        }))
    },
};
