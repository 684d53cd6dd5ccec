//! `isint(X)`

use super::Function;
use super::numbers::{Form, form};
use super::support::truth;
use crate::column::Item;

pub(super) const ISINT: Function = Function {
    name: "isint",
    signature: "isint(X)",
    summary: "true for a whole number, and for a field whose text is one",
    examples: &[
        (r#"if(isint(5), "y", "n")"#, r#"y"#),
        (r#"if(isint(5.5), "y", "n")"#, r#"n"#),
        (r#"if(isint("5"), "y", "n")"#, r#"n"#),
        (r#"if(isint(10/2), "y", "n")"#, r#"y"#),
        (r#"if(isint(null()), "y", "n")"#, r#"n"#),
    ],
    kind: truth,
    call: |call| Ok(call.each(|row| Item::Bool(form(call, row) == Some(Form::Whole)))),
};
