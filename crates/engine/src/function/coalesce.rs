//! `coalesce(X, …)`

use super::Function;
use super::support::unified;
use crate::column::Item;

pub(super) const COALESCE: Function = Function {
    name: "coalesce",
    signature: "coalesce(X, …)",
    summary: "the first value that is not null",
    examples: &[
        (r#"coalesce(null(), "b", "c")"#, r#"b"#),
        (r#"coalesce(null(), "")"#, r#""#),
        (r#"coalesce(null())"#, r#"null"#),
    ],
    kind: unified,
    call: |call| {
        let first = |row| call.arguments.iter().map(move |value| value.item(row)).find(|item| *item != Item::Null);
        Ok(call.each(|row| first(row).unwrap_or(Item::Null)))
    },
};
