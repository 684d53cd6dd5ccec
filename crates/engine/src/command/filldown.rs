//! `filldown`: where a field has no value, the last one before.

use std::sync::Arc;

use datafusion::common::Result;

use crate::column::Item;
use crate::table::Table;
use crate::wildcard::capture;

pub(super) fn apply(mut table: Table, fields: &[String]) -> Result<Table> {
    let wanted = |name: &String| fields.is_empty() || fields.iter().any(|field| capture(field, name).is_some());
    let names: Vec<String> =
        table.columns().iter().map(|(name, _)| name).filter(|name| wanted(name)).cloned().collect();
    for name in names {
        let Some(input) = table.input(&name)? else { continue };
        let mut last = None;
        let mut rows = Vec::with_capacity(table.len());
        for row in 0..table.len() {
            if input.item(row) != Item::Null {
                last = Some(row);
            }
            rows.push(last);
        }
        let filled = table.select(std::slice::from_ref(&name)).take(&rows)?;
        if let (Some(array), Some(kind)) = (filled.array(&name), filled.kind(&name)) {
            table.set(&name, kind, Arc::clone(array));
        }
    }
    Ok(table)
}
