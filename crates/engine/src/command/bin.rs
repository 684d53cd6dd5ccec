//! `bin`: times become the start of their span, numbers the label of their range. A span with a unit of time makes a time
//! of any number, as in `eval t=_time | bin span=1h t`. What is no number stays, so the times of a text field are texts.

use std::sync::Arc;

use datafusion::arrow::array::TimestampMicrosecondArray;
use datafusion::common::Result;
use datafusion::logical_expr::Expr;
use plan::Buckets;

use super::chart::bucketing;
use crate::buckets::{Bucket, Bucketing, is_time};
use crate::closure;
use crate::column::{Input, Item, Kind, Output};
use crate::env::Env;
use crate::evaluate::{evaluate, scope};
use crate::frame::Frame;
use crate::table::Table;

/// With a span, row by row.
pub(super) fn apply(frame: Frame, env: &Env<'_>, field: &str, alias: &str, buckets: &Buckets) -> Result<Frame> {
    let Some(kind) = frame.kind(field) else { return Ok(frame) };
    let bucketing = Bucketing::new(buckets, is_time(buckets, field, kind), None, &env.context, &env.covered)?;
    let times = field == "_time" || matches!(kind, Kind::Time | Kind::Number);
    let (made, kind) = bucketed(frame.column(field), times, bucketing);
    frame.with(alias, made, kind)
}

/// Without one: the range of the values decides.
pub(super) fn of_range(mut table: Table, env: &Env<'_>, field: &str, alias: &str, buckets: &Buckets) -> Result<Table> {
    let Some(input) = table.input(field)? else { return Ok(table) };
    let bucketing = bucketing(buckets, env, field, &input, table.len())?;
    let times = field == "_time" || matches!(input.kind(), Kind::Time | Kind::Number);
    let (made, kind) = bucketed(scope(&table).column(field), times, bucketing);
    let array = evaluate(&table, &made)?;
    table.set(alias, kind, array);
    Ok(table)
}

/// The column in buckets. A column of `times` may become one of times.
fn bucketed(column: Expr, times: bool, bucketing: Bucketing) -> (Expr, Kind) {
    let key = format!("{bucketing:?}");
    if times && matches!(bucketing, Bucketing::Time { .. }) {
        let made = closure::call("bucket", key, Kind::Time, column, move |input, rows| {
            let start = |row| match bucketing.place(input.number(row)?) {
                Some(Bucket::Time(start)) => Some(start),
                _ => None,
            };
            let times: TimestampMicrosecondArray = (0..rows).map(start).collect();
            Ok(Arc::new(times.with_timezone("UTC")))
        });
        return (made, Kind::Time);
    }
    let made = closure::call("range", key, Kind::Text, column, move |input, rows| Ok(labels(input, rows, &bucketing)));
    (made, Kind::Text)
}

fn labels(input: &Input, rows: usize, bucketing: &Bucketing) -> datafusion::arrow::array::ArrayRef {
    let mut output = Output::new(Kind::Text, rows);
    for row in 0..rows {
        let item = input.item(row);
        output.push(match item.number().and_then(|number| bucketing.place(number)) {
            Some(bucket) => Item::Text(bucket.label().into()),
            None => item,
        });
    }
    output.finish()
}
