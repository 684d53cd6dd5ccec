//! `reverse` and `tail`: the rows, or the last of them, in the opposite order.

use datafusion::common::Result;

use crate::table::Table;

pub(super) fn apply(table: &Table, limit: Option<u64>) -> Result<Table> {
    let limit = limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    let rows: Vec<Option<usize>> = (0..table.len()).rev().take(limit).map(Some).collect();
    table.take(&rows)
}
