//! `addtotals`: sums of a row's numbers and of a column's. What is no number is passed over, and so are internal fields
//! (`_time`) where no field is named. A row without numbers has the sum 0 (our reading).

use std::sync::Arc;

use datafusion::arrow::array::Float64Array;
use datafusion::common::Result;
use plan::Addtotals;

use crate::EngineError;
use crate::column::Kind;
use crate::env::Env;
use crate::frame::Frame;
use crate::table::{Cell, Grid, Table};
use crate::wildcard::capture;

/// The sums of rows first: they are a column too.
pub(super) async fn apply(env: &Env<'_>, frame: Frame, made: &Addtotals) -> Result<Result<Frame>, EngineError> {
    let frame = match &made.row {
        Some(output) => match rows(frame, &made.fields, output) {
            Ok(frame) => frame,
            failed => return Ok(failed),
        },
        None => frame,
    };
    if !made.column {
        return Ok(Ok(frame));
    }
    let table = env.collect(frame).await?;
    if table.len() == 0 {
        // Of nothing there is no sum (our reading).
        return Ok(table.into_frame());
    }
    Ok(columns(&table, made).and_then(Table::into_frame))
}

fn wanted(name: &str, fields: &[String]) -> bool {
    if fields.is_empty() { !name.starts_with('_') } else { fields.iter().any(|field| capture(field, name).is_some()) }
}

/// The sum of each row.
fn rows(frame: Frame, fields: &[String], output: &str) -> Result<Frame> {
    let names = frame.columns().iter().map(|(name, _)| name.clone()).filter(|name| wanted(name, fields));
    let names: Vec<String> = names.collect();
    let made = [(output.to_owned(), Kind::Number)];
    frame.extend("addtotals", format!("{names:?}"), &names, &made, |inputs, rows| {
        let sum = |row: usize| inputs.iter().filter_map(|input| input.number(row)).sum::<f64>();
        let sums: Float64Array = (0..rows).map(|row| Some(sum(row))).collect();
        Ok(vec![Arc::new(sums)])
    })
}

/// A row with the sums of the columns behind the others.
fn columns(table: &Table, made: &Addtotals) -> Result<Table> {
    let mut sums = Grid::new(1);
    for (name, _) in table.columns() {
        let of_rows = made.row.as_deref() == Some(name);
        if !of_rows && !wanted(name, &made.fields) {
            continue;
        }
        if let Some(input) = table.input(name)? {
            let numbers = (0..table.len()).filter_map(|row| input.number(row));
            if let Some(sum) = numbers.reduce(|sum, number| sum + number) {
                sums.set(0, name, Cell::Number(sum));
            }
        }
    }
    if let Some(field) = &made.label_field {
        sums.set(0, field, Cell::Text(made.label.clone()));
    }
    table.append(&sums.finish()?)
}
