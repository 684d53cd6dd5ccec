//! `sort`: numbers by size before texts by their characters, unless `num()` or `str()` says otherwise. Rows without a
//! value come last in either direction (our reading). Rows that are equal keep their order.

use datafusion::common::Result;
use datafusion::logical_expr::{Expr, SortExpr};
use spl::ast::SortKey;

use crate::column::{Input, Item, Kind, Output};
use crate::frame::Frame;
use crate::{closure, order};

pub(super) fn apply(frame: Frame, limit: u64, keys: &[SortKey]) -> Result<Frame> {
    let columns = frame.all();
    let frame = order::numbered(frame)?;
    let mut sorts: Vec<SortExpr> = Vec::new();
    for key in keys {
        if let Some(kind) = frame.kind(&key.field.name) {
            sorts.extend(sort_exprs(frame.column(&key.field.name), kind, key));
        }
    }
    sorts.push(order::order().sort(true, false));
    let limit = if limit == 0 { None } else { usize::try_from(limit).ok() };
    frame.step(|plan| plan.sort_with_limit(sorts, limit))?.project(columns)
}

fn sort_exprs(column: Expr, kind: Kind, key: &SortKey) -> Vec<SortExpr> {
    let ascending = !key.descending;
    let sort = |expr: Expr, nulls_first: bool| expr.sort(ascending, nulls_first);
    if matches!(kind, Kind::Number | Kind::Time) && key.kind.as_deref() != Some("str") {
        return vec![sort(column, false)];
    }
    let number = closure::call("sort_number", String::new(), Kind::Number, column.clone(), |input, rows| {
        Ok(keyed(input, rows, Kind::Number, |item| item.number().map_or(Item::Null, Item::Number)))
    });
    let text = closure::call("sort_text", String::new(), Kind::Text, column.clone(), |input, rows| {
        Ok(keyed(input, rows, Kind::Text, |item| item))
    });
    let absent = column.is_null().sort(true, false);
    match key.kind.as_deref() {
        Some("num") => vec![sort(number, false)],
        Some("str") => vec![absent, sort(text, false)],
        // Texts are above numbers: last going up, first going down.
        _ => vec![absent, sort(number, !ascending), sort(text, false)],
    }
}

/// A sort key of every row; of several values, the first.
fn keyed(
    input: &Input,
    rows: usize,
    kind: Kind,
    key: impl Fn(Item<'_>) -> Item<'_>,
) -> datafusion::arrow::array::ArrayRef {
    let mut output = Output::new(kind, rows);
    for row in 0..rows {
        let item = match input.item(row) {
            Item::Multi(values) => values.first().map_or(Item::Null, |value| Item::Text((*value).into())),
            item => item,
        };
        output.push(key(item));
    }
    output.finish()
}
