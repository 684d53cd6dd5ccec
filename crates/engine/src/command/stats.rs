//! `stats`: one row for each combination of the by-fields' values, sorted by them. Rows that lack one are dropped; a
//! field with several values puts its row in several groups.

use datafusion::common::Result;
use datafusion::logical_expr::lit;
use plan::Aggregation;

use crate::frame::Frame;
use crate::function::SearchContext;
use crate::{group, order};

pub(super) fn apply(
    frame: Frame,
    context: &SearchContext,
    aggregations: &[Aggregation],
    by: &[String],
) -> Result<Frame> {
    let (planned, inputs) = group::plan_all(&frame, context, aggregations, by)?;
    let mut columns = Vec::new();
    let mut missing = false;
    for key in by {
        match frame.kind(key) {
            Some(kind) => columns.push((key.clone(), frame.column(key), kind)),
            None => {
                missing = true;
                columns.push((key.clone(), frame.column(key), crate::column::Kind::Null));
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
