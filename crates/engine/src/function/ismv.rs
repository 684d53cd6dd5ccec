//! `ismv(X)`

use super::Function;
use super::support::truth;
use crate::column::Item;

pub(super) const ISMV: Function = Function {
    name: "ismv",
    signature: "ismv(X)",
    summary: "true when there are several values",
    examples: &[
        (r#"if(ismv(split("1,2", ",")), "y", "n")"#, r#"y"#),
        (r#"if(ismv("a"), "y", "n")"#, r#"n"#),
        (r#"if(ismv(null()), "y", "n")"#, r#"n"#),
    ],
    kind: truth,
    call: |call| {
        let value = call.argument(0)?;
        Ok(call.each(|row| Item::Bool(value.values(row).len() > 1)))
    },
};
