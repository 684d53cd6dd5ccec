//! `relative_time(X, Y)`

use super::support::{number, number_item};
use super::{Call, Function};
use crate::convert::{micros, seconds};

pub(super) const RELATIVE_TIME: Function = Function {
    name: "relative_time",
    signature: "relative_time(X, Y)",
    summary: "the epoch time X moved and snapped by the time modifier Y",
    examples: &[(r#"relative_time(90061, "-1h@h")"#, r#"86400"#), (r#"relative_time(0, "nonsense")"#, r#"null"#)],
    kind: number,
    call: |call| {
        let (time, modifier) = (call.argument(0)?, call.argument(1)?);
        Ok(call.each(|row| number_item(moved(call, time.number(row), modifier.text(row).as_deref()))))
    },
};

fn moved(call: &Call<'_>, time: Option<f64>, modifier: Option<&str>) -> Option<f64> {
    spl::time::resolve(modifier?, micros(time?)?, &call.context.zone).map(seconds)
}
