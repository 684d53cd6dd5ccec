//! `makecontinuous`: a field's values become their buckets, and buckets without a row get one in which only the field has a
//! value. Rows come in the order of the buckets; a row without a value is dropped (our reading).

use datafusion::common::Result;
use plan::Buckets;

use super::chart::{Key, bucketing};
use crate::column::Kind;
use crate::env::Env;
use crate::table::{Grid, Table};

pub(super) fn apply(table: &Table, env: &Env<'_>, field: &str, buckets: &Buckets) -> Result<Table> {
    let Some(input) = table.input(field)? else { return table.take(&[]) };
    let bucketing = bucketing(buckets, env, field, &input, table.len())?;
    let within =
        |number: f64| buckets.start.is_none_or(|start| start <= number) && buckets.end.is_none_or(|end| number <= end);
    let mut placed: Vec<(f64, Option<usize>, Key)> = Vec::new();
    for row in 0..table.len() {
        let number = input.number(row).filter(|number| within(*number));
        if let Some(bucket) = number.and_then(|number| bucketing.place(number)) {
            placed.push((bucket.start(), Some(row), Key::Bucket(bucket)));
        }
    }
    placed.sort_by(|(left, ..), (right, ..)| left.total_cmp(right));
    let range = placed.first().zip(placed.last()).map(|((first, ..), (last, ..))| (*first, *last));
    if let Some((first, last)) = range {
        let first = buckets.start.map_or(first, |start| start.min(first));
        let last = buckets.end.map_or(last, |end| end.max(last));
        let all = bucketing.between(first, last)?;
        let empty = all
            .into_iter()
            .filter(|bucket| placed.binary_search_by(|(start, ..)| start.total_cmp(&bucket.start())).is_err());
        let empty: Vec<_> = empty.map(|bucket| (bucket.start(), None, Key::Bucket(bucket))).collect();
        placed.extend(empty);
        placed.sort_by(|(left, ..), (right, ..)| left.total_cmp(right));
    }
    let rows: Vec<Option<usize>> = placed.iter().map(|(_, row, _)| *row).collect();
    let mut made = table.take(&rows)?;
    let mut grid = Grid::new(placed.len());
    grid.column(field);
    for (row, (.., key)) in placed.iter().enumerate() {
        grid.set(row, field, key.cell());
    }
    let column = grid.finish()?;
    if let Some(array) = column.array(field) {
        made.set(field, column.kind(field).unwrap_or(Kind::Text), std::sync::Arc::clone(array));
    }
    Ok(made)
}
