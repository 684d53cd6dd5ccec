//! `time()`

use super::Function;
use super::support::number;
use crate::column::Item;
use crate::convert::seconds;

pub(super) const TIME: Function = Function {
    name: "time",
    signature: "time()",
    summary: "the time of the search in epoch seconds with microseconds: every row of a dispatch sees the same",
    examples: &[(r#"time()"#, r#"1700000000.25"#)],
    kind: number,
    call: |call| {
        let now = seconds(call.context.now);
        Ok(call.each(|_| Item::Number(now)))
    },
};
