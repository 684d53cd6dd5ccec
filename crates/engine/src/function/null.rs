//! `null()`

use super::Function;
use crate::column::{Item, Kind};

pub(super) const NULL: Function = Function {
    name: "null",
    signature: "null()",
    summary: "no value",
    examples: &[(r#"null()"#, r#"null"#)],
    kind: |_| Kind::Null,
    call: |call| Ok(call.each(|_| Item::Null)),
};
