//! `accum` and `delta`: a field's running total, and its difference to an earlier row. A row without a number adds nothing to
//! the total and has no difference.

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Float64Array};
use datafusion::common::Result;

use crate::column::{Input, Item, Kind, Output};
use crate::table::Table;

/// In the field's own place, what is no number stays.
pub(super) fn accum(mut table: Table, field: &str, output: &str) -> Result<Table> {
    let rows = table.len();
    let Some(input) = table.input(field)? else { return Ok(nulls(table, output)) };
    let mut total = 0.0;
    let mut totals: Vec<Option<f64>> = Vec::with_capacity(rows);
    for row in 0..rows {
        let number = input.number(row);
        total += number.unwrap_or_default();
        totals.push(number.map(|_| total));
    }
    let kept = |row: usize| field == output && input.item(row) != Item::Null;
    if (0..rows).all(|row| totals.get(row).copied().flatten().is_some() || !kept(row)) {
        table.set(output, Kind::Number, Arc::new(Float64Array::from(totals)));
        return Ok(table);
    }
    table.set(output, Kind::Text, mixed(&input, &totals));
    Ok(table)
}

fn mixed(input: &Input, totals: &[Option<f64>]) -> ArrayRef {
    let mut built = Output::new(Kind::Text, totals.len());
    for (row, total) in totals.iter().enumerate() {
        built.push(total.map_or_else(|| input.item(row), Item::Number));
    }
    built.finish()
}

pub(super) fn delta(mut table: Table, field: &str, output: &str, distance: u64) -> Result<Table> {
    let Some(input) = table.input(field)? else { return Ok(nulls(table, output)) };
    let distance = usize::try_from(distance).unwrap_or(usize::MAX);
    let difference = |row: usize| Some(input.number(row)? - input.number(row.checked_sub(distance)?)?);
    let differences: Float64Array = (0..table.len()).map(difference).collect();
    table.set(output, Kind::Number, Arc::new(differences));
    Ok(table)
}

fn nulls(mut table: Table, output: &str) -> Table {
    let none: Float64Array = std::iter::repeat_n(None, table.len()).collect();
    table.set(output, Kind::Number, Arc::new(none));
    table
}
