//! `stats`: one row for each combination of the by-fields' values, sorted by them. Rows that lack one are dropped; a
//! field with several values puts its row in several groups.

use datafusion::common::Result;
use datafusion::logical_expr::{Expr, lit};
use plan::{Aggregation, StatsOptions};

use crate::closure;
use crate::column::{Kind, Output};
use crate::frame::Frame;
use crate::function::SearchContext;
use crate::{group, order};

pub(super) fn apply(
    frame: Frame,
    context: &SearchContext,
    aggregations: &[Aggregation],
    by: &[String],
    options: StatsOptions,
) -> Result<Frame> {
    let (mut planned, inputs) = group::plan_all(&frame, context, aggregations, by)?;
    planned.iter_mut().for_each(|made| made.all_numbers = options.all_numbers);
    let mut columns = Vec::new();
    let mut missing = false;
    for key in by {
        match frame.kind(key) {
            Some(Kind::Multi) if options.dedup_split_values => {
                columns.push((key.clone(), distinct(frame.column(key)), Kind::Multi));
            }
            Some(kind) => columns.push((key.clone(), frame.column(key), kind)),
            None => {
                missing = true;
                columns.push((key.clone(), frame.column(key), Kind::Null));
            }
        }
    }
    columns.extend(inputs);
    let mut frame = frame.project(columns)?;
    if planned.iter().any(group::Planned::is_ordered) {
        frame = order::numbered(frame)?;
    }
    for key in by {
        frame = group::one_row_a_value(frame, key)?;
        let present = if missing { lit(false) } else { frame.column(key).is_not_null() };
        frame = frame.filter(present)?;
    }
    group::grouped(frame, by, &planned)
}

/// The values of each row once.
fn distinct(column: Expr) -> Expr {
    closure::call("distinct", String::new(), Kind::Multi, column, |input, rows| {
        let mut output = Output::new(Kind::Multi, rows);
        for row in 0..rows {
            let mut values = Vec::new();
            for value in input.values(row) {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
            output.push_values(&values);
        }
        Ok(output.finish())
    })
}
