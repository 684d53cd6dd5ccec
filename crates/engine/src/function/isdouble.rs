//! `isdouble(X)`

use super::Function;
use super::numbers::{Form, form};
use super::support::truth;
use crate::column::Item;

pub(super) const ISDOUBLE: Function = Function {
    name: "isdouble",
    signature: "isdouble(X)",
    summary: "true for a number with a fraction, and for a field whose text is one with a point",
    examples: &[
        (r#"if(isdouble(3.546), "y", "n")"#, r#"y"#),
        (r#"if(isdouble(1000000), "y", "n")"#, r#"n"#),
        (r#"if(isdouble("x"), "y", "n")"#, r#"n"#),
    ],
    kind: truth,
    call: |call| Ok(call.each(|row| Item::Bool(form(call, row) == Some(Form::Decimal)))),
};
