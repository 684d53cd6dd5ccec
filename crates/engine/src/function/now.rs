//! `now()`

use super::Function;
use super::support::number;
use crate::column::Item;
use crate::convert::seconds;

pub(super) const NOW: Function = Function {
    name: "now",
    signature: "now()",
    summary: "the time of the search in epoch seconds",
    examples: &[(r#"now()"#, r#"1700000000"#)],
    kind: number,
    call: |call| {
        // Whole seconds, as in the manual.
        let now = seconds(call.context.now).floor();
        Ok(call.each(|_| Item::Number(now)))
    },
};
