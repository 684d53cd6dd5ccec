//! `chart`: a row for each value of one field, a column for each value of another. Rows without the first are dropped.
//!
//! Rows are sorted by that value, numbers by size before texts; that, and that a numeric field is put into ranges only when
//! an option asks for it, is our reading.

mod pivot;
mod series;

use datafusion::common::{Result, exec_err};
use plan::{Buckets, Chart, SplitBy};

use crate::aggregate::Finished;
use crate::buckets::{self, Bucket, Bucketing};
use crate::column::{Input, Kind};
use crate::convert::seconds;
use crate::env::Env;
use crate::states::Aggregates;
use crate::table::{Grid, Table};
pub(super) use pivot::{Key, Pivot};
use series::Series;

pub(super) fn apply(table: &Table, env: &Env<'_>, chart: &Chart) -> Result<Table> {
    let keys: Vec<String> = chart.over.iter().chain(chart.split.iter().map(|split| &split.field)).cloned().collect();
    let aggregates = Aggregates::new(env, table, &chart.aggregations, &keys)?;
    let mut pivot = Pivot::default();
    let split = Splitter::new(table, env, chart.split.as_ref(), chart.dedup_split_values)?;
    let Some(over) = &chart.over else {
        pivot.row(Key::Only);
        for row in 0..table.len() {
            pivot.add(row, Key::Only, &split.names(row));
        }
        return finish(pivot, &aggregates, Output { over: None, split: chart.split.as_ref(), bucketing: None });
    };
    let kind = table.kind(over).unwrap_or(Kind::Null);
    let input = table.input(over)?;
    let bucketing = match (&chart.buckets, &input) {
        (Some(buckets), Some(input)) => Some(bucketing(buckets, env, over, input, table.len())?),
        _ => None,
    };
    for row in 0..table.len() {
        let Some(input) = &input else { break };
        for key in values(input, row, chart.dedup_split_values) {
            pivot.add(row, Key::new(&key, kind, bucketing.as_ref()), &split.names(row));
        }
    }
    if let Some(bucketing) = bucketing.filter(|_| chart.continuous) {
        let starts = pivot.starts();
        if let (Some(first), Some(last)) = (starts.first(), starts.last()) {
            bucketing.between(*first, *last)?.into_iter().for_each(|bucket| pivot.row(Key::Bucket(bucket)));
        }
    }
    finish(pivot, &aggregates, Output { over: Some(over), split: chart.split.as_ref(), bucketing: None })
}

/// The buckets of a column.
pub(super) fn bucketing(
    buckets: &Buckets,
    env: &Env<'_>,
    field: &str,
    input: &Input,
    rows: usize,
) -> Result<Bucketing> {
    let time = buckets::is_time(buckets, field, input.kind());
    let range = buckets::needs_range(buckets).then(|| buckets::range_of(input, rows)).flatten();
    Bucketing::new(buckets, time, range, &env.context, &env.covered)
}

/// The values of a row, each once where duplicates are left out.
fn values(input: &Input, row: usize, distinct: bool) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for value in input.values(row) {
        if !distinct || !values.iter().any(|known| *known == value) {
            values.push(value.into_owned());
        }
    }
    values
}

/// The values that name columns.
pub(super) struct Splitter {
    input: Option<Input>,
    bucketing: Option<Bucketing>,
    distinct: bool,
}

impl Splitter {
    pub(super) fn new(table: &Table, env: &Env<'_>, split: Option<&SplitBy>, distinct: bool) -> Result<Self> {
        let Some(split) = split else { return Ok(Self { input: None, bucketing: None, distinct }) };
        let input = table.input(&split.field)?;
        let bucketing = match (&split.buckets, &input) {
            (Some(buckets), Some(input)) => Some(bucketing(buckets, env, &split.field, input, table.len())?),
            _ => None,
        };
        Ok(Self { input, bucketing, distinct })
    }

    /// The columns that a row counts in; `None` is the one for rows without a value.
    pub(super) fn names(&self, row: usize) -> Vec<Option<String>> {
        let Some(input) = &self.input else { return vec![None] };
        let values = values(input, row, self.distinct);
        if values.is_empty() {
            return vec![None];
        }
        let label = |value: String| match &self.bucketing {
            Some(bucketing) => Key::new(&value, Kind::Text, Some(bucketing)).text(),
            None => value,
        };
        values.into_iter().map(|value| Some(label(value))).collect()
    }
}

/// What the table's columns are called.
#[derive(Clone, Copy)]
pub(super) struct Output<'a> {
    /// The field of the rows.
    pub(super) over: Option<&'a str>,
    /// The field of the columns.
    pub(super) split: Option<&'a SplitBy>,
    /// The spans of `timechart`, which aggregates for a unit of time go by.
    pub(super) bucketing: Option<&'a Bucketing>,
}

impl Output<'_> {
    /// A result for a unit of time, out of one for a row's whole span.
    fn per_unit(&self, key: &Key, unit: Option<f64>, result: Finished) -> Finished {
        let Key::Bucket(Bucket::Time(start)) = key else { return result };
        let end = self.bucketing.and_then(|bucketing| bucketing.end_of(*start));
        match (result, unit, end) {
            (Finished::Number(number), Some(unit), Some(end)) => Finished::Number(number * unit / seconds(end - start)),
            (result, ..) => result,
        }
    }
}

/// The finished table.
pub(super) fn finish(pivot: Pivot, aggregates: &Aggregates, output: Output<'_>) -> Result<Table> {
    let series = match output.split {
        Some(split) => Series::choose(&pivot, aggregates, split)?,
        None => Series::only(&pivot),
    };
    let cells = pivot.cells(aggregates, |entry| series.column_of(entry));
    let keys = pivot.sorted();
    let mut grid = Grid::new(keys.len());
    if let Some(over) = output.over {
        grid.column(over);
        for (row, (key, _)) in keys.iter().enumerate() {
            grid.set(row, over, key.cell());
        }
    }
    let empty = aggregates.start();
    for (at, name) in aggregates.names().enumerate() {
        for (column, label) in series.labels().iter().enumerate() {
            let name = series.name(aggregates.len(), name, label, output.split);
            if Some(name.as_str()) == output.over {
                return exec_err!("a column would be called `{name}`, as the rows' field is");
            }
            grid.column(&name);
            for (row, (of_row, key)) in keys.iter().enumerate() {
                let states = cells.get(&(*key, column)).unwrap_or(&empty);
                if let Some(state) = states.get(at) {
                    let result = output.per_unit(of_row, aggregates.unit(at), state.finish());
                    grid.set(row, &name, aggregates.cell(at, result));
                }
            }
        }
    }
    grid.finish()
}
