//! `mvcombine`: one row of those that differ in one field alone. Our reading: it stands where the first of them stood.

use std::collections::HashMap;

use datafusion::common::Result;

use crate::column::{Input, Kind, Output};
use crate::table::Table;

pub(super) fn apply(table: Table, field: &str) -> Result<Table> {
    let Some(combined) = table.input(field)? else { return Ok(table) };
    let mut others = Vec::new();
    for (name, _) in table.columns().iter().filter(|(name, _)| name != field) {
        others.extend(table.input(name)?);
    }
    let mut groups: Vec<(usize, Vec<String>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for row in 0..table.len() {
        let at = *places.entry(key(&others, row)).or_insert(groups.len());
        if at == groups.len() {
            groups.push((row, Vec::new()));
        }
        if let Some((_, values)) = groups.get_mut(at) {
            values.extend(combined.values(row).into_iter().map(|value| value.into_owned()));
        }
    }
    let rows: Vec<Option<usize>> = groups.iter().map(|(row, _)| Some(*row)).collect();
    let mut values = Output::new(Kind::Multi, rows.len());
    groups.iter().for_each(|(_, group)| values.push_values(group));
    let mut made = table.take(&rows)?;
    made.set(field, Kind::Multi, values.finish());
    Ok(made)
}

/// All values of a row; each with its length before it, so that two rows with one key are equal.
fn key(columns: &[Input], row: usize) -> String {
    let mut key = String::new();
    for column in columns {
        let values = column.values(row);
        key.push_str(&format!("{}:", values.len()));
        values.iter().for_each(|value| key.push_str(&format!("{}:{value}", value.len())));
    }
    key
}
