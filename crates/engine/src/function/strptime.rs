//! `strptime(X, Y)`

use super::support::{number, number_item};
use super::{Call, Function};
use crate::convert::seconds;

pub(super) const STRPTIME: Function = Function {
    name: "strptime",
    signature: "strptime(X, Y)",
    summary: "the epoch time that the text X writes in the format Y",
    examples: &[(r#"strptime("1970-01-02", "%Y-%m-%d")"#, r#"86400"#), (r#"strptime("x", "%Y")"#, r#"null"#)],
    kind: number,
    call: |call| {
        let (text, format) = (call.argument(0)?, call.argument(1)?);
        Ok(call.each(|row| number_item(read(call, text.text(row).as_deref(), format.text(row).as_deref()))))
    },
};

fn read(call: &Call<'_>, text: Option<&str>, format: Option<&str>) -> Option<f64> {
    spl::time::strptime(text?, format?, call.context.now, &call.context.zone).map(seconds)
}
