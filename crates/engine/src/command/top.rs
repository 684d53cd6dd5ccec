//! `top` and `rare`: how often each combination of values occurs. Rows that lack a field are not counted; of several values
//! each counts.
//!
//! Source: "top", "rare". Equal counts are in the order of the values as text, and a percentage has six decimals: our reading.

use std::collections::BTreeMap;

use datafusion::common::Result;
use plan::Top;

use crate::column::{Input, Kind};
use crate::states::cell_of;
use crate::table::{Cell, Grid, Table};

type Values = Vec<String>;

pub(super) fn apply(table: &Table, top: &Top) -> Result<Table> {
    let counts = count(table, top)?;
    let mut rows: Vec<Made> = Vec::new();
    for (group, counts) in counts {
        rows.extend(of_group(top, &group, counts));
    }
    let mut grid = Grid::new(rows.len());
    for (at, name) in top.by.iter().chain(&top.fields).enumerate() {
        grid.column(name);
        let kind = table.kind(name).unwrap_or(Kind::Text);
        for (row, made) in rows.iter().enumerate() {
            let value = made.values.get(at).cloned().unwrap_or_default();
            grid.set(row, name, cell_of(kind, value));
        }
    }
    for (row, made) in rows.iter().enumerate() {
        if let Some(name) = &top.count_field {
            grid.set(row, name, Cell::Number(made.count));
        }
        if let Some(name) = &top.percent_field {
            grid.set(row, name, Cell::Number(made.percent));
        }
    }
    top.count_field.iter().chain(&top.percent_field).for_each(|name| grid.column(name));
    grid.finish()
}

/// A row of the result.
struct Made {
    values: Values,
    count: f64,
    percent: f64,
}

fn count(table: &Table, top: &Top) -> Result<BTreeMap<Values, BTreeMap<Values, u64>>> {
    let inputs = |names: &[String]| names.iter().map(|name| table.input(name)).collect::<Result<Vec<Option<Input>>>>();
    let (by, fields) = (inputs(&top.by)?, inputs(&top.fields)?);
    let mut counts: BTreeMap<Values, BTreeMap<Values, u64>> = BTreeMap::new();
    for row in 0..table.len() {
        for group in combinations(&by, row) {
            for values in combinations(&fields, row) {
                *counts.entry(group.clone()).or_default().entry(values).or_default() += 1;
            }
        }
    }
    Ok(counts)
}

/// Every combination of a row's values; none where a field has no value.
fn combinations(inputs: &[Option<Input>], row: usize) -> Vec<Values> {
    let mut found = vec![Values::new()];
    for input in inputs {
        let values = input.as_ref().map(|input| input.values(row)).unwrap_or_default();
        let longer = |start: &Values| {
            let with = |value: &std::borrow::Cow<'_, str>| start.iter().cloned().chain([value.to_string()]).collect();
            values.iter().map(with).collect::<Vec<Values>>()
        };
        found = found.iter().flat_map(longer).collect();
    }
    found
}

#[expect(clippy::cast_precision_loss, reason = "numbers of rows in memory")]
fn of_group(top: &Top, group: &Values, counts: BTreeMap<Values, u64>) -> Vec<Made> {
    let total: u64 = counts.values().sum();
    let mut sorted: Vec<(Values, u64)> = counts.into_iter().collect();
    // The map was in the order of the values, and the sort leaves what is equal as it is.
    sorted.sort_by(|(_, left), (_, right)| if top.rare { left.cmp(right) } else { right.cmp(left) });
    let limit = if top.limit == 0 { sorted.len() } else { usize::try_from(top.limit).unwrap_or(usize::MAX) };
    let rest: u64 = sorted.iter().skip(limit).map(|(_, count)| count).sum();
    sorted.truncate(limit);
    if let Some(other) = top.other.as_ref().filter(|_| rest > 0) {
        sorted.push((vec![other.clone(); top.fields.len()], rest));
    }
    let made = |(values, count): (Values, u64)| {
        let percent = count as f64 / total as f64 * 100.0;
        let values = group.iter().cloned().chain(values).collect();
        Made { values, count: count as f64, percent: (percent * 1e6).round() / 1e6 }
    };
    sorted.into_iter().map(made).collect()
}
