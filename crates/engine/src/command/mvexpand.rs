//! `mvexpand`: a row of each value.
//!
//! The manual does not say what becomes of a row without a value. Splunk drops it (its users' answer "Why does mvexpand X remove
//! events with X=NULL?") and warns that the field does not exist where no row has one; then, our reading, the rows stay.

use datafusion::common::Result;

use crate::column::{Item, Kind, Output};
use crate::table::Table;

pub(super) fn apply(table: Table, field: &str, limit: u64) -> Result<Table> {
    let (Some(input), Some(kind)) = (table.input(field)?, table.kind(field)) else { return Ok(table) };
    if kind != Kind::Multi {
        let present: Vec<Option<usize>> =
            (0..table.len()).filter(|row| input.item(*row) != Item::Null).map(Some).collect();
        return if present.is_empty() { Ok(table) } else { table.take(&present) };
    }
    let most = if limit == 0 { usize::MAX } else { usize::try_from(limit).unwrap_or(usize::MAX) };
    let mut rows = Vec::new();
    let mut values = Output::new(Kind::Text, table.len());
    for row in 0..table.len() {
        for value in input.values(row).into_iter().take(most) {
            rows.push(Some(row));
            values.push(Item::Text(value));
        }
    }
    if rows.is_empty() {
        return Ok(table);
    }
    let mut expanded = table.take(&rows)?;
    expanded.set(field, Kind::Text, values.finish());
    Ok(expanded)
}
