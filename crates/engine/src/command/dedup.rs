//! `dedup`: the first rows of each combination of values stay, in their order. A row that lacks one of the fields is dropped
//! unless `keepempty` keeps it.
//!
//! Source: "dedup". That `sortby` sorts before the first rows are taken is our reading.

use std::sync::Arc;

use datafusion::arrow::array::new_null_array;
use datafusion::common::Result;
use datafusion::logical_expr::{Expr, lit, when};
use plan::DedupOptions;

use super::{sort, uniq};
use crate::EngineError;
use crate::column::{Input, Item, Kind};
use crate::env::Env;
use crate::frame::{Frame, Projected};
use crate::order;
use crate::table::Table;

const NUMBER: &str = "~number";

pub(super) fn apply(frame: Frame, keep: u64, fields: &[String], options: &DedupOptions) -> Result<Frame> {
    let frame = sorted(frame, options)?;
    let columns = frame.all();
    let exists = fields.iter().all(|field| frame.kind(field).is_some());
    let keys: Vec<Expr> =
        fields.iter().filter(|field| frame.kind(field).is_some()).map(|field| frame.column(field)).collect();
    let present = keys.iter().map(|key| key.clone().is_not_null()).reduce(Expr::and);
    let present = present.filter(|_| exists).unwrap_or_else(|| lit(false));
    let keeps_empty = options.keep_empty || options.keep_events;
    let frame = if keeps_empty { frame } else { frame.filter(present.clone())? };
    let frame = order::numbered(frame)?;
    let mut numbered = frame.columns().to_vec();
    numbered.push((NUMBER.to_owned(), Kind::Number));
    let number = order::number_within(keys.clone())?.alias(NUMBER);
    let frame = order::sorted_by(frame, keys)?;
    let frame = frame.become_with(numbered, |plan| plan.window(vec![number]))?;
    let first = frame.column(NUMBER).lt_eq(lit(keep));
    let first = if keeps_empty { first.or(datafusion::logical_expr::not(present)) } else { first };
    if options.keep_events {
        let columns = columns.into_iter().map(|column| emptied(column, fields, &first)).collect::<Result<_>>()?;
        return order::restored(frame, columns);
    }
    order::restored(frame.filter(first)?, columns)
}

/// A field of the list has a value only in first rows.
fn emptied(column: Projected, fields: &[String], first: &Expr) -> Result<Projected> {
    let (name, expr, kind) = column;
    let expr = if fields.contains(&name) { when(first.clone(), expr).end()? } else { expr };
    Ok((name, expr, kind))
}

/// `consecutive=true`: only rows side by side are compared.
pub(super) async fn consecutive(
    env: &Env<'_>,
    frame: Frame,
    keep: u64,
    fields: &[String],
    options: &DedupOptions,
) -> Result<Result<Frame>, EngineError> {
    let frame = match sorted(frame, options) {
        Ok(frame) => frame,
        failed => return Ok(failed),
    };
    let table = env.collect(frame).await?;
    Ok(side_by_side(&table, keep, fields, options).and_then(Table::into_frame))
}

fn sorted(frame: Frame, options: &DedupOptions) -> Result<Frame> {
    if options.sort_by.is_empty() { Ok(frame) } else { sort::apply(frame, 0, &options.sort_by) }
}

fn side_by_side(table: &Table, keep: u64, fields: &[String], options: &DedupOptions) -> Result<Table> {
    let inputs: Result<Vec<Option<Input>>> = fields.iter().map(|field| table.input(field)).collect();
    let inputs: Vec<Option<Input>> = inputs?;
    let exist: Vec<Input> = inputs.iter().flatten().cloned().collect();
    let empty =
        |row: usize| inputs.iter().any(|input| input.as_ref().is_none_or(|input| input.item(row) == Item::Null));
    let (mut first, mut run) = (Vec::with_capacity(table.len()), 0);
    for row in 0..table.len() {
        let same = row.checked_sub(1).is_some_and(|before| !empty(before) && uniq::equal(&exist, before, row));
        run = if same { run + 1 } else { 1 };
        first.push(if empty(row) { options.keep_empty || options.keep_events } else { run <= keep });
    }
    let kept = |row: &usize| first.get(*row).copied().unwrap_or_default();
    if !options.keep_events {
        return table.take(&(0..table.len()).filter(kept).map(Some).collect::<Vec<_>>());
    }
    let mut emptied = table.clone();
    let rows: Vec<Option<usize>> = (0..table.len()).map(|row| Some(row).filter(kept)).collect();
    let only = table.select(fields).take(&rows)?;
    for (name, kind) in only.columns().to_vec() {
        let array = only.array(&name).map_or_else(|| new_null_array(&kind.data_type(), table.len()), Arc::clone);
        emptied.set(&name, kind, array);
    }
    Ok(emptied)
}
