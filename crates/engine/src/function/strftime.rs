//! `strftime(X, Y)`

use super::support::{text, text_item};
use super::{Call, Function};
use crate::convert::micros;

pub(super) const STRFTIME: Function = Function {
    name: "strftime",
    signature: "strftime(X, Y)",
    summary: "the epoch time X written in the format Y",
    examples: &[
        (r#"strftime(0, "%Y-%m-%d %H:%M:%S")"#, r#"1970-01-01 00:00:00"#),
        (r#"strftime("x", "%Y")"#, r#"null"#),
    ],
    kind: text,
    call: |call| {
        let (time, format) = (call.argument(0)?, call.argument(1)?);
        Ok(call.each(|row| text_item(written(call, time.number(row), format.text(row).as_deref()))))
    },
};

fn written(call: &Call<'_>, time: Option<f64>, format: Option<&str>) -> Option<String> {
    spl::time::strftime(micros(time?)?, format?, &call.context.zone)
}
